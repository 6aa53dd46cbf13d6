/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BackstayDbDoubt:
 * @BACKSTAY_DB_DOUBT_NONE: it is what was seen before, or goes on from there
 * @BACKSTAY_DB_DOUBT_OLDER: it goes on from before another server took over
 * @BACKSTAY_DB_DOUBT_OTHER: it is another database cluster
 * @BACKSTAY_DB_DOUBT_LACKING: the newest version that was seen is not there
 *
 * Why a server may not have what was seen.
 */
typedef enum
{
  BACKSTAY_DB_DOUBT_NONE,
  BACKSTAY_DB_DOUBT_OLDER,
  BACKSTAY_DB_DOUBT_OTHER,
  BACKSTAY_DB_DOUBT_LACKING,
} BackstayDbDoubt;

/**
 * BackstayDbLook:
 * @system_identifier: (nullable): of the database cluster; %NULL where the login may not know
 * @timeline: the cluster's timeline, which every promotion raises; 0 where it is not known
 * @newest_id: (nullable): the newest version's uuid; %NULL where none is to be seen, or nobody looked
 * @newest_name: (nullable): its name
 * @newest_created_at: (nullable): when it was made
 * @asked_id: (nullable): the version that was the newest one seen when this was asked for
 * @lacks_asked: whether it is not there
 * @may_have_moved: whether another server may answer than the one before, even if it looks the same
 *
 * What tells one copy of a database from another.
 */
typedef struct
{
  const char *system_identifier;
  guint       timeline;
  const char *newest_id;
  const char *newest_name;
  const char *newest_created_at;
  const char *asked_id;
  gboolean    lacks_asked;
  gboolean    may_have_moved;
} BackstayDbLook;

#define BACKSTAY_TYPE_DB_LINEAGE (backstay_db_lineage_get_type ())

G_DECLARE_FINAL_TYPE (BackstayDbLineage, backstay_db_lineage, BACKSTAY, DB_LINEAGE, GObject)

BackstayDbLineage *backstay_db_lineage_new (void) G_GNUC_WARN_UNUSED_RESULT;
BackstayDbDoubt    backstay_db_lineage_compare (BackstayDbLineage    *self,
                                                const BackstayDbLook *look);
BackstayDbDoubt    backstay_db_lineage_take (BackstayDbLineage    *self,
                                             const BackstayDbLook *look);
void               backstay_db_lineage_note_version (BackstayDbLineage *self,
                                                     const char        *id,
                                                     const char        *name);
void               backstay_db_lineage_set_doubt (BackstayDbLineage *self,
                                                  BackstayDbDoubt    doubt);
void               backstay_db_lineage_accept (BackstayDbLineage *self);
BackstayDbDoubt    backstay_db_lineage_get_doubt (BackstayDbLineage *self);
char              *backstay_db_lineage_dup_newest (BackstayDbLineage *self,
                                                   char             **name,
                                                   char             **created_at) G_GNUC_WARN_UNUSED_RESULT;
void               backstay_db_lineage_set_hidden (BackstayDbLineage *self,
                                                   gboolean           hidden);
gboolean           backstay_db_lineage_get_hidden (BackstayDbLineage *self);

G_END_DECLS

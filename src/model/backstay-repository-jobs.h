/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-access.h"
#include "backstay-batch.h"
#include "backstay-db-session.h"
#include "backstay-history-filter.h"
#include "backstay-recent-filter.h"
#include "backstay-time-buckets.h"
#include "backstay-version.h"

G_BEGIN_DECLS

/* What a reading job needs; which of it, depends on the job. Each job is a #BackstayDbJobFunc with
 * a #BackstayReadJob. */
typedef struct
{
  BackstayIdentity      *identity; /* (nullable) */
  char                  *model_type;
  char                  *id;
  char                  *ids;       /* An array as PostgreSQL reads it. */
  char                  *other_ids; /* Likewise. */
  char                  *live_id;
  char                  *search;
  char                  *before_created_at; /* (nullable) */
  char                  *before_id;         /* (nullable) */
  BackstayRecentFilter  *filter;            /* (nullable) */
  BackstayTimeBuckets   *buckets;           /* (nullable) */
  BackstayHistoryFilter *history_filter;    /* (nullable) */
  guint                  limit;
  GDestroyNotify         result_free;
} BackstayReadJob;

/* The greatest uuid: where a page begins that is the first. */
#define BACKSTAY_READ_JOB_LAST_ID "ffffffff-ffff-ffff-ffff-ffffffffffff"

void backstay_read_job_free (BackstayReadJob *job);

/* Lets the page begin after a version; with %NULL it is the first one. */
void backstay_read_job_set_before (BackstayReadJob *job,
                                   BackstayVersion *before);

/* Uuids as PostgreSQL reads an array. */
char *backstay_read_job_dup_array (GPtrArray *ids) G_GNUC_WARN_UNUSED_RESULT;

/* The rows of the only statement of a transaction. */
BackstayDbRows *backstay_read_job_run (BackstayBatch     *batch,
                                       BackstayDbSession *session,
                                       GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* The versions in rows. Where they are not all of one model type, the last column has it. */
GPtrArray *backstay_read_job_list_versions (BackstayDbRows *rows,
                                            const char     *model_type) G_GNUC_WARN_UNUSED_RESULT;

/* Gives a BackstayAccess. */
gboolean backstay_read_job_access (BackstayDbSession *session,
                                   gpointer           data,
                                   gpointer          *result,
                                   GError           **error);
/* Gives a GPtrArray of BackstayIdentity. */
gboolean backstay_read_job_profiles (BackstayDbSession *session,
                                     gpointer           data,
                                     gpointer          *result,
                                     GError           **error);
/* Gives a GPtrArray of BackstayModelType. */
gboolean backstay_read_job_types (BackstayDbSession *session,
                                  gpointer           data,
                                  gpointer          *result,
                                  GError           **error);
/* Gives a GPtrArray of BackstayVersion. */
gboolean backstay_read_job_history (BackstayDbSession *session,
                                    gpointer           data,
                                    gpointer          *result,
                                    GError           **error);
/* Gives a GPtrArray of BackstayVersion: the active ones of a type, or of all where it is %NULL. */
gboolean backstay_read_job_active (BackstayDbSession *session,
                                   gpointer           data,
                                   gpointer          *result,
                                   GError           **error);
/* Gives a BackstayVersion, or %NULL. */
gboolean backstay_read_job_live (BackstayDbSession *session,
                                 gpointer           data,
                                 gpointer          *result,
                                 GError           **error);
/* Gives a BackstayConfiguration. */
gboolean backstay_read_job_configuration (BackstayDbSession *session,
                                          gpointer           data,
                                          gpointer          *result,
                                          GError           **error);

/* Gives a GPtrArray of BackstayFingerprint. */
gboolean backstay_read_job_fingerprints (BackstayDbSession *session,
                                         gpointer           data,
                                         gpointer          *result,
                                         GError           **error);

/* Gives a guint. */
gboolean backstay_read_job_count_undone (BackstayDbSession *session,
                                         gpointer           data,
                                         gpointer          *result,
                                         GError           **error);

/* Gives a GHashTable of uuids. */
gboolean backstay_read_job_predecessors (BackstayDbSession *session,
                                         gpointer           data,
                                         gpointer          *result,
                                         GError           **error);

G_END_DECLS

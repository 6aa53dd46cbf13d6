/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-batch.h"
#include "backstay-identity.h"

G_BEGIN_DECLS

/**
 * BackstayServerLook:
 * @look: what the server is
 * @line_index: where the answer of `server-line.sql` is; -1 where that was not asked
 * @newest_index: likewise of `server-newest.sql`
 * @asked_id: (nullable): the version that was asked for
 * @rows: (nullable): the answers
 *
 * What is asked beside something else, to notice when an older copy of the database answers.
 */
typedef struct
{
  BackstayDbLook look;
  int            line_index;
  int            newest_index;
  char          *asked_id;
  GPtrArray     *rows;
} BackstayServerLook;

void     backstay_server_look_add (BackstayServerLook *self,
                                   BackstayDbLineage  *lineage,
                                   gboolean            with_line,
                                   gboolean            with_newest,
                                   BackstayBatch      *batch);
void     backstay_server_look_read (BackstayServerLook *self,
                                    GPtrArray          *rows);
void     backstay_server_look_clear (BackstayServerLook *self);
gboolean backstay_server_look_run (BackstayDbSession *session,
                                   BackstayIdentity  *identity,
                                   GError           **error);
GError  *backstay_server_look_new_refusal (BackstayDbLineage *lineage) G_GNUC_WARN_UNUSED_RESULT;
char    *backstay_server_look_dup_warning (BackstayDbLineage *lineage) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BackstayServerLook, backstay_server_look_clear)

G_END_DECLS

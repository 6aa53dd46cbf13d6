/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-configuration.h"
#include "backstay-new-version.h"

G_BEGIN_DECLS

/**
 * BackstayRollbackKind:
 * @BACKSTAY_ROLLBACK_KIND_COPY: an earlier version is copied forward, and the copy goes live
 * @BACKSTAY_ROLLBACK_KIND_ACTIVATE: an earlier version goes live itself
 * @BACKSTAY_ROLLBACK_KIND_CREATE: a version that somebody wrote is put into the table
 *
 * What a request asks for. All of it goes the same way; see backstay-rollback-job.c.
 */
typedef enum
{
  BACKSTAY_ROLLBACK_KIND_COPY,
  BACKSTAY_ROLLBACK_KIND_ACTIVATE,
  BACKSTAY_ROLLBACK_KIND_CREATE,
} BackstayRollbackKind;

/**
 * BackstayRollbackRequest:
 *
 * What was shown to the user and is to be made so: compared with the table, under its lock, before
 * anything is written.
 */
typedef struct _BackstayRollbackRequest BackstayRollbackRequest;

/**
 * BackstayRollbackOutcome:
 * @request: what was asked for
 * @previous: (nullable): the version that was live before
 * @previous_hash: (nullable): the hash of its configuration's text
 * @n_deactivated: how many versions were turned off
 * @stored_text: (nullable): how the server spells the configuration of a version that somebody wrote
 * @rehearsed: whether all of it was taken back, as a rehearsal is
 * @resolved: whether the commit's answer was lost, and the outcome was found out afterwards
 *
 * What a rollback did.
 */
typedef struct
{
  gatomicrefcount          ref_count;
  BackstayRollbackRequest *request;
  BackstayVersion         *previous;
  char                    *previous_hash;
  guint                    n_deactivated;
  GBytes                  *stored_text;
  guint                    rehearsed : 1;
  guint                    resolved : 1;
} BackstayRollbackOutcome;

BackstayRollbackRequest *backstay_rollback_request_new (BackstayConfiguration *target,
                                                        GPtrArray             *active,
                                                        const char            *reason) G_GNUC_WARN_UNUSED_RESULT;
BackstayRollbackRequest *backstay_rollback_request_new_activate (BackstayConfiguration *target,
                                                                 GPtrArray             *active) G_GNUC_WARN_UNUSED_RESULT;
BackstayRollbackRequest *backstay_rollback_request_new_create (BackstayNewVersion *version,
                                                               GPtrArray          *active) G_GNUC_WARN_UNUSED_RESULT;
void                     backstay_rollback_request_set_new_id (BackstayRollbackRequest *self,
                                                               const char              *new_id);
BackstayRollbackRequest *backstay_rollback_request_new_undo (BackstayRollbackOutcome *outcome) G_GNUC_WARN_UNUSED_RESULT;
BackstayRollbackRequest *backstay_rollback_request_ref (BackstayRollbackRequest *self);
void                     backstay_rollback_request_unref (BackstayRollbackRequest *self);
BackstayRollbackKind     backstay_rollback_request_get_kind (BackstayRollbackRequest *self);
BackstayNewVersion      *backstay_rollback_request_get_new_version (BackstayRollbackRequest *self);
gboolean                 backstay_rollback_request_goes_live (BackstayRollbackRequest *self);
const char              *backstay_rollback_request_get_model_type (BackstayRollbackRequest *self);
const char              *backstay_rollback_request_get_target_id (BackstayRollbackRequest *self);
const char              *backstay_rollback_request_get_target_hash (BackstayRollbackRequest *self);
const char              *backstay_rollback_request_get_new_id (BackstayRollbackRequest *self);
gboolean                 backstay_rollback_request_expects_active (BackstayRollbackRequest *self,
                                                                   GPtrArray               *active);
char                    *backstay_rollback_request_dup_notes (BackstayRollbackRequest *self,
                                                              const char              *created_at_utc) G_GNUC_WARN_UNUSED_RESULT;

BackstayRollbackOutcome *backstay_rollback_outcome_new (BackstayRollbackRequest *request) G_GNUC_WARN_UNUSED_RESULT;
BackstayRollbackOutcome *backstay_rollback_outcome_ref (BackstayRollbackOutcome *self);
void                     backstay_rollback_outcome_unref (BackstayRollbackOutcome *self);

gboolean backstay_rollback_notes_parse (const char  *notes,
                                        char       **created_at_utc,
                                        char       **target_id,
                                        const char **reason);

char *backstay_rollback_notes_dup_replaced_id (const char *notes) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayRollbackRequest, backstay_rollback_request_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayRollbackOutcome, backstay_rollback_outcome_unref)

G_END_DECLS

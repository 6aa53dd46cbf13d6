/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-rollback-job"

#include "config.h"

#include "backstay-rollback-job.h"

#include "backstay-db-error.h"
#include "backstay-display-text.h"
#include "backstay-timestamp.h"
#include "backstay-transaction.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The rollback's transaction, in three round trips:
 *
 *  1. begin, sign in, lock, look: which versions are active, and is the target what was shown?
 *  2. turn all active versions off, copy the target forward, let what was deferred happen, look
 *     again;
 *  3. commit;
 *
 * and a fourth, which reads back what was committed.
 *
 * Whatever is not as it should be ends it, and the connection then takes the open transaction
 * back. Only the third step can leave an unknown outcome, which is why it stands alone. */

/* Somebody who resolves an outcome waits for the old transaction to end: it can live on for as long
 * as the server does not notice that its client is gone. */
#define RESOLVE_LOCK_MSEC 15000
#define RESOLVE_STATEMENT_MSEC 20000

/* What the first round trip found. */
typedef struct
{
  GPtrArray *active; /* Of BackstayVersion. */
  char      *target_created_at;
} Look;

static void
look_clear (Look *look)
{
  g_clear_pointer (&look->active, g_ptr_array_unref);
  g_clear_pointer (&look->target_created_at, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

/**
 * backstay_rollback_job_new:
 * @request: what to do
 * @access: who one is
 * @rehearse: whether to take all of it back at the end
 *
 * Returns: (transfer full): the data for the job's functions
 */
BackstayRollbackJob *
backstay_rollback_job_new (BackstayRollbackRequest *request,
                           BackstayAccess          *access,
                           gboolean                 rehearse)
{
  BackstayRollbackJob *job = g_new0 (BackstayRollbackJob, 1);

  job->request = backstay_rollback_request_ref (request);
  job->access = backstay_access_ref (access);
  job->rehearse = rehearse;

  return job;
}

/**
 * backstay_rollback_job_free:
 *
 * Frees a job's data.
 */
void
backstay_rollback_job_free (BackstayRollbackJob *job)
{
  g_return_if_fail (job != NULL);

  backstay_rollback_request_unref (job->request);
  backstay_access_unref (job->access);
  g_clear_pointer (&job->outcome, backstay_rollback_outcome_unref);
  g_free (job);
}

/* Where the role can be asked for, it is asked for under the lock too: a user who is no admin any
 * more sees an empty table, which must not be taken for a change by somebody else. */
static gboolean
can_ask_for_role (BackstayAccess *access)
{
  return access->kind == BACKSTAY_ACCESS_ADMIN ||
         access->kind == BACKSTAY_ACCESS_NOT_ADMIN ||
         access->kind == BACKSTAY_ACCESS_NO_IDENTITY;
}

static gboolean
check_role (BackstayDbRows *role,
            GError        **error)
{
  if (backstay_db_rows_get_n_rows (role) == 1 && backstay_db_rows_get_boolean (role, 0, 1))
    return TRUE;

  g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_NOT_ADMIN,
                       _ ("You are not an administrator on this server (any more), so it refuses "
                          "every change. Ask an administrator for the role."));

  return FALSE;
}

static void
set_conflict (BackstayRollbackRequest *request,
              GPtrArray               *active,
              GError                 **error)
{
  BackstayVersion *live;
  g_autofree char *model_type = backstay_display_text (backstay_rollback_request_get_model_type (request));
  g_autofree char *name = NULL;
  g_autofree char *creator = NULL;
  g_autofree char *when = NULL;
  g_autoptr (GDateTime) now = NULL;

  if (active->len == 0)
    {
      g_set_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                   _ ("The active version of %s changed since you looked: none is active any more."),
                   model_type);
      return;
    }

  live = g_ptr_array_index (active, 0);
  now = g_date_time_new_now_local ();
  name = backstay_display_text (backstay_version_get_name (live));
  creator = backstay_version_dup_creator_label (live);
  when = backstay_timestamp_dup_relative (backstay_version_get_created_at (live), now);

  if (active->len > 1)
    g_set_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                 _ ("The active version of %s changed since you looked: now %u are active, the "
                    "newest is “%s” by %s (%s)."),
                 model_type, active->len, name, creator, when);
  else
    g_set_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                 _ ("The active version of %s changed since you looked: now it is “%s” by %s (%s)."),
                 model_type, name, creator, when);
}

static gboolean
check_target (BackstayRollbackRequest *request,
              BackstayDbRows          *target,
              GError                 **error)
{
  if (backstay_db_rows_get_n_rows (target) != 1)
    {
      g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                           _ ("The version to go back to is not in the table any more."));
      return FALSE;
    }

  if (g_strcmp0 (backstay_db_rows_get_text (target, 0, 2),
                 backstay_rollback_request_get_target_hash (request)) != 0)
    {
      g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                           _ ("The configuration of the version to go back to was changed since "
                              "it was shown."));
      return FALSE;
    }

  return TRUE;
}

static GPtrArray *
read_versions (BackstayDbRows *rows,
               const char     *model_type)
{
  GPtrArray *versions = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    g_ptr_array_add (versions, backstay_version_new_from_rows (rows, row, 0, model_type));

  return versions;
}

/* The first round trip. */
static gboolean
lock_and_look (BackstayRollbackJob *job,
               BackstayDbSession   *session,
               Look                *look,
               GError             **error)
{
  BackstayRollbackRequest *request = job->request;
  const char              *model_type = backstay_rollback_request_get_model_type (request);
  g_autoptr (BackstayBatch) batch = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint next = BACKSTAY_TRANSACTION_FIRST + 1; /* The lock gives nothing back. */

  batch = backstay_transaction_begin_write (job->access->identity,
                                            BACKSTAY_STATEMENT_MSEC,
                                            BACKSTAY_LOCK_MSEC);
  backstay_batch_add (batch, "rollback-lock", NULL);
  if (can_ask_for_role (job->access))
    backstay_batch_add (batch, "access-role", NULL);
  backstay_batch_add (batch, "rollback-active", "model_type", model_type, NULL);
  backstay_batch_add (batch, "rollback-target",
                      "model_type", model_type,
                      "id", backstay_rollback_request_get_target_id (request),
                      NULL);

  if ((rows = backstay_batch_run (batch, session, error)) == NULL)
    return FALSE;

  if (can_ask_for_role (job->access) && !check_role (g_ptr_array_index (rows, next++), error))
    return FALSE;

  look->active = read_versions (g_ptr_array_index (rows, next++), model_type);

  if (!backstay_rollback_request_expects_active (request, look->active))
    {
      set_conflict (request, look->active, error);
      return FALSE;
    }

  if (!check_target (request, g_ptr_array_index (rows, next), error))
    return FALSE;

  look->target_created_at = g_strdup (backstay_db_rows_get_text (g_ptr_array_index (rows, next), 0, 1));

  return TRUE;
}

static gboolean
check_change (BackstayRollbackJob *job,
              Look                *look,
              BackstayDbRows      *deactivated,
              BackstayDbRows      *inserted,
              BackstayDbRows      *check,
              GError             **error)
{
  BackstayRollbackRequest *request = job->request;
  const char              *created_by = NULL;

  if (backstay_db_rows_get_n_affected (deactivated) != look->active->len)
    {
      g_set_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_DENIED,
                   _ ("The server turned off %u of %u active versions, without giving a reason. "
                      "Its policies may not allow this user to change them."),
                   backstay_db_rows_get_n_affected (deactivated), look->active->len);
      return FALSE;
    }

  if (job->access->identity != NULL)
    created_by = backstay_identity_get_id (job->access->identity);

  if (backstay_db_rows_get_n_affected (inserted) == 1 &&
      backstay_db_rows_get_n_rows (check) == 1 &&
      backstay_db_rows_get_int64 (check, 0, 0) == 1 &&
      g_strcmp0 (backstay_db_rows_get_text (check, 0, 1),
                 backstay_rollback_request_get_new_id (request)) == 0 &&
      g_strcmp0 (backstay_db_rows_get_text (check, 0, 2),
                 backstay_rollback_request_get_target_hash (request)) == 0 &&
      g_strcmp0 (backstay_db_rows_get_text (check, 0, 3), created_by) == 0)
    return TRUE;

  g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_SQL,
                       _ ("The server took the new version, but changed it: what a service would "
                          "read is not what was shown. A trigger on the table may do this."));

  return FALSE;
}

/* The second round trip. */
static gboolean
change (BackstayRollbackJob *job,
        BackstayDbSession   *session,
        Look                *look,
        GError             **error)
{
  BackstayRollbackRequest *request = job->request;
  BackstayRollbackOutcome *outcome = job->outcome;
  BackstayIdentity        *identity = job->access->identity;
  BackstayDbRows          *previous = NULL;
  const char              *model_type = backstay_rollback_request_get_model_type (request);
  g_autofree char         *notes = backstay_rollback_request_dup_notes (request, look->target_created_at);
  g_autoptr (BackstayBatch) batch = backstay_batch_new ();
  g_autoptr (GPtrArray) rows = NULL;
  guint n = 0;

  if (look->active->len > 0)
    {
      outcome->previous = g_object_ref (g_ptr_array_index (look->active, 0));
      backstay_batch_add (batch, "rollback-target",
                          "model_type", model_type,
                          "id", backstay_version_get_id (outcome->previous),
                          NULL);
    }

  backstay_batch_add (batch, "rollback-deactivate", "model_type", model_type, NULL);
  backstay_batch_add (batch, "rollback-insert",
                      "new_id", backstay_rollback_request_get_new_id (request),
                      "created_by", identity != NULL ? backstay_identity_get_id (identity) : "",
                      "notes", notes,
                      "model_type", model_type,
                      "id", backstay_rollback_request_get_target_id (request),
                      NULL);
  backstay_batch_add (batch, "rollback-settle", NULL);
  backstay_batch_add (batch, "rollback-check", "model_type", model_type, NULL);

  if ((rows = backstay_batch_run (batch, session, error)) == NULL)
    return FALSE;

  if (outcome->previous != NULL)
    {
      previous = g_ptr_array_index (rows, n++);
      if (backstay_db_rows_get_n_rows (previous) == 1)
        outcome->previous_hash = g_strdup (backstay_db_rows_get_text (previous, 0, 2));
    }

  outcome->n_deactivated = look->active->len;

  return check_change (job, look,
                       g_ptr_array_index (rows, n),
                       g_ptr_array_index (rows, n + 1),
                       g_ptr_array_index (rows, n + 3), /* Settling gives nothing back. */
                       error);
}

/* Looks once more, in a transaction of its own. The server said that it is done, so not being able
 * to look is no failure; but a version that is not there is. */
static gboolean
read_back (BackstayRollbackJob *job,
           BackstayDbSession   *session,
           GError             **error)
{
  g_autoptr (BackstayBatch) batch = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  batch = backstay_transaction_begin_read (job->access->identity, BACKSTAY_STATEMENT_MSEC);
  backstay_batch_add (batch, "rollback-resolve",
                      "new_id", backstay_rollback_request_get_new_id (job->request),
                      NULL);

  rows = backstay_transaction_end_read (batch, session, NULL);

  if (rows == NULL ||
      backstay_db_rows_get_n_rows (g_ptr_array_index (rows, BACKSTAY_TRANSACTION_FIRST)) > 0)
    return TRUE;

  g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN,
                       _ ("The server said that it is done, but the new version is not there."));

  return FALSE;
}

/**
 * backstay_rollback_job_run: (skip)
 *
 * Runs the transaction; a #BackstayDbJobFunc with a #BackstayRollbackJob.
 *
 * Returns: whether it was committed, or for a rehearsal whether it could have been
 */
gboolean
backstay_rollback_job_run (BackstayDbSession *session,
                           gpointer           data,
                           gpointer          *result,
                           GError           **error)
{
  BackstayRollbackJob *job = data;
  g_auto (Look) look = { NULL, NULL };

  job->outcome = backstay_rollback_outcome_new (job->request);

  if (!lock_and_look (job, session, &look, error) ||
      !change (job, session, &look, error))
    return FALSE;

  job->outcome->rehearsed = job->rehearse;

  /* A rehearsal's transaction is taken back when the job ends. */
  if (!job->rehearse &&
      (!backstay_db_session_commit (session, error) || !read_back (job, session, error)))
    return FALSE;

  *result = backstay_rollback_outcome_ref (job->outcome);

  return TRUE;
}

/* A user who is no admin any more sees no version, whether it is there or not. */
static gboolean
check_absence (BackstayRollbackJob *job,
               BackstayDbRows      *role,
               GError             **error)
{
  if (role != NULL && !check_role (role, error))
    return FALSE;

  job->absent = TRUE;
  g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_LOST,
                       _ ("The connection broke during the last step. The server was asked "
                          "again: the change did not take effect."));

  return FALSE;
}

/**
 * backstay_rollback_job_run_resolve: (skip)
 *
 * Finds out what became of a commit whose answer was lost; a #BackstayDbJobFunc with a
 * #BackstayRollbackJob that was run. Once the lock is there the old transaction is over, and the
 * new version's own uuid tells. A transaction's number would not: after a failover it can be
 * somebody else's.
 *
 * Returns: whether the new version is there. Where it is known not to be, the error is
 *   %BACKSTAY_DB_ERROR_LOST and the job's `absent` is set.
 */
gboolean
backstay_rollback_job_run_resolve (BackstayDbSession *session,
                                   gpointer           data,
                                   gpointer          *result,
                                   GError           **error)
{
  BackstayRollbackJob *job = data;
  gboolean             can_ask = can_ask_for_role (job->access);
  guint                next = BACKSTAY_TRANSACTION_FIRST + 1; /* The lock gives nothing back. */
  g_autoptr (BackstayBatch) batch = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  batch = backstay_transaction_begin_write (job->access->identity,
                                            RESOLVE_STATEMENT_MSEC,
                                            RESOLVE_LOCK_MSEC);
  backstay_batch_add (batch, "rollback-lock", NULL);
  backstay_batch_add (batch, "rollback-resolve",
                      "new_id", backstay_rollback_request_get_new_id (job->request),
                      NULL);
  if (can_ask)
    backstay_batch_add (batch, "access-role", NULL);

  if ((rows = backstay_transaction_end_read (batch, session, error)) == NULL)
    return FALSE;

  if (backstay_db_rows_get_n_rows (g_ptr_array_index (rows, next)) == 0)
    return check_absence (job, can_ask ? g_ptr_array_index (rows, next + 1) : NULL, error);

  job->outcome->resolved = TRUE;
  *result = backstay_rollback_outcome_ref (job->outcome);

  return TRUE;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-repository-integrity"

#include "config.h"

#include "backstay-repository-integrity.h"

#include "backstay-display-text.h"
#include "backstay-repository-private.h"
#include "backstay-rollback-checks.h"
#include "backstay-transaction.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The repository's methods that look for what should not be in the table, and repair it. */

/* Checking */

static gboolean
check_job (BackstayDbSession *session,
           gpointer           data,
           gpointer          *result,
           GError           **error)
{
  BackstayReadJob *job = data;
  g_autoptr (BackstayBatch) batch = NULL;
  g_autoptr (BackstayDbRows) rows = NULL;
  g_autofree char *limit = g_strdup_printf ("%d", BACKSTAY_ISSUE_MAX_VERSIONS);

  batch = backstay_transaction_begin_read (job->identity, BACKSTAY_REPOSITORY_CHECK_SECONDS * 1000);
  backstay_batch_add (batch, "check-integrity", "limit", limit, NULL);

  if ((rows = backstay_read_job_run (batch, session, error)) == NULL)
    return FALSE;

  *result = backstay_issue_new_list_from_rows (rows, !backstay_db_config_get_lacks_profiles (backstay_db_session_get_config (session)));

  return TRUE;
}

/**
 * backstay_repository_check_integrity_async:
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Looks for what should not be in the table. On a table with its indexes that takes some milliseconds;
 * after %BACKSTAY_REPOSITORY_CHECK_SECONDS it fails with %BACKSTAY_DB_ERROR_TIMEOUT.
 */
void
backstay_repository_check_integrity_async (BackstayRepository *self,
                                           GCancellable       *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data)
{
  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));

  backstay_repository_read_async (self,
                                  check_job,
                                  backstay_repository_read_job_new (self, (GDestroyNotify) g_ptr_array_unref),
                                  BACKSTAY_JOB_MSEC,
                                  cancellable, callback, user_data,
                                  backstay_repository_check_integrity_async);
}

/**
 * backstay_repository_check_integrity_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_check_integrity_async() began.
 *
 * Returns: (transfer full) (element-type BackstayIssue): the issues, or %NULL with an error
 */
GPtrArray *
backstay_repository_check_integrity_finish (BackstayRepository *self,
                                            GAsyncResult       *result,
                                            GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Repairing: as a rollback, in three round trips. */

typedef struct
{
  BackstayDbConnection *connection;
  BackstayAccess       *access;
  BackstayRepair       *repair;
  gboolean              again; /* After a commit whose answer was lost. */
} Repairing;

static void
repairing_free (Repairing *repairing)
{
  g_object_unref (repairing->connection);
  backstay_access_unref (repairing->access);
  backstay_repair_unref (repairing->repair);
  g_free (repairing);
}

static GPtrArray *
read_active (BackstayDbRows *rows,
             const char     *model_type)
{
  GPtrArray *active = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    g_ptr_array_add (active, backstay_version_new_from_rows (rows, row, 0, model_type));

  return active;
}

static void
set_conflict (Repairing *repairing,
              GError   **error)
{
  g_autofree char *type = backstay_display_text (backstay_repair_get_model_type (repairing->repair));

  g_set_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
               _ ("The versions of %s are not as they were shown any more. Look again."), type);
}

/* Gives what is active, under the lock. */
static GPtrArray *
lock_and_look (Repairing         *repairing,
               BackstayDbSession *session,
               GError           **error)
{
  const char *model_type = backstay_repair_get_model_type (repairing->repair);
  gboolean    can_ask = backstay_rollback_can_ask_for_role (repairing->access);
  g_autoptr (BackstayBatch) batch = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint next = BACKSTAY_TRANSACTION_FIRST + 1; /* The lock gives nothing back. */

  batch = backstay_transaction_begin_write (repairing->access->identity, BACKSTAY_STATEMENT_MSEC, BACKSTAY_LOCK_MSEC);
  backstay_batch_add (batch, "rollback-lock", NULL);
  if (can_ask)
    backstay_batch_add (batch, "access-role", NULL);
  backstay_batch_add (batch, "rollback-active", "model_type", model_type, NULL);

  if ((rows = backstay_batch_run (batch, session, error)) == NULL)
    return NULL;

  if (can_ask && !backstay_rollback_check_role (g_ptr_array_index (rows, next++), error))
    return NULL;

  return read_active (g_ptr_array_index (rows, next), model_type);
}

static gboolean
change (Repairing         *repairing,
        BackstayDbSession *session,
        GError           **error)
{
  BackstayRepair  *repair = repairing->repair;
  const char      *model_type = backstay_repair_get_model_type (repair);
  g_autofree char *ids = backstay_repair_dup_ids (repair);
  g_autoptr (BackstayBatch) batch = backstay_batch_new ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) active = NULL;
  g_autoptr (GError) refusal = NULL;

  backstay_batch_add (batch, "repair-state",
                      "model_type", model_type,
                      "ids", ids,
                      "before", backstay_repair_get_state_before (repair),
                      "after", backstay_repair_get_state_after (repair),
                      NULL);
  backstay_batch_add (batch, "rollback-settle", NULL);
  backstay_batch_add (batch, "rollback-active", "model_type", model_type, NULL);

  if ((rows = backstay_batch_run (batch, session, &refusal)) == NULL)
    {
      g_propagate_error (error, backstay_rollback_rephrase (g_steal_pointer (&refusal)));
      return FALSE;
    }

  /* Row-level security makes a refusal 0 rows, and so does somebody else's change. */
  if (backstay_db_rows_get_n_affected (g_ptr_array_index (rows, 0)) != backstay_repair_get_n_changed (repair))
    {
      set_conflict (repairing, error);
      return FALSE;
    }

  active = read_active (g_ptr_array_index (rows, 2), model_type);

  if (backstay_repair_expects_after (repair, active))
    return TRUE;

  g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_SQL,
                       _ ("The server took the change, but other versions are active than there should be: a trigger "
                          "on the table may do this."));

  return FALSE;
}

/* Whether it was done before the answer to the commit was lost. */
static gboolean
is_done (Repairing         *repairing,
         BackstayDbSession *session)
{
  g_autofree char *ids = backstay_repair_dup_ids (repairing->repair);
  g_autoptr (BackstayBatch) batch = backstay_batch_new ();
  g_autoptr (GPtrArray) rows = NULL;

  /* Counts those that are as they should be; nothing is committed. */
  backstay_batch_add (batch, "repair-state",
                      "model_type", backstay_repair_get_model_type (repairing->repair),
                      "ids", ids,
                      "before", backstay_repair_get_state_after (repairing->repair),
                      "after", backstay_repair_get_state_after (repairing->repair),
                      NULL);
  rows = backstay_batch_run (batch, session, NULL);

  return rows != NULL && backstay_db_rows_get_n_affected (g_ptr_array_index (rows, 0)) ==
                           backstay_repair_get_n_changed (repairing->repair);
}

/* A #BackstayDbJobFunc. A transaction that is not committed is taken back when the job ends. */
static gboolean
repair_job (BackstayDbSession *session,
            gpointer           data,
            gpointer          *result,
            GError           **error)
{
  Repairing *repairing = data;
  g_autoptr (GPtrArray) active = lock_and_look (repairing, session, error);

  if (active == NULL)
    return FALSE;

  if (repairing->again && backstay_repair_expects_after (repairing->repair, active) && is_done (repairing, session))
    return TRUE;

  if (!backstay_repair_expects_before (repairing->repair, active))
    {
      set_conflict (repairing, error);
      return FALSE;
    }

  return change (repairing, session, error) && backstay_db_session_commit (session, error);
}

static void run (GTask *task);

static void
repaired_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Repairing *repairing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  backstay_db_connection_run_finish (BACKSTAY_DB_CONNECTION (object), result, &error);

  if (error == NULL)
    {
      g_task_return_boolean (task, TRUE);
    }
  else if (repairing->again && !g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT) &&
           !g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_NOT_ADMIN))
    {
      g_task_return_new_error (task, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN,
                               _ ("The connection broke during the last step, and the server cannot be asked what "
                                  "became of it. Look again once it answers."));
    }
  else if (g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN))
    {
      /* To do the same once more waits for the old transaction, and finds that it is done or does it. */
      repairing->again = TRUE;
      run (task);
    }
  else
    {
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

static void
run (GTask *task)
{
  Repairing *repairing = g_task_get_task_data (task);

  backstay_db_connection_run_async (repairing->connection,
                                    repair_job,
                                    repairing,
                                    NULL,
                                    NULL,
                                    BACKSTAY_JOB_MSEC,
                                    repairing->again ? NULL : g_task_get_cancellable (task),
                                    repaired_cb,
                                    g_object_ref (task));
}

/**
 * backstay_repository_repair_async:
 * @repair: what to do, and what was shown to the user
 * @cancellable: (nullable): cancels it, until it begins to commit
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Repairs the state of versions, in one transaction under the rollback's lock that stops when anything is
 * not as it was shown. An error means that nothing was changed; but %BACKSTAY_DB_ERROR_UNKNOWN, which
 * comes only where the connection broke during the commit and the server could not be asked afterwards.
 */
void
backstay_repository_repair_async (BackstayRepository *self,
                                  BackstayRepair     *repair,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  BackstayAccess *access;
  Repairing      *repairing;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (repair != NULL);

  access = backstay_repository_get_access (self);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_repository_repair_async);

  /* A change that was committed is not called cancelled. */
  g_task_set_check_cancellable (task, FALSE);

  if (access == NULL || !backstay_access_can_browse (access))
    {
      g_task_return_new_error (task, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_NOT_ADMIN,
                               _ ("Only an administrator can change the configurations."));
      return;
    }

  repairing = g_new0 (Repairing, 1);
  repairing->connection = g_object_ref (backstay_repository_get_connection (self));
  repairing->access = backstay_access_ref (access);
  repairing->repair = backstay_repair_ref (repair);
  g_task_set_task_data (task, repairing, (GDestroyNotify) repairing_free);

  backstay_repository_give_way (self);
  run (task);
}

/**
 * backstay_repository_repair_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_repair_async() began.
 *
 * Returns: whether it was done
 */
gboolean
backstay_repository_repair_finish (BackstayRepository *self,
                                   GAsyncResult       *result,
                                   GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

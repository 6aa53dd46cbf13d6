/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-repository-rollback"

#include "config.h"

#include "backstay-repository-private.h"
#include "backstay-repository-rollback.h"

#include "backstay-rollback-job.h"
#include "backstay-transaction.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The repository's methods that write. What they do on the server is in backstay-rollback-job.c. */

/* A commit whose answer was lost is asked about this often, first after this long. */
#define RESOLVE_ATTEMPTS 6
#define RESOLVE_DELAY_MSEC 250

/* Longer than the lock may be waited for. */
#define RESOLVE_MSEC 25000

/* A configuration above this many bytes may take its time on a slow line. */
#define LARGE_TEXT (256 * 1024)

typedef struct
{
  BackstayRollbackJob  *job;
  BackstayDbConnection *connection;
  guint                 attempts;
} RollBack;

static void
roll_back_free (RollBack *state)
{
  backstay_rollback_job_free (state->job);
  g_object_unref (state->connection);
  g_free (state);
}

static void resolve_later (GTask *task);

/* A server that does not have it later is an older one. */
static void
return_outcome (GTask                   *task,
                BackstayDbConnection    *connection,
                BackstayRollbackOutcome *outcome)
{
  BackstayDbLineage  *lineage = backstay_db_config_get_lineage (backstay_db_connection_get_config (connection));
  BackstayNewVersion *version = backstay_rollback_request_get_new_version (outcome->request);

  if (!outcome->rehearsed)
    backstay_db_lineage_note_version (lineage,
                                      backstay_rollback_request_get_new_id (outcome->request),
                                      version != NULL ? version->config_name : NULL);

  g_task_return_pointer (task, outcome, (GDestroyNotify) backstay_rollback_outcome_unref);
}

static void
return_unknown (GTask *task)
{
  RollBack *state = g_task_get_task_data (task);

  g_task_return_new_error (task, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN,
                           _ ("The connection broke during the last step, and the server cannot "
                              "be asked what became of it. Once it answers again, look whether "
                              "the history begins with the version %.8s: if so, it is done; if "
                              "not, nothing was changed."),
                           backstay_rollback_request_get_new_id (state->job->request));
}

/* Whether asking again can give another answer. */
static gboolean
is_passing (const GError *error)
{
  return g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONNECT) ||
         g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_LOST) ||
         g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_BUSY) ||
         g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_TIMEOUT) ||
         g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_READ_ONLY);
}

static void
resolved_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  BackstayDbConnection *connection = BACKSTAY_DB_CONNECTION (object);
  g_autoptr (GTask) task = user_data;
  RollBack *state = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  BackstayRollbackOutcome *outcome;

  outcome = backstay_db_connection_run_finish (connection, result, &error);

  if (outcome != NULL)
    return_outcome (task, connection, outcome);
  else if (state->job->absent)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (is_passing (error) && state->attempts < RESOLVE_ATTEMPTS)
    resolve_later (task);
  else
    return_unknown (task);
}

static gboolean
resolve_cb (gpointer user_data)
{
  GTask    *task = user_data;
  RollBack *state = g_task_get_task_data (task);

  /* The user cannot cancel this: what became of the change has to be said. */
  backstay_db_connection_run_async (state->connection,
                                    backstay_rollback_job_run_resolve,
                                    state->job,
                                    NULL,
                                    (GDestroyNotify) backstay_rollback_outcome_unref,
                                    RESOLVE_MSEC,
                                    NULL,
                                    resolved_cb,
                                    g_object_ref (task));

  return G_SOURCE_REMOVE;
}

/* Each attempt waits twice as long as the one before. */
static void
resolve_later (GTask *task)
{
  RollBack *state = g_task_get_task_data (task);
  g_autoptr (GSource) source = g_timeout_source_new (RESOLVE_DELAY_MSEC << state->attempts++);

  g_task_attach_source (task, source, resolve_cb);
}

static void
rolled_back_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  BackstayDbConnection *connection = BACKSTAY_DB_CONNECTION (object);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  BackstayRollbackOutcome *outcome;

  outcome = backstay_db_connection_run_finish (connection, result, &error);

  if (outcome != NULL)
    return_outcome (task, connection, outcome);
  else if (g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN))
    resolve_later (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* The connection's own deadline, beyond the server's. */
static guint
get_job_msec (BackstayRollbackRequest *request)
{
  BackstayNewVersion *version = backstay_rollback_request_get_new_version (request);

  return version != NULL && strlen (version->text) > LARGE_TEXT ? BACKSTAY_DOWNLOAD_MSEC
                                                                : BACKSTAY_JOB_MSEC;
}

void
backstay_repository_run_request (BackstayRepository      *self,
                                 BackstayRollbackRequest *request,
                                 gboolean                 rehearse,
                                 GCancellable            *cancellable,
                                 GAsyncReadyCallback      callback,
                                 gpointer                 user_data,
                                 gpointer                 source_tag)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  BackstayAccess *access = backstay_repository_get_access (self);
  RollBack       *state;

  g_task_set_source_tag (task, source_tag);

  /* A change that was committed is not called cancelled. */
  g_task_set_check_cancellable (task, FALSE);

  if (access == NULL || !backstay_access_can_browse (access))
    {
      g_task_return_new_error (task, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_NOT_ADMIN,
                               _ ("Only an administrator can change the configurations."));
      return;
    }

  state = g_new0 (RollBack, 1);
  state->job = backstay_rollback_job_new (request, access, rehearse);
  state->connection = g_object_ref (backstay_repository_get_connection (self));
  g_task_set_task_data (task, state, (GDestroyNotify) roll_back_free);

  backstay_repository_give_way (self);
  backstay_db_connection_run_async (state->connection,
                                    backstay_rollback_job_run,
                                    state->job,
                                    NULL,
                                    (GDestroyNotify) backstay_rollback_outcome_unref,
                                    get_job_msec (request),
                                    cancellable,
                                    rolled_back_cb,
                                    g_steal_pointer (&task));
}

/**
 * backstay_repository_roll_back_async:
 * @request: what to do, and what was shown to the user
 * @rehearse: whether to run all of it on the server and then take it back
 * @cancellable: (nullable): cancels it, until it begins to commit
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Makes another version live, a copy of an earlier one or that one itself, and turns all others of its
 * type off, in one transaction that stops when anything is not as it was shown. An error means that nothing was
 * changed; but %BACKSTAY_DB_ERROR_UNKNOWN, which comes only where the connection broke during the
 * commit and the server could not be asked afterwards.
 */
void
backstay_repository_roll_back_async (BackstayRepository      *self,
                                     BackstayRollbackRequest *request,
                                     gboolean                 rehearse,
                                     GCancellable            *cancellable,
                                     GAsyncReadyCallback      callback,
                                     gpointer                 user_data)
{
  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (request != NULL);

  backstay_repository_run_request (self, request, rehearse, cancellable, callback, user_data,
                                   backstay_repository_roll_back_async);
}

/**
 * backstay_repository_roll_back_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_roll_back_async() began.
 *
 * Returns: (transfer full): what was done, or %NULL with an error
 */
BackstayRollbackOutcome *
backstay_repository_roll_back_finish (BackstayRepository *self,
                                      GAsyncResult       *result,
                                      GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * backstay_repository_undo_async:
 * @outcome: what a rollback did
 * @cancellable: (nullable): cancels it, until it begins to commit
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Rolls back to what was live before a rollback, as another new version. Fails with
 * %BACKSTAY_DB_ERROR_CONFLICT where something else became active since.
 */
void
backstay_repository_undo_async (BackstayRepository      *self,
                                BackstayRollbackOutcome *outcome,
                                GCancellable            *cancellable,
                                GAsyncReadyCallback      callback,
                                gpointer                 user_data)
{
  g_autoptr (BackstayRollbackRequest) request = NULL;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (outcome != NULL);

  request = backstay_rollback_request_new_undo (outcome);

  if (request == NULL)
    {
      g_task_report_new_error (self, callback, user_data, backstay_repository_undo_async,
                               BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                               _ ("No version was active before, so there is nothing to go back "
                                  "to."));
      return;
    }

  backstay_repository_run_request (self, request, FALSE, cancellable, callback, user_data,
                                   backstay_repository_undo_async);
}

/**
 * backstay_repository_undo_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_undo_async() began.
 *
 * Returns: (transfer full): what was done, or %NULL with an error
 */
BackstayRollbackOutcome *
backstay_repository_undo_finish (BackstayRepository *self,
                                 GAsyncResult       *result,
                                 GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

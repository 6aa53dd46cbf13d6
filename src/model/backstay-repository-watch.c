/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-repository-watch"

#include "config.h"

#include "backstay-repository-watch.h"

#include "backstay-server-look.h"
#include "backstay-transaction.h"

/* The repository's method that looks whether anything has changed. */

typedef struct
{
  BackstayIdentity *identity;
  int               backend_pid; /* The process that was asked before; 0 for none. */
  gboolean          listening;   /* Whether it tells of changes. */
  gboolean          listen;      /* Whether it shall. */
} WatchJob;

static void
watch_job_free (gpointer data)
{
  WatchJob *job = data;

  g_clear_object (&job->identity);
  g_free (job);
}

static BackstayTableState *
look (BackstayDbSession *session,
      WatchJob          *job,
      GError           **error)
{
  BackstayDbLineage  *lineage = backstay_db_config_get_lineage (backstay_db_session_get_config (session));
  BackstayTableState *state;
  g_auto (BackstayServerLook) look = { 0 };
  g_autoptr (BackstayBatch) batch = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  batch = backstay_transaction_begin_read (job->identity, BACKSTAY_STATEMENT_MSEC);
  backstay_batch_add (batch, "watch", NULL);
  backstay_server_look_add (&look, lineage, !backstay_db_lineage_get_hidden (lineage), TRUE, batch);

  if ((rows = backstay_transaction_end_read (batch, session, error)) == NULL)
    {
      /* If that is what was refused, it is not asked the next time. */
      backstay_db_lineage_set_hidden (lineage, TRUE);
      return NULL;
    }

  state = backstay_table_state_new_from_rows (g_ptr_array_index (rows, BACKSTAY_TRANSACTION_FIRST));
  backstay_server_look_read (&look, rows);
  look.look.may_have_moved = state->backend_pid != job->backend_pid &&
                             state->backend_pid == backstay_db_session_get_backend_pid (session);
  backstay_db_lineage_take (lineage, &look.look);

  return state;
}

/* A server that cannot tell, such as a standby, is asked again and again instead. Gives whether
 * there still is a connection. */
static gboolean
start_listening (BackstayDbSession *session,
                 WatchJob          *job,
                 GError           **error)
{
  g_autoptr (BackstayBatch) batch = backstay_batch_new ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) refusal = NULL;

  backstay_batch_add (batch, "listen", NULL);
  rows = backstay_batch_run (batch, session, &refusal);
  job->listening = rows != NULL;

  if (refusal == NULL || backstay_db_error_get_sqlstate (refusal) != NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&refusal));

  return FALSE;
}

/* A #BackstayDbJobFunc. What listens is the session, so it must be one's own: behind a pooler the
 * process that answers is not the one that the connection was told of, and not the same each
 * time. */
static gboolean
watch_job (BackstayDbSession *session,
           gpointer           data,
           gpointer          *result,
           GError           **error)
{
  WatchJob *job = data;
  g_autoptr (BackstayTableState) state = look (session, job, error);

  if (state == NULL)
    return FALSE;

  if (!job->listen || state->backend_pid != backstay_db_session_get_backend_pid (session))
    {
      job->listening = FALSE;
    }
  else if (state->backend_pid != job->backend_pid)
    {
      if (!start_listening (session, job, error))
        return FALSE;

      /* What happened between the two would not be told. */
      g_clear_pointer (&state, backstay_table_state_free);
      if ((state = look (session, job, error)) == NULL)
        return FALSE;
    }

  state->listening = job->listening;
  *result = g_steal_pointer (&state);

  return TRUE;
}

static void
watched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gpointer state;

  state = backstay_db_connection_run_finish (BACKSTAY_DB_CONNECTION (object), result, &error);

  if (state == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, state, (GDestroyNotify) backstay_table_state_free);
}

/**
 * backstay_repository_watch_async:
 * @listen: whether the connection shall hear of changes from then on
 * @before: (nullable): what it gave the last time
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Looks what the table is like, at little cost: some hundred bytes, and a few steps in an index for
 * each model type.
 *
 * What hears of changes, on %BACKSTAY_REPOSITORY_CHANNEL and if the server can tell of them, has to be
 * a connection that nobody else needs.
 */
void
backstay_repository_watch_async (BackstayRepository *self,
                                 gboolean            listen,
                                 BackstayTableState *before,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  WatchJob *job;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));

  job = g_new0 (WatchJob, 1);
  g_set_object (&job->identity, backstay_repository_get_identity (self));
  job->listen = listen;

  if (before != NULL)
    {
      job->backend_pid = before->backend_pid;
      job->listening = before->listening;
    }

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_repository_watch_async);
  backstay_db_connection_run_async (backstay_repository_get_connection (self),
                                    watch_job,
                                    job,
                                    watch_job_free,
                                    (GDestroyNotify) backstay_table_state_free,
                                    BACKSTAY_JOB_MSEC,
                                    cancellable,
                                    watched_cb,
                                    g_steal_pointer (&task));
}

/**
 * backstay_repository_watch_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_watch_async() began.
 *
 * Returns: (transfer full): the state, or %NULL with an error
 */
BackstayTableState *
backstay_repository_watch_finish (BackstayRepository *self,
                                  GAsyncResult       *result,
                                  GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

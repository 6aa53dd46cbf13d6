/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-repository-transfer"

#include "config.h"

#include "backstay-repository-transfer.h"

#include "backstay-db-error.h"
#include "backstay-export-job.h"
#include "backstay-import-check.h"
#include "backstay-import-job.h"
#include "backstay-transaction.h"

#include <glib/gi18n-lib.h>

/* After a commit whose answer was lost an import goes on this often, first after this long. */
#define RESUME_ATTEMPTS 6
#define RESUME_DELAY_MSEC 250

/* A transfer's own connection, and what it runs there. */
typedef struct
{
  BackstayDbConnection *connection;
  gpointer              job;
  GDestroyNotify        job_free;
  GDestroyNotify        result_free;
  guint                 attempts;
} Transfer;

static void
transfer_free (gpointer data)
{
  Transfer *transfer = data;

  g_object_unref (transfer->connection);
  transfer->job_free (transfer->job);
  g_free (transfer);
}

/* Takes the job. */
static GTask *
transfer_task_new (BackstayRepository *self,
                   gpointer            job,
                   GDestroyNotify      job_free,
                   GDestroyNotify      result_free,
                   GCancellable       *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer            user_data,
                   gpointer            source_tag)
{
  BackstayDbConnection *first = backstay_repository_get_connection (self);
  GTask                *task = g_task_new (self, cancellable, callback, user_data);
  Transfer             *transfer = g_new0 (Transfer, 1);

  transfer->connection = backstay_db_connection_new (backstay_db_connection_get_config (first));
  transfer->job = job;
  transfer->job_free = job_free;
  transfer->result_free = result_free;

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, transfer, transfer_free);

  /* A file that is there, and a version that was written, are not called cancelled. */
  g_task_set_check_cancellable (task, FALSE);

  return task;
}

/* The job makes more time for itself once it is connected. */
static void
run (GTask              *task,
     BackstayDbJobFunc   func,
     GAsyncReadyCallback done_cb)
{
  Transfer *transfer = g_task_get_task_data (task);

  backstay_db_connection_run_async (transfer->connection, func, transfer->job, NULL, transfer->result_free,
                                    BACKSTAY_JOB_MSEC, g_task_get_cancellable (task),
                                    done_cb, g_object_ref (task));
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Transfer *transfer = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gpointer value;

  value = backstay_db_connection_run_finish (BACKSTAY_DB_CONNECTION (object), result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, value, transfer->result_free);
}

static gboolean
may_browse (BackstayRepository *self)
{
  BackstayAccess *access = backstay_repository_get_access (self);

  return access != NULL && backstay_access_can_browse (access);
}

static void
return_not_admin (GTask *task)
{
  g_task_return_new_error (task, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_NOT_ADMIN,
                           _ ("Only an administrator can export and import versions."));
}

/**
 * backstay_repository_export_async:
 * @request: what to export
 * @path: the file, which may be there
 * @progress: gets told how far it is, from another thread
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Writes versions to a file that only its owner may read. It shows the table as it was at one moment. Unless it
 * succeeds, no file is left, and one that was there is as it was.
 */
void
backstay_repository_export_async (BackstayRepository       *self,
                                  BackstayExportRequest    *request,
                                  const char               *path,
                                  BackstayTransferProgress *progress,
                                  GCancellable             *cancellable,
                                  GAsyncReadyCallback       callback,
                                  gpointer                  user_data)
{
  g_autoptr (GTask) task = NULL;
  BackstayExportJob *job;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (request != NULL && path != NULL && progress != NULL);

  job = backstay_export_job_new (request, path, backstay_repository_get_identity (self), progress, cancellable);
  task = transfer_task_new (self, job, (GDestroyNotify) backstay_export_job_free, g_free,
                            cancellable, callback, user_data, backstay_repository_export_async);

  if (may_browse (self))
    run (task, backstay_export_job_run, done_cb);
  else
    return_not_admin (task);
}

/**
 * backstay_repository_export_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_export_async() began.
 *
 * Returns: (transfer full): what was written, to be freed by g_free(); or %NULL with an error
 */
BackstayExportOutcome *
backstay_repository_export_finish (BackstayRepository *self,
                                   GAsyncResult       *result,
                                   GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * backstay_repository_check_import_async:
 * @path: a file with a version in each line
 * @progress: gets told how far it is, from another thread
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds out what importing a file would do, and writes nothing.
 */
void
backstay_repository_check_import_async (BackstayRepository       *self,
                                        const char               *path,
                                        BackstayTransferProgress *progress,
                                        GCancellable             *cancellable,
                                        GAsyncReadyCallback       callback,
                                        gpointer                  user_data)
{
  g_autoptr (GTask) task = NULL;
  BackstayImportCheck *job;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (path != NULL && progress != NULL);

  job = backstay_import_check_new (path, backstay_repository_get_identity (self), progress, cancellable);
  task = transfer_task_new (self, job, (GDestroyNotify) backstay_import_check_free,
                            (GDestroyNotify) g_ptr_array_unref,
                            cancellable, callback, user_data, backstay_repository_check_import_async);

  if (may_browse (self))
    run (task, backstay_import_check_run, done_cb);
  else
    return_not_admin (task);
}

/**
 * backstay_repository_check_import_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_check_import_async() began.
 *
 * Returns: (transfer full) (element-type BackstayImportItem): the lines that are not empty, in the order
 *   of the file; or %NULL with an error
 */
GPtrArray *
backstay_repository_check_import_finish (BackstayRepository *self,
                                         GAsyncResult       *result,
                                         GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void import_done_cb (GObject      *object,
                            GAsyncResult *result,
                            gpointer      user_data);

/* Tells the items what became of them: back in the thread that they are shown in. */
static void
tell_items (BackstayImportJob *job)
{
  for (guint i = 0; i < job->items->len; i++)
    {
      BackstayImportItem *item = g_ptr_array_index (job->items, i);
      BackstayImportState state = job->states[i];

      if (state == backstay_import_item_get_state (item))
        continue;

      if (state == BACKSTAY_IMPORT_STATE_THERE)
        backstay_import_item_set_state (item, state, _ ("Somebody else imported it meanwhile."));
      else if (state == BACKSTAY_IMPORT_STATE_RESPELT)
        backstay_import_item_set_state (item, state, _ ("The server spells some of its values otherwise."));
      else
        backstay_import_item_set_state (item, state, NULL);
    }
}

/* Whether going on can settle what a commit without an answer left open. */
static gboolean
is_passing (const GError *error)
{
  return g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN) ||
         g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONNECT) ||
         g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_LOST) ||
         g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_BUSY) ||
         g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_TIMEOUT);
}

static gboolean
resume_cb (gpointer user_data)
{
  run (user_data, backstay_import_job_run, import_done_cb);

  return G_SOURCE_REMOVE;
}

static void
import_done_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Transfer          *transfer = g_task_get_task_data (task);
  BackstayImportJob *job = transfer->job;
  gboolean           is_doubtful;
  g_autoptr (GError) error = NULL;

  backstay_db_connection_run_finish (BACKSTAY_DB_CONNECTION (object), result, &error);
  is_doubtful = job->n_doubtful > job->next;

  if (error != NULL && is_doubtful && is_passing (error) && transfer->attempts < RESUME_ATTEMPTS)
    {
      g_autoptr (GSource) source = g_timeout_source_new (RESUME_DELAY_MSEC << transfer->attempts++);

      g_task_attach_source (task, source, resume_cb);
      return;
    }

  tell_items (job);

  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else if (is_doubtful)
    g_task_return_new_error (task, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN,
                             _ ("The connection broke while versions were being written, and the "
                                "server did not say what became of the last few."));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * backstay_repository_import_async:
 * @path: a file
 * @items: (element-type BackstayImportItem): its lines, as
 *   backstay_repository_check_import_finish() gave them
 * @progress: gets told how far it is, from another thread
 * @cancellable: (nullable): cancels it; what was written by then stays
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Adds the lines that are new as inactive versions, made now by the one who is signed in; the first line of
 * their notes says where they are from. A few are written in one transaction, so that nobody has to
 * wait for long to roll back. An import that ended early can be repeated: nothing is added twice.
 *
 * At the end the items' states tell what became of each.
 */
void
backstay_repository_import_async (BackstayRepository       *self,
                                  const char               *path,
                                  GPtrArray                *items,
                                  BackstayTransferProgress *progress,
                                  GCancellable             *cancellable,
                                  GAsyncReadyCallback       callback,
                                  gpointer                  user_data)
{
  g_autoptr (GTask) task = NULL;
  BackstayImportJob *job;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (path != NULL && items != NULL && progress != NULL);

  job = backstay_import_job_new (path, items, backstay_repository_get_identity (self), progress, cancellable);
  task = transfer_task_new (self, job, (GDestroyNotify) backstay_import_job_free, NULL,
                            cancellable, callback, user_data, backstay_repository_import_async);

  if (may_browse (self))
    run (task, backstay_import_job_run, import_done_cb);
  else
    return_not_admin (task);
}

/**
 * backstay_repository_import_finish:
 * @result: the result
 * @n_written: (out): how many versions were written, also before an error
 * @error: return location for an error
 *
 * Ends what backstay_repository_import_async() began.
 *
 * Returns: whether everything that was new was written
 */
gboolean
backstay_repository_import_finish (BackstayRepository *self,
                                   GAsyncResult       *result,
                                   guint              *n_written,
                                   GError            **error)
{
  Transfer *transfer;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (n_written != NULL, FALSE);

  transfer = g_task_get_task_data (G_TASK (result));
  *n_written = ((BackstayImportJob *) transfer->job)->n_written;

  return g_task_propagate_boolean (G_TASK (result), error);
}

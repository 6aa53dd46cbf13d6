/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-repository-downloads"

#include "config.h"

#include "backstay-repository-private.h"

#include "backstay-db-error.h"
#include "backstay-transaction.h"

#include <glib/gi18n-lib.h>

/* The repository's methods that bring configurations. They have a connection of their own: one takes
 * its jobs one after another, and neither a list nor a rollback may wait for megabytes. Of these, what
 * nobody waits for gives way to the rest.
 *
 * A server that grants no second connection gets everything on the first. Rolling back always has
 * the first one, which is open already: it needs nothing from a server that is full. */

/* How long what gives way may wait for a download before it, and take itself. */
#define BACKGROUND_MSEC (BACKSTAY_DOWNLOAD_MSEC + BACKSTAY_JOB_MSEC)

typedef struct
{
  BackstayReadJob  *job;
  BackstayDbJobFunc func;
  guint             milliseconds;
  GCancellable     *cancellable; /* (nullable): what stops it, for any reason. */
  gulong            cancelled_id;
  gboolean          in_background;
} Download;

static void
download_free (Download *download)
{
  backstay_read_job_free (download->job);
  g_clear_object (&download->cancellable);
  g_free (download);
}

static void run (GTask                *task,
                 BackstayDbConnection *connection);

/* Whether the server did not grant a second connection, while the first one works. */
static gboolean
is_one_too_many (BackstayRepository   *self,
                 BackstayDbConnection *connection,
                 const GError         *error)
{
  BackstayDbConnection *first = backstay_repository_get_connection (self);

  return connection != first &&
         backstay_db_connection_get_state (first) == BACKSTAY_DB_STATE_CONNECTED &&
         (g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONNECT) ||
          g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_AUTH));
}

/* Who goes on after the first connection was lost wants it back, also if it is not what was needed
 * now: as long as it is lost, the window says so. */
static void
restore_first (BackstayRepository *self)
{
  if (backstay_db_connection_get_state (backstay_repository_get_connection (self)) == BACKSTAY_DB_STATE_LOST)
    backstay_repository_find_access_async (self, NULL, NULL, NULL);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  BackstayDbConnection *connection = BACKSTAY_DB_CONNECTION (object);
  g_autoptr (GTask) task = user_data;
  BackstayRepository *self = g_task_get_source_object (task);
  Download           *download = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gpointer value;

  value = backstay_db_connection_run_finish (connection, result, &error);

  if (error != NULL && is_one_too_many (self, connection, error))
    {
      run (task, backstay_repository_get_connection (self));
      return;
    }

  g_cancellable_disconnect (g_task_get_cancellable (task), download->cancelled_id);

  if (error == NULL)
    {
      restore_first (self);
      g_task_return_pointer (task, value, download->job->result_free);
    }
  else if (download->in_background && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY, _ ("Something else came first."));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
run (GTask                *task,
     BackstayDbConnection *connection)
{
  Download *download = g_task_get_task_data (task);

  backstay_db_connection_run_async (connection,
                                    download->func,
                                    download->job,
                                    NULL,
                                    download->job->result_free,
                                    download->milliseconds,
                                    download->cancellable,
                                    done_cb,
                                    g_object_ref (task));
}

/**
 * backstay_repository_get_configuration_async:
 * @id: a version's uuid
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Gets one version with its configuration's exact text.
 */
void
backstay_repository_get_configuration_async (BackstayRepository *self,
                                             const char         *id,
                                             GCancellable       *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Download *download;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (id != NULL);

  download = g_new0 (Download, 1);
  download->job = backstay_repository_read_job_new (self, g_object_unref);
  download->job->id = g_strdup (id);
  download->func = backstay_read_job_configuration;
  download->milliseconds = BACKSTAY_DOWNLOAD_MSEC;
  g_set_object (&download->cancellable, cancellable);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_repository_get_configuration_async);
  g_task_set_task_data (task, download, (GDestroyNotify) download_free);

  backstay_repository_give_way (self);
  run (task, backstay_repository_get_downloads (self));
}

/**
 * backstay_repository_get_configuration_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_get_configuration_async() began.
 *
 * Returns: (transfer full): the configuration, or %NULL with an error
 */
BackstayConfiguration *
backstay_repository_get_configuration_finish (BackstayRepository *self,
                                              GAsyncResult       *result,
                                              GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      own)
{
  g_cancellable_cancel (own);
}

/**
 * backstay_repository_list_fingerprints_async:
 * @ids: (element-type utf8): uuids of versions whose texts are wanted too, in the order of their urgency
 * @others: (element-type utf8): uuids of versions of which the hash is enough
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Gets what is needed to compare versions in a list, at little cost: large configurations are not
 * sent, and not more than %BACKSTAY_FINGERPRINTS_BYTES at once. Nobody waits for this: it
 * ends with %G_IO_ERROR_BUSY when something comes that somebody waits for, and can then be asked for
 * again.
 */
void
backstay_repository_list_fingerprints_async (BackstayRepository *self,
                                             GPtrArray          *ids,
                                             GPtrArray          *others,
                                             GCancellable       *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Download *download;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (ids != NULL && others != NULL);

  download = g_new0 (Download, 1);
  download->job = backstay_repository_read_job_new (self, (GDestroyNotify) g_ptr_array_unref);
  download->job->ids = backstay_read_job_dup_array (ids);
  download->job->other_ids = backstay_read_job_dup_array (others);
  download->func = backstay_read_job_fingerprints;
  download->milliseconds = BACKGROUND_MSEC;
  download->cancellable = g_cancellable_new ();
  download->in_background = TRUE;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_repository_list_fingerprints_async);
  g_task_set_task_data (task, download, (GDestroyNotify) download_free);

  if (cancellable != NULL)
    download->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                    g_object_ref (download->cancellable),
                                                    g_object_unref);

  backstay_repository_set_background (self, download->cancellable);
  run (task, backstay_repository_get_downloads (self));
}

/**
 * backstay_repository_list_fingerprints_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_list_fingerprints_async() began. A version that is not there, or may
 * not be seen, is not in the result.
 *
 * Returns: (transfer full) (element-type BackstayFingerprint): the fingerprints in any order, or %NULL
 *   with an error
 */
GPtrArray *
backstay_repository_list_fingerprints_finish (BackstayRepository *self,
                                              GAsyncResult       *result,
                                              GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

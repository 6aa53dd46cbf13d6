/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-repository-compare"

#include "config.h"

#include "backstay-repository-compare.h"

/* Several configurations at once. One is fetched after the other, as they come over one line anyway;
 * while the next one comes, the one before is read in a thread. */
typedef struct
{
  GPtrArray                     *ids;            /* Of strings. */
  GPtrArray                     *configurations; /* In the order of @ids, %NULL for what has not come. */
  GPtrArray                     *missing;        /* The ids that the server does not have. */
  guint                          n_fetched;
  guint                          n_reading;
  gboolean                       failed;
  BackstayRepositoryProgressFunc progress;
  gpointer                       progress_data;
} Fetch;

static void
unref_if_any (gpointer object)
{
  g_clear_object (&object);
}

static void
fetch_free (Fetch *fetch)
{
  g_ptr_array_unref (fetch->ids);
  g_ptr_array_unref (fetch->configurations);
  g_ptr_array_unref (fetch->missing);
  g_free (fetch);
}

static void
fail (GTask  *task,
      GError *error)
{
  Fetch *fetch = g_task_get_task_data (task);

  if (!fetch->failed)
    g_task_return_error (task, error);
  else
    g_error_free (error);

  fetch->failed = TRUE;
}

static void
return_if_done (GTask *task)
{
  Fetch     *fetch = g_task_get_task_data (task);
  GPtrArray *found;

  if (fetch->failed || fetch->n_reading > 0 || fetch->n_fetched < fetch->ids->len)
    return;

  found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < fetch->configurations->len; i++)
    {
      gpointer configuration = g_ptr_array_index (fetch->configurations, i);

      if (configuration != NULL)
        g_ptr_array_add (found, g_object_ref (configuration));
    }

  g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch  *fetch = g_task_get_task_data (task);
  GError *error = NULL;

  fetch->n_reading--;

  if (backstay_configuration_read_finish (BACKSTAY_CONFIGURATION (object), result, &error) == NULL)
    fail (task, error);
  else
    return_if_done (task);
}

static void fetch_next (GTask *task);

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch                 *fetch = g_task_get_task_data (task);
  GCancellable          *cancellable = g_task_get_cancellable (task);
  GError                *error = NULL;
  BackstayConfiguration *configuration;

  configuration = backstay_repository_get_configuration_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT))
    {
      g_clear_error (&error);
      g_ptr_array_add (fetch->missing, g_strdup (g_ptr_array_index (fetch->ids, fetch->n_fetched)));
    }
  else if (configuration == NULL)
    {
      fail (task, error);
      return;
    }
  else
    {
      fetch->configurations->pdata[fetch->n_fetched] = configuration;
      fetch->n_reading++;
      backstay_configuration_read_async (configuration, cancellable, read_cb, g_object_ref (task));
    }

  fetch->n_fetched++;

  if (!fetch->failed)
    fetch->failed = g_task_return_error_if_cancelled (task);
  if (fetch->failed)
    return;

  if (fetch->progress != NULL)
    fetch->progress (fetch->n_fetched, fetch->ids->len, fetch->progress_data);

  fetch_next (task);
}

static void
fetch_next (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  if (fetch->n_fetched == fetch->ids->len)
    {
      return_if_done (task);
      return;
    }

  backstay_repository_get_configuration_async (g_task_get_source_object (task),
                                               g_ptr_array_index (fetch->ids, fetch->n_fetched),
                                               g_task_get_cancellable (task),
                                               fetched_cb,
                                               g_object_ref (task));
}

/**
 * backstay_repository_get_configurations_async:
 * @ids: (element-type utf8): the versions' uuids
 * @progress: (nullable): called when one has come
 * @progress_data: for @progress
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Gets several versions with their configurations, and reads these.
 */
void
backstay_repository_get_configurations_async (BackstayRepository            *self,
                                              GPtrArray                     *ids,
                                              BackstayRepositoryProgressFunc progress,
                                              gpointer                       progress_data,
                                              GCancellable                  *cancellable,
                                              GAsyncReadyCallback            callback,
                                              gpointer                       user_data)
{
  g_autoptr (GTask) task = NULL;
  Fetch *fetch;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (ids != NULL);

  fetch = g_new0 (Fetch, 1);
  fetch->ids = g_ptr_array_new_with_free_func (g_free);
  fetch->configurations = g_ptr_array_new_with_free_func (unref_if_any);
  fetch->missing = g_ptr_array_new_with_free_func (g_free);
  fetch->progress = progress;
  fetch->progress_data = progress_data;

  for (guint i = 0; i < ids->len; i++)
    g_ptr_array_add (fetch->ids, g_strdup (g_ptr_array_index (ids, i)));
  g_ptr_array_set_size (fetch->configurations, (int) ids->len);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_repository_get_configurations_async);
  g_task_set_task_data (task, fetch, (GDestroyNotify) fetch_free);
  fetch_next (task);
}

/**
 * backstay_repository_get_configurations_finish:
 * @result: the result
 * @missing: (out) (optional) (transfer full) (element-type utf8): the uuids that are not in the
 *   table any more, or may not be seen
 * @error: return location for an error
 *
 * Ends what backstay_repository_get_configurations_async() began.
 *
 * Returns: (transfer full) (element-type BackstayConfiguration): those that were found, read, in the
 *   order that was asked for; or %NULL with an error
 */
GPtrArray *
backstay_repository_get_configurations_finish (BackstayRepository *self,
                                               GAsyncResult       *result,
                                               GPtrArray         **missing,
                                               GError            **error)
{
  Fetch     *fetch;
  GPtrArray *configurations;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  fetch = g_task_get_task_data (G_TASK (result));
  configurations = g_task_propagate_pointer (G_TASK (result), error);

  if (configurations != NULL && missing != NULL)
    *missing = g_ptr_array_ref (fetch->missing);

  return configurations;
}

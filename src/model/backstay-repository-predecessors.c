/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-repository-predecessors"

#include "config.h"

#include "backstay-repository-predecessors.h"
#include "backstay-repository-private.h"

#include "backstay-transaction.h"

/**
 * backstay_repository_list_predecessors_async:
 * @model_type: a model type
 * @ids: (element-type utf8): uuids of some of its versions
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds the version before each of some versions in the history's order.
 */
void
backstay_repository_list_predecessors_async (BackstayRepository *self,
                                             const char         *model_type,
                                             GPtrArray          *ids,
                                             GCancellable       *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer            user_data)
{
  BackstayReadJob *job;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (model_type != NULL && ids != NULL);

  job = backstay_repository_read_job_new (self, (GDestroyNotify) g_hash_table_unref);
  job->model_type = g_strdup (model_type);
  job->ids = backstay_read_job_dup_array (ids);

  backstay_repository_read_async (self,
                                  backstay_read_job_predecessors,
                                  job,
                                  BACKSTAY_JOB_MSEC,
                                  cancellable, callback, user_data,
                                  backstay_repository_list_predecessors_async);
}

/**
 * backstay_repository_list_predecessors_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_list_predecessors_async() began.
 *
 * Returns: (transfer full) (element-type utf8 utf8): the predecessors' uuids by those of the versions, %NULL
 *   for the first one; a version that is not there is not in it. %NULL with an error
 */
GHashTable *
backstay_repository_list_predecessors_finish (BackstayRepository *self,
                                              GAsyncResult       *result,
                                              GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

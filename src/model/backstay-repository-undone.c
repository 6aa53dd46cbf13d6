/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-repository-undone"

#include "config.h"

#include "backstay-repository-private.h"

#include "backstay-transaction.h"

/**
 * backstay_repository_count_undone_async:
 * @target: the version to go back to
 * @live: the live version of its type
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Counts the versions that a rollback undoes: those newer than @target, up to @live.
 */
void
backstay_repository_count_undone_async (BackstayRepository *self,
                                        BackstayVersion    *target,
                                        BackstayVersion    *live,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data)
{
  BackstayReadJob *job;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (BACKSTAY_IS_VERSION (target) && BACKSTAY_IS_VERSION (live));

  job = backstay_repository_read_job_new (self, g_free);
  job->model_type = g_strdup (backstay_version_get_model_type (target));
  job->id = g_strdup (backstay_version_get_id (target));
  job->live_id = g_strdup (backstay_version_get_id (live));
  job->limit = BACKSTAY_UNDONE_LIMIT;

  backstay_repository_read_async (self,
                                  backstay_read_job_count_undone,
                                  job,
                                  BACKSTAY_JOB_MSEC,
                                  cancellable, callback, user_data,
                                  backstay_repository_count_undone_async);
}

/**
 * backstay_repository_count_undone_finish:
 * @result: the result
 * @n_versions: (out): how many there are; %BACKSTAY_UNDONE_LIMIT stands for as many or more
 * @error: return location for an error
 *
 * Ends what backstay_repository_count_undone_async() began.
 *
 * Returns: whether it succeeded
 */
gboolean
backstay_repository_count_undone_finish (BackstayRepository *self,
                                         GAsyncResult       *result,
                                         guint              *n_versions,
                                         GError            **error)
{
  g_autofree guint *count = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (n_versions != NULL, FALSE);

  count = g_task_propagate_pointer (G_TASK (result), error);
  if (count == NULL)
    return FALSE;

  *n_versions = *count;

  return TRUE;
}

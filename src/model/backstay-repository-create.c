/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-repository-create"

#include "config.h"

#include "backstay-repository-rollback.h"

/**
 * backstay_repository_create_async:
 * @request: a request of backstay_rollback_request_new_create(). Sent twice it makes one version.
 * @cancellable: (nullable): cancels it, until it begins to commit
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Puts a version that somebody wrote into the table, and where it is to go live turns all others of
 * its type off, in one transaction. An error means that nothing was changed; but
 * %BACKSTAY_DB_ERROR_UNKNOWN, as with backstay_repository_roll_back_async().
 */
void
backstay_repository_create_async (BackstayRepository      *self,
                                  BackstayRollbackRequest *request,
                                  GCancellable            *cancellable,
                                  GAsyncReadyCallback      callback,
                                  gpointer                 user_data)
{
  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (request != NULL);
  g_return_if_fail (backstay_rollback_request_get_kind (request) == BACKSTAY_ROLLBACK_KIND_CREATE);

  backstay_repository_run_request (self, request, FALSE, cancellable, callback, user_data,
                                   backstay_repository_create_async);
}

/**
 * backstay_repository_create_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_create_async() began.
 *
 * Returns: (transfer full): what was done, or %NULL with an error
 */
BackstayRollbackOutcome *
backstay_repository_create_finish (BackstayRepository *self,
                                   GAsyncResult       *result,
                                   GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

G_BEGIN_DECLS

/**
 * BackstayRepositoryProgressFunc:
 * @n_done: how many have come
 * @n_total: how many there are
 * @user_data: data of the caller
 *
 * Called in the main loop, never once the work was cancelled.
 */
typedef void (*BackstayRepositoryProgressFunc) (guint    n_done,
                                                guint    n_total,
                                                gpointer user_data);

void       backstay_repository_get_configurations_async (BackstayRepository            *self,
                                                         GPtrArray                     *ids,
                                                         BackstayRepositoryProgressFunc progress,
                                                         gpointer                       progress_data,
                                                         GCancellable                  *cancellable,
                                                         GAsyncReadyCallback            callback,
                                                         gpointer                       user_data);
GPtrArray *backstay_repository_get_configurations_finish (BackstayRepository *self,
                                                          GAsyncResult       *result,
                                                          GPtrArray         **missing,
                                                          GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

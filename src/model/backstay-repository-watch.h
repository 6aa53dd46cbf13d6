/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"
#include "backstay-table-state.h"

G_BEGIN_DECLS

/* Where a trigger on the table may tell of changes. */
#define BACKSTAY_REPOSITORY_CHANNEL "model_config_history"

void                backstay_repository_watch_async (BackstayRepository *self,
                                                     gboolean            listen,
                                                     BackstayTableState *before,
                                                     GCancellable       *cancellable,
                                                     GAsyncReadyCallback callback,
                                                     gpointer            user_data);
BackstayTableState *backstay_repository_watch_finish (BackstayRepository *self,
                                                      GAsyncResult       *result,
                                                      GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

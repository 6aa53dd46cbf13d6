/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-history-filter.h"
#include "backstay-repository.h"

G_BEGIN_DECLS

void       backstay_repository_list_filtered_async (BackstayRepository    *self,
                                                    const char            *model_type,
                                                    BackstayHistoryFilter *filter,
                                                    BackstayVersion       *before,
                                                    guint                  limit,
                                                    GCancellable          *cancellable,
                                                    GAsyncReadyCallback    callback,
                                                    gpointer               user_data);
GPtrArray *backstay_repository_list_filtered_finish (BackstayRepository *self,
                                                     GAsyncResult       *result,
                                                     guint              *n_matches,
                                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void       backstay_repository_list_creators_async (BackstayRepository *self,
                                                    const char         *model_type,
                                                    GCancellable       *cancellable,
                                                    GAsyncReadyCallback callback,
                                                    gpointer            user_data);
GPtrArray *backstay_repository_list_creators_finish (BackstayRepository *self,
                                                     GAsyncResult       *result,
                                                     gboolean           *has_nobody,
                                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

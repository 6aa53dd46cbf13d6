/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-finding.h"
#include "backstay-repository.h"

G_BEGIN_DECLS

void       backstay_repository_inspect_async (BackstayRepository *self,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
GPtrArray *backstay_repository_inspect_finish (BackstayRepository *self,
                                               GAsyncResult       *result,
                                               GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void       backstay_repository_apply_fix_async (BackstayRepository *self,
                                                BackstayFinding    *finding,
                                                GCancellable       *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer            user_data);
gboolean   backstay_repository_apply_fix_finish (BackstayRepository *self,
                                                 GAsyncResult       *result,
                                                 GError            **error);

G_END_DECLS

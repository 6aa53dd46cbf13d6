/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-issue.h"
#include "backstay-repository.h"

G_BEGIN_DECLS

/* How long the check may take, in seconds: nobody asked for it. */
#define BACKSTAY_REPOSITORY_CHECK_SECONDS 2

void       backstay_repository_check_integrity_async (BackstayRepository *self,
                                                      GCancellable       *cancellable,
                                                      GAsyncReadyCallback callback,
                                                      gpointer            user_data);
GPtrArray *backstay_repository_check_integrity_finish (BackstayRepository *self,
                                                       GAsyncResult       *result,
                                                       GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void       backstay_repository_repair_async (BackstayRepository *self,
                                             BackstayRepair     *repair,
                                             GCancellable       *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer            user_data);
gboolean   backstay_repository_repair_finish (BackstayRepository *self,
                                              GAsyncResult       *result,
                                              GError            **error);

G_END_DECLS

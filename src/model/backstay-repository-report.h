/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

G_BEGIN_DECLS

void  backstay_repository_report_async (BackstayRepository *self,
                                        const char         *id,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
char *backstay_repository_report_finish (BackstayRepository *self,
                                         GAsyncResult       *result,
                                         GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-export.h"
#include "backstay-import-item.h"
#include "backstay-repository.h"
#include "backstay-transfer-progress.h"

G_BEGIN_DECLS

/* The repository's methods that write versions to a file, and read them from one. Each has a connection
 * of its own while it lasts: it can take its time, and nothing else may wait for it. */

void                   backstay_repository_export_async (BackstayRepository       *self,
                                                         BackstayExportRequest    *request,
                                                         const char               *path,
                                                         BackstayTransferProgress *progress,
                                                         GCancellable             *cancellable,
                                                         GAsyncReadyCallback       callback,
                                                         gpointer                  user_data);
BackstayExportOutcome *backstay_repository_export_finish (BackstayRepository *self,
                                                          GAsyncResult       *result,
                                                          GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void                   backstay_repository_check_import_async (BackstayRepository       *self,
                                                               const char               *path,
                                                               BackstayTransferProgress *progress,
                                                               GCancellable             *cancellable,
                                                               GAsyncReadyCallback       callback,
                                                               gpointer                  user_data);
GPtrArray             *backstay_repository_check_import_finish (BackstayRepository *self,
                                                                GAsyncResult       *result,
                                                                GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void                   backstay_repository_import_async (BackstayRepository       *self,
                                                         const char               *path,
                                                         GPtrArray                *items,
                                                         BackstayTransferProgress *progress,
                                                         GCancellable             *cancellable,
                                                         GAsyncReadyCallback       callback,
                                                         gpointer                  user_data);
gboolean               backstay_repository_import_finish (BackstayRepository *self,
                                                          GAsyncResult       *result,
                                                          guint              *n_written,
                                                          GError            **error);

G_END_DECLS

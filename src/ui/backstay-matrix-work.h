/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-matrix-columns.h"
#include "backstay-matrix-export.h"
#include "backstay-matrix-tree.h"

G_BEGIN_DECLS

/* What takes long, each in a thread of its own. None of them touches a widget. */

void                backstay_matrix_work_compare_async (BackstayMatrixColumns *columns,
                                                        BackstayMatrix        *matrix,
                                                        gboolean               differences,
                                                        gboolean               complete,
                                                        const char            *needle,
                                                        const char *const     *pointers,
                                                        GCancellable          *cancellable,
                                                        GAsyncReadyCallback    callback,
                                                        gpointer               user_data);
BackstayMatrixTree *backstay_matrix_work_compare_finish (GAsyncResult *result,
                                                         GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void                backstay_matrix_work_export_async (BackstayMatrixColumns *columns,
                                                       BackstayMatrixTree    *tree,
                                                       const char            *title,
                                                       BackstayMatrixFormat   format,
                                                       GFile                 *file,
                                                       GCancellable          *cancellable,
                                                       GAsyncReadyCallback    callback,
                                                       gpointer               user_data);
GBytes             *backstay_matrix_work_export_finish (GAsyncResult *result,
                                                        GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BackstayDiffExportFormat:
 * @BACKSTAY_DIFF_EXPORT_FORMAT_SENTENCES: a sentence a line
 * @BACKSTAY_DIFF_EXPORT_FORMAT_JSON_PATCH: RFC 6902
 * @BACKSTAY_DIFF_EXPORT_FORMAT_MERGE_PATCH: RFC 7396
 *
 * How to write what differs.
 */
typedef enum
{
  BACKSTAY_DIFF_EXPORT_FORMAT_SENTENCES,
  BACKSTAY_DIFF_EXPORT_FORMAT_JSON_PATCH,
  BACKSTAY_DIFF_EXPORT_FORMAT_MERGE_PATCH,
} BackstayDiffExportFormat;

void  backstay_diff_export_async (BackstayDiff            *diff,
                                  BackstayDiffExportFormat format,
                                  GCancellable            *cancellable,
                                  GAsyncReadyCallback      callback,
                                  gpointer                 user_data);
char *backstay_diff_export_finish (GAsyncResult *result,
                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;
char *backstay_diff_dup_sentences (BackstayDiff   *diff,
                                   BackstayDiffRow row) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

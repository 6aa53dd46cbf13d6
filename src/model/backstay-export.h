/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BackstayExportFormat:
 * @BACKSTAY_EXPORT_FORMAT_LINES: JSON Lines: one object a version, with all that the table says of it
 * @BACKSTAY_EXPORT_FORMAT_EXACT: a configuration, byte by byte as the server spells it
 * @BACKSTAY_EXPORT_FORMAT_PRETTY: a configuration with a line for each value
 * @BACKSTAY_EXPORT_FORMAT_COMPACT: a configuration without white space
 *
 * What a file is to look like. The values are spelt in all of them as the server spells them.
 */
typedef enum
{
  BACKSTAY_EXPORT_FORMAT_LINES,
  BACKSTAY_EXPORT_FORMAT_EXACT,
  BACKSTAY_EXPORT_FORMAT_PRETTY,
  BACKSTAY_EXPORT_FORMAT_COMPACT,
} BackstayExportFormat;

/**
 * BackstayExportRequest:
 * @ids: (element-type utf8) (nullable): the versions, %NULL for whole histories
 * @model_type: (nullable): whose history; %NULL for all of them
 * @format: how to write them; without @ids, and with more than one, as lines
 *
 * What to export.
 */
typedef struct
{
  GPtrArray           *ids;
  char                *model_type;
  BackstayExportFormat format;
} BackstayExportRequest;

/**
 * BackstayExportOutcome:
 * @n_versions: how many versions were written
 * @n_bytes: how large the file is
 *
 * What was exported.
 */
typedef struct
{
  guint   n_versions;
  guint64 n_bytes;
} BackstayExportOutcome;

BackstayExportRequest *backstay_export_request_new_versions (GPtrArray           *ids,
                                                             BackstayExportFormat format) G_GNUC_WARN_UNUSED_RESULT;
BackstayExportRequest *backstay_export_request_new_history (const char *model_type) G_GNUC_WARN_UNUSED_RESULT;
BackstayExportRequest *backstay_export_request_copy (BackstayExportRequest *self) G_GNUC_WARN_UNUSED_RESULT;
void                   backstay_export_request_free (BackstayExportRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayExportRequest, backstay_export_request_free)

G_END_DECLS

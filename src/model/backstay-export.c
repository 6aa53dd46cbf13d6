/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-export"

#include "config.h"

#include "backstay-export.h"

/**
 * backstay_export_request_new_versions:
 * @ids: (element-type utf8): the versions' uuids, in the order that the file is to have
 * @format: how to write them; more than one as lines
 *
 * Returns: (transfer full): that these are to be exported
 */
BackstayExportRequest *
backstay_export_request_new_versions (GPtrArray           *ids,
                                      BackstayExportFormat format)
{
  BackstayExportRequest *self;

  g_return_val_if_fail (ids != NULL && ids->len > 0, NULL);
  g_return_val_if_fail (ids->len == 1 || format == BACKSTAY_EXPORT_FORMAT_LINES, NULL);

  self = g_new0 (BackstayExportRequest, 1);
  self->ids = g_ptr_array_ref (ids);
  self->format = format;

  return self;
}

/**
 * backstay_export_request_new_history:
 * @model_type: (nullable): a model type, %NULL for all of them
 *
 * Returns: (transfer full): that its whole history is to be exported
 */
BackstayExportRequest *
backstay_export_request_new_history (const char *model_type)
{
  BackstayExportRequest *self = g_new0 (BackstayExportRequest, 1);

  self->model_type = g_strdup (model_type);
  self->format = BACKSTAY_EXPORT_FORMAT_LINES;

  return self;
}

/**
 * backstay_export_request_copy:
 *
 * Returns: (transfer full): a copy
 */
BackstayExportRequest *
backstay_export_request_copy (BackstayExportRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->ids != NULL)
    return backstay_export_request_new_versions (self->ids, self->format);

  return backstay_export_request_new_history (self->model_type);
}

/**
 * backstay_export_request_free:
 *
 * Frees a request.
 */
void
backstay_export_request_free (BackstayExportRequest *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_free (self->model_type);
  g_free (self);
}

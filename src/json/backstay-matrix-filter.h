/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-matrix.h"

G_BEGIN_DECLS

/**
 * BackstayMatrixMark:
 * @BACKSTAY_MATRIX_MARK_SHOWN: the row is to be shown
 * @BACKSTAY_MATRIX_MARK_EXPANDED: what is below it is to be shown at first
 *
 * What becomes of a row.
 */
typedef enum
{
  BACKSTAY_MATRIX_MARK_SHOWN = 1 << 0,
  BACKSTAY_MATRIX_MARK_EXPANDED = 1 << 1,
} BackstayMatrixMark;

/**
 * BackstayMatrixFilter:
 * @differences: whether to leave out what is the same in all documents
 * @complete: whether to leave out what some documents do not have
 * @needle: (nullable): a part of the path, whatever its case
 * @pointers: (nullable) (array zero-terminated=1): JSON Pointers; only what is there or below
 *
 * Which rows to show. A row is also shown if one below it is.
 */
typedef struct
{
  gboolean           differences;
  gboolean           complete;
  const char        *needle;
  const char *const *pointers;
} BackstayMatrixFilter;

guint8 *backstay_matrix_filter (BackstayMatrix             *matrix,
                                const BackstayMatrixFilter *filter,
                                BackstayJsonProgressFunc    progress,
                                gpointer                    user_data,
                                GError                    **error) G_GNUC_WARN_UNUSED_RESULT;
guint   backstay_matrix_count_differing (BackstayMatrix *matrix,
                                         const guint8   *marks);
GArray *backstay_matrix_find_pointer (BackstayMatrix *matrix,
                                      const char     *pointer) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

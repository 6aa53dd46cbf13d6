/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-matrix.h"

G_BEGIN_DECLS

/**
 * BackstayMatrixFormat:
 * @BACKSTAY_MATRIX_FORMAT_CSV: RFC 4180, for spreadsheets and programs
 * @BACKSTAY_MATRIX_FORMAT_MARKDOWN: a table, for tickets
 * @BACKSTAY_MATRIX_FORMAT_HTML: a page of its own
 *
 * How to write a matrix.
 */
typedef enum
{
  BACKSTAY_MATRIX_FORMAT_CSV,
  BACKSTAY_MATRIX_FORMAT_MARKDOWN,
  BACKSTAY_MATRIX_FORMAT_HTML,
} BackstayMatrixFormat;

/**
 * BackstayMatrixTable:
 * @matrix: the matrix
 * @marks: what backstay_matrix_filter() found: only rows that are shown are written
 * @columns: (array length=n_columns): the documents to write, in their order
 * @n_columns: their number
 * @headings: (array length=n_columns): what to call them
 * @title: what to call the whole
 *
 * What to write.
 */
typedef struct
{
  BackstayMatrix    *matrix;
  const guint8      *marks;
  const guint       *columns;
  guint              n_columns;
  const char *const *headings;
  const char        *title;
} BackstayMatrixTable;

GBytes *backstay_matrix_export (const BackstayMatrixTable *table,
                                BackstayMatrixFormat       format,
                                BackstayJsonProgressFunc   progress,
                                gpointer                   user_data,
                                GError                   **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

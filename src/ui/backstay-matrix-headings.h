/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-matrix-columns.h"

G_BEGIN_DECLS

#define BACKSTAY_TYPE_MATRIX_HEADINGS (backstay_matrix_headings_get_type ())

G_DECLARE_FINAL_TYPE (BackstayMatrixHeadings, backstay_matrix_headings, BACKSTAY, MATRIX_HEADINGS, GtkWidget)

void backstay_matrix_headings_set_columns (BackstayMatrixHeadings *self,
                                           BackstayMatrixColumns  *columns);
void backstay_matrix_headings_focus (BackstayMatrixHeadings *self,
                                     guint                   column);

G_END_DECLS

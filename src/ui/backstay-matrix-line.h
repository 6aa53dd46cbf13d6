/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-list-row.h"
#include "backstay-matrix-columns.h"
#include "backstay-matrix-item.h"

G_BEGIN_DECLS

#define BACKSTAY_TYPE_MATRIX_LINE (backstay_matrix_line_get_type ())

G_DECLARE_FINAL_TYPE (BackstayMatrixLine, backstay_matrix_line, BACKSTAY, MATRIX_LINE, BackstayListRow)

void backstay_matrix_line_set_columns (BackstayMatrixLine    *self,
                                       BackstayMatrixColumns *columns);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-matrix-columns.h"
#include "backstay-matrix-tree.h"

G_BEGIN_DECLS

#define BACKSTAY_TYPE_MATRIX_GRID (backstay_matrix_grid_get_type ())

G_DECLARE_FINAL_TYPE (BackstayMatrixGrid, backstay_matrix_grid, BACKSTAY, MATRIX_GRID, GtkWidget)

void                   backstay_matrix_grid_show (BackstayMatrixGrid    *self,
                                                  BackstayMatrixColumns *columns,
                                                  BackstayMatrixTree    *tree);
BackstayMatrixColumns *backstay_matrix_grid_get_columns (BackstayMatrixGrid *self);
BackstayMatrixTree    *backstay_matrix_grid_get_tree (BackstayMatrixGrid *self);
BackstayMatrixItem    *backstay_matrix_grid_get_selected (BackstayMatrixGrid *self);

G_END_DECLS

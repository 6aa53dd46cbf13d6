/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-matrix-columns.h"

G_BEGIN_DECLS

#define BACKSTAY_TYPE_MATRIX_HEADING (backstay_matrix_heading_get_type ())

G_DECLARE_FINAL_TYPE (BackstayMatrixHeading, backstay_matrix_heading, BACKSTAY, MATRIX_HEADING, GtkWidget)

void backstay_matrix_heading_show (BackstayMatrixHeading *self,
                                   BackstayMatrixColumns *columns,
                                   guint                  column);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-matrix-columns.h"

G_BEGIN_DECLS

/* What the parts of the columns share. */

struct _BackstayMatrixColumns
{
  GObject parent_instance;

  GPtrArray     *columns; /* Of Column; pinned ones first. */
  GtkAdjustment *adjustment;
  int            width;
  int            current;
};

/* In backstay-matrix-columns-layout.c */
void backstay_matrix_columns_update_adjustment (BackstayMatrixColumns *self);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-matrix-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A cell, and where it is. */
typedef struct
{
  BackstayMatrixItem *item;
  guint               document;
  gboolean            is_current; /* Whether the keyboard is there. */
  graphene_rect_t     bounds;
} BackstayMatrixCellPaint;

void backstay_matrix_paint_cell (GtkWidget                     *widget,
                                 GtkSnapshot                   *snapshot,
                                 const BackstayMatrixCellPaint *cell);
void backstay_matrix_paint_summary (GtkWidget             *widget,
                                    GtkSnapshot           *snapshot,
                                    const char            *text,
                                    const graphene_rect_t *bounds);

G_END_DECLS

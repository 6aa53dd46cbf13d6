/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-configuration.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BACKSTAY_MATRIX_KEY_COLUMN:
 *
 * The column of the paths, where one is among the columns.
 */
#define BACKSTAY_MATRIX_KEY_COLUMN (-1)

#define BACKSTAY_TYPE_MATRIX_COLUMNS (backstay_matrix_columns_get_type ())

G_DECLARE_FINAL_TYPE (BackstayMatrixColumns, backstay_matrix_columns, BACKSTAY, MATRIX_COLUMNS, GObject)

BackstayMatrixColumns *backstay_matrix_columns_new (void) G_GNUC_WARN_UNUSED_RESULT;
BackstayMatrixColumns *backstay_matrix_columns_copy (BackstayMatrixColumns *self) G_GNUC_WARN_UNUSED_RESULT;
void                   backstay_matrix_columns_append (BackstayMatrixColumns *self,
                                                       BackstayConfiguration *configuration,
                                                       gboolean               live);
void                   backstay_matrix_columns_remove (BackstayMatrixColumns *self,
                                                       guint                  column);
gboolean               backstay_matrix_columns_move (BackstayMatrixColumns *self,
                                                     guint                  column,
                                                     guint                  to);
void                   backstay_matrix_columns_set_pinned (BackstayMatrixColumns *self,
                                                           guint                  column,
                                                           gboolean               pinned);

guint                  backstay_matrix_columns_get_n (BackstayMatrixColumns *self);
guint                  backstay_matrix_columns_get_n_pinned (BackstayMatrixColumns *self);
guint                  backstay_matrix_columns_get_document (BackstayMatrixColumns *self,
                                                             guint                  column);
BackstayConfiguration *backstay_matrix_columns_get_configuration (BackstayMatrixColumns *self,
                                                                  guint                  column);
BackstayVersion       *backstay_matrix_columns_get_version (BackstayMatrixColumns *self,
                                                            guint                  column);
gboolean               backstay_matrix_columns_get_live (BackstayMatrixColumns *self,
                                                         guint                  column);
char                  *backstay_matrix_columns_dup_name (BackstayMatrixColumns *self,
                                                         guint                  column) G_GNUC_WARN_UNUSED_RESULT;

int  backstay_matrix_columns_get_current (BackstayMatrixColumns *self);
void backstay_matrix_columns_set_current (BackstayMatrixColumns *self,
                                          int                    column);

void           backstay_matrix_columns_set_width (BackstayMatrixColumns *self,
                                                  int                    width);
int            backstay_matrix_columns_get_key_width (BackstayMatrixColumns *self);
int            backstay_matrix_columns_get_column_width (BackstayMatrixColumns *self);
int            backstay_matrix_columns_get_x (BackstayMatrixColumns *self,
                                              guint                  column);
int            backstay_matrix_columns_get_scrolled_x (BackstayMatrixColumns *self);
int            backstay_matrix_columns_find (BackstayMatrixColumns *self,
                                             double                 x);
void           backstay_matrix_columns_reveal (BackstayMatrixColumns *self,
                                               guint                  column);
GtkAdjustment *backstay_matrix_columns_get_adjustment (BackstayMatrixColumns *self);

G_END_DECLS

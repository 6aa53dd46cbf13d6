/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-matrix.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_MATRIX_ITEM (backstay_matrix_item_get_type ())

G_DECLARE_FINAL_TYPE (BackstayMatrixItem, backstay_matrix_item, BACKSTAY, MATRIX_ITEM, GObject)

BackstayMatrixItem *backstay_matrix_item_new (BackstayMatrix   *matrix,
                                              BackstayMatrixRow row,
                                              guint             depth,
                                              gboolean          expanded) G_GNUC_WARN_UNUSED_RESULT;
BackstayMatrix     *backstay_matrix_item_get_matrix (BackstayMatrixItem *self);
BackstayMatrixRow   backstay_matrix_item_get_row (BackstayMatrixItem *self);
guint               backstay_matrix_item_get_depth (BackstayMatrixItem *self);
gboolean            backstay_matrix_item_get_expandable (BackstayMatrixItem *self);
gboolean            backstay_matrix_item_get_expanded (BackstayMatrixItem *self);
void                backstay_matrix_item_set_expanded (BackstayMatrixItem *self,
                                                       gboolean            expanded);
char               *backstay_matrix_item_dup_key (BackstayMatrixItem *self) G_GNUC_WARN_UNUSED_RESULT;
char               *backstay_matrix_item_dup_path (BackstayMatrixItem *self) G_GNUC_WARN_UNUSED_RESULT;
char               *backstay_matrix_item_dup_pointer (BackstayMatrixItem *self) G_GNUC_WARN_UNUSED_RESULT;
char               *backstay_matrix_item_dup_value (BackstayMatrixItem *self,
                                                    guint               document) G_GNUC_WARN_UNUSED_RESULT;
char               *backstay_matrix_item_dup_lexeme (BackstayMatrixItem *self,
                                                     guint               document) G_GNUC_WARN_UNUSED_RESULT;
char               *backstay_matrix_item_dup_summary (BackstayMatrixItem *self) G_GNUC_WARN_UNUSED_RESULT;
const char         *backstay_matrix_item_get_word (BackstayMatrixItem *self,
                                                   guint               document);

G_END_DECLS

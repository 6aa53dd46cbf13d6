/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-matrix-item.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_MATRIX_TREE (backstay_matrix_tree_get_type ())

G_DECLARE_FINAL_TYPE (BackstayMatrixTree, backstay_matrix_tree, BACKSTAY, MATRIX_TREE, GObject)

BackstayMatrixTree *backstay_matrix_tree_new (BackstayMatrix *matrix,
                                              guint8         *marks) G_GNUC_WARN_UNUSED_RESULT;
BackstayMatrix     *backstay_matrix_tree_get_matrix (BackstayMatrixTree *self);
guint               backstay_matrix_tree_get_n_differing (BackstayMatrixTree *self);
const guint8       *backstay_matrix_tree_get_marks (BackstayMatrixTree *self);
void                backstay_matrix_tree_set_expanded (BackstayMatrixTree *self,
                                                       guint               position,
                                                       gboolean            expanded);
void                backstay_matrix_tree_set_all_expanded (BackstayMatrixTree *self,
                                                           gboolean            expanded);
void                backstay_matrix_tree_set_limit (BackstayMatrixTree *self,
                                                    guint               limit);
gboolean            backstay_matrix_tree_find (BackstayMatrixTree *self,
                                               BackstayMatrixRow   row,
                                               guint              *position);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff-item.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_DIFF_TREE (backstay_diff_tree_get_type ())

G_DECLARE_FINAL_TYPE (BackstayDiffTree, backstay_diff_tree, BACKSTAY, DIFF_TREE, GObject)

BackstayDiffTree *backstay_diff_tree_new (BackstayDiff *diff,
                                          gboolean      everything,
                                          gboolean      spelling,
                                          guint         n_context) G_GNUC_WARN_UNUSED_RESULT;
BackstayDiff     *backstay_diff_tree_get_diff (BackstayDiffTree *self);
void              backstay_diff_tree_set_filter (BackstayDiffTree *self,
                                                 gboolean          everything,
                                                 gboolean          spelling);
void              backstay_diff_tree_set_limit (BackstayDiffTree *self,
                                                guint             limit);
void              backstay_diff_tree_set_expanded (BackstayDiffTree *self,
                                                   guint             position,
                                                   gboolean          expanded);
gboolean          backstay_diff_tree_find (BackstayDiffTree *self,
                                           guint64           key,
                                           guint            *position);
gboolean          backstay_diff_tree_find_parent (BackstayDiffTree *self,
                                                  guint             position,
                                                  guint            *parent);
guint             backstay_diff_tree_reveal (BackstayDiffTree *self,
                                             BackstayDiffRow   row);
BackstayDiffRow   backstay_diff_tree_get_row (BackstayDiffTree *self,
                                              guint             position);

G_END_DECLS

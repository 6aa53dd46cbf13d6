/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff-runs.h"
#include "backstay-diff-value.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_DIFF_ITEM (backstay_diff_item_get_type ())

G_DECLARE_FINAL_TYPE (BackstayDiffItem, backstay_diff_item, BACKSTAY, DIFF_ITEM, GObject)

BackstayDiffItem *backstay_diff_item_new (BackstayDiff            *diff,
                                          const BackstayDiffEntry *entry,
                                          guint                    depth) G_GNUC_WARN_UNUSED_RESULT;
guint64           backstay_diff_item_get_key (BackstayDiffItem *self);
BackstayDiff     *backstay_diff_item_get_diff (BackstayDiffItem *self);
BackstayDiffRow   backstay_diff_item_get_row (BackstayDiffItem *self);
BackstayDiffKind  backstay_diff_item_get_kind (BackstayDiffItem *self);
BackstayJsonNode  backstay_diff_item_get_before_node (BackstayDiffItem *self);
BackstayJsonNode  backstay_diff_item_get_after_node (BackstayDiffItem *self);
guint             backstay_diff_item_get_depth (BackstayDiffItem *self);
gboolean          backstay_diff_item_get_moved (BackstayDiffItem *self);
gboolean          backstay_diff_item_get_expandable (BackstayDiffItem *self);
gboolean          backstay_diff_item_get_is_text (BackstayDiffItem *self);
gboolean          backstay_diff_item_get_expanded (BackstayDiffItem *self);
gboolean          backstay_diff_item_get_is_hidden (BackstayDiffItem *self);
guint             backstay_diff_item_get_n_changes (BackstayDiffItem *self);
char             *backstay_diff_item_dup_key (BackstayDiffItem *self) G_GNUC_WARN_UNUSED_RESULT;
char             *backstay_diff_item_dup_path (BackstayDiffItem *self) G_GNUC_WARN_UNUSED_RESULT;
void              backstay_diff_item_get_values (BackstayDiffItem  *self,
                                                 BackstayDiffValue *before,
                                                 BackstayDiffValue *after,
                                                 char             **words);
const char       *backstay_diff_item_get_sign (BackstayDiffItem *self);
const char       *backstay_diff_item_get_word (BackstayDiffItem *self);
void              backstay_diff_item_set_expanded (BackstayDiffItem *self,
                                                   gboolean          expanded);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json-item.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_JSON_TREE (backstay_json_tree_get_type ())

G_DECLARE_FINAL_TYPE (BackstayJsonTree, backstay_json_tree, BACKSTAY, JSON_TREE, GObject)

BackstayJsonTree *backstay_json_tree_new (BackstayJson *json) G_GNUC_WARN_UNUSED_RESULT;
BackstayJson     *backstay_json_tree_get_json (BackstayJsonTree *self);
void              backstay_json_tree_set_limit (BackstayJsonTree *self,
                                                guint             limit);
void              backstay_json_tree_set_expanded (BackstayJsonTree *self,
                                                   guint             position,
                                                   gboolean          expanded);
void              backstay_json_tree_expand_all (BackstayJsonTree *self);
void              backstay_json_tree_collapse_all (BackstayJsonTree *self);
gboolean          backstay_json_tree_get_loading (BackstayJsonTree *self);
guint             backstay_json_tree_reveal (BackstayJsonTree *self,
                                             BackstayJsonNode  node);
gboolean          backstay_json_tree_find (BackstayJsonTree *self,
                                           BackstayJsonNode  node,
                                           guint            *position);

G_END_DECLS

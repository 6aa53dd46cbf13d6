/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_JSON_ITEM (backstay_json_item_get_type ())

G_DECLARE_FINAL_TYPE (BackstayJsonItem, backstay_json_item, BACKSTAY, JSON_ITEM, GObject)

BackstayJsonItem *backstay_json_item_new (BackstayJson    *json,
                                          BackstayJsonNode node,
                                          gboolean         expanded) G_GNUC_WARN_UNUSED_RESULT;
BackstayJson     *backstay_json_item_get_json (BackstayJsonItem *self);
BackstayJsonNode  backstay_json_item_get_node (BackstayJsonItem *self);
guint             backstay_json_item_get_depth (BackstayJsonItem *self);
gboolean          backstay_json_item_get_expandable (BackstayJsonItem *self);
gboolean          backstay_json_item_get_expanded (BackstayJsonItem *self);
void              backstay_json_item_set_expanded (BackstayJsonItem *self,
                                                   gboolean          expanded);
char             *backstay_json_item_dup_key (BackstayJsonItem *self) G_GNUC_WARN_UNUSED_RESULT;
char             *backstay_json_item_dup_value (BackstayJsonItem *self) G_GNUC_WARN_UNUSED_RESULT;
char             *backstay_json_item_dup_plain_value (BackstayJsonItem *self) G_GNUC_WARN_UNUSED_RESULT;
const char       *backstay_json_item_get_kind_word (BackstayJsonItem *self);

G_END_DECLS

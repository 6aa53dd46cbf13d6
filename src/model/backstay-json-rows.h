/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"
#include "backstay-tree-rows.h"

G_BEGIN_DECLS

/* The rows of a document's tree, in document order; for #BackstayTreeRows. */
typedef struct
{
  BackstayJson *json;
  GArray       *nodes; /* Of BackstayJsonNode. */
} BackstayJsonRows;

extern const BackstayTreeRowsFuncs backstay_json_rows_funcs;

BackstayJsonRows *backstay_json_rows_new (BackstayJson *json,
                                          const guint8 *expanded) G_GNUC_WARN_UNUSED_RESULT;
void              backstay_json_rows_free (gpointer rows);
BackstayJsonNode  backstay_json_rows_get_node (const BackstayJsonRows *self,
                                               guint                   position);
gboolean          backstay_json_rows_search (gconstpointer rows,
                                             guint64       node,
                                             guint        *position);
guint             backstay_json_rows_search_text (const BackstayJsonRows *self,
                                                  const char             *text);
GArray           *backstay_json_rows_list_below (BackstayJson    *json,
                                                 const guint8    *expanded,
                                                 BackstayJsonNode top) G_GNUC_WARN_UNUSED_RESULT;
gboolean          backstay_json_rows_get_expanded (const guint8    *expanded,
                                                   BackstayJsonNode node);

G_END_DECLS

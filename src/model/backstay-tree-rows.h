/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BackstayTreeRows BackstayTreeRows;

/**
 * BackstayTreeRowsFuncs:
 * @get_n: how many rows there are
 * @get_key: what tells a row from all others, whatever its place
 * @search: finds a row's place, or that of the first one that belongs behind it; keys have one order
 *   in all rows of a tree
 * @copy_ranges: (transfer full): only the rows from each begin to each end: @ranges has pairs of
 *   guint, ascending
 * @intersect: (transfer full): those of @rows that are in @other too, or fewer of them; %NULL where
 *   either has all of the other
 * @free: frees them
 *
 * How a tree keeps its rows.
 */
typedef struct
{
  guint (*get_n) (gconstpointer rows);
  guint64 (*get_key) (gconstpointer rows,
                      guint         position);
  gboolean (*search) (gconstpointer rows,
                      guint64       key,
                      guint        *position);
  gpointer (*copy_ranges) (gconstpointer rows,
                           GArray       *ranges);
  gpointer (*intersect) (gconstpointer rows,
                         gconstpointer other);
  void (*free) (gpointer rows);
} BackstayTreeRowsFuncs;

BackstayTreeRows *backstay_tree_rows_new (GListModel                  *model,
                                          const BackstayTreeRowsFuncs *funcs,
                                          gpointer                     rows) G_GNUC_WARN_UNUSED_RESULT;
void              backstay_tree_rows_free (BackstayTreeRows *self);
guint             backstay_tree_rows_get_n (BackstayTreeRows *self);
void              backstay_tree_rows_set_limit (BackstayTreeRows *self,
                                                guint             limit);
gpointer          backstay_tree_rows_get_rows (BackstayTreeRows *self);
gconstpointer     backstay_tree_rows_locate (BackstayTreeRows *self,
                                             guint            *position);
void              backstay_tree_rows_replace (BackstayTreeRows *self,
                                              gpointer          rows);
gpointer          backstay_tree_rows_lookup_item (BackstayTreeRows *self,
                                                  guint64           key);
void              backstay_tree_rows_add_item (BackstayTreeRows *self,
                                               guint64           key,
                                               gpointer          item);
void              backstay_tree_rows_foreach_item (BackstayTreeRows *self,
                                                   GFunc             func,
                                                   gpointer          user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayTreeRows, backstay_tree_rows_free)

G_END_DECLS

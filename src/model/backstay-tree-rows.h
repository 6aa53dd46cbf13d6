/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BackstayTreeRows BackstayTreeRows;

/**
 * BackstayTreeRowsKeyFunc:
 * @row: a row
 *
 * Returns: what tells a row from all others, whatever its place
 */
typedef guint64 (*BackstayTreeRowsKeyFunc) (gconstpointer row);

BackstayTreeRows *backstay_tree_rows_new (GListModel             *model,
                                          gsize                   row_size,
                                          BackstayTreeRowsKeyFunc get_key) G_GNUC_WARN_UNUSED_RESULT;
void              backstay_tree_rows_free (BackstayTreeRows *self);
guint             backstay_tree_rows_get_n (BackstayTreeRows *self);
gpointer          backstay_tree_rows_get (BackstayTreeRows *self,
                                          guint             position);
gboolean          backstay_tree_rows_find (BackstayTreeRows *self,
                                           guint64           key,
                                           guint            *position);
void              backstay_tree_rows_splice (BackstayTreeRows *self,
                                             guint             position,
                                             guint             n_removed,
                                             GArray           *added);
void              backstay_tree_rows_replace (BackstayTreeRows *self,
                                              GArray           *rows);
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

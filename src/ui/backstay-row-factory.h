/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkListItemFactory *backstay_row_factory_new (GType row_type) G_GNUC_WARN_UNUSED_RESULT;

/**
 * BackstayDupLabelFunc:
 * @item: an item of a list
 *
 * Returns: (transfer full): text for its label
 */
typedef char *(*BackstayDupLabelFunc) (gpointer item);

void backstay_row_factory_shrink_drop_down (GtkDropDown         *drop_down,
                                            BackstayDupLabelFunc dup_label);

G_END_DECLS

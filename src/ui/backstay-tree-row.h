/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

int  backstay_tree_row_get_indent (guint depth,
                                   int   level_width);
void backstay_tree_row_set_expander (GtkButton *expander,
                                     gboolean   expandable,
                                     gboolean   expanded);

G_END_DECLS

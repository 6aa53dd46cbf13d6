/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean backstay_focus_into (GtkWidget *widget);
void     backstay_focus_leaves_with_tab (GtkListView *list_view);

G_END_DECLS

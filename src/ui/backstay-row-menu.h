/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void backstay_row_menu_popup (GtkPopover  *popover,
                              GtkListView *list_view,
                              double       x,
                              double       y);
void backstay_row_menu_popup_at_focus (GtkPopover  *popover,
                                       GtkListView *list_view);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-row-menu"

#include "config.h"

#include "backstay-row-menu.h"

/* A menu for the rows of a list view. */

/**
 * backstay_row_menu_popup:
 * @popover: the menu
 * @list_view: the list, somewhere below the menu's parent
 * @x: where, in the list's coordinates
 * @y: where, in the list's coordinates
 *
 * Opens the menu at a place in the list.
 */
void
backstay_row_menu_popup (GtkPopover  *popover,
                         GtkListView *list_view,
                         double       x,
                         double       y)
{
  graphene_point_t point;

  g_return_if_fail (GTK_IS_POPOVER (popover));
  g_return_if_fail (GTK_IS_LIST_VIEW (list_view));

  if (!gtk_widget_compute_point (GTK_WIDGET (list_view), gtk_widget_get_parent (GTK_WIDGET (popover)),
                                 &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    return;

  gtk_popover_set_pointing_to (popover, &(GdkRectangle){ (int) point.x, (int) point.y, 1, 1 });
  gtk_popover_popup (popover);
}

/**
 * backstay_row_menu_popup_at_focus:
 * @popover: the menu
 * @list_view: the list, somewhere below the menu's parent
 *
 * Opens the menu at the row that has the focus, if one has it.
 */
void
backstay_row_menu_popup_at_focus (GtkPopover  *popover,
                                  GtkListView *list_view)
{
  GtkWidget      *row;
  graphene_rect_t bounds;

  g_return_if_fail (GTK_IS_LIST_VIEW (list_view));

  row = gtk_widget_get_focus_child (GTK_WIDGET (list_view));

  if (row != NULL && gtk_widget_compute_bounds (row, GTK_WIDGET (list_view), &bounds))
    backstay_row_menu_popup (popover, list_view,
                             bounds.origin.x + 24, bounds.origin.y + bounds.size.height / 2);
}

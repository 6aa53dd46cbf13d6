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

/**
 * backstay_row_menu_dup_item_at:
 * @list_view: a list
 * @row_type: the type of its rows' widgets, which have the property `item`
 * @x: where, in the list's coordinates
 * @y: where, in the list's coordinates
 *
 * Returns: (transfer full) (nullable) (type GObject): the item of the row there
 */
gpointer
backstay_row_menu_dup_item_at (GtkListView *list_view,
                               GType        row_type,
                               double       x,
                               double       y)
{
  GtkWidget *widget;
  GtkWidget *child;
  gpointer   item = NULL;

  g_return_val_if_fail (GTK_IS_LIST_VIEW (list_view), NULL);

  widget = gtk_widget_pick (GTK_WIDGET (list_view), x, y, GTK_PICK_DEFAULT);

  if (widget == NULL)
    return NULL;

  /* In the padding around a row's widget it is the row itself that is hit. */
  child = gtk_widget_get_first_child (widget);

  if (child != NULL && g_type_is_a (G_OBJECT_TYPE (child), row_type))
    widget = child;
  else
    widget = gtk_widget_get_ancestor (widget, row_type);

  if (widget != NULL)
    g_object_get (widget, "item", &item, NULL);

  return item;
}

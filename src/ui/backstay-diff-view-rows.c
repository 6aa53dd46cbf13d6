/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-view-rows"

#include "config.h"

#include "backstay-diff-view-private.h"

#include "backstay-compat.h"
#include "backstay-diff-line.h"
#include "backstay-row-menu.h"

/* What can be done with a row: to open and close it, and what its menu has. */

static void
set_expanded (BackstayDiffView *self,
              guint             position,
              gboolean          expanded)
{
  g_autoptr (BackstayDiffItem) item = g_list_model_get_item (G_LIST_MODEL (self->tree), position);
  gboolean was_here = item == backstay_diff_view_get_selected (self);

  backstay_diff_tree_set_expanded (self->tree, position, expanded);

  /* The first of what was hidden takes its place. */
  if (expanded && was_here && backstay_diff_item_get_is_hidden (item))
    {
      gtk_single_selection_set_selected (backstay_diff_view_get_selection (self), position);
      backstay_compat_scroll_to (self->list_view, position);
    }
}

static void
toggle (BackstayDiffView *self,
        guint             position)
{
  g_autoptr (BackstayDiffItem) item = g_list_model_get_item (G_LIST_MODEL (self->tree), position);

  set_expanded (self, position, !backstay_diff_item_get_expanded (item));
}

static void
toggle_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BackstayDiffView *self = BACKSTAY_DIFF_VIEW (widget);
  guint             position;

  if (backstay_diff_tree_find (self->tree, g_variant_get_uint64 (parameter), &position))
    toggle (self, position);
}

static void
close_or_leave (BackstayDiffView *self,
                guint             position)
{
  guint parent;

  if (backstay_diff_item_get_expanded (backstay_diff_view_get_selected (self)))
    {
      backstay_diff_tree_set_expanded (self->tree, position, FALSE);
    }
  else if (backstay_diff_tree_find_parent (self->tree, position, &parent))
    {
      gtk_single_selection_set_selected (backstay_diff_view_get_selection (self), parent);
      backstay_compat_scroll_to (self->list_view, parent);
    }
}

static gboolean
key_pressed_cb (BackstayDiffView *self,
                guint             keyval,
                guint             keycode,
                GdkModifierType   state)
{
  guint    position = gtk_single_selection_get_selected (backstay_diff_view_get_selection (self));
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (position == GTK_INVALID_LIST_POSITION ||
      (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_Right:
      if ((keyval == GDK_KEY_Right) != is_rtl)
        set_expanded (self, position, TRUE);
      else
        close_or_leave (self, position);
      return GDK_EVENT_STOP;

    case GDK_KEY_Menu:
      backstay_row_menu_popup_at_focus (self->row_popover, self->list_view);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
secondary_pressed_cb (BackstayDiffView *self,
                      int               n_press,
                      double            x,
                      double            y)
{
  BackstayListRow *row = backstay_list_row_find_at (self->list_view, x, y);
  guint            position;

  if (row == NULL ||
      !backstay_diff_tree_find (self->tree, backstay_diff_item_get_key (backstay_list_row_get_item (row)), &position))
    return;

  gtk_single_selection_set_selected (backstay_diff_view_get_selection (self), position);
  backstay_row_menu_popup (self->row_popover, self->list_view, x, y);
}

void
backstay_diff_view_bind_rows (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, row_popover);
  gtk_widget_class_bind_template_callback (widget_class, toggle);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, secondary_pressed_cb);

  gtk_widget_class_install_action (widget_class, "diff.toggle", "t", toggle_action);
}

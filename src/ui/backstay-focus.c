/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-focus"

#include "config.h"

#include "backstay-focus.h"

/**
 * backstay_focus_into:
 * @widget: what takes no focus itself
 *
 * Moves the focus to the first widget in @widget that takes it, unless it is in there already:
 * gtk_widget_child_focus() would move it on then. It can be seen afterwards, as whoever asks for that
 * does it with the keyboard.
 *
 * Returns: whether the focus is in @widget now
 */
gboolean
backstay_focus_into (GtkWidget *widget)
{
  GtkRoot   *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_is_ancestor (focus, widget))
    {
      gtk_window_set_focus_visible (GTK_WINDOW (root), TRUE);
      return TRUE;
    }

  return gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

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

/* Looks for the next place as if the list took no focus. */
static gboolean
leave_cb (GtkWidget *list_view,
          GVariant  *arguments,
          gpointer   user_data)
{
  GtkDirectionType direction = GPOINTER_TO_UINT (user_data);

  gtk_widget_set_can_focus (list_view, FALSE);
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (list_view)), direction);
  gtk_widget_set_can_focus (list_view, TRUE);

  return GDK_EVENT_STOP;
}

static void
add_shortcut (GtkShortcutController *controller,
              const char            *trigger,
              GtkDirectionType       direction)
{
  gtk_shortcut_controller_add_shortcut (controller,
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                                          gtk_callback_action_new (leave_cb, GUINT_TO_POINTER (direction),
                                                                                   NULL)));
}

/**
 * backstay_focus_leaves_with_tab:
 * @list_view: a list whose rows have nothing to focus in them
 *
 * Lets Tab leave the list, in which the arrow keys go from row to row. GTK goes through all of the rows,
 * of which more come the further one goes.
 */
void
backstay_focus_leaves_with_tab (GtkListView *list_view)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), "Tab|KP_Tab", GTK_DIR_TAB_FORWARD);
  add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), "<Shift>Tab|<Shift>ISO_Left_Tab|<Shift>KP_Tab", GTK_DIR_TAB_BACKWARD);
  gtk_widget_add_controller (GTK_WIDGET (list_view), controller);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-version-menu"

#include "config.h"

#include "backstay-version-menu.h"

#include "backstay-row-menu.h"
#include "backstay-version-row.h"

#include <glib/gi18n-lib.h>

/* The menu of a list's rows. The list owns it. */
typedef struct
{
  GtkPopover             *popover;
  GtkListView            *list_view;
  BackstayVersionMenuFunc func;
  gpointer                user_data;
} Menu;

static void
show_menu_at (Menu  *menu,
              double x,
              double y)
{
  BackstayListRow *row = backstay_list_row_find_at (menu->list_view, x, y);

  if (row == NULL)
    return;

  menu->func (backstay_list_row_get_item (row), menu->user_data);
  backstay_row_menu_popup (menu->popover, menu->list_view, x, y);
}

static void
pressed_cb (Menu  *menu,
            int    n_press,
            double x,
            double y)
{
  show_menu_at (menu, x, y);
}

static void
long_pressed_cb (Menu       *menu,
                 double      x,
                 double      y,
                 GtkGesture *gesture)
{
  /* It is no click then. */
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu_at (menu, x, y);
}

static gboolean
key_pressed_cb (Menu           *menu,
                guint           keyval,
                guint           keycode,
                GdkModifierType state)
{
  gboolean   is_shifted = (state & gtk_accelerator_get_default_mod_mask ()) == GDK_SHIFT_MASK;
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (menu->list_view));
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  if (keyval != GDK_KEY_Menu && !(keyval == GDK_KEY_F10 && is_shifted))
    return GDK_EVENT_PROPAGATE;

  if (BACKSTAY_IS_LIST_ROW (row))
    {
      menu->func (backstay_list_row_get_item (BACKSTAY_LIST_ROW (row)), menu->user_data);
      backstay_row_menu_popup_at_focus (menu->popover, menu->list_view);
    }

  return GDK_EVENT_STOP;
}

/**
 * backstay_version_menu_name_rollback:
 * @menu: a menu that begins with a rollback
 * @version: what it is about
 * @live: (nullable): what is live of that model type
 *
 * Names the rollback: one does not roll back to what is newer than what is live.
 */
void
backstay_version_menu_name_rollback (GMenu           *menu,
                                     BackstayVersion *version,
                                     BackstayVersion *live)
{
  const char      *label = _ ("_Roll Back to This Version…");
  g_autofree char *label_before = NULL;

  g_return_if_fail (G_IS_MENU (menu));
  g_return_if_fail (BACKSTAY_IS_VERSION (version));

  if (live != NULL && backstay_version_is_older (live, version))
    label = _ ("_Make This Version Live…");

  g_menu_model_get_item_attribute (G_MENU_MODEL (menu), 0, G_MENU_ATTRIBUTE_LABEL, "s", &label_before);
  if (g_strcmp0 (label, label_before) == 0)
    return;

  g_menu_remove (menu, 0);
  g_menu_insert (menu, 0, label, "win.roll-back");
}

/**
 * backstay_version_menu_attach:
 * @popover: the menu, which lives as long as the list
 * @list_view: a list of versions
 * @func: called before the menu is shown
 * @user_data: for @func
 *
 * Shows a menu for a row that is clicked on with the other button, pressed for long on a touch
 * screen, or has the focus when the menu key or Shift and F10 are pressed.
 */
void
backstay_version_menu_attach (GtkPopover             *popover,
                              GtkListView            *list_view,
                              BackstayVersionMenuFunc func,
                              gpointer                user_data)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkGesture         *long_press = gtk_gesture_long_press_new ();
  Menu               *menu;

  g_return_if_fail (GTK_IS_POPOVER (popover));
  g_return_if_fail (GTK_IS_LIST_VIEW (list_view));
  g_return_if_fail (func != NULL);

  menu = g_new0 (Menu, 1);
  menu->popover = popover;
  menu->list_view = list_view;
  menu->func = func;
  menu->user_data = user_data;
  g_object_set_data_full (G_OBJECT (list_view), "backstay-version-menu", menu, g_free);

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), menu);
  gtk_widget_add_controller (GTK_WIDGET (list_view), keys);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), menu);
  gtk_widget_add_controller (GTK_WIDGET (list_view), GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  g_signal_connect_swapped (long_press, "pressed", G_CALLBACK (long_pressed_cb), menu);
  gtk_widget_add_controller (GTK_WIDGET (list_view), GTK_EVENT_CONTROLLER (long_press));
}

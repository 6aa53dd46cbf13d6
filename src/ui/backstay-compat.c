/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-compat"

#include "config.h"

#include "backstay-compat.h"

#include <glib/gi18n-lib.h>

/* All that depends on the version of GTK. */

/* What guards one scrolled window; see backstay_compat_guard_scrolling(). */
typedef struct
{
  GtkScrolledWindow *scrolled_window; /* Owns the guard. */
  GtkAdjustment     *adjustment;
  GdkFrameClock     *clock; /* %NULL while it is not realized. */
  gulong             layout_id;
  guint              changed_signal;
  double             held_value;
  gboolean           changed; /* Once since the last layout. */
  gboolean           held;    /* A second time, which was held back. */
} ScrollGuard;

/* While a list sets the adjustment itself, during its layout, it does not listen to it. */
static gboolean
list_listens (ScrollGuard *guard)
{
  GtkWidget *list = gtk_scrolled_window_get_child (guard->scrolled_window);

  return list != NULL &&
         g_signal_handler_find (guard->adjustment,
                                G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DATA | G_SIGNAL_MATCH_UNBLOCKED,
                                guard->changed_signal, 0, NULL, NULL, list) != 0;
}

static void
value_changed_cb (GtkAdjustment *adjustment,
                  gpointer       user_data)
{
  ScrollGuard *guard = user_data;

  if (guard->clock == NULL || !list_listens (guard))
    return;

  if (!guard->changed)
    {
      guard->changed = TRUE;
      return;
    }

  guard->held = TRUE;
  guard->held_value = gtk_adjustment_get_value (adjustment);
  g_signal_stop_emission (adjustment, guard->changed_signal, 0);
}

static void
laid_out_cb (GdkFrameClock *clock,
             gpointer       user_data)
{
  ScrollGuard *guard = user_data;
  gboolean     held = guard->held;

  guard->changed = FALSE;
  guard->held = FALSE;

  if (held)
    gtk_adjustment_set_value (guard->adjustment, guard->held_value);
}

static void
unrealize_cb (GtkWidget *widget,
              gpointer   user_data)
{
  ScrollGuard *guard = user_data;

  if (guard->clock != NULL)
    g_signal_handler_disconnect (guard->clock, guard->layout_id);

  g_clear_object (&guard->clock);
  guard->changed = FALSE;
  guard->held = FALSE;
}

static void
realize_cb (GtkWidget *widget,
            gpointer   user_data)
{
  ScrollGuard *guard = user_data;

  g_set_object (&guard->clock, gtk_widget_get_frame_clock (widget));
  guard->layout_id = g_signal_connect_after (guard->clock, "layout", G_CALLBACK (laid_out_cb), guard);
}

static void
scroll_guard_free (gpointer data)
{
  ScrollGuard *guard = data;

  g_signal_handlers_disconnect_by_data (guard->adjustment, guard);
  g_object_unref (guard->adjustment);
  g_clear_object (&guard->clock);
  g_free (guard);
}

/**
 * backstay_compat_guard_scrolling:
 * @scrolled_window: what scrolls a list view
 *
 * Keeps a long list from jumping.
 *
 * Before GTK 4.10.1 a list view of more than some 200 rows jumps to its end when its adjustment
 * changes twice between two layouts: the first change splits its rows into pieces whose height is
 * known only after the layout, and the second looks its place up in them
 * (https://gitlab.gnome.org/GNOME/gtk/-/issues/2971). This lets the first change through, and holds
 * later ones back until the layout is done. Its handler has to come before the list's, which is why
 * the adjustment is replaced.
 */
void
backstay_compat_guard_scrolling (GtkScrolledWindow *scrolled_window)
{
  ScrollGuard *guard;
  g_autoptr (GtkWidget) child = NULL;

  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scrolled_window));
  g_return_if_fail (!gtk_widget_get_realized (GTK_WIDGET (scrolled_window)));

  if (gtk_check_version (4, 10, 1) == NULL)
    return;

  guard = g_new0 (ScrollGuard, 1);
  guard->scrolled_window = scrolled_window;
  guard->adjustment = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  guard->changed_signal = g_signal_lookup ("value-changed", GTK_TYPE_ADJUSTMENT);

  child = gtk_scrolled_window_get_child (scrolled_window);
  if (child != NULL)
    g_object_ref (child);

  gtk_scrolled_window_set_child (scrolled_window, NULL);
  g_signal_connect (guard->adjustment, "value-changed", G_CALLBACK (value_changed_cb), guard);
  gtk_scrolled_window_set_vadjustment (scrolled_window, guard->adjustment);
  gtk_scrolled_window_set_child (scrolled_window, child);

  g_signal_connect (scrolled_window, "realize", G_CALLBACK (realize_cb), guard);
  g_signal_connect (scrolled_window, "unrealize", G_CALLBACK (unrealize_cb), guard);
  g_object_set_data_full (G_OBJECT (scrolled_window), "backstay-scroll-guard", guard, scroll_guard_free);
}

/**
 * backstay_compat_scroll_to:
 * @list_view: a list
 * @position: a row
 *
 * Scrolls until the row can be seen, and gives it the list's focus. gtk_list_view_scroll_to() came
 * with GTK 4.12; this action has been there from the beginning.
 */
void
backstay_compat_scroll_to (GtkListView *list_view,
                           guint        position)
{
  g_return_if_fail (GTK_IS_LIST_VIEW (list_view));

  gtk_widget_activate_action (GTK_WIDGET (list_view), "list.scroll-to-item", "u", position);
}

/* From GTK 4.12 on the list item has properties for what assistive technology reads; before, it is
 * told of the row itself, which is the parent of the list item's child. */
static void
tell_of_list_item (GtkListItem          *list_item,
                   const char           *property_name,
                   GtkAccessibleProperty property,
                   const char           *text)
{
  GtkWidget *child;
  GtkWidget *row;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (list_item), property_name) != NULL)
    {
      g_object_set (list_item, property_name, text, NULL);
      return;
    }

  child = gtk_list_item_get_child (list_item);
  row = child != NULL ? gtk_widget_get_parent (child) : NULL;

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), property, text != NULL ? text : "", -1);
}

/**
 * backstay_compat_name_list_item:
 * @list_item: a row's list item
 * @name: what assistive technology reads
 *
 * Names a row.
 */
void
backstay_compat_name_list_item (GtkListItem *list_item,
                                const char  *name)
{
  g_return_if_fail (GTK_IS_LIST_ITEM (list_item));

  tell_of_list_item (list_item, "accessible-label", GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

/**
 * backstay_compat_describe_list_item:
 * @list_item: a row's list item
 * @description: (nullable): what assistive technology reads after the name
 *
 * Describes a row.
 */
void
backstay_compat_describe_list_item (GtkListItem *list_item,
                                    const char  *description)
{
  g_return_if_fail (GTK_IS_LIST_ITEM (list_item));

  tell_of_list_item (list_item, "accessible-description", GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description);
}

/* The words on a menu button, or those that explain its picture. */
static const char *
get_menu_name (GtkMenuButton *button)
{
  const char *label = gtk_menu_button_get_label (button);

  return label != NULL && label[0] != '\0' ? label : gtk_widget_get_tooltip_text (GTK_WIDGET (button));
}

/**
 * backstay_compat_name_menu_buttons:
 * @widget: what holds menu buttons, once they are all there
 *
 * Gives the toggle buttons inside of menu buttons, which are what has the focus, the names of these: in
 * GTK 4.8 they have none of their own.
 */
void
backstay_compat_name_menu_buttons (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (GTK_IS_MENU_BUTTON (widget))
    {
      const char *name = get_menu_name (GTK_MENU_BUTTON (widget));
      GtkWidget  *toggle = gtk_widget_get_first_child (widget);

      if (name != NULL && GTK_IS_TOGGLE_BUTTON (toggle))
        gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    backstay_compat_name_menu_buttons (child);
}

/**
 * backstay_compat_dispose_template:
 * @widget: a widget that is being disposed of
 * @type: its type
 *
 * Takes a template's children apart. gtk_widget_dispose_template() leaves those that have no id.
 */
void
backstay_compat_dispose_template (GtkWidget *widget,
                                  GType      type)
{
  GtkWidget *child;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_widget_dispose_template (widget, type);

  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}

/**
 * backstay_compat_show_message:
 * @parent: the window
 * @heading: what happened
 * @body: what was not changed, and what to do
 *
 * Says something that must not be missed.
 */
void
backstay_compat_show_message (GtkWindow  *parent,
                              const char *heading,
                              const char *body)
{
  GtkWidget *dialog;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  dialog = adw_message_dialog_new (parent, heading, NULL);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* GtkFileDialog came with GTK 4.10, and what there was before is deprecated since. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS

/**
 * backstay_compat_new_file_chooser:
 * @parent: the window
 * @title: what to choose
 *
 * Makes what asks for a JSON file. Its response is %GTK_RESPONSE_ACCEPT if one was chosen.
 *
 * Returns: (transfer full): the dialog, to be shown
 */
GtkNativeDialog *
backstay_compat_new_file_chooser (GtkWindow  *parent,
                                  const char *title)
{
  GtkFileChooserNative *chooser;
  g_autoptr (GtkFileFilter) json = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  gtk_file_filter_set_name (json, _ ("JSON files"));
  gtk_file_filter_add_pattern (json, "*.json");
  gtk_file_filter_add_pattern (json, "*.jsonl");
  gtk_file_filter_add_mime_type (json, "application/json");
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");

  chooser = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), json);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), all);

  return GTK_NATIVE_DIALOG (chooser);
}

/**
 * backstay_compat_new_save_chooser:
 * @parent: the window
 * @title: what to choose
 * @name: what to call the file, if one has no better idea
 *
 * Makes what asks where to save a file. Its response is %GTK_RESPONSE_ACCEPT if one was chosen.
 *
 * Returns: (transfer full): the dialog, to be shown
 */
GtkNativeDialog *
backstay_compat_new_save_chooser (GtkWindow  *parent,
                                  const char *title,
                                  const char *name)
{
  GtkFileChooserNative *chooser;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  chooser = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);

  return GTK_NATIVE_DIALOG (chooser);
}

/**
 * backstay_compat_get_chosen_file:
 * @chooser: what asked for a file
 *
 * Returns: (transfer full) (nullable): the file that was chosen
 */
GFile *
backstay_compat_get_chosen_file (GtkNativeDialog *chooser)
{
  g_return_val_if_fail (GTK_IS_FILE_CHOOSER_NATIVE (chooser), NULL);

  return gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
}

static void
file_response_cb (GtkNativeDialog *chooser,
                  int              response,
                  gpointer         user_data)
{
  BackstayCompatFileFunc func = g_object_get_data (G_OBJECT (chooser), "backstay-func");
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = backstay_compat_get_chosen_file (chooser);

  if (file != NULL)
    func (file, user_data);

  /* It goes with its parent, or now. */
  g_object_set_data (G_OBJECT (gtk_native_dialog_get_transient_for (chooser)), "backstay-file-chooser", NULL);
}

/**
 * backstay_compat_choose_file:
 * @parent: the window
 * @title: what the file is for
 * @func: called with the file, unless the user thought better of it; not after @parent is gone
 * @user_data: for @func; lives as long as @parent
 *
 * Asks for a JSON file to open.
 */
void
backstay_compat_choose_file (GtkWindow             *parent,
                             const char            *title,
                             BackstayCompatFileFunc func,
                             gpointer               user_data)
{
  GtkNativeDialog *chooser;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (func != NULL);

  chooser = backstay_compat_new_file_chooser (parent, title);
  g_object_set_data (G_OBJECT (chooser), "backstay-func", func);
  g_object_set_data_full (G_OBJECT (parent), "backstay-file-chooser", chooser, g_object_unref);
  g_signal_connect (chooser, "response", G_CALLBACK (file_response_cb), user_data);
  gtk_native_dialog_show (chooser);
}

G_GNUC_END_IGNORE_DEPRECATIONS

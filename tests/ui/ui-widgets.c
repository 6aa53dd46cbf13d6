/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "ui-widgets"

#include "config.h"

#include "ui-widgets.h"

#include "backstay-list-row.h"

#include <string.h>

typedef gboolean (*WidgetFunc) (GtkWidget    *widget,
                                gconstpointer data);

/* The nearest one: libraries' own widgets, far down, have ids too. */
static GtkWidget *
find (GtkWidget    *root,
      WidgetFunc    matches,
      gconstpointer data)
{
  g_autoptr (GPtrArray) widgets = g_ptr_array_new ();

  g_ptr_array_add (widgets, root);

  for (guint i = 0; i < widgets->len; i++)
    {
      GtkWidget *widget = g_ptr_array_index (widgets, i);

      if (matches (widget, data))
        return widget;

      for (GtkWidget *child = gtk_widget_get_first_child (widget);
           child != NULL;
           child = gtk_widget_get_next_sibling (child))
        g_ptr_array_add (widgets, child);
    }

  return NULL;
}

static gboolean
has_id (GtkWidget    *widget,
        gconstpointer id)
{
  return g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0;
}

/* Finds a widget by its id in the .ui file. */
gpointer
ui_find (gpointer    root,
         const char *id)
{
  GtkWidget *widget = find (root, has_id, id);

  if (widget == NULL)
    g_error ("There is no widget %s in %s", id, G_OBJECT_TYPE_NAME (root));

  return widget;
}

static gboolean
is_of_type (GtkWidget    *widget,
            gconstpointer type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), GPOINTER_TO_SIZE (type));
}

gpointer
ui_find_type (gpointer root,
              GType    type)
{
  return find (root, is_of_type, GSIZE_TO_POINTER (type));
}

static gboolean
is_button_in_sight (GtkWidget    *widget,
                    gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
         g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

gboolean
ui_has_button (gpointer    root,
               const char *label)
{
  return find (root, is_button_in_sight, label) != NULL;
}

/* Finds a button that is in sight. */
gpointer
ui_find_button (gpointer    root,
                const char *label)
{
  GtkWidget *button = find (root, is_button_in_sight, label);

  if (button == NULL)
    g_error ("There is no button %s in %s", label, G_OBJECT_TYPE_NAME (root));

  return button;
}

/* Finds the widget of a row, if the list has made one. */
gpointer
ui_find_row (gpointer list_view,
             guint    position)
{
  g_autoptr (GObject) item = g_list_model_get_item (ui_get_model (list_view), position);

  g_assert_nonnull (item);

  for (GtkWidget *row = gtk_widget_get_first_child (list_view);
       row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *child = gtk_widget_get_first_child (row);

      if (backstay_list_row_get_item (BACKSTAY_LIST_ROW (child)) == item)
        return child;
    }

  return NULL;
}

/* Counts the widgets of a type, also those that are out of sight. */
guint
ui_count (gpointer root,
          GType    type)
{
  guint n = g_type_is_a (G_OBJECT_TYPE (root), type) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += ui_count (child, type);

  return n;
}

static gboolean
is_text_in_sight (GtkWidget    *widget,
                  gconstpointer text)
{
  /* What is seen: without the markup, if it is any. */
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
         strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

/* Tells whether a label is in sight that has this in it. */
gboolean
ui_shows (gpointer    root,
          const char *text)
{
  return find (root, is_text_in_sight, text) != NULL;
}

const char *
ui_get_label (gpointer    root,
              const char *id)
{
  return gtk_label_get_text (GTK_LABEL (ui_find (root, id)));
}

/* Names the page that a stack shows. */
const char *
ui_get_page (gpointer    root,
             const char *id)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (ui_find (root, id)));
}

GListModel *
ui_get_model (gpointer list_view)
{
  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list_view)));
}

/* Gives what was set as a widget's accessible label. Needs GTK_A11Y=test. */
char *
ui_dup_name (gpointer widget)
{
  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return NULL;

  /* Nothing is called like this, and so it says what the name is. */
  return gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                             GTK_ACCESSIBLE_PROPERTY_LABEL, "\a");
}

/* Clicks on a button that can be clicked on. */
void
ui_click (gpointer button)
{
  g_assert_true (gtk_widget_get_mapped (button));
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* Puts a text into an entry. */
void
ui_type (gpointer    editable,
         const char *text)
{
  g_assert_true (gtk_widget_get_mapped (editable));
  g_assert_true (gtk_widget_is_sensitive (editable));
  gtk_editable_set_text (GTK_EDITABLE (editable), text);
}

/* The keyboard */

static gboolean
is_triggered (GtkShortcutTrigger *trigger,
              GtkShortcutTrigger *key)
{
  if (GTK_IS_ALTERNATIVE_TRIGGER (trigger))
    return is_triggered (gtk_alternative_trigger_get_first (GTK_ALTERNATIVE_TRIGGER (trigger)), key) ||
           is_triggered (gtk_alternative_trigger_get_second (GTK_ALTERNATIVE_TRIGGER (trigger)), key);

  return gtk_shortcut_trigger_equal (trigger, key);
}

static gboolean
press_shortcut (GListModel     *shortcuts,
                GtkWidget      *widget,
                guint           keyval,
                GdkModifierType modifiers)
{
  g_autoptr (GtkShortcutTrigger) key = gtk_keyval_trigger_new (keyval, modifiers);

  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);

      if (is_triggered (gtk_shortcut_get_trigger (shortcut), key) &&
          gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut),
                                        GTK_SHORTCUT_ACTION_EXCLUSIVE,
                                        widget,
                                        gtk_shortcut_get_arguments (shortcut)))
        return TRUE;
    }

  return FALSE;
}

/* A search bar that wakes up where one types hands the event on, and here there is none. */
static gboolean
captures_keys (GtkWidget    *widget,
               gconstpointer where)
{
  return GTK_IS_SEARCH_BAR (widget) &&
         gtk_search_bar_get_key_capture_widget (GTK_SEARCH_BAR (widget)) == where;
}

static gboolean
press_in_phase (GtkWidget          *widget,
                GtkPropagationPhase phase,
                guint               keyval,
                GdkModifierType     modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean handled = FALSE;

      if (gtk_event_controller_get_propagation_phase (controller) != phase)
        continue;

      if (GTK_IS_SHORTCUT_CONTROLLER (controller))
        handled = press_shortcut (G_LIST_MODEL (controller), widget, keyval, modifiers);
      else if (GTK_IS_EVENT_CONTROLLER_KEY (controller) &&
               find (GTK_WIDGET (gtk_widget_get_root (widget)), captures_keys, widget) == NULL)
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, modifiers, &handled);

      if (handled)
        return TRUE;
    }

  return FALSE;
}

static gboolean
press_down_to (GtkWidget      *widget,
               guint           keyval,
               GdkModifierType modifiers)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return (parent != NULL && press_down_to (parent, keyval, modifiers)) ||
         press_in_phase (widget, GTK_PHASE_CAPTURE, keyval, modifiers);
}

/* Presses a key where the focus is. GTK 4 has no public way to send an event; this asks the
 * controllers in the order in which an event would: down from the window to the focus and up again.
 *
 * Returns: whether somebody made use of it */
gboolean
ui_press (gpointer        window,
          guint           keyval,
          GdkModifierType modifiers)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  if (focus == NULL)
    focus = window;

  if (press_down_to (focus, keyval, modifiers))
    return TRUE;

  for (GtkWidget *widget = focus; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      if (press_in_phase (widget, GTK_PHASE_BUBBLE, keyval, modifiers))
        return TRUE;
    }

  return FALSE;
}

/* Drops a file on a widget, or two. Tells whether it takes them. */
gboolean
ui_drop (gpointer    widget,
         const char *path,
         const char *second_path)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  g_auto (GValue) value = G_VALUE_INIT;
  const char *paths[] = { path, second_path };
  GSList     *files = NULL;
  gboolean    accepted = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (paths) && paths[i] != NULL; i++)
    files = g_slist_append (files, g_file_new_for_path (paths[i]));

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (files));
  g_slist_free_full (files, g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 10.0, 10.0, &accepted);
    }

  return accepted;
}

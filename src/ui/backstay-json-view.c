/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-view"

#include "config.h"

#include "backstay-json-view.h"

#include "backstay-compat.h"
#include "backstay-focus.h"
#include "backstay-json-path.h"
#include "backstay-gradual-rows.h"
#include "backstay-json-row.h"
#include "backstay-json-search.h"
#include "backstay-json-tree.h"
#include "backstay-row-factory.h"
#include "backstay-row-menu.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayJsonView:
 *
 * A configuration as a tree, with a search and with what can be copied of a node.
 */
struct _BackstayJsonView
{
  GtkWidget parent_instance;

  BackstayJson     *json;
  BackstayJsonTree *tree;
  GCancellable     *search_cancellable; /* Non-%NULL while it is searching. */
  GArray           *matches;            /* Of BackstayJsonNode; %NULL where nothing is searched for. */
  guint             match;              /* The current one's index. */

  /* Template children */
  GtkSearchBar      *search_bar;
  GtkEditable       *search_entry;
  GtkLabel          *match_label;
  GtkScrolledWindow *scrolled_window;
  GtkListView       *list_view;
  GtkPopover        *row_popover;
};

G_DEFINE_FINAL_TYPE (BackstayJsonView, backstay_json_view, GTK_TYPE_WIDGET)

static GtkSingleSelection *
get_selection (BackstayJsonView *self)
{
  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list_view));
}

static BackstayJsonItem *
get_selected (BackstayJsonView *self)
{
  GtkSingleSelection *selection = get_selection (self);

  return selection != NULL ? gtk_single_selection_get_selected_item (selection) : NULL;
}

static void
update_actions (BackstayJsonView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean   has_selected = get_selected (self) != NULL;
  gboolean   has_matches = self->matches != NULL && self->matches->len > 0;

  gtk_widget_action_set_enabled (widget, "json.copy-value", has_selected);
  gtk_widget_action_set_enabled (widget, "json.copy-pointer", has_selected);
  gtk_widget_action_set_enabled (widget, "json.copy-expression", has_selected);
  gtk_widget_action_set_enabled (widget, "json.expand-all", self->json != NULL);
  gtk_widget_action_set_enabled (widget, "json.collapse-all", self->json != NULL);
  gtk_widget_action_set_enabled (widget, "json.next-match", has_matches);
  gtk_widget_action_set_enabled (widget, "json.previous-match", has_matches);
}

static void
select_position (BackstayJsonView *self,
                 guint             position)
{
  gtk_single_selection_set_selected (get_selection (self), position);
  backstay_compat_scroll_to (self->list_view, position);
}

static void
set_expanded (BackstayJsonView *self,
              guint             position,
              gboolean          expanded)
{
  backstay_json_tree_set_expanded (self->tree, position, expanded);
}

static void
toggle (BackstayJsonView *self,
        guint             position)
{
  g_autoptr (BackstayJsonItem) item = g_list_model_get_item (G_LIST_MODEL (self->tree), position);

  set_expanded (self, position, !backstay_json_item_get_expanded (item));
}

/* Search */

static void
show_match (BackstayJsonView *self)
{
  g_autofree char *text = NULL;

  if (self->matches == NULL)
    {
      gtk_label_set_label (self->match_label, "");
    }
  else if (self->matches->len == 0)
    {
      gtk_label_set_label (self->match_label, _ ("No matches"));
    }
  else
    {
      BackstayJsonNode node = g_array_index (self->matches, BackstayJsonNode, self->match);

      /* Translators: the number of a match, and how many there are. */
      text = g_strdup_printf (_ ("%u of %u"), self->match + 1, self->matches->len);
      gtk_label_set_label (self->match_label, text);
      select_position (self, backstay_json_tree_reveal (self->tree, node));
    }

  update_actions (self);
}

static void
move_match (BackstayJsonView *self,
            int               step)
{
  if (self->matches == NULL || self->matches->len == 0)
    return;

  self->match = (self->match + self->matches->len + step) % self->matches->len;
  show_match (self);
}

static void
next_match (BackstayJsonView *self)
{
  move_match (self, 1);
}

static void
previous_match (BackstayJsonView *self)
{
  move_match (self, -1);
}

typedef struct
{
  BackstayJson *json;
  char         *needle;
} Search;

static void
search_free (Search *search)
{
  backstay_json_unref (search->json);
  g_free (search->needle);
  g_free (search);
}

static gboolean
go_on (gsize    done,
       gsize    total,
       gpointer cancellable)
{
  return !g_cancellable_is_cancelled (cancellable);
}

static void
search_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Search *search = task_data;
  GError *error = NULL;
  GArray *matches;

  matches = backstay_json_search (search->json,
                                  search->needle,
                                  BACKSTAY_JSON_SEARCH_FLAGS_KEYS | BACKSTAY_JSON_SEARCH_FLAGS_VALUES,
                                  go_on,
                                  cancellable,
                                  &error);

  if (matches != NULL)
    g_task_return_pointer (task, matches, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

static void
searched_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  BackstayJsonView *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GError) error = NULL;
  GArray *matches = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->search_cancellable);
  g_clear_pointer (&self->matches, g_array_unref);
  self->matches = matches;
  self->match = 0;
  show_match (self);
}

static void
stop_searching (BackstayJsonView *self)
{
  g_cancellable_cancel (self->search_cancellable);
  g_clear_object (&self->search_cancellable);
  g_clear_pointer (&self->matches, g_array_unref);
}

static void
search_changed_cb (BackstayJsonView *self)
{
  const char *needle = gtk_editable_get_text (self->search_entry);
  g_autoptr (GTask) task = NULL;
  Search *search;

  stop_searching (self);

  if (needle[0] == '\0' || self->json == NULL)
    {
      show_match (self);
      return;
    }

  search = g_new0 (Search, 1);
  search->json = backstay_json_ref (self->json);
  search->needle = g_strdup (needle);

  self->search_cancellable = g_cancellable_new ();
  task = g_task_new (NULL, self->search_cancellable, searched_cb, self);
  g_task_set_source_tag (task, search_changed_cb);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  g_task_run_in_thread (task, search_thread);
}

static void
search_stopped_cb (BackstayJsonView *self)
{
  backstay_json_view_set_search_mode (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}

/* Actions */

static void
copy (BackstayJsonView *self,
      const char       *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
copy_value_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BackstayJsonView *self = BACKSTAY_JSON_VIEW (widget);
  g_autofree char  *text = backstay_json_item_dup_plain_value (get_selected (self));

  copy (self, text);
}

static void
copy_pointer_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  BackstayJsonView *self = BACKSTAY_JSON_VIEW (widget);
  g_autofree char  *text = NULL;

  text = backstay_json_dup_pointer (self->json, backstay_json_item_get_node (get_selected (self)));
  copy (self, text);
}

static void
copy_expression_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  BackstayJsonView *self = BACKSTAY_JSON_VIEW (widget);
  g_autofree char  *text = NULL;

  text = backstay_json_dup_postgres_expression (self->json,
                                                backstay_json_item_get_node (get_selected (self)),
                                                "config_data");
  copy (self, text);
}

/* What is selected stays selected and in sight, as far as it is still a row. */
static void
change_all (BackstayJsonView *self,
            void (*change) (BackstayJsonTree *tree))
{
  g_autoptr (BackstayJsonItem) item = NULL;
  guint position;

  g_set_object (&item, get_selected (self));
  change (self->tree);

  if (item != NULL && item != get_selected (self) &&
      backstay_json_tree_find (self->tree, backstay_json_item_get_node (item), &position))
    select_position (self, position);
}

static void
expand_all_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  change_all (BACKSTAY_JSON_VIEW (widget), backstay_json_tree_expand_all);
}

static void
collapse_all_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  change_all (BACKSTAY_JSON_VIEW (widget), backstay_json_tree_collapse_all);
}

static void
toggle_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BackstayJsonView *self = BACKSTAY_JSON_VIEW (widget);
  guint             position;

  if (backstay_json_tree_find (self->tree, g_variant_get_uint32 (parameter), &position))
    toggle (self, position);
}

static void
match_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  move_match (BACKSTAY_JSON_VIEW (widget), g_str_equal (action_name, "json.next-match") ? 1 : -1);
}

/* Rows */

static void
row_activated_cb (BackstayJsonView *self,
                  guint             position)
{
  toggle (self, position);
}

static void
move_to_parent (BackstayJsonView *self,
                BackstayJsonItem *item)
{
  BackstayJsonNode parent = backstay_json_get_parent (self->json, backstay_json_item_get_node (item));
  guint            position;

  if (parent != BACKSTAY_JSON_NODE_NONE && backstay_json_tree_find (self->tree, parent, &position))
    select_position (self, position);
}

/* The keys of a tree: right opens, left closes or goes up. */
static gboolean
key_pressed_cb (BackstayJsonView *self,
                guint             keyval,
                guint             keycode,
                GdkModifierType   state)
{
  BackstayJsonItem *item = get_selected (self);
  guint             position;

  if (item == NULL || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  position = gtk_single_selection_get_selected (get_selection (self));

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    {
      if (keyval == GDK_KEY_Left)
        keyval = GDK_KEY_Right;
      else if (keyval == GDK_KEY_Right)
        keyval = GDK_KEY_Left;
    }

  switch (keyval)
    {
    case GDK_KEY_Right:
      set_expanded (self, position, TRUE);
      return GDK_EVENT_STOP;

    case GDK_KEY_Left:
      if (backstay_json_item_get_expanded (item))
        set_expanded (self, position, FALSE);
      else
        move_to_parent (self, item);
      return GDK_EVENT_STOP;

    case GDK_KEY_Menu:
      backstay_row_menu_popup_at_focus (self->row_popover, self->list_view);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
secondary_pressed_cb (BackstayJsonView *self,
                      int               n_press,
                      double            x,
                      double            y)
{
  BackstayListRow *row = backstay_list_row_find_at (self->list_view, x, y);
  guint            position;

  if (row == NULL ||
      !backstay_json_tree_find (self->tree, backstay_json_item_get_node (backstay_list_row_get_item (row)), &position))
    return;

  gtk_single_selection_set_selected (get_selection (self), position);
  backstay_row_menu_popup (self->row_popover, self->list_view, x, y);
}

static void
backstay_json_view_dispose (GObject *object)
{
  BackstayJsonView *self = BACKSTAY_JSON_VIEW (object);

  stop_searching (self);
  g_clear_object (&self->tree);
  g_clear_pointer (&self->json, backstay_json_unref);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_JSON_VIEW);

  G_OBJECT_CLASS (backstay_json_view_parent_class)->dispose (object);
}

static void
backstay_json_view_class_init (BackstayJsonViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_json_view_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-json-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayJsonView, search_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayJsonView, search_entry);
  gtk_widget_class_bind_template_child (widget_class, BackstayJsonView, match_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayJsonView, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, BackstayJsonView, list_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayJsonView, row_popover);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_match);
  gtk_widget_class_bind_template_callback (widget_class, previous_match);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, secondary_pressed_cb);

  gtk_widget_class_install_action (widget_class, "json.copy-value", NULL, copy_value_action);
  gtk_widget_class_install_action (widget_class, "json.copy-pointer", NULL, copy_pointer_action);
  gtk_widget_class_install_action (widget_class, "json.copy-expression", NULL, copy_expression_action);
  gtk_widget_class_install_action (widget_class, "json.expand-all", NULL, expand_all_action);
  gtk_widget_class_install_action (widget_class, "json.collapse-all", NULL, collapse_all_action);
  gtk_widget_class_install_action (widget_class, "json.toggle", "u", toggle_action);
  gtk_widget_class_install_action (widget_class, "json.next-match", NULL, match_action);
  gtk_widget_class_install_action (widget_class, "json.previous-match", NULL, match_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "json.copy-value", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "json.copy-pointer", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_ALT_MASK, "json.copy-expression", NULL);
}

static void
backstay_json_view_init (BackstayJsonView *self)
{
  GtkListItemFactory *factory;

  gtk_widget_init_template (GTK_WIDGET (self));
  backstay_compat_guard_scrolling (self->scrolled_window);
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);

  factory = backstay_row_factory_new (BACKSTAY_TYPE_JSON_ROW);
  gtk_list_view_set_factory (self->list_view, factory);
  backstay_focus_leaves_with_tab (self->list_view);
  g_object_unref (factory);

  update_actions (self);
}

/**
 * backstay_json_view_set_json:
 * @json: (nullable): the document
 *
 * Shows a document.
 */
void
backstay_json_view_set_json (BackstayJsonView *self,
                             BackstayJson     *json)
{
  g_autoptr (GtkSingleSelection) selection = NULL;

  g_return_if_fail (BACKSTAY_IS_JSON_VIEW (self));

  stop_searching (self);
  gtk_list_view_set_model (self->list_view, NULL);
  g_clear_object (&self->tree);
  g_clear_pointer (&self->json, backstay_json_unref);

  if (json != NULL)
    {
      self->json = backstay_json_ref (json);
      self->tree = backstay_json_tree_new (json);
      backstay_gradual_rows_begin (G_LIST_MODEL (self->tree), (BackstaySetLimitFunc) backstay_json_tree_set_limit);

      /* In this order, or the first row would be selected. */
      selection = gtk_single_selection_new (NULL);
      gtk_single_selection_set_autoselect (selection, FALSE);
      gtk_single_selection_set_can_unselect (selection, TRUE);
      gtk_single_selection_set_model (selection, G_LIST_MODEL (self->tree));
      g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (update_actions), self,
                               G_CONNECT_SWAPPED);
      gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
    }

  /* A search that is open holds for what is shown now. */
  if (gtk_search_bar_get_search_mode (self->search_bar))
    search_changed_cb (self);

  update_actions (self);
}

/**
 * backstay_json_view_get_json:
 *
 * Returns: (transfer none) (nullable): the document that is shown
 */
BackstayJson *
backstay_json_view_get_json (BackstayJsonView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_JSON_VIEW (self), NULL);

  return self->json;
}

/**
 * backstay_json_view_set_search_mode:
 * @search_mode: whether to show the search
 *
 * Opens the search and puts the focus into it, or closes it.
 */
void
backstay_json_view_set_search_mode (BackstayJsonView *self,
                                    gboolean          search_mode)
{
  g_return_if_fail (BACKSTAY_IS_JSON_VIEW (self));

  gtk_search_bar_set_search_mode (self->search_bar, search_mode);

  if (search_mode)
    gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

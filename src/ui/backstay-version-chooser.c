/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-version-chooser"

#include "config.h"

#include "backstay-version-chooser.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-focus.h"
#include "backstay-history-list.h"
#include "backstay-loading.h"
#include "backstay-notice.h"
#include "backstay-row-factory.h"
#include "backstay-type-list.h"
#include "backstay-version-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * BackstayVersionChooser:
 *
 * Asks for a version, of any model type, to compare another one with.
 */
struct _BackstayVersionChooser
{
  AdwWindow parent_instance;

  BackstayRepository  *repository;
  BackstayVersion     *version; /* What the other one is for, and so not to be chosen. */
  BackstayTypeList    *types;
  BackstayHistoryList *history; /* %NULL until there is a model type. */
  GtkFilter           *filter;
  GtkFilterListModel  *filtered; /* Filters only while something is searched for. */

  /* Template children */
  AdwWindowTitle    *window_title;
  GtkButton         *choose_button;
  GtkDropDown       *type_drop_down;
  GtkEditable       *search_entry;
  BackstayNotice    *notice;
  GtkStack          *stack;
  GtkScrolledWindow *scrolled_window;
  GtkListView       *list_view;
};

enum
{
  SIGNAL_VERSION_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayVersionChooser, backstay_version_chooser, ADW_TYPE_WINDOW)

static GtkSingleSelection *
get_selection (BackstayVersionChooser *self)
{
  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list_view));
}

/* Gives the selected version, unless it is the one that another one is looked for. */
static BackstayVersion *
get_choice (BackstayVersionChooser *self)
{
  BackstayVersion *selected = gtk_single_selection_get_selected_item (get_selection (self));

  if (selected == NULL ||
      (self->version != NULL &&
       g_str_equal (backstay_version_get_id (selected), backstay_version_get_id (self->version))))
    return NULL;

  return selected;
}

static gboolean
is_loading (BackstayVersionChooser *self)
{
  return backstay_type_list_get_loading (self->types) ||
         (self->history != NULL && backstay_history_list_get_loading (self->history));
}

static const GError *
get_error (BackstayVersionChooser *self)
{
  const GError *error = backstay_type_list_get_error (self->types);

  if (error == NULL && self->history != NULL)
    error = backstay_history_list_get_error (self->history);

  return error;
}

static const char *
page_of (BackstayVersionChooser *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) > 0)
    return "list";

  if (is_loading (self))
    return "loading";

  if (get_error (self) != NULL)
    return "failed";

  if (self->history != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->history)) > 0)
    return "no-match";

  return "empty";
}

static void
update (BackstayVersionChooser *self)
{
  const GError *error = is_loading (self) ? NULL : get_error (self);

  if (error != NULL)
    backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, _ ("Try Again"));
  else
    backstay_notice_hide (self->notice);

  gtk_stack_set_visible_child_name (self->stack, page_of (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->type_drop_down),
                            g_list_model_get_n_items (G_LIST_MODEL (self->types)) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "chooser.choose", get_choice (self) != NULL);
}

static gboolean
is_searching (BackstayVersionChooser *self)
{
  return gtk_editable_get_text (self->search_entry)[0] != '\0';
}

/* Searching looks at every version, page by page; without it only what is in sight is loaded. */
static void
loading_cb (BackstayVersionChooser *self)
{
  if (is_searching (self) && backstay_history_list_get_error (self->history) == NULL)
    backstay_history_list_load_more (self->history);

  update (self);
}

static void
show_history (BackstayVersionChooser *self,
              const char             *model_type)
{
  if (self->history != NULL)
    {
      if (g_str_equal (backstay_history_list_get_model_type (self->history), model_type))
        return;

      g_signal_handlers_disconnect_by_func (self->history, loading_cb, self);
      g_clear_object (&self->history);
    }

  self->history = backstay_history_list_new (self->repository, model_type);
  g_signal_connect_object (self->history, "notify::loading", G_CALLBACK (loading_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (self->history));
  backstay_history_list_load_more (self->history);
}

static void
type_selected_cb (BackstayVersionChooser *self)
{
  BackstayModelType *type = gtk_drop_down_get_selected_item (self->type_drop_down);

  if (type != NULL)
    show_history (self, backstay_model_type_get_name (type));
}

/* It begins with the type of the version that another one is looked for, if there is one. */
static void
types_loaded_cb (BackstayVersionChooser *self)
{
  guint position = 0;

  if (gtk_drop_down_get_model (self->type_drop_down) == NULL &&
      g_list_model_get_n_items (G_LIST_MODEL (self->types)) > 0)
    {
      if (self->version != NULL)
        backstay_type_list_find (self->types, backstay_version_get_model_type (self->version), &position);

      /* Not the first one for a moment, which would be loaded. */
      g_signal_handlers_block_by_func (self->type_drop_down, type_selected_cb, self);
      gtk_drop_down_set_model (self->type_drop_down, G_LIST_MODEL (self->types));
      gtk_drop_down_set_selected (self->type_drop_down, position);
      g_signal_handlers_unblock_by_func (self->type_drop_down, type_selected_cb, self);
      type_selected_cb (self);
    }

  update (self);
}

static void
retry (BackstayVersionChooser *self)
{
  if (backstay_type_list_get_error (self->types) != NULL || self->history == NULL)
    backstay_type_list_reload (self->types);
  else
    backstay_history_list_load_more (self->history);
}

static void
search_changed_cb (BackstayVersionChooser *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_filter_list_model_set_filter (self->filtered, is_searching (self) ? self->filter : NULL);

  if (self->history != NULL)
    loading_cb (self);
}

static gboolean
matches (gpointer item,
         gpointer user_data)
{
  BackstayVersionChooser *self = user_data;
  g_autofree char        *name = g_utf8_casefold (backstay_version_get_name (item), -1);
  g_autofree char        *wanted = g_utf8_casefold (gtk_editable_get_text (self->search_entry), -1);

  return strstr (name, wanted) != NULL;
}

static void
choose (BackstayVersionChooser *self)
{
  BackstayVersion *selected = get_choice (self);
  g_autoptr (BackstayVersion) choice = NULL;

  if (selected == NULL)
    return;

  choice = g_object_ref (selected);
  g_signal_emit (self, signals[SIGNAL_VERSION_CHOSEN], 0, choice);
  gtk_window_close (GTK_WINDOW (self));
}

/* The row that has the focus need not be the selected one. */
static void
row_activated_cb (BackstayVersionChooser *self,
                  guint                   position)
{
  gtk_single_selection_set_selected (get_selection (self), position);
  choose (self);
}

static void
search_activated_cb (BackstayVersionChooser *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) == 1)
    gtk_single_selection_set_selected (get_selection (self), 0);

  choose (self);
}

static void
choose_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  choose (BACKSTAY_VERSION_CHOOSER (widget));
}

/* The drop-down's rows */

static char *
dup_type_label (gpointer type)
{
  return backstay_display_text (backstay_model_type_get_name (type));
}

static void
set_up_types (BackstayVersionChooser *self)
{
  g_autoptr (GtkExpression) name = NULL;

  name = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (dup_type_label), NULL, NULL);
  gtk_drop_down_set_expression (self->type_drop_down, name);
  backstay_row_factory_shrink_drop_down (self->type_drop_down, dup_type_label);
}

static void
set_up_versions (BackstayVersionChooser *self)
{
  g_autoptr (GtkListItemFactory) factory = backstay_row_factory_new (BACKSTAY_TYPE_VERSION_ROW);
  g_autoptr (GtkSingleSelection) selection = NULL;

  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self, NULL));
  self->filtered = gtk_filter_list_model_new (NULL, NULL);

  /* In this order, or the first row would be selected. */
  selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_model (selection, G_LIST_MODEL (self->filtered));
  g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  gtk_list_view_set_factory (self->list_view, factory);
  backstay_focus_leaves_with_tab (self->list_view);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
}

static void
backstay_version_chooser_dispose (GObject *object)
{
  BackstayVersionChooser *self = BACKSTAY_VERSION_CHOOSER (object);

  if (self->filtered != NULL)
    gtk_filter_list_model_set_filter (self->filtered, NULL);

  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_object (&self->history);
  g_clear_object (&self->types);
  g_clear_object (&self->version);
  g_clear_object (&self->repository);

  G_OBJECT_CLASS (backstay_version_chooser_parent_class)->dispose (object);
}

static void
backstay_version_chooser_class_init (BackstayVersionChooserClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_version_chooser_dispose;

  /**
   * BackstayVersionChooser::version-chosen:
   * @version: the version
   *
   * Emitted when the user has chosen, before the dialog closes.
   */
  signals[SIGNAL_VERSION_CHOSEN] =
    g_signal_new ("version-chosen",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, BACKSTAY_TYPE_VERSION);

  g_type_ensure (BACKSTAY_TYPE_LOADING);
  g_type_ensure (BACKSTAY_TYPE_NOTICE);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-version-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionChooser, window_title);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionChooser, choose_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionChooser, type_drop_down);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionChooser, search_entry);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionChooser, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionChooser, stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionChooser, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionChooser, list_view);
  gtk_widget_class_bind_template_callback (widget_class, type_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);

  gtk_widget_class_install_action (widget_class, "chooser.choose", NULL, choose_action);
}

static void
backstay_version_chooser_init (BackstayVersionChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  backstay_compat_guard_scrolling (self->scrolled_window);
  set_up_versions (self);
}

/* Says what another version is looked for, or that any is. */
static void
show_purpose (BackstayVersionChooser *self)
{
  g_autofree char *name = NULL;

  if (self->version != NULL)
    {
      name = backstay_display_text (backstay_version_get_name (self->version));
      adw_window_title_set_subtitle (self->window_title, name);
      return;
    }

  gtk_window_set_title (GTK_WINDOW (self), _ ("Add a Version"));
  adw_window_title_set_title (self->window_title, _ ("Add a Version"));
  gtk_button_set_label (self->choose_button, _ ("Add"));
}

/**
 * backstay_version_chooser_new:
 * @parent: the window
 * @repository: where the versions are
 * @version: (nullable): what to compare another one with; %NULL to add any to others
 *
 * Returns: (transfer none): the dialog, which GTK owns
 */
BackstayVersionChooser *
backstay_version_chooser_new (GtkWindow          *parent,
                              BackstayRepository *repository,
                              BackstayVersion    *version)
{
  BackstayVersionChooser *self;

  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (repository), NULL);
  g_return_val_if_fail (version == NULL || BACKSTAY_IS_VERSION (version), NULL);

  self = g_object_new (BACKSTAY_TYPE_VERSION_CHOOSER, "transient-for", parent, NULL);
  self->repository = g_object_ref (repository);
  g_set_object (&self->version, version);
  self->types = backstay_type_list_new (repository);

  show_purpose (self);
  set_up_types (self);
  g_signal_connect_object (self->types, "notify::loading", G_CALLBACK (types_loaded_cb), self,
                           G_CONNECT_SWAPPED);
  backstay_type_list_reload (self->types);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));

  return self;
}

/**
 * backstay_version_chooser_get_version:
 *
 * Returns: (transfer none) (nullable): what another version is looked for
 */
BackstayVersion *
backstay_version_chooser_get_version (BackstayVersionChooser *self)
{
  g_return_val_if_fail (BACKSTAY_IS_VERSION_CHOOSER (self), NULL);

  return self->version;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-add-dialog"

#include "config.h"

#include "backstay-matrix-add-dialog.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-history-list.h"
#include "backstay-notice.h"
#include "backstay-row-factory.h"
#include "backstay-type-list.h"
#include "backstay-version-row.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayMatrixAddDialog:
 *
 * Asks for one more version to compare: a model type, and a version of its history.
 */
struct _BackstayMatrixAddDialog
{
  AdwWindow parent_instance;

  BackstayRepository  *repository;
  BackstayTypeList    *types;
  BackstayHistoryList *list; /* %NULL before there are types. */

  /* Template children */
  BackstayNotice    *notice;
  GtkDropDown       *type_drop_down;
  GtkStack          *stack;
  GtkScrolledWindow *scrolled_window;
  GtkListView       *list_view;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayMatrixAddDialog, backstay_matrix_add_dialog, ADW_TYPE_WINDOW)

static BackstayVersion *
get_selected (BackstayMatrixAddDialog *self)
{
  GtkSelectionModel *selection = gtk_list_view_get_model (self->list_view);

  return selection != NULL ? gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (selection)) : NULL;
}

static void
update (BackstayMatrixAddDialog *self)
{
  const GError *error = backstay_type_list_get_error (self->types);
  gboolean      is_loading = backstay_type_list_get_loading (self->types);
  const char   *page = "empty";

  if (self->list != NULL)
    {
      is_loading |= backstay_history_list_get_loading (self->list);
      error = error != NULL ? error : backstay_history_list_get_error (self->list);
    }

  if (error != NULL)
    backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, _ ("Try Again"));
  else
    backstay_notice_hide (self->notice);

  if (self->list != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    page = "list";
  else if (is_loading)
    page = "loading";

  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "add-version.add", get_selected (self) != NULL);
}

static void
drop_list (BackstayMatrixAddDialog *self)
{
  gtk_list_view_set_model (self->list_view, NULL);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
}

static void
type_selected_cb (BackstayMatrixAddDialog *self)
{
  guint               position = gtk_drop_down_get_selected (self->type_drop_down);
  GtkSingleSelection *selection;
  g_autoptr (BackstayModelType) type = NULL;

  /* While the template is made. */
  if (self->types == NULL)
    return;

  drop_list (self);
  type = g_list_model_get_item (G_LIST_MODEL (self->types), position);

  if (type != NULL)
    {
      self->list = backstay_history_list_new (self->repository, backstay_model_type_get_name (type));
      g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

      selection = gtk_single_selection_new (NULL);
      gtk_single_selection_set_autoselect (selection, FALSE);
      gtk_single_selection_set_model (selection, G_LIST_MODEL (self->list));
      g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
      g_object_unref (selection);
      backstay_history_list_load_more (self->list);
    }

  update (self);
}

static void
types_loading_cb (BackstayMatrixAddDialog *self)
{
  g_autoptr (GtkStringList) names = NULL;

  if (backstay_type_list_get_loading (self->types))
    return;

  names = gtk_string_list_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->types)); i++)
    {
      g_autoptr (BackstayModelType) type = g_list_model_get_item (G_LIST_MODEL (self->types), i);
      g_autofree char *name = backstay_display_text (backstay_model_type_get_name (type));

      gtk_string_list_append (names, name);
    }

  /* This selects the first one. */
  gtk_drop_down_set_model (self->type_drop_down, G_LIST_MODEL (names));
  update (self);
}

static void
notice_clicked_cb (BackstayMatrixAddDialog *self)
{
  if (self->list != NULL)
    backstay_history_list_load_more (self->list);
  else
    backstay_type_list_reload (self->types);

  update (self);
}

static void
add (BackstayMatrixAddDialog *self)
{
  BackstayVersion *version = get_selected (self);

  if (version == NULL)
    return;

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, version);
  gtk_window_close (GTK_WINDOW (self));
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  add (BACKSTAY_MATRIX_ADD_DIALOG (widget));
}

static void
backstay_matrix_add_dialog_dispose (GObject *object)
{
  BackstayMatrixAddDialog *self = BACKSTAY_MATRIX_ADD_DIALOG (object);

  if (self->types != NULL)
    drop_list (self);
  g_clear_object (&self->types);
  g_clear_object (&self->repository);

  G_OBJECT_CLASS (backstay_matrix_add_dialog_parent_class)->dispose (object);
}

static void
backstay_matrix_add_dialog_class_init (BackstayMatrixAddDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = backstay_matrix_add_dialog_dispose;

  /**
   * BackstayMatrixAddDialog::chosen:
   * @version: the version
   *
   * Emitted when a version was chosen, before the dialog closes.
   */
  signals[SIGNAL_CHOSEN] =
    g_signal_new ("chosen",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, BACKSTAY_TYPE_VERSION);

  g_type_ensure (BACKSTAY_TYPE_NOTICE);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-matrix-add-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixAddDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixAddDialog, type_drop_down);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixAddDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixAddDialog, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixAddDialog, list_view);
  gtk_widget_class_bind_template_callback (widget_class, type_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, notice_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, add);

  gtk_widget_class_install_action (widget_class, "add-version.add", NULL, add_action);
}

static void
backstay_matrix_add_dialog_init (BackstayMatrixAddDialog *self)
{
  GtkListItemFactory *factory;

  gtk_widget_init_template (GTK_WIDGET (self));
  backstay_compat_guard_scrolling (self->scrolled_window);

  factory = backstay_row_factory_new (BACKSTAY_TYPE_VERSION_ROW);
  gtk_list_view_set_factory (self->list_view, factory);
  g_object_unref (factory);
}

/**
 * backstay_matrix_add_dialog_new:
 * @parent: the window
 * @repository: where to choose from
 *
 * Returns: (transfer none): the dialog, to be shown
 */
BackstayMatrixAddDialog *
backstay_matrix_add_dialog_new (GtkWindow          *parent,
                                BackstayRepository *repository)
{
  BackstayMatrixAddDialog *self;

  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (repository), NULL);

  self = g_object_new (BACKSTAY_TYPE_MATRIX_ADD_DIALOG, "transient-for", parent, NULL);
  self->repository = g_object_ref (repository);
  self->types = backstay_type_list_new (repository);
  g_signal_connect_object (self->types, "notify::loading", G_CALLBACK (types_loading_cb), self, G_CONNECT_SWAPPED);
  backstay_type_list_reload (self->types);
  update (self);

  return self;
}

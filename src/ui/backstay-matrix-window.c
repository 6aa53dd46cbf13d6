/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-window"

#include "config.h"

#include "backstay-matrix-window-private.h"

#include "backstay-compat.h"
#include "backstay-gradual-rows.h"
#include "backstay-matrix-work.h"
#include "backstay-version-chooser.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayMatrixWindow:
 *
 * Several versions side by side: all that are live, or any. What it shows is how the table was when it
 * was loaded.
 */

G_DEFINE_FINAL_TYPE (BackstayMatrixWindow, backstay_matrix_window, ADW_TYPE_WINDOW)

void
backstay_matrix_window_stop (BackstayMatrixWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

void
backstay_matrix_window_update_actions (BackstayMatrixWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean   has_rows = backstay_matrix_grid_get_tree (self->grid) != NULL;
  gboolean   has_room = self->columns != NULL &&
                      backstay_matrix_columns_get_n (self->columns) < BACKSTAY_MATRIX_MAX_DOCUMENTS;

  gtk_widget_action_set_enabled (widget, "matrix-window.add-version", self->matrix != NULL && has_room);
  gtk_widget_action_set_enabled (widget, "matrix-window.reload", self->repository != NULL);
  gtk_widget_action_set_enabled (widget, "matrix-window.cancel", self->cancellable != NULL);
  gtk_widget_action_set_enabled (widget, "matrix-window.copy", has_rows);
  gtk_widget_action_set_enabled (widget, "matrix-window.export", has_rows);
  gtk_widget_action_set_enabled (widget, "matrix-window.expand-all", has_rows);
  gtk_widget_action_set_enabled (widget, "matrix-window.collapse-all", has_rows);
  backstay_matrix_window_update_set_actions (self);
}

/* Pages */

void
backstay_matrix_window_show_message (BackstayMatrixWindow *self,
                                     const char           *title,
                                     const char           *text,
                                     const char           *button_label)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  backstay_matrix_window_stop (self);
  adw_status_page_set_title (self->message_page, title);
  adw_status_page_set_description (self->message_page, escaped);
  gtk_button_set_label (GTK_BUTTON (self->message_button), button_label);
  gtk_stack_set_visible_child_name (self->stack, "message");
  backstay_matrix_window_update_actions (self);
}

void
backstay_matrix_window_show_progress (BackstayMatrixWindow *self,
                                      double                fraction,
                                      const char           *text)
{
  gtk_progress_bar_set_fraction (self->progress_bar, fraction);
  gtk_progress_bar_set_text (self->progress_bar, text);
}

static gboolean
is_filtered (BackstayMatrixWindow *self)
{
  return gtk_editable_get_text (self->search_entry)[0] != '\0' ||
         gtk_drop_down_get_selected (self->set_drop_down) > 0 ||
         gtk_toggle_button_get_active (self->complete_button);
}

static void
show_summary (BackstayMatrixWindow *self,
              BackstayMatrixTree   *tree)
{
  guint            n = backstay_matrix_columns_get_n (self->columns);
  guint            n_differing = backstay_matrix_get_n_differing (self->matrix);
  guint            n_respelt = backstay_matrix_get_n_respelt (self->matrix);
  g_autofree char *versions = NULL;
  g_autofree char *differing = NULL;
  g_autofree char *respelt = NULL;
  g_autofree char *summary = NULL;

  versions = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u version", "%u versions", n), n);

  if (is_filtered (self))
    {
      /* Translators: how many of the paths that differ are shown, and how many there are. */
      differing = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u of %u path that differs",
                                                "%u of %u paths that differ", n_differing),
                                   backstay_matrix_tree_get_n_differing (tree), n_differing);
    }
  else
    {
      differing = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u path differs", "%u paths differ", n_differing),
                                   n_differing);
      respelt = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u is only spelt otherwise",
                                              "%u are only spelt otherwise", n_respelt),
                                 n_respelt);
    }

  summary = g_strjoin (" · ", versions, differing, n_respelt > 0 ? respelt : NULL, NULL);
  gtk_label_set_label (self->summary_label, summary);
}

/* Says why there are no rows. */
static void
show_emptiness (BackstayMatrixWindow *self)
{
  if (backstay_matrix_get_n_differing (self->matrix) == 0 && gtk_toggle_button_get_active (self->differences_button))
    {
      adw_status_page_set_title (self->empty_page, _ ("Nothing Differs"));
      adw_status_page_set_description (self->empty_page, _ ("All of these versions have the same values."));
    }
  else if (is_filtered (self) && gtk_toggle_button_get_active (self->differences_button))
    {
      adw_status_page_set_title (self->empty_page, _ ("No Differences Here"));
      adw_status_page_set_description (self->empty_page,
                                       _ ("None of the paths that were asked for differs, or none is there."));
    }
  else
    {
      adw_status_page_set_title (self->empty_page, _ ("No Such Paths"));
      adw_status_page_set_description (self->empty_page, _ ("None of these versions has a path like that."));
    }
}

static void
show_tree (BackstayMatrixWindow *self,
           BackstayMatrixTree   *tree)
{
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (tree)) == 0;

  backstay_gradual_rows_begin (G_LIST_MODEL (tree), (BackstaySetLimitFunc) backstay_matrix_tree_set_limit);
  backstay_matrix_grid_show (self->grid, self->columns, tree);
  show_summary (self, tree);
  if (is_empty)
    show_emptiness (self);
  gtk_stack_set_visible_child_name (self->rows_stack, is_empty ? "empty" : "rows");
  gtk_stack_set_visible_child_name (self->stack, "matrix");
  backstay_matrix_window_update_actions (self);
}

/* Comparing */

static void
compared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  BackstayMatrixWindow *self = user_data; /* Dangling if cancelled. */
  gboolean              is_new;
  g_autoptr (BackstayMatrixTree) tree = NULL;
  g_autoptr (GError) error = NULL;

  tree = backstay_matrix_work_compare_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);

  if (tree == NULL)
    {
      backstay_matrix_window_show_message (self, _ ("Not Compared"), error->message, _ ("_Try Again"));
      return;
    }

  is_new = self->matrix == NULL;
  if (is_new)
    self->matrix = backstay_matrix_ref (backstay_matrix_tree_get_matrix (tree));
  show_tree (self, tree);

  /* Whoever is writing what to look for goes on with that. */
  if (is_new)
    gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
start_comparing (BackstayMatrixWindow *self)
{
  guint              selected = gtk_drop_down_get_selected (self->set_drop_down);
  const char *const *pointers = NULL;

  if (selected > 0 && selected != GTK_INVALID_LIST_POSITION)
    pointers = backstay_path_sets_get_pointers (self->sets, selected - 1);

  backstay_matrix_window_stop (self);
  self->cancellable = g_cancellable_new ();
  backstay_matrix_work_compare_async (self->columns, self->matrix,
                                      gtk_toggle_button_get_active (self->differences_button),
                                      gtk_toggle_button_get_active (self->complete_button),
                                      gtk_editable_get_text (self->search_entry),
                                      pointers, self->cancellable, compared_cb, self);
  backstay_matrix_window_update_actions (self);
}

/* Compares other versions than before. */
void
backstay_matrix_window_compare (BackstayMatrixWindow  *self,
                                BackstayMatrixColumns *columns)
{
  g_set_object (&self->columns, columns);
  g_clear_pointer (&self->matrix, backstay_matrix_unref);
  backstay_matrix_grid_show (self->grid, NULL, NULL);
  backstay_matrix_window_show_progress (self, 1, _ ("Comparing…"));
  gtk_stack_set_visible_child_name (self->stack, "loading");
  start_comparing (self);
}

/* Shows other rows of the same comparison. */
void
backstay_matrix_window_filter (BackstayMatrixWindow *self)
{
  if (self->matrix != NULL)
    start_comparing (self);
}

static void
remove_column (BackstayMatrixWindow *self,
               guint                 column)
{
  g_autoptr (BackstayMatrixColumns) columns = backstay_matrix_columns_copy (self->columns);

  backstay_matrix_columns_remove (columns, column);
  backstay_matrix_window_compare (self, columns);
}

/* Actions */

static void
filter_changed_cb (BackstayMatrixWindow *self)
{
  backstay_matrix_window_filter (self);
}

static void
set_selected_cb (BackstayMatrixWindow *self)
{
  backstay_matrix_window_update_set_actions (self);
  backstay_matrix_window_filter (self);
}

static void
search_stopped_cb (BackstayMatrixWindow *self)
{
  gtk_editable_set_text (self->search_entry, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
notice_clicked_cb (BackstayMatrixWindow *self)
{
  backstay_matrix_window_load (self);
}

static void
reload_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  backstay_matrix_window_load (BACKSTAY_MATRIX_WINDOW (widget));
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  backstay_matrix_window_show_message (BACKSTAY_MATRIX_WINDOW (widget), _ ("Cancelled"),
                                       _ ("The versions were not compared. Nothing was changed on the server."), _ ("_Try Again"));
}

static void
show_everything_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  BackstayMatrixWindow *self = BACKSTAY_MATRIX_WINDOW (widget);

  gtk_editable_set_text (self->search_entry, "");
  gtk_drop_down_set_selected (self->set_drop_down, 0);
  gtk_toggle_button_set_active (self->differences_button, FALSE);
  gtk_toggle_button_set_active (self->complete_button, FALSE);
  backstay_matrix_window_filter (self);
}

static void
search_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (BACKSTAY_MATRIX_WINDOW (widget)->search_entry));
}

static void
expand_all_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BackstayMatrixTree *tree = backstay_matrix_grid_get_tree (BACKSTAY_MATRIX_WINDOW (widget)->grid);

  backstay_matrix_tree_set_all_expanded (tree, g_str_equal (action_name, "matrix-window.expand-all"));
}

static void
remove_column_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  remove_column (BACKSTAY_MATRIX_WINDOW (widget), g_variant_get_uint32 (parameter));
}

static void
add_version_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  BackstayMatrixWindow   *self = BACKSTAY_MATRIX_WINDOW (widget);
  BackstayVersionChooser *chooser = backstay_version_chooser_new (GTK_WINDOW (self), self->repository, NULL);

  g_signal_connect_object (chooser, "version-chosen", G_CALLBACK (backstay_matrix_window_add_version), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (chooser));
}

static void
backstay_matrix_window_dispose (GObject *object)
{
  BackstayMatrixWindow *self = BACKSTAY_MATRIX_WINDOW (object);

  backstay_matrix_window_stop (self);
  backstay_matrix_window_stop_export (self);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (self->chooser);
  g_clear_object (&self->chooser);
  g_clear_object (&self->columns);
  g_clear_object (&self->repository);
  g_clear_object (&self->sets);
  g_clear_pointer (&self->matrix, backstay_matrix_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->format, g_free);

  G_OBJECT_CLASS (backstay_matrix_window_parent_class)->dispose (object);
}

static void
backstay_matrix_window_finalize (GObject *object)
{
  g_hash_table_unref (BACKSTAY_MATRIX_WINDOW (object)->live_ids);

  G_OBJECT_CLASS (backstay_matrix_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "matrix-window.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "matrix-window.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "matrix-window.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "matrix-window.show-everything", NULL, show_everything_action);
  gtk_widget_class_install_action (widget_class, "matrix-window.expand-all", NULL, expand_all_action);
  gtk_widget_class_install_action (widget_class, "matrix-window.collapse-all", NULL, expand_all_action);
  gtk_widget_class_install_action (widget_class, "matrix-window.add-version", NULL, add_version_action);
  gtk_widget_class_install_action (widget_class, "matrix.remove-column", "u", remove_column_action);
  backstay_matrix_window_install_export_actions (widget_class);
  backstay_matrix_window_install_set_actions (widget_class);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "matrix-window.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "matrix-window.reload", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "matrix-window.add-version", NULL);
}

static void
backstay_matrix_window_class_init (BackstayMatrixWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_matrix_window_dispose;
  object_class->finalize = backstay_matrix_window_finalize;

  g_type_ensure (BACKSTAY_TYPE_MATRIX_GRID);
  g_type_ensure (BACKSTAY_TYPE_NOTICE);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-matrix-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixWindow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixWindow, message_page);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixWindow, message_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixWindow, set_drop_down);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixWindow, differences_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixWindow, complete_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixWindow, rows_stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixWindow, grid);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixWindow, empty_page);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixWindow, summary_label);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, set_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, notice_clicked_cb);

  install_actions (widget_class);
}

static void
backstay_matrix_window_init (BackstayMatrixWindow *self)
{
  self->live_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  backstay_compat_name_menu_buttons (GTK_WIDGET (self));
  backstay_matrix_window_update_actions (self);
}

/**
 * backstay_matrix_window_new:
 * @parent: the window that it is opened from, and closed with
 * @server: what the server is called
 * @server_key: what its settings are kept by
 *
 * Returns: (transfer none): a window that shows nothing yet
 */
BackstayMatrixWindow *
backstay_matrix_window_new (GtkWindow  *parent,
                            const char *server,
                            const char *server_key)
{
  BackstayMatrixWindow *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (server != NULL && server_key != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_MATRIX_WINDOW,
                       "application", gtk_window_get_application (parent),
                       NULL);
  g_signal_connect_object (parent, "destroy", G_CALLBACK (gtk_window_destroy), self, G_CONNECT_SWAPPED);
  adw_window_title_set_subtitle (self->window_title, server);
  self->sets = backstay_path_sets_new (server_key);
  backstay_matrix_window_list_sets (self, 0);

  return self;
}

/**
 * backstay_matrix_window_show_live:
 * @repository: where to load from
 *
 * Compares all versions that are active, up to %BACKSTAY_MATRIX_MAX_DOCUMENTS.
 */
void
backstay_matrix_window_show_live (BackstayMatrixWindow *self,
                                  BackstayRepository   *repository)
{
  g_return_if_fail (BACKSTAY_IS_MATRIX_WINDOW (self));
  g_return_if_fail (BACKSTAY_IS_REPOSITORY (repository));

  g_set_object (&self->repository, repository);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  backstay_matrix_window_load (self);
}

/**
 * backstay_matrix_window_show_versions:
 * @repository: where to load from
 * @versions: (element-type BackstayVersion): from 1 to %BACKSTAY_MATRIX_MAX_DOCUMENTS versions
 *
 * Compares some versions.
 */
void
backstay_matrix_window_show_versions (BackstayMatrixWindow *self,
                                      BackstayRepository   *repository,
                                      GPtrArray            *versions)
{
  g_return_if_fail (BACKSTAY_IS_MATRIX_WINDOW (self));
  g_return_if_fail (BACKSTAY_IS_REPOSITORY (repository));
  g_return_if_fail (versions != NULL);
  g_return_if_fail (versions->len >= 1 && versions->len <= BACKSTAY_MATRIX_MAX_DOCUMENTS);

  g_set_object (&self->repository, repository);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < versions->len; i++)
    g_ptr_array_add (self->ids, g_strdup (backstay_version_get_id (g_ptr_array_index (versions, i))));

  backstay_matrix_window_load (self);
}

/**
 * backstay_matrix_window_get_loading:
 *
 * Returns: whether what will be shown is on its way
 */
gboolean
backstay_matrix_window_get_loading (BackstayMatrixWindow *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_WINDOW (self), FALSE);

  return self->cancellable != NULL;
}

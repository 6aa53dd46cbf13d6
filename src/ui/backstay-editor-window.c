/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-editor-window"

#include "config.h"

#include "backstay-editor-window-private.h"

#include "backstay-compat.h"
#include "backstay-configuration-text.h"
#include "backstay-display-text.h"
#include "backstay-look-alike.h"
#include "backstay-settings.h"
#include "backstay-version-text.h"

#include <glib/gi18n-lib.h>

/* How long somebody has to pause before the server is asked about a model type. */
#define LOAD_MSEC 300

/* With less room than this what changes stands below the text, and each field on a line. */
#define WIDE_WIDTH 760
#define NARROW_TEXT_HEIGHT 300

/**
 * BackstayEditorWindow:
 *
 * Where somebody writes a new version. Beside the text stands what it changes: in the version that
 * it began with, else in the live one.
 *
 * What is shown as active is what the table is compared with before anything goes live.
 */
G_DEFINE_FINAL_TYPE (BackstayEditorWindow, backstay_editor_window, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
dup_problem (BackstayEditorWindow *self)
{
  char *problem;

  problem = backstay_new_version_dup_problem (gtk_editable_get_text (self->type_row),
                                              gtk_editable_get_text (self->name_row),
                                              gtk_editable_get_text (self->notes_row),
                                              backstay_settings_get_needs_notes ());

  if (problem == NULL && gtk_switch_get_active (self->activate_switch) && self->active == NULL)
    problem = g_strdup (_ ("Waiting for what is live now…"));

  return problem;
}

static char *
dup_active_line (BackstayEditorWindow *self)
{
  g_autofree char *name = NULL;
  g_autofree char *byline = NULL;

  if (self->active == NULL)
    return g_strdup ("");

  if (self->active->len == 0)
    return g_strdup (_ ("No version is live now"));

  if (self->active->len > 1)
    return g_strdup_printf (_ ("Turns off %u versions that are active now"), self->active->len);

  name = backstay_display_text (backstay_version_get_name (g_ptr_array_index (self->active, 0)));
  byline = backstay_version_text_dup_byline (g_ptr_array_index (self->active, 0));

  /* Translators: a version's name, and by whom it is. */
  return g_strdup_printf (_ ("Turns off “%s”, %s"), name, byline);
}

static void
update_undo (BackstayEditorWindow *self)
{
  GtkTextBuffer *buffer = backstay_editor_view_get_buffer (self->editor);
  gboolean       can_edit = self->run_cancellable == NULL && !self->saved;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.undo",
                                 can_edit && gtk_text_buffer_get_can_undo (buffer));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.redo",
                                 can_edit && gtk_text_buffer_get_can_redo (buffer));
}

/* Says what keeps the version from being saved, and what it is to be called. */
void
backstay_editor_window_update (BackstayEditorWindow *self)
{
  g_autofree char *problem = dup_problem (self);
  g_autofree char *active_line = dup_active_line (self);
  g_autofree char *type = backstay_display_text (gtk_editable_get_text (self->type_row));
  g_autofree char *user = backstay_access_dup_user (backstay_repository_get_access (self->repository));
  /* Translators: a model type, a server, and who one is there. */
  g_autofree char *subtitle = g_strdup_printf (_ ("%s · %s · as %s"),
                                               type[0] != '\0' ? type : _ ("No model type yet"),
                                               self->server, user);
  gboolean         is_busy = self->run_cancellable != NULL;
  gboolean         can_edit = !is_busy && !self->saved;
  gboolean         activate = gtk_switch_get_active (self->activate_switch);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.save",
                                 can_edit && problem == NULL &&
                                   backstay_editor_view_get_json (self->editor) != NULL);
  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL && can_edit);
  adw_window_title_set_subtitle (self->title, subtitle);
  adw_action_row_set_subtitle (self->activate_row, active_line);
  gtk_button_set_label (self->save_button, activate ? _ ("Save and _Make Live") : _ ("_Save"));
  gtk_spinner_set_spinning (self->spinner, is_busy);

  update_undo (self);
  backstay_editor_view_set_editable (self->editor, can_edit);
  gtk_editable_set_editable (self->type_row, can_edit);
  gtk_editable_set_editable (self->name_row, can_edit);
  gtk_editable_set_editable (self->notes_row, can_edit);
  gtk_widget_set_sensitive (GTK_WIDGET (self->activate_switch), can_edit);
  gtk_widget_set_sensitive (GTK_WIDGET (self->types_button), can_edit);
}

static gboolean
load_cb (gpointer user_data)
{
  BackstayEditorWindow *self = user_data;

  self->load_id = 0;
  backstay_editor_window_load (self);

  return G_SOURCE_REMOVE;
}

/* The fields */

static void
field_changed_cb (BackstayEditorWindow *self)
{
  backstay_editor_window_touch (self);
  backstay_editor_window_update (self);
}

static void
type_changed_cb (BackstayEditorWindow *self)
{
  g_autofree char *warning = NULL;

  warning = backstay_look_alike_dup_warning (gtk_editable_get_text (self->type_row),
                                             (const char *const *) self->model_types);
  if (warning != NULL)
    backstay_notice_show (self->look_alike_notice, BACKSTAY_NOTICE_WARNING, warning, NULL);
  else
    backstay_notice_hide (self->look_alike_notice);

  /* What was active is another type's. */
  g_cancellable_cancel (self->load_cancellable);
  g_clear_object (&self->load_cancellable);
  g_clear_pointer (&self->active, g_ptr_array_unref);
  g_clear_handle_id (&self->load_id, g_source_remove);
  self->load_id = g_timeout_add (LOAD_MSEC, load_cb, self);

  field_changed_cb (self);
}

static void
text_changed_cb (BackstayEditorWindow *self)
{
  backstay_editor_window_touch (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.save", FALSE);
}

static void
text_checked_cb (BackstayEditorWindow *self)
{
  backstay_editor_window_compare (self);
  backstay_editor_window_update (self);
}

static void
set_type_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  gtk_editable_set_text (BACKSTAY_EDITOR_WINDOW (widget)->type_row, g_variant_get_string (parameter, NULL));
}

/* The types that there are, to choose from. */
static void
fill_types (BackstayEditorWindow *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; self->model_types[i] != NULL; i++)
    {
      g_autofree char *shown = backstay_display_text (self->model_types[i]);
      g_autofree char *label = NULL;
      g_auto (GStrv) parts = g_strsplit (shown, "_", -1);
      g_autoptr (GMenuItem) item = NULL;

      /* In a menu one underscore is a mnemonic. */
      label = g_strjoinv ("__", parts);
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "editor.set-type", "s", self->model_types[i]);
      g_menu_append_item (menu, item);
    }

  gtk_menu_button_set_menu_model (self->types_button, G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self->types_button), self->model_types[0] != NULL);
}

/* Actions */

static void
search_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  backstay_editor_view_open_search (BACKSTAY_EDITOR_WINDOW (widget)->editor);
}

static void
undo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  gtk_text_buffer_undo (backstay_editor_view_get_buffer (BACKSTAY_EDITOR_WINDOW (widget)->editor));
}

static void
redo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  gtk_text_buffer_redo (backstay_editor_view_get_buffer (BACKSTAY_EDITOR_WINDOW (widget)->editor));
}

static void
change_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (BACKSTAY_EDITOR_WINDOW (widget)->diff_view),
                              g_str_equal (action_name, "editor.next-change") ? "diff.next-change"
                                                                              : "diff.previous-change",
                              NULL);
}

/* Files */

static void
dropped_loaded_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  BackstayEditorWindow *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GError) error = NULL;
  g_autofree char *text = backstay_configuration_text_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->drop_cancellable);

  if (text == NULL)
    backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, NULL);
  else if (self->run_cancellable == NULL && !self->saved)
    backstay_editor_view_replace_text (self->editor, text);
}

/* A file takes the place of the text, which undo brings back. */
static gboolean
drop_cb (BackstayEditorWindow *self,
         const GValue         *value)
{
  GSList *files = g_value_get_boxed (value);

  if (files == NULL || files->next != NULL || self->run_cancellable != NULL || self->saved)
    return FALSE;

  g_cancellable_cancel (self->drop_cancellable);
  g_clear_object (&self->drop_cancellable);
  self->drop_cancellable = g_cancellable_new ();
  backstay_configuration_text_load_file_async (files->data, self->drop_cancellable, dropped_loaded_cb, self);

  return TRUE;
}

/* The layout */

static gboolean
layout_cb (gpointer user_data)
{
  BackstayEditorWindow *self = user_data;
  GtkOrientation        orientation = self->wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL;

  self->layout_id = 0;
  gtk_orientable_set_orientation (self->fields_box, orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->paned), orientation);

  /* Half each. Without a position it would follow what either of them shows. */
  gtk_paned_set_position (self->paned, self->wide ? gtk_widget_get_width (GTK_WIDGET (self)) / 2
                                                  : NARROW_TEXT_HEIGHT);

  return G_SOURCE_REMOVE;
}

static void
backstay_editor_window_size_allocate (GtkWidget *widget,
                                      int        width,
                                      int        height,
                                      int        baseline)
{
  BackstayEditorWindow *self = BACKSTAY_EDITOR_WINDOW (widget);

  GTK_WIDGET_CLASS (backstay_editor_window_parent_class)->size_allocate (widget, width, height, baseline);

  if ((width >= WIDE_WIDTH) == self->wide)
    return;

  self->wide = !self->wide;
  if (self->layout_id == 0)
    self->layout_id = g_idle_add (layout_cb, self);
}

static void
backstay_editor_window_dispose (GObject *object)
{
  BackstayEditorWindow *self = BACKSTAY_EDITOR_WINDOW (object);

  g_clear_handle_id (&self->load_id, g_source_remove);
  g_clear_handle_id (&self->draft_id, g_source_remove);
  g_clear_handle_id (&self->close_id, g_source_remove);
  g_clear_handle_id (&self->layout_id, g_source_remove);
  g_cancellable_cancel (self->load_cancellable);
  g_clear_object (&self->load_cancellable);
  g_cancellable_cancel (self->drop_cancellable);
  g_clear_object (&self->drop_cancellable);
  g_cancellable_cancel (self->run_cancellable);
  g_clear_object (&self->run_cancellable);
  g_clear_object (&self->repository);
  g_clear_object (&self->base);
  g_clear_pointer (&self->sent, backstay_json_unref);
  if (self->file != NULL)
    backstay_draft_file_release (self->file);
  g_clear_object (&self->file);
  g_clear_pointer (&self->active, g_ptr_array_unref);

  G_OBJECT_CLASS (backstay_editor_window_parent_class)->dispose (object);
}

static void
backstay_editor_window_finalize (GObject *object)
{
  BackstayEditorWindow *self = BACKSTAY_EDITOR_WINDOW (object);

  g_strfreev (self->model_types);
  g_free (self->server_key);
  g_free (self->server);
  g_free (self->identity);
  g_free (self->base_id);

  G_OBJECT_CLASS (backstay_editor_window_parent_class)->finalize (object);
}

static void
backstay_editor_window_class_init (BackstayEditorWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_editor_window_dispose;
  object_class->finalize = backstay_editor_window_finalize;
  widget_class->size_allocate = backstay_editor_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = backstay_editor_window_close_request;

  /**
   * BackstayEditorWindow::saved:
   * @outcome: (type gpointer): a BackstayRollbackOutcome
   *
   * Emitted when the version is in the table.
   */
  signals[SIGNAL_SAVED] =
    g_signal_new ("saved",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_POINTER);

  g_type_ensure (BACKSTAY_TYPE_DIFF_VIEW);
  g_type_ensure (BACKSTAY_TYPE_EDITOR_VIEW);
  g_type_ensure (BACKSTAY_TYPE_NOTICE);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-editor-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorWindow, title);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorWindow, look_alike_notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorWindow, fields_box);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorWindow, type_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorWindow, types_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorWindow, name_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorWindow, notes_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorWindow, activate_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorWindow, activate_switch);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorWindow, paned);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorWindow, editor);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorWindow, diff_heading);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorWindow, diff_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorWindow, problem_label);
  gtk_widget_class_bind_template_callback (widget_class, backstay_editor_window_load);
  gtk_widget_class_bind_template_callback (widget_class, field_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, type_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_checked_cb);

  gtk_widget_class_install_action (widget_class, "editor.save", NULL, backstay_editor_window_save_action);
  gtk_widget_class_install_action (widget_class, "editor.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "editor.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "editor.redo", NULL, redo_action);
  gtk_widget_class_install_action (widget_class, "editor.next-change", NULL, change_action);
  gtk_widget_class_install_action (widget_class, "editor.previous-change", NULL, change_action);
  gtk_widget_class_install_action (widget_class, "editor.set-type", "s", set_type_action);
}

static void
backstay_editor_window_init (BackstayEditorWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  GtkTextBuffer *buffer;

  /* Before the text view, to which a file is its name. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));

  self->loading = TRUE;
  self->base_id = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));

  backstay_compat_name_menu_buttons (GTK_WIDGET (self));

  buffer = backstay_editor_view_get_buffer (self->editor);
  g_signal_connect_object (buffer, "notify::can-undo", G_CALLBACK (update_undo), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "notify::can-redo", G_CALLBACK (update_undo), self, G_CONNECT_SWAPPED);
  update_undo (self);
}

static void
set_up (BackstayEditorWindow *self,
        BackstayDraft        *draft)
{
  self->server_key = g_strdup (draft->server_key);
  self->server = g_strdup (draft->server);
  self->identity = g_strdup (draft->identity);
  self->edited_at = draft->saved_at;
  self->file = backstay_draft_file_new (draft->id);
  g_free (self->base_id);
  self->base_id = g_strdup (draft->base_id);

  fill_types (self);
  gtk_editable_set_text (self->type_row, draft->model_type);
  gtk_editable_set_text (self->name_row, draft->config_name);
  gtk_editable_set_text (self->notes_row, draft->notes);
  gtk_switch_set_active (self->activate_switch, draft->activate);
  if (backstay_settings_get_needs_notes ())
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->notes_row), _ ("Notes (required)"));

  backstay_editor_view_set_text (self->editor, draft->text);
}

/**
 * backstay_editor_window_new:
 * @application: the application
 * @repository: where to save
 * @model_types: (array zero-terminated=1): the model types that there are
 * @draft: what to begin with
 * @modified: whether any of it would be lost with the window
 *
 * Returns: (transfer none): the window, which GTK owns
 */
BackstayEditorWindow *
backstay_editor_window_new (GtkApplication     *application,
                            BackstayRepository *repository,
                            const char *const  *model_types,
                            BackstayDraft      *draft,
                            gboolean            modified)
{
  BackstayEditorWindow *self;

  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (repository), NULL);
  g_return_val_if_fail (model_types != NULL && draft != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_EDITOR_WINDOW, "application", application, NULL);
  self->repository = g_object_ref (repository);
  self->model_types = g_strdupv ((char **) model_types);
  set_up (self, draft);
  self->loading = FALSE;

  if (modified)
    backstay_editor_window_keep (self);

  gtk_widget_grab_focus (draft->model_type[0] == '\0' ? GTK_WIDGET (self->type_row)
                                                      : GTK_WIDGET (self->editor));
  backstay_editor_window_load (self);

  return self;
}

/**
 * backstay_editor_window_get_server:
 *
 * Returns: (transfer none): what the server is called
 */
const char *
backstay_editor_window_get_server (BackstayEditorWindow *self)
{
  g_return_val_if_fail (BACKSTAY_IS_EDITOR_WINDOW (self), NULL);

  return self->server;
}

/**
 * backstay_editor_window_get_repository:
 *
 * Returns: (transfer none): where it saves
 */
BackstayRepository *
backstay_editor_window_get_repository (BackstayEditorWindow *self)
{
  g_return_val_if_fail (BACKSTAY_IS_EDITOR_WINDOW (self), NULL);

  return self->repository;
}

/**
 * backstay_editor_window_get_busy:
 *
 * Returns: whether it waits for something that it will show
 */
gboolean
backstay_editor_window_get_busy (BackstayEditorWindow *self)
{
  g_return_val_if_fail (BACKSTAY_IS_EDITOR_WINDOW (self), FALSE);

  return self->load_id != 0 || self->run_cancellable != NULL || self->drop_cancellable != NULL || self->active == NULL ||
         (self->base == NULL && (self->base_id[0] != '\0' || self->active->len > 0)) ||
         backstay_editor_view_get_checking (self->editor) ||
         backstay_diff_view_get_loading (self->diff_view);
}

/**
 * backstay_editor_window_ask_all:
 * @application: the application
 *
 * Closes the windows of an application that have something to lose; each asks what to do with it.
 *
 * Returns: whether one is still there
 */
gboolean
backstay_editor_window_ask_all (GtkApplication *application)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (application));
  gboolean asks = FALSE;

  for (GList *item = windows; item != NULL; item = item->next)
    {
      if (!BACKSTAY_IS_EDITOR_WINDOW (item->data))
        continue;

      if (BACKSTAY_EDITOR_WINDOW (item->data)->modified || BACKSTAY_EDITOR_WINDOW (item->data)->run_cancellable != NULL)
        asks = TRUE;

      gtk_window_close (GTK_WINDOW (item->data));
    }

  return asks;
}

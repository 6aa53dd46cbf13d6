/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-export-dialog"

#include "config.h"

#include "backstay-export-dialog.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-notice.h"
#include "backstay-repository-transfer.h"
#include "backstay-transfer-bar.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayExportDialog:
 *
 * Asks what to export and how, and does it.
 */
struct _BackstayExportDialog
{
  AdwWindow parent_instance;

  BackstayRepository *repository;
  BackstayModelType  *model_type;  /* (nullable) */
  BackstayVersion    *selected;    /* (nullable) */
  BackstayVersion    *marked;      /* (nullable): a second one. */
  GCancellable       *cancellable; /* Non-%NULL while it exports. */
  GtkNativeDialog    *chooser;     /* %NULL while no file is being chosen. */
  char               *file_name;

  /* Template children */
  GtkStack            *stack;
  GtkButton           *cancel_button;
  GtkWidget           *export_button;
  BackstayNotice      *notice;
  AdwActionRow        *version_row;
  AdwActionRow        *versions_row;
  AdwActionRow        *history_row;
  GtkCheckButton      *version_check;
  GtkCheckButton      *versions_check;
  GtkCheckButton      *history_check;
  GtkCheckButton      *all_check;
  GtkWidget           *format_group;
  GtkCheckButton      *lines_check;
  GtkCheckButton      *exact_check;
  GtkCheckButton      *pretty_check;
  GtkCheckButton      *compact_check;
  BackstayTransferBar *transfer_bar;
  AdwStatusPage       *done_page;
};

G_DEFINE_FINAL_TYPE (BackstayExportDialog, backstay_export_dialog, ADW_TYPE_WINDOW)

static void
show_page (BackstayExportDialog *self,
           const char           *name)
{
  gboolean is_done = g_str_equal (name, "done");

  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_button_set_label (self->cancel_button, is_done ? _ ("Close") : _ ("Cancel"));
  gtk_widget_set_visible (self->export_button, !is_done);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.choose-file", g_str_equal (name, "form"));

  if (is_done)
    gtk_widget_grab_focus (GTK_WIDGET (self->cancel_button));
}

static BackstayExportFormat
get_format (BackstayExportDialog *self)
{
  if (!gtk_check_button_get_active (self->version_check))
    return BACKSTAY_EXPORT_FORMAT_LINES;
  if (gtk_check_button_get_active (self->exact_check))
    return BACKSTAY_EXPORT_FORMAT_EXACT;
  if (gtk_check_button_get_active (self->pretty_check))
    return BACKSTAY_EXPORT_FORMAT_PRETTY;
  if (gtk_check_button_get_active (self->compact_check))
    return BACKSTAY_EXPORT_FORMAT_COMPACT;

  return BACKSTAY_EXPORT_FORMAT_LINES;
}

static BackstayExportRequest *
create_request (BackstayExportDialog *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  gboolean is_pair = gtk_check_button_get_active (self->versions_check);

  if (gtk_check_button_get_active (self->all_check))
    return backstay_export_request_new_history (NULL);

  if (gtk_check_button_get_active (self->history_check))
    return backstay_export_request_new_history (backstay_model_type_get_name (self->model_type));

  /* As in a history, the older one comes first. */
  if (is_pair && backstay_version_is_older (self->marked, self->selected))
    g_ptr_array_add (ids, g_strdup (backstay_version_get_id (self->marked)));

  g_ptr_array_add (ids, g_strdup (backstay_version_get_id (self->selected)));

  if (is_pair && ids->len == 1)
    g_ptr_array_add (ids, g_strdup (backstay_version_get_id (self->marked)));

  return backstay_export_request_new_versions (ids, get_format (self));
}

/* A file's name that says what is in it, whatever is in that. */
static char *
dup_file_name (BackstayExportDialog *self)
{
  const char      *name = "model-configurations";
  g_autofree char *safe = NULL;

  if (gtk_check_button_get_active (self->version_check) && self->selected != NULL)
    name = backstay_version_get_name (self->selected);
  else if (!gtk_check_button_get_active (self->all_check) && self->model_type != NULL)
    name = backstay_model_type_get_name (self->model_type);

  safe = g_strdup (name);
  g_strdelimit (safe, "/\\\n\r\t", '-');
  if (safe[0] == '.')
    safe[0] = '-';

  return g_strconcat (safe, get_format (self) == BACKSTAY_EXPORT_FORMAT_LINES ? ".jsonl" : ".json", NULL);
}

static void
show_done (BackstayExportDialog  *self,
           BackstayExportOutcome *outcome)
{
  g_autofree char *heading = NULL;
  g_autofree char *size = g_format_size (outcome->n_bytes);
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  heading = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Exported %u Version", "Exported %u Versions",
                                          outcome->n_versions),
                             outcome->n_versions);
  /* Translators: the first %s is such as "3.1 MB". */
  text = g_strdup_printf (_ ("%s in “%s”, which only you may read."), size, self->file_name);
  markup = g_markup_escape_text (text, -1);
  adw_status_page_set_title (self->done_page, heading);
  adw_status_page_set_description (self->done_page, markup);
  show_page (self, "done");
}

static void
show_failure (BackstayExportDialog *self,
              const GError         *error)
{
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    backstay_notice_show (self->notice, BACKSTAY_NOTICE_INFO,
                          _ ("The export was stopped. A file that was there before is as it was."), NULL);
  else
    {
      text = g_strdup_printf (_ ("%s Nothing was exported; a file that was there before is as it was."),
                              error->message);
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, text, NULL);
    }

  show_page (self, "form");
}

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (BackstayExportDialog) self = user_data;
  g_autofree BackstayExportOutcome *outcome = NULL;
  g_autoptr (GError) error = NULL;

  outcome = backstay_repository_export_finish (BACKSTAY_REPOSITORY (object), result, &error);

  /* It was closed. */
  if (self->cancellable == NULL)
    return;

  g_clear_object (&self->cancellable);
  backstay_transfer_bar_stop (self->transfer_bar);

  if (outcome != NULL)
    show_done (self, outcome);
  else
    show_failure (self, error);
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BackstayExportDialog *self = BACKSTAY_EXPORT_DIALOG (widget);

  /* Whether the file was there already, is known only when it has ended. */
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
chooser_cb (BackstayExportDialog *self,
            int                   response)
{
  g_autoptr (GtkNativeDialog) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;

  file = backstay_compat_get_chosen_file (chooser);
  if (file != NULL)
    backstay_export_dialog_export_to (self, file);
}

static void
choose_file_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  BackstayExportDialog *self = BACKSTAY_EXPORT_DIALOG (widget);
  g_autofree char      *name = dup_file_name (self);

  if (self->chooser != NULL)
    return;

  self->chooser = backstay_compat_new_save_chooser (GTK_WINDOW (self), _ ("Export"), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chooser_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (self->chooser);
}

/* Only a single configuration can be written as anything but lines. */
static void
update_formats (BackstayExportDialog *self)
{
  gtk_widget_set_visible (self->format_group, gtk_check_button_get_active (self->version_check));
}

static void
backstay_export_dialog_dispose (GObject *object)
{
  BackstayExportDialog *self = BACKSTAY_EXPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (self->chooser);
  g_clear_object (&self->chooser);
  g_clear_object (&self->repository);
  g_clear_object (&self->model_type);
  g_clear_object (&self->selected);
  g_clear_object (&self->marked);
  g_clear_pointer (&self->file_name, g_free);

  G_OBJECT_CLASS (backstay_export_dialog_parent_class)->dispose (object);
}

static void
backstay_export_dialog_class_init (BackstayExportDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_export_dialog_dispose;

  g_type_ensure (BACKSTAY_TYPE_NOTICE);
  g_type_ensure (BACKSTAY_TYPE_TRANSFER_BAR);

  gtk_widget_class_install_action (widget_class, "export.choose-file", NULL, choose_file_action);
  gtk_widget_class_install_action (widget_class, "export.cancel", NULL, cancel_action);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayExportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayExportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayExportDialog, export_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayExportDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayExportDialog, version_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayExportDialog, versions_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayExportDialog, history_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayExportDialog, version_check);
  gtk_widget_class_bind_template_child (widget_class, BackstayExportDialog, versions_check);
  gtk_widget_class_bind_template_child (widget_class, BackstayExportDialog, history_check);
  gtk_widget_class_bind_template_child (widget_class, BackstayExportDialog, all_check);
  gtk_widget_class_bind_template_child (widget_class, BackstayExportDialog, format_group);
  gtk_widget_class_bind_template_child (widget_class, BackstayExportDialog, lines_check);
  gtk_widget_class_bind_template_child (widget_class, BackstayExportDialog, exact_check);
  gtk_widget_class_bind_template_child (widget_class, BackstayExportDialog, pretty_check);
  gtk_widget_class_bind_template_child (widget_class, BackstayExportDialog, compact_check);
  gtk_widget_class_bind_template_child (widget_class, BackstayExportDialog, transfer_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayExportDialog, done_page);
  gtk_widget_class_bind_template_callback (widget_class, update_formats);
}

static void
backstay_export_dialog_init (BackstayExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Offers what there is, and takes what was last chosen in the window. */
static void
set_up_choices (BackstayExportDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->version_row), self->selected != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->versions_row), self->marked != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->history_row), self->model_type != NULL);

  if (self->selected != NULL)
    {
      g_autofree char *name = backstay_display_text (backstay_version_get_name (self->selected));
      g_autofree char *short_id = backstay_version_dup_short_id (self->selected);
      /* Translators: a version's name, and the first digits of its id. */
      g_autofree char *subtitle = g_strdup_printf (_ ("%s (id %s)"), name, short_id);

      adw_action_row_set_subtitle (self->version_row, subtitle);
    }

  if (self->model_type != NULL)
    {
      g_autofree char *name = backstay_display_text (backstay_model_type_get_name (self->model_type));
      g_autofree char *title = g_strdup_printf (_ ("The history of %s"), name);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->history_row), title);
    }

  if (self->marked != NULL)
    gtk_check_button_set_active (self->versions_check, TRUE);
  else if (self->selected != NULL)
    gtk_check_button_set_active (self->version_check, TRUE);
  else if (self->model_type != NULL)
    gtk_check_button_set_active (self->history_check, TRUE);
  else
    gtk_check_button_set_active (self->all_check, TRUE);

  update_formats (self);
}

/**
 * backstay_export_dialog_new:
 * @parent: the window
 * @repository: where the versions are
 * @model_type: (nullable): whose history is in sight
 * @selected: (nullable): the selected version
 * @marked: (nullable): a second one that is marked
 *
 * Returns: (transfer none): the dialog, which GTK owns
 */
BackstayExportDialog *
backstay_export_dialog_new (GtkWindow          *parent,
                            BackstayRepository *repository,
                            BackstayModelType  *model_type,
                            BackstayVersion    *selected,
                            BackstayVersion    *marked)
{
  BackstayExportDialog *self;

  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (repository), NULL);
  g_return_val_if_fail (marked == NULL || selected != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);
  self->repository = g_object_ref (repository);
  g_set_object (&self->model_type, model_type);
  g_set_object (&self->selected, selected);
  g_set_object (&self->marked, marked);
  set_up_choices (self);
  show_page (self, "form");
  gtk_window_set_focus (GTK_WINDOW (self), self->export_button);

  return self;
}

/**
 * backstay_export_dialog_export_to:
 * @file: a file, which may be there
 *
 * Exports what was chosen.
 */
void
backstay_export_dialog_export_to (BackstayExportDialog *self,
                                  GFile                *file)
{
  g_autoptr (BackstayExportRequest) request = NULL;
  g_autofree char          *path = NULL;
  g_autofree char          *name = NULL;
  BackstayTransferProgress *progress;

  g_return_if_fail (BACKSTAY_IS_EXPORT_DIALOG (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (self->cancellable == NULL);

  backstay_notice_hide (self->notice);

  if ((path = g_file_get_path (file)) == NULL)
    {
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR,
                            _ ("This place is not in the file system. Nothing was exported; choose a "
                               "folder of this computer."),
                            NULL);
      return;
    }

  name = g_filename_display_basename (path);
  g_free (self->file_name);
  self->file_name = backstay_display_text (name);
  request = create_request (self);
  self->cancellable = g_cancellable_new ();
  progress = backstay_transfer_bar_start (self->transfer_bar, _ ("Exporting…"));
  show_page (self, "progress");
  backstay_repository_export_async (self->repository, request, path, progress, self->cancellable,
                                    exported_cb, g_object_ref (self));
}

/**
 * backstay_export_dialog_end_session:
 *
 * Closes it, as what it offers is not for the user's eyes any more. What is being exported is stopped,
 * which is told.
 */
void
backstay_export_dialog_end_session (BackstayExportDialog *self)
{
  g_return_if_fail (BACKSTAY_IS_EXPORT_DIALOG (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

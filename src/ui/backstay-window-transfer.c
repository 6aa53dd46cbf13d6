/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-window-transfer"

#include "config.h"

#include "backstay-window-private.h"

#include "backstay-compat.h"
#include "backstay-export-dialog.h"
#include "backstay-import-dialog.h"

#include <glib/gi18n-lib.h>

/* The window's actions that write versions to a file, and read them from one. */

static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BackstayWindow       *self = BACKSTAY_WINDOW (widget);
  BackstayModelType    *type = backstay_sidebar_get_selected (self->sidebar);
  BackstayVersion      *selected = NULL;
  BackstayVersion      *marked = NULL;
  BackstayExportDialog *dialog;

  /* Elsewhere than in a history nothing of it is selected. */
  if (type != NULL)
    {
      selected = backstay_history_view_get_selected (self->history_view);
      marked = backstay_history_view_get_marked (self->history_view);
    }

  if (selected == NULL ||
      (marked != NULL && g_str_equal (backstay_version_get_id (selected), backstay_version_get_id (marked))))
    marked = NULL;

  dialog = backstay_export_dialog_new (GTK_WINDOW (self), self->repository,
                                       type, selected, marked);
  g_signal_connect_object (self, "content-cleared", G_CALLBACK (backstay_export_dialog_end_session), dialog,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
imported_cb (BackstayWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.reload", NULL);
}

static void
import_file (GFile   *file,
             gpointer user_data)
{
  BackstayWindow       *self = BACKSTAY_WINDOW (user_data);
  BackstayImportDialog *dialog;

  /* Somebody else can be signed in by now, or nobody. */
  if (!backstay_window_has_content (self))
    return;

  dialog = backstay_import_dialog_new (GTK_WINDOW (self), self->repository, file);
  g_signal_connect_object (dialog, "imported", G_CALLBACK (imported_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "content-cleared", G_CALLBACK (backstay_import_dialog_end_session), dialog,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
import_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  backstay_compat_choose_file (GTK_WINDOW (widget), _ ("Import Versions"), import_file, widget);
}

/* A file with a version in each line is imported; any other one is a configuration. */
static gboolean
drop_cb (BackstayWindow *self,
         const GValue   *value)
{
  GSList          *files = g_value_get_boxed (value);
  BackstayAccess  *access = self->repository != NULL ? backstay_repository_get_access (self->repository) : NULL;
  g_autofree char *name = NULL;

  if (files == NULL || files->next != NULL || !backstay_window_has_content (self) ||
      access == NULL || !backstay_access_can_write (access))
    return FALSE;

  name = g_file_get_basename (files->data);

  if (g_str_has_suffix (name, ".jsonl") || g_str_has_suffix (name, ".ndjson"))
    import_file (files->data, self);
  else
    backstay_window_new_version_from_file (self, files->data);

  return TRUE;
}

/* Lets files be dropped on the window. */
void
backstay_window_take_files (BackstayWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
backstay_window_update_transfer_actions (BackstayWindow *self,
                                         gboolean        can_write)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.export", backstay_window_has_content (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.import", can_write);
}

void
backstay_window_install_transfer_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_action);
}

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

#define CHOOSER_KEY "backstay-import-chooser"

static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BackstayWindow       *self = BACKSTAY_WINDOW (widget);
  BackstayVersion      *selected = backstay_history_view_get_selected (self->history_view);
  BackstayVersion      *marked = backstay_history_view_get_marked (self->history_view);
  BackstayExportDialog *dialog;

  if (selected == NULL ||
      (marked != NULL && g_str_equal (backstay_version_get_id (selected), backstay_version_get_id (marked))))
    marked = NULL;

  dialog = backstay_export_dialog_new (GTK_WINDOW (self), self->repository,
                                       backstay_sidebar_get_selected (self->sidebar), selected, marked);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
imported_cb (BackstayWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.reload", NULL);
}

static void
chooser_cb (BackstayWindow  *self,
            int              response,
            GtkNativeDialog *chooser)
{
  g_autoptr (GFile) file = backstay_compat_get_chosen_file (chooser);
  BackstayImportDialog *dialog;

  g_object_set_data (G_OBJECT (self), CHOOSER_KEY, NULL);

  if (response != GTK_RESPONSE_ACCEPT || file == NULL || !backstay_window_has_content (self))
    return;

  dialog = backstay_import_dialog_new (GTK_WINDOW (self), self->repository, file);
  g_signal_connect_object (dialog, "imported", G_CALLBACK (imported_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
import_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  GtkNativeDialog *chooser;

  if (g_object_get_data (G_OBJECT (widget), CHOOSER_KEY) != NULL)
    return;

  chooser = backstay_compat_new_file_chooser (GTK_WINDOW (widget), _ ("Import Versions"));
  g_signal_connect_object (chooser, "response", G_CALLBACK (chooser_cb), widget, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (widget), CHOOSER_KEY, chooser, g_object_unref);
  gtk_native_dialog_show (chooser);
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

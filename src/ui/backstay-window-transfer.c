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
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
import_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  backstay_compat_choose_file (GTK_WINDOW (widget), _ ("Import Versions"), import_file, widget);
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

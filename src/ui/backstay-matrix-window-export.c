/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-window-export"

#include "config.h"

#include "backstay-matrix-window-private.h"

#include "backstay-compat.h"
#include "backstay-matrix-work.h"

#include <glib/gi18n-lib.h>

/* The window's copying and exporting. */

static const struct
{
  const char          *name; /* Of the action's target, and of the file's ending. */
  BackstayMatrixFormat format;
} formats[] = {
  { "csv", BACKSTAY_MATRIX_FORMAT_CSV },
  { "md", BACKSTAY_MATRIX_FORMAT_MARKDOWN },
  { "html", BACKSTAY_MATRIX_FORMAT_HTML },
};

static void
add_toast (BackstayMatrixWindow *self,
           const char           *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (escaped));
}

static void
begin (BackstayMatrixWindow *self,
       const char           *name,
       GFile                *file,
       GAsyncReadyCallback   callback)
{
  BackstayMatrixTree  *tree = backstay_matrix_grid_get_tree (self->grid);
  BackstayMatrixFormat format = BACKSTAY_MATRIX_FORMAT_CSV;

  /* The file may be chosen when there is nothing to write any more. */
  if (tree == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      if (g_str_equal (formats[i].name, name))
        format = formats[i].format;
    }

  backstay_matrix_window_stop_export (self);
  self->export_cancellable = g_cancellable_new ();
  backstay_matrix_work_export_async (backstay_matrix_grid_get_columns (self->grid), tree,
                                     _ ("Comparison of configurations"),
                                     format, file, self->export_cancellable, callback, self);
}

static void
copied_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BackstayMatrixWindow *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const char      *data;
  gsize            length;

  bytes = backstay_matrix_work_export_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->export_cancellable);

  if (bytes == NULL)
    {
      add_toast (self, error->message);
      return;
    }

  data = g_bytes_get_data (bytes, &length);
  text = g_strndup (data, length);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  add_toast (self, _ ("Copied the comparison"));
}

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  BackstayMatrixWindow *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  bytes = backstay_matrix_work_export_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->export_cancellable);

  if (bytes != NULL)
    {
      add_toast (self, _ ("Exported the comparison"));
      return;
    }

  text = g_strdup_printf (_ ("%s A file that was there before is as it was. Choose another place."),
                          error->message);
  backstay_compat_show_message (GTK_WINDOW (self), _ ("Not Exported"), text);
}

static void
chooser_cb (BackstayMatrixWindow *self,
            int                   response)
{
  g_autoptr (GtkNativeDialog) chooser = g_steal_pointer (&self->chooser);
  g_autofree char *format = g_steal_pointer (&self->format);
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;

  file = backstay_compat_get_chosen_file (chooser);
  if (file != NULL)
    begin (self, format, file, exported_cb);
}

static void
copy_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  begin (BACKSTAY_MATRIX_WINDOW (widget), g_variant_get_string (parameter, NULL), NULL, copied_cb);
}

static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BackstayMatrixWindow *self = BACKSTAY_MATRIX_WINDOW (widget);
  g_autofree char      *name = NULL;

  if (self->chooser != NULL)
    return;

  self->format = g_variant_dup_string (parameter, NULL);
  /* Translators: a file's name, before its ending. */
  name = g_strdup_printf ("%s.%s", _ ("comparison"), self->format);
  self->chooser = backstay_compat_new_save_chooser (GTK_WINDOW (self), _ ("Export the Comparison"), name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chooser_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (self->chooser);
}

void
backstay_matrix_window_install_export_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "matrix-window.copy", "s", copy_action);
  gtk_widget_class_install_action (widget_class, "matrix-window.export", "s", export_action);
}

void
backstay_matrix_window_stop_export (BackstayMatrixWindow *self)
{
  g_cancellable_cancel (self->export_cancellable);
  g_clear_object (&self->export_cancellable);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-path-set-dialog"

#include "config.h"

#include "backstay-path-set-dialog.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayPathSetDialog:
 *
 * Asks for a set of paths and its name.
 */
struct _BackstayPathSetDialog
{
  AdwWindow parent_instance;

  /* Template children */
  GtkEditable   *name_row;
  GtkTextBuffer *buffer;
  GtkLabel      *error_label;
};

enum
{
  SIGNAL_SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayPathSetDialog, backstay_path_set_dialog, ADW_TYPE_WINDOW)

/* The lines that are not blank. */
static char **
list_pointers (BackstayPathSetDialog *self)
{
  GtkTextIter      start;
  GtkTextIter      end;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GPtrArray) pointers = g_ptr_array_new ();

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  text = gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
  lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      if (**line != '\0')
        g_ptr_array_add (pointers, g_strdup (*line));
    }

  g_ptr_array_add (pointers, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&pointers), FALSE);
}

static const char *
find_error (BackstayPathSetDialog *self,
            char                 **pointers)
{
  if (gtk_editable_get_text (self->name_row)[0] == '\0')
    return _ ("Give the set a name.");

  if (pointers[0] == NULL)
    return _ ("Write at least one path.");

  for (char **pointer = pointers; *pointer != NULL; pointer++)
    {
      if (**pointer != '/')
        return _ ("A path begins with a slash, such as /default_settings/guidance_scale.");
    }

  return NULL;
}

static void
changed_cb (BackstayPathSetDialog *self)
{
  g_auto (GStrv) pointers = list_pointers (self);
  const char *error = find_error (self, pointers);

  gtk_label_set_label (self->error_label, error != NULL ? error : "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "path-set.save", error == NULL);
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BackstayPathSetDialog *self = BACKSTAY_PATH_SET_DIALOG (widget);
  g_auto (GStrv) pointers = list_pointers (self);

  g_signal_emit (self, signals[SIGNAL_SAVED], 0, gtk_editable_get_text (self->name_row), pointers);
  gtk_window_close (GTK_WINDOW (self));
}

static void
backstay_path_set_dialog_class_init (BackstayPathSetDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * BackstayPathSetDialog::saved:
   * @name: what to call the set
   * @pointers: its paths, as JSON Pointers
   *
   * Emitted when the set is to be remembered.
   */
  signals[SIGNAL_SAVED] =
    g_signal_new ("saved",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRV);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-path-set-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayPathSetDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayPathSetDialog, buffer);
  gtk_widget_class_bind_template_child (widget_class, BackstayPathSetDialog, error_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);

  gtk_widget_class_install_action (widget_class, "path-set.save", NULL, save_action);
}

static void
backstay_path_set_dialog_init (BackstayPathSetDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * backstay_path_set_dialog_new:
 * @parent: the window
 * @name: what the set is called so far
 * @pointers: (array zero-terminated=1): its paths so far
 *
 * Returns: (transfer none): the dialog, to be shown
 */
BackstayPathSetDialog *
backstay_path_set_dialog_new (GtkWindow         *parent,
                              const char        *name,
                              const char *const *pointers)
{
  BackstayPathSetDialog *self;
  g_autofree char       *text = g_strjoinv ("\n", (char **) pointers);

  self = g_object_new (BACKSTAY_TYPE_PATH_SET_DIALOG, "transient-for", parent, NULL);
  gtk_editable_set_text (self->name_row, name);
  gtk_text_buffer_set_text (self->buffer, text, -1);
  changed_cb (self);

  return self;
}

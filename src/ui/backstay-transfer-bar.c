/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-transfer-bar"

#include "config.h"

#include "backstay-transfer-bar.h"

#include "backstay-compat.h"

#include <glib/gi18n-lib.h>

/* How often the progress is looked at. */
#define PROGRESS_MSEC 100

/**
 * BackstayTransferBar:
 *
 * How far an export or an import is.
 */
struct _BackstayTransferBar
{
  GtkWidget parent_instance;

  BackstayTransferProgress *progress; /* %NULL while nothing is under way. */
  guint                     progress_id;

  /* Template children */
  GtkLabel       *text_label;
  GtkProgressBar *progress_bar;
  GtkLabel       *count_label;
};

G_DEFINE_FINAL_TYPE (BackstayTransferBar, backstay_transfer_bar, GTK_TYPE_WIDGET)

static gboolean
show_progress_cb (gpointer user_data)
{
  BackstayTransferBar *self = user_data;
  guint                n_versions;
  guint64              n_bytes;
  double               fraction = backstay_transfer_progress_get (self->progress, &n_versions, &n_bytes);
  g_autofree char     *versions = NULL;
  g_autofree char     *size = NULL;
  g_autofree char     *text = NULL;

  versions = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u version", "%u versions", n_versions), n_versions);
  size = g_format_size (n_bytes);

  if (n_bytes > 0)
    /* Translators: how many versions, and how many bytes, such as "12 versions, 3.1 MB". */
    text = g_strdup_printf (_ ("%s, %s"), versions, size);
  else
    text = g_steal_pointer (&versions);

  gtk_label_set_label (self->count_label, text);

  if (fraction < 0)
    gtk_progress_bar_pulse (self->progress_bar);
  else
    gtk_progress_bar_set_fraction (self->progress_bar, fraction);

  return G_SOURCE_CONTINUE;
}

static void
backstay_transfer_bar_dispose (GObject *object)
{
  BackstayTransferBar *self = BACKSTAY_TRANSFER_BAR (object);

  backstay_transfer_bar_stop (self);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_TRANSFER_BAR);

  G_OBJECT_CLASS (backstay_transfer_bar_parent_class)->dispose (object);
}

static void
backstay_transfer_bar_class_init (BackstayTransferBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_transfer_bar_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-transfer-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayTransferBar, text_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayTransferBar, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayTransferBar, count_label);
}

static void
backstay_transfer_bar_init (BackstayTransferBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * backstay_transfer_bar_start:
 * @text: what is under way
 *
 * Shows that something has begun.
 *
 * Returns: (transfer none): where it is to say how far it is
 */
BackstayTransferProgress *
backstay_transfer_bar_start (BackstayTransferBar *self,
                             const char          *text)
{
  g_return_val_if_fail (BACKSTAY_IS_TRANSFER_BAR (self), NULL);

  backstay_transfer_bar_stop (self);
  self->progress = backstay_transfer_progress_new ();
  self->progress_id = g_timeout_add (PROGRESS_MSEC, show_progress_cb, self);
  gtk_label_set_label (self->text_label, text);
  gtk_label_set_label (self->count_label, NULL);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress_bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);

  return self->progress;
}

/**
 * backstay_transfer_bar_stop:
 *
 * Looks no more how far it is.
 */
void
backstay_transfer_bar_stop (BackstayTransferBar *self)
{
  g_return_if_fail (BACKSTAY_IS_TRANSFER_BAR (self));

  g_clear_handle_id (&self->progress_id, g_source_remove);
  g_clear_pointer (&self->progress, backstay_transfer_progress_unref);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-password-dialog"

#include "config.h"

#include "backstay-password-dialog.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayPasswordDialog:
 *
 * Asks for a password, and says why.
 */
struct _BackstayPasswordDialog
{
  AdwWindow parent_instance;

  /* Template children */
  GtkLabel    *text_label;
  GtkEditable *password_row;
  GtkWidget   *keep_row;
  GtkSwitch   *keep_switch;
};

enum
{
  SIGNAL_PASSWORD_GIVEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayPasswordDialog, backstay_password_dialog, ADW_TYPE_WINDOW)

static void
changed_cb (BackstayPasswordDialog *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "password.give",
                                 gtk_editable_get_text (self->password_row)[0] != '\0');
}

static void
entry_activated_cb (BackstayPasswordDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "password.give", NULL);
}

static void
give_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BackstayPasswordDialog *self = BACKSTAY_PASSWORD_DIALOG (widget);

  g_signal_emit (self, signals[SIGNAL_PASSWORD_GIVEN], 0,
                 gtk_editable_get_text (self->password_row),
                 gtk_widget_get_visible (self->keep_row) && gtk_switch_get_active (self->keep_switch));
  gtk_window_close (GTK_WINDOW (self));
}

static void
backstay_password_dialog_class_init (BackstayPasswordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /**
   * BackstayPasswordDialog::password-given:
   * @password: the password
   * @keep: whether to keep it
   *
   * Emitted when the user gave one, before the dialog closes.
   */
  signals[SIGNAL_PASSWORD_GIVEN] =
    g_signal_new ("password-given",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-password-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayPasswordDialog, text_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayPasswordDialog, password_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayPasswordDialog, keep_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayPasswordDialog, keep_switch);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);

  gtk_widget_class_install_action (widget_class, "password.give", NULL, give_action);
}

static void
backstay_password_dialog_init (BackstayPasswordDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  changed_cb (self);
}

/**
 * backstay_password_dialog_new:
 * @parent: the window
 * @text: why a password is needed, and for what
 * @can_keep: whether it can be kept, which is proposed then
 *
 * Returns: (transfer none): the dialog, which GTK owns
 */
BackstayPasswordDialog *
backstay_password_dialog_new (GtkWindow  *parent,
                              const char *text,
                              gboolean    can_keep)
{
  BackstayPasswordDialog *self = g_object_new (BACKSTAY_TYPE_PASSWORD_DIALOG, "transient-for", parent, NULL);

  gtk_label_set_label (self->text_label, text);
  gtk_widget_set_visible (self->keep_row, can_keep);
  gtk_switch_set_active (self->keep_switch, can_keep);
  gtk_widget_grab_focus (GTK_WIDGET (self->password_row));

  return self;
}

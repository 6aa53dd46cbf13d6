/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-access-dialog"

#include "config.h"

#include "backstay-access-dialog.h"

#include "backstay-access-facts.h"
#include "backstay-display-text.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayAccessDialog:
 *
 * Who one is on a server, whether its policies are on and bind one, and what to do about it.
 */
struct _BackstayAccessDialog
{
  AdwWindow parent_instance;

  /* Template children */
  AdwWindowTitle *title;
  GtkListBox     *list_box;
  GtkWidget      *sign_in_button;
};

G_DEFINE_FINAL_TYPE (BackstayAccessDialog, backstay_access_dialog, ADW_TYPE_WINDOW)

static void
sign_in_cb (BackstayAccessDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_widget_activate_action (GTK_WIDGET (parent), "win.sign-in", NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static void
copy_cb (GtkWidget  *button,
         const char *sql)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), sql);
}

static void
free_sql (gpointer  sql,
          GClosure *closure)
{
  g_free (sql);
}

static GtkWidget *
create_copy_button (const char *sql)
{
  GtkWidget  *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  const char *label = _ ("Copy the SQL for It");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (copy_cb), g_strdup (sql), free_sql, 0);

  return button;
}

static GtkWidget *
create_image (BackstayAccessFactKind kind)
{
  GtkWidget *image;

  if (kind == BACKSTAY_ACCESS_FACT_GOOD)
    {
      image = gtk_image_new_from_icon_name ("emblem-ok-symbolic");
      gtk_widget_add_css_class (image, "success");
      gtk_widget_set_tooltip_text (image, _ ("As it should be"));
    }
  else if (kind == BACKSTAY_ACCESS_FACT_BAD)
    {
      image = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
      gtk_widget_add_css_class (image, "warning");
      gtk_widget_set_tooltip_text (image, _ ("To be looked at"));
    }
  else
    {
      image = gtk_image_new_from_icon_name ("dialog-information-symbolic");
      gtk_widget_set_tooltip_text (image, _ ("To be known"));
    }

  return image;
}

static GtkWidget *
create_row (BackstayAccessFact *fact)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *text = fact->sql != NULL ? g_strconcat (fact->text, "\n\n", fact->sql, NULL) : g_strdup (fact->text);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), fact->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), create_image (fact->kind));
  gtk_widget_add_css_class (row, "fact");

  if (fact->sql != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_copy_button (fact->sql));

  return row;
}

static void
backstay_access_dialog_class_init (BackstayAccessDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-access-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayAccessDialog, title);
  gtk_widget_class_bind_template_child (widget_class, BackstayAccessDialog, list_box);
  gtk_widget_class_bind_template_child (widget_class, BackstayAccessDialog, sign_in_button);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
}

static void
backstay_access_dialog_init (BackstayAccessDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * backstay_access_dialog_new:
 * @parent: the window, which has the action `win.sign-in`
 * @access: what was found out
 * @server: what to call the server
 *
 * Returns: (transfer none): the dialog, which GTK owns
 */
BackstayAccessDialog *
backstay_access_dialog_new (GtkWindow      *parent,
                            BackstayAccess *access,
                            const char     *server)
{
  BackstayAccessDialog *self = g_object_new (BACKSTAY_TYPE_ACCESS_DIALOG, "transient-for", parent, NULL);
  g_autoptr (GPtrArray) facts = backstay_access_list_facts (access);
  g_autofree char *shown = backstay_display_text (server);

  adw_window_title_set_subtitle (self->title, shown);
  gtk_widget_set_visible (self->sign_in_button, backstay_access_can_choose_identity (access));

  for (guint i = 0; i < facts->len; i++)
    gtk_list_box_append (self->list_box, create_row (g_ptr_array_index (facts, i)));

  return self;
}

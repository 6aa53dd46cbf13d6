/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-apply-question"

#include "config.h"

#include "backstay-apply-question.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* The statements that will run, to be read before they do. */
static GtkWidget *
new_sql_view (const char *sql)
{
  GtkWidget *scrolled_window = gtk_scrolled_window_new ();
  GtkWidget *text_view = gtk_text_view_new ();

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text_view)), sql, -1);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (text_view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (text_view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (text_view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (text_view), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text_view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("The SQL that will be run"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled_window), text_view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled_window), 120);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled_window), 300);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled_window), TRUE);
  gtk_widget_add_css_class (scrolled_window, "sql");

  return scrolled_window;
}

/**
 * backstay_apply_question_new:
 * @parent: the window
 * @server: what to call the server
 * @sql: what will be run
 *
 * Asks whether a database is to be changed, with what would be run in sight. The response is "apply", or
 * "cancel" for anything else.
 *
 * Returns: (transfer none): the dialog, which GTK owns
 */
GtkWidget *
backstay_apply_question_new (GtkWindow  *parent,
                             const char *server,
                             const char *sql)
{
  GtkWidget       *dialog = adw_message_dialog_new (parent, _ ("Change the Database?"), NULL);
  g_autofree char *body = NULL;

  /* Translators: %s is a server's name. */
  body = g_strdup_printf (_ ("It runs as your login, in one transaction: either all of it is done or nothing. The server "
                             "is: %s."),
                          server);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), new_sql_view (sql));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _ ("_Cancel"),
                                    "apply", _ ("_Apply"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "apply", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");

  return dialog;
}

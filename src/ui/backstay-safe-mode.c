/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-safe-mode"

#include "config.h"

#include "backstay-safe-mode.h"

#include "backstay-display-text.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Where the user wants to be asked before every write, an action that writes is held back until the user
 * said yes, and then done again. */

static GQuark
confirmed_quark (void)
{
  return g_quark_from_static_string ("backstay-safe-mode-confirmed");
}

typedef struct
{
  GWeakRef widget;
  char    *action_name;
} Held;

static void
held_free (gpointer  data,
           GClosure *closure)
{
  Held *held = data;

  g_weak_ref_clear (&held->widget);
  g_free (held->action_name);
  g_free (held);
}

static void
response_cb (Held       *held,
             const char *response)
{
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&held->widget);

  if (widget == NULL || !g_str_equal (response, "change"))
    return;

  g_object_set_qdata_full (G_OBJECT (widget), confirmed_quark (), g_strdup (held->action_name), g_free);
  gtk_widget_activate_action (widget, held->action_name, NULL);

  /* It may not be possible any more. */
  g_object_set_qdata (G_OBJECT (widget), confirmed_quark (), NULL);
}

static void
ask (GtkWidget  *widget,
     const char *action_name,
     const char *server,
     const char *text)
{
  Held            *held = g_new0 (Held, 1);
  g_autofree char *shown = backstay_display_text (server);
  /* Translators: %s is a server's name. */
  g_autofree char *heading = g_strdup_printf (_ ("Change Something on “%s”?"), shown);
  GtkWidget       *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), heading, NULL);

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), text);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _ ("_Cancel"),
                                    "change", _ ("C_hange It"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "change", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");

  g_weak_ref_init (&held->widget, widget);
  held->action_name = g_strdup (action_name);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), held, held_free, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * backstay_safe_mode_holds:
 * @widget: what has the action
 * @action_name: the action, which has no parameter
 * @repository: what it writes to
 * @text: what it does, in a sentence
 *
 * For the beginning of an action that writes and has no dialog of its own. Where the user wants to be
 * asked before every write, the action is held back, and activated again once the user said yes.
 *
 * Returns: whether the action has to return without doing anything
 */
gboolean
backstay_safe_mode_holds (GtkWidget          *widget,
                          const char         *action_name,
                          BackstayRepository *repository,
                          const char         *text)
{
  BackstayDbConfig *config;
  g_autofree char  *confirmed = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), TRUE);
  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (repository), TRUE);

  config = backstay_db_connection_get_config (backstay_repository_get_connection (repository));
  confirmed = g_object_steal_qdata (G_OBJECT (widget), confirmed_quark ());

  if (backstay_db_config_get_safe_mode (config) != BACKSTAY_DB_SAFE_MODE_ASK ||
      g_strcmp0 (confirmed, action_name) == 0)
    return FALSE;

  ask (widget, action_name, backstay_db_config_get_label (config), text);

  return TRUE;
}

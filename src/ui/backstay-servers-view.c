/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-servers-view"

#include "config.h"

#include "backstay-servers-view.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-notice.h"
#include "backstay-server-dialog.h"
#include "backstay-server-row.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayServersView:
 *
 * The servers that the user saved: to connect to one, and to add, edit, duplicate, move and remove them, by
 * the pointer or by keys.
 */
struct _BackstayServersView
{
  GtkWidget parent_instance;

  BackstayServerList *servers;
  BackstaySecrets    *secrets;
  char               *focus_id; /* Which one has the focus again once it was moved. */

  /* Template children */
  BackstayNotice *notice;
  BackstayNotice *password_notice;
  GtkListBox     *list_box;
  GtkLabel       *placeholder;
};

enum
{
  SIGNAL_SERVER_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayServersView, backstay_servers_view, GTK_TYPE_WIDGET)

static void
reload (BackstayServersView *self)
{
  backstay_server_list_reload (self->servers);
}

static void
restore_focus (BackstayServersView *self)
{
  guint position;

  if (self->focus_id != NULL && backstay_server_list_find (self->servers, self->focus_id, &position) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list_box, (int) position)));

  g_clear_pointer (&self->focus_id, g_free);
}

static void
loading_cb (BackstayServersView *self)
{
  const GError *error = backstay_server_list_get_error (self->servers);

  if (error != NULL)
    backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, _ ("Try Again"));
  else
    backstay_notice_hide (self->notice);

  gtk_label_set_label (self->placeholder,
                       backstay_server_list_get_loaded (self->servers)
                         ? _ ("None is saved yet. Add one, or connect once below.")
                         : _ ("Reading the saved servers…"));

  if (!backstay_server_list_get_loading (self->servers))
    restore_focus (self);
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  return GTK_WIDGET (backstay_server_row_new (item));
}

static void
row_activated_cb (BackstayServersView *self,
                  GtkListBoxRow       *row)
{
  g_signal_emit (self, signals[SIGNAL_SERVER_ACTIVATED], 0,
                 backstay_server_row_get_server (BACKSTAY_SERVER_ROW (row)));
}

/* Adding and editing */

typedef struct
{
  GWeakRef        view;
  BackstayServer *server;
} Storing;

static void
storing_free (Storing *storing)
{
  g_weak_ref_clear (&storing->view);
  g_object_unref (storing->server);
  g_free (storing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Storing, storing_free)

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Storing) storing = user_data;
  g_autoptr (BackstayServersView) self = g_weak_ref_get (&storing->view);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (backstay_secrets_store_finish (BACKSTAY_SECRETS (object), result, &error) || self == NULL)
    return;

  name = backstay_display_text (backstay_server_get_text (storing->server, BACKSTAY_SERVER_NAME));
  /* Translators: %s is a server's name. */
  text = g_strdup_printf (_ ("There is no keyring for the password of “%s”, or it stays locked. The password is kept "
                             "until Backstay is closed."),
                          name);
  backstay_notice_show (self->password_notice, BACKSTAY_NOTICE_WARNING, text, NULL);
}

static void
store_password (BackstayServersView *self,
                BackstayServer      *server,
                const char          *password)
{
  Storing *storing = g_new0 (Storing, 1);

  g_weak_ref_init (&storing->view, self);
  storing->server = g_object_ref (server);
  backstay_secrets_store_async (self->secrets, server, password, NULL, stored_cb, storing);
}

static void
saved_cb (BackstayServersView *self,
          BackstayServer      *server,
          const char          *password)
{
  backstay_notice_hide (self->password_notice);

  if (backstay_server_get_password (server) != BACKSTAY_SERVER_PASSWORD_KEYRING)
    backstay_secrets_store_async (self->secrets, server, NULL, NULL, NULL, NULL);
  else if (password[0] != '\0')
    store_password (self, server, password);

  g_free (self->focus_id);
  self->focus_id = g_strdup (backstay_server_get_id (server));
  backstay_server_list_put (self->servers, server);
}

static void
open_dialog (BackstayServersView *self,
             BackstayServer      *server,
             gboolean             is_new)
{
  GtkWindow            *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  BackstayServerDialog *dialog = backstay_server_dialog_new (window, server, is_new, self->servers, self->secrets);

  g_signal_connect_object (dialog, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static BackstayServer *
find_server (BackstayServersView *self,
             GVariant            *parameter,
             guint               *position)
{
  return backstay_server_list_find (self->servers, g_variant_get_string (parameter, NULL), position);
}

static void
add_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  g_autoptr (BackstayServer) server = backstay_server_new (NULL);

  open_dialog (BACKSTAY_SERVERS_VIEW (widget), server, TRUE);
}

static void
edit_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BackstayServersView *self = BACKSTAY_SERVERS_VIEW (widget);
  BackstayServer      *server = find_server (self, parameter, NULL);

  if (server != NULL)
    open_dialog (self, server, FALSE);
}

static char *
dup_free_name (BackstayServersView *self,
               const char          *name)
{
  for (guint i = 2;; i++)
    {
      /* Translators: the name of a copy: a server's name, and a number. */
      g_autofree char *candidate = g_strdup_printf (_ ("%s (%u)"), name, i);

      if (!backstay_server_list_has_name (self->servers, candidate, NULL))
        return g_steal_pointer (&candidate);
    }
}

static void
duplicate_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  BackstayServersView *self = BACKSTAY_SERVERS_VIEW (widget);
  BackstayServer      *server = find_server (self, parameter, NULL);
  g_autoptr (BackstayServer) copy = NULL;
  g_autofree char *name = NULL;

  if (server == NULL)
    return;

  copy = backstay_server_copy (server, NULL);
  name = dup_free_name (self, backstay_server_get_text (server, BACKSTAY_SERVER_NAME));
  backstay_server_set_text (copy, BACKSTAY_SERVER_NAME, name);
  open_dialog (self, copy, TRUE);
}

/* Moving and removing */

static void
move_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BackstayServersView *self = BACKSTAY_SERVERS_VIEW (widget);
  gboolean             is_up = g_str_equal (action_name, "servers.move-up");
  guint                position;
  BackstayServer      *server = find_server (self, parameter, &position);

  if (server == NULL || (is_up && position == 0))
    return;

  g_free (self->focus_id);
  self->focus_id = g_strdup (backstay_server_get_id (server));
  backstay_server_list_move (self->servers, server,
                             is_up ? position - 1
                                   : MIN (position + 1, g_list_model_get_n_items (G_LIST_MODEL (self->servers)) - 1));
}

static void
remove_response_cb (GtkWidget  *dialog,
                    const char *response,
                    GWeakRef   *weak_self)
{
  g_autoptr (BackstayServersView) self = g_weak_ref_get (weak_self);
  BackstayServer *server = g_object_get_data (G_OBJECT (dialog), "server");

  if (self == NULL || !g_str_equal (response, "remove"))
    return;

  backstay_server_list_remove (self->servers, server);
  backstay_secrets_store_async (self->secrets, server, NULL, NULL, NULL, NULL);
}

static void
free_weak_ref (gpointer  weak_ref,
               GClosure *closure)
{
  g_weak_ref_clear (weak_ref);
  g_free (weak_ref);
}

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BackstayServersView *self = BACKSTAY_SERVERS_VIEW (widget);
  BackstayServer      *server = find_server (self, parameter, NULL);
  GWeakRef            *weak_self;
  GtkWidget           *dialog;
  g_autofree char     *name = NULL;
  g_autofree char     *heading = NULL;

  if (server == NULL)
    return;

  name = backstay_display_text (backstay_server_get_text (server, BACKSTAY_SERVER_NAME));
  /* Translators: %s is a server's name. */
  heading = g_strdup_printf (_ ("Remove “%s”?"), name);
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), heading, NULL);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                               _ ("Backstay forgets where this server is, and its password. Nothing changes on "
                                  "the server itself."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _ ("_Cancel"),
                                    "remove", _ ("_Remove"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");

  weak_self = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak_self, self);
  g_object_set_data_full (G_OBJECT (dialog), "server", g_object_ref (server), g_object_unref);
  g_signal_connect_data (dialog, "response", G_CALLBACK (remove_response_cb), weak_self, free_weak_ref, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
backstay_servers_view_dispose (GObject *object)
{
  BackstayServersView *self = BACKSTAY_SERVERS_VIEW (object);

  if (self->list_box != NULL)
    gtk_list_box_bind_model (self->list_box, NULL, NULL, NULL, NULL);
  g_clear_object (&self->servers);
  g_clear_object (&self->secrets);
  g_clear_pointer (&self->focus_id, g_free);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_SERVERS_VIEW);

  G_OBJECT_CLASS (backstay_servers_view_parent_class)->dispose (object);
}

static void
backstay_servers_view_class_init (BackstayServersViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = backstay_servers_view_dispose;

  /**
   * BackstayServersView::server-activated:
   * @server: a server
   *
   * Emitted when the user wants to connect to one.
   */
  signals[SIGNAL_SERVER_ACTIVATED] =
    g_signal_new ("server-activated",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, BACKSTAY_TYPE_SERVER);

  g_type_ensure (BACKSTAY_TYPE_NOTICE);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-servers-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayServersView, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayServersView, password_notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayServersView, list_box);
  gtk_widget_class_bind_template_child (widget_class, BackstayServersView, placeholder);
  gtk_widget_class_bind_template_callback (widget_class, reload);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);

  gtk_widget_class_install_action (widget_class, "servers.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "servers.edit", "s", edit_action);
  gtk_widget_class_install_action (widget_class, "servers.duplicate", "s", duplicate_action);
  gtk_widget_class_install_action (widget_class, "servers.move-up", "s", move_action);
  gtk_widget_class_install_action (widget_class, "servers.move-down", "s", move_action);
  gtk_widget_class_install_action (widget_class, "servers.remove", "s", remove_action);
}

static void
backstay_servers_view_init (BackstayServersView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * backstay_servers_view_set_model:
 * @servers: the servers
 * @secrets: where their passwords are
 *
 * Shows the servers. It can be told once.
 */
void
backstay_servers_view_set_model (BackstayServersView *self,
                                 BackstayServerList  *servers,
                                 BackstaySecrets     *secrets)
{
  g_return_if_fail (BACKSTAY_IS_SERVERS_VIEW (self));
  g_return_if_fail (BACKSTAY_IS_SERVER_LIST (servers));
  g_return_if_fail (BACKSTAY_IS_SECRETS (secrets));
  g_return_if_fail (self->servers == NULL);

  self->servers = g_object_ref (servers);
  self->secrets = g_object_ref (secrets);
  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (servers), create_row, self, NULL);
  g_signal_connect_object (servers, "notify::loading", G_CALLBACK (loading_cb), self, G_CONNECT_SWAPPED);
  loading_cb (self);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-window-server"

#include "config.h"

#include "backstay-window-private.h"

#include "backstay-access-dialog.h"
#include "backstay-keyring.h"
#include "backstay-notes-dialog.h"
#include "backstay-password-dialog.h"
#include "backstay-server-look.h"
#include "backstay-settings.h"

#include <glib/gi18n-lib.h>

/* The way to a server, the password for it, and what is in sight for as long as one is there. */

BackstaySecrets *
backstay_window_get_secrets (BackstayWindow *self)
{
  if (self->secrets == NULL)
    self->secrets = BACKSTAY_SECRETS (backstay_keyring_new ());

  return self->secrets;
}

/* What the settings call it. A name can be changed. */
const char *
backstay_window_get_server_key (BackstayWindow *self)
{
  if (self->is_sample)
    return backstay_window_get_server_label (self);

  return backstay_db_config_get_key (backstay_db_connection_get_config (self->connection));
}

void
backstay_window_update_server_bar (BackstayWindow *self)
{
  BackstayAccess *access = self->repository != NULL ? backstay_repository_get_access (self->repository) : NULL;

  backstay_server_bar_show (self->server_bar,
                            self->connection != NULL ? backstay_window_get_server_label (self) : NULL,
                            self->server,
                            access);
}

static BackstayDbLineage *
get_lineage (BackstayWindow *self)
{
  return backstay_db_config_get_lineage (backstay_db_connection_get_config (self->connection));
}

/* Whether it may lack what the user saw. */
void
backstay_window_update_server_notice (BackstayWindow *self)
{
  g_autofree char *warning = self->connection != NULL ? backstay_server_look_dup_warning (get_lineage (self)) : NULL;

  if (warning != NULL)
    backstay_notice_show (self->server_notice, BACKSTAY_NOTICE_ERROR, warning, _ ("Go On Here"));
  else
    backstay_notice_hide (self->server_notice);
}

/* The user goes on with what is there, and looks at it anew. */
void
backstay_window_accept_server (BackstayWindow *self)
{
  if (self->connection == NULL)
    return;

  backstay_db_lineage_accept (get_lineage (self));
  backstay_window_find_access (self);
}

void
backstay_window_reconnect (BackstayWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.reload", NULL);
}

/* The sidebar says it, and where that is out of sight the window. */
void
backstay_window_update_lost (BackstayWindow *self)
{
  gboolean lost = self->connection != NULL &&
                  backstay_db_connection_get_state (self->connection) == BACKSTAY_DB_STATE_LOST;

  /* The panes move before all of them are there, and when they go. */
  if (self->sidebar == NULL || self->lost_notice == NULL)
    return;

  backstay_sidebar_set_lost (self->sidebar, lost);

  if (lost && backstay_window_has_content (self) && adw_leaflet_get_folded (self->outer_leaflet) &&
      adw_leaflet_get_visible_child (self->outer_leaflet) != GTK_WIDGET (self->sidebar))
    backstay_notice_show (self->lost_notice, BACKSTAY_NOTICE_ERROR,
                          _ ("The connection was lost. What you see may be out of date."), _ ("Reconnect"));
  else
    backstay_notice_hide (self->lost_notice);
}

static gboolean
is_of_window (GtkWindow *dialog,
              GtkWindow *window)
{
  while (dialog != NULL && dialog != window)
    dialog = gtk_window_get_transient_for (dialog);

  return dialog != NULL;
}

/* Whatever is asked, or written into a dialog, is about the server that one leaves. */
void
backstay_window_close_questions (BackstayWindow *self)
{
  g_autoptr (GPtrArray) dialogs = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (is_of_window (window, GTK_WINDOW (self)))
        g_ptr_array_add (dialogs, g_steal_pointer (&window));
    }

  for (guint i = 0; i < dialogs->len; i++)
    {
      gpointer dialog = g_ptr_array_index (dialogs, i);

      if (BACKSTAY_IS_NOTES_DIALOG (dialog))
        backstay_notes_dialog_end_session (dialog);
      else if (ADW_IS_MESSAGE_DIALOG (dialog))
        gtk_window_destroy (dialog);
    }
}

static void
open_session (BackstayWindow   *self,
              BackstayDbConfig *config,
              BackstayServer   *server,
              BackstayIdentity *identity,
              gboolean          is_sample)
{
  g_autofree char *text = NULL;
  g_autofree char *remembered_id = NULL;
  g_autoptr (BackstayIdentity) remembered = NULL;

  backstay_window_clear_session (self);
  self->is_sample = is_sample;
  g_set_object (&self->server, server);
  self->connection = backstay_db_connection_new (config);
  g_signal_connect_object (get_lineage (self), "doubt-changed", G_CALLBACK (backstay_window_update_server_notice), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->connection, "notify::state", G_CALLBACK (backstay_window_update_lost), self,
                           G_CONNECT_SWAPPED);

  if (server != NULL)
    backstay_settings_adopt_server (backstay_window_get_server_label (self), backstay_window_get_server_key (self));

  if (identity == NULL &&
      (remembered_id = backstay_settings_dup_identity (backstay_window_get_server_key (self))) != NULL)
    identity = remembered = backstay_identity_new (remembered_id, NULL);

  self->repository = backstay_repository_new (self->connection, identity);
  backstay_window_update_server_bar (self);

  text = g_strdup_printf (_ ("Connecting to %s…"), backstay_window_get_server_label (self));
  backstay_window_show_progress (self, text);
  backstay_window_find_access (self);
}

/* Connects to a server that the user saved, or if @server is %NULL to any other. */
void
backstay_window_open_with_server (BackstayWindow   *self,
                                  BackstayDbConfig *config,
                                  BackstayServer   *server)
{
  open_session (self, config, server, NULL, FALSE);
}

/**
 * backstay_window_open:
 * @config: where to connect to
 * @identity: (nullable): who to be; %NULL for who one was there the last time
 * @is_sample: whether these are the sample data
 *
 * Connects to a server and shows what is there.
 */
void
backstay_window_open (BackstayWindow   *self,
                      BackstayDbConfig *config,
                      BackstayIdentity *identity,
                      gboolean          is_sample)
{
  g_return_if_fail (BACKSTAY_IS_WINDOW (self));
  g_return_if_fail (BACKSTAY_IS_DB_CONFIG (config));

  open_session (self, config, NULL, identity, is_sample);
}

/* What writes to the server in a window of its own is marked as the server is. */
void
backstay_window_mark (BackstayWindow *self,
                      AdwWindow      *other)
{
  GtkWidget *content = adw_window_get_content (other);
  GtkWidget *bar = g_object_new (BACKSTAY_TYPE_SERVER_BAR, NULL);

  backstay_server_bar_show (BACKSTAY_SERVER_BAR (bar),
                            backstay_window_get_server_label (self),
                            self->server,
                            backstay_repository_get_access (self->repository));
  gtk_box_prepend (GTK_BOX (content), bar);
}

static void
open_with_password (BackstayWindow *self,
                    BackstayServer *server,
                    const char     *password)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayDbConfig) config = backstay_server_create_config (server, &error);
  g_autoptr (BackstayDbConfig) with_password = NULL;

  if (config == NULL)
    {
      backstay_window_show_failure (self, _ ("No Connection"), error->message);
      return;
    }

  if (password != NULL && password[0] != '\0')
    with_password = backstay_db_config_new_with_password (config, password);

  backstay_window_open_with_server (self, with_password != NULL ? with_password : config, server);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  BackstayWindow *self = user_data; /* Dangling if cancelled. */
  g_autoptr (BackstayServer) server = NULL;
  g_autoptr (GError) error = NULL;
  char *password = backstay_secrets_look_up_finish (BACKSTAY_SECRETS (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* A keyring that is locked or is not there locks nobody out: the server says whether it wants a
   * password. */
  g_clear_object (&self->cancellable);
  server = g_object_ref (self->server);
  open_with_password (self, server, password);
  backstay_secrets_free_password (password);
}

/**
 * backstay_window_open_server:
 * @server: a server that the user saved
 *
 * Connects to a server, with its password if one is kept.
 */
void
backstay_window_open_server (BackstayWindow *self,
                             BackstayServer *server)
{
  g_autoptr (BackstayServer) taken = NULL;

  g_return_if_fail (BACKSTAY_IS_WINDOW (self));
  g_return_if_fail (BACKSTAY_IS_SERVER (server));

  taken = g_object_ref (server);

  if (backstay_server_get_password (server) != BACKSTAY_SERVER_PASSWORD_KEYRING)
    {
      open_with_password (self, taken, NULL);
      return;
    }

  backstay_window_show_connect (self);
  g_set_object (&self->server, taken);
  self->cancellable = g_cancellable_new ();
  backstay_window_show_progress (self, _ ("Looking for the password…"));
  backstay_secrets_look_up_async (backstay_window_get_secrets (self), taken, self->cancellable, looked_up_cb, self);
}

/* Passwords */

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GWeakRef *weak_self = user_data;
  g_autoptr (BackstayWindow) self = g_weak_ref_get (weak_self);
  g_autoptr (GError) error = NULL;

  g_weak_ref_clear (weak_self);
  g_free (weak_self);

  if (backstay_secrets_store_finish (BACKSTAY_SECRETS (object), result, &error) || self == NULL)
    return;

  adw_toast_overlay_add_toast (self->toast_overlay,
                               adw_toast_new (_ ("There is no keyring to keep the password in. It is kept until "
                                                 "Backstay is closed.")));
}

/* Once the server took it. */
void
backstay_window_keep_password (BackstayWindow *self)
{
  BackstayDbConfig *config = backstay_db_connection_get_config (self->connection);
  const char       *password = backstay_db_config_get_parameter (config, "password");
  GWeakRef         *weak_self;

  if (!self->keeps_password || self->server == NULL || password == NULL)
    return;

  self->keeps_password = FALSE;
  weak_self = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak_self, self);
  backstay_secrets_store_async (backstay_window_get_secrets (self), self->server, password, NULL, kept_cb, weak_self);
}

static void
password_given_cb (BackstayWindow *self,
                   const char     *password,
                   gboolean        keep)
{
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autoptr (BackstayServer) server = NULL;

  if (self->connection == NULL)
    return;

  config = backstay_db_config_new_with_password (backstay_db_connection_get_config (self->connection), password);
  g_set_object (&server, self->server);
  backstay_window_open_with_server (self, config, server);
  self->keeps_password = keep;
}

/* Whether the server wants another one. */
void
backstay_window_ask_for_password (BackstayWindow *self,
                                  const GError   *error)
{
  BackstayPasswordDialog *dialog;

  if (!backstay_db_error_get_wants_password (error))
    return;

  dialog = backstay_password_dialog_new (GTK_WINDOW (self), error->message,
                                         self->server != NULL &&
                                           backstay_server_get_password (self->server) == BACKSTAY_SERVER_PASSWORD_KEYRING);
  g_signal_connect_object (dialog, "password-given", G_CALLBACK (password_given_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Access */

void
backstay_window_show_access_action (GtkWidget  *widget,
                                    const char *action_name,
                                    GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);
  BackstayAccess *access = backstay_repository_get_access (self->repository);

  gtk_window_present (GTK_WINDOW (backstay_access_dialog_new (GTK_WINDOW (self), access,
                                                              backstay_window_get_server_label (self))));
}

/**
 * backstay_window_set_secrets:
 * @secrets: where passwords are kept
 *
 * Sets where the passwords of servers are looked for and kept. It can be told before anything is shown;
 * otherwise that is the desktop's Secret Service, for this window alone.
 */
void
backstay_window_set_secrets (BackstayWindow  *self,
                             BackstaySecrets *secrets)
{
  g_return_if_fail (BACKSTAY_IS_WINDOW (self));
  g_return_if_fail (BACKSTAY_IS_SECRETS (secrets));
  g_return_if_fail (self->secrets == NULL);

  self->secrets = g_object_ref (secrets);
}

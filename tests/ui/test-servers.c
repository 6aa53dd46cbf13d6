/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-servers"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-editor-window.h"
#include "backstay-history-filter.h"
#include "backstay-identity-dialog.h"
#include "backstay-notes-dialog.h"
#include "backstay-notice.h"
#include "backstay-password-dialog.h"
#include "backstay-path-sets.h"
#include "backstay-rollback-dialog.h"
#include "backstay-secrets.h"
#include "backstay-server-bar.h"
#include "backstay-server-dialog.h"
#include "backstay-server-file.h"
#include "backstay-server-row.h"
#include "backstay-settings.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

/* Planted, and looked for wherever it must not be. */
#define PASSWORD "correct-horse-7hunter2"

static char    *folder; /* The user's configuration. */
static GString *log_text;

/* A keyring of the tests' own */

#define TYPE_FAKE_KEYRING (fake_keyring_get_type ())

G_DECLARE_FINAL_TYPE (FakeKeyring, fake_keyring, FAKE, KEYRING, GObject)

struct _FakeKeyring
{
  GObject parent_instance;

  char    *password;
  gboolean is_broken;
  guint    n_lookups;
};

static void
fake_keyring_look_up_async (BackstaySecrets    *secrets,
                            BackstayServer     *server,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  FakeKeyring *self = FAKE_KEYRING (secrets);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  self->n_lookups++;
  if (self->is_broken)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "The keyring is locked");
  else
    g_task_return_pointer (task, g_strdup (self->password), g_free);
}

static char *
fake_keyring_look_up_finish (BackstaySecrets *secrets,
                             GAsyncResult    *result,
                             GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_keyring_store_async (BackstaySecrets    *secrets,
                          BackstayServer     *server,
                          const char         *password,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  FakeKeyring *self = FAKE_KEYRING (secrets);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (self->is_broken)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "The keyring is locked");
      return;
    }

  g_free (self->password);
  self->password = g_strdup (password);
  g_task_return_boolean (task, TRUE);
}

static gboolean
fake_keyring_store_finish (BackstaySecrets *secrets,
                           GAsyncResult    *result,
                           GError         **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
secrets_iface_init (BackstaySecretsInterface *iface)
{
  iface->look_up_async = fake_keyring_look_up_async;
  iface->look_up_finish = fake_keyring_look_up_finish;
  iface->store_async = fake_keyring_store_async;
  iface->store_finish = fake_keyring_store_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeKeyring, fake_keyring, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BACKSTAY_TYPE_SECRETS, secrets_iface_init))

static void
fake_keyring_finalize (GObject *object)
{
  g_free (FAKE_KEYRING (object)->password);
  G_OBJECT_CLASS (fake_keyring_parent_class)->finalize (object);
}

static void
fake_keyring_class_init (FakeKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_keyring_finalize;
}

static void
fake_keyring_init (FakeKeyring *self)
{
}

/* What a user does */

/* With the desktop's own keyring where none is given. */
static BackstayWindow *
open_start (FakeKeyring *keyring)
{
  BackstayWindow *window = ui_new_window ();

  if (keyring != NULL)
    backstay_window_set_secrets (window, BACKSTAY_SECRETS (keyring));
  backstay_window_show_connect (window);
  ui_wait_until (gtk_widget_get_mapped (ui_find (window, "servers_view")) &&
                 !ui_shows (ui_find (window, "servers_view"), "Reading the saved servers…"));
  ui_wait_frames (window, 1);

  return window;
}

static void
forget_servers (void)
{
  g_autofree char *path = backstay_server_file_dup_path ();

  g_unlink (path);
}

/* A server with the tests' own one behind it. */
static BackstayServer *
create_server (const char *name,
               const char *user)
{
  BackstayServer *server = backstay_server_new (NULL);

  backstay_server_set_text (server, BACKSTAY_SERVER_NAME, name);
  backstay_server_set_text (server, BACKSTAY_SERVER_HOST, support_server_get_directory ());
  backstay_server_set_text (server, BACKSTAY_SERVER_DATABASE, "backstay");
  backstay_server_set_text (server, BACKSTAY_SERVER_USER, user);

  return server;
}

static void
save_server (BackstayServer *server)
{
  g_autofree char *path = backstay_server_file_dup_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) servers = NULL;

  servers = backstay_server_file_change (path, BACKSTAY_SERVER_CHANGE_PUT, server, NULL, &error);
  g_assert_no_error (error);
}

static GtkWidget *
get_row (BackstayWindow *window,
         int             position)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (ui_find (ui_find (window, "servers_view"), "list_box"), position));
}

static const char *
get_name (BackstayWindow *window,
          int             position)
{
  GtkWidget *row = get_row (window, position);

  return row != NULL ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)) : NULL;
}

static void
wait_for_names (BackstayWindow *window,
                const char     *first,
                const char     *second)
{
  ui_wait_until (g_strcmp0 (get_name (window, 0), first) == 0 && g_strcmp0 (get_name (window, 1), second) == 0);
  ui_wait_frames (window, 1);
}

static void
connect_to_first (BackstayWindow *window)
{
  g_signal_emit_by_name (gtk_widget_get_parent (get_row (window, 0)), "row-activated", get_row (window, 0));
}

static void
wait_for_page (BackstayWindow *window,
               const char     *page)
{
  ui_wait_until (g_strcmp0 (ui_get_page (ui_find (window, "start_view"), "stack"), page) == 0);
  ui_wait_frames (window, 1);
}

static void
choose_alice (void)
{
  gpointer dialog = ui_wait_for_window (BACKSTAY_TYPE_IDENTITY_DIALOG);

  ui_wait_until (ui_shows (dialog, "alice"));
  ui_type (ui_find (dialog, "search_entry"), "alice");
  ui_wait_until (!ui_shows (dialog, "bob"));
  gtk_widget_grab_focus (ui_find (dialog, "search_entry"));
  g_assert_true (ui_press (dialog, GDK_KEY_Return, 0));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_IDENTITY_DIALOG) == NULL);
}

/* A response alone leaves the dialog open, other than its button. */
static void
respond (const char *response)
{
  gpointer dialog = ui_wait_for_window (ADW_TYPE_MESSAGE_DIALOG);

  adw_message_dialog_response (dialog, response);
  ui_close_window (dialog);
}

static const char *
get_bar (BackstayWindow *window)
{
  return backstay_server_bar_get_text (ui_find (window, "server_bar"));
}

/* Adding, testing, connecting, removing: all by the widgets. */
static void
test_whole_way (void)
{
  g_autoptr (FakeKeyring) keyring = g_object_new (TYPE_FAKE_KEYRING, NULL);
  BackstayWindow  *window;
  gpointer         dialog;
  g_autofree char *escaped = g_uri_escape_string (support_server_get_directory (), NULL, FALSE);
  g_autofree char *uri = g_strdup_printf ("postgresql://backstay@%s/backstay?sslmode=prefer", escaped);

  forget_servers ();
  window = open_start (keyring);
  g_assert_true (ui_shows (window, "None is saved yet. Add one, or connect once below."));

  ui_click (ui_find (ui_find (window, "servers_view"), "add_button"));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_SERVER_DIALOG);
  g_assert_false (gtk_widget_is_sensitive (ui_find_button (dialog, "_Save")));

  /* What is wrong is said, and what is right fills the form. */
  ui_type (ui_find (dialog, "uri_row"), "postgresql://me:" PASSWORD "@host:port/db");
  g_signal_emit_by_name (ui_find (dialog, "uri_row"), "apply");
  g_assert_nonnull (backstay_notice_get_text (ui_find (dialog, "notice")));
  g_assert_null (strstr (backstay_notice_get_text (ui_find (dialog, "notice")), PASSWORD));
  ui_type (ui_find (dialog, "uri_row"), uri);
  g_signal_emit_by_name (ui_find (dialog, "uri_row"), "apply");
  g_assert_null (backstay_notice_get_text (ui_find (dialog, "notice")));
  g_assert_cmpstr (gtk_editable_get_text (ui_find (dialog, "user_row")), ==, "backstay");
  g_assert_cmpstr (gtk_editable_get_text (ui_find (dialog, "host_row")), ==, support_server_get_directory ());
  g_assert_cmpstr (gtk_editable_get_text (ui_find (dialog, "uri_row")), ==, "");
  g_assert_cmpuint (adw_combo_row_get_selected (ui_find (dialog, "tls_row")), ==, 3);

  ui_type (ui_find (dialog, "port_row"), "none");
  g_assert_cmpstr (backstay_notice_get_text (ui_find (dialog, "notice")), ==, "A port is a number from 1 to 65535.");
  g_assert_true (gtk_widget_has_css_class (ui_find (dialog, "port_row"), "error"));
  g_assert_false (gtk_widget_is_sensitive (ui_find_button (dialog, "_Save")));
  ui_type (ui_find (dialog, "port_row"), "");
  g_assert_null (backstay_notice_get_text (ui_find (dialog, "notice")));

  ui_type (ui_find (dialog, "name_row"), "prod");
  adw_combo_row_set_selected (ui_find (dialog, "color_row"), 1);

  ui_click (ui_find (dialog, "test_button"));
  ui_wait_until (backstay_notice_get_text (ui_find (dialog, "result_notice")) != NULL);
  g_assert_nonnull (strstr (backstay_notice_get_text (ui_find (dialog, "result_notice")), "lets backstay in"));
  g_assert_nonnull (strstr (backstay_notice_get_text (ui_find (dialog, "result_notice")), "The table is there."));

  ui_click (ui_find_button (dialog, "_Save"));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_SERVER_DIALOG) == NULL);
  wait_for_names (window, "prod", NULL);
  g_assert_true (ui_shows (get_row (window, 0), "Production"));

  connect_to_first (window);
  choose_alice ();
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "alice · Admin"));
  g_assert_cmpstr (get_bar (window), ==, "Production · prod");
  g_assert_true (gtk_widget_get_mapped (ui_find (window, "server_bar")));

  /* Who one is there is remembered, also under another name. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.disconnect", NULL));
  wait_for_page (window, "connect");
  g_assert_cmpstr (get_bar (window), ==, "");
  g_assert_false (gtk_widget_get_mapped (ui_find (window, "server_bar")));
  gtk_widget_grab_focus (get_row (window, 0));
  g_assert_true (ui_press (window, GDK_KEY_F2, 0));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_SERVER_DIALOG);
  ui_type (ui_find (dialog, "name_row"), "PROD");
  g_assert_true (ui_press (dialog, GDK_KEY_s, GDK_CONTROL_MASK));
  wait_for_names (window, "PROD", NULL);
  connect_to_first (window);
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "alice · Admin"));
  g_assert_null (ui_find_window (BACKSTAY_TYPE_IDENTITY_DIALOG));
  g_assert_cmpstr (get_bar (window), ==, "Production · PROD");

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.disconnect", NULL));
  wait_for_page (window, "connect");
  gtk_widget_grab_focus (get_row (window, 0));
  g_assert_true (ui_press (window, GDK_KEY_Delete, 0));
  respond ("remove");
  wait_for_names (window, NULL, NULL);

  ui_close_window (window);
}

static gboolean
has_filter (BackstayWindow *window)
{
  return ui_shows (ui_find (ui_find (window, "history_view"), "filter_bar"), "Not active");
}

/* What is kept of a server stays with it, whatever it is called; also what was kept by its name once. */
static void
test_renamed (void)
{
  g_autoptr (FakeKeyring) keyring = g_object_new (TYPE_FAKE_KEYRING, NULL);
  g_autoptr (BackstayServer) server = create_server ("old name", "backstay");
  g_autoptr (BackstayServer) renamed = backstay_server_copy (server, backstay_server_get_id (server));
  g_autoptr (BackstayHistoryFilter) all = backstay_history_filter_new ();
  g_autoptr (BackstayHistoryFilter) filter = backstay_history_filter_with_show (all, BACKSTAY_HISTORY_SHOW_INACTIVE);
  g_autoptr (BackstayPathSets) sets = backstay_path_sets_new ("old name");
  g_autoptr (BackstayPathSets) adopted = NULL;
  g_autofree char *text = NULL;
  g_autofree char *left = NULL;
  BackstayWindow  *window;
  guint            n_sets = backstay_path_sets_get_n (sets);

  text = backstay_history_filter_to_string (filter);
  backstay_settings_save_filter ("old name", "sdxl", text);
  backstay_path_sets_save (sets, "Mine", (const char *const[]){ "/a", NULL });

  forget_servers ();
  backstay_server_set_password (server, BACKSTAY_SERVER_PASSWORD_ASK);
  save_server (server);
  window = open_start (keyring);
  wait_for_names (window, "old name", NULL);
  connect_to_first (window);
  choose_alice ();
  ui_wait_until_ready (window);
  ui_select_type (window, "sdxl");
  ui_wait_until_ready (window);
  g_assert_true (has_filter (window));
  left = backstay_settings_dup_filter ("old name", "sdxl");
  g_assert_null (left);
  ui_close_window (window);

  backstay_server_set_text (renamed, BACKSTAY_SERVER_NAME, "new name");
  backstay_server_set_password (renamed, BACKSTAY_SERVER_PASSWORD_ASK);
  save_server (renamed);
  window = open_start (keyring);
  wait_for_names (window, "new name", NULL);
  connect_to_first (window);
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "alice · Admin"));
  ui_select_type (window, "sdxl");
  ui_wait_until_ready (window);
  g_assert_true (has_filter (window));

  adopted = backstay_path_sets_new (backstay_server_get_id (server));
  g_assert_cmpuint (backstay_path_sets_get_n (adopted), ==, n_sets + 1);
  ui_close_window (window);
}

static void
test_order (void)
{
  g_autoptr (FakeKeyring) keyring = g_object_new (TYPE_FAKE_KEYRING, NULL);
  g_autoptr (BackstayServer) a = create_server ("a", "backstay");
  g_autoptr (BackstayServer) b = create_server ("b", "backstay");
  BackstayWindow *window;
  BackstayWindow *other;
  gpointer        dialog;

  forget_servers ();
  save_server (a);
  save_server (b);
  window = open_start (keyring);
  other = open_start (keyring);
  wait_for_names (window, "a", "b");

  gtk_widget_grab_focus (get_row (window, 0));
  g_assert_true (ui_press (window, GDK_KEY_Down, GDK_ALT_MASK));
  wait_for_names (window, "b", "a");
  ui_wait_until (gtk_root_get_focus (GTK_ROOT (window)) == get_row (window, 1));
  g_assert_true (ui_press (window, GDK_KEY_Up, GDK_ALT_MASK));
  wait_for_names (window, "a", "b");

  /* A copy has a name of its own, as two of one name cannot be told apart. */
  ui_wait_until (gtk_root_get_focus (GTK_ROOT (window)) == get_row (window, 0));
  g_assert_true (gtk_widget_activate_action (get_row (window, 0), "server.duplicate", NULL));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_SERVER_DIALOG);
  g_assert_cmpstr (gtk_editable_get_text (ui_find (dialog, "name_row")), ==, "a (2)");
  ui_type (ui_find (dialog, "name_row"), "b");
  g_assert_cmpstr (backstay_notice_get_text (ui_find (dialog, "notice")), ==, "Another server has this name already.");
  ui_type (ui_find (dialog, "name_row"), "c");
  ui_click (ui_find_button (dialog, "_Save"));
  ui_wait_until (g_strcmp0 (get_name (window, 2), "c") == 0);

  /* The other window comes to know. */
  ui_wait_until (g_strcmp0 (get_name (other, 2), "c") == 0);

  ui_close_window (other);
  ui_close_window (window);
}

/* What was typed is not lost by mistake. */
static void
test_discard (void)
{
  g_autoptr (FakeKeyring) keyring = g_object_new (TYPE_FAKE_KEYRING, NULL);
  BackstayWindow *window;
  gpointer        dialog;

  forget_servers ();
  window = open_start (keyring);
  ui_click (ui_find (ui_find (window, "servers_view"), "add_button"));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_SERVER_DIALOG);
  ui_type (ui_find (dialog, "name_row"), "new");
  g_assert_true (ui_press (dialog, GDK_KEY_Escape, 0));
  g_assert_cmpstr (backstay_notice_get_text (ui_find (dialog, "notice")), ==, "What you changed is not saved.");
  g_signal_emit_by_name (ui_find (dialog, "notice"), "button-clicked");
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_SERVER_DIALOG) == NULL);
  g_assert_null (get_row (window, 0));

  ui_close_window (window);
}

/* Safe mode */

static BackstayWindow *
open_safely (FakeKeyring       *keyring,
             BackstayDbSafeMode safe_mode)
{
  g_autoptr (BackstayServer) server = create_server ("careful", "backstay");
  g_autofree char *id = NULL;
  BackstayWindow  *window;

  forget_servers ();
  backstay_server_set_safe_mode (server, safe_mode);
  backstay_server_set_password (server, BACKSTAY_SERVER_PASSWORD_ASK);
  save_server (server);
  window = open_start (keyring);
  wait_for_names (window, "careful", NULL);
  connect_to_first (window);
  choose_alice ();
  ui_wait_until_ready (window);
  ui_select_type (window, "sdxl");
  id = ui_dup_id (UI_GOOD);
  ui_select_version (window, id);

  return window;
}

/* A rollback's dialog asks anyway; what has none is held back until one says yes. */
static void
test_ask (void)
{
  g_autoptr (FakeKeyring) keyring = g_object_new (TYPE_FAKE_KEYRING, NULL);
  BackstayWindow  *window = open_safely (keyring, BACKSTAY_DB_SAFE_MODE_ASK);
  gpointer         dialog = ui_open_rollback (window, UI_GOOD);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_cmpstr (get_bar (window), ==, "careful · Safe mode: asks before every write");
  g_assert_cmpstr (backstay_server_bar_get_text (ui_find_type (dialog, BACKSTAY_TYPE_SERVER_BAR)), ==, get_bar (window));
  ui_roll_back (dialog, "Because");
  ui_wait_until (ui_shows (window, "sdxl was rolled back"));
  ui_wait_until_ready (window);
  g_assert_null (ui_find_window (ADW_TYPE_MESSAGE_DIALOG));
  before = ui_dup_checksum ();

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL));
  dialog = ui_wait_for_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_true (ui_shows (dialog, "Change Something on “careful”?"));
  respond ("cancel");
  after = ui_dup_checksum ();
  g_assert_cmpstr (before, ==, after);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL));
  respond ("change");
  ui_wait_until (ui_shows (window, "The rollback of sdxl was undone"));
  ui_wait_until_ready (window);

  /* Each time anew. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL));
  respond ("cancel");

  ui_close_window (window);
  support_server_restore ();
}

static void
test_ask_for_notes (void)
{
  g_autoptr (FakeKeyring) keyring = g_object_new (TYPE_FAKE_KEYRING, NULL);
  BackstayWindow  *window = open_safely (keyring, BACKSTAY_DB_SAFE_MODE_ASK);
  gpointer         dialog;
  g_autofree char *id = ui_dup_id (UI_GOOD);
  g_autofree char *notes = NULL;

  g_assert_true (gtk_widget_activate_action (ui_find (window, "version_view"), "version.edit-notes", NULL));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_NOTES_DIALOG);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (ui_find (dialog, "notes_view")), "careful notes", -1);
  ui_click (ui_find_button (dialog, "Save"));
  respond ("change");
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_NOTES_DIALOG) == NULL);
  notes = support_sql_query (support_server_get_sql (), "SELECT notes FROM model_config_history WHERE id = '%s'", id);
  g_assert_cmpstr (notes, ==, "careful notes");

  ui_close_window (window);
  support_server_restore ();
}

/* Nothing that writes can be done, and it is said why. */
static void
test_no_writes (void)
{
  static const char *const actions[] = {
    "win.roll-back",
    "win.activate",
    "win.new-version",
    "win.new-version-empty",
    "win.import",
    "win.undo",
  };
  g_autoptr (FakeKeyring) keyring = g_object_new (TYPE_FAKE_KEYRING, NULL);
  BackstayWindow  *window = open_safely (keyring, BACKSTAY_DB_SAFE_MODE_NO_WRITES);
  g_autofree char *before = ui_dup_checksum ();
  g_autofree char *after = NULL;

  g_assert_cmpstr (get_bar (window), ==, "careful · Safe mode: no writes");
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "Safe mode: you chose that nothing is changed on this server."));

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_activate_action (GTK_WIDGET (window), actions[i], NULL);
  gtk_widget_activate_action (ui_find (window, "version_view"), "version.edit-notes", NULL);
  ui_wait_frames (window, 5);
  g_assert_null (ui_find_window (ADW_TYPE_MESSAGE_DIALOG));
  g_assert_null (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG));
  g_assert_null (ui_find_window (BACKSTAY_TYPE_NOTES_DIALOG));
  g_assert_null (ui_find_window (BACKSTAY_TYPE_EDITOR_WINDOW));
  after = ui_dup_checksum ();
  g_assert_cmpstr (before, ==, after);

  ui_close_window (window);
}

/* Passwords */

static void
want_password (void)
{
  static gboolean done;

  if (!done)
    support_server_want_password ("locked", PASSWORD);
  done = TRUE;
}

/* On the way to a server that wants a password. */
static BackstayWindow *
open_locked (FakeKeyring *keyring)
{
  g_autoptr (BackstayServer) server = create_server ("secret place", "locked");
  BackstayWindow *window;

  want_password ();
  forget_servers ();
  save_server (server);
  window = open_start (keyring);
  wait_for_names (window, "secret place", NULL);
  connect_to_first (window);

  return window;
}

static gpointer
wait_for_password_dialog (const char *words)
{
  gpointer dialog = ui_wait_for_window (BACKSTAY_TYPE_PASSWORD_DIALOG);

  g_assert_true (ui_shows (dialog, words));

  return dialog;
}

static void
give_password (gpointer    dialog,
               const char *password,
               gboolean    keep)
{
  ui_type (ui_find (dialog, "password_row"), password);
  gtk_switch_set_active (ui_find (dialog, "keep_switch"), keep);
  ui_click (ui_find_button (dialog, "C_onnect"));
}

static void
test_password (void)
{
  g_autoptr (FakeKeyring) keyring = g_object_new (TYPE_FAKE_KEYRING, NULL);
  BackstayWindow *window;

  window = open_locked (keyring);
  give_password (wait_for_password_dialog ("secret place asks for the password of "), "wrong", TRUE);
  give_password (wait_for_password_dialog ("secret place refused the password of "), PASSWORD, TRUE);
  choose_alice ();
  ui_wait_until_ready (window);
  g_assert_cmpstr (keyring->password, ==, PASSWORD);

  /* Once it is kept nobody is asked. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.disconnect", NULL));
  wait_for_page (window, "connect");
  connect_to_first (window);
  ui_wait_until_ready (window);
  g_assert_null (ui_find_window (BACKSTAY_TYPE_PASSWORD_DIALOG));
  g_assert_cmpuint (keyring->n_lookups, ==, 2);
  ui_close_window (window);
}

/* One can think better of it, and try again. */
static void
test_password_cancelled (void)
{
  g_autoptr (FakeKeyring) keyring = g_object_new (TYPE_FAKE_KEYRING, NULL);
  BackstayWindow *window;
  gpointer        dialog;

  window = open_locked (keyring);
  dialog = wait_for_password_dialog ("asks for the password of ");
  g_assert_true (ui_press (dialog, GDK_KEY_Escape, 0));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_PASSWORD_DIALOG) == NULL);
  wait_for_page (window, "failed");
  ui_click (ui_find_button (window, "Try Again"));
  ui_close_window (wait_for_password_dialog ("asks for the password of "));
  ui_close_window (window);
}

/* A keyring that is locked, or none, locks nobody out, and that is said. */
static void
test_no_keyring (void)
{
  g_autoptr (FakeKeyring) keyring = g_object_new (TYPE_FAKE_KEYRING, NULL);
  BackstayWindow *window;

  keyring->is_broken = TRUE;
  window = open_locked (keyring);
  give_password (wait_for_password_dialog ("asks for the password of "), PASSWORD, TRUE);
  ui_wait_until (ui_shows (window, "There is no keyring to keep the password in. It is kept until Backstay is closed."));
  choose_alice ();
  ui_wait_until_ready (window);
  ui_close_window (window);
}

/* What is typed into the form is kept, but not for long, which is said. */
static void
test_form_without_keyring (void)
{
  g_autoptr (FakeKeyring) keyring = g_object_new (TYPE_FAKE_KEYRING, NULL);
  BackstayWindow *window;
  GtkWidget      *notice;
  gpointer        dialog;

  keyring->is_broken = TRUE;
  forget_servers ();
  window = open_start (keyring);
  notice = ui_find (ui_find (window, "servers_view"), "password_notice");
  ui_click (ui_find (ui_find (window, "servers_view"), "add_button"));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_SERVER_DIALOG);
  ui_type (ui_find (dialog, "name_row"), "for now");
  ui_type (ui_find (dialog, "password_row"), PASSWORD);
  ui_click (ui_find_button (dialog, "_Save"));
  wait_for_names (window, "for now", NULL);
  ui_wait_until (backstay_notice_get_text (BACKSTAY_NOTICE (notice)) != NULL);
  g_assert_nonnull (strstr (backstay_notice_get_text (BACKSTAY_NOTICE (notice)), "until Backstay is closed"));
  g_assert_nonnull (strstr (backstay_notice_get_text (BACKSTAY_NOTICE (notice)), "for now"));

  ui_close_window (window);
}

/* The desktop's own, where there is no session bus: what is kept for this run is found. */
static void
test_this_run (void)
{
  BackstayWindow *window = open_locked (NULL);

  give_password (wait_for_password_dialog ("asks for the password of "), PASSWORD, TRUE);
  choose_alice ();
  ui_wait_until_ready (window);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.disconnect", NULL));
  wait_for_page (window, "connect");
  connect_to_first (window);
  ui_wait_until_ready (window);
  g_assert_null (ui_find_window (BACKSTAY_TYPE_PASSWORD_DIALOG));
  ui_close_window (window);
}

static void
assert_not_below (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  if (directory == NULL)
    {
      g_autofree char *contents = NULL;
      gsize            length;

      if (g_file_get_contents (path, &contents, &length, NULL))
        g_assert_null (g_strstr_len (contents, (gssize) length, PASSWORD));
      return;
    }

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      assert_not_below (child);
    }
}

/* After all of that: not in a file, not in the settings, not in the arguments or the environment, not in
 * the log, and not in a title. */
static void
test_planted_password (void)
{
  g_autofree char *contents = NULL;
  gsize            length;

  assert_not_below (folder);

  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&contents, g_free);
      g_assert_true (g_file_get_contents (i == 0 ? "/proc/self/cmdline" : "/proc/self/environ", &contents, &length, NULL));
      for (gsize start = 0; start < length; start += strlen (contents + start) + 1)
        g_assert_null (strstr (contents + start, PASSWORD));
    }

  g_assert_null (strstr (log_text->str, PASSWORD));
  g_assert_cmpuint (log_text->len, >, 0);
}

/* Weak connections are said for as long as they are used; the rest of that is in test-db-tls. */
static void
test_bar (void)
{
  BackstayServerBar *bar = g_object_ref_sink (g_object_new (BACKSTAY_TYPE_SERVER_BAR, NULL));
  g_autoptr (BackstayServer) server = create_server ("some\xe2\x80\xaeplace", "me");
  g_autoptr (BackstayAccess) access = backstay_access_new ();

  access->login = g_strdup ("me");
  access->security = BACKSTAY_DB_SECURITY_VERIFIED;
  backstay_server_bar_show (bar, "plain", NULL, access);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (bar)));

  access->security = BACKSTAY_DB_SECURITY_NONE;
  backstay_server_bar_show (bar, "plain", NULL, access);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (bar)));
  g_assert_cmpstr (backstay_server_bar_get_text (bar), ==, "plain · not encrypted");

  access->security = BACKSTAY_DB_SECURITY_ENCRYPTED;
  backstay_server_set_color (server, BACKSTAY_SERVER_COLOR_RED);
  backstay_server_set_safe_mode (server, BACKSTAY_DB_SAFE_MODE_NO_WRITES);
  backstay_server_bar_show (bar, backstay_server_get_text (server, BACKSTAY_SERVER_NAME), server, access);
  g_assert_cmpstr (backstay_server_bar_get_text (bar), ==,
                   "Production · some⟨U+202E⟩place · encrypted, server not verified · Safe mode: no writes");

  backstay_server_bar_show (bar, NULL, NULL, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (bar)));
  g_assert_finalize_object (bar);
}

static void
remove_below (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_below (child);
    }

  g_remove (path);
}

static GLogWriterOutput
log_cb (GLogLevelFlags   level,
        const GLogField *fields,
        gsize            n_fields,
        gpointer         user_data)
{
  static GMutex mutex;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  for (gsize i = 0; i < n_fields; i++)
    {
      if (fields[i].length < 0)
        g_string_append_printf (log_text, "%s=%s\n", fields[i].key, (const char *) fields[i].value);
    }

  return g_log_writer_default (level, fields, n_fields, user_data);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  /* Nobody else's, and what the settings write is a file, too. */
  folder = g_dir_make_tmp ("backstay-config-XXXXXX", NULL);
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_setenv ("GSETTINGS_BACKEND", "keyfile", TRUE);
  log_text = g_string_new (NULL);
  g_log_set_writer_func (log_cb, NULL, NULL);
  ui_init (&argc, &argv);
  g_debug ("All of the log is kept");

  g_test_add_func ("/servers/bar", test_bar);
  g_test_add_func ("/servers/whole-way", test_whole_way);
  g_test_add_func ("/servers/renamed", test_renamed);
  g_test_add_func ("/servers/order", test_order);
  g_test_add_func ("/servers/discard", test_discard);
  g_test_add_func ("/servers/ask", test_ask);
  g_test_add_func ("/servers/ask-for-notes", test_ask_for_notes);
  g_test_add_func ("/servers/no-writes", test_no_writes);
  g_test_add_func ("/servers/password", test_password);
  g_test_add_func ("/servers/password-cancelled", test_password_cancelled);
  g_test_add_func ("/servers/no-keyring", test_no_keyring);
  g_test_add_func ("/servers/form-without-keyring", test_form_without_keyring);
  g_test_add_func ("/servers/this-run", test_this_run);
  g_test_add_func ("/servers/planted-password", test_planted_password);

  status = ui_run_tests ();
  remove_below (folder);
  g_free (folder);

  return status;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A real Secret Service, on a bus of the tests' own. */

#define G_LOG_DOMAIN "test-keyring"

#include "config.h"

#include "ui-support.h"

#include "backstay-keyring.h"
#include "backstay-server-file.h"
#include "support-folder.h"
#include "support-wait.h"

#include <adwaita.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#define PASSWORD "correct-horse-7hunter2"

/* How long is waited where nothing may come, as libsecret 0.20 forgets to answer where nobody can be asked. */
#define SHORT_MSEC 3000

#define DAEMON "gnome-keyring-daemon"

/* What another process is asked with. */
#define LOOK_UP "--look-up"

enum
{
  FOUND,
  NOT_FOUND,
  FAILED,
};

static char       *folder; /* The daemon's, and the user's configuration. */
static const char *program;

/* The daemon */

static void
end_with_parent_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static GVariant *
call (const char *name,
      const char *path,
      const char *interface,
      const char *method,
      GVariant   *parameters)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  return g_dbus_connection_call_sync (bus, name, path, interface, method, parameters, NULL,
                                      G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL);
}

/* Whether the service is there, and has somewhere to put passwords. */
static gboolean
is_ready (gpointer unused)
{
  g_autoptr (GVariant) reply = NULL;
  const char *path;

  reply = call ("org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service",
                "ReadAlias", g_variant_new ("(s)", "default"));
  if (reply == NULL)
    return FALSE;

  g_variant_get (reply, "(&o)", &path);

  return strlen (path) > 1;
}

static gboolean
is_gone (gpointer unused)
{
  g_autoptr (GVariant) reply = NULL;
  gboolean has_owner;

  reply = call ("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner",
                g_variant_new ("(s)", "org.freedesktop.secrets"));
  g_variant_get (reply, "(b)", &has_owner);

  return !has_owner;
}

/* The first time that it is unlocked its keyring is made. */
static GSubprocess *
start_daemon (gboolean unlocked)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_setenv (launcher, "HOME", folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", folder, TRUE);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent_cb, NULL, NULL);
  process = g_subprocess_launcher_spawn (launcher, &error, DAEMON, "--foreground", "--components=secrets",
                                         unlocked ? "--unlock" : NULL, NULL);
  g_assert_no_error (error);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (process), "master\n", 7, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, &error);
  g_assert_no_error (error);
  support_wait_until (is_ready, NULL);

  return process;
}

static void
stop_daemon (GSubprocess *process)
{
  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait (process, NULL, NULL);
  g_object_unref (process);
  support_wait_until (is_gone, NULL);
}

/* The keyring */

static gboolean
store (BackstayKeyring *keyring,
       BackstayServer  *server,
       const char      *password)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_stored;

  backstay_secrets_store_async (BACKSTAY_SECRETS (keyring), server, password, NULL, support_keep_result_cb, &result);
  is_stored = backstay_secrets_store_finish (BACKSTAY_SECRETS (keyring), support_wait_for_result (&result), &error);
  g_assert_true (is_stored == (error == NULL));

  return is_stored;
}

static int
look_up (BackstayKeyring *keyring,
         BackstayServer  *server)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char    *password;
  gboolean is_right;

  backstay_secrets_look_up_async (BACKSTAY_SECRETS (keyring), server, NULL, support_keep_result_cb, &result);
  password = backstay_secrets_look_up_finish (BACKSTAY_SECRETS (keyring), support_wait_for_result (&result), &error);
  is_right = g_strcmp0 (password, PASSWORD) == 0;
  backstay_secrets_free_password (password);

  if (error != NULL)
    return FAILED;

  return is_right ? FOUND : NOT_FOUND;
}

/* What this process keeps for itself is of no use there. */
static int
look_up_elsewhere (BackstayServer *server)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, LOOK_UP, backstay_server_get_id (server), NULL);
  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));

  return g_subprocess_get_exit_status (process);
}

static int
look_up_here (const char *id)
{
  g_autoptr (BackstayKeyring) keyring = backstay_keyring_new ();
  g_autoptr (BackstayServer) server = backstay_server_new (id);

  backstay_keyring_set_patience (keyring, SHORT_MSEC);

  return look_up (keyring, server);
}

static BackstayServer *
create_server (void)
{
  BackstayServer *server = backstay_server_new (NULL);

  backstay_server_set_text (server, BACKSTAY_SERVER_NAME, "kept");
  backstay_server_set_text (server, BACKSTAY_SERVER_HOST, "db.example.org");

  return server;
}

/* The tests */

/* What one process stores another one finds, also after the service was started again, until it is removed. */
static void
test_stored (void)
{
  GSubprocess *service = start_daemon (TRUE);
  g_autoptr (BackstayKeyring) keyring = backstay_keyring_new ();
  g_autoptr (BackstayServer) server = create_server ();
  g_autoptr (BackstayServer) other = create_server ();

  g_assert_cmpint (look_up (keyring, server), ==, NOT_FOUND);
  g_assert_true (store (keyring, server, PASSWORD));
  g_assert_cmpint (look_up (keyring, server), ==, FOUND);
  g_assert_cmpint (look_up (keyring, other), ==, NOT_FOUND);
  g_assert_cmpint (look_up_elsewhere (server), ==, FOUND);
  g_assert_cmpint (look_up_elsewhere (other), ==, NOT_FOUND);

  stop_daemon (service);
  service = start_daemon (TRUE);
  g_assert_cmpint (look_up_elsewhere (server), ==, FOUND);

  g_assert_true (store (keyring, server, NULL));
  g_assert_cmpint (look_up (keyring, server), ==, NOT_FOUND);
  g_assert_cmpint (look_up_elsewhere (server), ==, NOT_FOUND);
  stop_daemon (service);
}

/* It goes with its server. */
static void
test_removed (void)
{
  GSubprocess    *service = start_daemon (TRUE);
  BackstayWindow *window = ui_new_window ();
  g_autoptr (BackstayKeyring) keyring = backstay_keyring_new ();
  g_autoptr (BackstayServer) server = create_server ();
  g_autoptr (GPtrArray) servers = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = backstay_server_file_dup_path ();
  gpointer         dialog;

  servers = backstay_server_file_change (path, BACKSTAY_SERVER_CHANGE_PUT, server, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (store (keyring, server, PASSWORD));
  backstay_window_show_connect (window);
  ui_wait_until (gtk_widget_get_mapped (ui_find (window, "servers_view")) &&
                 ui_shows (ui_find (window, "servers_view"), "kept"));

  gtk_widget_activate_action (ui_find (window, "servers_view"), "servers.remove", "s", backstay_server_get_id (server));
  dialog = ui_wait_for_window (ADW_TYPE_MESSAGE_DIALOG);
  adw_message_dialog_response (dialog, "remove");
  ui_close_window (dialog);
  ui_wait_until (look_up_elsewhere (server) == NOT_FOUND);

  ui_close_window (window);
  stop_daemon (service);
}

/* It complains of itself, too. */
static gboolean
is_fatal_cb (const char    *domain,
             GLogLevelFlags level,
             const char    *message,
             gpointer       user_data)
{
  return strstr (message, "g_task_return_error: assertion 'error != NULL'") == NULL;
}

static void
log_cb (const char    *domain,
        GLogLevelFlags level,
        const char    *message,
        gpointer       user_data)
{
  if (is_fatal_cb (domain, level, message, NULL))
    g_log_default_handler (domain, level, message, NULL);
  else
    g_test_message ("%s", message);
}

/* Nobody is there who could unlock it. It is kept for this run, and that is an error to be told. */
static void
test_locked (void)
{
  GSubprocess *service = start_daemon (TRUE);
  g_autoptr (BackstayKeyring) keyring = backstay_keyring_new ();
  g_autoptr (BackstayServer) before = create_server ();
  g_autoptr (BackstayServer) server = create_server ();
  guint handler = g_log_set_handler ("GLib-GIO", G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_FATAL, log_cb, NULL);

  g_test_log_set_fatal_handler (is_fatal_cb, NULL);
  g_assert_true (store (keyring, before, PASSWORD));
  stop_daemon (service);
  service = start_daemon (FALSE);
  backstay_keyring_set_patience (keyring, SHORT_MSEC);

  g_assert_cmpint (look_up_elsewhere (before), !=, FOUND);
  g_assert_false (store (keyring, server, PASSWORD));
  g_assert_cmpint (look_up (keyring, server), ==, FOUND);
  g_assert_cmpint (look_up_elsewhere (server), !=, FOUND);
  g_log_remove_handler ("GLib-GIO", handler);
  stop_daemon (service);
}

static void
test_absent (void)
{
  g_autoptr (BackstayKeyring) keyring = backstay_keyring_new ();
  g_autoptr (BackstayServer) server = create_server ();

  g_assert_false (store (keyring, server, PASSWORD));
  g_assert_cmpint (look_up (keyring, server), ==, FOUND);
  g_assert_cmpint (look_up_elsewhere (server), ==, FAILED);
}

/* Neither the service nor Backstay wrote it down so that it can be read. */
static void
assert_not_below (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  g_autofree char *contents = NULL;
  const char      *name;
  gsize            length;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      assert_not_below (child);
    }

  if (directory == NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR) &&
      g_file_get_contents (path, &contents, &length, NULL))
    g_assert_null (g_strstr_len (contents, (gssize) length, PASSWORD));
}

static void
test_unreadable (void)
{
  assert_not_below (folder);
}

static gboolean
is_installed (const char *name)
{
  g_autofree char *path = g_find_program_in_path (name);

  return path != NULL;
}

int
main (int   argc,
      char *argv[])
{
  GTestDBus *bus; /* Its end would run the main loop once more, without the display. */
  g_autoptr (GDBusConnection) connection = NULL;
  int status;

  if (argc == 3 && strcmp (argv[1], LOOK_UP) == 0)
    return look_up_here (argv[2]);

  if (!is_installed (DAEMON) || !is_installed ("dbus-daemon"))
    {
      g_print ("1..0 # SKIP " DAEMON " or dbus-daemon is not installed\n");
      return EXIT_SUCCESS;
    }

  program = argv[0];
  folder = g_dir_make_tmp ("backstay-keyring-XXXXXX", NULL);
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  ui_init (&argc, &argv);

  g_test_add_func ("/keyring/stored", test_stored);
  g_test_add_func ("/keyring/removed", test_removed);
  g_test_add_func ("/keyring/locked", test_locked);
  g_test_add_func ("/keyring/absent", test_absent);
  g_test_add_func ("/keyring/unreadable", test_unreadable);

  status = ui_run_tests ();
  g_test_dbus_stop (bus);
  support_remove_folder (folder);
  g_free (folder);

  return status;
}

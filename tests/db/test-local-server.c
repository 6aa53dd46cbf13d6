/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-local-server"

#include "config.h"

#include "local-fixture.h"
#include "process-fixture.h"
#include "server-fixture.h"
#include "support-folder.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const char *program; /* This program's path. */

static void
status_cb (BackstayLocalServer *server,
           GParamSpec          *pspec,
           gpointer             user_data)
{
  const char *status = backstay_local_server_get_status (server);

  if (status != NULL)
    g_ptr_array_add (user_data, g_strdup (status));
}

static void
test_first_start (void)
{
  g_autofree char     *directory = local_fixture_dup_path ("first");
  BackstayLocalServer *server = backstay_local_server_new (directory);
  g_autoptr (GPtrArray) statuses = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *addresses = NULL;
  pid_t            pid;

  local_fixture_add_script (server, "CREATE TABLE a (n int); INSERT INTO a VALUES (1)");
  local_fixture_add_script (server, "UPDATE a SET n = n + 1");
  g_signal_connect (server, "notify::status", G_CALLBACK (status_cb), statuses);
  config = local_fixture_start (server);

  g_assert_cmpuint (statuses->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (statuses, 2), ==, "Loading…");
  g_assert_null (backstay_local_server_get_status (server));

  answer = server_fixture_query (config, "SELECT n FROM a");
  g_assert_cmpstr (answer, ==, "2");

  g_assert_cmpuint (local_fixture_get_mode (directory, ""), ==, 0700);
  g_assert_cmpuint (local_fixture_get_mode (directory, "data"), ==, 0700);
  g_assert_cmpuint (local_fixture_get_mode (directory, ".s.PGSQL.5432"), ==, 0700);

  addresses = server_fixture_query (config, "SHOW listen_addresses");
  g_assert_cmpstr (addresses, ==, "");

  pid = process_fixture_find_below (directory);
  g_assert_cmpint (pid, !=, 0);
  g_assert_false (process_fixture_has_tcp_socket (pid, "/proc/net/tcp"));
  g_assert_false (process_fixture_has_tcp_socket (pid, "/proc/net/tcp6"));

  local_fixture_stop (server, directory);
}

static void
test_later_start (void)
{
  const char          *shared = local_fixture_get_shared ();
  BackstayLocalServer *server;
  g_autoptr (BackstayDbConfig) config = NULL;
  int n_kept;

  server = local_fixture_start_shared (&config, &n_kept);
  local_fixture_stop (server, shared);
  local_fixture_assert_shared_keeps (n_kept);
}

static void
test_throw_away (void)
{
  BackstayLocalServer *server = backstay_local_server_new_throw_away ();
  g_autoptr (BackstayDbConfig) config = local_fixture_start (server);
  g_autofree char *host = g_strdup (server_fixture_get_host (config));
  g_autofree char *fsync_text = server_fixture_query (config, "SHOW fsync");

  g_assert_cmpstr (fsync_text, ==, "off");
  g_assert_cmpuint (local_fixture_get_mode (host, ""), ==, 0700);
  local_fixture_stop (server, host);
  g_assert_false (local_fixture_exists (host, ""));
}

static void
test_dropped (void)
{
  BackstayLocalServer *server = backstay_local_server_new_throw_away ();
  g_autoptr (BackstayDbConfig) config = local_fixture_start (server);
  g_autofree char *host = g_strdup (server_fixture_get_host (config));

  g_assert_cmpint (process_fixture_find_below (host), !=, 0);
  g_assert_finalize_object (server);
  process_fixture_assert_gone (host);

  local_fixture_assert_removed (host);
}

static void
test_owner_killed (void)
{
  const char *shared = local_fixture_get_shared ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) owner = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autofree char *line = NULL;
  int              n_kept;

  owner = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--own", shared, NULL);
  g_assert_no_error (error);

  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (owner));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, shared);

  config = backstay_db_config_new_for_socket (line, 5432, "backstay", "backstay");
  n_kept = local_fixture_keep (config);

  g_subprocess_force_exit (owner);
  g_subprocess_wait (owner, NULL, NULL);
  process_fixture_assert_gone (shared);
  local_fixture_assert_shared_keeps (n_kept);
}

static void
lost_cb (BackstayLocalServer *server,
         const GError        *error,
         gpointer             user_data)
{
  gboolean *lost = user_data;

  g_assert_error (error, BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_FAILED);
  g_test_message ("%s", error->message);
  *lost = TRUE;
}

/* Kills the keeper or the server of a running local database, and starts it again. */
static void
check_killed (gboolean kill_keeper)
{
  const char          *shared = local_fixture_get_shared ();
  g_autofree char     *pid_path = g_build_filename (shared, "data", "postmaster.pid", NULL);
  g_autofree char     *pid_text = NULL;
  BackstayLocalServer *server;
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autoptr (BackstayDbConfig) config_again = NULL;
  gboolean lost = FALSE;
  pid_t    pid;
  int      n_kept;

  server = local_fixture_start_shared (&config, &n_kept);
  g_signal_connect (server, "lost", G_CALLBACK (lost_cb), &lost);

  g_file_get_contents (pid_path, &pid_text, NULL, NULL);
  pid = kill_keeper ? process_fixture_find_keeper (shared)
                    : (pid_t) g_ascii_strtoll (pid_text, NULL, 10);
  g_assert_cmpint (pid, >, 1);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);

  while (!lost)
    g_main_context_iteration (NULL, TRUE);

  process_fixture_assert_gone (shared);

  config_again = local_fixture_start (server);
  g_assert_cmpint (local_fixture_count_kept (config_again), ==, n_kept);
  local_fixture_stop (server, shared);
}

static void
test_keeper_killed (void)
{
  check_killed (TRUE);
}

static void
test_server_killed (void)
{
  check_killed (FALSE);
}

/* The first one lets go while the second one already waits. */
static void
test_taken_over (void)
{
  BackstayLocalServer *first;
  g_autoptr (BackstayDbConfig) config = NULL;
  int n_kept;

  first = local_fixture_start_shared (&config, &n_kept);
  g_assert_finalize_object (first);
  local_fixture_assert_shared_keeps (n_kept);
}

/* Neither list of folders that the path ends up in can hold a comma, and no socket's name is so
 * long. */
static void
test_awkward_path (void)
{
  g_autofree char     *name = g_strconcat ("a, \"b\" 'ü' ", __FILE__, __FILE__, __FILE__, NULL);
  g_autofree char     *directory = NULL;
  BackstayLocalServer *server;
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autofree char *host = NULL;
  g_autofree char *answer = NULL;

  g_strdelimit (name, "/", '-');
  name[MIN (strlen (name), 100)] = '\0';
  directory = local_fixture_dup_path (name);
  server = backstay_local_server_new (directory);
  config = local_fixture_start (server);
  host = g_strdup (server_fixture_get_host (config));
  answer = server_fixture_query (config, "SELECT 'Ü' ILIKE 'ü'");

  g_assert_cmpstr (answer, ==, "t");
  g_assert_true (local_fixture_exists (directory, "data"));
  g_assert_cmpstr (host, !=, directory);
  g_assert_cmpuint (local_fixture_get_mode (host, ""), ==, 0700);
  local_fixture_stop (server, directory);
  g_assert_false (local_fixture_exists (host, ""));
}

typedef struct
{
  GCancellable *cancellable;
  guint         n_statuses;
} Cancel;

static void
cancel_cb (Cancel *cancel)
{
  if (cancel->n_statuses == 0 || --cancel->n_statuses > 0)
    return;

  g_cancellable_cancel (cancel->cancellable);
}

/* Cancels a start once the status has changed so many times. */
static void
check_cancelled (const char *directory,
                 guint       n_statuses)
{
  BackstayLocalServer *server = backstay_local_server_new (directory);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Cancel cancel = { cancellable, n_statuses };
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  local_fixture_add_script (server, "SELECT pg_sleep(30)");
  g_signal_connect_swapped (server, "notify::status", G_CALLBACK (cancel_cb), &cancel);
  config = server_fixture_start (server, cancellable, &error);

  g_assert_null (config);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (process_fixture_find_below (directory), ==, 0);
  g_assert_false (local_fixture_exists (directory, "data.new"));
  g_assert_finalize_object (server);
}

static void
test_cancelled (void)
{
  g_autofree char     *directory = local_fixture_dup_path ("cancelled");
  BackstayLocalServer *server;
  g_autoptr (BackstayDbConfig) config = NULL;

  /* Creating, and then, with the cluster there or not, starting and loading. */
  check_cancelled (directory, 1);
  g_assert_false (local_fixture_exists (directory, "data"));
  check_cancelled (directory, 2);
  g_assert_true (local_fixture_exists (directory, "data"));
  check_cancelled (directory, 1);
  check_cancelled (directory, 2);

  server = backstay_local_server_new (directory);
  config = local_fixture_start (server);
  local_fixture_stop (server, directory);
}

static void
test_cancelled_before (void)
{
  BackstayLocalServer *server = backstay_local_server_new_throw_away ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  config = server_fixture_start (server, cancellable, &error);
  g_assert_null (config);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_finalize_object (server);
}

static void
started_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GError **error = user_data;
  g_autoptr (BackstayDbConfig) config = NULL;

  config = backstay_local_server_start_finish (BACKSTAY_LOCAL_SERVER (object), result, error);
  g_assert_null (config);
}

static void
test_stopped_while_starting (void)
{
  const char          *shared = local_fixture_get_shared ();
  BackstayLocalServer *server = backstay_local_server_new (shared);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) second_error = NULL;

  backstay_local_server_start_async (server, NULL, started_cb, &error);
  backstay_local_server_start_async (server, NULL, started_cb, &second_error);
  server_fixture_stop (server);

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_error (second_error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_assert_cmpint (process_fixture_find_below (shared), ==, 0);

  /* Nothing runs: that is as good as stopped. */
  server_fixture_stop (server);
  g_assert_finalize_object (server);
}

/* Only root has folders that PostgreSQL's user cannot reach. */
static void
test_root (void)
{
  g_autofree char     *parent = local_fixture_make_folder ("root");
  g_autofree char     *directory = g_build_filename (parent, "local", NULL);
  BackstayLocalServer *server = backstay_local_server_new (directory);
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autofree char *host = NULL;

  g_assert_cmpint (g_chmod (parent, 0700), ==, 0);
  config = local_fixture_start (server);
  host = g_strdup (server_fixture_get_host (config));

  g_assert_false (local_fixture_exists (directory, ""));
  g_assert_true (g_str_has_prefix (host, "/var/lib/backstay/local-"));
  g_assert_cmpuint (local_fixture_get_mode (host, ""), ==, 0700);
  local_fixture_stop (server, host);
  support_remove_folder (host);
  g_rmdir ("/var/lib/backstay");
}

/* What test_owner_killed() kills: a program that has a local server. */
static int
own_server (const char *directory)
{
  g_autoptr (BackstayLocalServer) server = backstay_local_server_new (directory);
  g_autoptr (BackstayDbConfig) config = server_fixture_start (server, NULL, NULL);

  g_assert_nonnull (config);
  g_print ("%s\n", server_fixture_get_host (config));

  while (TRUE)
    g_main_context_iteration (NULL, TRUE);

  g_assert_not_reached ();
}

static void
add_tests (void)
{
  g_test_add_func ("/local-server/first-start", test_first_start);
  g_test_add_func ("/local-server/later-start", test_later_start);
  g_test_add_func ("/local-server/throw-away", test_throw_away);
  g_test_add_func ("/local-server/dropped", test_dropped);
  g_test_add_func ("/local-server/owner-killed", test_owner_killed);
  g_test_add_func ("/local-server/keeper-killed", test_keeper_killed);
  g_test_add_func ("/local-server/server-killed", test_server_killed);
  g_test_add_func ("/local-server/taken-over", test_taken_over);
  g_test_add_func ("/local-server/awkward-path", test_awkward_path);
  g_test_add_func ("/local-server/cancelled", test_cancelled);
  g_test_add_func ("/local-server/cancelled-before", test_cancelled_before);
  g_test_add_func ("/local-server/stopped-while-starting", test_stopped_while_starting);

  if (geteuid () == 0)
    g_test_add_func ("/local-server/root", test_root);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  if (argc == 3 && strcmp (argv[1], "--own") == 0)
    return own_server (argv[2]);

  g_test_init (&argc, &argv, NULL);
  program = argv[0];

  local_fixture_init ();
  add_tests ();
  status = g_test_run ();
  local_fixture_clear ();

  return status;
}

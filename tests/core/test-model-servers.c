/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-model-servers"

#include "config.h"

#include "backstay-db-error.h"
#include "backstay-server-file.h"
#include "backstay-server-list.h"

#include <glib/gstdio.h>
#include <string.h>

#define PASSWORD "hunter2"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("backstay-servers-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "below", "servers.ini", NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", fixture->folder);

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->folder);
  g_free (fixture->path);
}

static BackstayServer *
create (const char *name)
{
  BackstayServer *server = backstay_server_new (NULL);

  backstay_server_set_text (server, BACKSTAY_SERVER_NAME, name);

  return server;
}

/* Fields */

static void
test_problems (void)
{
  static const struct
  {
    BackstayServerField field;
    const char         *text;
    gboolean            is_right;
  } cases[] = {
    { BACKSTAY_SERVER_NAME, "", FALSE },
    { BACKSTAY_SERVER_NAME, "  ", FALSE },
    { BACKSTAY_SERVER_NAME, "prod", TRUE },
    { BACKSTAY_SERVER_HOST, "", TRUE },
    { BACKSTAY_SERVER_HOST, "db.example.org", TRUE },
    { BACKSTAY_SERVER_HOST, "a.example.org,b.example.org", TRUE },
    { BACKSTAY_SERVER_HOST, "::1", TRUE },
    { BACKSTAY_SERVER_HOST, "/var/run/postgresql", TRUE },
    { BACKSTAY_SERVER_HOST, "/with space/and:colon", TRUE },
    { BACKSTAY_SERVER_HOST, "@abstract", TRUE },
    { BACKSTAY_SERVER_HOST, "me@db.example.org", FALSE },
    { BACKSTAY_SERVER_HOST, "db.example.org:5432", FALSE },
    { BACKSTAY_SERVER_HOST, "a b", FALSE },
    { BACKSTAY_SERVER_HOST, "postgresql://db.example.org", FALSE },
    { BACKSTAY_SERVER_PORT, "5432", TRUE },
    { BACKSTAY_SERVER_PORT, "5432,5433", FALSE }, /* For one host. */
    { BACKSTAY_SERVER_PORT, "0", FALSE },
    { BACKSTAY_SERVER_PORT, "65536", FALSE },
    { BACKSTAY_SERVER_PORT, "-1", FALSE },
    { BACKSTAY_SERVER_PORT, "five", FALSE },
    { BACKSTAY_SERVER_DATABASE, "a b=c", TRUE },
    { BACKSTAY_SERVER_DATABASE, "postgresql://a", FALSE },
    { BACKSTAY_SERVER_USER, "me@company", TRUE },
    { BACKSTAY_SERVER_SCHEMA, "Model \"Configs\"", TRUE },
    { BACKSTAY_SERVER_SCHEMA, "", TRUE },
    { BACKSTAY_SERVER_SCHEMA, "a234567890123456789012345678901234567890123456789012345678901234", FALSE },
    { BACKSTAY_SERVER_TLS_MODE, "", TRUE },
    { BACKSTAY_SERVER_TLS_MODE, "verify-full", TRUE },
    { BACKSTAY_SERVER_TLS_MODE, "none", FALSE },
    { BACKSTAY_SERVER_ROOT_CERTIFICATE, "/etc/ca.crt", TRUE },
    { BACKSTAY_SERVER_ROOT_CERTIFICATE, "ca.crt", FALSE },
    { BACKSTAY_SERVER_TARGET, "read-write", TRUE },
    { BACKSTAY_SERVER_TARGET, "master", FALSE },
    { BACKSTAY_SERVER_MORE, "connect_timeout=5 options='-c geqo=off'", TRUE },
    { BACKSTAY_SERVER_MORE, "nonsense", FALSE },
    { BACKSTAY_SERVER_MORE, "nonsense=1", FALSE },
    { BACKSTAY_SERVER_MORE, "password=" PASSWORD, FALSE },
    { BACKSTAY_SERVER_MORE, "sslpassword=" PASSWORD, FALSE },
    { BACKSTAY_SERVER_MORE, "host=elsewhere", FALSE },
    { BACKSTAY_SERVER_MORE, "postgresql://a?connect_timeout=1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BackstayServer) server = create ("name");
      g_autoptr (BackstayDbConfig) config = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *problem = NULL;

      backstay_server_set_text (server, cases[i].field, cases[i].text);
      problem = backstay_server_dup_problem (server, cases[i].field);
      g_test_message ("%u %s: %s", cases[i].field, cases[i].text, problem != NULL ? problem : "right");
      g_assert_true ((problem == NULL) == cases[i].is_right);
      g_assert_true (problem == NULL || strstr (problem, PASSWORD) == NULL);

      config = backstay_server_create_config (server, &error);
      g_assert_true ((config != NULL) == cases[i].is_right);
      g_assert_cmpstr (error != NULL ? error->message : NULL, ==, problem);
    }
}

static void
test_ports_of_hosts (void)
{
  g_autoptr (BackstayServer) server = create ("name");

  backstay_server_set_text (server, BACKSTAY_SERVER_HOST, "a,b");
  backstay_server_set_text (server, BACKSTAY_SERVER_PORT, "5432,5433");
  g_assert_null (backstay_server_dup_problem (server, BACKSTAY_SERVER_PORT));
  backstay_server_set_text (server, BACKSTAY_SERVER_PORT, "5432");
  g_assert_null (backstay_server_dup_problem (server, BACKSTAY_SERVER_PORT));
}

/* What is left empty libpq decides. */
static void
test_config (void)
{
  g_autoptr (BackstayServer) server = create ("prod");
  g_autoptr (BackstayDbConfig) empty = backstay_server_create_config (server, NULL);
  g_autoptr (BackstayDbConfig) full = NULL;
  g_autoptr (BackstayDbConfig) with_password = NULL;

  g_assert_cmpstr (backstay_db_config_get_label (empty), ==, "prod");
  g_assert_cmpstr (backstay_db_config_get_schema (empty), ==, "public");
  g_assert_null (backstay_db_config_get_parameter (empty, "host"));
  g_assert_null (backstay_db_config_get_parameter (empty, "sslmode"));
  g_assert_null (backstay_db_config_get_parameter (empty, "dbname"));
  g_assert_cmpstr (backstay_db_config_get_parameter (empty, "client_encoding"), ==, "UTF8");

  backstay_server_set_text (server, BACKSTAY_SERVER_HOST, "a,b");
  backstay_server_set_text (server, BACKSTAY_SERVER_SCHEMA, "configs");
  backstay_server_set_text (server, BACKSTAY_SERVER_TARGET, "read-write");
  backstay_server_set_text (server, BACKSTAY_SERVER_MORE, "options='-c geqo=off'");
  backstay_server_set_safe_mode (server, BACKSTAY_DB_SAFE_MODE_NO_WRITES);
  full = backstay_server_create_config (server, NULL);
  g_assert_cmpstr (backstay_db_config_get_parameter (full, "host"), ==, "a,b");
  g_assert_cmpstr (backstay_db_config_get_parameter (full, "target_session_attrs"), ==, "read-write");
  g_assert_cmpstr (backstay_db_config_get_parameter (full, "options"), ==, "-c geqo=off");
  g_assert_cmpstr (backstay_db_config_get_schema (full), ==, "configs");
  g_assert_cmpint (backstay_db_config_get_safe_mode (full), ==, BACKSTAY_DB_SAFE_MODE_NO_WRITES);
  g_assert_false (backstay_db_config_get_has_password (full));

  with_password = backstay_db_config_new_with_password (full, PASSWORD);
  g_assert_true (backstay_db_config_get_has_password (with_password));
  g_assert_cmpstr (backstay_db_config_get_parameter (with_password, "password"), ==, PASSWORD);
  g_assert_cmpstr (backstay_db_config_get_parameter (with_password, "host"), ==, "a,b");
  g_assert_cmpstr (backstay_db_config_get_label (with_password), ==, "prod");
  g_assert_cmpstr (backstay_db_config_get_schema (with_password), ==, "configs");
  g_assert_cmpint (backstay_db_config_get_safe_mode (with_password), ==, BACKSTAY_DB_SAFE_MODE_NO_WRITES);
}

static void
test_uri (void)
{
  g_autoptr (BackstayServer) server = backstay_server_new (NULL);
  g_autofree char *password = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayDbConfig) config = NULL;

  g_assert_true (backstay_server_take_uri (server,
                                           " postgresql://al%40ice:" PASSWORD "@a.example.org:1,b.example.org:2/models"
                                           "?sslmode=verify-ca&sslrootcert=/ca.crt&target_session_attrs=primary"
                                           "&application_name=it%27s%5C&options=-c%20geqo%3Doff\n",
                                           &password, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (password, ==, PASSWORD);
  g_assert_cmpstr (backstay_server_get_text (server, BACKSTAY_SERVER_NAME), ==, "models on a.example.org,b.example.org");
  g_assert_cmpstr (backstay_server_get_text (server, BACKSTAY_SERVER_HOST), ==, "a.example.org,b.example.org");
  g_assert_cmpstr (backstay_server_get_text (server, BACKSTAY_SERVER_PORT), ==, "1,2");
  g_assert_cmpstr (backstay_server_get_text (server, BACKSTAY_SERVER_DATABASE), ==, "models");
  g_assert_cmpstr (backstay_server_get_text (server, BACKSTAY_SERVER_USER), ==, "al@ice");
  g_assert_cmpstr (backstay_server_get_text (server, BACKSTAY_SERVER_TLS_MODE), ==, "verify-ca");
  g_assert_cmpstr (backstay_server_get_text (server, BACKSTAY_SERVER_ROOT_CERTIFICATE), ==, "/ca.crt");
  g_assert_cmpstr (backstay_server_get_text (server, BACKSTAY_SERVER_TARGET), ==, "primary");

  for (guint i = 0; i < BACKSTAY_SERVER_N_FIELDS; i++)
    {
      g_assert_null (strstr (backstay_server_get_text (server, (BackstayServerField) i), PASSWORD));
      g_assert_null (backstay_server_dup_problem (server, (BackstayServerField) i));
    }

  /* And back. */
  config = backstay_server_create_config (server, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (backstay_db_config_get_parameter (config, "application_name"), ==, "it's\\");
  g_assert_cmpstr (backstay_db_config_get_parameter (config, "options"), ==, "-c geqo=off");

  /* Another one replaces all of that, but for the name. */
  g_clear_pointer (&password, g_free);
  g_assert_true (backstay_server_take_uri (server, "service=away", &password, &error));
  g_assert_null (password);
  g_assert_cmpstr (backstay_server_get_text (server, BACKSTAY_SERVER_HOST), ==, "");
  g_assert_cmpstr (backstay_server_get_text (server, BACKSTAY_SERVER_MORE), ==, "");
  g_assert_cmpstr (backstay_server_get_text (server, BACKSTAY_SERVER_SERVICE), ==, "away");
  g_assert_cmpstr (backstay_server_get_text (server, BACKSTAY_SERVER_NAME), ==, "models on a.example.org,b.example.org");
}

static void
test_wrong_uris (void)
{
  static const char *const uris[] = {
    "",
    PASSWORD,
    "https://me:" PASSWORD "@host/",
    "postgresql://me:x@" PASSWORD "@host/db",
    "postgresql://me:" PASSWORD "@host:port/db",
    "postgresql://me:" PASSWORD "@host/db?nonsense=" PASSWORD,
    "password='" PASSWORD,
  };

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (BackstayServer) server = create ("name");
      g_autoptr (BackstayServer) before = backstay_server_copy (server, backstay_server_get_id (server));
      g_autofree char *password = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_false (backstay_server_take_uri (server, uris[i], &password, &error));
      g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONNECT);
      g_assert_null (strstr (error->message, PASSWORD));
      g_assert_null (password);
      g_assert_true (backstay_server_equal (server, before));
    }
}

/* Files */

static GPtrArray *
put (Fixture        *fixture,
     BackstayServer *server)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *servers = backstay_server_file_change (fixture->path, BACKSTAY_SERVER_CHANGE_PUT, server, NULL, &error);

  g_assert_no_error (error);

  return servers;
}

static void
test_round_trip (Fixture      *fixture,
                 gconstpointer data)
{
  static const char *const texts[] = { "", "plain", "ends in \\", "  ", "a\nb\tc", "zoë 🚀 \xe2\x80\xae", "[group]", "a;b#c=d" };
  g_autofree char         *folder = g_path_get_dirname (fixture->path);
  GStatBuf                 status;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (BackstayServer) server = create ("name");
      g_autoptr (GPtrArray) saved = NULL;
      g_autoptr (GPtrArray) loaded = NULL;
      g_autoptr (GError) error = NULL;

      for (guint field = 1; field < BACKSTAY_SERVER_N_FIELDS; field++)
        backstay_server_set_text (server, (BackstayServerField) field, texts[i]);
      backstay_server_set_color (server, (BackstayServerColor) (i % BACKSTAY_SERVER_N_COLORS));
      backstay_server_set_safe_mode (server, (BackstayDbSafeMode) (i % BACKSTAY_DB_N_SAFE_MODES));
      backstay_server_set_password (server, (BackstayServerPassword) (i % BACKSTAY_SERVER_N_PASSWORDS));

      saved = put (fixture, server);
      loaded = backstay_server_file_load (fixture->path, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (saved->len, ==, i + 1);
      g_assert_cmpuint (loaded->len, ==, i + 1);
      g_assert_true (backstay_server_equal (g_ptr_array_index (saved, i), server));
      g_assert_true (backstay_server_equal (g_ptr_array_index (loaded, i), server));
    }

  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
}

static void
test_no_file (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) servers = backstay_server_file_load (fixture->path, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (servers->len, ==, 0);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

/* A file that cannot be read is not written over. */
static void
test_damaged (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *contents = NULL;
  g_autoptr (BackstayServer) server = create ("name");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) put_error = NULL;

  g_mkdir (folder, 0700);
  g_assert_true (g_file_set_contents (fixture->path, "password " PASSWORD "\n", -1, NULL));
  g_assert_null (backstay_server_file_load (fixture->path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED);
  g_assert_null (strstr (error->message, PASSWORD));
  g_assert_null (backstay_server_file_change (fixture->path, BACKSTAY_SERVER_CHANGE_PUT, server, NULL, &put_error));
  g_assert_nonnull (put_error);
  g_assert_true (g_file_get_contents (fixture->path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "password " PASSWORD "\n");
}

/* What this version does not know stays. */
static void
test_later_version (Fixture      *fixture,
                    gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *contents = NULL;
  g_autoptr (BackstayServer) other = create ("other");
  g_autoptr (GPtrArray) servers = NULL;

  g_mkdir (folder, 0700);
  g_assert_true (g_file_set_contents (fixture->path,
                                      "# mine\n[later]\na=b\n\n[00000000-0000-4000-8000-000000000001]\nname=x\n"
                                      "color=ultraviolet\nsafe-mode=paranoid\npassword=brain\nnew-key=kept\n",
                                      -1, NULL));
  servers = put (fixture, other);
  g_assert_cmpuint (servers->len, ==, 2);
  g_assert_cmpint (backstay_server_get_color (g_ptr_array_index (servers, 0)), ==, BACKSTAY_SERVER_COLOR_NONE);
  g_assert_cmpint (backstay_server_get_safe_mode (g_ptr_array_index (servers, 0)), ==, BACKSTAY_DB_SAFE_MODE_NO_WRITES);
  g_assert_cmpint (backstay_server_get_password (g_ptr_array_index (servers, 0)), ==, BACKSTAY_SERVER_PASSWORD_ASK);
  g_assert_true (g_file_get_contents (fixture->path, &contents, NULL, NULL));
  g_assert_nonnull (strstr (contents, "new-key=kept"));
  g_assert_nonnull (strstr (contents, "[later]\na=b"));
}

static gpointer
put_many_thread (gpointer data)
{
  Fixture *fixture = data;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (BackstayServer) server = create ("name");
      g_autoptr (GPtrArray) servers = put (fixture, server);
    }

  return NULL;
}

/* Two windows lose nothing of each other's. */
static void
test_at_once (Fixture      *fixture,
              gconstpointer data)
{
  GThread *threads[4];
  g_autoptr (GPtrArray) servers = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("put", put_many_thread, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  servers = backstay_server_file_load (fixture->path, NULL);
  g_assert_cmpuint (servers->len, ==, 80);
}

/* The list */

static void
wait_until_idle (BackstayServerList *list)
{
  while (backstay_server_list_get_loading (list))
    g_main_context_iteration (NULL, TRUE);
}

static char *
dup_names (BackstayServerList *list)
{
  GString *names = g_string_new (NULL);

  wait_until_idle (list);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (BackstayServer) server = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_string_append (names, backstay_server_get_text (server, BACKSTAY_SERVER_NAME));
    }

  return g_string_free (names, FALSE);
}

static void
assert_names (BackstayServerList *list,
              const char         *expected)
{
  g_autofree char *names = dup_names (list);

  g_assert_cmpstr (names, ==, expected);
}

static void
test_list (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (BackstayServerList) list = backstay_server_list_new (fixture->path);
  g_autoptr (BackstayServer) a = create ("a");
  g_autoptr (BackstayServer) b = create ("b");
  g_autoptr (BackstayServer) c = create ("c");
  g_autoptr (BackstayServer) renamed = backstay_server_copy (b, backstay_server_get_id (b));

  assert_names (list, "");
  g_assert_true (backstay_server_list_get_loaded (list));
  backstay_server_list_put (list, a);
  backstay_server_list_put (list, b);
  backstay_server_list_put (list, c);
  assert_names (list, "abc");
  g_assert_true (backstay_server_list_has_name (list, "b", NULL));
  g_assert_false (backstay_server_list_has_name (list, "b", backstay_server_get_id (b)));

  backstay_server_list_move (list, c, 0);
  assert_names (list, "cab");
  backstay_server_list_move (list, c, 1);
  assert_names (list, "acb");
  backstay_server_list_move (list, a, 2);
  assert_names (list, "cba");
  backstay_server_list_move (list, a, 2);
  assert_names (list, "cba");

  backstay_server_set_text (renamed, BACKSTAY_SERVER_NAME, "B");
  backstay_server_list_put (list, renamed);
  assert_names (list, "cBa");
  backstay_server_list_remove (list, c);
  assert_names (list, "Ba");
  g_assert_no_error (backstay_server_list_get_error (list));
}

/* Two lists of one file: each has what the other did once it reads the file again, and loses nothing. */
static void
test_two_lists (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (BackstayServerList) first = backstay_server_list_new (fixture->path);
  g_autoptr (BackstayServerList) second = backstay_server_list_new (fixture->path);
  g_autoptr (BackstayServer) a = create ("a");
  g_autoptr (BackstayServer) b = create ("b");

  wait_until_idle (first);
  wait_until_idle (second);
  backstay_server_list_put (first, a);
  assert_names (first, "a");
  backstay_server_list_put (second, b);
  assert_names (second, "ab");
  backstay_server_list_reload (first);
  assert_names (first, "ab");
}

static void
test_list_fails (Fixture      *fixture,
                 gconstpointer data)
{
  g_autofree char *blocked = g_build_filename (fixture->folder, "file", "servers.ini", NULL);
  g_autofree char *file = g_build_filename (fixture->folder, "file", NULL);
  g_autoptr (BackstayServerList) list = NULL;
  g_autoptr (BackstayServer) a = create ("a");

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  list = backstay_server_list_new (blocked);
  backstay_server_list_put (list, a);
  assert_names (list, "");
  g_assert_nonnull (backstay_server_list_get_error (list));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server/problems", test_problems);
  g_test_add_func ("/server/ports-of-hosts", test_ports_of_hosts);
  g_test_add_func ("/server/config", test_config);
  g_test_add_func ("/server/uri", test_uri);
  g_test_add_func ("/server/wrong-uris", test_wrong_uris);
  g_test_add ("/server-file/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/server-file/no-file", Fixture, NULL, set_up, test_no_file, tear_down);
  g_test_add ("/server-file/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/server-file/later-version", Fixture, NULL, set_up, test_later_version, tear_down);
  g_test_add ("/server-file/at-once", Fixture, NULL, set_up, test_at_once, tear_down);
  g_test_add ("/server-list/list", Fixture, NULL, set_up, test_list, tear_down);
  g_test_add ("/server-list/two-lists", Fixture, NULL, set_up, test_two_lists, tear_down);
  g_test_add ("/server-list/fails", Fixture, NULL, set_up, test_list_fails, tear_down);

  return g_test_run ();
}

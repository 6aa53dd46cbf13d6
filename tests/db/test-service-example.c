/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-service-example"

#include "config.h"

#include "support-server.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/* data/examples/live_config.py, as it is run by hand. A line that does not come ends the test by
 * its time limit. */

/* The README's role for it. */
static const char role_sql[] =
  "CREATE ROLE my_service LOGIN;"
  "GRANT SELECT ON model_config_history TO my_service;"
  "CREATE POLICY \"Services read what is live\" ON model_config_history"
  "  FOR SELECT TO my_service USING (is_active);"
  "GRANT USAGE ON SCHEMA auth TO my_service;"
  "GRANT EXECUTE ON FUNCTION has_role(uuid, app_role) TO my_service";

typedef struct
{
  GSubprocess      *process;
  GDataInputStream *output;
  GDataInputStream *messages;
} Service;

static gboolean
has_library (void)
{
  g_autoptr (GSubprocess) python = NULL;

  python = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                             g_getenv ("PYTHON"), "-c", "import psycopg2", NULL);
  if (python != NULL && g_subprocess_wait_check (python, NULL, NULL))
    return TRUE;

  g_test_skip ("python3-psycopg2 is not installed");

  return FALSE;
}

static void
start (Service    *service,
       const char *model_type,
       const char *first_option,
       ...)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "..", "data", "examples", "live_config.py", NULL);
  g_autofree char *dsn = g_strdup_printf ("host=%s user=my_service dbname=backstay", support_server_get_directory ());
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  va_list args;

  g_ptr_array_add (argv, (gpointer) g_getenv ("PYTHON"));
  g_ptr_array_add (argv, script);
  g_ptr_array_add (argv, dsn);
  g_ptr_array_add (argv, (gpointer) model_type);

  va_start (args, first_option);
  for (const char *option = first_option; option != NULL; option = va_arg (args, const char *))
    g_ptr_array_add (argv, (gpointer) option);
  va_end (args);
  g_ptr_array_add (argv, NULL);

  service->process = g_subprocess_newv ((const char *const *) argv->pdata,
                                        G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  service->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (service->process));
  service->messages = g_data_input_stream_new (g_subprocess_get_stderr_pipe (service->process));
}

/* Gives a line, NULL at the end. */
static char *
read_line (GDataInputStream *stream)
{
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line (stream, NULL, NULL, &error);

  g_assert_no_error (error);
  g_test_message ("%s", line);

  return line;
}

static void
assert_message (Service    *service,
                const char *expected)
{
  g_autofree char *line = read_line (service->messages);

  g_assert_cmpstr (line, ==, expected);
}

/* Checks that the next line is the newest active version, with every digit. */
static void
assert_prints_live (Service    *service,
                    const char *model_type)
{
  g_autofree char *line = read_line (service->output);
  g_autofree char *expected = NULL;

  expected = support_sql_query (support_server_get_sql (),
                                "SELECT concat_ws(E'\\t', id, config_name, config_data::text)"
                                "  FROM model_config_history WHERE model_type = '%s' AND is_active"
                                " ORDER BY created_at DESC LIMIT 1",
                                model_type);
  g_assert_cmpstr (line, ==, expected);
}

static void
end (Service *service,
     int      status)
{
  g_subprocess_wait (service->process, NULL, NULL);

  if (status >= 0)
    g_assert_cmpint (g_subprocess_get_exit_status (service->process), ==, status);

  g_object_unref (service->output);
  g_object_unref (service->messages);
  g_object_unref (service->process);
}

static void
deactivate (const char *model_type)
{
  support_sql_run (support_server_get_sql (),
                   "UPDATE model_config_history SET is_active = false WHERE model_type = '%s'", model_type);
}

static void
make_live (const char *model_type,
           const char *config_data)
{
  support_sql_run (support_server_get_sql (),
                   "BEGIN;"
                   "UPDATE model_config_history SET is_active = false WHERE model_type = '%s';"
                   "INSERT INTO model_config_history (model_type, config_name, config_data, is_active, created_at)"
                   " VALUES ('%s', 'new', '%s', true, clock_timestamp());"
                   "COMMIT",
                   model_type, model_type, config_data);
}

/* A role that sees what is live, and nothing else. */
static void
test_role (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for ("my_service", "backstay");
  g_autoptr (SupportSql) service_sql = NULL;

  support_sql_run (sql, "%s", role_sql);
  service_sql = support_sql_new (config);
  g_assert_cmpint (support_sql_query_int (service_sql, "SELECT count(*) FROM model_config_history"),
                   ==,
                   support_sql_query_int (sql, "SELECT count(*) FROM model_config_history WHERE is_active"));
}

static void
test_one (void)
{
  Service service;

  if (!has_library ())
    return;

  start (&service, "sdxl", "--once", NULL);
  assert_prints_live (&service, "sdxl");
  end (&service, 0);
}

static void
test_two (void)
{
  Service service;

  if (!has_library ())
    return;

  start (&service, "wan", "--once", NULL);
  assert_prints_live (&service, "wan");
  assert_message (&service, "warning: more than one version of wan is active: the newest is taken,"
                            " WAN Video Production v1.43");
  end (&service, 0);
}

static void
test_none (void)
{
  Service service;

  if (!has_library ())
    return;

  start (&service, "whisper", "--once", NULL);
  assert_message (&service, "warning: no version of whisper is active: the last good one is kept");
  assert_message (&service, "error: whisper has no configuration");
  end (&service, 1);
}

/* The next start has what was live at the last one, also without a database. */
static void
test_cache (void)
{
  g_autofree char *folder = g_dir_make_tmp ("backstay-example-XXXXXX", NULL);
  g_autofree char *cache = g_build_filename (folder, "flux.json", NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  Service          service;
  GStatBuf         status;

  if (!has_library ())
    return;

  start (&service, "flux", "--once", "--cache", cache, NULL);
  first = read_line (service.output);
  end (&service, 0);
  g_assert_cmpint (g_stat (cache, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  deactivate ("flux");
  start (&service, "flux", "--once", "--cache", cache, NULL);
  second = read_line (service.output);
  g_assert_cmpstr (second, ==, first);
  assert_message (&service, "warning: no version of flux is active: the last good one is kept");
  end (&service, 0);

  g_unlink (cache);
  g_rmdir (folder);
  support_server_restore ();
}

static void
test_changes (void)
{
  Service          service;
  g_autofree char *message = NULL;

  if (!has_library ())
    return;

  start (&service, "sdxl", "--interval=0.2", NULL);
  assert_prints_live (&service, "sdxl");
  make_live ("sdxl", "{\"n\": 1.10}");
  assert_prints_live (&service, "sdxl");

  deactivate ("sdxl");
  assert_message (&service, "warning: no version of sdxl is active: the last good one is kept");
  make_live ("sdxl", "[1]");
  assert_message (&service, "warning: new is live and not valid (the configuration is no object):"
                            " the last good one is kept");

  support_sql_run (support_server_get_sql (),
                   "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'live_config'");
  message = read_line (service.messages);
  g_assert_true (g_str_has_prefix (message, "warning: the database cannot be read: "));
  make_live ("sdxl", "{\"n\": 123456789012345678901234567890}");

  /* Whatever libpq said in more lines is of no interest. */
  assert_prints_live (&service, "sdxl");

  g_subprocess_send_signal (service.process, SIGTERM);
  end (&service, -1);
  support_server_restore ();
}

/* It does not wait for its next look when a trigger tells it. */
static void
test_told (void)
{
  Service service;

  if (!has_library ())
    return;

  start (&service, "sdxl", "--interval=86400", NULL);
  assert_prints_live (&service, "sdxl");
  make_live ("sdxl", "{\"n\": 2}");
  support_sql_run (support_server_get_sql (), "NOTIFY model_config_history");
  assert_prints_live (&service, "sdxl");

  g_subprocess_send_signal (service.process, SIGTERM);
  end (&service, -1);
  support_server_restore ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/service-example/role", test_role);
  g_test_add_func ("/service-example/one", test_one);
  g_test_add_func ("/service-example/two", test_two);
  g_test_add_func ("/service-example/none", test_none);
  g_test_add_func ("/service-example/cache", test_cache);
  g_test_add_func ("/service-example/changes", test_changes);
  g_test_add_func ("/service-example/told", test_told);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-db-connection"

#include "config.h"

#include "support-black-hole.h"
#include "support-job.h"
#include "support-server.h"
#include "support-wait.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

#define N_JOBS 1000

#define LARGE_BYTES (10 * 1024 * 1024)

static BackstayDbConnection *
connect_to_server (void)
{
  return backstay_db_connection_new (support_server_get_config ());
}

static gboolean
has_state (BackstayDbConnection *connection,
           BackstayDbState       state)
{
  int value;

  g_object_get (connection, "state", &value, NULL);
  g_assert_cmpint (value, ==, backstay_db_connection_get_state (connection));

  return value == (int) state;
}

static gboolean
is_connected (gpointer connection)
{
  return has_state (connection, BACKSTAY_DB_STATE_CONNECTED);
}

static gboolean
is_lost (gpointer connection)
{
  return has_state (connection, BACKSTAY_DB_STATE_LOST);
}

static void
test_connects_lazily (void)
{
  g_autoptr (BackstayDbConnection) connection = connect_to_server ();
  SupportSql *sql = support_server_get_sql ();
  const char  count[] = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'backstay'";
  gint64      n_before = support_sql_query_int (sql, "%s", count);

  g_assert_true (has_state (connection, BACKSTAY_DB_STATE_IDLE));
  g_assert_cmpint (support_sql_query_int (sql, "%s", count), ==, n_before);

  support_job_assert_works (connection);
  support_wait_until (is_connected, connection);
  g_assert_cmpint (support_sql_query_int (sql, "%s", count), ==, n_before + 1);
}

/* Text is UTF-8 both ways, whatever a connection string says. */
static void
test_encoding (void)
{
  g_autofree char *uri = g_strdup_printf ("host=%s user=backstay dbname=backstay client_encoding=LATIN1"
                                          " options='-c client_encoding=LATIN1'",
                                          support_server_get_directory ());
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayDbConfig) config = backstay_db_config_new_from_uri (uri, &error);
  g_autoptr (BackstayDbConnection) connection = NULL;
  g_autofree char *answer = NULL;

  g_assert_no_error (error);
  connection = backstay_db_connection_new (config);
  answer = support_job_run_sql (connection, "SELECT concat_ws(' ', 'ü', octet_length('ü'), current_setting('client_encoding'))",
                                &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer, ==, "ü 2 UTF8");
}

static gboolean
pipeline_job (BackstayDbSession *session,
              gpointer           data,
              gpointer          *result,
              GError           **error)
{
  const char *const         numbers[] = { "20", "22" };
  const char *const         nulls[] = { NULL, "" };
  const BackstayDbStatement statements[] = {
    { "CREATE TEMP TABLE pipeline (n int, t text)", NULL, 0 },
    { "INSERT INTO pipeline SELECT g FROM generate_series(1, 3) g", NULL, 0 },
    { "SELECT $1::int + $2::int", numbers, 2 },
    { "SELECT $1::text, $2::text, true, false, NULL::bool, -9223372036854775808", nulls, 2 },
    { "SELECT 1 WHERE false", NULL, 0 },
    { "UPDATE pipeline SET n = n WHERE n > 1", NULL, 0 },
    { "DROP TABLE pipeline", NULL, 0 },
  };
  g_autoptr (GPtrArray) rows = NULL;
  BackstayDbRows *row;
  g_autoptr (GBytes) bytes = NULL;

  rows = backstay_db_session_run (session, statements, G_N_ELEMENTS (statements), error);
  g_assert_no_error (*error);
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (statements));

  g_assert_cmpuint (backstay_db_rows_get_n_affected (g_ptr_array_index (rows, 1)), ==, 3);
  g_assert_cmpint (backstay_db_rows_get_int64 (g_ptr_array_index (rows, 2), 0, 0), ==, 42);

  row = g_ptr_array_index (rows, 3);
  g_assert_null (backstay_db_rows_get_text (row, 0, 0));
  g_assert_null (backstay_db_rows_dup_bytes (row, 0, 0));
  g_assert_cmpint (backstay_db_rows_get_int64 (row, 0, 0), ==, 0);
  g_assert_cmpstr (backstay_db_rows_get_text (row, 0, 1), ==, "");
  bytes = backstay_db_rows_dup_bytes (row, 0, 1);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 0);
  g_assert_true (backstay_db_rows_get_boolean (row, 0, 2));
  g_assert_false (backstay_db_rows_get_boolean (row, 0, 3));
  g_assert_false (backstay_db_rows_get_boolean (row, 0, 4));
  g_assert_cmpint (backstay_db_rows_get_int64 (row, 0, 5), ==, G_MININT64);

  g_assert_cmpuint (backstay_db_rows_get_n_rows (g_ptr_array_index (rows, 4)), ==, 0);
  g_assert_cmpuint (backstay_db_rows_get_n_affected (g_ptr_array_index (rows, 5)), ==, 2);
  g_assert_cmpstr (backstay_db_rows_get_command (g_ptr_array_index (rows, 6)), ==, "DROP TABLE");

  *result = g_strdup_printf ("%s %d %s",
                             backstay_db_session_get_database (session),
                             backstay_db_session_get_server_version (session) > 0,
                             backstay_db_session_get_security (session) == BACKSTAY_DB_SECURITY_LOCAL ? "local" : "elsewhere");

  return TRUE;
}

static void
test_pipeline (void)
{
  g_autoptr (BackstayDbConnection) connection = connect_to_server ();
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = support_job_run (connection, pipeline_job, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (answer, ==, "backstay 1 local");
}

static gboolean
broken_pipeline_job (BackstayDbSession *session,
                     gpointer           data,
                     gpointer          *result,
                     GError           **error)
{
  const BackstayDbStatement statements[] = {
    { "BEGIN", NULL, 0 },
    { "CREATE TABLE broken (n int)", NULL, 0 },
    { "SELECT 1 / 0", NULL, 0 },
    { "SELECT nonsense", NULL, 0 },
    { "COMMIT", NULL, 0 },
  };

  g_assert_null (backstay_db_session_run (session, statements, G_N_ELEMENTS (statements), error));

  return FALSE;
}

static void
test_error_in_the_middle (void)
{
  g_autoptr (BackstayDbConnection) connection = connect_to_server ();
  g_autoptr (GError) error = NULL;

  /* The first error is the one that is told. */
  g_assert_null (support_job_run (connection, broken_pipeline_job, NULL, &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_SQL);
  g_assert_cmpstr (backstay_db_error_get_sqlstate (error), ==, "22012");

  support_job_assert_works (connection);
  g_assert_cmpint (support_sql_query_int (support_server_get_sql (),
                                          "SELECT count(*) FROM pg_class WHERE relname = 'broken'"),
                   ==, 0);
}

static gboolean
script_job (BackstayDbSession *session,
            gpointer           data,
            gpointer          *result,
            GError           **error)
{
  if (!backstay_db_session_run_script (session, data, error))
    return FALSE;

  *result = g_strdup ("");

  return TRUE;
}

static void
assert_script_fails (BackstayDbConnection *connection,
                     const char           *script,
                     BackstayDbError       code,
                     const char           *sqlstate)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (support_job_run (connection, script_job, (gpointer) script, &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, (int) code);
  g_assert_cmpstr (backstay_db_error_get_sqlstate (error), ==, sqlstate);
  support_job_assert_works (connection);
}

static void
test_meanings (void)
{
  g_autoptr (BackstayDbConnection) connection = connect_to_server ();
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());

  g_autoptr (GError) error = NULL;

  support_sql_run (other, "CREATE TABLE held (n int)");
  support_sql_run (other, "BEGIN; LOCK TABLE held");

  g_assert_null (support_job_run_sql (connection, "SELECT 1; SELECT 2", &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_SQL);

  assert_script_fails (connection, "SELECT 1; SELEC 2; SELECT 3",
                       BACKSTAY_DB_ERROR_SQL, "42601");
  assert_script_fails (connection, "BEGIN; SET LOCAL ROLE pg_monitor; TABLE pg_authid; COMMIT",
                       BACKSTAY_DB_ERROR_DENIED, "42501");
  assert_script_fails (connection, "BEGIN READ ONLY; CREATE TABLE a (n int); COMMIT",
                       BACKSTAY_DB_ERROR_READ_ONLY, "25006");
  assert_script_fails (connection, "BEGIN; SET LOCAL lock_timeout = '20ms'; LOCK TABLE held",
                       BACKSTAY_DB_ERROR_BUSY, "55P03");
  assert_script_fails (connection,
                       "BEGIN; SET LOCAL statement_timeout = '20ms'; SELECT pg_sleep(60)",
                       BACKSTAY_DB_ERROR_TIMEOUT, "57014");

  support_sql_run (other, "ROLLBACK");
  support_sql_run (other, "DROP TABLE held");
}

static gboolean
large_job (BackstayDbSession *session,
           gpointer           data,
           gpointer          *result,
           GError           **error)
{
  g_autofree char          *sent = g_strnfill (LARGE_BYTES, 'x');
  const char *const         params[] = { sent };
  const BackstayDbStatement statement = { "SELECT $1::text || 'y', 'second'", params, 1 };
  g_autoptr (GPtrArray) rows = backstay_db_session_run (session, &statement, 1, error);
  BackstayDbRows *row;

  g_assert_no_error (*error);
  row = g_ptr_array_index (rows, 0);
  *result = backstay_db_rows_dup_bytes (row, 0, 0);

  /* Not a copy: the bytes are where the rows have them. */
  g_assert_true (g_bytes_get_data (*result, NULL) == backstay_db_rows_get_text (row, 0, 0));

  return TRUE;
}

static void
test_large_value (void)
{
  g_autoptr (BackstayDbConnection) connection = connect_to_server ();
  GAsyncResult *result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  const char *data;
  gsize       size;

  backstay_db_connection_run_async (connection, large_job, NULL, NULL,
                                    (GDestroyNotify) g_bytes_unref,
                                    SUPPORT_JOB_MSEC, NULL, support_keep_result_cb, &result);
  support_wait_for_result (&result);
  bytes = backstay_db_connection_run_finish (connection, result, &error);
  g_assert_no_error (error);
  g_object_unref (result);

  /* They outlive the rows that they were a part of. */
  data = g_bytes_get_data (bytes, &size);
  g_assert_cmpuint (size, ==, LARGE_BYTES + 1);
  g_assert_true (memchr (data, 'y', size) == data + LARGE_BYTES);
}

static gboolean
open_transaction_job (BackstayDbSession *session,
                      gpointer           data,
                      gpointer          *result,
                      GError           **error)
{
  const BackstayDbStatement statements[] = {
    { "BEGIN", NULL, 0 },
    { "CREATE TABLE left_open (n int)", NULL, 0 },
  };
  g_autoptr (GPtrArray) rows = NULL;

  rows = backstay_db_session_run (session, statements, G_N_ELEMENTS (statements), error);
  g_assert_no_error (*error);
  *result = g_strdup ("");

  return TRUE;
}

static void
test_open_transaction (void)
{
  g_autoptr (BackstayDbConnection) connection = connect_to_server ();
  g_autoptr (GError) error = NULL;
  g_autofree char *done = support_job_run (connection, open_transaction_job, NULL, &error);
  g_autofree char *status = NULL;

  g_assert_no_error (error);
  status = support_job_run_sql (connection, "SELECT to_regclass('left_open') IS NULL", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (status, ==, "t");
}

static void
count_in_order_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  guint *n_left = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  text = backstay_db_connection_run_finish (BACKSTAY_DB_CONNECTION (object), result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_ascii_strtoull (text, NULL, 10), ==, N_JOBS - *n_left);
  (*n_left)--;
}

static void
test_many_jobs (void)
{
  BackstayDbConnection *connection = connect_to_server ();
  guint                 n_left = N_JOBS;

  for (guint i = 0; i < N_JOBS; i++)
    backstay_db_connection_run_async (connection, support_job_query,
                                      g_strdup_printf ("SELECT %u", i), g_free, g_free,
                                      SUPPORT_JOB_MSEC, NULL, count_in_order_cb, &n_left);

  support_wait_until (support_is_zero, &n_left);
  support_run_pending ();
  g_assert_finalize_object (connection);
}

/* Its owner may let go of a connection as soon as it has its answer. */
static void
test_finalize_after_answer (void)
{
  for (guint i = 0; i < 50; i++)
    {
      BackstayDbConnection *connection = connect_to_server ();

      support_job_assert_works (connection);
      g_assert_finalize_object (connection);
    }
}

static void
assert_no_login (BackstayDbConfig *config,
                 BackstayDbError   code)
{
  g_autoptr (BackstayDbConnection) connection = backstay_db_connection_new (config);
  g_autoptr (GError) error = NULL;

  g_assert_null (support_job_run_sql (connection, "SELECT 1", &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, BACKSTAY_DB_ERROR, (int) code);
  support_wait_until (is_lost, connection);
}

static void
assert_wants_password (BackstayDbConfig *config,
                       gboolean          wants)
{
  g_autoptr (BackstayDbConnection) connection = backstay_db_connection_new (config);
  g_autoptr (GError) error = NULL;

  g_assert_null (support_job_run_sql (connection, "SELECT 1", &error));
  g_assert_true (backstay_db_error_get_wants_password (error) == wants);

  /* Neither the password, nor what only libpq's verbose text has. */
  g_assert_null (strstr (error->message, "hunter2"));
  g_assert_null (strstr (error->message, ".c:"));
  g_assert_null (strstr (error->message, "28P01"));
  g_assert_null (strstr (error->message, "3D000"));
}

static void
test_login_refused (void)
{
  SupportSql      *sql = support_server_get_sql ();
  g_autofree char *wrong_uri = NULL;
  g_autofree char *right_uri = NULL;
  g_autoptr (BackstayDbConfig) stranger = support_server_dup_config_for ("stranger", "backstay");
  g_autoptr (BackstayDbConfig) no_database = support_server_dup_config_for ("backstay", "nowhere");
  g_autoptr (BackstayDbConfig) no_password =
    support_server_dup_config_for ("locked_out", "backstay");
  g_autoptr (BackstayDbConfig) wrong = NULL;
  g_autoptr (BackstayDbConfig) right = NULL;
  g_autoptr (BackstayDbConnection) connection = NULL;
  g_autoptr (BackstayDbConnection) expired = NULL;
  g_autoptr (GError) error = NULL;

  support_server_want_password ("locked_out", "right");

  wrong_uri = g_strdup_printf ("host=%s user=locked_out password=hunter2 dbname=backstay",
                               support_server_get_directory ());
  wrong = backstay_db_config_new_from_uri (wrong_uri, NULL);
  right_uri = g_strdup_printf ("host=%s user=locked_out password=right dbname=backstay",
                               support_server_get_directory ());
  right = backstay_db_config_new_from_uri (right_uri, NULL);

  assert_no_login (stranger, BACKSTAY_DB_ERROR_AUTH);
  assert_no_login (no_database, BACKSTAY_DB_ERROR_CONNECT);
  assert_no_login (no_password, BACKSTAY_DB_ERROR_AUTH);
  assert_no_login (wrong, BACKSTAY_DB_ERROR_AUTH);
  assert_wants_password (no_password, TRUE);
  assert_wants_password (wrong, TRUE);
  assert_wants_password (stranger, FALSE);
  assert_wants_password (no_database, FALSE);

  connection = backstay_db_connection_new (right);
  support_job_assert_works (connection);

  /* The right one, of before. The server does not say which of both it is, and so both are said. Who is
   * connected stays so. */
  support_sql_run (sql, "ALTER ROLE locked_out VALID UNTIL '2001-01-01'");
  assert_no_login (right, BACKSTAY_DB_ERROR_AUTH);
  assert_wants_password (right, TRUE);
  expired = backstay_db_connection_new (right);
  g_assert_null (support_job_run_sql (expired, "SELECT 1", &error));
  g_assert_nonnull (strstr (error->message, "it is wrong, or has expired"));
  g_assert_null (strstr (error->message, "right"));
  support_job_assert_works (connection);
}

/* Reads the startup packet, and refuses in Latin 1. */
static gboolean
refuse_cb (GThreadedSocketService *service,
           GSocketConnection      *connection,
           GObject                *source,
           gpointer                user_data)
{
  static const char refusal[] = "E\0\0\0\x2f"
                                "SFATAL\0"
                                "VFATAL\0"
                                "C28P01\0"
                                "Mmot de passe erron\xe9\0";
  GInputStream     *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream    *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  char              buffer[1024];

  g_assert_cmpint (g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL), >, 0);
  g_assert_true (g_output_stream_write_all (output, refusal, sizeof refusal, NULL, NULL, NULL));
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);

  return TRUE;
}

/* Before it has let somebody in, a server need not speak UTF-8. */
static void
test_refused_in_another_encoding (void)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, ".s.PGSQL.5432", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (-1);
  g_autoptr (BackstayDbConfig) config = backstay_db_config_new_for_socket (folder, 5432, "alice", "backstay");
  g_autoptr (BackstayDbConnection) connection = backstay_db_connection_new (config);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &error));
  g_assert_no_error (error);
  g_signal_connect (service, "run", G_CALLBACK (refuse_cb), NULL);

  g_assert_null (support_job_run_sql (connection, "SELECT 1", &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_AUTH);
  g_test_message ("%s", error->message);
  g_assert_true (backstay_db_error_get_wants_password (error));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));

  /* It has to hear of that, or it complains that there is nothing any more to accept from. */
  g_socket_service_stop (service);
  support_run_pending ();
  g_socket_listener_close (G_SOCKET_LISTENER (service));
  g_remove (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_nobody_listens (void)
{
  g_autoptr (SupportBlackHole) port = support_black_hole_new ();
  g_autoptr (BackstayDbConfig) config = support_black_hole_dup_config (port);

  support_black_hole_close (port);
  assert_no_login (config, BACKSTAY_DB_ERROR_CONNECT);
}

static void
test_lost_while_idle (void)
{
  g_autoptr (BackstayDbConnection) connection = connect_to_server ();
  int pid = support_job_get_pid (connection);

  support_wait_until (is_connected, connection);
  support_sql_run (support_server_get_sql (), "SELECT pg_terminate_backend(%d)", pid);
  support_wait_until (is_lost, connection);

  support_job_assert_works (connection);
  support_wait_until (is_connected, connection);
  g_assert_cmpint (support_job_get_pid (connection), !=, pid);
}

static void
test_lost_while_running (void)
{
  g_autoptr (BackstayDbConnection) connection = connect_to_server ();
  SupportSql   *sql = support_server_get_sql ();
  int           pid = support_job_get_pid (connection);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  support_job_start (connection, "SELECT pg_sleep(60)", SUPPORT_JOB_MSEC, NULL, &result);
  support_sql_wait (sql, "SELECT state = 'active' FROM pg_stat_activity WHERE pid = %d", pid);
  support_sql_run (sql, "SELECT pg_terminate_backend(%d)", pid);

  g_assert_null (support_job_finish (&result, &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_LOST);
  support_wait_until (is_lost, connection);
  support_job_assert_works (connection);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/db-connection/connects-lazily", test_connects_lazily);
  g_test_add_func ("/db-connection/encoding", test_encoding);
  g_test_add_func ("/db-connection/pipeline", test_pipeline);
  g_test_add_func ("/db-connection/error-in-the-middle", test_error_in_the_middle);
  g_test_add_func ("/db-connection/meanings", test_meanings);
  g_test_add_func ("/db-connection/large-value", test_large_value);
  g_test_add_func ("/db-connection/open-transaction", test_open_transaction);
  g_test_add_func ("/db-connection/many-jobs", test_many_jobs);
  g_test_add_func ("/db-connection/finalize-after-answer", test_finalize_after_answer);
  g_test_add_func ("/db-connection/login-refused", test_login_refused);
  g_test_add_func ("/db-connection/refused-in-another-encoding", test_refused_in_another_encoding);
  g_test_add_func ("/db-connection/nobody-listens", test_nobody_listens);
  g_test_add_func ("/db-connection/lost-while-idle", test_lost_while_idle);
  g_test_add_func ("/db-connection/lost-while-running", test_lost_while_running);

  return support_server_run_tests (SUPPORT_CONTENT_NOTHING);
}

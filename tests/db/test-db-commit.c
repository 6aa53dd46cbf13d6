/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-db-commit"

#include "config.h"

#include "support-job.h"
#include "support-proxy.h"
#include "support-server.h"
#include "support-wait.h"

/* The job's first round trip writes, its second one commits. */
#define ROUND_TRIP_WRITE 1
#define ROUND_TRIP_COMMIT 2

static gboolean
write_job (BackstayDbSession *session,
           gpointer           data,
           gpointer          *result,
           GError           **error)
{
  const BackstayDbStatement statements[] = {
    { "BEGIN", NULL, 0 },
    { data, NULL, 0 },
  };
  g_autoptr (GPtrArray) rows = NULL;

  rows = backstay_db_session_run (session, statements, G_N_ELEMENTS (statements), error);

  if (rows == NULL || !backstay_db_session_commit (session, error))
    return FALSE;

  *result = g_strdup ("");

  return TRUE;
}

static void
start_write (BackstayDbConnection *connection,
             const char           *sql,
             guint                 milliseconds,
             GCancellable         *cancellable,
             GAsyncResult        **result)
{
  backstay_db_connection_run_async (connection, write_job, (gpointer) sql, NULL, g_free,
                                    milliseconds, cancellable, support_keep_result_cb, result);
}

static BackstayDbConnection *
connect_through (SupportProxy *proxy)
{
  g_autoptr (BackstayDbConfig) config = support_proxy_dup_config (proxy);
  BackstayDbConnection *connection = backstay_db_connection_new (config);

  support_sql_run (support_server_get_sql (), "CREATE TABLE IF NOT EXISTS written (n int)");
  support_job_assert_works (connection);

  return connection;
}

static gint64
count_rows (void)
{
  return support_sql_query_int (support_server_get_sql (), "SELECT count(*) FROM written");
}

static void
assert_fault (SupportFault    fault,
              guint           round_trip,
              guint           milliseconds,
              BackstayDbError code,
              gint64          n_expected)
{
  g_autoptr (SupportProxy) proxy = support_proxy_new ();
  g_autoptr (BackstayDbConnection) connection = connect_through (proxy);
  gint64        n_before = count_rows ();
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  support_proxy_arm (proxy, round_trip, fault);
  start_write (connection, "INSERT INTO written VALUES (1)", milliseconds, NULL, &result);
  g_assert_null (support_job_finish (&result, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, BACKSTAY_DB_ERROR, (int) code);
  g_assert_true (support_proxy_has_fired (proxy));

  support_job_assert_works (connection);
  g_assert_cmpint (count_rows () - n_before, ==, n_expected);
}

static void
test_success (void)
{
  g_autoptr (SupportProxy) proxy = support_proxy_new ();
  g_autoptr (BackstayDbConnection) connection = connect_through (proxy);
  gint64        n_before = count_rows ();
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = NULL;

  start_write (connection, "INSERT INTO written VALUES (1)", SUPPORT_JOB_MSEC, NULL, &result);
  done = support_job_finish (&result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_rows () - n_before, ==, 1);
}

static void
test_line_breaks (void)
{
  /* Before the commit nothing is unknown. */
  assert_fault (SUPPORT_FAULT_CUT_BEFORE, ROUND_TRIP_WRITE, SUPPORT_JOB_MSEC,
                BACKSTAY_DB_ERROR_LOST, 0);
  assert_fault (SUPPORT_FAULT_CUT_AFTER, ROUND_TRIP_WRITE, SUPPORT_JOB_MSEC,
                BACKSTAY_DB_ERROR_LOST, 0);
  assert_fault (SUPPORT_FAULT_CUT_BEFORE, ROUND_TRIP_COMMIT, SUPPORT_JOB_MSEC,
                BACKSTAY_DB_ERROR_UNKNOWN, 0);
  assert_fault (SUPPORT_FAULT_CUT_AFTER, ROUND_TRIP_COMMIT, SUPPORT_JOB_MSEC,
                BACKSTAY_DB_ERROR_UNKNOWN, 1);
}

static void
test_line_hangs (void)
{
  assert_fault (SUPPORT_FAULT_HANG_AFTER, ROUND_TRIP_WRITE, 300, BACKSTAY_DB_ERROR_TIMEOUT, 0);
  assert_fault (SUPPORT_FAULT_HANG_BEFORE, ROUND_TRIP_COMMIT, 300, BACKSTAY_DB_ERROR_UNKNOWN, 0);
  assert_fault (SUPPORT_FAULT_HANG_AFTER, ROUND_TRIP_COMMIT, 300, BACKSTAY_DB_ERROR_UNKNOWN, 1);
}

typedef struct
{
  SupportSql *sql;
  int         pid;
} Victim;

static void
terminate (gpointer user_data)
{
  Victim *victim = user_data;

  support_sql_terminate (victim->sql, "pid = %d", victim->pid);
}

/* The server ends the connection in the moment between the last statement and the commit. */
static void
test_terminated (void)
{
  g_autoptr (SupportProxy) proxy = support_proxy_new ();
  g_autoptr (BackstayDbConnection) connection = connect_through (proxy);
  g_autoptr (SupportSql) sql = support_sql_new (support_server_get_config ());
  Victim        victim = { sql, support_job_get_pid (connection) };
  gint64        n_before = count_rows ();
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  support_proxy_arm_call (proxy, ROUND_TRIP_COMMIT, terminate, &victim);
  start_write (connection, "INSERT INTO written VALUES (1)", SUPPORT_JOB_MSEC, NULL, &result);
  g_assert_null (support_job_finish (&result, &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN);

  support_job_assert_works (connection);
  g_assert_cmpint (count_rows (), ==, n_before);
}

static void
cancel (gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* A commit that has begun is not called cancelled. */
static void
test_cancelled_during_commit (void)
{
  g_autoptr (SupportProxy) proxy = support_proxy_new ();
  g_autoptr (BackstayDbConnection) connection = connect_through (proxy);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64        n_before = count_rows ();
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = NULL;

  support_proxy_arm_call (proxy, ROUND_TRIP_COMMIT, cancel, cancellable);
  start_write (connection, "INSERT INTO written VALUES (1)", SUPPORT_JOB_MSEC, cancellable,
               &result);
  done = support_job_finish (&result, &error);
  g_assert_no_error (error);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_assert_cmpint (count_rows () - n_before, ==, 1);
}

static void
test_cancelled_before_commit (void)
{
  g_autoptr (SupportProxy) proxy = support_proxy_new ();
  g_autoptr (BackstayDbConnection) connection = connect_through (proxy);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64        n_before = count_rows ();
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  support_proxy_arm_call (proxy, ROUND_TRIP_WRITE, cancel, cancellable);
  start_write (connection, "INSERT INTO written VALUES (1)", SUPPORT_JOB_MSEC, cancellable,
               &result);
  g_assert_null (support_job_finish (&result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  support_job_assert_works (connection);
  g_assert_cmpint (count_rows (), ==, n_before);
}

/* A constraint that is checked at the end refuses the commit itself. */
static void
test_refused_commit (void)
{
  g_autoptr (BackstayDbConnection) connection =
    backstay_db_connection_new (support_server_get_config ());
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  support_sql_run (support_server_get_sql (),
                   "CREATE TABLE checked_late (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)");
  start_write (connection, "INSERT INTO checked_late VALUES (1), (1)", SUPPORT_JOB_MSEC, NULL,
               &result);
  g_assert_null (support_job_finish (&result, &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_SQL);
  g_assert_cmpstr (backstay_db_error_get_sqlstate (error), ==, "23505");
  support_job_assert_works (connection);
}

static gboolean
commit_failed_job (BackstayDbSession *session,
                   gpointer           data,
                   gpointer          *result,
                   GError           **error)
{
  const BackstayDbStatement statements[] = {
    { "BEGIN", NULL, 0 },
    { "SELECT 1 / 0", NULL, 0 },
  };
  g_autoptr (GPtrArray) rows = NULL;

  rows = backstay_db_session_run (session, statements, G_N_ELEMENTS (statements), NULL);
  g_assert_null (rows);

  return backstay_db_session_commit (session, error);
}

/* The server answers ROLLBACK to that, which is no error of its own. */
static void
test_commit_of_failed (void)
{
  g_autoptr (BackstayDbConnection) connection =
    backstay_db_connection_new (support_server_get_config ());
  g_autoptr (GError) error = NULL;

  g_assert_null (support_job_run (connection, commit_failed_job, NULL, &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_SQL);
  support_job_assert_works (connection);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/db-commit/success", test_success);
  g_test_add_func ("/db-commit/line-breaks", test_line_breaks);
  g_test_add_func ("/db-commit/line-hangs", test_line_hangs);
  g_test_add_func ("/db-commit/terminated", test_terminated);
  g_test_add_func ("/db-commit/cancelled-during", test_cancelled_during_commit);
  g_test_add_func ("/db-commit/cancelled-before", test_cancelled_before_commit);
  g_test_add_func ("/db-commit/refused", test_refused_commit);
  g_test_add_func ("/db-commit/of-failed", test_commit_of_failed);

  return support_server_run_tests (SUPPORT_CONTENT_NOTHING);
}

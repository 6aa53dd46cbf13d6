/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-db-cancel"

#include "config.h"

#include "support-black-hole.h"
#include "support-job.h"
#include "support-server.h"
#include "support-wait.h"

#include <signal.h>

/* Nothing that a test waits for takes this long; what hangs, hangs longer. */
#define FOREVER_MSEC 50000

#define SLEEP "SELECT pg_sleep(40)"

static BackstayDbConnection *
connect_to_server (void)
{
  return backstay_db_connection_new (support_server_get_config ());
}

static void
wait_until_active (int pid)
{
  support_sql_wait (support_server_get_sql (),
                    "SELECT state = 'active' AND query LIKE 'SELECT pg_sleep%%'"
                    "  FROM pg_stat_activity WHERE pid = %d",
                    pid);
}

static void
assert_cancelled (GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (support_job_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
assert_timed_out (GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (support_job_finish (result, &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_TIMEOUT);
}

static void
test_cancelled_before (void)
{
  g_autoptr (BackstayDbConnection) connection = connect_to_server ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;

  g_cancellable_cancel (cancellable);
  support_job_start (connection, "SELECT 1", FOREVER_MSEC, cancellable, &result);
  g_assert_null (result);
  assert_cancelled (&result);
  support_job_assert_works (connection);
}

static void
test_cancel_connecting (void)
{
  g_autoptr (SupportBlackHole) black_hole = support_black_hole_new ();
  g_autoptr (BackstayDbConfig) config = support_black_hole_dup_config (black_hole);
  BackstayDbConnection *connection = backstay_db_connection_new (config);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  gint64        begin = g_get_monotonic_time ();
  gint64        end = begin + G_USEC_PER_SEC / 5;

  support_job_start (connection, "SELECT 1", FOREVER_MSEC, cancellable, &result);
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (result);

  g_cancellable_cancel (cancellable);
  assert_cancelled (&result);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 8 * G_USEC_PER_SEC);

  /* Nobody was refused and nothing broke. */
  support_run_pending ();
  g_assert_cmpint (backstay_db_connection_get_state (connection), ==, BACKSTAY_DB_STATE_IDLE);
  g_object_unref (connection);
}

static void
test_deadline_connecting (void)
{
  g_autoptr (SupportBlackHole) black_hole = support_black_hole_new ();
  g_autoptr (BackstayDbConfig) config = support_black_hole_dup_config (black_hole);
  g_autoptr (BackstayDbConnection) connection = backstay_db_connection_new (config);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  support_job_start (connection, "SELECT 1", 100, NULL, &result);
  g_assert_null (support_job_finish (&result, &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONNECT);
}

static void
test_cancel_queued (void)
{
  g_autoptr (BackstayDbConnection) connection = connect_to_server ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) other = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  GAsyncResult    *running = NULL;
  GAsyncResult    *queued = NULL;
  GAsyncResult    *last = NULL;
  int              pid = support_job_get_pid (connection);

  support_job_start (connection, SLEEP, FOREVER_MSEC, other, &running);
  support_job_start (connection, "SELECT 'queued'", FOREVER_MSEC, cancellable, &queued);
  support_job_start (connection, "SELECT 'last'", FOREVER_MSEC, NULL, &last);
  wait_until_active (pid);

  g_cancellable_cancel (cancellable);
  assert_cancelled (&queued);
  g_assert_null (running);
  g_assert_null (last);
  wait_until_active (pid);

  g_cancellable_cancel (other);
  assert_cancelled (&running);
  text = support_job_finish (&last, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "last");
}

static void
test_deadline_queued (void)
{
  g_autoptr (BackstayDbConnection) connection = connect_to_server ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *running = NULL;
  GAsyncResult *queued = NULL;

  support_job_start (connection, SLEEP, FOREVER_MSEC, cancellable, &running);
  support_job_start (connection, "SELECT 'queued'", 50, NULL, &queued);
  assert_timed_out (&queued);
  g_assert_null (running);

  g_cancellable_cancel (cancellable);
  assert_cancelled (&running);
}

static void
test_cancel_running (void)
{
  g_autoptr (BackstayDbConnection) connection = connect_to_server ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  int           pid = support_job_get_pid (connection);

  support_job_start (connection, SLEEP, FOREVER_MSEC, cancellable, &result);
  wait_until_active (pid);

  g_cancellable_cancel (cancellable);
  assert_cancelled (&result);

  /* The server does not go on with it, and the connection is of use still. */
  support_sql_wait (support_server_get_sql (),
                    "SELECT state = 'idle' FROM pg_stat_activity WHERE pid = %d", pid);
  g_assert_cmpint (support_job_get_pid (connection), ==, pid);
}

static void
test_deadline_running (void)
{
  g_autoptr (BackstayDbConnection) connection = connect_to_server ();
  GAsyncResult *result = NULL;
  int           pid = support_job_get_pid (connection);

  support_job_start (connection, SLEEP, 100, NULL, &result);
  assert_timed_out (&result);
  support_sql_wait (support_server_get_sql (),
                    "SELECT state = 'idle' FROM pg_stat_activity WHERE pid = %d", pid);
  g_assert_cmpint (support_job_get_pid (connection), ==, pid);
}

static gboolean
count_ticks_cb (gpointer user_data)
{
  (*(guint *) user_data)++;

  return G_SOURCE_CONTINUE;
}

static gboolean
tell_and_query_job (BackstayDbSession *session,
                    gpointer           data,
                    gpointer          *result,
                    GError           **error)
{
  g_atomic_int_set ((int *) data, TRUE);

  return support_job_query (session, (gpointer) "SELECT 1", result, error);
}

static gboolean
is_set (gpointer flag)
{
  return g_atomic_int_get ((int *) flag) != 0;
}

/* A server's process that does not answer any more, nor to the request to cancel. */
static void
hang (gboolean cancel)
{
  g_autoptr (BackstayDbConnection) connection = connect_to_server ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  int           pid = support_job_get_pid (connection);
  int           started = FALSE;
  guint         n_ticks = 0;
  guint         ticker;

  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  backstay_db_connection_run_async (connection, tell_and_query_job, &started, NULL, g_free,
                                    cancel ? FOREVER_MSEC : 200, cancellable,
                                    support_keep_result_cb, &result);
  support_wait_until (is_set, &started);
  ticker = g_timeout_add (10, count_ticks_cb, &n_ticks);

  if (cancel)
    {
      g_cancellable_cancel (cancellable);
      assert_cancelled (&result);
    }
  else
    {
      assert_timed_out (&result);
    }

  /* The main loop went on all the while. */
  g_assert_cmpuint (n_ticks, >, 5);
  g_source_remove (ticker);

  /* The next job gets a new line. */
  g_assert_cmpint (support_job_get_pid (connection), !=, pid);

  g_assert_cmpint (kill (pid, SIGCONT), ==, 0);
  support_sql_wait (support_server_get_sql (),
                    "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = %d)", pid);
}

static void
test_hang_until_deadline (void)
{
  hang (FALSE);
}

static void
test_hang_until_cancelled (void)
{
  hang (TRUE);
}

/* The server's main process takes no requests to cancel, nor new connections. */
static void
test_postmaster_hangs (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayDbConnection) connection = connect_to_server ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  int           pid = support_job_get_pid (connection);
  int           postmaster;

  postmaster = (int) support_sql_query_int (
    sql, "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)");
  support_job_start (connection, SLEEP, FOREVER_MSEC, cancellable, &result);
  wait_until_active (pid);

  g_assert_cmpint (kill (postmaster, SIGSTOP), ==, 0);
  g_cancellable_cancel (cancellable);
  assert_cancelled (&result);

  support_job_start (connection, "SELECT 1", 200, NULL, &result);
  g_assert_null (support_job_finish (&result, &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONNECT);

  g_assert_cmpint (kill (postmaster, SIGCONT), ==, 0);
  support_job_assert_works (connection);
  support_sql_run (sql, "SELECT pg_terminate_backend(%d)", pid);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/* A request to cancel that is on its way while its statement ends must not hit the next one. */
static void
test_cancel_hits_nobody_else (void)
{
  g_autoptr (BackstayDbConnection) connection = connect_to_server ();

  support_job_assert_works (connection);

  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *sql = g_strdup_printf ("SELECT pg_sleep(%u / 1e5)", i % 100);
      g_autofree char *first_text = NULL;
      g_autofree char *second_text = NULL;
      GAsyncResult    *first = NULL;
      GAsyncResult    *second = NULL;

      support_job_start (connection, sql, FOREVER_MSEC, cancellable, &first);
      support_job_start (connection, "SELECT pg_sleep(0.001)", FOREVER_MSEC, NULL, &second);
      g_timeout_add_full (G_PRIORITY_HIGH, i % 2, cancel_cb, g_object_ref (cancellable),
                          g_object_unref);

      first_text = support_job_finish (&first, NULL);
      second_text = support_job_finish (&second, &error);
      g_assert_no_error (error);
    }
}

static void
count_down_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autofree char *text = NULL;

  text = backstay_db_connection_run_finish (BACKSTAY_DB_CONNECTION (object), result, NULL);
  (*(guint *) user_data)--;
}

static gboolean
is_null (gpointer pointer)
{
  return *(gpointer *) pointer == NULL;
}

/* Whoever started the jobs is gone; each is answered all the same. */
static void
test_dropped_with_jobs (void)
{
  BackstayDbConnection *connection = connect_to_server ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint n_left = 20;

  for (guint i = 0; i < 20; i++)
    backstay_db_connection_run_async (connection, support_job_query,
                                      g_strdup (i == 10 ? SLEEP : "SELECT 1"), g_free, g_free,
                                      FOREVER_MSEC, cancellable, count_down_cb, &n_left);

  g_object_add_weak_pointer (G_OBJECT (connection), (gpointer *) &connection);
  g_object_unref (connection);
  g_assert_nonnull (connection);

  g_cancellable_cancel (cancellable);
  support_wait_until (support_is_zero, &n_left);
  support_wait_until (is_null, &connection);
}

static gboolean
has_few_threads (gpointer user_data)
{
  return support_count_entries ("/proc/self/task") <= *(guint *) user_data;
}

static void
test_nothing_leaks (void)
{
  guint n_threads = 0;
  guint n_files = 0;

  /* The first round makes what stays, such as threads of GLib's own. */
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (BackstayDbConnection) connection = connect_to_server ();
      GAsyncResult *result = NULL;

      support_job_assert_works (connection);
      support_job_start (connection, SLEEP, 20, NULL, &result);
      assert_timed_out (&result);
      g_clear_object (&connection);

      if (i > 0)
        {
          support_wait_until (has_few_threads, &n_threads);
        }
      else
        {
          support_sql_wait (support_server_get_sql (),
                            "SELECT count(*) = 1 FROM pg_stat_activity"
                            " WHERE backend_type = 'client backend'");
          n_threads = support_count_entries ("/proc/self/task");
          n_files = support_count_entries ("/proc/self/fd");
        }
    }

  g_assert_cmpuint (support_count_entries ("/proc/self/fd"), <=, n_files);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/db-cancel/before", test_cancelled_before);
  g_test_add_func ("/db-cancel/connecting", test_cancel_connecting);
  g_test_add_func ("/db-cancel/connecting-deadline", test_deadline_connecting);
  g_test_add_func ("/db-cancel/queued", test_cancel_queued);
  g_test_add_func ("/db-cancel/queued-deadline", test_deadline_queued);
  g_test_add_func ("/db-cancel/running", test_cancel_running);
  g_test_add_func ("/db-cancel/running-deadline", test_deadline_running);
  g_test_add_func ("/db-cancel/hang-until-deadline", test_hang_until_deadline);
  g_test_add_func ("/db-cancel/hang-until-cancelled", test_hang_until_cancelled);
  g_test_add_func ("/db-cancel/postmaster-hangs", test_postmaster_hangs);
  g_test_add_func ("/db-cancel/hits-nobody-else", test_cancel_hits_nobody_else);
  g_test_add_func ("/db-cancel/dropped-with-jobs", test_dropped_with_jobs);
  g_test_add_func ("/db-cancel/nothing-leaks", test_nothing_leaks);

  return support_server_run_tests (SUPPORT_CONTENT_NOTHING);
}

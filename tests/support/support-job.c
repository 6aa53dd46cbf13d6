/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "support-job"

#include "config.h"

#include "support-job.h"

#include "support-wait.h"

/* A job: runs the statement that is its data and gives the first value, an empty string for none.
 */
gboolean
support_job_query (BackstayDbSession *session,
                   gpointer           data,
                   gpointer          *result,
                   GError           **error)
{
  const BackstayDbStatement statement = { data, NULL, 0 };
  g_autoptr (GPtrArray) answers = backstay_db_session_run (session, &statement, 1, error);
  BackstayDbRows *rows;
  const char     *text = NULL;

  if (answers == NULL)
    return FALSE;

  rows = g_ptr_array_index (answers, 0);
  if (backstay_db_rows_get_n_rows (rows) > 0)
    text = backstay_db_rows_get_text (rows, 0, 0);

  *result = g_strdup (text != NULL ? text : "");

  return TRUE;
}

/* Starts a job that runs one statement. */
void
support_job_start (BackstayDbConnection *connection,
                   const char           *sql,
                   guint                 milliseconds,
                   GCancellable         *cancellable,
                   GAsyncResult        **result)
{
  backstay_db_connection_run_async (connection, support_job_query, g_strdup (sql), g_free, g_free,
                                    milliseconds, cancellable, support_keep_result_cb, result);
}

/* Waits for what support_job_start() began, and clears @result. */
char *
support_job_finish (GAsyncResult **result,
                    GError       **error)
{
  g_autoptr (GObject) connection = NULL;
  char *text;

  support_wait_for_result (result);
  connection = g_async_result_get_source_object (*result);
  text = backstay_db_connection_run_finish (BACKSTAY_DB_CONNECTION (connection), *result, error);
  g_clear_object (result);

  return text;
}

/* Runs one statement and gives its first value. */
char *
support_job_run_sql (BackstayDbConnection *connection,
                     const char           *sql,
                     GError              **error)
{
  GAsyncResult *result = NULL;

  support_job_start (connection, sql, SUPPORT_JOB_MSEC, NULL, &result);

  return support_job_finish (&result, error);
}

/* Runs a job with results that are g_free()'d. */
gpointer
support_job_run (BackstayDbConnection *connection,
                 BackstayDbJobFunc     func,
                 gpointer              data,
                 GError              **error)
{
  GAsyncResult *result = NULL;

  backstay_db_connection_run_async (connection, func, data, NULL, g_free,
                                    SUPPORT_JOB_MSEC, NULL, support_keep_result_cb, &result);

  return support_job_finish (&result, error);
}

/* Checks that a connection is of use, whatever went before. */
void
support_job_assert_works (BackstayDbConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = support_job_run_sql (connection, "SELECT 'works'", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "works");
}

/* Finds the process on the server that answers a connection. */
int
support_job_get_pid (BackstayDbConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = support_job_run_sql (connection, "SELECT pg_backend_pid()", &error);

  g_assert_no_error (error);

  return (int) g_ascii_strtoll (text, NULL, 10);
}

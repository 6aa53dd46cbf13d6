/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "server-fixture"

#include "config.h"

#include "server-fixture.h"

#include <string.h>

#define JOB_MILLISECONDS 30000

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static void
wait_for_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * server_fixture_start:
 * @server: a server
 * @cancellable: (nullable): ends the start
 * @error: return location for an error
 *
 * Starts a server, and waits until it is started.
 *
 * Returns: (transfer full): where to connect to, %NULL with an error
 */
BackstayDbConfig *
server_fixture_start (BackstayLocalServer *server,
                      GCancellable        *cancellable,
                      GError             **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  backstay_local_server_start_async (server, cancellable, keep_result_cb, &result);
  wait_for_result (&result);

  return backstay_local_server_start_finish (server, result, error);
}

/**
 * server_fixture_stop:
 * @server: a server
 *
 * Stops a server, and waits until it has ended.
 */
void
server_fixture_stop (BackstayLocalServer *server)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  backstay_local_server_stop_async (server, NULL, keep_result_cb, &result);
  wait_for_result (&result);
  backstay_local_server_stop_finish (server, result, &error);
  g_assert_no_error (error);
}

/**
 * server_fixture_get_host:
 * @config: where a server is
 *
 * Returns: (transfer none): the folder of its socket
 */
const char *
server_fixture_get_host (BackstayDbConfig *config)
{
  const char *const *keywords = backstay_db_config_get_keywords (config);
  const char *const *values = backstay_db_config_get_values (config);

  for (guint i = 0; keywords[i] != NULL; i++)
    {
      if (strcmp (keywords[i], "host") == 0)
        return values[i];
    }

  g_assert_not_reached ();
}

static gpointer
run_job (BackstayDbConfig *config,
         BackstayDbJobFunc func,
         const char       *sql)
{
  g_autoptr (BackstayDbConnection) connection = backstay_db_connection_new (config);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gpointer answer;

  backstay_db_connection_run_async (connection, func, g_strdup (sql), g_free, g_free,
                                    JOB_MILLISECONDS, NULL, keep_result_cb, &result);
  wait_for_result (&result);
  answer = backstay_db_connection_run_finish (connection, result, &error);
  g_assert_no_error (error);

  return answer;
}

static gboolean
query_job (BackstayDbSession *session,
           gpointer           data,
           gpointer          *result,
           GError           **error)
{
  BackstayDbStatement statement = { .sql = data };
  g_autoptr (GPtrArray) answers = backstay_db_session_run (session, &statement, 1, error);
  BackstayDbRows *rows;

  if (answers == NULL)
    return FALSE;

  rows = g_ptr_array_index (answers, 0);

  if (backstay_db_rows_get_n_rows (rows) > 0)
    *result = g_strdup (backstay_db_rows_get_text (rows, 0, 0));

  return TRUE;
}

/**
 * server_fixture_query:
 * @config: where a server is
 * @sql: one statement that writes nothing
 *
 * Runs a statement that has to succeed.
 *
 * Returns: (transfer full) (nullable): its first value
 */
char *
server_fixture_query (BackstayDbConfig *config,
                      const char       *sql)
{
  return run_job (config, query_job, sql);
}

static gboolean
script_job (BackstayDbSession *session,
            gpointer           data,
            gpointer          *result,
            GError           **error)
{
  return backstay_db_session_run_script (session, data, error);
}

/**
 * server_fixture_run:
 * @config: where a server is
 * @sql: any statements
 *
 * Runs statements that have to succeed.
 */
void
server_fixture_run (BackstayDbConfig *config,
                    const char       *sql)
{
  run_job (config, script_job, sql);
}

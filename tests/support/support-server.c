/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "support-server"

#include "config.h"

#include "support-server.h"

#include "backstay-local-server.h"
#include "support-wait.h"

#include <string.h>

/* One throw-away server for all tests of a program: what a test changes it has to restore. */
static BackstayLocalServer *server;
static BackstayDbConfig    *config;
static SupportSql          *sql;

static void
add_script (const char *name)
{
  g_autofree char *path = g_strdup_printf (BACKSTAY_RESOURCE_PATH "/sql/%s.sql", name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) script = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  g_assert_no_error (error);
  backstay_local_server_add_script (server, name, script);
}

static void
start (SupportContent content)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  server = backstay_local_server_new_throw_away ();

  if (content >= SUPPORT_CONTENT_SCHEMA)
    add_script ("schema");
  if (content >= SUPPORT_CONTENT_SAMPLE)
    add_script ("sample");

  backstay_local_server_start_async (server, NULL, support_keep_result_cb, &result);
  support_wait_for_result (&result);
  config = backstay_local_server_start_finish (server, result, &error);
  g_assert_no_error (error);

  sql = support_sql_new (config);

  if (content >= SUPPORT_CONTENT_SAMPLE)
    support_sql_run (sql, "CREATE SCHEMA kept;"
                          "CREATE TABLE kept.versions AS TABLE public.model_config_history;"
                          "CREATE TABLE kept.roles AS TABLE public.user_roles");
}

static void
stop (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&sql, support_sql_free);
  g_clear_object (&config);

  backstay_local_server_stop_async (server, NULL, support_keep_result_cb, &result);
  support_wait_for_result (&result);
  backstay_local_server_stop_finish (server, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);
  g_assert_finalize_object (server);
}

/* Runs the tests that were added, with a server. */
int
support_server_run_tests (SupportContent content)
{
  int status;

  start (content);
  status = g_test_run ();
  stop ();

  return status;
}

/* Where the server is, as its superuser. */
BackstayDbConfig *
support_server_get_config (void)
{
  return config;
}

/* The folder of the server's socket. */
const char *
support_server_get_directory (void)
{
  const char *const *keywords = backstay_db_config_get_keywords (config);

  for (guint i = 0; keywords[i] != NULL; i++)
    {
      if (strcmp (keywords[i], "host") == 0)
        return backstay_db_config_get_values (config)[i];
    }

  g_assert_not_reached ();
}

/* The same server, as somebody else. */
BackstayDbConfig *
support_server_dup_config_for (const char *user,
                               const char *database)
{
  return backstay_db_config_new_for_socket (support_server_get_directory (), 5432, user, database);
}

/* The same server, with which one is careful. */
BackstayDbConfig *
support_server_dup_careful_config (BackstayDbSafeMode safe_mode)
{
  return backstay_db_config_new_for_parameters ("careful", "careful", BACKSTAY_DB_CONFIG_SCHEMA, safe_mode,
                                                (const char *const[]){ "host", "user", "dbname", NULL },
                                                (const char *const[]){ support_server_get_directory (), "backstay",
                                                                       "backstay", NULL });
}

/* The tests' own connection, as superuser. */
SupportSql *
support_server_get_sql (void)
{
  return sql;
}

/* Makes versions and roles what the sample made them, and what was seen before unseen. */
void
support_server_restore (void)
{
  backstay_db_lineage_accept (backstay_db_config_get_lineage (config));
  support_sql_run (sql, "BEGIN;"
                        "SET LOCAL session_replication_role = replica;"
                        "TRUNCATE public.model_config_history, public.user_roles;"
                        "INSERT INTO public.model_config_history TABLE kept.versions;"
                        "INSERT INTO public.user_roles TABLE kept.roles;"
                        "COMMIT");
}

/* Makes a superuser who has to give a password, as anybody else need not. It can be called for one role. */
void
support_server_want_password (const char *role,
                              const char *password)
{
  g_autofree char *hba = support_sql_query (sql, "SHOW hba_file");

  /* The default up to PostgreSQL 13 is another one. */
  support_sql_run (sql, "SET password_encryption = 'scram-sha-256'");
  support_sql_run (sql, "CREATE ROLE %s LOGIN SUPERUSER PASSWORD '%s'", role, password);
  support_sql_run (sql, "COPY (VALUES ('local all %s scram-sha-256'), ('local all all trust')) TO '%s'", role, hba);
  support_sql_run (sql, "SELECT pg_reload_conf()");
  support_sql_wait (sql, "SELECT count(*) = 2 FROM pg_hba_file_rules");
}

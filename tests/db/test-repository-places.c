/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-repository-places"

#include "config.h"

#include "support-repository.h"

#include "backstay-issue.h"
#include "backstay-model-type.h"
#include "backstay-recent-filter.h"
#include "backstay-repository-audit.h"
#include "backstay-repository-integrity.h"
#include "backstay-server.h"
#include "support-job.h"
#include "support-wait.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Servers that are not as data/sql/schema.sql makes one: another schema, nothing but the table, logins that
 * no policy binds, and those that the user wants nothing changed on. */

/* The table as its document has it, and not a thing beside it. */
#define TABLE                                                                                             \
  "CREATE TABLE %s.model_config_history ("                                                                \
  "  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), model_type varchar(20) NOT NULL,"                     \
  "  config_name varchar(100) NOT NULL, config_data jsonb NOT NULL, is_active boolean DEFAULT false,"     \
  "  created_by uuid, created_at timestamptz DEFAULT now(), notes text);"                                 \
  "INSERT INTO %s.model_config_history (id, model_type, config_name, config_data, is_active, created_at)" \
  " VALUES ('" OLD_ID "', 'sdxl', 'old', '{\"a\": 1.10}', false, now() - interval '1 day'),"              \
  "        ('" NEW_ID "', 'sdxl', 'new', '{\"a\": 2}', true, now() - interval '1 hour')"

#define OLD_ID "00000000-0000-4000-8000-000000000001"
#define NEW_ID "00000000-0000-4000-8000-000000000002"

/* A name that breaks what is not quoted. */
#define SCHEMA "Model \"Configs\", public"
#define QUOTED_SCHEMA "\"Model \"\"Configs\"\", public\""

static BackstayDbConfig *
dup_config (const char *user,
            const char *database,
            const char *schema,
            gboolean    no_writes)
{
  const char *keywords[] = { "host", "user", "dbname", NULL };
  const char *values[] = { support_server_get_directory (), user, database, NULL };

  return backstay_db_config_new_for_parameters ("places", "places", schema,
                                                no_writes ? BACKSTAY_DB_SAFE_MODE_NO_WRITES : BACKSTAY_DB_SAFE_MODE_OFF,
                                                keywords, values);
}

static SupportSql *
create_database (const char *name,
                 const char *schema)
{
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for ("backstay", name);
  SupportSql *sql;

  support_sql_run (support_server_get_sql (), "CREATE DATABASE %s TEMPLATE template0", name);
  sql = support_sql_new (config);

  if (schema != NULL)
    {
      if (g_strcmp0 (schema, "public") != 0)
        support_sql_run (sql, "CREATE SCHEMA %s", schema);
      support_sql_run (sql, TABLE, schema, schema);
    }

  return sql;
}

static BackstayAccess *
find_access (BackstayRepository *repository)
{
  g_autoptr (GError) error = NULL;
  BackstayAccess *access = support_repository_find_access (repository, &error);

  g_assert_no_error (error);

  return access;
}

static guint
count_recent (BackstayRepository *repository)
{
  g_autoptr (BackstayRecentFilter) filter = backstay_recent_filter_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page = NULL;

  backstay_repository_list_recent_async (repository, filter, NULL, 10, NULL, support_keep_result_cb, &result);
  page = backstay_repository_list_recent_finish (repository, support_wait_for_result (&result), &error);
  g_assert_no_error (error);

  return page->len;
}

/* Everything that the window asks for, and a rollback and back. */
static void
assert_works (BackstayRepository *repository,
              const char         *creator)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) types = support_repository_list_types (repository);
  g_autoptr (GPtrArray) history = support_repository_list_history (repository, "sdxl", NULL, 10);
  g_autoptr (GPtrArray) active = support_repository_list_active (repository, NULL);
  g_autoptr (BackstayRollbackRequest) request = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (BackstayRollbackOutcome) undone = NULL;
  g_autoptr (BackstayVersion) live = NULL;

  g_assert_cmpuint (types->len, ==, 1);
  g_assert_cmpuint (history->len, ==, 2);
  g_assert_cmpuint (active->len, ==, 1);
  g_assert_cmpuint (count_recent (repository), ==, 2);
  g_assert_null (backstay_version_get_creator_name (g_ptr_array_index (history, 0)));

  request = support_repository_prepare (repository, OLD_ID, "Because");
  outcome = support_repository_roll_back (repository, request, FALSE, &error);
  g_assert_no_error (error);
  live = support_repository_get_live (repository, "sdxl");
  g_assert_cmpstr (backstay_version_get_id (live), ==, backstay_rollback_request_get_new_id (request));
  g_assert_cmpstr (backstay_version_get_creator_id (live), ==, creator);

  undone = support_repository_undo (repository, outcome, &error);
  g_assert_no_error (error);
}

/* Without anything of it: what versions prove, and what should not be in the table. */
static void
assert_looked_through (BackstayRepository *repository)
{
  const BackstayAuditFilter filter = { .model_type = "sdxl" };
  g_autoptr (GAsyncResult) trail_result = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BackstayAuditPage) page = NULL;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) error = NULL;

  backstay_repository_list_audit_async (repository, &filter, NULL, NULL, support_keep_result_cb, &trail_result);
  page = backstay_repository_list_audit_finish (repository, support_wait_for_result (&trail_result), &error);
  g_assert_no_error (error);
  g_assert_false (page->has_trail);
  g_assert_cmpuint (page->entries->len, >, 0);

  backstay_repository_check_integrity_async (repository, NULL, support_keep_result_cb, &result);
  issues = backstay_repository_check_integrity_finish (repository, support_wait_for_result (&result), &error);
  g_assert_no_error (error);
  g_assert_nonnull (issues);

  /* Where there are no profiles, nobody's is missing. */
  for (guint i = 0; i < issues->len; i++)
    g_assert_cmpint (backstay_issue_get_kind (g_ptr_array_index (issues, i)), !=, BACKSTAY_ISSUE_UNKNOWN_CREATOR);
}

/* Plain PostgreSQL: neither profiles nor roles nor policies. */
static void
test_bare (void)
{
  g_autoptr (SupportSql) sql = create_database ("bare_table", "public");
  g_autoptr (BackstayDbConfig) config = dup_config ("backstay", "bare_table", "public", FALSE);
  g_autoptr (BackstayRepository) repository = support_repository_new (config, NULL);
  g_autoptr (BackstayAccess) access = find_access (repository);

  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_UNPROTECTED);
  g_assert_false (access->has_profiles);
  g_assert_false (access->has_uid);
  g_assert_false (access->has_roles);
  g_assert_true (backstay_access_can_write (access));
  assert_works (repository, NULL);
  support_sql_run (sql, "UPDATE model_config_history SET created_by = gen_random_uuid() WHERE NOT is_active");
  assert_looked_through (repository);
}

/* A login that may only what it was granted. */
static void
test_plain_login (void)
{
  g_autoptr (SupportSql) sql = create_database ("plain_roles", "public");
  g_autoptr (BackstayDbConfig) config = dup_config ("operator", "plain_roles", "public", FALSE);
  g_autoptr (BackstayDbConfig) visitor_config = dup_config ("visitor", "plain_roles", "public", FALSE);
  g_autoptr (BackstayRepository) repository = support_repository_new (config, NULL);
  g_autoptr (BackstayRepository) visitor = support_repository_new (visitor_config, NULL);
  g_autoptr (BackstayAccess) access = NULL;
  g_autoptr (BackstayAccess) visitor_access = NULL;
  g_autoptr (GPtrArray) types = NULL;

  support_sql_run (sql, "CREATE ROLE operator LOGIN; CREATE ROLE visitor LOGIN;"
                        "GRANT SELECT, INSERT, UPDATE ON model_config_history TO operator;"
                        "GRANT SELECT ON model_config_history TO visitor");

  access = find_access (repository);
  g_assert_true (backstay_access_can_write (access));
  assert_works (repository, NULL);

  visitor_access = find_access (visitor);
  g_assert_false (backstay_access_can_write (visitor_access));
  types = support_repository_list_types (visitor);
  g_assert_cmpuint (types->len, ==, 1);
}

/* What is called so, but is something else, is left alone. */
static void
test_other_profiles (void)
{
  g_autoptr (SupportSql) sql = create_database ("other_profiles", "public");
  g_autoptr (BackstayDbConfig) config = dup_config ("backstay", "other_profiles", "public", FALSE);
  g_autoptr (BackstayRepository) repository = support_repository_new (config, NULL);
  g_autoptr (BackstayAccess) access = NULL;

  support_sql_run (sql, "CREATE TABLE profiles (id int, username text, data text);"
                        "CREATE SCHEMA auth;"
                        "CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid';"
                        "CREATE FUNCTION has_role(a int, b int) RETURNS boolean LANGUAGE sql AS 'SELECT true';"
                        "CREATE ROLE bound LOGIN; GRANT ALL ON model_config_history TO bound;"
                        "GRANT USAGE ON SCHEMA auth TO bound;"
                        "ALTER TABLE model_config_history ENABLE ROW LEVEL SECURITY;"
                        "CREATE POLICY p ON model_config_history USING (true)");
  access = find_access (repository);
  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_BYPASS);
  g_assert_false (access->has_profiles);
  assert_works (repository, NULL);

  {
    g_autoptr (BackstayDbConfig) bound = dup_config ("bound", "other_profiles", "public", FALSE);
    g_autoptr (BackstayRepository) as_bound = support_repository_new (bound, NULL);
    g_autoptr (BackstayAccess) bound_access = find_access (as_bound);

    g_assert_cmpint (bound_access->kind, ==, BACKSTAY_ACCESS_UNKNOWN);
    g_assert_false (bound_access->has_roles);
  }
}

/* Another schema, with a name that has to be quoted, beside a table of the same name in the usual one. */
static void
test_schema (void)
{
  g_autoptr (SupportSql) sql = create_database ("other_schema", QUOTED_SCHEMA);
  g_autoptr (BackstayDbConfig) config = dup_config ("backstay", "other_schema", SCHEMA, FALSE);
  g_autoptr (BackstayDbConfig) usual = dup_config ("backstay", "other_schema", "public", FALSE);
  g_autoptr (BackstayRepository) repository = support_repository_new (config, NULL);
  g_autoptr (BackstayRepository) in_public = support_repository_new (usual, NULL);
  g_autoptr (BackstayAccess) access = find_access (repository);
  g_autoptr (BackstayAccess) no_table = find_access (in_public);
  g_autofree char *refusal = backstay_access_dup_refusal (no_table);
  g_autoptr (GPtrArray) types = NULL;

  g_assert_true (backstay_access_can_write (access));
  g_assert_cmpint (no_table->kind, ==, BACKSTAY_ACCESS_NO_TABLE);
  g_assert_nonnull (strstr (refusal, "public"));

  support_sql_run (sql, "CREATE TABLE public.model_config_history (LIKE " QUOTED_SCHEMA ".model_config_history)");
  assert_works (repository, NULL);
  g_assert_cmpint (support_sql_query_int (sql, "SELECT count(*) FROM public.model_config_history"), ==, 0);
  g_assert_cmpint (support_sql_query_int (sql, "SELECT count(*) FROM " QUOTED_SCHEMA ".model_config_history"), ==, 4);

  types = support_repository_list_types (in_public);
  g_assert_cmpuint (types->len, ==, 0);
}

/* Nothing of it is left in a connection, which a pooler may give to somebody else. */
static void
test_schema_is_not_kept (void)
{
  g_autoptr (SupportSql) sql = create_database ("kept_schema", QUOTED_SCHEMA);
  g_autoptr (BackstayDbConfig) config = dup_config ("backstay", "kept_schema", SCHEMA, FALSE);
  g_autoptr (BackstayRepository) repository = support_repository_new (config, NULL);
  g_autoptr (BackstayAccess) access = find_access (repository);
  g_autoptr (GPtrArray) types = support_repository_list_types (repository);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  g_assert_cmpuint (types->len, ==, 1);
  path = support_job_run_sql (backstay_repository_get_connection (repository), "SHOW search_path", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (path, ==, "\"$user\", public");
}

/* The profiles and functions stay where they are when the table alone is elsewhere. */
static void
test_schema_beside_profiles (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayDbConfig) config = dup_config ("backstay", "backstay", "configs", FALSE);
  g_autoptr (BackstayRepository) alice = support_repository_new (config, SUPPORT_ALICE);
  g_autoptr (BackstayRepository) dave = support_repository_new (config, SUPPORT_DAVE);
  g_autoptr (BackstayAccess) access = NULL;
  g_autoptr (BackstayAccess) dave_access = NULL;

  support_sql_run (sql, "CREATE SCHEMA configs; GRANT USAGE ON SCHEMA configs TO authenticated");
  support_sql_run (sql, TABLE, "configs", "configs");
  support_sql_run (sql, "GRANT ALL ON configs.model_config_history TO authenticated;"
                        "ALTER TABLE configs.model_config_history ENABLE ROW LEVEL SECURITY;"
                        "CREATE POLICY p ON configs.model_config_history"
                        "  USING (public.has_role(auth.uid(), 'admin'))");

  access = find_access (alice);
  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_ADMIN);
  g_assert_cmpstr (backstay_identity_get_name (access->identity), ==, "alice");
  assert_works (alice, SUPPORT_ALICE);

  dave_access = find_access (dave);
  g_assert_cmpint (dave_access->kind, ==, BACKSTAY_ACCESS_NOT_ADMIN);
}

/* A temporary table, which somebody else may have left behind a pooler, is not taken for the database's. */
static void
test_temporary_table (void)
{
  g_autoptr (SupportSql) sql = create_database ("temporary", "public");
  g_autoptr (BackstayDbConfig) config = dup_config ("backstay", "temporary", "public", FALSE);
  g_autoptr (BackstayRepository) repository = support_repository_new (config, NULL);
  BackstayDbConnection *connection = backstay_repository_get_connection (repository);
  g_autoptr (BackstayAccess) access = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *table = NULL;
  g_autofree char *profiles = NULL;

  table = support_job_run_sql (connection, "CREATE TEMP TABLE model_config_history (id int)", &error);
  g_assert_no_error (error);
  profiles = support_job_run_sql (connection, "CREATE TEMP TABLE profiles (id uuid, username text)", &error);
  g_assert_no_error (error);

  access = find_access (repository);
  g_assert_false (access->has_profiles);
  assert_works (repository, NULL);
}

/* A service's login, which no policy binds and which cannot be signed in as anybody: it stays what it is,
 * and what it does is recorded as the profile that was chosen. */
static void
test_service_login (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayDbConfig) config = dup_config ("service_login", "backstay", "public", FALSE);
  g_autoptr (BackstayRepository) nobody = support_repository_new (config, NULL);
  g_autoptr (BackstayRepository) bob = support_repository_new (config, SUPPORT_BOB);
  g_autoptr (BackstayAccess) as_nobody = NULL;
  g_autoptr (BackstayAccess) as_bob = NULL;
  g_autoptr (GPtrArray) profiles = NULL;
  g_autoptr (BackstayRollbackRequest) request = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (BackstayVersion) live = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *target_id = support_repository_dup_id ("SDXL Production Config v2.1");
  g_autofree char *warning = NULL;

  support_sql_run (sql, "CREATE ROLE service_login LOGIN BYPASSRLS;"
                        "GRANT SELECT, INSERT, UPDATE ON model_config_history TO service_login;"
                        "GRANT SELECT ON profiles TO service_login");

  as_nobody = find_access (nobody);
  g_assert_cmpint (as_nobody->kind, ==, BACKSTAY_ACCESS_BYPASS);
  g_assert_false (as_nobody->may_sign_in);
  g_assert_true (backstay_access_can_choose_identity (as_nobody));
  profiles = support_repository_list_profiles (nobody, "bob");
  g_assert_cmpuint (profiles->len, ==, 1);

  as_bob = find_access (bob);
  warning = backstay_access_dup_warning (as_bob);
  g_assert_cmpint (as_bob->kind, ==, BACKSTAY_ACCESS_BYPASS);
  g_assert_true (backstay_identity_get_of_login (backstay_repository_get_identity (bob)));
  g_assert_nonnull (strstr (warning, "recorded as bob"));

  request = support_repository_prepare (bob, target_id, "Because");
  outcome = support_repository_roll_back (bob, request, FALSE, &error);
  g_assert_no_error (error);
  live = support_repository_get_live (bob, "sdxl");
  g_assert_cmpstr (backstay_version_get_creator_id (live), ==, SUPPORT_BOB);
  support_server_restore ();
}

/* Nothing is sent, whatever is tried. */
static void
test_no_writes (void)
{
  g_autoptr (BackstayDbConfig) config = dup_config ("backstay", "backstay", "public", TRUE);
  g_autoptr (BackstayRepository) alice = support_repository_new (config, SUPPORT_ALICE);
  g_autoptr (BackstayAccess) access = find_access (alice);
  g_autoptr (BackstayRollbackRequest) request = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) rehearsal_error = NULL;
  g_autofree char *target_id = support_repository_dup_id ("SDXL Production Config v2.1");
  g_autofree char *before = support_repository_dup_checksum ();
  g_autofree char *after = NULL;
  g_autofree char *warning = backstay_access_dup_warning (access);

  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_ADMIN);
  g_assert_false (backstay_access_can_write (access));
  g_assert_true (backstay_access_can_browse (access));
  g_assert_nonnull (strstr (warning, "Safe mode"));

  request = support_repository_prepare (alice, target_id, "Because");
  outcome = support_repository_roll_back (alice, request, FALSE, &error);
  g_assert_null (outcome);
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_READ_ONLY);
  g_assert_null (support_repository_roll_back (alice, request, TRUE, &rehearsal_error));
  g_assert_error (rehearsal_error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_READ_ONLY);

  after = support_repository_dup_checksum ();
  g_assert_cmpstr (before, ==, after);
}

static gboolean
run_script_job (BackstayDbSession *session,
                gpointer           data,
                gpointer          *result,
                GError           **error)
{
  return backstay_db_session_run_script (session, "CREATE TABLE written (id int)", error);
}

static void
test_no_scripts (void)
{
  g_autoptr (BackstayDbConfig) config = dup_config ("backstay", "backstay", "public", TRUE);
  g_autoptr (BackstayDbConnection) connection = backstay_db_connection_new (config);
  g_autoptr (GError) error = NULL;

  g_assert_null (support_job_run (connection, run_script_job, NULL, &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_READ_ONLY);
  g_assert_cmpint (support_sql_query_int (support_server_get_sql (),
                                          "SELECT count(*) FROM pg_class WHERE relname = 'written'"),
                   ==, 0);
}

/* libpq's own ways */

static BackstayDbConfig *
dup_server_config (const char *host,
                   const char *target,
                   const char *more)
{
  g_autoptr (BackstayServer) server = backstay_server_new (NULL);
  g_autoptr (GError) error = NULL;
  BackstayDbConfig *config;

  backstay_server_set_text (server, BACKSTAY_SERVER_NAME, "places");
  backstay_server_set_text (server, BACKSTAY_SERVER_HOST, host);
  backstay_server_set_text (server, BACKSTAY_SERVER_USER, "backstay");
  backstay_server_set_text (server, BACKSTAY_SERVER_DATABASE, "backstay");
  backstay_server_set_text (server, BACKSTAY_SERVER_TARGET, target);
  backstay_server_set_text (server, BACKSTAY_SERVER_MORE, more);
  config = backstay_server_create_config (server, &error);
  g_assert_no_error (error);

  return config;
}

/* Of several hosts the one that answers, and is of the kind that was asked for. */
static void
test_hosts (void)
{
  g_autofree char *hosts = g_strconcat ("/no/such/folder,", support_server_get_directory (), NULL);
  g_autoptr (BackstayDbConfig) writable = dup_server_config (hosts, "read-write", "application_name=places");
  g_autoptr (BackstayDbConfig) standby = dup_server_config (hosts, "standby", "");
  g_autoptr (BackstayDbConnection) connection = backstay_db_connection_new (writable);
  g_autoptr (BackstayDbConnection) nowhere = backstay_db_connection_new (standby);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) standby_error = NULL;
  g_autofree char *name = support_job_run_sql (connection, "SHOW application_name", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "places");
  g_assert_null (support_job_run_sql (nowhere, "SELECT 1", &standby_error));
  g_assert_error (standby_error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONNECT);
}

/* A password comes from a password file, if that is as private as libpq wants it. */
static void
test_password_file (void)
{
  SupportSql      *sql = support_server_get_sql ();
  g_autofree char *hba = support_sql_query (sql, "SHOW hba_file");
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "backstay-passfile-XXXXXX", NULL);
  g_autofree char *uri = NULL;
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autoptr (BackstayDbConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;
  int              fd;

  /* The default up to PostgreSQL 13 is another one. */
  support_sql_run (sql, "SET password_encryption = 'scram-sha-256'");
  support_sql_run (sql, "CREATE ROLE filed LOGIN PASSWORD 'from a file'");
  support_sql_run (sql, "COPY (VALUES ('local all filed scram-sha-256'), ('local all all trust')) TO '%s'", hba);
  support_sql_run (sql, "SELECT pg_reload_conf()");
  support_sql_wait (sql, "SELECT count(*) = 2 FROM pg_hba_file_rules");

  fd = g_mkstemp (path);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, "*:*:*:filed:from a file\n", 24), ==, 24);
  close (fd);

  uri = g_strdup_printf ("host=%s user=filed dbname=backstay passfile=%s", support_server_get_directory (), path);
  config = backstay_db_config_new_from_uri (uri, NULL);
  connection = backstay_db_connection_new (config);
  answer = support_job_run_sql (connection, "SELECT current_user", &error);
  g_unlink (path);
  g_assert_no_error (error);
  g_assert_cmpstr (answer, ==, "filed");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/repository-places/bare", test_bare);
  g_test_add_func ("/repository-places/plain-login", test_plain_login);
  g_test_add_func ("/repository-places/other-profiles", test_other_profiles);
  g_test_add_func ("/repository-places/schema", test_schema);
  g_test_add_func ("/repository-places/schema-is-not-kept", test_schema_is_not_kept);
  g_test_add_func ("/repository-places/schema-beside-profiles", test_schema_beside_profiles);
  g_test_add_func ("/repository-places/temporary-table", test_temporary_table);
  g_test_add_func ("/repository-places/service-login", test_service_login);
  g_test_add_func ("/repository-places/no-writes", test_no_writes);
  g_test_add_func ("/repository-places/no-scripts", test_no_scripts);
  g_test_add_func ("/repository-places/hosts", test_hosts);
  g_test_add_func ("/repository-places/password-file", test_password_file);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}

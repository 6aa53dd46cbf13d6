/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-repository-access"

#include "config.h"

#include "support-repository.h"

/* Gives what somebody finds out about themselves. */
static BackstayAccess *
find_access (BackstayDbConfig *config,
             const char       *profile)
{
  g_autoptr (BackstayRepository) repository = support_repository_new (config, profile);
  g_autoptr (GError) error = NULL;
  BackstayAccess *access = support_repository_find_access (repository, &error);

  g_assert_no_error (error);
  g_assert_true (backstay_repository_get_access (repository) == access);

  return access;
}

static BackstayAccess *
find_access_of_login (const char *login,
                      const char *profile)
{
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for (login, "backstay");

  return find_access (config, profile);
}

static void
test_admin (void)
{
  g_autoptr (BackstayAccess) access = find_access (support_server_get_config (), SUPPORT_ALICE);
  g_autofree char *user = backstay_access_dup_user (access);
  g_autofree char *refusal = backstay_access_dup_refusal (access);
  g_autofree char *warning = backstay_access_dup_warning (access);

  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_ADMIN);
  g_assert_cmpstr (user, ==, "alice");
  g_assert_cmpstr (access->login, ==, "backstay");
  g_assert_cmpstr (access->database, ==, "backstay");
  g_assert_cmpstr (access->host, ==, support_server_get_directory ());
  g_assert_cmpint (access->server_version, >=, 130000);
  g_assert_true (access->may_write);
  g_assert_true (access->may_sign_in);
  g_assert_true (access->has_profiles);
  g_assert_false (access->read_only);
  g_assert_cmpint (access->security, ==, BACKSTAY_DB_SECURITY_LOCAL);
  g_assert_true (backstay_access_can_browse (access));
  g_assert_true (backstay_access_can_write (access));
  g_assert_null (refusal);
  g_assert_null (warning);
}

static void
test_not_admin (void)
{
  g_autoptr (BackstayAccess) access = find_access (support_server_get_config (), SUPPORT_DAVE);

  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_NOT_ADMIN);
  g_assert_cmpstr (backstay_identity_get_name (access->identity), ==, "dave");
  g_assert_false (backstay_access_can_browse (access));
  g_assert_false (backstay_access_can_write (access));
}

/* A uuid that is nobody's: signed in, without a name and without a role. */
static void
test_stranger (void)
{
  g_autoptr (BackstayAccess) access = find_access (support_server_get_config (),
                                                   "00000000-0000-4000-8000-00000000dead");
  g_autofree char *user = backstay_access_dup_user (access);

  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_NOT_ADMIN);
  g_assert_null (backstay_identity_get_name (access->identity));
  g_assert_cmpstr (user, ==, "unknown user 00000000");
}

/* The identity has one spelling, the server's, whatever spelling was asked for. */
static void
test_spelling (void)
{
  g_autoptr (BackstayAccess) access = find_access (support_server_get_config (),
                                                   "00000000-0000-4000-8000-0000000000A1");

  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_ADMIN);
  g_assert_cmpstr (backstay_identity_get_id (access->identity), ==, SUPPORT_ALICE);
}

static void
test_no_uuid (void)
{
  g_autoptr (BackstayRepository) repository = NULL;
  g_autoptr (GError) error = NULL;

  repository =
    support_repository_new (support_server_get_config (), "x\", \"sub\": \"" SUPPORT_ALICE);
  g_assert_null (support_repository_find_access (repository, &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_SQL);
  g_assert_null (backstay_repository_get_access (repository));
}

static void
test_superuser (void)
{
  g_autoptr (BackstayAccess) access = find_access (support_server_get_config (), NULL);
  g_autofree char *warning = backstay_access_dup_warning (access);

  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_BYPASS);
  g_assert_null (access->identity);
  g_assert_true (backstay_access_can_write (access));
  g_assert_nonnull (warning);
}

static void
test_unprotected (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayAccess) access = NULL;

  support_sql_run (sql, "ALTER TABLE model_config_history DISABLE ROW LEVEL SECURITY");
  access = find_access (support_server_get_config (), SUPPORT_DAVE);
  support_sql_run (sql, "ALTER TABLE model_config_history ENABLE ROW LEVEL SECURITY");

  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_UNPROTECTED);
  g_assert_true (backstay_access_can_browse (access));
}

/* A login without rights, as itself and as somebody whom it may not be. */
static void
test_denied (void)
{
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for ("guest", "backstay");
  g_autoptr (BackstayRepository) repository = support_repository_new (config, SUPPORT_ALICE);
  g_autoptr (BackstayAccess) access = NULL;
  g_autoptr (GError) error = NULL;

  support_sql_run (support_server_get_sql (), "CREATE ROLE guest LOGIN NOINHERIT");

  access = find_access_of_login ("guest", NULL);
  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_DENIED);
  g_assert_false (access->may_sign_in);
  g_assert_false (backstay_access_can_browse (access));

  g_assert_null (support_repository_find_access (repository, &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_DENIED);
  g_test_message ("%s", error->message);
}

/* auth.uid() takes that setting before the claims. */
static void
test_other_claim (void)
{
  g_autoptr (BackstayAccess) access = NULL;
  SupportSql *sql = support_server_get_sql ();

  support_sql_run (sql, "CREATE ROLE claimant LOGIN NOINHERIT IN ROLE authenticated;"
                        "ALTER ROLE claimant SET request.jwt.claim.sub = '" SUPPORT_ALICE "'");
  access = find_access_of_login ("claimant", SUPPORT_DAVE);
  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_NOT_ADMIN);
  support_sql_run (sql, "DROP ROLE claimant");
}

/* The login that the design recommends: it has no rights but to become a profile. */
static void
test_recommended_login (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayAccess) as_alice = NULL;
  g_autoptr (BackstayAccess) as_itself = NULL;

  support_sql_run (sql,
                   "CREATE ROLE alice_login LOGIN NOINHERIT; GRANT authenticated TO alice_login");

  as_alice = find_access_of_login ("alice_login", SUPPORT_ALICE);
  g_assert_cmpint (as_alice->kind, ==, BACKSTAY_ACCESS_ADMIN);
  g_assert_true (as_alice->may_write);

  as_itself = find_access_of_login ("alice_login", NULL);
  g_assert_cmpint (as_itself->kind, ==, BACKSTAY_ACCESS_DENIED);
  g_assert_true (as_itself->may_sign_in);
}

/* With the rights of "authenticated", but without being anybody. */
static void
test_no_identity (void)
{
  g_autoptr (BackstayAccess) access = NULL;

  support_sql_run (support_server_get_sql (),
                   "CREATE ROLE nobody_login LOGIN IN ROLE authenticated");
  access = find_access_of_login ("nobody_login", NULL);
  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_NO_IDENTITY);
  g_assert_false (backstay_access_can_browse (access));
}

static void
test_may_only_read (void)
{
  g_autoptr (BackstayAccess) access = NULL;
  g_autofree char *warning = NULL;

  support_sql_run (support_server_get_sql (),
                   "CREATE ROLE auditor LOGIN BYPASSRLS;"
                   "GRANT SELECT ON model_config_history TO auditor");
  access = find_access_of_login ("auditor", NULL);
  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_BYPASS);
  g_assert_true (backstay_access_can_browse (access));
  g_assert_false (backstay_access_can_write (access));
}

static void
test_no_table (void)
{
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for ("backstay", "postgres");
  g_autoptr (BackstayAccess) access = find_access (config, NULL);
  g_autoptr (BackstayAccess) as_alice = find_access (config, SUPPORT_ALICE);
  g_autofree char *refusal = backstay_access_dup_refusal (access);

  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_NO_TABLE);
  g_assert_cmpint (as_alice->kind, ==, BACKSTAY_ACCESS_NO_TABLE);
  g_assert_nonnull (refusal);
}

static void
test_no_schema (void)
{
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for ("backstay", "bare");
  g_autoptr (BackstayAccess) access = NULL;

  support_sql_run (support_server_get_sql (), "CREATE DATABASE bare TEMPLATE template0");
  {
    g_autoptr (SupportSql) sql = support_sql_new (config);

    support_sql_run (sql, "DROP SCHEMA public");
  }
  access = find_access (config, NULL);
  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_NO_TABLE);
}

/* The table with policies that Backstay knows nothing of, and none of the functions. */
static void
test_other_rules (void)
{
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for ("backstay", "other");
  g_autoptr (BackstayDbConfig) reader_config = support_server_dup_config_for ("reader", "other");
  g_autoptr (BackstayAccess) access = NULL;

  support_sql_run (support_server_get_sql (), "CREATE DATABASE other TEMPLATE template0");
  support_sql_run (support_server_get_sql (), "CREATE ROLE reader LOGIN");
  {
    g_autoptr (SupportSql) sql = support_sql_new (config);

    support_sql_run (sql, "CREATE TABLE model_config_history (id uuid);"
                          "ALTER TABLE model_config_history ENABLE ROW LEVEL SECURITY;"
                          "CREATE POLICY p ON model_config_history USING (true);"
                          "GRANT ALL ON model_config_history TO reader");
  }
  access = find_access (reader_config, NULL);
  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_UNKNOWN);
  g_assert_false (access->has_profiles);
  g_assert_true (backstay_access_can_write (access));
}

static void
test_read_only (void)
{
  g_autoptr (BackstayAccess) access = NULL;
  g_autofree char *warning = NULL;

  support_sql_run (support_server_get_sql (),
                   "CREATE ROLE read_only_login LOGIN IN ROLE authenticated;"
                   "ALTER ROLE read_only_login SET default_transaction_read_only = on");
  access = find_access_of_login ("read_only_login", SUPPORT_ALICE);
  warning = backstay_access_dup_warning (access);

  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_ADMIN);
  g_assert_true (access->read_only);
  g_assert_true (backstay_access_can_browse (access));
  g_assert_false (backstay_access_can_write (access));
  g_assert_nonnull (warning);
}

static void
test_profiles (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) all = support_repository_list_profiles (alice, "");
  g_autoptr (GPtrArray) by_name = support_repository_list_profiles (alice, "AL");
  g_autoptr (GPtrArray) by_id =
    support_repository_list_profiles (alice, "00000000-0000-4000-8000-0000000000D4");
  g_autoptr (GPtrArray) wildcard = support_repository_list_profiles (alice, "%");
  g_autoptr (GPtrArray) quote = support_repository_list_profiles (alice, "' OR true --");

  g_assert_cmpuint (all->len, ==, 4);
  g_assert_cmpstr (backstay_identity_get_name (g_ptr_array_index (all, 0)), ==, "alice");
  g_assert_cmpstr (backstay_identity_get_id (g_ptr_array_index (all, 0)), ==, SUPPORT_ALICE);
  g_assert_cmpuint (by_name->len, ==, 1);
  g_assert_cmpuint (by_id->len, ==, 1);
  g_assert_cmpstr (backstay_identity_get_name (g_ptr_array_index (by_id, 0)), ==, "dave");
  g_assert_cmpuint (wildcard->len, ==, 0);
  g_assert_cmpuint (quote->len, ==, 0);
}

/* Who one was leaves nothing behind in a connection that somebody else uses next. */
static void
test_identities_do_not_mix (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  BackstayDbConnection *connection = backstay_repository_get_connection (alice);
  g_autoptr (BackstayIdentity) dave_identity = backstay_identity_new (SUPPORT_DAVE, "dave");
  g_autoptr (BackstayRepository) dave = backstay_repository_new (connection, dave_identity);
  g_autoptr (BackstayRepository) login = backstay_repository_new (connection, NULL);
  g_autoptr (GPtrArray) of_dave = support_repository_list_types (dave);
  g_autoptr (GPtrArray) of_login = support_repository_list_types (login);
  g_autoptr (GPtrArray) of_alice = support_repository_list_types (alice);

  g_assert_cmpuint (of_dave->len, ==, 0);
  g_assert_cmpuint (of_login->len, ==, 7);
  g_assert_cmpuint (of_alice->len, ==, 7);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/repository-access/admin", test_admin);
  g_test_add_func ("/repository-access/not-admin", test_not_admin);
  g_test_add_func ("/repository-access/stranger", test_stranger);
  g_test_add_func ("/repository-access/spelling", test_spelling);
  g_test_add_func ("/repository-access/no-uuid", test_no_uuid);
  g_test_add_func ("/repository-access/superuser", test_superuser);
  g_test_add_func ("/repository-access/unprotected", test_unprotected);
  g_test_add_func ("/repository-access/denied", test_denied);
  g_test_add_func ("/repository-access/other-claim", test_other_claim);
  g_test_add_func ("/repository-access/recommended-login", test_recommended_login);
  g_test_add_func ("/repository-access/no-identity", test_no_identity);
  g_test_add_func ("/repository-access/may-only-read", test_may_only_read);
  g_test_add_func ("/repository-access/no-table", test_no_table);
  g_test_add_func ("/repository-access/no-schema", test_no_schema);
  g_test_add_func ("/repository-access/other-rules", test_other_rules);
  g_test_add_func ("/repository-access/read-only", test_read_only);
  g_test_add_func ("/repository-access/profiles", test_profiles);
  g_test_add_func ("/repository-access/identities-do-not-mix", test_identities_do_not_mix);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}

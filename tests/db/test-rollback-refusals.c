/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-rollback-refusals"

#include "config.h"

#include "support-repository.h"
#include "support-wait.h"

#include <string.h>

#define GOOD "SDXL Production Config v2.0.5"

/* What is true before each test: alice has looked, and is about to roll back. */
typedef struct
{
  BackstayRepository      *repository;
  BackstayRollbackRequest *request;
  char                    *good_id;
} Fixture;

static void
fixture_set_up_for (Fixture          *fixture,
                    BackstayDbConfig *config)
{
  fixture->repository = support_repository_new_alice_on (config);
  fixture->good_id = support_repository_dup_id (GOOD);
  fixture->request = support_repository_prepare (fixture->repository, fixture->good_id, "why");
}

static void
fixture_set_up (Fixture      *fixture,
                gconstpointer data)
{
  fixture_set_up_for (fixture, support_server_get_config ());
}

static void
fixture_tear_down (Fixture      *fixture,
                   gconstpointer data)
{
  g_clear_pointer (&fixture->request, backstay_rollback_request_unref);
  g_clear_object (&fixture->repository);
  g_clear_pointer (&fixture->good_id, g_free);
  support_server_restore ();
}

/* Rolls back, which has to fail and to leave no trace. */
static char *
assert_refused (Fixture        *fixture,
                BackstayDbError code)
{
  g_autofree char *before = support_repository_dup_checksum ();
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;

  outcome = support_repository_roll_back (fixture->repository, fixture->request, FALSE, &error);
  g_assert_null (outcome);
  g_test_message ("%s", error->message);
  g_assert_error (error, BACKSTAY_DB_ERROR, (int) code);
  after = support_repository_dup_checksum ();
  g_assert_cmpstr (after, ==, before);

  /* Nor is a lock left behind. */
  support_sql_wait (support_server_get_sql (),
                    "SELECT NOT EXISTS (SELECT FROM pg_locks"
                    " WHERE relation = 'public.model_config_history'::regclass"
                    "   AND mode = 'ShareRowExclusiveLock')");

  return g_strdup (error->message);
}

static void
test_other_active (Fixture      *fixture,
                   gconstpointer data)
{
  g_autofree char *message = NULL;

  support_sql_run (
    support_server_get_sql (),
    "UPDATE model_config_history SET is_active = false WHERE model_type = 'sdxl';"
    "INSERT INTO model_config_history"
    "       (model_type, config_name, config_data, is_active, created_by, created_at)"
    " VALUES ('sdxl', E'Sneaky\\u202e', '{}', true, '" SUPPORT_BOB "', now())");
  message = assert_refused (fixture, BACKSTAY_DB_ERROR_CONFLICT);

  /* Who, what and when; and no text that lies. */
  g_assert_nonnull (strstr (message, "sdxl"));
  g_assert_nonnull (strstr (message, "Sneaky⟨U+202E⟩"));
  g_assert_nonnull (strstr (message, "bob"));
}

static void
test_one_more_active (Fixture      *fixture,
                      gconstpointer data)
{
  g_autofree char *message = NULL;

  support_sql_run (support_server_get_sql (),
                   "UPDATE model_config_history SET is_active = true WHERE config_name = 'SDXL "
                   "Production Config v2.0.1'");
  message = assert_refused (fixture, BACKSTAY_DB_ERROR_CONFLICT);
  g_assert_nonnull (strstr (message, "now 2 are active"));
}

static void
test_none_active (Fixture      *fixture,
                  gconstpointer data)
{
  support_sql_run (
    support_server_get_sql (),
    "UPDATE model_config_history SET is_active = NULL WHERE model_type = 'sdxl' AND is_active");
  g_free (assert_refused (fixture, BACKSTAY_DB_ERROR_CONFLICT));
}

static void
test_target_gone (Fixture      *fixture,
                  gconstpointer data)
{
  support_sql_run (support_server_get_sql (),
                   "DELETE FROM model_config_history WHERE id = '%s'", fixture->good_id);
  g_free (assert_refused (fixture, BACKSTAY_DB_ERROR_CONFLICT));
}

static void
test_target_moved (Fixture      *fixture,
                   gconstpointer data)
{
  support_sql_run (support_server_get_sql (),
                   "UPDATE model_config_history SET model_type = 'flux' WHERE id = '%s'",
                   fixture->good_id);
  g_free (assert_refused (fixture, BACKSTAY_DB_ERROR_CONFLICT));
}

/* Even a change that jsonb takes for none. */
static void
test_target_changed (Fixture      *fixture,
                     gconstpointer data)
{
  support_sql_run (
    support_server_get_sql (),
    "UPDATE model_config_history"
    "   SET config_data = jsonb_set(config_data, '{default_settings,guidance_scale}', '7.500')"
    " WHERE id = '%s'",
    fixture->good_id);
  g_assert_cmpint (
    support_sql_query_int (
      support_server_get_sql (),
      "SELECT count(*) FROM model_config_history n JOIN kept.versions k USING (id)"
      " WHERE n.config_data = k.config_data AND n.config_data::text <> k.config_data::text"),
    ==, 1);
  g_free (assert_refused (fixture, BACKSTAY_DB_ERROR_CONFLICT));
}

static void
test_same_request_twice (Fixture      *fixture,
                         gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;

  outcome = support_repository_roll_back (fixture->repository, fixture->request, FALSE, &error);
  g_assert_no_error (error);
  g_free (assert_refused (fixture, BACKSTAY_DB_ERROR_CONFLICT));
}

static void
test_role_taken_away (Fixture      *fixture,
                      gconstpointer data)
{
  support_sql_run (support_server_get_sql (),
                   "DELETE FROM user_roles WHERE user_id = '" SUPPORT_ALICE "'");
  g_free (assert_refused (fixture, BACKSTAY_DB_ERROR_NOT_ADMIN));
}

static void
test_right_taken_away (Fixture      *fixture,
                       gconstpointer data)
{
  support_sql_run (support_server_get_sql (),
                   "REVOKE INSERT ON model_config_history FROM authenticated");
  g_free (assert_refused (fixture, BACKSTAY_DB_ERROR_DENIED));
  support_sql_run (support_server_get_sql (),
                   "GRANT INSERT ON model_config_history TO authenticated");
}

static void
test_not_admin (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayAccess) access = NULL;

  g_set_object (&fixture->repository, NULL);
  fixture->repository = support_repository_new (support_server_get_config (), SUPPORT_DAVE);

  /* Before it is known who one is, and after. */
  g_free (assert_refused (fixture, BACKSTAY_DB_ERROR_NOT_ADMIN));
  access = support_repository_find_access (fixture->repository, &error);
  g_assert_no_error (error);
  g_free (assert_refused (fixture, BACKSTAY_DB_ERROR_NOT_ADMIN));
}

static void
test_locked (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());

  /* Another writer is at work, who has locked a row of another type only. */
  support_sql_run (other, "BEGIN");
  support_sql_run (other, "UPDATE model_config_history SET notes = 'x' WHERE model_type = 'SDXL'");
  {
    g_autofree char *before = support_repository_dup_checksum ();
    g_autofree char *after = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (BackstayRollbackOutcome) outcome = NULL;

    outcome = support_repository_roll_back (fixture->repository, fixture->request, FALSE, &error);
    g_assert_null (outcome);
    g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_BUSY);
    after = support_repository_dup_checksum ();
    g_assert_cmpstr (after, ==, before);
  }
  support_sql_run (other, "ROLLBACK");
}

static void
test_read_only (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for ("careful", "backstay");

  support_sql_run (support_server_get_sql (),
                   "CREATE ROLE careful LOGIN IN ROLE authenticated;"
                   "ALTER ROLE careful SET default_transaction_read_only = on");
  fixture_set_up_for (fixture, config);
  g_free (assert_refused (fixture, BACKSTAY_DB_ERROR_READ_ONLY));
}

/* Made read-only after it was found out that it is not. */
static void
test_read_only_since (Fixture      *fixture,
                      gconstpointer data)
{
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for ("late", "backstay");
  SupportSql *sql = support_server_get_sql ();

  support_sql_run (sql, "CREATE ROLE late LOGIN IN ROLE authenticated");
  fixture_set_up_for (fixture, config);
  support_sql_run (sql, "ALTER ROLE late SET default_transaction_read_only = on");
  support_sql_terminate (sql, "usename = 'late'");

  {
    BackstayDbConnection *connection = backstay_repository_get_connection (fixture->repository);

    while (backstay_db_connection_get_state (connection) != BACKSTAY_DB_STATE_LOST)
      g_main_context_iteration (NULL, TRUE);
  }

  g_free (assert_refused (fixture, BACKSTAY_DB_ERROR_READ_ONLY));
}

typedef struct
{
  const char     *function; /* The body of a trigger's function. */
  const char     *when;
  BackstayDbError code;
} Trigger;

/* Would work only when the transaction is committed. */
#define DEFERRED "AFTER UPDATE deferred"

/* Other people's triggers that do something else than what was shown, or refuse. */
static const Trigger triggers[] = {
  { "NEW.config_data := jsonb_set(NEW.config_data, '{touched}', 'true'); RETURN NEW",
    "BEFORE INSERT", BACKSTAY_DB_ERROR_SQL },
  { "NEW.is_active := false; RETURN NEW", "BEFORE INSERT", BACKSTAY_DB_ERROR_SQL },
  { "NEW.id := gen_random_uuid(); RETURN NEW", "BEFORE INSERT", BACKSTAY_DB_ERROR_SQL },
  { "NEW.created_by := '" SUPPORT_BOB "'; RETURN NEW", "BEFORE INSERT", BACKSTAY_DB_ERROR_SQL },
  { "NEW.model_type := 'flux'; RETURN NEW", "BEFORE INSERT", BACKSTAY_DB_ERROR_SQL },
  { "RETURN NULL", "BEFORE INSERT", BACKSTAY_DB_ERROR_SQL },
  { "RAISE EXCEPTION 'not on a Friday'", "BEFORE INSERT", BACKSTAY_DB_ERROR_SQL },
  { "RETURN NULL", "BEFORE UPDATE", BACKSTAY_DB_ERROR_DENIED },
  { "NEW.is_active := true; RETURN NEW", "BEFORE UPDATE", BACKSTAY_DB_ERROR_SQL },
  { "UPDATE public.model_config_history SET is_active = true WHERE id = OLD.id; RETURN NULL",
    "AFTER UPDATE", BACKSTAY_DB_ERROR_SQL },
  { "UPDATE public.model_config_history SET is_active = true WHERE id = OLD.id; RETURN NULL",
    DEFERRED, BACKSTAY_DB_ERROR_SQL },
  { "RAISE EXCEPTION 'not on a Friday'", DEFERRED, BACKSTAY_DB_ERROR_SQL },
};

static void
test_trigger (Fixture      *fixture,
              gconstpointer data)
{
  const Trigger   *trigger = data;
  SupportSql      *sql = support_server_get_sql ();
  g_autofree char *message = NULL;

  support_sql_run (sql,
                   "CREATE OR REPLACE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql"
                   " AS $x$ BEGIN IF pg_trigger_depth() > 1 THEN RETURN NEW; END IF; %s; END $x$",
                   trigger->function);

  if (strcmp (trigger->when, DEFERRED) == 0)
    support_sql_run (sql, "CREATE CONSTRAINT TRIGGER meddle AFTER UPDATE ON model_config_history"
                          " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION meddle()");
  else
    support_sql_run (
      sql,
      "CREATE TRIGGER meddle %s ON model_config_history FOR EACH ROW EXECUTE FUNCTION meddle()",
      trigger->when);

  message = assert_refused (fixture, trigger->code);
  support_sql_run (sql, "DROP TRIGGER meddle ON model_config_history");

  if (strstr (trigger->function, "Friday") != NULL)
    g_assert_nonnull (strstr (message, "not on a Friday"));
}

/* A policy under which alice sees everything and may change nothing: no error, just no rows. */
static void
test_policy_hides_update (Fixture      *fixture,
                          gconstpointer data)
{
  SupportSql *sql = support_server_get_sql ();

  support_sql_run (sql, "CREATE POLICY nothing_to_update ON model_config_history AS RESTRICTIVE"
                        " FOR UPDATE USING (false)");
  g_free (assert_refused (fixture, BACKSTAY_DB_ERROR_DENIED));
  support_sql_run (sql, "DROP POLICY nothing_to_update ON model_config_history");
}

static void
test_policy_refuses_insert (Fixture      *fixture,
                            gconstpointer data)
{
  SupportSql *sql = support_server_get_sql ();

  support_sql_run (sql, "CREATE POLICY nothing_to_insert ON model_config_history AS RESTRICTIVE"
                        " FOR INSERT WITH CHECK (false)");
  g_free (assert_refused (fixture, BACKSTAY_DB_ERROR_DENIED));
  support_sql_run (sql, "DROP POLICY nothing_to_insert ON model_config_history");
}

/* A signed-in user without a profile: the foreign key refuses the new version. */
static void
test_no_profile (Fixture      *fixture,
                 gconstpointer data)
{
  SupportSql *sql = support_server_get_sql ();

  support_sql_run (
    sql, "BEGIN; SET LOCAL session_replication_role = replica;"
         "UPDATE profiles SET id = '00000000-0000-4000-8000-00000000dead' WHERE username = 'alice';"
         "COMMIT");
  g_free (assert_refused (fixture, BACKSTAY_DB_ERROR_SQL));
  support_sql_run (sql, "BEGIN; SET LOCAL session_replication_role = replica;"
                        "UPDATE profiles SET id = '" SUPPORT_ALICE "' WHERE username = 'alice';"
                        "COMMIT");
}

static void
test_cancelled_before (Fixture      *fixture,
                       gconstpointer data)
{
  g_autofree char *before = support_repository_dup_checksum ();
  g_autofree char *after = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  backstay_repository_roll_back_async (fixture->repository, fixture->request, FALSE, cancellable,
                                       support_keep_result_cb, &result);
  support_wait_for_result (&result);
  g_assert_null (backstay_repository_roll_back_finish (fixture->repository, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  after = support_repository_dup_checksum ();
  g_assert_cmpstr (after, ==, before);
}

/* While it waits for somebody else's lock. */
static void
test_cancelled_during (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  g_autofree char *before = support_repository_dup_checksum ();
  g_autofree char *after = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history IN SHARE MODE");
  backstay_repository_roll_back_async (fixture->repository, fixture->request, FALSE, cancellable,
                                       support_keep_result_cb, &result);
  support_sql_wait (support_server_get_sql (),
                    "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)");
  g_cancellable_cancel (cancellable);
  support_wait_for_result (&result);
  g_assert_null (backstay_repository_roll_back_finish (fixture->repository, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  support_sql_run (other, "ROLLBACK");
  after = support_repository_dup_checksum ();
  g_assert_cmpstr (after, ==, before);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "other-active", test_other_active },
    { "one-more-active", test_one_more_active },
    { "none-active", test_none_active },
    { "target-gone", test_target_gone },
    { "target-moved", test_target_moved },
    { "target-changed", test_target_changed },
    { "same-request-twice", test_same_request_twice },
    { "role-taken-away", test_role_taken_away },
    { "right-taken-away", test_right_taken_away },
    { "not-admin", test_not_admin },
    { "locked", test_locked },
    { "policy-hides-update", test_policy_hides_update },
    { "policy-refuses-insert", test_policy_refuses_insert },
    { "no-profile", test_no_profile },
    { "cancelled-before", test_cancelled_before },
    { "cancelled-during", test_cancelled_during },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rollback-refusals/%s", tests[i].path);

      g_test_add (path, Fixture, NULL, fixture_set_up, tests[i].func, fixture_tear_down);
    }

  for (guint i = 0; i < G_N_ELEMENTS (triggers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rollback-refusals/trigger/%u", i);

      g_test_add (path, Fixture, &triggers[i], fixture_set_up, test_trigger, fixture_tear_down);
    }

  g_test_add ("/rollback-refusals/read-only", Fixture, NULL, NULL, test_read_only,
              fixture_tear_down);
  g_test_add ("/rollback-refusals/read-only-since", Fixture, NULL, NULL, test_read_only_since,
              fixture_tear_down);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-rollback"

#include "config.h"

#include "support-repository.h"

#include <string.h>

/* What was live before the sample's incident. */
#define GOOD "SDXL Production Config v2.0.5"

static BackstayRollbackOutcome *
roll_back (BackstayRepository *repository,
           const char         *target_id,
           const char         *reason)
{
  g_autoptr (BackstayRollbackRequest) request =
    support_repository_prepare (repository, target_id, reason);
  g_autoptr (GError) error = NULL;
  BackstayRollbackOutcome *outcome =
    support_repository_roll_back (repository, request, FALSE, &error);

  g_assert_no_error (error);
  g_assert_true (outcome->request == request);
  g_assert_false (outcome->rehearsed);
  g_assert_false (outcome->resolved);

  return outcome;
}

static const char *
get_new_id (BackstayRollbackOutcome *outcome)
{
  return backstay_rollback_request_get_new_id (outcome->request);
}

/* Checks all that a rollback promises, in the table itself. */
static void
assert_rolled_back (const char *model_type,
                    const char *target_id,
                    const char *new_id,
                    const char *creator)
{
  SupportSql      *sql = support_server_get_sql ();
  g_autofree char *active = NULL;
  g_autofree char *newest = NULL;
  g_autofree char *same = NULL;

  active = support_sql_query (sql, "SELECT string_agg(id::text, ' ') FROM model_config_history"
                                   " WHERE model_type = '%s' AND is_active",
                              model_type);
  g_assert_cmpstr (active, ==, new_id);

  newest = support_sql_query (sql, "SELECT id FROM model_config_history WHERE model_type = '%s'"
                                   " ORDER BY created_at DESC NULLS LAST, id DESC LIMIT 1",
                              model_type);
  g_assert_cmpstr (newest, ==, new_id);

  same = support_sql_query (sql, "SELECT n.config_data::text = t.config_data::text"
                                 "   AND jsonb_send(n.config_data) = jsonb_send(t.config_data)"
                                 "   AND n.config_name = t.config_name"
                                 "   AND n.model_type = t.model_type"
                                 "   AND n.created_by IS NOT DISTINCT FROM nullif('%s', '')::uuid"
                                 "   AND n.created_at BETWEEN now() - interval '1 minute' AND now()"
                                 "  FROM model_config_history n, model_config_history t"
                                 " WHERE n.id = '%s' AND t.id = '%s'",
                            creator, new_id, target_id);
  g_assert_cmpstr (same, ==, "t");
}

static void
assert_notes (const char *new_id,
              const char *target_id,
              const char *reason)
{
  SupportSql      *sql = support_server_get_sql ();
  g_autofree char *notes =
    support_sql_query (sql, "SELECT notes FROM model_config_history WHERE id = '%s'", new_id);
  g_autofree char *time = NULL;
  g_autofree char *id = NULL;
  g_autofree char *is_same = NULL;
  const char      *found = NULL;

  g_assert_true (backstay_rollback_notes_parse (notes, &time, &id, &found));
  g_assert_cmpstr (id, ==, target_id);
  g_assert_cmpstr (found, ==, reason);

  is_same = support_sql_query (
    sql, "SELECT created_at = '%s'::timestamptz FROM model_config_history WHERE id = '%s'", time,
    target_id);
  g_assert_cmpstr (is_same, ==, "t");
}

static void
test_success (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayVersion) bad = support_repository_get_live (alice, "sdxl");
  g_autofree char *good_id = support_repository_dup_id (GOOD);
  g_autoptr (BackstayRollbackOutcome) outcome =
    roll_back (alice, good_id, "Guidance 99 burns everything.");
  g_autoptr (GPtrArray) page = support_repository_list_history (alice, "sdxl", NULL, 1);

  g_assert_true (g_uuid_string_is_valid (get_new_id (outcome)));
  g_assert_cmpuint (outcome->n_deactivated, ==, 1);
  g_assert_cmpstr (backstay_version_get_id (outcome->previous), ==, backstay_version_get_id (bad));
  g_assert_cmpstr (backstay_version_get_id (g_ptr_array_index (page, 0)), ==, get_new_id (outcome));

  assert_rolled_back ("sdxl", good_id, get_new_id (outcome), SUPPORT_ALICE);
  assert_notes (get_new_id (outcome), good_id, "Guidance 99 burns everything.");
  support_server_restore ();
}

static void
test_leaves_the_rest_alone (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autofree char *good_id = support_repository_dup_id (GOOD);
  g_autoptr (BackstayRollbackOutcome) outcome = roll_back (alice, good_id, "");

  /* One row more, and one that is no longer active: nothing else in the table is another. */
  g_assert_cmpint (
    support_sql_query_int (sql, "SELECT count(*) FROM ("
                                "  TABLE model_config_history EXCEPT TABLE kept.versions) d"),
    ==, 2);
  g_assert_cmpint (
    support_sql_query_int (sql, "SELECT count(*) FROM ("
                                "  TABLE kept.versions EXCEPT TABLE model_config_history) d"),
    ==, 1);
  support_server_restore ();
}

static void
test_hostile_reasons (void)
{
  static const char *const reasons[] = {
    "it's \"quoted\" \\ $1 :'model_type' %s %n {0}",
    "first\nsecond\n\nRolled back to 2020 x (was y).\n",
    "'); DROP TABLE model_config_history; --",
    "‮שלום‬ مرحبا \xF0\x9F\x9A\x80 e\xCC\x81",
    "   blanks around\t\n",
    "",
    "\x01\x1f\x7f",
  };
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autofree char *good_id = support_repository_dup_id (GOOD);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autofree char *stripped = g_strstrip (g_strdup (reasons[i]));
      g_autoptr (BackstayRollbackOutcome) outcome = roll_back (alice, good_id, reasons[i]);

      assert_rolled_back ("sdxl", good_id, get_new_id (outcome), SUPPORT_ALICE);
      assert_notes (get_new_id (outcome), good_id, stripped);
    }

  support_server_restore ();
}

/* Whatever the time of the version to go back to, the notes name it. */
static void
test_odd_times (void)
{
  static const char *const times[] = {
    "'2025-08-30 10:00:00.000001+02'",
    "'0044-03-15 12:00:00 BC'",
    "'4000-01-01 BC'",
    "'0001-01-01'",
    "'12345-06-07 01:02:03'",
    "'infinity'",
    "'-infinity'",
  };
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *id = g_uuid_string_random ();
      g_autoptr (BackstayRollbackOutcome) outcome = NULL;

      g_test_message ("%s", times[i]);
      support_sql_run (
        sql,
        "INSERT INTO model_config_history (id, model_type, config_name, config_data, created_at)"
        " VALUES ('%s', 'odd %u', 'n', '1', %s)",
        id, i, times[i]);
      outcome = roll_back (alice, id, "why");
      assert_notes (get_new_id (outcome), id, "why");
    }

  support_server_restore ();
}

static void
test_time_unknown (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autofree char *notes = NULL;
  const char      *reason = NULL;

  support_sql_run (
    sql,
    "INSERT INTO model_config_history (id, model_type, config_name, config_data, created_at)"
    " VALUES ('%s', 'odd', 'n', '1', NULL)",
    id);
  outcome = roll_back (alice, id, "why");
  notes = support_sql_query (sql, "SELECT notes FROM model_config_history WHERE id = '%s'",
                             get_new_id (outcome));
  g_assert_true (backstay_rollback_notes_parse (notes, NULL, NULL, &reason));
  g_assert_cmpstr (reason, ==, "why");
  support_server_restore ();
}

static void
test_exact_values (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;

  support_sql_run (
    sql,
    "INSERT INTO model_config_history (id, model_type, config_name, config_data)"
    " VALUES ('%s', 'exact', E'n\\u200b \\'x\\'', $x$"
    "{\"a\": 1.10, \"b\": 0.1, \"c\": 123456789012345678901234567890, \"d\": 1e400,"
    " \"e\": -0.0, \"f\": \"Zoë 🚀 \\u0001 \\u2028\", \"\": [1E5, 1e-300], \"zz\": null}$x$)",
    id);
  outcome = roll_back (alice, id, "");
  assert_rolled_back ("exact", id, get_new_id (outcome), SUPPORT_ALICE);
  support_server_restore ();
}

static void
test_rehearsal (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autofree char *good_id = support_repository_dup_id (GOOD);
  g_autofree char *before = support_repository_dup_checksum ();
  g_autoptr (BackstayRollbackRequest) request = support_repository_prepare (alice, good_id, "");
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (BackstayRollbackOutcome) in_earnest = NULL;
  g_autofree char *after = NULL;

  outcome = support_repository_roll_back (alice, request, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (outcome->rehearsed);
  g_assert_cmpuint (outcome->n_deactivated, ==, 1);
  after = support_repository_dup_checksum ();
  g_assert_cmpstr (after, ==, before);

  /* The same request can be made in earnest then. */
  in_earnest = support_repository_roll_back (alice, request, FALSE, &error);
  g_assert_no_error (error);
  assert_rolled_back ("sdxl", good_id, get_new_id (in_earnest), SUPPORT_ALICE);
  support_server_restore ();
}

static void
test_undo (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayVersion) bad = support_repository_get_live (alice, "sdxl");
  const char      *bad_id = backstay_version_get_id (bad);
  g_autofree char *good_id = support_repository_dup_id (GOOD);
  g_autoptr (BackstayRollbackOutcome) first = roll_back (alice, good_id, "");
  g_autoptr (BackstayRollbackOutcome) second = NULL;
  g_autoptr (BackstayRollbackOutcome) third = NULL;
  g_autoptr (BackstayRollbackOutcome) again = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_before = support_sql_query_int (sql, "SELECT count(*) FROM model_config_history");

  second = support_repository_undo (alice, first, &error);
  g_assert_no_error (error);
  assert_rolled_back ("sdxl", bad_id, get_new_id (second), SUPPORT_ALICE);
  g_assert_cmpint (support_sql_query_int (sql, "SELECT count(*) FROM model_config_history"), ==,
                   n_before + 1);

  /* The same undo again is stopped: something else is active now. */
  again = support_repository_undo (alice, first, &error);
  g_assert_null (again);
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT);
  g_clear_error (&error);

  /* An undo can itself be undone. */
  third = support_repository_undo (alice, second, &error);
  g_assert_no_error (error);
  assert_rolled_back ("sdxl", good_id, get_new_id (third), SUPPORT_ALICE);

  support_server_restore ();
}

static void
test_undo_after_a_change (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autofree char *good_id = support_repository_dup_id (GOOD);
  g_autoptr (BackstayRollbackOutcome) outcome = roll_back (alice, good_id, "");
  g_autoptr (BackstayRollbackOutcome) undone = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  support_sql_run (support_server_get_sql (),
                   "UPDATE model_config_history SET is_active = true"
                   " WHERE config_name = 'SDXL Production Config v2.0.1'");
  before = support_repository_dup_checksum ();
  undone = support_repository_undo (alice, outcome, &error);
  g_assert_null (undone);
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT);
  after = support_repository_dup_checksum ();
  g_assert_cmpstr (after, ==, before);

  support_server_restore ();
}

static void
test_from_two_active (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayVersion) live = support_repository_get_live (alice, "wan");
  g_autofree char *target_id = support_repository_dup_id ("WAN Video Production v1.30");
  g_autoptr (BackstayRollbackOutcome) outcome = roll_back (alice, target_id, "");
  g_autoptr (BackstayRollbackOutcome) undone = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (outcome->n_deactivated, ==, 2);
  g_assert_cmpstr (backstay_version_get_id (outcome->previous), ==, backstay_version_get_id (live));
  assert_rolled_back ("wan", target_id, get_new_id (outcome), SUPPORT_ALICE);

  /* Back to what a service read before, not to two active versions. */
  undone = support_repository_undo (alice, outcome, &error);
  g_assert_no_error (error);
  assert_rolled_back ("wan", backstay_version_get_id (live), get_new_id (undone), SUPPORT_ALICE);
  support_server_restore ();
}

static void
test_from_none_active (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autofree char *target_id = support_repository_dup_id ("Whisper Transcription v1.3");
  g_autoptr (BackstayRollbackOutcome) outcome = roll_back (alice, target_id, "");
  g_autoptr (BackstayRollbackOutcome) undone = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (outcome->previous);
  g_assert_cmpuint (outcome->n_deactivated, ==, 0);
  assert_rolled_back ("whisper", target_id, get_new_id (outcome), SUPPORT_ALICE);

  undone = support_repository_undo (alice, outcome, &error);
  g_assert_null (undone);
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT);
  g_assert_nonnull (strchr (error->message, '.'));
  support_server_restore ();
}

/* The live version can itself be copied forward, which repairs a type with two active ones. */
static void
test_to_an_active_one (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayVersion) live = support_repository_get_live (alice, "wan");
  g_autoptr (BackstayRollbackOutcome) outcome =
    roll_back (alice, backstay_version_get_id (live), "");

  assert_rolled_back ("wan", backstay_version_get_id (live), get_new_id (outcome), SUPPORT_ALICE);
  support_server_restore ();
}

/* An active version in the future, or at infinity, is turned off like any other. */
static void
test_from_the_future (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autofree char *good_id = support_repository_dup_id (GOOD);
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;

  support_sql_run (
    support_server_get_sql (),
    "INSERT INTO model_config_history (model_type, config_name, config_data, is_active, created_at)"
    " VALUES ('sdxl', 'future', '1', true, 'infinity'), ('sdxl', 'never', '2', true, NULL)");
  outcome = roll_back (alice, good_id, "");
  g_assert_cmpuint (outcome->n_deactivated, ==, 3);
  g_assert_cmpint (support_sql_query_int (support_server_get_sql (),
                                          "SELECT count(*) FROM model_config_history"
                                          " WHERE model_type = 'sdxl' AND is_active"),
                   ==, 1);
  support_server_restore ();
}

/* A login that bypasses the policies is recorded as nobody. */
static void
test_as_login (void)
{
  g_autoptr (BackstayRepository) login =
    support_repository_new (support_server_get_config (), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayAccess) access = support_repository_find_access (login, &error);
  g_autofree char *good_id = support_repository_dup_id (GOOD);
  g_autoptr (BackstayRollbackOutcome) outcome = roll_back (login, good_id, "");

  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_BYPASS);
  assert_rolled_back ("sdxl", good_id, get_new_id (outcome), "");
  support_server_restore ();
}

/* However the user's id is spelt. */
static void
test_spelling_of_identity (void)
{
  g_autoptr (BackstayRepository) alice = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayAccess) access = NULL;
  g_autofree char *good_id = support_repository_dup_id (GOOD);
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;

  alice =
    support_repository_new (support_server_get_config (), "00000000-0000-4000-8000-0000000000A1");
  access = support_repository_find_access (alice, &error);
  g_assert_no_error (error);
  outcome = roll_back (alice, good_id, "");
  assert_rolled_back ("sdxl", good_id, get_new_id (outcome), SUPPORT_ALICE);
  support_server_restore ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rollback/success", test_success);
  g_test_add_func ("/rollback/leaves-the-rest-alone", test_leaves_the_rest_alone);
  g_test_add_func ("/rollback/hostile-reasons", test_hostile_reasons);
  g_test_add_func ("/rollback/odd-times", test_odd_times);
  g_test_add_func ("/rollback/time-unknown", test_time_unknown);
  g_test_add_func ("/rollback/exact-values", test_exact_values);
  g_test_add_func ("/rollback/rehearsal", test_rehearsal);
  g_test_add_func ("/rollback/undo", test_undo);
  g_test_add_func ("/rollback/undo-after-a-change", test_undo_after_a_change);
  g_test_add_func ("/rollback/from-two-active", test_from_two_active);
  g_test_add_func ("/rollback/from-none-active", test_from_none_active);
  g_test_add_func ("/rollback/to-an-active-one", test_to_an_active_one);
  g_test_add_func ("/rollback/from-the-future", test_from_the_future);
  g_test_add_func ("/rollback/as-login", test_as_login);
  g_test_add_func ("/rollback/spelling-of-identity", test_spelling_of_identity);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}

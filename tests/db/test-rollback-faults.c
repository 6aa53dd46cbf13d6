/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-rollback-faults"

#include "config.h"

#include "support-job.h"
#include "support-proxy.h"
#include "support-repository.h"
#include "support-wait.h"

#define GOOD "SDXL Production Config v2.0.5"

/* A rollback's round trips. */
enum
{
  LOOK = 1,
  CHANGE,
  COMMIT,
};

/* Alice is about to roll back, over a line that will break. */
typedef struct
{
  SupportProxy            *proxy;
  BackstayRepository      *repository;
  BackstayRollbackRequest *request;
  char                    *before;
} Fixture;

static void
fixture_set_up (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autofree char *good_id = support_repository_dup_id (GOOD);

  fixture->proxy = support_proxy_new ();
  config = support_proxy_dup_config (fixture->proxy);
  fixture->repository = support_repository_new_alice_on (config);
  fixture->request = support_repository_prepare (fixture->repository, good_id, "why");
  fixture->before = support_repository_dup_checksum ();
}

static void
fixture_tear_down (Fixture      *fixture,
                   gconstpointer data)
{
  g_clear_pointer (&fixture->request, backstay_rollback_request_unref);
  g_clear_object (&fixture->repository);
  g_clear_pointer (&fixture->proxy, support_proxy_free);
  g_clear_pointer (&fixture->before, g_free);
  support_server_restore ();
}

static gboolean
is_in_table (Fixture *fixture)
{
  return support_sql_query_int (support_server_get_sql (),
                                "SELECT count(*) FROM model_config_history"
                                " WHERE id = '%s' AND is_active",
                                backstay_rollback_request_get_new_id (fixture->request)) == 1;
}

static void
assert_unchanged (Fixture *fixture)
{
  g_autofree char *after = support_repository_dup_checksum ();

  g_assert_cmpstr (after, ==, fixture->before);
}

static void
assert_fails (Fixture        *fixture,
              BackstayDbError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;

  outcome = support_repository_roll_back (fixture->repository, fixture->request, FALSE, &error);
  g_assert_null (outcome);
  g_test_message ("%s", error->message);
  g_assert_error (error, BACKSTAY_DB_ERROR, (int) code);
  g_assert_true (support_proxy_has_fired (fixture->proxy));
}

static void
assert_repeatable (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;

  outcome = support_repository_roll_back (fixture->repository, fixture->request, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (is_in_table (fixture));
}

static void
test_cut (Fixture      *fixture,
          gconstpointer data)
{
  static const SupportFault faults[] = { SUPPORT_FAULT_CUT_BEFORE, SUPPORT_FAULT_CUT_AFTER };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      support_proxy_arm (fixture->proxy, LOOK, faults[i]);
      assert_fails (fixture, BACKSTAY_DB_ERROR_LOST);
      support_proxy_arm (fixture->proxy, CHANGE, faults[i]);
      assert_fails (fixture, BACKSTAY_DB_ERROR_LOST);
      assert_unchanged (fixture);
    }

  assert_repeatable (fixture);
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

/* The server ends the connection before each of the three steps. The last one's end is unknown at
 * first, but the server can be asked, and knows of nothing. */
static void
test_terminated (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (SupportSql) sql = support_sql_new (support_server_get_config ());
  BackstayDbConnection *connection = backstay_repository_get_connection (fixture->repository);

  for (guint round_trip = LOOK; round_trip <= COMMIT; round_trip++)
    {
      Victim victim = { sql, support_job_get_pid (connection) };

      support_proxy_arm_call (fixture->proxy, round_trip, terminate, &victim);
      assert_fails (fixture, BACKSTAY_DB_ERROR_LOST);
      assert_unchanged (fixture);
    }

  assert_repeatable (fixture);
}

static void
test_commit_not_delivered (Fixture      *fixture,
                           gconstpointer data)
{
  support_proxy_arm (fixture->proxy, COMMIT, SUPPORT_FAULT_CUT_BEFORE);
  assert_fails (fixture, BACKSTAY_DB_ERROR_LOST);
  assert_unchanged (fixture);
  assert_repeatable (fixture);
}

static void
test_commit_not_acknowledged (Fixture      *fixture,
                              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (BackstayRollbackOutcome) undone = NULL;

  support_proxy_arm (fixture->proxy, COMMIT, SUPPORT_FAULT_CUT_AFTER);
  outcome = support_repository_roll_back (fixture->repository, fixture->request, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (support_proxy_has_fired (fixture->proxy));
  g_assert_true (outcome->resolved);
  g_assert_cmpuint (outcome->n_deactivated, ==, 1);
  g_assert_true (is_in_table (fixture));

  undone = support_repository_undo (fixture->repository, outcome, &error);
  g_assert_no_error (error);
}

static void
depose_alice (gpointer user_data)
{
  support_sql_run (user_data, "DELETE FROM user_roles WHERE user_id = '" SUPPORT_ALICE "'");
}

/* Nobody may be told that nothing was changed just because they cannot see it any more. */
static void
test_role_lost_with_acknowledgement (Fixture      *fixture,
                                     gconstpointer data)
{
  g_autoptr (SupportSql) sql = support_sql_new (support_server_get_config ());

  support_proxy_arm (fixture->proxy, COMMIT, SUPPORT_FAULT_CUT_AFTER);
  support_proxy_arm_next_call (fixture->proxy, 1, depose_alice, sql);
  assert_fails (fixture, BACKSTAY_DB_ERROR_UNKNOWN);
  g_assert_true (is_in_table (fixture));
}

static void
lock_table (gpointer user_data)
{
  support_sql_run (user_data, "BEGIN; LOCK TABLE model_config_history IN ROW EXCLUSIVE MODE");
}

/* Somebody else's transaction has the table while it is asked what became of the commit. */
static void
test_resolve_waits_for_lock (Fixture      *fixture,
                             gconstpointer data)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;

  support_proxy_arm (fixture->proxy, COMMIT, SUPPORT_FAULT_CUT_AFTER);
  support_proxy_arm_next_call (fixture->proxy, 1, lock_table, other);
  backstay_repository_roll_back_async (fixture->repository, fixture->request, FALSE, NULL,
                                       support_keep_result_cb, &result);
  support_sql_wait (support_server_get_sql (),
                    "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)");
  g_assert_null (result);
  support_sql_run (other, "ROLLBACK");

  support_wait_for_result (&result);
  outcome = backstay_repository_roll_back_finish (fixture->repository, result, &error);
  g_assert_no_error (error);
  g_assert_true (outcome->resolved);
}

/* The line breaks again while the server is asked; then it is asked once more. */
static void
test_resolve_breaks_too (Fixture      *fixture,
                         gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;

  support_proxy_arm (fixture->proxy, COMMIT, SUPPORT_FAULT_CUT_AFTER);
  support_proxy_arm_next (fixture->proxy, 1, SUPPORT_FAULT_CUT_BEFORE);
  support_proxy_arm_next (fixture->proxy, 1, SUPPORT_FAULT_CUT_AFTER);
  outcome = support_repository_roll_back (fixture->repository, fixture->request, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (outcome->resolved);
  g_assert_true (support_proxy_has_fired (fixture->proxy));
}

static void
cancel (gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_cancelled (Fixture      *fixture,
                gconstpointer data)
{
  for (guint round_trip = LOOK; round_trip <= COMMIT; round_trip++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (BackstayRollbackOutcome) outcome = NULL;

      support_proxy_arm_call (fixture->proxy, round_trip, cancel, cancellable);
      backstay_repository_roll_back_async (fixture->repository, fixture->request, FALSE,
                                           cancellable, support_keep_result_cb, &result);
      support_wait_for_result (&result);
      outcome = backstay_repository_roll_back_finish (fixture->repository, result, &error);
      g_assert_true (support_proxy_has_fired (fixture->proxy));

      if (round_trip < COMMIT)
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          assert_unchanged (fixture);
        }
      else
        {
          /* It had begun to commit: what was done is what is said. */
          g_assert_no_error (error);
          g_assert_true (is_in_table (fixture));
        }
    }
}

/* A rehearsal never commits, so it has nothing that could be unknown. */
static void
test_rehearsal_is_cut (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;

  support_proxy_arm (fixture->proxy, COMMIT, SUPPORT_FAULT_CUT_AFTER);
  outcome = support_repository_roll_back (fixture->repository, fixture->request, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (outcome->rehearsed);
  assert_unchanged (fixture);
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
    { "/rollback-faults/cut", test_cut },
    { "/rollback-faults/terminated", test_terminated },
    { "/rollback-faults/commit-not-delivered", test_commit_not_delivered },
    { "/rollback-faults/commit-not-acknowledged", test_commit_not_acknowledged },
    { "/rollback-faults/role-lost-with-acknowledgement", test_role_lost_with_acknowledgement },
    { "/rollback-faults/resolve-waits-for-lock", test_resolve_waits_for_lock },
    { "/rollback-faults/resolve-breaks-too", test_resolve_breaks_too },
    { "/rollback-faults/cancelled", test_cancelled },
    { "/rollback-faults/rehearsal-is-cut", test_rehearsal_is_cut },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, fixture_set_up, tests[i].func, fixture_tear_down);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}

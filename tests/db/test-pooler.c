/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Through PgBouncer in transaction mode, where a connection is lent for one transaction only. */

#define G_LOG_DOMAIN "test-pooler"

#include "config.h"

#include "backstay-repository-transfer.h"
#include "backstay-repository-watch.h"
#include "backstay-watcher.h"
#include "support-guards.h"
#include "support-pooler.h"
#include "support-repository.h"
#include "support-wait.h"

#include <glib/gstdio.h>

#include <stdlib.h>

#define GOOD "SDXL Production Config v2.0.5"

#define N_CLIENTS 8
#define N_RESTARTS 5

typedef struct
{
  SupportPooler      *pooler;
  BackstayDbConfig   *config;
  BackstayRepository *alice;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->pooler = support_pooler_new ();
  fixture->config = support_pooler_dup_config (fixture->pooler);
  fixture->alice = support_repository_new_alice_on (fixture->config);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_finalize_object (fixture->alice);
  g_object_unref (fixture->config);
  support_pooler_free (fixture->pooler);
  support_server_restore ();
}

/* Nothing of what a transaction is may be found by who gets the connection next. */
static void
assert_nothing_left (Fixture *fixture)
{
  g_autoptr (SupportSql) other = support_sql_new (fixture->config);

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *left = NULL;

      left = support_sql_query (other, "SELECT concat_ws(' ', current_user, current_setting('role'),"
                                       "  nullif(current_setting('request.jwt.claims', true), ''),"
                                       "  current_setting('statement_timeout'), current_setting('lock_timeout'),"
                                       "  (SELECT count(*) FROM pg_listening_channels()),"
                                       "  (SELECT count(*) FROM pg_prepared_statements))");
      g_assert_cmpstr (left, ==, "backstay none 0 0 0 0");
    }
}

static BackstayRollbackOutcome *
roll_back_to_good (BackstayRepository *repository,
                   GError            **error)
{
  g_autofree char *good_id = support_repository_dup_id (GOOD);
  g_autoptr (BackstayRollbackRequest) request = support_repository_prepare (repository, good_id, "Pooled");

  return support_repository_roll_back (repository, request, FALSE, error);
}

static void
test_read (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (BackstayRepository) direct = support_repository_new_alice ();
  g_autoptr (BackstayConfiguration) expected = NULL;
  g_autoptr (BackstayConfiguration) configuration = NULL;
  g_autoptr (GPtrArray) expected_versions = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GPtrArray) types = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *good_id = support_repository_dup_id (GOOD);

  types = support_repository_list_types (fixture->alice);
  g_assert_cmpuint (types->len, >, 1);

  versions = support_repository_list_history (fixture->alice, "sdxl", NULL, 50);
  expected_versions = support_repository_list_history (direct, "sdxl", NULL, 50);
  g_assert_cmpuint (versions->len, ==, expected_versions->len);

  configuration = support_repository_get_configuration (fixture->alice, good_id, &error);
  g_assert_no_error (error);
  expected = support_repository_get_configuration (direct, good_id, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (backstay_configuration_get_text (configuration),
                                backstay_configuration_get_text (expected)));

  assert_nothing_left (fixture);
}

static void
test_roll_back (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (BackstayRollbackOutcome) undone = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *live = NULL;

  outcome = roll_back_to_good (fixture->alice, &error);
  g_assert_no_error (error);
  live = support_sql_query (support_server_get_sql (),
                            "SELECT string_agg(id::text, ' ') FROM model_config_history"
                            " WHERE model_type = 'sdxl' AND is_active");
  g_assert_cmpstr (live, ==, backstay_rollback_request_get_new_id (outcome->request));

  undone = support_repository_undo (fixture->alice, outcome, &error);
  g_assert_no_error (error);
  assert_nothing_left (fixture);
}

/* A transaction that fails gives its connection back as it was. */
static void
test_refused (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (BackstayRepository) dave = support_repository_new (fixture->config, SUPPORT_DAVE);
  g_autoptr (BackstayRollbackRequest) request = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GPtrArray) types = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *checksum = support_repository_dup_checksum ();
  g_autofree char *good_id = support_repository_dup_id (GOOD);
  g_autofree char *after = NULL;

  request = support_repository_prepare (fixture->alice, good_id, "Not by dave");
  outcome = support_repository_roll_back (dave, request, FALSE, &error);
  g_assert_null (outcome);
  g_assert_nonnull (error);

  after = support_repository_dup_checksum ();
  g_assert_cmpstr (after, ==, checksum);
  assert_nothing_left (fixture);
}

/* More clients than connections, and of different people: nobody is anybody else. */
static void
test_many (Fixture      *fixture,
           gconstpointer data)
{
  BackstayRepository *repositories[N_CLIENTS];
  GAsyncResult       *results[N_CLIENTS] = { NULL };

  for (guint i = 0; i < N_CLIENTS; i++)
    {
      repositories[i] = support_repository_new (fixture->config, i % 2 == 0 ? SUPPORT_ALICE : SUPPORT_DAVE);
      backstay_repository_list_types_async (repositories[i], NULL, support_keep_result_cb, &results[i]);
    }

  for (guint i = 0; i < N_CLIENTS; i++)
    {
      g_autoptr (GPtrArray) types = NULL;
      g_autoptr (GError) error = NULL;

      support_wait_for_result (&results[i]);
      types = backstay_repository_list_types_finish (repositories[i], results[i], &error);
      g_assert_no_error (error);
      g_assert_cmpint (types->len > 0, ==, i % 2 == 0);
      g_clear_object (&results[i]);
      g_object_unref (repositories[i]);
    }

  assert_nothing_left (fixture);
}

static gboolean
is_watching (gpointer watcher)
{
  return backstay_watcher_get_watching (watcher);
}

static void
count_cb (guint *n_changes)
{
  *n_changes += 1;
}

static gboolean
is_positive (gpointer counter)
{
  return *(guint *) counter > 0;
}

/* LISTEN would succeed and stay silent for ever. */
static void
test_watch (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (BackstayIdentity) alice = backstay_identity_new (SUPPORT_ALICE, NULL);
  BackstayWatcher *watcher = backstay_watcher_new (fixture->config, alice, NULL);
  guint            n_changes = 0;

  support_wait_until (is_watching, watcher);
  g_assert_false (backstay_watcher_get_listening (watcher));
  g_signal_connect_swapped (watcher, "changed", G_CALLBACK (count_cb), &n_changes);

  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data)"
                   " VALUES ('sdxl', 'new', '{}')");
  backstay_watcher_look (watcher);
  support_wait_until (is_positive, &n_changes);

  g_assert_finalize_object (watcher);
  assert_nothing_left (fixture);
}

/* The guards */

static void
set_up_guards (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (SupportSql) pooled = NULL;

  set_up (fixture, data);
  pooled = support_sql_new (fixture->config);

  /* The sample has a type with two active ones, which keep the index out. */
  support_sql_run (pooled, "UPDATE model_config_history SET is_active = false WHERE model_type = 'wan'");
  support_guards_run (pooled, "guards");
  support_guards_run (pooled, "guards");
}

static void
tear_down_guards (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (SupportSql) pooled = support_sql_new (fixture->config);

  support_guards_run (pooled, "guards-uninstall");
  tear_down (fixture, data);
  support_guards_restore ();
}

/* Who did it is the transaction's own, whoever had the connection before. */
static void
test_guards_roll_back (Fixture      *fixture,
                       gconstpointer data)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) bob = support_repository_new (fixture->config, SUPPORT_BOB);
  g_autoptr (BackstayAccess) access = NULL;
  g_autoptr (BackstayRollbackOutcome) first = NULL;
  g_autoptr (BackstayRollbackOutcome) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *trail = NULL;
  g_autofree char *stamps = NULL;

  access = support_repository_find_access (bob, &error);
  g_assert_no_error (error);
  first = roll_back_to_good (fixture->alice, &error);
  g_assert_no_error (error);
  second = support_repository_undo (bob, first, &error);
  g_assert_no_error (error);

  trail = support_sql_query (sql, "SELECT string_agg(concat_ws(' ', action, claimed_by, login), E'\n' ORDER BY audit_id)"
                                  "  FROM model_config_audit WHERE config_id IN ('%s', '%s')",
                             backstay_rollback_request_get_new_id (first->request),
                             backstay_rollback_request_get_new_id (second->request));
  g_assert_cmpstr (trail, ==,
                   "create " SUPPORT_ALICE " backstay\nactivate " SUPPORT_ALICE " backstay\n"
                   "deactivate " SUPPORT_BOB " backstay\n"
                   "create " SUPPORT_BOB " backstay\nactivate " SUPPORT_BOB " backstay");

  stamps = support_sql_query (sql, "SELECT string_agg(created_by::text, ' ' ORDER BY created_at)"
                                   "  FROM model_config_history WHERE id IN ('%s', '%s')",
                              backstay_rollback_request_get_new_id (first->request),
                              backstay_rollback_request_get_new_id (second->request));
  g_assert_cmpstr (stamps, ==, SUPPORT_ALICE " " SUPPORT_BOB);
  g_assert_cmpint (support_sql_query_int (sql, "SELECT count(*) FROM model_config_history"
                                               " WHERE model_type = 'sdxl' AND is_active"),
                   ==, 1);
  assert_nothing_left (fixture);
}

/* What the guards refuse is refused, and the connection is as good as before. */
static void
test_guards_refuse (Fixture      *fixture,
                    gconstpointer data)
{
  static const char *const statements[] = {
    "UPDATE model_config_history SET config_data = '{}' WHERE model_type = 'sdxl'",
    "DELETE FROM model_config_history",
    "TRUNCATE model_config_history CASCADE",
    "UPDATE model_config_audit SET action = 'annotate'",
    "INSERT INTO model_config_history (model_type, config_name, config_data, is_active)"
    " VALUES ('sdxl', 'second', '{}', true)",
  };
  g_autoptr (SupportSql) pooled = support_sql_new (fixture->config);

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autofree char *refusal = support_sql_dup_refusal (pooled, "%s", statements[i]);

      g_assert_nonnull (refusal);
    }

  assert_nothing_left (fixture);
}

/* The guards tell of what is done through the pooler; who listens directly hears it, and who is behind
 * the pooler looks. */
static void
test_guards_notify (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (BackstayIdentity) alice = backstay_identity_new (SUPPORT_ALICE, NULL);
  g_autoptr (BackstayDbConnection) listener = backstay_db_connection_new (support_server_get_config ());
  g_autoptr (BackstayRepository) direct = backstay_repository_new (listener, alice);
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (BackstayTableState) state = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BackstayWatcher *pooled = backstay_watcher_new (fixture->config, alice, NULL);
  guint            n_told = 0;
  guint            n_changes = 0;

  backstay_repository_watch_async (direct, TRUE, NULL, NULL, support_keep_result_cb, &result);
  state = backstay_repository_watch_finish (direct, support_wait_for_result (&result), &error);
  g_assert_no_error (error);
  g_assert_true (state->listening);
  g_signal_connect_swapped (listener, "notified", G_CALLBACK (count_cb), &n_told);
  support_wait_until (is_watching, pooled);
  g_assert_false (backstay_watcher_get_listening (pooled));
  g_signal_connect_swapped (pooled, "changed", G_CALLBACK (count_cb), &n_changes);

  outcome = roll_back_to_good (fixture->alice, &error);
  g_assert_no_error (error);
  support_wait_until (is_positive, &n_told);
  backstay_watcher_look (pooled);
  support_wait_until (is_positive, &n_changes);

  g_signal_handlers_disconnect_by_data (listener, &n_told);
  g_assert_finalize_object (pooled);
  assert_nothing_left (fixture);
}

/* A long transaction keeps its connection; the other one goes on serving. */
static void
test_export (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (BackstayTransferProgress) progress = backstay_transfer_progress_new ();
  g_autoptr (BackstayExportRequest) request = backstay_export_request_new_history ("sdxl");
  g_autofree BackstayExportOutcome *outcome = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int              fd = g_file_open_tmp ("backstay-export-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);

  backstay_repository_export_async (fixture->alice, request, path, progress, NULL, support_keep_result_cb, &result);
  outcome = backstay_repository_export_finish (fixture->alice, support_wait_for_result (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outcome->n_versions, ==,
                    support_sql_query_int (support_server_get_sql (),
                                           "SELECT count(*) FROM model_config_history WHERE model_type = 'sdxl'"));
  g_unlink (path);
  assert_nothing_left (fixture);
}

/* It ends under a program that has it open, and comes back. */
static void
test_restart (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GPtrArray) before = support_repository_list_types (fixture->alice);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;

  support_pooler_restart (fixture->pooler);

  after = support_repository_list_types (fixture->alice);
  g_assert_cmpuint (after->len, ==, before->len);
  outcome = roll_back_to_good (fixture->alice, &error);
  g_assert_no_error (error);
}

static void
assert_told_truly (BackstayRollbackRequest *request,
                   BackstayRollbackOutcome *outcome,
                   const GError            *error)
{
  gint64 n_made = support_sql_query_int (support_server_get_sql (),
                                         "SELECT count(*) FROM model_config_history WHERE id = '%s'",
                                         backstay_rollback_request_get_new_id (request));

  g_assert_true ((outcome != NULL) == (error == NULL));
  if (!g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN))
    g_assert_cmpint (n_made, ==, outcome != NULL);
}

/* As above, with the line lost where the rollback is asked for: nothing is done, or it is told. */
static void
test_restart_before_rollback (Fixture      *fixture,
                              gconstpointer data)
{
  g_autofree char *good_id = support_repository_dup_id (GOOD);
  g_autoptr (BackstayRollbackRequest) request = support_repository_prepare (fixture->alice, good_id, "Restarted");
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  support_pooler_restart (fixture->pooler);
  outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);
  assert_told_truly (request, outcome, error);
  g_assert_false (g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN));
}

/* It ends again and again while many are at it. What was told to be done is there, what was told to have failed is
 * not, and there never are two. */
static void
test_restart_under_load (Fixture      *fixture,
                         gconstpointer data)
{
  BackstayRepository      *repositories[N_CLIENTS];
  BackstayRollbackRequest *requests[N_CLIENTS];
  GAsyncResult            *results[N_CLIENTS] = { NULL };
  g_autofree char         *good_id = support_repository_dup_id (GOOD);

  for (guint i = 0; i < N_CLIENTS; i++)
    repositories[i] = support_repository_new_alice_on (fixture->config);

  for (guint round = 0; round < N_RESTARTS; round++)
    {
      for (guint i = 0; i < N_CLIENTS; i++)
        {
          requests[i] = support_repository_prepare (repositories[i], good_id, "Under load");
          backstay_repository_roll_back_async (repositories[i], requests[i], FALSE, NULL, support_keep_result_cb,
                                               &results[i]);
        }

      g_usleep (round * 3000);
      support_pooler_restart (fixture->pooler);

      for (guint i = 0; i < N_CLIENTS; i++)
        {
          g_autoptr (BackstayRollbackOutcome) outcome = NULL;
          g_autoptr (GError) error = NULL;

          support_wait_for_result (&results[i]);
          outcome = backstay_repository_roll_back_finish (repositories[i], results[i], &error);
          assert_told_truly (requests[i], outcome, error);
          g_clear_object (&results[i]);
          backstay_rollback_request_unref (requests[i]);
        }

      g_assert_cmpint (support_sql_query_int (support_server_get_sql (),
                                              "SELECT count(*) FROM model_config_history"
                                              " WHERE model_type = 'sdxl' AND is_active"),
                       ==, 1);
    }

  for (guint i = 0; i < N_CLIENTS; i++)
    g_object_unref (repositories[i]);
  assert_nothing_left (fixture);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/pooler/read", test_read },
    { "/pooler/roll-back", test_roll_back },
    { "/pooler/refused", test_refused },
    { "/pooler/many", test_many },
    { "/pooler/watch", test_watch },
    { "/pooler/export", test_export },
    { "/pooler/restart", test_restart },
    { "/pooler/restart-before-rollback", test_restart_before_rollback },
    { "/pooler/restart-under-load", test_restart_under_load },
  },
    guarded[] = {
      { "/pooler/guards/roll-back", test_guards_roll_back },
      { "/pooler/guards/refuse", test_guards_refuse },
      { "/pooler/guards/notify", test_guards_notify },
    };

  g_test_init (&argc, &argv, NULL);

  if (!support_pooler_is_installed ())
    {
      g_print ("1..0 # SKIP PgBouncer is not installed\n");
      return EXIT_SUCCESS;
    }

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);

  for (guint i = 0; i < G_N_ELEMENTS (guarded); i++)
    g_test_add (guarded[i].name, Fixture, NULL, set_up_guards, guarded[i].test, tear_down_guards);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}

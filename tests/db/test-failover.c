/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A primary that dies, and a standby that takes its place. */

#define G_LOG_DOMAIN "test-failover"

#include "config.h"

#include "support-cluster.h"
#include "support-repository.h"
#include "support-wait.h"

#include <stdlib.h>

#define GOOD "SDXL Production Config v2.0.5"

/* Alice knows both, and wants the one that takes changes. */
typedef struct
{
  SupportCluster     *primary;
  SupportCluster     *standby;
  BackstayRepository *alice;
} Fixture;

static BackstayRepository *
new_alice (BackstayDbConfig *config)
{
  BackstayRepository *alice = support_repository_new (config, SUPPORT_ALICE);
  g_autoptr (BackstayAccess) access = NULL;
  g_autoptr (GError) error = NULL;

  access = support_repository_find_access (alice, &error);
  g_assert_no_error (error);

  return alice;
}

/* Has the standby know all that was committed, and from now on before it is told to be. */
static void
follow_closely (Fixture *fixture)
{
  SupportSql *sql = support_cluster_get_sql (fixture->primary);

  support_sql_run (sql, "ALTER SYSTEM SET synchronous_standby_names = '*'");
  support_sql_run (sql, "SELECT pg_reload_conf()");
  support_sql_wait (sql, "SELECT count(*) = 1 FROM pg_stat_replication"
                         " WHERE sync_state = 'sync' AND replay_lsn = pg_current_wal_lsn()");
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (BackstayDbConfig) config = NULL;

  fixture->primary = support_cluster_new_primary ();
  fixture->standby = support_cluster_new_standby (fixture->primary);
  follow_closely (fixture);
  config = support_cluster_dup_config_of_two (fixture->primary, fixture->standby, "read-write");
  fixture->alice = new_alice (config);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_finalize_object (fixture->alice);
  support_cluster_free (fixture->standby);
  support_cluster_free (fixture->primary);
}

static char *
dup_good_id (SupportCluster *cluster)
{
  return support_sql_query (support_cluster_get_sql (cluster),
                            "SELECT id FROM model_config_history WHERE config_name = '" GOOD "'"
                            " ORDER BY created_at DESC LIMIT 1");
}

static BackstayRollbackRequest *
prepare (Fixture *fixture)
{
  g_autofree char *good_id = dup_good_id (fixture->standby);

  return support_repository_prepare (fixture->alice, good_id, "Failed over");
}

static void
assert_live (SupportCluster          *cluster,
             BackstayRollbackRequest *request)
{
  g_autofree char *live = NULL;

  live = support_sql_query (support_cluster_get_sql (cluster),
                            "SELECT string_agg(id::text, ' ') FROM model_config_history"
                            " WHERE model_type = 'sdxl' AND is_active");
  g_assert_cmpstr (live, ==, backstay_rollback_request_get_new_id (request));
}

/* It can be looked at. Why nothing can be changed is said at once, and again by the server. */
static void
test_standby (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (BackstayDbConfig) config = support_cluster_dup_config (fixture->standby);
  g_autoptr (BackstayRepository) reader = support_repository_new (config, SUPPORT_ALICE);
  g_autoptr (BackstayAccess) access = NULL;
  g_autoptr (BackstayRollbackRequest) request = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GPtrArray) types = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *good_id = dup_good_id (fixture->standby);
  g_autofree char *warning = NULL;

  access = support_repository_find_access (reader, &error);
  g_assert_no_error (error);
  g_assert_true (backstay_access_can_browse (access));
  g_assert_false (backstay_access_can_write (access));
  warning = backstay_access_dup_warning (access);
  g_assert_nonnull (warning);

  types = support_repository_list_types (reader);
  g_assert_cmpuint (types->len, >, 1);

  request = support_repository_prepare (reader, good_id, "On a standby");
  outcome = support_repository_roll_back (reader, request, FALSE, &error);
  g_assert_null (outcome);
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_READ_ONLY);
}

/* Whoever was connected goes on with the server that took over. */
static void
test_promoted (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (BackstayRollbackRequest) before = prepare (fixture);
  g_autoptr (BackstayRollbackRequest) request = NULL;
  g_autoptr (BackstayRollbackOutcome) first = NULL;
  g_autoptr (BackstayRollbackOutcome) second = NULL;
  g_autoptr (GPtrArray) types = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  first = support_repository_roll_back (fixture->alice, before, FALSE, &error);
  g_assert_no_error (error);

  support_cluster_kill (fixture->primary);
  support_cluster_promote (fixture->standby);

  types = support_repository_list_types (fixture->alice);
  g_assert_cmpuint (types->len, >, 1);
  assert_live (fixture->standby, before);

  id = support_sql_query (support_cluster_get_sql (fixture->standby),
                          "SELECT id FROM model_config_history WHERE model_type = 'sdxl'"
                          "   AND NOT is_active AND config_name <> '" GOOD "'"
                          " ORDER BY created_at DESC LIMIT 1");
  request = support_repository_prepare (fixture->alice, id, "After the failover");
  second = support_repository_roll_back (fixture->alice, request, FALSE, &error);
  g_assert_no_error (error);
  assert_live (fixture->standby, request);
}

/* Nobody takes changes for a while. What is asked for meanwhile is refused, and not done later. */
static void
test_between (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (BackstayRollbackRequest) request = prepare (fixture);
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  support_cluster_kill (fixture->primary);
  outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);
  g_assert_null (outcome);
  g_assert_nonnull (error);
  g_assert_false (g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN));
  g_clear_error (&error);

  support_cluster_promote (fixture->standby);
  outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);
  g_assert_no_error (error);
  assert_live (fixture->standby, request);
}

/* The primary dies while a rollback is under way. What is said of it holds on the one that takes over:
 * with a standby that confirms each commit, nothing that was told to be done is lost. */
static void
test_killed (Fixture      *fixture,
             gconstpointer data)
{
  guint delay = GPOINTER_TO_UINT (data);
  g_autoptr (BackstayRollbackRequest) request = prepare (fixture);
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_made;

  backstay_repository_roll_back_async (fixture->alice, request, FALSE, NULL, support_keep_result_cb, &result);
  if (delay > 0)
    g_usleep (delay * 1000);
  support_cluster_kill (fixture->primary);
  support_cluster_promote (fixture->standby);

  outcome = backstay_repository_roll_back_finish (fixture->alice, support_wait_for_result (&result), &error);
  n_made = support_sql_query_int (support_cluster_get_sql (fixture->standby),
                                  "SELECT count(*) FROM model_config_history WHERE id = '%s'",
                                  backstay_rollback_request_get_new_id (request));

  if (outcome != NULL)
    assert_live (fixture->standby, request);
  else if (!g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN))
    g_assert_cmpint (n_made, ==, 0);
}

/* The server stops in its tracks: whoever waits can leave, and goes on when it does. */
static void
test_paused (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (BackstayRollbackRequest) request = prepare (fixture);
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) types = NULL;
  g_autoptr (GError) error = NULL;

  support_cluster_pause (fixture->primary);
  backstay_repository_list_types_async (fixture->alice, cancellable, support_keep_result_cb, &result);
  g_cancellable_cancel (cancellable);
  types = backstay_repository_list_types_finish (fixture->alice, support_wait_for_result (&result), &error);
  g_assert_null (types);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  support_cluster_resume (fixture->primary);

  outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);
  g_assert_no_error (error);
  assert_live (fixture->primary, request);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  if (!support_cluster_can_have_standby ())
    {
      g_print ("1..0 # SKIP pg_basebackup is not installed\n");
      return EXIT_SUCCESS;
    }

  g_test_add ("/failover/standby", Fixture, NULL, set_up, test_standby, tear_down);
  g_test_add ("/failover/promoted", Fixture, NULL, set_up, test_promoted, tear_down);
  g_test_add ("/failover/between", Fixture, NULL, set_up, test_between, tear_down);
  g_test_add ("/failover/killed-at-once", Fixture, GUINT_TO_POINTER (0), set_up, test_killed, tear_down);
  g_test_add ("/failover/killed-in-the-middle", Fixture, GUINT_TO_POINTER (4), set_up, test_killed, tear_down);
  g_test_add ("/failover/paused", Fixture, NULL, set_up, test_paused, tear_down);

  status = g_test_run ();
  support_cluster_clear_template ();

  return status;
}

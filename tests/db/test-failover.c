/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A primary that dies, and a standby that takes its place. */

#define G_LOG_DOMAIN "test-failover"

#include "config.h"

#include "backstay-server-look.h"
#include "backstay-watcher.h"
#include "support-cluster.h"
#include "support-repository.h"
#include "support-wait.h"

#include <stdlib.h>
#include <string.h>

#define GOOD "SDXL Production Config v2.0.5"

/* Alice knows both, and wants the one that takes changes. */
typedef struct
{
  SupportCluster     *primary;
  SupportCluster     *standby;
  BackstayRepository *alice;
} Fixture;

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
  fixture->alice = support_repository_new_alice_on (config);
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

/* An older copy that answers */

static BackstayDbLineage *
get_lineage (Fixture *fixture)
{
  BackstayDbConnection *connection = backstay_repository_get_connection (fixture->alice);

  return backstay_db_config_get_lineage (backstay_db_connection_get_config (connection));
}

static void
look_again (Fixture *fixture)
{
  g_autoptr (BackstayAccess) access = NULL;
  g_autoptr (GError) error = NULL;

  access = support_repository_find_access (fixture->alice, &error);
  g_assert_no_error (error);
}

static void
assert_doubt (Fixture        *fixture,
              BackstayDbDoubt doubt)
{
  g_autofree char *warning = backstay_server_look_dup_warning (get_lineage (fixture));

  g_assert_cmpint (backstay_db_lineage_get_doubt (get_lineage (fixture)), ==, doubt);
  g_assert_cmpint (warning != NULL, ==, doubt != BACKSTAY_DB_DOUBT_NONE);
}

static void
assert_refused (Fixture                 *fixture,
                BackstayRollbackRequest *request)
{
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);
  g_assert_null (outcome);
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_OTHER_SERVER);
}

static char *
dup_versions (SupportCluster *cluster)
{
  return support_sql_query (support_cluster_get_sql (cluster),
                            "SELECT md5(string_agg(md5(v::text), '' ORDER BY id)) FROM model_config_history v");
}

/* The standby took over and was seen to; then it goes, and the primary of before is started again, as if
 * nothing had happened. */
static void
bring_back_old (Fixture *fixture)
{
  support_cluster_kill (fixture->standby);
  support_cluster_start (fixture->primary);
  support_sql_run (support_cluster_get_sql (fixture->primary), "ALTER SYSTEM RESET synchronous_standby_names");
  support_sql_run (support_cluster_get_sql (fixture->primary), "SELECT pg_reload_conf()");
  support_sql_wait (support_cluster_get_sql (fixture->primary),
                    "SELECT current_setting('synchronous_standby_names') = ''");
}

/* What was read from the one that took over is not written to the old one. Whoever looked at what is there, and
 * says so, can go on. */
static void
test_old_primary (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (BackstayRollbackRequest) request = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GPtrArray) types = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *warning = NULL;

  support_cluster_kill (fixture->primary);
  support_cluster_promote (fixture->standby);
  look_again (fixture);
  assert_doubt (fixture, BACKSTAY_DB_DOUBT_NONE);
  request = prepare (fixture);

  bring_back_old (fixture);
  before = dup_versions (fixture->primary);
  types = support_repository_list_types (fixture->alice);
  g_assert_cmpuint (types->len, >, 1);

  /* The very same versions are active there. */
  assert_refused (fixture, request);
  assert_doubt (fixture, BACKSTAY_DB_DOUBT_OLDER);
  look_again (fixture);
  assert_doubt (fixture, BACKSTAY_DB_DOUBT_OLDER);
  warning = backstay_server_look_dup_warning (get_lineage (fixture));
  g_assert_nonnull (strstr (warning, "is older"));
  assert_refused (fixture, request);
  after = dup_versions (fixture->primary);
  g_assert_cmpstr (after, ==, before);

  backstay_db_lineage_accept (get_lineage (fixture));
  look_again (fixture);
  assert_doubt (fixture, BACKSTAY_DB_DOUBT_NONE);
  outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);
  g_assert_no_error (error);
  assert_live (fixture->primary, request);
}

/* The one that took over comes back, too: there was nothing to accept. */
static void
test_old_primary_goes (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (BackstayRollbackRequest) request = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  support_cluster_kill (fixture->primary);
  support_cluster_promote (fixture->standby);
  look_again (fixture);
  request = prepare (fixture);
  bring_back_old (fixture);
  assert_refused (fixture, request);

  support_cluster_kill (fixture->primary);
  support_cluster_start (fixture->standby);
  look_again (fixture);
  assert_doubt (fixture, BACKSTAY_DB_DOUBT_NONE);
  outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);
  g_assert_no_error (error);
  assert_live (fixture->standby, request);
}

/* A login that may not know the timeline knows what it saw. */
static void
test_old_primary_hidden (Fixture      *fixture,
                         gconstpointer data)
{
  g_autoptr (BackstayRollbackRequest) request = NULL;
  g_autoptr (BackstayRollbackRequest) later = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *warning = NULL;

  support_sql_run (support_cluster_get_sql (fixture->primary),
                   "REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
  support_cluster_kill (fixture->primary);
  support_cluster_promote (fixture->standby);
  look_again (fixture);
  g_assert_true (backstay_db_lineage_get_hidden (get_lineage (fixture)));

  request = prepare (fixture);
  outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);
  g_assert_no_error (error);
  look_again (fixture);
  assert_doubt (fixture, BACKSTAY_DB_DOUBT_NONE);

  bring_back_old (fixture);
  later = support_repository_prepare (fixture->alice, backstay_rollback_request_get_target_id (request), "Later");
  assert_refused (fixture, later);
  assert_doubt (fixture, BACKSTAY_DB_DOUBT_LACKING);
  warning = backstay_server_look_dup_warning (get_lineage (fixture));
  g_assert_nonnull (strstr (warning, GOOD));
}

/* A standby that did not have everything takes over, without anybody waiting for it: what was confirmed is
 * lost, and that is told. */
static void
test_lagging (Fixture      *fixture,
              gconstpointer data)
{
  SupportSql *sql = support_cluster_get_sql (fixture->primary);
  g_autoptr (BackstayRollbackRequest) request = prepare (fixture);
  g_autoptr (BackstayRollbackRequest) later = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (BackstayRollbackOutcome) second = NULL;
  g_autoptr (GError) error = NULL;

  support_sql_run (sql, "ALTER SYSTEM RESET synchronous_standby_names");
  support_sql_run (sql, "SELECT pg_reload_conf()");
  support_sql_wait (sql, "SELECT current_setting('synchronous_standby_names') = ''");
  support_cluster_kill (fixture->standby);

  outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);
  g_assert_no_error (error);
  assert_live (fixture->primary, request);

  support_cluster_kill (fixture->primary);
  support_cluster_start (fixture->standby);
  support_cluster_promote (fixture->standby);

  look_again (fixture);
  assert_doubt (fixture, BACKSTAY_DB_DOUBT_LACKING);
  g_assert_cmpint (support_sql_query_int (support_cluster_get_sql (fixture->standby),
                                          "SELECT count(*) FROM model_config_history WHERE id = '%s'",
                                          backstay_rollback_request_get_new_id (request)),
                   ==, 0);

  later = support_repository_prepare (fixture->alice, backstay_rollback_request_get_target_id (request), "Again");
  assert_refused (fixture, later);
  backstay_db_lineage_accept (get_lineage (fixture));
  look_again (fixture);
  second = support_repository_roll_back (fixture->alice, later, FALSE, &error);
  g_assert_no_error (error);
  assert_live (fixture->standby, later);
}

/* Another database at the same address. */
static void
test_other (Fixture      *fixture,
            gconstpointer data)
{
  const BackstayDbLook other = { .system_identifier = "1", .timeline = 1 };
  g_autoptr (BackstayRollbackRequest) request = prepare (fixture);

  backstay_db_lineage_accept (get_lineage (fixture));
  g_assert_cmpint (backstay_db_lineage_take (get_lineage (fixture), &other), ==, BACKSTAY_DB_DOUBT_NONE);
  assert_refused (fixture, request);
  assert_doubt (fixture, BACKSTAY_DB_DOUBT_OTHER);
}

static void
tell_cb (gboolean *told)
{
  *told = TRUE;
}

static gboolean
is_told (gpointer told)
{
  return *(gboolean *) told;
}

/* The watcher sees it by itself, and the window is told. */
static void
test_watched (Fixture      *fixture,
              gconstpointer data)
{
  BackstayDbLineage *lineage = get_lineage (fixture);
  g_autoptr (BackstayIdentity) alice = backstay_identity_new (SUPPORT_ALICE, NULL);
  BackstayWatcher *watcher;
  gboolean         told = FALSE;

  support_cluster_kill (fixture->primary);
  support_cluster_promote (fixture->standby);
  look_again (fixture);

  g_signal_connect_swapped (lineage, "doubt-changed", G_CALLBACK (tell_cb), &told);
  bring_back_old (fixture);
  watcher = backstay_watcher_new (backstay_db_connection_get_config (backstay_repository_get_connection (fixture->alice)),
                                  alice, NULL);
  support_wait_until (is_told, &told);
  assert_doubt (fixture, BACKSTAY_DB_DOUBT_OLDER);
  g_signal_handlers_disconnect_by_data (lineage, &told);
  g_assert_finalize_object (watcher);
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

  g_test_add ("/failover/old-primary", Fixture, NULL, set_up, test_old_primary, tear_down);
  g_test_add ("/failover/old-primary-goes", Fixture, NULL, set_up, test_old_primary_goes, tear_down);
  g_test_add ("/failover/old-primary-hidden", Fixture, NULL, set_up, test_old_primary_hidden, tear_down);
  g_test_add ("/failover/old-primary-watched", Fixture, NULL, set_up, test_watched, tear_down);
  g_test_add ("/failover/other-database", Fixture, NULL, set_up, test_other, tear_down);
  g_test_add ("/failover/lagging", Fixture, NULL, set_up, test_lagging, tear_down);

  status = g_test_run ();
  support_cluster_clear_template ();

  return status;
}

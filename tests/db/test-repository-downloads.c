/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-repository-downloads"

#include "config.h"

#include "support-proxy.h"
#include "support-repository.h"
#include "support-wait.h"

#include "backstay-fingerprint.h"

#include <string.h>

#define GOOD "SDXL Production Config v2.1"
#define LIVE "SDXL Production Config v2.2"

/* Nobody's. */
#define NO_ID "00000000-0000-4000-8000-00000000000f"

static void
start_fingerprints (BackstayRepository *repository,
                    const char         *id,
                    const char         *other,
                    GCancellable       *cancellable,
                    GAsyncResult      **result)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  if (id != NULL)
    g_ptr_array_add (ids, (gpointer) id);
  if (other != NULL)
    g_ptr_array_add (others, (gpointer) other);

  backstay_repository_list_fingerprints_async (repository, ids, others, cancellable,
                                               support_keep_result_cb, result);
}

static GPtrArray *
list_fingerprints (BackstayRepository *repository,
                   const char         *id,
                   const char         *other)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *fingerprints;

  start_fingerprints (repository, id, other, NULL, &result);
  support_wait_for_result (&result);
  fingerprints = backstay_repository_list_fingerprints_finish (repository, result, &error);
  g_assert_no_error (error);

  return fingerprints;
}

static void
test_fingerprints (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autofree char *good_id = support_repository_dup_id (GOOD);
  g_autofree char *live_id = support_repository_dup_id (LIVE);
  g_autoptr (GPtrArray) fingerprints = list_fingerprints (alice, good_id, live_id);
  g_autoptr (GPtrArray) none = list_fingerprints (alice, NO_ID, NULL);
  g_autoptr (GPtrArray) nothing = list_fingerprints (alice, NULL, NULL);

  g_assert_cmpuint (fingerprints->len, ==, 2);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (nothing->len, ==, 0);

  for (guint i = 0; i < fingerprints->len; i++)
    {
      BackstayFingerprint *fingerprint = g_ptr_array_index (fingerprints, i);
      g_autoptr (BackstayConfiguration) configuration =
        support_repository_get_configuration (alice, fingerprint->id, NULL);

      /* The same hash as that which a rollback is compared with. */
      g_assert_cmpstr (fingerprint->hash, ==, backstay_configuration_get_hash (configuration));
      g_assert_false (fingerprint->is_large);

      if (strcmp (fingerprint->id, good_id) == 0)
        g_assert_true (g_bytes_equal (fingerprint->text, backstay_configuration_get_text (configuration)));
      else
        g_assert_null (fingerprint->text);
    }
}

/* The server gives a stranger nothing, and no error. */
static void
test_stranger (void)
{
  g_autoptr (BackstayRepository) dave = support_repository_new (support_server_get_config (), SUPPORT_DAVE);
  g_autofree char *id = support_repository_dup_id (GOOD);
  g_autoptr (GPtrArray) fingerprints = list_fingerprints (dave, id, id);

  g_assert_cmpuint (fingerprints->len, ==, 0);
}

/* Many megabytes that compress well, and some that do not. */
static void
test_large (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  const char *const names[] = { "compressible", "random" };

  support_sql_run (sql, "INSERT INTO model_config_history (model_type, config_name, config_data) VALUES"
                        " ('large', 'compressible', to_jsonb(repeat('x', 1000000))),"
                        " ('large', 'random', (SELECT jsonb_agg(md5(i::text)) FROM generate_series(1, 100000) i))");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = support_repository_dup_id (names[i]);
      g_autoptr (GPtrArray) fingerprints = list_fingerprints (alice, id, NULL);
      g_autoptr (GPtrArray) as_other = list_fingerprints (alice, NULL, id);
      BackstayFingerprint *fingerprint = g_ptr_array_index (fingerprints, 0);

      g_assert_cmpuint (fingerprints->len, ==, 1);
      g_assert_true (fingerprint->is_large);
      g_assert_null (fingerprint->text);
      g_assert_cmpuint (as_other->len, ==, 1);
    }

  support_server_restore ();
}

static gboolean
is_one_waiting (gpointer user_data)
{
  return support_sql_query_int (support_server_get_sql (),
                                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") == 1;
}

/* What somebody waits for comes first. */
static void
test_gives_way (void)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autofree char *id = support_repository_dup_id (GOOD);
  g_autoptr (GAsyncResult) background = NULL;
  g_autoptr (GAsyncResult) download = NULL;
  g_autoptr (BackstayConfiguration) configuration = NULL;
  g_autoptr (GError) error = NULL;

  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history");
  start_fingerprints (alice, id, NULL, NULL, &background);
  support_wait_until (is_one_waiting, NULL);

  backstay_repository_get_configuration_async (alice, id, NULL, support_keep_result_cb, &download);
  support_wait_for_result (&background);
  g_assert_null (backstay_repository_list_fingerprints_finish (alice, background, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);

  support_sql_run (other, "COMMIT");
  support_wait_for_result (&download);
  configuration = backstay_repository_get_configuration_finish (alice, download, &error);
  g_assert_no_error (error);
}

/* Cancelled by who asked, it is cancelled. */
static void
test_cancelled (void)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autofree char *id = support_repository_dup_id (GOOD);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history");
  start_fingerprints (alice, id, NULL, cancellable, &result);
  support_wait_until (is_one_waiting, NULL);
  g_cancellable_cancel (cancellable);
  support_wait_for_result (&result);
  g_assert_null (backstay_repository_list_fingerprints_finish (alice, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  support_sql_run (other, "COMMIT");
}

static gboolean
has_fired (gpointer proxy)
{
  return support_proxy_has_fired (proxy);
}

/* A download that hangs holds up neither a list nor a rollback. */
static void
test_rollback_passes (void)
{
  g_autoptr (SupportProxy) proxy = support_proxy_new ();
  g_autoptr (BackstayDbConfig) config = support_proxy_dup_config (proxy);
  g_autoptr (BackstayRepository) alice = support_repository_new (config, SUPPORT_ALICE);
  g_autofree char *good_id = support_repository_dup_id (GOOD);
  g_autofree char *live_id = support_repository_dup_id (LIVE);
  g_autoptr (BackstayAccess) access = support_repository_find_access (alice, NULL);
  g_autoptr (BackstayRollbackRequest) request = support_repository_prepare (alice, good_id, "Reason");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) download = NULL;
  g_autoptr (GPtrArray) types = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  support_proxy_arm (proxy, 1, SUPPORT_FAULT_HANG_AFTER);
  backstay_repository_get_configuration_async (alice, live_id, cancellable, support_keep_result_cb, &download);
  support_wait_until (has_fired, proxy);

  types = support_repository_list_types (alice);
  outcome = support_repository_roll_back (alice, request, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outcome->n_deactivated, ==, 1);
  g_assert_null (download);

  g_cancellable_cancel (cancellable);
  support_wait_for_result (&download);
  g_assert_null (backstay_repository_get_configuration_finish (alice, download, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  support_server_restore ();
}

/* A server that grants one connection gives everything on it. */
static void
test_one_connection (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autoptr (BackstayRepository) alice = NULL;
  g_autoptr (BackstayConfiguration) configuration = NULL;
  g_autoptr (GPtrArray) fingerprints = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = support_repository_dup_id (GOOD);

  support_sql_run (sql, "CREATE ROLE single LOGIN CONNECTION LIMIT 1; GRANT authenticated TO single");
  config = support_server_dup_config_for ("single", "backstay");
  alice = support_repository_new_alice_on (config);

  configuration = support_repository_get_configuration (alice, id, &error);
  g_assert_no_error (error);
  g_assert_nonnull (configuration);
  fingerprints = list_fingerprints (alice, id, NULL);
  g_assert_cmpuint (fingerprints->len, ==, 1);

  g_clear_object (&alice);
  support_sql_wait (sql, "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE usename = 'single')");
  support_sql_run (sql, "DROP ROLE single");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/repository-downloads/fingerprints", test_fingerprints);
  g_test_add_func ("/repository-downloads/stranger", test_stranger);
  g_test_add_func ("/repository-downloads/large", test_large);
  g_test_add_func ("/repository-downloads/gives-way", test_gives_way);
  g_test_add_func ("/repository-downloads/cancelled", test_cancelled);
  g_test_add_func ("/repository-downloads/rollback-passes", test_rollback_passes);
  g_test_add_func ("/repository-downloads/one-connection", test_one_connection);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}

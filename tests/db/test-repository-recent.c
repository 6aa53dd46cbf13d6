/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-repository-recent"

#include "config.h"

#include "support-repository.h"
#include "support-wait.h"

#include "backstay-history-list.h"

#include <string.h>

/* Of nobody whose profile can be seen. */
#define UNKNOWN "00000000-0000-4000-8000-00000000dead"

/* Two types, times that are equal, null, infinite and in the future, and creators of all kinds. */
static const char fill_sql[] =
  "INSERT INTO public.model_config_history"
  "       (model_type, config_name, config_data, is_active, created_by, created_at)"
  "SELECT 'recent ' || n % 2, 'n' || n, to_jsonb(n), n % 3 = 0,"
  "       CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN '" SUPPORT_ALICE "'::uuid WHEN 2 THEN '" UNKNOWN "'::uuid"
  "            ELSE '" SUPPORT_BOB "'::uuid END,"
  "       CASE WHEN n % 50 = 0 THEN NULL WHEN n % 51 = 0 THEN 'infinity'"
  "            WHEN n % 53 = 0 THEN '-infinity' WHEN n % 57 = 0 THEN now() + interval '1 year'"
  "            ELSE now() - (n / 7) * interval '5 hours' END"
  "  FROM generate_series(1, 700) n";

static gboolean
has_loaded (gpointer list)
{
  return !backstay_history_list_get_loading (list);
}

static void
load_all (BackstayHistoryList *list)
{
  while (!backstay_history_list_get_at_end (list))
    {
      backstay_history_list_load_more (list);
      support_wait_until (has_loaded, list);
      g_assert_no_error (backstay_history_list_get_error (list));
    }
}

/* Compares a list, page by page, with a query that says the same. */
static void
assert_lists (const BackstayRecentFilter *filter,
              const char                 *where)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayHistoryList) list = backstay_history_list_new_recent (alice, filter);
  g_autoptr (GPtrArray) expected = NULL;

  expected = support_sql_list (support_server_get_sql (),
                               "SELECT id, model_type, CASE WHEN is_active THEN 'ACTIVE' ELSE 'INACTIVE' END"
                               "  FROM model_config_history WHERE %s"
                               " ORDER BY created_at DESC, id DESC",
                               where);
  load_all (list);
  g_test_message ("%s: %u", where, expected->len);
  g_assert_cmpuint (expected->len, >, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, expected->len);

  for (guint i = 0; i < expected->len; i++)
    {
      g_autoptr (BackstayVersion) version = g_list_model_get_item (G_LIST_MODEL (list), i);
      g_autofree char *row = g_strdup_printf ("%s|%s|%s",
                                              backstay_version_get_id (version),
                                              backstay_version_get_model_type (version),
                                              backstay_version_get_active (version) ? "ACTIVE" : "INACTIVE");

      g_assert_cmpstr (row, ==, g_ptr_array_index (expected, i));
    }
}

static void
fill (void)
{
  SupportSql *sql = support_server_get_sql ();

  support_sql_run (sql, "SET session_replication_role = replica");
  support_sql_run (sql, "%s", fill_sql);
  support_sql_run (sql, "SET session_replication_role = DEFAULT");
}

/* The table document's own queries, for the ranges that the window offers. */
static void
test_ages (void)
{
  static const char *const ages[] = { "24 hours", "7 days", "30 days", "90 days" };

  fill ();

  for (guint i = 0; i < G_N_ELEMENTS (ages); i++)
    {
      g_autoptr (BackstayRecentFilter) filter = backstay_recent_filter_new ();
      g_autofree char *where = g_strdup_printf ("created_at >= NOW() - INTERVAL '%s'", ages[i]);

      backstay_recent_filter_set_span (filter, ages[i], NULL, NULL);
      assert_lists (filter, where);
    }

  support_server_restore ();
}

static void
test_creators (void)
{
  static const struct
  {
    const char *id;
    const char *where;
  } cases[] = {
    { SUPPORT_ALICE, "created_by = '" SUPPORT_ALICE "' AND created_at >= NOW() - INTERVAL '30 days'" },
    { UNKNOWN, "created_by = '" UNKNOWN "' AND created_at >= NOW() - INTERVAL '30 days'" },
    { NULL, "created_by IS NULL AND created_at >= NOW() - INTERVAL '30 days'" },
  };

  fill ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BackstayRecentFilter) filter = backstay_recent_filter_new ();

      backstay_recent_filter_set_span (filter, "30 days", NULL, NULL);
      backstay_recent_filter_set_creator (filter, FALSE, cases[i].id);
      assert_lists (filter, cases[i].where);
    }

  support_server_restore ();
}

/* From a moment that is in the range to one that is not. */
static void
test_span (void)
{
  g_autoptr (BackstayRecentFilter) filter = backstay_recent_filter_new ();
  g_autoptr (GDateTime) since = g_date_time_new_utc (2026, 3, 1, 0, 0, 0);
  g_autoptr (GDateTime) until = g_date_time_new_utc (2026, 3, 2, 0, 0, 0);

  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data, created_at)"
                   " VALUES ('span', 'before', '1', '2026-02-28 23:59:59.999999+00'),"
                   "        ('span', 'first', '1', '2026-03-01 00:00:00+00'),"
                   "        ('span', 'last', '1', '2026-03-01 23:59:59.999999+00'),"
                   "        ('span', 'after', '1', '2026-03-02 00:00:00+00')");

  backstay_recent_filter_set_span (filter, NULL, since, until);
  assert_lists (filter, "created_at >= '2026-03-01 00:00+00' AND created_at < '2026-03-02 00:00+00'");

  /* Of a span and an age the later beginning counts. */
  backstay_recent_filter_set_span (filter, "100 years", since, until);
  assert_lists (filter, "created_at >= '2026-03-01 00:00+00' AND created_at < '2026-03-02 00:00+00'");

  support_server_restore ();
}

static BackstayChangeCounts *
count (BackstayRepository         *repository,
       const BackstayRecentFilter *filter,
       BackstayTimeBuckets        *buckets)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BackstayChangeCounts *counts;

  backstay_repository_count_changes_async (repository, filter, buckets, NULL, support_keep_result_cb, &result);
  counts = backstay_repository_count_changes_finish (repository, support_wait_for_result (&result), &error);
  g_assert_no_error (error);

  return counts;
}

/* Days of a zone whose clock is put back among them. */
static void
test_counts (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayRecentFilter) filter = backstay_recent_filter_new ();
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GDateTime) since = g_date_time_new (berlin, 2025, 10, 20, 0, 0, 0);
  g_autoptr (GDateTime) until = g_date_time_new (berlin, 2025, 11, 1, 0, 0, 0);
  g_autoptr (BackstayTimeBuckets) buckets = backstay_time_buckets_new (since, until);
  g_autoptr (BackstayChangeCounts) counts = NULL;
  g_autoptr (BackstayChangeSums) sums = NULL;

  support_sql_run (sql, "DELETE FROM model_config_history");
  support_sql_run (sql, "INSERT INTO model_config_history (model_type, config_name, config_data, created_by, created_at)"
                        " SELECT 'counted', 'n' || n, '1', CASE WHEN n %% 2 = 0 THEN '" SUPPORT_ALICE "'::uuid END,"
                        "        timestamptz '2025-10-15 00:00+00' + n * interval '17 minutes'"
                        "   FROM generate_series(1, 2000) n");

  backstay_recent_filter_set_span (filter, NULL, since, until);
  counts = count (alice, filter, buckets);
  sums = backstay_change_counts_sum (counts, FALSE, SUPPORT_ALICE);
  g_assert_cmpuint (backstay_time_buckets_get_n (buckets), ==, 12);

  for (guint i = 0; i < 12; i++)
    {
      int expected = support_sql_query_int (sql,
                                            "SELECT count(*) FROM model_config_history"
                                            " WHERE created_by IS NOT NULL"
                                            "   AND (created_at AT TIME ZONE 'Europe/Berlin')::date = date '2025-10-20' + %u",
                                            i);

      g_assert_cmpint (backstay_change_sums_get_total (sums, i), ==, expected);
      g_assert_cmpint (expected, >, 0);
    }

  support_server_restore ();
}

/* What has no end has its place after the last bucket, and an order of its own in none. */
static void
test_counts_later (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayRecentFilter) filter = backstay_recent_filter_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) before = g_date_time_add_days (now, -7);
  g_autoptr (BackstayTimeBuckets) buckets = backstay_time_buckets_new (before, now);
  g_autoptr (BackstayChangeCounts) counts = NULL;
  g_autoptr (BackstayChangeSums) sums = NULL;

  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data, created_at)"
                   " VALUES ('later', 'a', '1', 'infinity'), ('later', 'b', '1', now() + interval '2 days'),"
                   "        ('later', 'c', '1', NULL), ('later', 'd', '1', '-infinity')");
  backstay_recent_filter_set_span (filter, "7 days", NULL, NULL);
  counts = count (alice, filter, buckets);
  sums = backstay_change_counts_sum (counts, TRUE, NULL);
  g_assert_cmpuint (backstay_change_sums_get_n_later (sums), ==, 2);

  support_server_restore ();
}

/* Who is no administrator sees nothing, and that is no error. */
static void
test_nobody (void)
{
  g_autoptr (BackstayDbConnection) connection = backstay_db_connection_new (support_server_get_config ());
  g_autoptr (BackstayIdentity) dave = backstay_identity_new (SUPPORT_DAVE, NULL);
  g_autoptr (BackstayRepository) repository = backstay_repository_new (connection, dave);
  g_autoptr (BackstayRecentFilter) filter = backstay_recent_filter_new ();
  g_autoptr (BackstayHistoryList) list = backstay_history_list_new_recent (repository, filter);

  load_all (list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/repository-recent/ages", test_ages);
  g_test_add_func ("/repository-recent/creators", test_creators);
  g_test_add_func ("/repository-recent/span", test_span);
  g_test_add_func ("/repository-recent/counts", test_counts);
  g_test_add_func ("/repository-recent/counts-later", test_counts_later);
  g_test_add_func ("/repository-recent/nobody", test_nobody);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}

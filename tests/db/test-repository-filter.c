/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-repository-filter"

#include "config.h"

#include "support-repository.h"
#include "support-wait.h"

#include "backstay-history-list.h"
#include "backstay-repository-filter.h"

/* With all that can be at the edge of a filter: no time, infinite times, equal times, no creator,
 * users without a name, three kinds of activity, the same configuration spelled in two ways. */
static const char fill_sql[] =
  "INSERT INTO profiles (id, username)"
  " VALUES ('00000000-0000-4000-8000-0000000000f1', ''), ('00000000-0000-4000-8000-0000000000f2', NULL)"
  " ON CONFLICT DO NOTHING;"
  "INSERT INTO model_config_history"
  "       (model_type, config_name, config_data, is_active, created_by, created_at, notes)"
  "SELECT 'mixed', 'Version ' || n,"
  "       (CASE WHEN n % 7 = 0 THEN '{\"a\": 1.0}' ELSE '{\"a\": ' || n % 20 || '}' END)::jsonb,"
  "       (ARRAY[true, false, NULL])[1 + n % 3],"
  "       (ARRAY['" SUPPORT_ALICE "', '" SUPPORT_BOB "', NULL, '00000000-0000-4000-8000-0000000000f1',"
  "              '00000000-0000-4000-8000-0000000000f2']::uuid[])[1 + n % 5],"
  "       CASE WHEN n % 11 = 0 THEN NULL WHEN n % 41 = 0 THEN 'infinity' WHEN n % 43 = 0 THEN '-infinity'"
  "            ELSE now() - (n / 3) * interval '7 hours' END,"
  "       CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN 'Größe 50% of C:\\TMP' ELSE E'two\\nLINES' END"
  "  FROM generate_series(1, 700) n";

#define NAMED "EXISTS (SELECT FROM profiles p WHERE p.id = created_by AND p.username <> '')"

/* A filter as it is saved, and the condition of a plain query that has to give the same. */
static const struct
{
  const char *saved;
  const char *condition;
} cases[] = {
  { "{'show': 'active'}", "is_active" },
  { "{'show': 'inactive'}", "is_active IS NOT TRUE" },
  { "{'show': 'candidates'}", "is_active IS NOT TRUE AND created_at >= now() - interval '90 days'" },
  { "{'period': '1'}", "created_at >= now() - interval '1 day'" },
  { "{'period': '7'}", "created_at >= now() - interval '7 days'" },
  { "{'period': '30'}", "created_at >= now() - interval '30 days'" },
  { "{'period': '90'}", "created_at >= now() - interval '90 days'" },
  { "{'show': 'candidates', 'period': '7'}", "is_active IS NOT TRUE AND created_at >= now() - interval '7 days'" },
  { "{'period': 'range', 'first-day': '2000-01-01'}", "created_at >= '2000-01-01'" },
  { "{'period': 'range', 'last-day': '2100-01-01'}", "created_at < '2100-01-02'" },
  { "{'period': 'range', 'first-day': '2000-01-01', 'last-day': '2100-01-01'}",
    "created_at >= '2000-01-01' AND created_at < '2100-01-02'" },
  { "{'period': 'range', 'first-day': '2100-01-01', 'last-day': '2000-01-01'}", "false" },
  { "{'creator': '" SUPPORT_ALICE "'}", "created_by = '" SUPPORT_ALICE "'" },
  { "{'creator': 'none'}", "created_by IS NULL" },
  { "{'creator': 'unknown'}", "created_by IS NOT NULL AND NOT " NAMED },
  { "{'creator': '" SUPPORT_DAVE "'}", "false" },
  { "{'words': 'version 1'}", "config_name ILIKE '%1%'" },
  { "{'words': 'GRÖSSE'}", "false" },
  { "{'words': 'größe'}", "notes LIKE '%Größe%'" },
  { "{'words': '50% c:\\\\tmp'}", "notes LIKE '%50\\% of C:\\\\TMP'" },
  { "{'words': 'Lines 2'}", "notes LIKE '%LINES' AND config_name LIKE '%2%'" },
  { "{'words': '_'}", "false" },
  { "{'words': 'two', 'show': 'inactive', 'creator': 'none', 'period': '90'}",
    "notes LIKE 'two%' AND is_active IS NOT TRUE AND created_by IS NULL AND created_at >= now() - interval '90 days'" },
  { "{'distinct': 'true'}", "true" },
  { "{'distinct': 'true', 'show': 'candidates'}",
    "is_active IS NOT TRUE AND created_at >= now() - interval '90 days'" },
  { "{'distinct': 'true', 'creator': 'none', 'show': 'active'}", "is_active AND created_by IS NULL" },
};

static gboolean
has_loaded (gpointer list)
{
  return !backstay_history_list_get_loading (list);
}

static GPtrArray *
list_filtered (BackstayRepository    *repository,
               BackstayHistoryFilter *filter,
               BackstayVersion       *before,
               guint                  limit,
               guint                 *n_matches)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *page;

  backstay_repository_list_filtered_async (repository, "mixed", filter, before, limit, NULL,
                                           support_keep_result_cb, &result);
  support_wait_for_result (&result);
  page = backstay_repository_list_filtered_finish (repository, result, n_matches, &error);
  g_assert_no_error (error);

  return page;
}

static GPtrArray *
list_plainly (const char *condition,
              gboolean    is_distinct)
{
  SupportSql *sql = support_server_get_sql ();

  if (!is_distinct)
    return support_sql_list (sql,
                             "SELECT id FROM model_config_history WHERE model_type = 'mixed' AND (%s)"
                             " ORDER BY created_at DESC NULLS LAST, id DESC",
                             condition);

  return support_sql_list (sql,
                           "WITH m AS (SELECT * FROM model_config_history WHERE model_type = 'mixed' AND (%s))"
                           " SELECT id FROM m a WHERE NOT EXISTS (SELECT FROM m b"
                           "  WHERE a.config_data::text = b.config_data::text"
                           "    AND (coalesce(b.created_at, '-infinity'), b.created_at IS NOT NULL, b.id)"
                           "        > (coalesce(a.created_at, '-infinity'), a.created_at IS NOT NULL, a.id))"
                           " ORDER BY created_at DESC NULLS LAST, id DESC",
                           condition);
}

/* Each filter against a plain query: the same versions in the same order, whatever the pages. */
static void
test_filters (void)
{
  static const guint limits[] = { 1000, 7, 1 };
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();

  support_sql_run (support_server_get_sql (), "SET TimeZone = 'UTC'");
  support_sql_run (support_server_get_sql (), "%s", fill_sql);
  support_sql_run (support_server_get_sql (), "ANALYZE model_config_history");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BackstayHistoryFilter) filter = backstay_history_filter_new_from_string (cases[i].saved);
      g_autoptr (GPtrArray) expected = list_plainly (cases[i].condition, backstay_history_filter_get_distinct (filter));

      g_test_message ("%s: %u", cases[i].saved, expected->len);

      for (guint j = 0; j < G_N_ELEMENTS (limits); j++)
        {
          guint n_pages = expected->len / limits[j] + 1;
          guint n_seen = 0;
          g_autoptr (BackstayVersion) last = NULL;

          /* One by one only the beginning, and the end where times are missing. */
          for (guint k = 0; k < n_pages && (limits[j] > 1 || k < 30); k++)
            {
              guint n_matches = 0;
              g_autoptr (GPtrArray) page = list_filtered (alice, filter, last, limits[j], &n_matches);

              if (k == 0)
                g_assert_cmpuint (n_matches, ==, expected->len);
              g_assert_cmpuint (page->len, ==, MIN (limits[j], expected->len - n_seen));

              for (guint l = 0; l < page->len; l++)
                g_assert_cmpstr (backstay_version_get_id (g_ptr_array_index (page, l)), ==,
                                 g_ptr_array_index (expected, n_seen + l));

              n_seen += page->len;
              if (page->len > 0)
                g_set_object (&last, g_ptr_array_index (page, page->len - 1));
            }

          if (limits[j] > 1)
            g_assert_cmpuint (n_seen, ==, expected->len);
        }
    }

  support_server_restore ();
}

/* More than a thousand are not counted. */
static void
test_count (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayHistoryFilter) filter = backstay_history_filter_new_from_string ("{'show': 'inactive'}");
  g_autoptr (GPtrArray) page = NULL;
  guint n_matches = 0;

  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data)"
                   " SELECT 'mixed', 'n' || n, '1' FROM generate_series(1, 1234) n");
  page = list_filtered (alice, filter, NULL, 256, &n_matches);
  g_assert_cmpuint (page->len, ==, 256);
  g_assert_cmpuint (n_matches, ==, BACKSTAY_HISTORY_FILTER_COUNT_LIMIT);
  support_server_restore ();
}

/* Another administrator sees the same, and nobody else anything. */
static void
test_not_admin (void)
{
  g_autoptr (BackstayRepository) dave = support_repository_new (support_server_get_config (), SUPPORT_DAVE);
  g_autoptr (BackstayHistoryFilter) filter = backstay_history_filter_new_from_string ("{'show': 'inactive'}");
  g_autoptr (GPtrArray) page = NULL;
  guint n_matches = 1;

  support_sql_run (support_server_get_sql (), "%s", fill_sql);
  page = list_filtered (dave, filter, NULL, 256, &n_matches);
  g_assert_cmpuint (page->len, ==, 0);
  g_assert_cmpuint (n_matches, ==, 0);
  support_server_restore ();
}

static void
test_creators (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();

  support_sql_run (sql, "%s", fill_sql);

  for (guint i = 0; i < 2; i++)
    {
      const char *condition = i == 0 ? "true" : "created_by = '" SUPPORT_BOB "'";
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) creators = NULL;
      g_autoptr (GPtrArray) expected = NULL;
      gboolean has_nobody = i == 1;

      support_sql_run (sql, "DELETE FROM model_config_history WHERE model_type = 'mixed' AND (%s) IS NOT TRUE", condition);
      expected = support_sql_list (sql,
                                   "SELECT created_by FROM model_config_history h LEFT JOIN profiles p ON p.id = created_by"
                                   " WHERE model_type = 'mixed' AND created_by IS NOT NULL"
                                   " GROUP BY created_by, username ORDER BY lower(username), created_by");
      backstay_repository_list_creators_async (alice, "mixed", NULL, support_keep_result_cb, &result);
      support_wait_for_result (&result);
      creators = backstay_repository_list_creators_finish (alice, result, &has_nobody, &error);
      g_assert_no_error (error);
      g_assert_true (has_nobody == (i == 0));
      g_assert_cmpuint (creators->len, ==, expected->len);
      g_assert_cmpuint (creators->len, ==, i == 0 ? 4 : 1);

      for (guint j = 0; j < creators->len; j++)
        g_assert_cmpstr (backstay_identity_get_id (g_ptr_array_index (creators, j)), ==,
                         g_ptr_array_index (expected, j));
    }

  support_server_restore ();
}

/* A filter that another one takes the place of is not worked on any more, also on the server; what was
 * in the list stays until the new answer has come. */
static void
test_superseded (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayHistoryList) list = backstay_history_list_new (alice, "sdxl");
  g_autoptr (BackstayHistoryFilter) slow = backstay_history_filter_new_from_string ("{'words': 'superseded'}");
  g_autoptr (BackstayHistoryFilter) filter = backstay_history_filter_new_from_string ("{'show': 'active'}");
  guint n_all;

  backstay_history_list_load_more (list);
  support_wait_until (has_loaded, list);
  n_all = g_list_model_get_n_items (G_LIST_MODEL (list));
  g_assert_cmpuint (n_all, >, 10);
  g_assert_false (backstay_history_list_get_filtered (list));

  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history");
  backstay_history_list_set_filter (list, slow);
  backstay_history_list_reload (list);
  support_sql_wait (sql, "SELECT count(*) = 1 FROM pg_stat_activity"
                         " WHERE wait_event_type = 'Lock'");

  backstay_history_list_set_filter (list, NULL);
  backstay_history_list_set_filter (list, filter);
  backstay_history_list_reload (list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n_all);
  support_sql_run (other, "COMMIT");
  support_wait_until (has_loaded, list);
  g_assert_no_error (backstay_history_list_get_error (list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_assert_cmpuint (backstay_history_list_get_n_matches (list), ==, 1);
  g_assert_true (backstay_history_list_get_filtered (list));
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static gboolean
is_counted (gpointer n)
{
  return *(guint *) n > 0;
}

static void
look (BackstayHistoryList *list)
{
  guint  n = 0;
  gulong id = g_signal_connect_swapped (list, "notify::outdated", G_CALLBACK (count_cb), &n);

  backstay_history_list_look (list);
  support_wait_until (is_counted, &n);
  g_signal_handler_disconnect (list, id);
}

/* Only what passes the filter makes the list outdated. */
static void
test_outdated (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayHistoryList) list = backstay_history_list_new (alice, "sdxl");
  g_autoptr (BackstayHistoryFilter) filter = backstay_history_filter_new_from_string ("{'show': 'inactive'}");
  guint n_items;

  backstay_history_list_set_filter (list, filter);
  backstay_history_list_load_more (list);
  support_wait_until (has_loaded, list);
  n_items = g_list_model_get_n_items (G_LIST_MODEL (list));
  g_assert_cmpuint (backstay_history_list_get_n_matches (list), ==, n_items);

  support_sql_run (sql, "INSERT INTO model_config_history (model_type, config_name, config_data, is_active)"
                        " VALUES ('sdxl', 'hidden', '1', true)");
  look (list);
  g_assert_false (backstay_history_list_get_outdated (list));

  support_sql_run (sql, "INSERT INTO model_config_history (model_type, config_name, config_data, is_active)"
                        " VALUES ('sdxl', 'shown', '1', NULL)");
  look (list);
  g_assert_true (backstay_history_list_get_outdated (list));
  g_assert_cmpuint (backstay_history_list_get_n_newer (list), ==, 1);
  g_assert_cmpuint (backstay_history_list_get_n_matches (list), ==, n_items);

  backstay_history_list_update (list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n_items + 1);
  g_assert_cmpuint (backstay_history_list_get_n_matches (list), ==, n_items + 1);
  support_server_restore ();
}

/* A list that is gone asks for nothing any more. */
static void
test_cancelled (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  BackstayHistoryList *list = backstay_history_list_new (alice, "sdxl");
  g_autoptr (BackstayHistoryFilter) filter = backstay_history_filter_new_from_string ("{'words': 'cancelled'}");

  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history");
  backstay_history_list_set_filter (list, filter);
  backstay_history_list_reload (list);
  support_sql_wait (sql, "SELECT count(*) = 1 FROM pg_stat_activity"
                         " WHERE wait_event_type = 'Lock'");

  /* Nobody looks at it any more. The lock is still there, so that it is not over by itself. */
  g_object_unref (list);
  support_sql_wait (sql, "SELECT count(*) = 0 FROM pg_stat_activity"
                         " WHERE wait_event_type = 'Lock'");
  support_sql_run (other, "COMMIT");
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/repository-filter/filters", test_filters);
  g_test_add_func ("/repository-filter/count", test_count);
  g_test_add_func ("/repository-filter/not-admin", test_not_admin);
  g_test_add_func ("/repository-filter/creators", test_creators);
  g_test_add_func ("/repository-filter/outdated", test_outdated);
  g_test_add_func ("/repository-filter/superseded", test_superseded);
  g_test_add_func ("/repository-filter/cancelled", test_cancelled);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}

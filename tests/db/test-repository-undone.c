/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-repository-undone"

#include "config.h"

#include "support-repository.h"
#include "support-wait.h"

#include "backstay-history-list.h"
#include "backstay-repository-predecessors.h"

/* Versions that a history has to put in order, whatever is in them. */
static const char odd_versions_sql[] =
  "INSERT INTO public.model_config_history"
  "       (id, model_type, config_name, config_data, is_active, created_at)"
  "SELECT md5('odd ' || n)::uuid, 'odd', 'n' || n, to_jsonb(n),"
  "       (ARRAY[true, false, NULL])[1 + n % 3],"
  "       (ARRAY['2025-01-01', NULL, 'infinity', '-infinity', '0044-03-15 BC',"
  "              '2025-01-01 00:00:00.000001', '12345-06-07', '2025-01-01', NULL,"
  "              '0001-01-01'])[1 + n % 10]::timestamptz"
  "  FROM generate_series(1, 30) n";

static guint
count (BackstayRepository *repository,
       BackstayVersion    *target,
       BackstayVersion    *live)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_versions = G_MAXUINT;

  backstay_repository_count_undone_async (repository, target, live, NULL, support_keep_result_cb, &result);
  support_wait_for_result (&result);
  g_assert_true (backstay_repository_count_undone_finish (repository, result, &n_versions, &error));
  g_assert_no_error (error);

  return n_versions;
}

/* It counts what the history shows between the two, whatever the times are. */
static void
test_every_pair (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) history = NULL;

  support_sql_run (support_server_get_sql (), "%s", odd_versions_sql);
  history = support_repository_list_history (alice, "odd", NULL, 100);
  g_assert_cmpuint (history->len, ==, 30);

  for (guint target = 0; target < history->len; target++)
    {
      for (guint live = 0; live < history->len; live++)
        {
          g_assert_cmpuint (count (alice, g_ptr_array_index (history, target), g_ptr_array_index (history, live)),
                            ==, target > live ? target - live : 0);

          /* What is known here without asking is the same. */
          g_assert_true (backstay_version_is_older (g_ptr_array_index (history, target),
                                                    g_ptr_array_index (history, live)) == (target > live));
        }
    }

  support_server_restore ();
}

static GHashTable *
list_predecessors (BackstayRepository *repository,
                   GPtrArray          *history)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GHashTable *predecessors;

  for (guint i = 0; i < history->len; i++)
    g_ptr_array_add (ids, (gpointer) backstay_version_get_id (g_ptr_array_index (history, i)));
  g_ptr_array_add (ids, "00000000-0000-4000-8000-00000000dead");

  backstay_repository_list_predecessors_async (repository, "odd", ids, NULL, support_keep_result_cb, &result);
  support_wait_for_result (&result);
  predecessors = backstay_repository_list_predecessors_finish (repository, result, &error);
  g_assert_no_error (error);

  return predecessors;
}

/* The one before each version is the next one in the history, whatever the times are. */
static void
test_predecessors (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GHashTable) predecessors = NULL;

  support_sql_run (support_server_get_sql (), "%s", odd_versions_sql);
  history = support_repository_list_history (alice, "odd", NULL, 100);
  predecessors = list_predecessors (alice, history);
  g_assert_cmpuint (g_hash_table_size (predecessors), ==, history->len);

  for (guint i = 0; i < history->len; i++)
    {
      const char *id = backstay_version_get_id (g_ptr_array_index (history, i));
      const char *next = i + 1 < history->len ? backstay_version_get_id (g_ptr_array_index (history, i + 1)) : NULL;

      g_assert_true (g_hash_table_contains (predecessors, id));
      g_assert_cmpstr (g_hash_table_lookup (predecessors, id), ==, next);
    }

  support_server_restore ();
}

static void
test_many (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) history = NULL;
  BackstayVersion *live;

  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data, is_active, created_at)"
                   " SELECT 'many', 'n' || n, '1', n = 1500, timestamptz '2025-01-01' + n * interval '1 hour'"
                   "   FROM generate_series(1, 1500) n");
  history = support_repository_list_history (alice, "many", NULL, 2000);
  live = g_ptr_array_index (history, 0);

  g_assert_cmpuint (count (alice, g_ptr_array_index (history, 999), live), ==, 999);
  g_assert_cmpuint (count (alice, g_ptr_array_index (history, 1000), live), ==, BACKSTAY_UNDONE_LIMIT);
  g_assert_cmpuint (count (alice, g_ptr_array_index (history, 1499), live), ==, BACKSTAY_UNDONE_LIMIT);
  support_server_restore ();
}

static void
wait_for (BackstayHistoryList *list)
{
  while (backstay_history_list_get_loading (list))
    g_main_context_iteration (NULL, TRUE);
}

/* The versions themselves come page by page, and end where they should. */
static void
test_part (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) history = support_repository_list_history (alice, "sdxl", NULL, 1000);
  g_autoptr (BackstayHistoryList) one = NULL;
  g_autoptr (BackstayHistoryList) twenty = NULL;

  one = backstay_history_list_new_part (alice, g_ptr_array_index (history, 0), 1);
  g_assert_true (backstay_history_list_get_at_end (one));
  backstay_history_list_load_more (one);
  g_assert_false (backstay_history_list_get_loading (one));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (one)), ==, 1);

  twenty = backstay_history_list_new_part (alice, g_ptr_array_index (history, 3), 20);
  backstay_history_list_load_more (twenty);
  wait_for (twenty);
  g_assert_true (backstay_history_list_get_at_end (twenty));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (twenty)), ==, 20);

  for (guint i = 0; i < 20; i++)
    g_assert_cmpstr (backstay_version_get_id (backstay_history_list_peek (twenty, i)), ==,
                     backstay_version_get_id (g_ptr_array_index (history, i + 3)));
}

/* Nothing is seen, and so nothing is undone; the rollback itself is refused. */
static void
test_stranger (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayRepository) dave = support_repository_new (support_server_get_config (), SUPPORT_DAVE);
  g_autoptr (GPtrArray) history = support_repository_list_history (alice, "sdxl", NULL, 10);

  g_assert_cmpuint (count (alice, g_ptr_array_index (history, 5), g_ptr_array_index (history, 0)), ==, 5);
  g_assert_cmpuint (count (dave, g_ptr_array_index (history, 5), g_ptr_array_index (history, 0)), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/repository-undone/every-pair", test_every_pair);
  g_test_add_func ("/repository-undone/many", test_many);
  g_test_add_func ("/repository-undone/predecessors", test_predecessors);
  g_test_add_func ("/repository-undone/part", test_part);
  g_test_add_func ("/repository-undone/stranger", test_stranger);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-repository-lists"

#include "config.h"

#include "support-job.h"
#include "support-proxy.h"
#include "support-repository.h"
#include "support-wait.h"

#include "backstay-history-list.h"
#include "backstay-type-list.h"

#include <string.h>

#define PAGE_SIZE 256

static gboolean
has_loaded (gpointer list)
{
  gboolean loading;

  g_object_get (list, "loading", &loading, NULL);

  return !loading;
}

/* What a view knows of a list that tells of every change. */
static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       n_removed,
                  guint       n_added,
                  gpointer    user_data)
{
  GPtrArray *view = user_data;

  if (n_removed > 0)
    g_ptr_array_remove_range (view, position, n_removed);

  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (view, (int) (position + i), g_list_model_get_item (model, position + i));
}

static GPtrArray *
watch (gpointer list)
{
  GPtrArray *view = g_ptr_array_new_with_free_func (g_object_unref);

  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), view);

  return view;
}

static void
assert_seen (gpointer   list,
             GPtrArray *view)
{
  GListModel *model = list;

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, view->len);

  for (guint i = 0; i < view->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);

      g_assert_true (item == g_ptr_array_index (view, i));
    }

  g_assert_null (g_list_model_get_item (model, view->len));
  g_assert_null (g_list_model_get_item (model, G_MAXUINT));
}

static void
make_long_history (void)
{
  support_sql_run (
    support_server_get_sql (),
    "INSERT INTO model_config_history (model_type, config_name, config_data, created_at)"
    " SELECT 'long', 'n' || n, '1', timestamptz '2025-01-01' + n * interval '1 hour'"
    "   FROM generate_series(1, 600) n");
}

static void
test_history (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  BackstayHistoryList *list = backstay_history_list_new (alice, "long");
  g_autoptr (GPtrArray) view = watch (list);
  g_autoptr (GPtrArray) expected = NULL;

  make_long_history ();
  expected = support_sql_list (support_server_get_sql (),
                               "SELECT id FROM model_config_history WHERE model_type = 'long'"
                               " ORDER BY created_at DESC");

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  backstay_history_list_load_more (list);
  g_assert_true (backstay_history_list_get_loading (list));
  support_wait_until (has_loaded, list);
  g_assert_cmpuint (view->len, ==, PAGE_SIZE);
  g_assert_false (backstay_history_list_get_at_end (list));

  /* To look at the beginning asks for nothing, to look at the end asks for more. */
  g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), 0));
  g_assert_false (backstay_history_list_get_loading (list));

  while (!backstay_history_list_get_at_end (list))
    {
      g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), view->len - 1));
      g_assert_true (backstay_history_list_get_loading (list));
      support_wait_until (has_loaded, list);
    }

  g_assert_cmpuint (view->len, ==, 600);
  assert_seen (list, view);
  g_assert_false (backstay_history_list_get_loading (list));

  for (guint i = 0; i < view->len; i++)
    {
      guint position;

      g_assert_cmpstr (backstay_version_get_id (g_ptr_array_index (view, i)), ==,
                       g_ptr_array_index (expected, i));
      g_assert_true (backstay_history_list_find (list, g_ptr_array_index (expected, i),
                                                 &position) == g_ptr_array_index (view, i));
      g_assert_cmpuint (position, ==, i);
    }

  g_assert_null (backstay_history_list_find (list, "nowhere", NULL));

  backstay_history_list_reload (list);
  g_assert_cmpuint (view->len, ==, 600);
  support_wait_until (has_loaded, list);
  g_assert_cmpuint (view->len, ==, PAGE_SIZE);
  assert_seen (list, view);

  g_signal_handlers_disconnect_by_data (list, view);
  support_wait_until (has_loaded, list);
  g_assert_finalize_object (list);
  support_server_restore ();
}

static void
test_history_error_then_retry (void)
{
  g_autoptr (SupportProxy) proxy = support_proxy_new ();
  g_autoptr (BackstayDbConfig) config = support_proxy_dup_config (proxy);
  g_autoptr (BackstayRepository) alice = support_repository_new (config, SUPPORT_ALICE);
  g_autoptr (BackstayHistoryList) list = backstay_history_list_new (alice, "sdxl");

  support_proxy_arm (proxy, 1, SUPPORT_FAULT_CUT_AFTER);
  backstay_history_list_load_more (list);
  support_wait_until (has_loaded, list);
  g_assert_error (backstay_history_list_get_error (list), BACKSTAY_DB_ERROR,
                  BACKSTAY_DB_ERROR_LOST);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  g_assert_false (backstay_history_list_get_at_end (list));

  backstay_history_list_load_more (list);
  support_wait_until (has_loaded, list);
  g_assert_no_error (backstay_history_list_get_error (list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 92);
  g_assert_true (backstay_history_list_get_at_end (list));
}

/* A list that goes away, or is loaded again, while a page is on its way. */
static void
test_dropped_while_loading (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();

  for (guint i = 0; i < 30; i++)
    {
      BackstayHistoryList *history = backstay_history_list_new (alice, "sdxl");
      BackstayTypeList    *types = backstay_type_list_new (alice);

      backstay_history_list_load_more (history);
      backstay_type_list_reload (types);
      if (i % 3 == 0)
        support_job_assert_works (backstay_repository_get_connection (alice));
      else if (i % 3 == 1)
        backstay_history_list_reload (history);

      g_assert_finalize_object (history);
      g_assert_finalize_object (types);
    }

  support_job_assert_works (backstay_repository_get_connection (alice));
}

static void
count_cb (BackstayModelType *type,
          gpointer           user_data)
{
  (*(guint *) user_data)++;
}

static void
test_types (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  BackstayTypeList *list = backstay_type_list_new (alice);
  g_autoptr (GPtrArray) view = watch (list);
  BackstayModelType *sdxl;
  guint              n_changed = 0;
  guint              position;

  g_assert_false (backstay_type_list_get_loaded (list));
  backstay_type_list_reload (list);
  support_wait_until (has_loaded, list);
  g_assert_true (backstay_type_list_get_loaded (list));
  g_assert_cmpuint (view->len, ==, 7);
  sdxl = backstay_type_list_find (list, "sdxl", &position);
  g_assert_true (g_ptr_array_index (view, position) == sdxl);
  g_assert_null (backstay_type_list_find (list, "Sdxl", NULL));
  g_signal_connect (sdxl, "changed", G_CALLBACK (count_cb), &n_changed);

  /* Nothing new. */
  backstay_type_list_reload (list);
  support_wait_until (has_loaded, list);
  g_assert_cmpuint (n_changed, ==, 0);

  /* One goes, two come, and one has another number of versions. */
  support_sql_run (sql, "DELETE FROM model_config_history WHERE model_type = 'whisper';"
                        "INSERT INTO model_config_history (model_type, config_name, config_data)"
                        " VALUES ('aaa', 'n', '1'), ('zzz', 'n', '1'), ('sdxl', 'n', '1')");
  backstay_type_list_reload (list);
  support_wait_until (has_loaded, list);
  g_assert_cmpuint (view->len, ==, 8);
  assert_seen (list, view);
  g_assert_cmpuint (
    backstay_model_type_get_n_versions (backstay_type_list_find (list, "sdxl", NULL)), ==, 93);

  /* A type that is still there stays the same object, and tells of its change. */
  support_sql_run (sql,
                   "UPDATE model_config_history SET is_active = false WHERE model_type = 'sdxl'");
  sdxl = backstay_type_list_find (list, "sdxl", NULL);
  g_signal_handlers_disconnect_by_func (sdxl, count_cb, &n_changed);
  g_signal_connect (sdxl, "changed", G_CALLBACK (count_cb), &n_changed);
  n_changed = 0;
  backstay_type_list_reload (list);
  support_wait_until (has_loaded, list);
  g_assert_true (backstay_type_list_find (list, "sdxl", NULL) == sdxl);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_null (backstay_model_type_get_live (sdxl));

  g_signal_handlers_disconnect_by_func (sdxl, count_cb, &n_changed);
  g_signal_handlers_disconnect_by_data (list, view);
  g_assert_finalize_object (list);
  support_server_restore ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/history-list/pages", test_history);
  g_test_add_func ("/history-list/error-then-retry", test_history_error_then_retry);
  g_test_add_func ("/history-list/dropped-while-loading", test_dropped_while_loading);
  g_test_add_func ("/type-list/reload", test_types);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-change-summaries"

#include "config.h"

#include "support-proxy.h"
#include "support-repository.h"
#include "support-wait.h"

#include "backstay-change-summaries.h"

#include <string.h>

/* A history of seven versions, newest first: what each says of itself. */
static const struct
{
  const char *name;
  const char *text;
} expected[] = {
  { "n7", "same as n6 of" },
  { "n6", "same as n4 of" },
  { "n5", "large: open Changes to compare" },
  { "n4", "1 changed, 1 removed: guidance_scale 7.50 → 1, steps removed" },
  { "n3", "spelling only: 1; guidance_scale 7.5 → 7.50" },
  { "n2", "1 changed, 1 added: guidance_scale 99 → 7.5, steps added (20)" },
  { "n1", "first version" },
};

static const char fill_sql[] =
  "INSERT INTO model_config_history (id, model_type, config_name, config_data, is_active, created_at)"
  "SELECT ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'seven', 'n' || n, d, n = 7,"
  "       timestamptz '2025-08-01' + n * interval '1 day'"
  "  FROM (VALUES (1, jsonb '{\"guidance_scale\": 99}'),"
  "               (2, '{\"guidance_scale\": 7.5, \"steps\": 20}'),"
  "               (3, '{\"guidance_scale\": 7.50, \"steps\": 20}'),"
  "               (4, '{\"guidance_scale\": 1}'),"
  "               (5, jsonb_build_object('prompt', (SELECT string_agg(md5(i::text), '') FROM generate_series(1, 40000) i))),"
  "               (6, '{\"guidance_scale\": 1}'),"
  "               (7, '{\"guidance_scale\": 1}')) v (n, d)";

static void
wait_for_list (BackstayHistoryList *list)
{
  while (backstay_history_list_get_loading (list))
    g_main_context_iteration (NULL, TRUE);
}

static BackstayHistoryList *
new_list (BackstayRepository *repository,
          const char         *model_type)
{
  BackstayHistoryList *list = backstay_history_list_new (repository, model_type);

  backstay_history_list_load_more (list);
  wait_for_list (list);

  return list;
}

static void
wait_for (BackstayChangeSummaries *summaries)
{
  while (backstay_change_summaries_get_loading (summaries))
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_begins (BackstayChangeSummaries *summaries,
               guint                    position,
               const char              *beginning)
{
  g_autofree char *text = backstay_change_summaries_dup_text (summaries, position);

  g_test_message ("%u: %s", position, text);
  g_assert_nonnull (text);
  g_assert_true (g_str_has_prefix (text, beginning));
}

static void
fill (void)
{
  support_sql_run (support_server_get_sql (), "%s", fill_sql);
}

static void
test_texts (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayHistoryList) list = NULL;
  g_autoptr (BackstayChangeSummaries) summaries = backstay_change_summaries_new (alice);

  fill ();
  list = new_list (alice, "seven");
  backstay_change_summaries_set_list (summaries, list);
  g_assert_false (backstay_change_summaries_get_loading (summaries));
  g_assert_null (backstay_change_summaries_dup_text (summaries, 0));

  backstay_change_summaries_set_in_sight (summaries, 0, 7);
  g_assert_true (backstay_change_summaries_get_loading (summaries));
  wait_for (summaries);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_cmpstr (backstay_version_get_name (backstay_history_list_peek (list, i)), ==, expected[i].name);
      assert_begins (summaries, i, expected[i].text);
    }

  g_assert_null (backstay_change_summaries_dup_text (summaries, 7));
  support_server_restore ();
}

/* What a filter leaves out is what a version is compared with all the same. */
static void
test_filtered (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayHistoryFilter) none = backstay_history_filter_new ();
  g_autoptr (BackstayHistoryFilter) filter = backstay_history_filter_with_words (none, "odd");
  g_autoptr (BackstayHistoryList) list = NULL;
  g_autoptr (BackstayChangeSummaries) summaries = backstay_change_summaries_new (alice);

  fill ();
  support_sql_run (support_server_get_sql (),
                   "UPDATE model_config_history SET notes = 'odd' WHERE config_name IN ('n1', 'n2', 'n4')");
  list = backstay_history_list_new (alice, "seven");
  backstay_history_list_set_filter (list, filter);
  backstay_history_list_load_more (list);
  wait_for_list (list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);

  backstay_change_summaries_set_list (summaries, list);
  backstay_change_summaries_set_in_sight (summaries, 0, 3);
  wait_for (summaries);
  assert_begins (summaries, 0, expected[3].text);
  assert_begins (summaries, 1, expected[5].text);
  assert_begins (summaries, 2, expected[6].text);

  /* All of them again. */
  backstay_history_list_set_filter (list, none);
  backstay_history_list_reload (list);
  wait_for_list (list);
  backstay_change_summaries_set_in_sight (summaries, 0, 7);
  wait_for (summaries);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    assert_begins (summaries, i, expected[i].text);

  support_server_restore ();
}

static gboolean
has_same (BackstayChangeSummaries *summaries,
          guint                    position,
          const char              *name)
{
  g_autofree char *text = backstay_change_summaries_dup_text (summaries, position);

  return text != NULL && strstr (text, name) != NULL;
}

/* An older version with the same configuration is found though it is not in sight, and what changed
 * against the one before it is said too. */
static void
test_same (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayHistoryList) list = NULL;
  g_autoptr (BackstayChangeSummaries) summaries = backstay_change_summaries_new (alice);

  support_sql_run (sql, "INSERT INTO model_config_history (model_type, config_name, config_data, created_at)"
                        " SELECT 'forty', 'n' || n, jsonb_build_object('n', n %% 39),"
                        "        timestamptz '2025-08-01' + n * interval '1 day'"
                        "   FROM generate_series(1, 40) n");
  list = new_list (alice, "forty");
  backstay_change_summaries_set_list (summaries, list);
  backstay_change_summaries_set_in_sight (summaries, 0, 2);
  wait_for (summaries);

  assert_begins (summaries, 0, "same as n1 of ");
  g_assert_true (has_same (summaries, 0, "; 1 changed: n 0 → 1"));
  assert_begins (summaries, 1, "1 changed: n 38 → 0");

  /* What was not in sight was not compared. */
  g_assert_null (backstay_change_summaries_dup_text (summaries, 5));
  support_server_restore ();
}

/* More at once than is sent in one answer. */
static void
test_budget (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayHistoryList) list = NULL;
  g_autoptr (BackstayChangeSummaries) summaries = backstay_change_summaries_new (alice);

  support_sql_run (sql, "INSERT INTO model_config_history (model_type, config_name, config_data, created_at)"
                        " SELECT 'big', 'n' || n, jsonb_build_object('n', n, 'p', repeat('x', 500000)),"
                        "        timestamptz '2025-08-01' + n * interval '1 day'"
                        "   FROM generate_series(1, 9) n");
  list = new_list (alice, "big");
  backstay_change_summaries_set_list (summaries, list);
  backstay_change_summaries_set_in_sight (summaries, 0, 9);
  wait_for (summaries);

  for (guint i = 0; i < 8; i++)
    assert_begins (summaries, i, "1 changed: n ");
  support_server_restore ();
}

/* Nothing is asked twice. */
static void
test_cached (void)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayHistoryList) list = new_list (alice, "sdxl");
  g_autoptr (BackstayHistoryList) flux = new_list (alice, "flux");
  g_autoptr (BackstayChangeSummaries) summaries = backstay_change_summaries_new (alice);

  backstay_change_summaries_set_list (summaries, list);
  backstay_change_summaries_set_in_sight (summaries, 0, 10);
  wait_for (summaries);
  assert_begins (summaries, 0, "2 changed: guidance_scale 7.5 → 99");

  /* Whoever asks now waits. */
  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history");
  backstay_change_summaries_set_list (summaries, flux);
  backstay_change_summaries_set_list (summaries, list);
  backstay_change_summaries_set_in_sight (summaries, 0, 10);
  g_assert_false (backstay_change_summaries_get_loading (summaries));
  assert_begins (summaries, 0, "2 changed: guidance_scale 7.5 → 99");
  support_sql_run (other, "COMMIT");
}

static gint64
count_waiting (void)
{
  return support_sql_query_int (support_server_get_sql (),
                                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
}

static gboolean
is_one_waiting (gpointer user_data)
{
  return count_waiting () == 1;
}

static gboolean
is_none_waiting (gpointer user_data)
{
  return count_waiting () == 0;
}

/* What was scrolled away is cancelled, on the server too, and what came in sight is asked for. */
static void
test_scrolled_away (void)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayHistoryList) list = new_list (alice, "sdxl");
  g_autoptr (BackstayChangeSummaries) summaries = backstay_change_summaries_new (alice);

  backstay_change_summaries_set_list (summaries, list);
  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history");
  backstay_change_summaries_set_in_sight (summaries, 0, 5);
  support_wait_until (is_one_waiting, NULL);

  backstay_change_summaries_set_in_sight (summaries, 0, 0);
  g_assert_false (backstay_change_summaries_get_loading (summaries));
  support_wait_until (is_none_waiting, NULL);

  backstay_change_summaries_set_in_sight (summaries, 50, 5);
  support_wait_until (is_one_waiting, NULL);
  support_sql_run (other, "COMMIT");
  wait_for (summaries);
  g_assert_null (backstay_change_summaries_dup_text (summaries, 0));
  assert_begins (summaries, 50, "");
}

/* It may go while it is waited for. */
static void
test_disposed (void)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayHistoryList) list = new_list (alice, "sdxl");
  BackstayChangeSummaries *summaries = backstay_change_summaries_new (alice);

  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history");
  backstay_change_summaries_set_list (summaries, list);
  backstay_change_summaries_set_in_sight (summaries, 0, 5);
  support_wait_until (is_one_waiting, NULL);
  g_assert_finalize_object (summaries);
  support_wait_until (is_none_waiting, NULL);
  support_sql_run (other, "COMMIT");
  support_run_pending ();
}

/* The connection breaks in the middle. */
static void
test_terminated (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayHistoryList) list = new_list (alice, "sdxl");
  g_autoptr (BackstayChangeSummaries) summaries = backstay_change_summaries_new (alice);

  backstay_change_summaries_set_list (summaries, list);
  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history");
  backstay_change_summaries_set_in_sight (summaries, 0, 5);
  support_wait_until (is_one_waiting, NULL);
  support_sql_run (sql, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
  wait_for (summaries);
  assert_begins (summaries, 0, "could not be compared: the server gave no answer");

  /* By itself it is not tried again, but when something moves. */
  support_sql_run (other, "COMMIT");
  backstay_change_summaries_set_in_sight (summaries, 0, 5);
  g_assert_false (backstay_change_summaries_get_loading (summaries));
  backstay_change_summaries_set_in_sight (summaries, 0, 6);
  wait_for (summaries);
  assert_begins (summaries, 0, "2 changed: guidance_scale 7.5 → 99");
}

/* A version that may not be seen any more. */
static void
test_gone (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayHistoryList) list = new_list (alice, "sdxl");
  g_autoptr (BackstayChangeSummaries) summaries = backstay_change_summaries_new (alice);

  support_sql_run (sql, "DELETE FROM user_roles WHERE user_id = '" SUPPORT_ALICE "'");
  backstay_change_summaries_set_list (summaries, list);
  backstay_change_summaries_set_in_sight (summaries, 0, 5);
  wait_for (summaries);
  assert_begins (summaries, 0, "could not be compared: not in the table any more");
  support_sql_run (sql, "INSERT INTO user_roles (user_id, role) VALUES ('" SUPPORT_ALICE "', 'admin')");
}

/* A newer list has the same versions at other places. */
static void
test_reloaded (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayHistoryList) list = new_list (alice, "sdxl");
  g_autoptr (BackstayChangeSummaries) summaries = backstay_change_summaries_new (alice);

  backstay_change_summaries_set_list (summaries, list);
  backstay_change_summaries_set_in_sight (summaries, 0, 5);
  wait_for (summaries);

  support_sql_run (sql, "INSERT INTO model_config_history (model_type, config_name, config_data)"
                        " SELECT model_type, 'Again', config_data FROM model_config_history"
                        "  WHERE config_name = 'SDXL Production Config v2.1'");
  backstay_history_list_reload (list);
  while (backstay_history_list_get_loading (list))
    g_main_context_iteration (NULL, TRUE);
  wait_for (summaries);

  assert_begins (summaries, 0, "same as SDXL Production Config v2.1 of ");
  g_assert_true (has_same (summaries, 0, "; 2 changed: guidance_scale 99 → 7.5"));
  assert_begins (summaries, 1, "2 changed: guidance_scale 7.5 → 99");
  support_server_restore ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/change-summaries/texts", test_texts);
  g_test_add_func ("/change-summaries/filtered", test_filtered);
  g_test_add_func ("/change-summaries/same", test_same);
  g_test_add_func ("/change-summaries/budget", test_budget);
  g_test_add_func ("/change-summaries/cached", test_cached);
  g_test_add_func ("/change-summaries/scrolled-away", test_scrolled_away);
  g_test_add_func ("/change-summaries/disposed", test_disposed);
  g_test_add_func ("/change-summaries/terminated", test_terminated);
  g_test_add_func ("/change-summaries/gone", test_gone);
  g_test_add_func ("/change-summaries/reloaded", test_reloaded);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-history-changes"

#include "config.h"

#include "ui-support.h"

#include "support-sql.h"

#include <string.h>

/* What the rows of the history say about changes. */

#define WAITING "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"

static const char *
get_changes (BackstayWindow *window,
             guint           position)
{
  return ui_get_label (ui_find_row (ui_find (ui_find (window, "history_view"), "list_view"), position),
                       "changes_label");
}

/* Waits until a row that can be seen says something. */
static void
wait_for_changes (BackstayWindow *window,
                  guint           position)
{
  ui_wait_until (get_changes (window, position)[0] != '\0');
}

static int
get_height (BackstayWindow *window,
            guint           position)
{
  return gtk_widget_get_height (ui_find_row (ui_find (ui_find (window, "history_view"), "list_view"), position));
}

static GtkAdjustment *
get_adjustment (BackstayWindow *window)
{
  return gtk_scrollable_get_vadjustment (ui_find (ui_find (window, "history_view"), "list_view"));
}

static void
test_in_sight (void)
{
  BackstayWindow  *window = ui_open_sample ();
  g_autofree char *name = NULL;

  wait_for_changes (window, 0);
  g_assert_cmpstr (get_changes (window, 0), ==, "2 changed: guidance_scale 7.5 → 99, num_inference_steps 50 → 45");
  g_assert_cmpstr (get_changes (window, 2), ==, "1 changed: enable_qwen true → false");

  /* The row is made, but nobody sees it. */
  g_assert_cmpstr (get_changes (window, 80), ==, "");

  name = ui_dup_name (gtk_widget_get_parent (ui_find_row (ui_find (ui_find (window, "history_view"), "list_view"), 0)));
  g_assert_nonnull (strstr (name, "2 changed: guidance_scale 7.5 → 99"));

  gtk_adjustment_set_value (get_adjustment (window), gtk_adjustment_get_upper (get_adjustment (window)));
  ui_wait_until (g_strcmp0 (get_changes (window, 91), "first version") == 0);
  wait_for_changes (window, 90);

  ui_close_window (window);
}

/* The line is there before its text is, and stays as high. */
static void
test_height (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  BackstayWindow *window = ui_open_sample ();
  int             before;

  wait_for_changes (window, 0);
  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history");
  gtk_adjustment_set_value (get_adjustment (window), 4000);
  ui_wait_until (support_sql_query_int (sql, WAITING) == 1);
  ui_wait_until (get_height (window, 46) > 0);
  g_assert_cmpstr (get_changes (window, 46), ==, "");
  before = get_height (window, 46);

  support_sql_run (other, "COMMIT");
  wait_for_changes (window, 46);
  ui_wait_frames (window, 2);
  g_assert_cmpint (get_height (window, 46), ==, before);

  ui_close_window (window);
}

/* What was scrolled away is not asked for any more. */
static void
test_scrolled_away (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  BackstayWindow *window = ui_open_sample ();

  wait_for_changes (window, 0);
  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history");
  gtk_adjustment_set_value (get_adjustment (window), 4000);
  ui_wait_until (support_sql_query_int (sql, WAITING) == 1);

  /* Back where all is known. */
  gtk_adjustment_set_value (get_adjustment (window), 0);
  ui_wait_until (support_sql_query_int (sql, WAITING) == 0);
  g_assert_cmpstr (get_changes (window, 0), !=, "");

  support_sql_run (other, "COMMIT");
  ui_wait_until_ready (window);
  g_assert_cmpstr (get_changes (window, 46), ==, "");

  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/history-changes/in-sight", test_in_sight);
  g_test_add_func ("/history-changes/height", test_height);
  g_test_add_func ("/history-changes/scrolled-away", test_scrolled_away);

  return ui_run_tests ();
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-responsive"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-json-row.h"
#include "backstay-matrix-window.h"
#include "backstay-rollback-dialog.h"
#include "support-black-hole.h"

#include <signal.h>
#include <stdlib.h>

/* Whoever waits for the server does not hold the window. */

#define BEAT_MSEC 10

/* Drawing takes some of it, sanitizers and a busy machine more; a call that waits for the server
 * would not end at all before the test lets it, or only after its own limit of 8 seconds. */
#define MAX_GAP_MSEC 4000

typedef struct
{
  guint  source_id;
  guint  n_beats;
  gint64 last;
  gint64 longest; /* Microseconds between two beats. */
} Heart;

static gboolean
beat_cb (gpointer user_data)
{
  Heart *heart = user_data;
  gint64 now = g_get_monotonic_time ();

  heart->longest = MAX (heart->longest, now - heart->last);
  heart->last = now;
  heart->n_beats++;

  return G_SOURCE_CONTINUE;
}

static void
begin (Heart *heart)
{
  heart->n_beats = 0;
  heart->longest = 0;
  heart->last = g_get_monotonic_time ();
  heart->source_id = g_timeout_add_full (G_PRIORITY_HIGH, BEAT_MSEC, beat_cb, heart, NULL);
}

static void
end (Heart      *heart,
     const char *what)
{
  beat_cb (heart);
  g_source_remove (heart->source_id);
  g_test_message ("%s: %d ms at most between %u beats", what, (int) (heart->longest / 1000), heart->n_beats);
  g_assert_cmpint (heart->longest, <, MAX_GAP_MSEC * 1000);
}

/* Lets it beat for a while, in which nothing else is to happen. */
static void
beat_on (Heart *heart)
{
  guint enough = heart->n_beats + 50;

  ui_wait_until (heart->n_beats >= enough);
}

static void
test_lock (void)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  BackstayWindow *window = ui_open_sample ();
  Heart           heart;

  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history");
  begin (&heart);
  g_assert_true (ui_press (window, GDK_KEY_F5, 0));
  beat_on (&heart);
  g_assert_true (backstay_window_get_busy (window));
  end (&heart, "Behind a lock");

  /* What is shown stays there. */
  g_assert_cmpstr (ui_get_label (ui_find (window, "version_view"), "name_label"), ==, UI_LIVE);

  support_sql_run (other, "COMMIT");
  ui_wait_until_ready (window);
  ui_close_window (window);
}

/* Stops the window's processes on the server, or lets them go on. */
static void
signal_backends (GPtrArray *pids,
                 int        signal_number)
{
  for (guint i = 0; i < pids->len; i++)
    g_assert_cmpint (kill (atoi (g_ptr_array_index (pids, i)), signal_number), ==, 0);
}

/* A server that stands still in the middle of its work. */
static void
test_stopped (void)
{
  SupportSql     *sql = support_server_get_sql ();
  BackstayWindow *window = ui_open_sample ();
  GtkWidget      *version_view = ui_find (window, "version_view");
  gpointer        dialog = ui_open_rollback (window, UI_GOOD);
  Heart           heart;
  g_autoptr (GPtrArray) pids = NULL;

  pids = support_sql_list (sql, "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                                " AND backend_type = 'client backend' AND query <> ''");
  g_assert_cmpuint (pids->len, >, 0);
  signal_backends (pids, SIGSTOP);

  begin (&heart);
  ui_roll_back (dialog, "Reason");
  beat_on (&heart);
  end (&heart, "While the server stands still");

  signal_backends (pids, SIGCONT);
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == NULL);
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_label (version_view, "name_label"), ==, UI_GOOD);

  ui_close_window (window);
  support_server_restore ();
}

static void
test_connecting (void)
{
  g_autoptr (SupportBlackHole) hole = support_black_hole_new ();
  g_autoptr (BackstayDbConfig) config = support_black_hole_dup_config (hole);
  BackstayWindow *window = ui_open_window (config, NULL, FALSE);
  Heart           heart;

  begin (&heart);
  beat_on (&heart);
  end (&heart, "While connecting");
  g_assert_true (backstay_window_get_busy (window));

  ui_close_window (window);
}

static void
wait_for_label (gpointer    root,
                const char *id,
                const char *text)
{
  ui_wait_until (g_str_equal (ui_get_label (root, id), text));
}

/* Ten megabytes, in all that one can do with them. */
static void
test_large (void)
{
  SupportSql     *sql = support_server_get_sql ();
  BackstayWindow *window;
  GtkWidget      *version_view;
  GtkWidget      *json_view;
  Heart           heart;

  support_sql_run (sql, "INSERT INTO model_config_history"
                        "       (model_type, config_name, config_data, is_active, created_at)"
                        " SELECT 'large', 'Large', jsonb_agg(jsonb_build_object('n', n, 'text', repeat('x', 80))),"
                        "        true, now() - interval '1 year'"
                        "   FROM generate_series(1, 100000) n");
  window = ui_open_sample ();
  version_view = ui_find (window, "version_view");
  json_view = ui_find (version_view, "json_view");

  begin (&heart);
  ui_select_type (window, "large");
  end (&heart, "Ten megabytes, opened");
  g_assert_cmpstr (ui_get_label (version_view, "name_label"), ==, "Large");
  g_assert_cmpuint (ui_count (json_view, BACKSTAY_TYPE_JSON_ROW), >, 0);

  begin (&heart);
  g_assert_true (gtk_widget_activate_action (json_view, "json.expand-all", NULL));
  ui_wait_until (g_list_model_get_n_items (ui_get_model (ui_find (json_view, "list_view"))) == 300000);
  ui_wait_frames (window, 3);
  end (&heart, "Expanded");

  begin (&heart);
  g_assert_true (ui_press (window, GDK_KEY_f, GDK_CONTROL_MASK));
  ui_wait_until (gtk_widget_get_mapped (ui_find (json_view, "search_entry")));
  ui_type (ui_find (json_view, "search_entry"), "xxx");
  wait_for_label (json_view, "match_label", "1 of 100000");
  g_assert_true (gtk_widget_activate_action (json_view, "json.previous-match", NULL));
  wait_for_label (json_view, "match_label", "100000 of 100000");
  ui_wait_frames (window, 3);
  end (&heart, "Searched");

  begin (&heart);
  adw_view_stack_set_visible_child_name (ui_find (version_view, "view_stack"), "text");
  ui_wait_until (g_strcmp0 (ui_get_page (ui_find (version_view, "text_view"), "stack"), "lines") == 0);
  ui_wait_frames (window, 3);
  end (&heart, "As text");

  begin (&heart);
  ui_select_type (window, "flux");
  end (&heart, "Left");

  ui_close_window (window);
  support_server_restore ();
}

/* Twenty configurations of a megabyte beside each other. How long that takes beside merely fetching
 * them is told. */
static void
test_matrix (void)
{
  SupportSql     *sql = support_server_get_sql ();
  BackstayWindow *window;
  gpointer        matrix_window;
  gint64          begun;
  Heart           heart;

  support_sql_run (sql, "UPDATE model_config_history SET is_active = false");
  support_sql_run (sql, "INSERT INTO model_config_history"
                        "       (model_type, config_name, config_data, is_active, created_at)"
                        " SELECT 'm' || m, 'Large',"
                        "        (SELECT jsonb_agg(jsonb_build_object('name', 'n' || n, 'value', n %% (m + 7), 'text', repeat('x', 60)))"
                        "           FROM generate_series(1, 10000) n),"
                        "        true, now() - interval '1 year'"
                        "   FROM generate_series(1, 20) m");
  window = ui_open_sample ();

  begun = g_get_monotonic_time ();
  support_sql_run (sql, "SELECT config_data::text FROM model_config_history WHERE is_active");
  g_test_message ("Fetched: %d ms", (int) ((g_get_monotonic_time () - begun) / 1000));

  begun = g_get_monotonic_time ();
  begin (&heart);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.compare-live", NULL));
  matrix_window = ui_wait_for_window (BACKSTAY_TYPE_MATRIX_WINDOW);
  ui_wait_until (!backstay_matrix_window_get_loading (matrix_window));
  g_test_message ("Compared: %d ms", (int) ((g_get_monotonic_time () - begun) / 1000));
  ui_wait_frames (matrix_window, 3);
  end (&heart, "20 configurations, compared");
  g_assert_cmpstr (ui_get_page (matrix_window, "rows_stack"), ==, "rows");

  begin (&heart);
  g_assert_true (gtk_widget_activate_action (matrix_window, "matrix-window.expand-all", NULL));
  ui_wait_frames (matrix_window, 3);
  end (&heart, "Expanded");

  begin (&heart);
  ui_type (ui_find (matrix_window, "search_entry"), "n77");
  ui_wait_until (g_strrstr (ui_get_label (matrix_window, "summary_label"), " of ") != NULL);
  ui_wait_frames (matrix_window, 3);
  end (&heart, "Filtered");

  ui_close_window (matrix_window);
  ui_close_window (window);
  support_server_restore ();
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/responsive/lock", test_lock);
  g_test_add_func ("/responsive/stopped", test_stopped);
  g_test_add_func ("/responsive/connecting", test_connecting);
  g_test_add_func ("/responsive/large", test_large);
  g_test_add_func ("/responsive/matrix", test_matrix);

  return ui_run_tests ();
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-live"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-history-view.h"
#include "backstay-notice.h"
#include "backstay-rollback-dialog.h"

#include <string.h>

/* Somebody else changes what a window shows. */

#define N_WRITES 200

typedef struct
{
  guint n_changes;
  guint n_alarms;
  char *alarm; /* The last one. */
} Log;

static void
changed_cb (Log *log)
{
  log->n_changes++;
}

static void
live_changed_cb (Log        *log,
                 const char *model_type,
                 const char *title,
                 const char *body)
{
  log->n_alarms++;
  g_free (log->alarm);
  log->alarm = g_strdup_printf ("%s|%s|%s", model_type, title, body);
}

static void
wait_until_watching (BackstayWindow *window)
{
  ui_wait_until (backstay_watcher_get_watching (backstay_window_get_watcher (window)));
  ui_wait_until_ready (window);
}

/* The sample, with all that opening it gives reason to load. */
static BackstayWindow *
open_watching (Log *log)
{
  BackstayWindow *window = ui_open_sample ();

  wait_until_watching (window);
  *log = (Log){ 0 };
  g_signal_connect_swapped (backstay_window_get_watcher (window), "changed", G_CALLBACK (changed_cb), log);
  g_signal_connect_swapped (window, "live-changed", G_CALLBACK (live_changed_cb), log);

  return window;
}

static void
close_and_restore (BackstayWindow *window,
                   Log            *log)
{
  ui_close_window (window);
  g_clear_pointer (&log->alarm, g_free);
  support_server_restore ();
}

/* Bob makes a new version live. */
static void
make_live (const char *model_type,
           const char *config_name)
{
  support_sql_run (support_server_get_sql (),
                   "BEGIN;"
                   "UPDATE model_config_history SET is_active = false WHERE model_type = '%s' AND is_active;"
                   "INSERT INTO model_config_history"
                   "       (model_type, config_name, config_data, is_active, created_by, created_at)"
                   "VALUES ('%s', '%s', '{\"secret\": 42}', true, '" SUPPORT_BOB "', clock_timestamp());"
                   "COMMIT",
                   model_type, model_type, config_name);
}

static void
look (BackstayWindow *window)
{
  backstay_watcher_look (backstay_window_get_watcher (window));
}

static const char *
get_live_title (BackstayWindow *window)
{
  return ui_get_label (ui_find (window, "live_bar"), "title_label");
}

/* What the bar above the history says, NULL while it is not there. */
static const char *
get_bar (BackstayWindow *window)
{
  GtkWidget *bar = ui_find (ui_find (window, "history_view"), "outdated_bar");

  return backstay_notice_get_text (BACKSTAY_NOTICE (ui_find_type (bar, BACKSTAY_TYPE_NOTICE)));
}

static void
wait_for_bar (BackstayWindow *window,
              const char     *text)
{
  ui_wait_until (g_strcmp0 (get_bar (window), text) == 0);
  ui_wait_frames (window, 2);
}

static void
wait_for_flux (BackstayWindow *window,
               const char     *config_name)
{
  GtkWidget *types = ui_find (ui_find (window, "sidebar"), "list_view");

  ui_wait_until (g_str_equal (ui_get_label (ui_find_row (types, 1), "live_label"), config_name));
}

/* Turns to another window. Where it was before is not known: other tests share the screen. */
static void
leave (BackstayWindow *window)
{
  GtkWindow *other = GTK_WINDOW (gtk_window_new ());

  gtk_window_present (other);
  ui_wait_until (!gtk_window_is_active (GTK_WINDOW (window)));
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (gtk_window_destroy), other);
}

static GtkAdjustment *
get_scroll (BackstayWindow *window)
{
  GtkWidget *scrolled = ui_find (ui_find (window, "history_view"), "scrolled_window");

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
}

/* Checks that the bar covers nothing of a row. */
static void
assert_below_bar (BackstayWindow *window,
                  guint           position)
{
  GtkWidget      *view = ui_find (window, "history_view");
  GtkWidget      *row = ui_find_row (ui_find (view, "list_view"), position);
  graphene_rect_t bar_bounds;
  graphene_rect_t row_bounds;

  g_assert_true (gtk_widget_compute_bounds (ui_find (view, "outdated_bar"), view, &bar_bounds));
  g_assert_true (gtk_widget_compute_bounds (row, view, &row_bounds));
  g_assert_cmpfloat (row_bounds.origin.y, >=, bar_bounds.origin.y + bar_bounds.size.height);
}

static void
test_follows (void)
{
  Log              log;
  BackstayWindow  *window = open_watching (&log);
  GtkWidget       *version_view = ui_find (window, "version_view");
  GtkWidget       *history = ui_find (ui_find (window, "history_view"), "list_view");
  GtkWidget       *types = ui_find (ui_find (window, "sidebar"), "list_view");
  g_autofree char *live_id = ui_dup_id (UI_LIVE);

  g_assert_true (gtk_widget_get_mapped (ui_find (version_view, "badge_label")));
  make_live ("sdxl", "By bob");
  look (window);
  wait_for_bar (window, "1 newer version");

  /* What only says how things are follows... */
  g_assert_cmpstr (get_live_title (window), ==, "Live: By bob");
  g_assert_cmpstr (ui_get_label (ui_find_row (types, 4), "live_label"), ==, "By bob");
  g_assert_cmpstr (ui_get_label (ui_find_row (types, 4), "count_label"), ==, "93");
  g_assert_false (gtk_widget_get_mapped (ui_find (version_view, "badge_label")));
  g_assert_false (gtk_widget_get_mapped (ui_find (ui_find_row (history, 0), "badge_label")));

  /* ...and what one reads stays. */
  g_assert_cmpstr (ui_get_selected_id (window), ==, live_id);
  g_assert_cmpstr (ui_get_label (version_view, "name_label"), ==, UI_LIVE);
  g_assert_cmpstr (ui_get_label (ui_find_row (history, 0), "name_label"), ==, UI_LIVE);

  make_live ("sdxl", "Again by bob");
  look (window);
  wait_for_bar (window, "2 newer versions");
  assert_below_bar (window, 0);
  ui_click (ui_find_button (ui_find (window, "outdated_bar"), "Show"));
  wait_for_bar (window, NULL);
  g_assert_cmpstr (ui_get_label (ui_find_row (history, 0), "name_label"), ==, "Again by bob");
  g_assert_true (gtk_widget_get_mapped (ui_find (ui_find_row (history, 0), "badge_label")));
  g_assert_cmpstr (ui_get_label (ui_find_row (history, 2), "name_label"), ==, UI_LIVE);
  g_assert_cmpuint (g_list_model_get_n_items (ui_get_model (history)), ==, 94);
  g_assert_cmpstr (ui_get_selected_id (window), ==, live_id);
  g_assert_cmpstr (ui_get_label (version_view, "name_label"), ==, UI_LIVE);

  close_and_restore (window, &log);
}

/* The version that is shown can be rolled back to from now on. */
static void
test_actions (void)
{
  Log             log;
  BackstayWindow *window = open_watching (&log);
  GtkWidget      *button = ui_find (ui_find (window, "version_view"), "roll_back_button");

  g_assert_false (gtk_widget_is_sensitive (button));
  make_live ("sdxl", "By bob");
  look (window);
  ui_wait_until (gtk_widget_is_sensitive (button));

  close_and_restore (window, &log);
}

static void
test_scrolled (void)
{
  Log             log;
  BackstayWindow *window = open_watching (&log);
  double          value;

  gtk_adjustment_set_value (get_scroll (window), 1234);
  ui_wait_frames (window, 4);
  value = gtk_adjustment_get_value (get_scroll (window));
  g_assert_cmpfloat (value, >, 1000);

  make_live ("sdxl", "By bob");
  look (window);
  wait_for_bar (window, "1 newer version");
  g_assert_cmpfloat (gtk_adjustment_get_value (get_scroll (window)), ==, value);

  ui_click (ui_find_button (ui_find (window, "outdated_bar"), "Show"));
  ui_wait_until (gtk_adjustment_get_value (get_scroll (window)) == 0);

  close_and_restore (window, &log);
}

/* An old version is turned on, and one is gone. */
static void
test_old (void)
{
  Log              log;
  BackstayWindow  *window = open_watching (&log);
  SupportSql      *sql = support_server_get_sql ();
  GtkWidget       *history = ui_find (ui_find (window, "history_view"), "list_view");
  g_autofree char *good_id = ui_dup_id (UI_GOOD);

  ui_select_version (window, good_id);
  support_sql_run (sql, "UPDATE model_config_history SET is_active = true WHERE id = '%s'", good_id);
  look (window);
  ui_wait_until (gtk_widget_get_mapped (ui_find (ui_find (window, "version_view"), "badge_label")));
  g_assert_true (gtk_widget_get_mapped (ui_find (ui_find_row (history, 1), "badge_label")));
  g_assert_null (get_bar (window));

  support_sql_run (sql, "DELETE FROM model_config_history WHERE config_name = '" UI_LIVE "'");
  look (window);
  wait_for_bar (window, "This history has changed");
  ui_click (ui_find_button (ui_find (window, "outdated_bar"), "Show"));
  wait_for_bar (window, NULL);
  g_assert_cmpstr (ui_get_label (ui_find_row (history, 0), "name_label"), ==, UI_GOOD);
  g_assert_cmpstr (ui_get_selected_id (window), ==, good_id);

  close_and_restore (window, &log);
}

static void
test_alarm (void)
{
  Log             log;
  BackstayWindow *window = open_watching (&log);

  leave (window);
  make_live ("flux", "By bob <b>");
  look (window);
  ui_wait_until (log.n_alarms > 0);
  g_assert_cmpuint (log.n_alarms, ==, 1);
  g_assert_cmpstr (log.alarm, ==, "flux|flux has changed|By bob <b> is live now, by bob.");

  /* A version that is not live is no alarm. */
  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data)"
                   " VALUES ('sdxl', 'idle', '{}')");
  look (window);
  wait_for_bar (window, "1 newer version");
  g_assert_cmpuint (log.n_alarms, ==, 1);

  support_sql_run (support_server_get_sql (), "UPDATE model_config_history SET is_active = false");
  look (window);
  ui_wait_until (log.n_alarms > 1);
  g_assert_nonnull (strstr (log.alarm, "No version is active: a service reads nothing."));

  backstay_window_show_type (window, "flux");
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (ui_find (ui_find (window, "history_view"), "title"), "flux"));
  backstay_window_show_type (window, "no such type");

  close_and_restore (window, &log);
}

static void
test_own (void)
{
  Log             log;
  BackstayWindow *window = open_watching (&log);

  ui_roll_back (ui_open_rollback (window, UI_GOOD), "Reason");
  leave (window);
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == NULL);
  look (window);
  ui_wait_until (log.n_changes > 0);
  ui_wait_until_ready (window);
  g_assert_cmpstr (get_live_title (window), ==, "Live: " UI_GOOD);

  /* Another one's change comes after it, so all of one's own has been told. */
  make_live ("flux", "By bob");
  look (window);
  ui_wait_until (log.n_alarms > 0);
  g_assert_cmpuint (log.n_alarms, ==, 1);
  g_assert_null (get_bar (window));

  close_and_restore (window, &log);
}

static void
test_dialog (void)
{
  Log              log;
  BackstayWindow  *window = open_watching (&log);
  gpointer         dialog = ui_open_rollback (window, UI_GOOD);
  GtkWidget       *button = ui_find (dialog, "roll_back_button");
  g_autofree char *checksum = NULL;
  g_autofree char *checksum_after = NULL;

  ui_type (ui_find (dialog, "reason_row"), "Reason");
  g_assert_true (gtk_widget_is_sensitive (button));

  /* Of another type: nothing to do with it. */
  make_live ("flux", "By bob");
  look (window);
  wait_for_flux (window, "By bob");
  ui_wait_until_ready (window);
  g_assert_null (ui_get_notice (dialog));
  g_assert_true (gtk_widget_is_sensitive (button));

  make_live ("sdxl", "By bob");
  checksum = ui_dup_checksum ();
  look (window);
  ui_wait_until (ui_get_notice (dialog) != NULL);
  g_assert_true (g_str_has_prefix (ui_get_notice (dialog),
                                   "What is live has changed since you opened this: By bob ("));
  g_assert_nonnull (strstr (ui_get_notice (dialog), "by bob"));
  g_assert_false (gtk_widget_is_sensitive (button));
  checksum_after = ui_dup_checksum ();
  g_assert_cmpstr (checksum_after, ==, checksum);

  ui_click (ui_find_button (dialog, "Look Again"));
  ui_wait_until_idle (dialog);
  g_assert_null (ui_get_notice (dialog));
  g_assert_true (gtk_widget_is_sensitive (button));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (ui_find (dialog, "reason_row"))), ==, "Reason");
  ui_click (button);
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == NULL);
  ui_wait_until (g_str_equal (get_live_title (window), "Live: " UI_GOOD));
  ui_wait_until_ready (window);

  close_and_restore (window, &log);
}

static void
test_diff (void)
{
  Log              log;
  BackstayWindow  *window = open_watching (&log);
  GtkWidget       *changes_view = ui_find (window, "changes_view");
  g_autofree char *good_id = ui_dup_id (UI_GOOD);

  ui_select_version (window, good_id);
  g_assert_true (ui_press (window, GDK_KEY_F8, 0));
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (changes_view, "Before: " UI_LIVE " (live)"));

  make_live ("sdxl", "By bob");
  look (window);
  ui_wait_until (ui_get_notice (changes_view) != NULL);
  g_assert_cmpstr (ui_get_notice (changes_view), ==, "What is live has changed since. It is By bob now.");
  g_assert_true (ui_shows (changes_view, "Before: " UI_LIVE " (live)"));

  ui_click (ui_find_button (changes_view, "Compare Again"));
  ui_wait_until_ready (window);
  g_assert_null (ui_get_notice (changes_view));
  g_assert_true (ui_shows (changes_view, "Before: By bob (live)"));

  close_and_restore (window, &log);
}

/* A writer that never stops */

static gpointer
write_thread (gpointer data)
{
  g_autoptr (SupportSql) sql = support_sql_new (support_server_get_config ());
  int *done = data;

  for (guint i = 1; i <= N_WRITES; i++)
    support_sql_run (sql, "INSERT INTO model_config_history (model_type, config_name, config_data, created_at)"
                          " VALUES ('sdxl', 'n%u', '{}', clock_timestamp());"
                          "NOTIFY model_config_history, '%u'",
                     i, i);

  g_atomic_int_set (done, TRUE);

  return NULL;
}

static void
test_writer (void)
{
  Log              log;
  BackstayWindow  *window = open_watching (&log);
  GtkWidget       *version_view = ui_find (window, "version_view");
  g_autofree char *good_id = ui_dup_id (UI_GOOD);
  g_autofree char *live_id = ui_dup_id (UI_LIVE);
  int              done = FALSE;
  GThread         *thread = g_thread_new ("writer", write_thread, &done);
  guint            n_selected = 0;

  /* One goes on working meanwhile. */
  while (!g_atomic_int_get (&done) || n_selected < 4)
    {
      ui_select_version (window, n_selected % 2 == 0 ? good_id : live_id);
      g_assert_cmpstr (ui_get_label (version_view, "name_label"), ==, n_selected % 2 == 0 ? UI_GOOD : UI_LIVE);
      n_selected++;
    }

  g_thread_join (thread);
  wait_for_bar (window, G_STRINGIFY (N_WRITES) " newer versions");
  g_assert_cmpuint (log.n_changes, <, N_WRITES / 2);

  close_and_restore (window, &log);
}

/* The line breaks, and all goes on by itself. */
static void
test_reconnect (void)
{
  Log             log;
  BackstayWindow *window = open_watching (&log);

  support_sql_terminate (support_server_get_sql (), "backend_type = 'client backend'");
  make_live ("sdxl", "By bob");
  wait_for_bar (window, "1 newer version");
  g_assert_cmpstr (get_live_title (window), ==, "Live: By bob");

  close_and_restore (window, &log);
}

/* The window goes while it looks, and what it found is on its way. */
static void
test_close (void)
{
  for (guint i = 0; i < 6; i++)
    {
      Log             log;
      BackstayWindow *window = open_watching (&log);

      make_live ("sdxl", "By bob");
      look (window);

      for (guint step = 0; step < i * 3; step++)
        g_main_context_iteration (NULL, TRUE);

      close_and_restore (window, &log);
    }
}

/* A model type that is new moves the others down, and nothing else. */
static void
test_new_type (void)
{
  Log              log;
  BackstayWindow  *window = open_watching (&log);
  GtkWidget       *types = ui_find (ui_find (window, "sidebar"), "list_view");
  guint            n = g_list_model_get_n_items (ui_get_model (types));
  g_autofree char *id = ui_dup_id (UI_GOOD);

  ui_select_type (window, "sdxl");
  ui_select_version (window, id);
  make_live ("aaa", "of a new type");
  look (window);
  ui_wait_until (g_list_model_get_n_items (ui_get_model (types)) == n + 1);
  ui_wait_until_ready (window);
  ui_wait_frames (window, 3);
  g_assert_cmpstr (ui_get_selected_id (window), ==, id);
  g_assert_true (ui_shows (ui_find (window, "version_view"), UI_GOOD));

  close_and_restore (window, &log);
}

/* The list of recent changes stays as it is, and offers to be loaded again. */
static void
test_recent (void)
{
  Log             log;
  BackstayWindow *window = open_watching (&log);
  gpointer        view = ui_find (window, "recent_view");

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.show-recent", NULL));
  ui_wait_until_ready (window);
  make_live ("flux", "made elsewhere");
  look (window);
  ui_wait_until (ui_shows (view, "Something was changed since this list was loaded."));
  g_assert_false (ui_shows (view, "made elsewhere"));

  ui_click (ui_find_button (view, "Load Again"));
  ui_wait_until (ui_shows (view, "made elsewhere"));
  g_assert_false (ui_shows (view, "Something was changed"));

  close_and_restore (window, &log);
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/live/follows", test_follows);
  g_test_add_func ("/live/actions", test_actions);
  g_test_add_func ("/live/scrolled", test_scrolled);
  g_test_add_func ("/live/old", test_old);
  g_test_add_func ("/live/alarm", test_alarm);
  g_test_add_func ("/live/own", test_own);
  g_test_add_func ("/live/new-type", test_new_type);
  g_test_add_func ("/live/recent", test_recent);
  g_test_add_func ("/live/dialog", test_dialog);
  g_test_add_func ("/live/diff", test_diff);
  g_test_add_func ("/live/writer", test_writer);
  g_test_add_func ("/live/reconnect", test_reconnect);
  g_test_add_func ("/live/close", test_close);

  return ui_run_tests ();
}

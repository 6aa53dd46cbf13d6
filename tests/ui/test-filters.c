/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-filters"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-filter-bar.h"
#include "backstay-filter-popover.h"
#include "backstay-history-filter.h"
#include "backstay-history-view.h"
#include "backstay-rollback-dialog.h"
#include "backstay-version-row.h"

#include <string.h>

/* The history with filters. */

static gpointer
get_view (BackstayWindow *window)
{
  return ui_find (window, "history_view");
}

static gpointer
get_popover (BackstayWindow *window)
{
  return ui_find (get_view (window), "filter_popover");
}

static gpointer
get_bar (BackstayWindow *window)
{
  return ui_find (get_view (window), "filter_bar");
}

static guint
count_rows (BackstayWindow *window)
{
  return g_list_model_get_n_items (ui_get_model (ui_find (get_view (window), "list_view")));
}

static const char *
get_count (BackstayWindow *window)
{
  return ui_get_label (get_bar (window), "count_label");
}

static guint
count_chips (BackstayWindow *window)
{
  return gtk_widget_get_visible (get_bar (window)) ? ui_count (ui_find (get_bar (window), "chips"), GTK_TYPE_BUTTON) : 0;
}

/* The button that says a filter; %NULL where there is none. */
static GtkWidget *
find_chip (BackstayWindow *window,
           const char     *text)
{
  for (GtkWidget *chip = gtk_widget_get_first_child (ui_find (get_bar (window), "chips"));
       chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    {
      if (ui_shows (chip, text))
        return chip;
    }

  return NULL;
}

static void
open_popover (BackstayWindow *window)
{
  /* Other tests share the screen, and their windows would close it. */
  gtk_popover_set_autohide (get_popover (window), FALSE);
  g_assert_true (gtk_widget_activate_action (get_view (window), "history.filter", NULL));
  ui_wait_until (gtk_widget_get_mapped (get_popover (window)));
}

static void
close_popover (BackstayWindow *window)
{
  gtk_popover_popdown (get_popover (window));
  ui_wait_until (!gtk_widget_get_mapped (get_popover (window)));
}

/* Nothing of one test is left for the next. */
static void
close_window (BackstayWindow *window)
{
  gtk_popover_popdown (GTK_POPOVER (get_popover (window)));
  ui_wait_frames (window, 2);
  gtk_widget_activate_action (get_view (window), "history.clear-filters", NULL);
  ui_wait_until_ready (window);
  ui_close_window (window);
}

static void
test_chips (void)
{
  BackstayWindow  *window = ui_open_sample ();
  guint            n_all = count_rows (window);
  g_autofree char *name = NULL;
  g_autofree char *expected = NULL;

  g_assert_cmpuint (count_chips (window), ==, 0);
  open_popover (window);
  gtk_drop_down_set_selected (ui_find (get_popover (window), "show_drop_down"), BACKSTAY_HISTORY_SHOW_INACTIVE);
  ui_wait_until_ready (window);
  g_assert_cmpuint (count_chips (window), ==, 1);
  g_assert_cmpuint (count_rows (window), ==, n_all - 1);
  expected = g_strdup_printf ("%u versions match", n_all - 1);
  g_assert_cmpstr (get_count (window), ==, expected);

  gtk_drop_down_set_selected (ui_find (get_popover (window), "period_drop_down"), BACKSTAY_HISTORY_PERIOD_WEEK);
  ui_type (ui_find (get_popover (window), "words_entry"), "qwen POD");
  ui_wait_until (count_chips (window) == 3);
  ui_wait_until_ready (window);
  g_assert_cmpuint (count_rows (window), ==, 1);
  g_assert_cmpstr (get_count (window), ==, "1 version matches");
  close_popover (window);

  /* Each chip has a name, and removes itself; the popover says the same. */
  name = ui_dup_name (find_chip (window, "Last 7 days"));
  g_assert_cmpstr (name, ==, "Filter: Last 7 days, remove");
  gtk_widget_grab_focus (find_chip (window, "Last 7 days"));
  ui_click (find_chip (window, "Last 7 days"));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), get_bar (window)));
  ui_wait_until_ready (window);
  g_assert_cmpuint (count_chips (window), ==, 2);
  g_assert_cmpuint (gtk_drop_down_get_selected (ui_find (get_popover (window), "period_drop_down")), ==, 0);
  ui_click (find_chip (window, "“qwen POD”"));
  ui_wait_until_ready (window);
  g_assert_cmpstr (gtk_editable_get_text (ui_find (get_popover (window), "words_entry")), ==, "");
  ui_click (find_chip (window, "Not active"));
  ui_wait_until_ready (window);
  g_assert_cmpuint (count_chips (window), ==, 0);
  g_assert_cmpuint (count_rows (window), ==, n_all);

  close_window (window);
}

/* Who appears can be chosen, with those who have no name. */
static void
test_creators (void)
{
  BackstayWindow *window = ui_open_sample ();
  GtkDropDown    *drop_down;
  GListModel     *creators;
  gboolean        has_unknown = FALSE;

  open_popover (window);
  drop_down = ui_find (get_popover (window), "creator_drop_down");
  ui_wait_until (g_list_model_get_n_items (gtk_drop_down_get_model (drop_down)) > 1);
  creators = gtk_drop_down_get_model (drop_down);

  for (guint i = 0; i < g_list_model_get_n_items (creators); i++)
    {
      const char *label = gtk_string_list_get_string (GTK_STRING_LIST (creators), i);

      has_unknown = has_unknown || g_str_equal (label, "Unknown user");
      if (g_str_equal (label, "No creator recorded"))
        gtk_drop_down_set_selected (drop_down, i);
    }
  g_assert_true (has_unknown);
  ui_wait_until_ready (window);
  g_assert_nonnull (find_chip (window, "No creator recorded"));
  g_assert_cmpstr (get_count (window), ==, "2 versions match");

  close_window (window);
}

static void
test_empty (void)
{
  BackstayWindow *window = ui_open_sample ();
  guint           n_all = count_rows (window);

  open_popover (window);
  ui_type (ui_find (get_popover (window), "words_entry"), "no such word");
  ui_wait_until (g_strcmp0 (ui_get_page (get_view (window), "stack"), "no-match") == 0);
  g_assert_cmpstr (get_count (window), ==, "No version matches");
  close_popover (window);
  ui_click (ui_find (get_view (window), "clear_button"));
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_page (get_view (window), "stack"), ==, "list");
  g_assert_cmpuint (count_rows (window), ==, n_all);

  close_window (window);
}

/* A range counts once its days can be read, and what is wrong is said at the entry. */
static void
test_range (void)
{
  BackstayWindow *window = ui_open_sample ();
  GtkWidget      *first;
  GtkWidget      *last;

  open_popover (window);
  first = ui_find (get_popover (window), "first_day_entry");
  last = ui_find (get_popover (window), "last_day_entry");
  g_assert_false (gtk_widget_get_mapped (first));
  gtk_drop_down_set_selected (ui_find (get_popover (window), "period_drop_down"), BACKSTAY_HISTORY_PERIOD_RANGE);
  ui_wait_until (gtk_widget_get_mapped (first));
  ui_type (first, "2020-01-3");
  g_assert_true (gtk_widget_has_css_class (first, "error"));
  g_assert_cmpuint (count_chips (window), ==, 0);
  ui_type (first, "2020-01-31");
  g_assert_false (gtk_widget_has_css_class (first, "error"));
  g_assert_nonnull (find_chip (window, "Since 2020-01-31"));
  ui_type (last, "2020-01-30");
  g_assert_true (gtk_widget_has_css_class (last, "error"));
  ui_type (last, "2020-02-01");
  g_assert_false (gtk_widget_has_css_class (last, "error"));
  g_assert_nonnull (find_chip (window, "2020-01-31 to 2020-02-01"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (first)), ==, "2020-01-31");

  close_window (window);
}

/* Each model type has filters of its own, also the next time. */
static void
test_persisted (void)
{
  BackstayWindow *window = ui_open_sample ();

  ui_select_type (window, "sdxl");
  open_popover (window);
  gtk_drop_down_set_selected (ui_find (get_popover (window), "show_drop_down"), BACKSTAY_HISTORY_SHOW_CANDIDATES);
  gtk_check_button_set_active (ui_find (get_popover (window), "distinct_button"), TRUE);
  close_popover (window);
  ui_wait_until_ready (window);
  g_assert_cmpuint (count_chips (window), ==, 2);

  ui_select_type (window, "flux");
  g_assert_cmpuint (count_chips (window), ==, 0);
  ui_close_window (window);

  window = ui_open_sample ();
  ui_select_type (window, "flux");
  g_assert_cmpuint (count_chips (window), ==, 0);
  ui_select_type (window, "sdxl");
  g_assert_cmpuint (count_chips (window), ==, 2);
  g_assert_nonnull (find_chip (window, "Rollback candidates"));
  g_assert_nonnull (find_chip (window, "No configuration twice"));
  g_assert_cmpuint (gtk_drop_down_get_selected (ui_find (get_popover (window), "show_drop_down")), ==,
                    BACKSTAY_HISTORY_SHOW_CANDIDATES);
  close_window (window);

  window = ui_open_sample ();
  ui_select_type (window, "sdxl");
  g_assert_cmpuint (count_chips (window), ==, 0);
  ui_close_window (window);
}

/* A filter that hides the live version hides it only in the list, and gives it back. */
static void
test_hidden (void)
{
  BackstayWindow  *window = ui_open_sample ();
  GtkWidget       *live_bar = ui_find (get_view (window), "live_bar");
  g_autofree char *live_id = NULL;

  ui_select_type (window, "sdxl");
  live_id = g_strdup (ui_get_selected_id (window));
  g_assert_nonnull (live_id);
  gtk_widget_activate_action (get_view (window), "history.mark", NULL);

  open_popover (window);
  gtk_drop_down_set_selected (ui_find (get_popover (window), "show_drop_down"), BACKSTAY_HISTORY_SHOW_CANDIDATES);
  close_popover (window);
  ui_wait_until_ready (window);
  g_assert_null (ui_get_selected_id (window));
  g_assert_true (gtk_widget_get_mapped (live_bar));
  g_assert_true (ui_shows (live_bar, "Live: SDXL Production Config v2.2"));
  g_assert_true (ui_shows (ui_find (window, "version_view"), "SDXL Production Config v2.2"));

  /* To go there shows it without its place. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.go-to-live", NULL));
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (ui_find (window, "version_view"), "SDXL Production Config v2.2"));

  /* The marked one is still there to be compared with another one. */
  gtk_widget_activate_action (get_view (window), "history.clear-filters", NULL);
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_selected_id (window), ==, live_id);

  close_window (window);
}

static gboolean
is_focused (BackstayWindow  *window,
            BackstayVersion *version)
{
  GtkWidget *row = backstay_version_row_find (ui_find (get_view (window), "list_view"), version);

  return row != NULL && gtk_window_get_focus (GTK_WINDOW (window)) == gtk_widget_get_parent (row);
}

/* What can be rolled back to is found and rolled back to. The new version is live, so that the filter would
 * hide it. */
static void
test_roll_back (void)
{
  BackstayWindow  *window = ui_open_sample ();
  g_autofree char *id = ui_dup_id ("SDXL Production Config v2.0.5");
  gpointer         dialog;
  BackstayVersion *selected;

  ui_select_type (window, "sdxl");
  open_popover (window);
  gtk_drop_down_set_selected (ui_find (get_popover (window), "show_drop_down"), BACKSTAY_HISTORY_SHOW_CANDIDATES);
  close_popover (window);
  ui_wait_until_ready (window);

  /* What they changed is said here, too, against the one before them. */
  ui_wait_until (g_str_equal (ui_get_label (ui_find_row (ui_find (get_view (window), "list_view"), 1), "changes_label"),
                              "1 changed: enable_qwen true → false"));
  ui_select_version (window, id);
  g_assert_cmpstr (ui_get_selected_id (window), ==, id);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.roll-back", NULL));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_ROLLBACK_DIALOG);
  ui_wait_until_idle (dialog);
  ui_roll_back (dialog, "Reason");
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == NULL);
  ui_wait_until_ready (window);
  ui_wait_until (ui_get_notice (get_bar (window)) != NULL);
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_notice (get_bar (window)), ==, "The filters were taken off, as they hide this version.");
  g_assert_cmpuint (count_rows (window), ==, 93);
  selected = backstay_history_view_get_selected (get_view (window));
  g_assert_true (backstay_version_get_active (selected));
  g_assert_cmpstr (backstay_version_get_name (selected), ==, "SDXL Production Config v2.0.5");
  g_assert_true (is_focused (window, selected));

  /* And on again. */
  ui_click (ui_find_button (get_bar (window), "Filter Again"));
  ui_wait_until_ready (window);
  g_assert_null (ui_get_notice (get_bar (window)));
  g_assert_nonnull (find_chip (window, "Rollback candidates"));
  g_assert_cmpuint (count_rows (window), <, 93);

  close_window (window);
  support_server_restore ();
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/filters/chips", test_chips);
  g_test_add_func ("/filters/creators", test_creators);
  g_test_add_func ("/filters/empty", test_empty);
  g_test_add_func ("/filters/range", test_range);
  g_test_add_func ("/filters/persisted", test_persisted);
  g_test_add_func ("/filters/hidden", test_hidden);
  g_test_add_func ("/filters/roll-back", test_roll_back);

  return ui_run_tests ();
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-audit-view"

#include "config.h"

#include "ui-support.h"

#include "support-guards.h"

#include <string.h>

static void
install (void)
{
  g_autoptr (SupportSql) keeper = support_guards_new_keeper ();

  support_guards_run (keeper, "guards");
}

static BackstayWindow *
open_audit (void)
{
  BackstayWindow *window = ui_open_overview ();

  g_assert_true (ui_press (window, GDK_KEY_3, GDK_CONTROL_MASK));
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_page (window, "pages"), ==, "audit");

  return window;
}

static gpointer
get_view (BackstayWindow *window)
{
  return ui_find (window, "audit_view");
}

static guint
count (BackstayWindow *window)
{
  return g_list_model_get_n_items (ui_get_model (ui_find (get_view (window), "list_view")));
}

static void
test_without_guards (void)
{
  BackstayWindow *window = open_audit ();

  g_assert_true (ui_shows (get_view (window), "There is no audit trail here"));
  g_assert_cmpuint (count (window), >, 100);
  ui_click (ui_find_button (get_view (window), "Database…"));
  ui_wait_until (g_strcmp0 (ui_get_page (window, "pages"), "database") == 0);
  ui_close_window (window);
}

static void
test_filters (void)
{
  BackstayWindow *window;
  guint           n_all;

  install ();
  support_sql_run (support_server_get_sql (),
                   "UPDATE model_config_history SET notes = 'x' WHERE model_type = 'flux'");
  window = open_audit ();
  n_all = count (window);
  g_assert_cmpuint (n_all, >, 34);
  g_assert_false (ui_shows (get_view (window), "There is no audit trail here"));

  /* Notes edited, then in the last day, then by somebody who did nothing. */
  gtk_drop_down_set_selected (ui_find (get_view (window), "what_drop_down"), 3);
  ui_wait_until_ready (window);
  g_assert_cmpuint (count (window), ==, 34);
  gtk_drop_down_set_selected (ui_find (get_view (window), "age_drop_down"), 1);
  ui_wait_until_ready (window);
  g_assert_cmpuint (count (window), ==, 34);
  ui_type (ui_find (get_view (window), "who_entry"), "mallory");
  ui_wait_until (count (window) == 0 && !backstay_window_get_busy (window));
  g_assert_true (ui_shows (get_view (window), "Nothing of the Kind"));
  ui_close_window (window);
  support_guards_restore ();
}

static void
test_version (void)
{
  BackstayWindow *window;

  install ();
  window = ui_open_sample ();
  ui_wait_until_ready (window);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-audit-of-version", NULL);
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_page (window, "pages"), ==, "audit");
  g_assert_true (g_str_has_prefix (ui_get_label (get_view (window), "turns_label"), "Live 1 time:"));
  g_assert_cmpuint (count (window), ==, 2);

  ui_click (ui_find (get_view (window), "version_button"));
  ui_wait_until_ready (window);
  g_assert_cmpuint (count (window), >, 2);
  g_assert_false (gtk_widget_get_visible (ui_find (get_view (window), "version_button")));
  ui_close_window (window);
  support_guards_restore ();
}

static void
test_open_version (void)
{
  BackstayWindow *window = open_audit ();
  GtkWidget      *list_view = ui_find (get_view (window), "list_view");

  g_signal_emit_by_name (list_view, "activate", 0);
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_page (window, "pages"), ==, "type");
  g_assert_nonnull (ui_get_selected_id (window));
  ui_close_window (window);
}

int
main (int    argc,
      char **argv)
{
  ui_init (&argc, &argv);

  g_test_add_func ("/audit-view/without-guards", test_without_guards);
  g_test_add_func ("/audit-view/filters", test_filters);
  g_test_add_func ("/audit-view/version", test_version);
  g_test_add_func ("/audit-view/open-version", test_open_version);

  return ui_run_tests ();
}

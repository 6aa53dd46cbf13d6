/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-states"

#include "config.h"

#include "ui-support.h"

#include <adwaita.h>

/* What pages say while there is nothing to show on them, and where the focus is then. */

static void
show_page (BackstayWindow *window,
           const char     *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), action, NULL));
  ui_wait_until_ready (window);
}

static void
terminate_others (void)
{
  support_sql_run (support_server_get_sql (),
                   "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                   " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
}

static void
test_empty_table (void)
{
  BackstayWindow *window;

  support_sql_run (support_server_get_sql (), "TRUNCATE model_config_history");
  window = ui_open_overview ();

  g_assert_true (ui_shows (ui_find (window, "overview"), "Nothing Is Live"));
  g_assert_true (gtk_widget_is_sensitive (ui_find_button (ui_find (window, "overview"), "New Version…")));

  show_page (window, "win.show-audit");
  g_assert_true (ui_shows (ui_find (window, "audit_view"), "Nothing Yet"));

  ui_close_window (window);
  support_server_restore ();
}

/* Who asks for the page that is shown stays where he is on it. */
static void
test_focus_stays (void)
{
  static const char *const actions[] = { "win.show-integrity", "win.show-database", "win.show-audit", "win.show-recent" };
  BackstayWindow          *window = ui_open_overview ();

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GtkWidget *focus;

      show_page (window, actions[i]);
      show_page (window, actions[i]);
      focus = gtk_window_get_focus (GTK_WINDOW (window));
      show_page (window, actions[i]);
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == focus);
    }

  show_page (window, "win.show-database");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)),
                                         gtk_widget_get_first_child (ui_find_type (ui_find (window, "database_view"),
                                                                                   GTK_TYPE_LIST_BOX))));
  ui_close_window (window);
}

/* However many rows there are. */
static void
test_tab_leaves (void)
{
  BackstayWindow *window = ui_open_sample ();
  GtkWidget      *list_view = ui_find (ui_find (window, "history_view"), "list_view");

  gtk_widget_grab_focus (list_view);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), list_view));
  g_assert_true (ui_press (window, GDK_KEY_Tab, 0));
  g_assert_false (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), list_view));

  gtk_widget_grab_focus (list_view);
  g_assert_true (ui_press (window, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK));
  g_assert_false (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), list_view));
  ui_close_window (window);
}

/* On a narrow window the sidebar, which says it elsewhere, is out of sight. */
static void
test_lost_narrow (void)
{
  BackstayWindow *window = ui_open_window (support_server_get_config (), SUPPORT_ALICE, FALSE);
  GtkWidget      *notice;

  ui_wait_until_ready (window);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 700);
  ui_wait_until (adw_leaflet_get_folded (ui_find (window, "outer_leaflet")));
  show_page (window, "win.show-overview");

  notice = ui_find (window, "lost_notice");
  g_assert_false (gtk_widget_get_visible (notice));
  terminate_others ();
  ui_wait_until (gtk_widget_get_visible (notice));
  g_assert_true (ui_shows (notice, "The connection was lost. What you see may be out of date."));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.back", NULL));
  ui_wait_until (!gtk_widget_get_visible (notice));

  show_page (window, "win.show-overview");
  if (gtk_widget_get_visible (notice))
    ui_click (ui_find_button (notice, "Reconnect"));
  ui_wait_until (!gtk_widget_get_visible (notice));
  ui_close_window (window);
}

int
main (int    argc,
      char **argv)
{
  ui_init (&argc, &argv);

  g_test_add_func ("/states/empty-table", test_empty_table);
  g_test_add_func ("/states/focus-stays", test_focus_stays);
  g_test_add_func ("/states/tab-leaves", test_tab_leaves);
  g_test_add_func ("/states/lost-narrow", test_lost_narrow);

  return ui_run_tests ();
}

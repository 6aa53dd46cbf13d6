/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-access"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-access-dialog.h"
#include "backstay-identity-dialog.h"
#include "backstay-notice.h"
#include "backstay-rollback-dialog.h"
#include "backstay-server-bar.h"

#include <string.h>

/* Servers and logins that are not as data/sql/schema.sql makes them, in the window. */

static gpointer
open_access (BackstayWindow *window)
{
  g_assert_true (ui_press (window, GDK_KEY_i, GDK_CONTROL_MASK | GDK_SHIFT_MASK));

  return ui_wait_for_window (BACKSTAY_TYPE_ACCESS_DIALOG);
}

static void
test_admin (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog = open_access (window);

  g_assert_true (ui_shows (dialog, "Yes: has_role() says so."));
  g_assert_true (ui_shows (dialog, "You are signed in as alice"));
  g_assert_true (ui_press (dialog, GDK_KEY_Escape, 0));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_ACCESS_DIALOG) == NULL);

  ui_close_window (window);
}

static void
test_not_admin (void)
{
  BackstayWindow *window = ui_open_window (support_server_get_config (), SUPPORT_DAVE, TRUE);
  gpointer        dialog;

  ui_wait_until (g_str_equal (ui_get_page (ui_find (window, "start_view"), "stack"), "refused"));
  ui_click (ui_find_button (window, "Show Why…"));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_ACCESS_DIALOG);
  g_assert_true (ui_shows (dialog, "No: has_role() says so"));
  ui_click (ui_find (dialog, "sign_in_button"));
  ui_wait_for_window (BACKSTAY_TYPE_IDENTITY_DIALOG);
  g_assert_null (ui_find_window (BACKSTAY_TYPE_ACCESS_DIALOG));

  ui_close_window (window);
}

static gpointer
open_lone_database (BackstayWindow *window)
{
  gpointer view = ui_find (window, "lone_database_view");

  ui_wait_until (g_str_equal (ui_get_page (ui_find (window, "start_view"), "stack"), "refused"));
  ui_click (ui_find_button (window, "Check the Database"));
  g_assert_cmpstr (ui_get_page (window, "stack"), ==, "database");
  ui_wait_until (!backstay_window_get_busy (window));

  return view;
}

/* What is wrong may be around the table, and whoever may not see the table can see that. */
static void
test_not_admin_database (void)
{
  BackstayWindow *window = ui_open_window (support_server_get_config (), SUPPORT_DAVE, TRUE);
  gpointer        view = open_lone_database (window);

  g_assert_true (ui_shows (view, "Row-level security"));
  g_assert_true (ui_press (window, GDK_KEY_F5, 0));
  g_assert_true (backstay_window_get_busy (window));
  ui_wait_until (!backstay_window_get_busy (window));
  g_assert_true (ui_shows (view, "Row-level security"));

  g_assert_true (ui_press (window, GDK_KEY_Left, GDK_ALT_MASK));
  g_assert_cmpstr (ui_get_page (window, "stack"), ==, "start");
  g_assert_cmpstr (ui_get_page (ui_find (window, "start_view"), "stack"), ==, "refused");

  /* By its key, too; and one can leave while it is on its way. */
  g_assert_true (ui_press (window, GDK_KEY_5, GDK_CONTROL_MASK));
  g_assert_true (backstay_window_get_busy (window));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.disconnect", NULL));
  g_assert_false (backstay_window_get_busy (window));
  g_assert_cmpstr (ui_get_page (ui_find (window, "start_view"), "stack"), ==, "connect");

  ui_close_window (window);
}

static void
test_no_table (void)
{
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for ("backstay", "template1");
  BackstayWindow *window = ui_open_window (config, NULL, FALSE);
  gpointer        view = open_lone_database (window);

  g_assert_true (ui_shows (window, "The table"));
  g_assert_true (ui_shows (view, "Missing"));

  ui_close_window (window);
}

/* Nothing but the table: one can browse, roll back and undo, and is told what is missing. */
static void
test_bare_table (void)
{
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for ("backstay", "bare");
  BackstayWindow *window;
  gpointer        dialog;

  support_sql_run (support_server_get_sql (), "CREATE DATABASE bare TEMPLATE template0");
  {
    g_autoptr (SupportSql) sql = support_sql_new (config);

    support_sql_run (sql, "CREATE TABLE model_config_history ("
                          "  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), model_type varchar(20) NOT NULL,"
                          "  config_name varchar(100) NOT NULL, config_data jsonb NOT NULL,"
                          "  is_active boolean DEFAULT false, created_by uuid, created_at timestamptz DEFAULT now(),"
                          "  notes text);"
                          "INSERT INTO model_config_history (id, model_type, config_name, config_data, is_active, created_at)"
                          " VALUES ('00000000-0000-4000-8000-000000000001', 'sdxl', 'old one', '{\"a\": 1.10}', false, now() - interval '1 day'),"
                          "        ('00000000-0000-4000-8000-000000000002', 'sdxl', 'new one', '{\"a\": 2}', true, now() - interval '1 hour')");
  }

  window = ui_open_window (config, NULL, FALSE);
  ui_wait_until_ready (window);
  g_assert_null (ui_find_window (BACKSTAY_TYPE_IDENTITY_DIALOG));
  g_assert_true (ui_shows (ui_find (window, "overview"), "new one"));
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "Row security is off"));

  /* The banner's button says what to do. */
  g_signal_emit_by_name (ui_find (ui_find (window, "sidebar"), "notice"), "button-clicked");
  dialog = ui_wait_for_window (BACKSTAY_TYPE_ACCESS_DIALOG);
  g_assert_true (ui_shows (dialog, "This server has no profiles"));
  g_assert_true (ui_shows (dialog, "ENABLE ROW LEVEL SECURITY"));
  g_assert_false (gtk_widget_get_visible (ui_find (dialog, "sign_in_button")));
  ui_close_window (dialog);

  ui_select_type (window, "sdxl");
  ui_select_version (window, "00000000-0000-4000-8000-000000000001");
  g_assert_true (ui_press (window, GDK_KEY_r, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_ROLLBACK_DIALOG);
  ui_wait_until_idle (dialog);
  ui_roll_back (dialog, "Because");
  ui_wait_until (ui_shows (window, "sdxl was rolled back"));
  ui_wait_until_ready (window);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL));
  ui_wait_until (ui_shows (window, "The rollback of sdxl was undone"));
  ui_wait_until_ready (window);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.show-recent", NULL));
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (ui_find (window, "recent_view"), "old one"));

  ui_close_window (window);
}

/* A service's login: no policy binds it, which stays in sight, and it is recorded as who one chooses. */
static void
test_service_login (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for ("service_login", "backstay");
  BackstayWindow *window;
  gpointer        dialog;

  support_sql_run (sql, "CREATE ROLE service_login LOGIN BYPASSRLS;"
                        "GRANT SELECT, INSERT, UPDATE ON model_config_history TO service_login;"
                        "GRANT SELECT ON profiles TO service_login");
  window = ui_open_window (config, NULL, FALSE);
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "the server's policies do not bind it"));
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "recorded as no profile"));

  g_assert_true (ui_press (window, GDK_KEY_i, GDK_CONTROL_MASK));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_IDENTITY_DIALOG);
  ui_wait_until (ui_shows (dialog, "bob"));
  g_assert_true (ui_shows (dialog, "Recorded only: what you may do, the login decides"));
  ui_type (ui_find (dialog, "search_entry"), "bob");
  ui_wait_until (!ui_shows (dialog, "alice"));
  gtk_widget_grab_focus (ui_find (dialog, "search_entry"));
  g_assert_true (ui_press (dialog, GDK_KEY_Return, 0));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_IDENTITY_DIALOG) == NULL);
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "bob · Bypasses row security"));
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "recorded as bob"));

  dialog = open_access (window);
  g_assert_true (ui_shows (dialog, "which cannot take the role authenticated"));
  ui_close_window (dialog);
  ui_close_window (window);

  /* It is remembered. */
  window = ui_open_window (config, NULL, FALSE);
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "bob · Bypasses row security"));
  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/access/admin", test_admin);
  g_test_add_func ("/access/not-admin", test_not_admin);
  g_test_add_func ("/access/not-admin-database", test_not_admin_database);
  g_test_add_func ("/access/no-table", test_no_table);
  g_test_add_func ("/access/bare-table", test_bare_table);
  g_test_add_func ("/access/service-login", test_service_login);

  return ui_run_tests ();
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-lost"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-local-server.h"
#include "backstay-notice.h"
#include "backstay-rollback-dialog.h"
#include "support-wait.h"

#define LOST "The connection was lost. What you see may be out of date."

static void
allow_connections (gboolean allowed)
{
  support_sql_run (support_server_get_sql (),
                   "UPDATE pg_database SET datallowconn = %s WHERE datname = current_database()",
                   allowed ? "true" : "false");
}

/* The server lives on, and for the time being lets nobody in. */
static void
lock_out (void)
{
  allow_connections (FALSE);
  support_sql_terminate (support_server_get_sql (), "backend_type = 'client backend'");
}

/* A window on the server, as if it were not the sample's. */
static BackstayWindow *
open_server (void)
{
  BackstayWindow *window = ui_open_window (support_server_get_config (), SUPPORT_ALICE, FALSE);

  /* What the watcher's first look gives reason to load is loaded then, too. */
  ui_wait_until_ready (window);
  ui_wait_until (backstay_watcher_get_watching (backstay_window_get_watcher (window)));
  ui_wait_until_ready (window);
  ui_select_newest_type (window);

  return window;
}

static void
wait_for_notice (BackstayWindow *window,
                 const char     *text)
{
  ui_wait_until (g_strcmp0 (ui_get_notice (ui_find (window, "sidebar")), text) == 0);
}

/* What one sees stays, with a word about it, until the server is back. */
static void
test_terminated (void)
{
  BackstayWindow *window = open_server ();

  g_assert_null (ui_get_notice (ui_find (window, "sidebar")));
  lock_out ();
  wait_for_notice (window, LOST);
  g_assert_cmpstr (ui_get_page (window, "stack"), ==, "content");
  g_assert_cmpstr (ui_get_label (ui_find (window, "version_view"), "name_label"), ==, UI_LIVE);

  ui_click (ui_find_button (window, "Reconnect"));
  ui_wait_until (ui_shows (window, "No connection to "));
  ui_wait_until_ready (window);
  wait_for_notice (window, LOST);

  allow_connections (TRUE);
  ui_click (ui_find_button (window, "Reconnect"));
  wait_for_notice (window, NULL);
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_label (ui_find (window, "version_view"), "name_label"), ==, UI_LIVE);

  ui_close_window (window);
}

/* Who does nothing is connected again, and sees what has happened meanwhile. */
static void
test_comes_back (void)
{
  BackstayWindow *window = open_server ();
  GListModel     *types = ui_get_model (ui_find (ui_find (window, "sidebar"), "list_view"));
  guint           n_types = g_list_model_get_n_items (types);

  lock_out ();
  wait_for_notice (window, LOST);
  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data)"
                   " VALUES ('meanwhile', 'new', '{}')");
  allow_connections (TRUE);

  wait_for_notice (window, NULL);
  ui_wait_until (g_list_model_get_n_items (types) == n_types + 1);
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_label (ui_find (window, "version_view"), "name_label"), ==, UI_LIVE);

  ui_close_window (window);
  support_server_restore ();
}

/* So is who goes on. */
static void
test_goes_on (void)
{
  BackstayWindow  *window = open_server ();
  GtkWidget       *version_view = ui_find (window, "version_view");
  g_autofree char *good_id = ui_dup_id (UI_GOOD);

  lock_out ();
  wait_for_notice (window, LOST);
  ui_select_version (window, good_id);
  g_assert_cmpstr (ui_get_page (version_view, "stack"), ==, "failed");
  g_assert_true (ui_shows (version_view, "No connection to "));

  allow_connections (TRUE);
  ui_click (ui_find_button (version_view, "Try Again"));
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_page (version_view, "stack"), ==, "version");
  g_assert_cmpstr (ui_get_label (version_view, "name_label"), ==, UI_GOOD);
  wait_for_notice (window, NULL);

  ui_close_window (window);
}

/* An older copy of the database answers. That is said over everything else, and read out, until one says that
 * one goes on with it. */
static void
test_other_server (void)
{
  const BackstayDbLook other = { .system_identifier = "1", .timeline = 1 };
  BackstayDbLineage   *lineage = backstay_db_config_get_lineage (support_server_get_config ());
  BackstayWindow      *window = open_server ();
  GtkWidget           *notice = ui_find (window, "server_notice");

  g_assert_null (backstay_notice_get_text (BACKSTAY_NOTICE (notice)));
  g_assert_cmpint (backstay_db_lineage_take (lineage, &other), ==, BACKSTAY_DB_DOUBT_OTHER);
  ui_wait_until (backstay_notice_get_text (BACKSTAY_NOTICE (notice)) != NULL);
  g_assert_true (g_str_has_prefix (backstay_notice_get_text (BACKSTAY_NOTICE (notice)),
                                   "Another database server answers now"));
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (notice)), ==, GTK_ACCESSIBLE_ROLE_ALERT);

  ui_click (ui_find_button (window, "Go On Here"));
  ui_wait_until (backstay_notice_get_text (BACKSTAY_NOTICE (notice)) == NULL);
  ui_wait_until_ready (window);
  g_assert_cmpint (backstay_db_lineage_get_doubt (lineage), ==, BACKSTAY_DB_DOUBT_NONE);

  /* Whoever leaves the server leaves what is to be said of it. */
  g_assert_cmpint (backstay_db_lineage_take (lineage, &other), ==, BACKSTAY_DB_DOUBT_OTHER);
  ui_wait_until (backstay_notice_get_text (BACKSTAY_NOTICE (notice)) != NULL);
  backstay_window_show_connect (window);
  g_assert_null (backstay_notice_get_text (BACKSTAY_NOTICE (notice)));

  ui_close_window (window);
  backstay_db_lineage_accept (lineage);
}

/* A server that ends */

static void
add_script (BackstayLocalServer *server,
            const char          *name)
{
  g_autofree char *path = g_strdup_printf (BACKSTAY_RESOURCE_PATH "/sql/%s.sql", name);
  g_autoptr (GBytes) script = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  backstay_local_server_add_script (server, name, script);
}

static BackstayDbConfig *
start (BackstayLocalServer *server)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BackstayDbConfig *config;

  add_script (server, "schema");
  add_script (server, "sample");
  backstay_local_server_start_async (server, NULL, support_keep_result_cb, &result);
  config = backstay_local_server_start_finish (server, support_wait_for_result (&result), &error);
  g_assert_no_error (error);

  return config;
}

static void
stop (BackstayLocalServer *server)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  backstay_local_server_stop_async (server, NULL, support_keep_result_cb, &result);
  backstay_local_server_stop_finish (server, support_wait_for_result (&result), &error);
  g_assert_no_error (error);
}

static void
sample_requested_cb (BackstayWindow *window,
                     guint          *n_requests)
{
  (*n_requests)++;
}

/* The sample's server is not the window's to start. */
static void
test_sample_ends (void)
{
  BackstayLocalServer *server = backstay_local_server_new_throw_away ();
  g_autoptr (BackstayDbConfig) config = start (server);
  g_autoptr (BackstayIdentity) alice = backstay_identity_new (SUPPORT_ALICE, NULL);
  BackstayWindow *window = ui_open_window (config, SUPPORT_ALICE, TRUE);
  guint           n_requests = 0;

  g_signal_connect (window, "sample-requested", G_CALLBACK (sample_requested_cb), &n_requests);
  ui_wait_until_ready (window);
  g_assert_true (ui_press (window, GDK_KEY_F5, 0));
  ui_wait_until_ready (window);
  stop (server);

  wait_for_notice (window, LOST);
  g_assert_cmpuint (n_requests, ==, 0);
  ui_click (ui_find_button (window, "Reconnect"));
  ui_wait_until (n_requests == 1);

  /* It is started again, and may be somewhere else. */
  backstay_window_show_progress (window, "Starting PostgreSQL…");
  backstay_window_open (window, support_server_get_config (), alice, TRUE);
  ui_wait_until_ready (window);
  wait_for_notice (window, NULL);

  ui_close_window (window);
  g_assert_finalize_object (server);
}

static void
test_server_ends (void)
{
  BackstayLocalServer *server = backstay_local_server_new_throw_away ();
  g_autoptr (BackstayDbConfig) config = start (server);
  BackstayWindow *window = ui_open_window (config, SUPPORT_ALICE, FALSE);
  GtkWidget      *version_view = ui_find (window, "version_view");
  gpointer        dialog;

  ui_wait_until_ready (window);
  ui_select_newest_type (window);
  dialog = ui_open_rollback (window, UI_GOOD);
  stop (server);

  /* The connection is gone, and the next one cannot be made. */
  ui_roll_back (dialog, "Reason");
  ui_wait_until_idle (dialog);
  g_assert_true (g_str_has_prefix (ui_get_notice (dialog), "Nothing was changed. "));
  ui_click (ui_find (dialog, "roll_back_button"));
  ui_wait_until_idle (dialog);
  g_assert_true (g_str_has_prefix (ui_get_notice (dialog), "Nothing was changed. No connection to "));
  g_assert_true (ui_press (dialog, GDK_KEY_Escape, 0));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == NULL);

  wait_for_notice (window, LOST);
  ui_click (ui_find_button (window, "Reconnect"));
  ui_wait_until (ui_shows (window, "No connection to "));
  ui_wait_until_ready (window);
  wait_for_notice (window, LOST);

  /* What was loaded is still there; what was not is said to be missing. */
  g_assert_cmpstr (ui_get_label (version_view, "name_label"), ==, UI_GOOD);
  g_assert_true (gtk_widget_activate_action (ui_find (ui_find (window, "history_view"), "list_view"),
                                             "list.select-item", "(ubb)", 2, FALSE, FALSE));
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_page (version_view, "stack"), ==, "failed");
  g_assert_true (ui_shows (version_view, "No connection to "));

  g_assert_true (gtk_widget_activate_action (ui_find (ui_find (window, "sidebar"), "list_view"),
                                             "list.select-item", "(ubb)", 0, FALSE, FALSE));
  ui_wait_until_ready (window);
  g_assert_true (g_str_has_prefix (ui_get_notice (ui_find (window, "history_view")), "No connection to "));
  ui_click (ui_find_button (ui_find (window, "history_view"), "Try Again"));
  ui_wait_until_ready (window);
  g_assert_true (g_str_has_prefix (ui_get_notice (ui_find (window, "history_view")), "No connection to "));

  ui_close_window (window);
  g_assert_finalize_object (server);
}

/* Windows that are closed in the middle of something */

static void
test_close_at_once (void)
{
  for (guint i = 0; i < 20; i++)
    {
      BackstayWindow *window = ui_open_window (support_server_get_config (), SUPPORT_ALICE, TRUE);

      /* A little further each time. */
      for (guint step = 0; step < i; step++)
        g_main_context_iteration (NULL, TRUE);

      ui_close_window (window);
    }
}

static void
test_close_while_loading (void)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  BackstayWindow *window = ui_open_sample ();

  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history");
  g_assert_true (ui_press (window, GDK_KEY_F5, 0));
  g_assert_true (gtk_widget_activate_action (ui_find (ui_find (window, "history_view"), "list_view"),
                                             "list.select-item", "(ubb)", 5, FALSE, FALSE));
  support_sql_wait (support_server_get_sql (), "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)");
  g_assert_true (backstay_window_get_busy (window));

  ui_close_window (window);
  support_sql_run (other, "COMMIT");
}

/* What threads make of a large configuration comes to nobody. */
static void
test_close_while_reading (void)
{
  for (guint i = 0; i < 5; i++)
    {
      BackstayWindow  *window = ui_open_sample ();
      GtkWidget       *version_view = ui_find (window, "version_view");
      g_autofree char *id = ui_dup_id ("Prompt Library spring");

      ui_select_type (window, "prompt-library");

      if (i % 2 == 0)
        adw_view_stack_set_visible_child_name (ui_find (version_view, "view_stack"), "text");
      g_assert_true (ui_press (window, GDK_KEY_f, GDK_CONTROL_MASK));
      ui_wait_until (gtk_widget_get_mapped (ui_find (version_view, "search_entry")));
      ui_type (ui_find (version_view, "search_entry"), "a");
      g_signal_emit_by_name (ui_find (version_view, "search_entry"), "search-changed");

      if (i > 2)
        g_assert_true (gtk_widget_activate_action (ui_find (ui_find (window, "history_view"), "list_view"),
                                                   "list.select-item", "(ubb)", 1, FALSE, FALSE));

      for (guint step = 0; step < i; step++)
        g_main_context_iteration (NULL, TRUE);

      ui_close_window (window);
    }

  support_run_pending ();
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/lost/terminated", test_terminated);
  g_test_add_func ("/lost/comes-back", test_comes_back);
  g_test_add_func ("/lost/goes-on", test_goes_on);
  g_test_add_func ("/lost/other-server", test_other_server);
  g_test_add_func ("/lost/server-ends", test_server_ends);
  g_test_add_func ("/lost/sample-ends", test_sample_ends);
  g_test_add_func ("/lost/close-at-once", test_close_at_once);
  g_test_add_func ("/lost/close-while-loading", test_close_while_loading);
  g_test_add_func ("/lost/close-while-reading", test_close_while_reading);

  return ui_run_tests ();
}

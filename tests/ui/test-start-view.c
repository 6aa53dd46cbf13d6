/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-start-view"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-identity-dialog.h"
#include "backstay-notice.h"
#include "support-black-hole.h"

#include <string.h>

static BackstayWindow *
open_connect (void)
{
  BackstayWindow *window = ui_new_window ();

  backstay_window_show_connect (window);
  ui_wait_until (gtk_widget_get_mapped (ui_find (window, "uri_row")));

  return window;
}

static const char *
get_page (BackstayWindow *window)
{
  return ui_get_page (ui_find (window, "start_view"), "stack");
}

static void
wait_for_page (BackstayWindow *window,
               const char     *page)
{
  ui_wait_until (g_str_equal (get_page (window), page));
  ui_wait_frames (window, 1);
}

/* A URI for the tests' server, as its superuser. */
static char *
dup_uri (void)
{
  BackstayDbConfig  *config = support_server_get_config ();
  const char *const *keywords = backstay_db_config_get_keywords (config);
  const char *const *values = backstay_db_config_get_values (config);
  const char        *user = NULL;
  const char        *database = NULL;
  g_autofree char   *host = g_uri_escape_string (support_server_get_directory (), NULL, FALSE);

  for (guint i = 0; keywords[i] != NULL; i++)
    {
      if (g_str_equal (keywords[i], "user"))
        user = values[i];
      else if (g_str_equal (keywords[i], "dbname"))
        database = values[i];
    }

  return g_strdup_printf ("postgresql://%s@%s/%s", user, host, database);
}

static void
test_needs_uri (void)
{
  BackstayWindow *window = open_connect ();
  GtkWidget      *button = ui_find_button (window, "Connect");

  g_assert_cmpstr (get_page (window), ==, "connect");
  g_assert_false (gtk_widget_is_sensitive (button));
  ui_type (ui_find (window, "uri_row"), "p");
  g_assert_true (gtk_widget_is_sensitive (button));
  ui_type (ui_find (window, "uri_row"), "");
  g_assert_false (gtk_widget_is_sensitive (button));

  ui_close_window (window);
}

/* What is wrong is said where it is, and never what was secret. */
static void
test_invalid_uri (void)
{
  static const char *const uris[] = {
    "nonsense secret",
    "https://me:secret@example.org/",
    "postgresql://me:secret@host:notaport/db",
    "postgresql://me:se@secret@host/db",
    "postgresql://me:secret@host/db?nosuchoption=secret",
    "postgresql://me:secret%zz@host/db",
    "password=secret host='",
  };
  BackstayWindow *window = open_connect ();
  BackstayNotice *notice = ui_find (window, "uri_notice");

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      ui_type (ui_find (window, "uri_row"), uris[i]);
      g_assert_null (backstay_notice_get_text (notice));
      ui_click (ui_find_button (window, "Connect"));
      g_assert_cmpstr (get_page (window), ==, "connect");
      g_assert_nonnull (backstay_notice_get_text (notice));
      g_assert_null (strstr (backstay_notice_get_text (notice), "secret"));
    }

  ui_close_window (window);
}

static void
test_nowhere (void)
{
  BackstayWindow *window = open_connect ();

  ui_type (ui_find (window, "uri_row"), "postgresql://me:secret@%2Fno%2Fsuch%2Ffolder/db");
  gtk_widget_grab_focus (ui_find (window, "uri_row"));
  g_assert_true (ui_press (window, GDK_KEY_Return, 0));
  g_assert_cmpstr (get_page (window), ==, "loading");
  g_assert_true (backstay_window_get_busy (window));

  wait_for_page (window, "failed");
  g_assert_false (backstay_window_get_busy (window));
  g_assert_false (backstay_window_get_ready (window));
  g_assert_true (ui_shows (window, "No Connection"));
  g_assert_true (ui_shows (window, "No connection to db on this computer: "));
  g_assert_false (ui_shows (window, "secret"));

  ui_click (ui_find_button (window, "Try Again"));
  g_assert_cmpstr (get_page (window), ==, "loading");
  wait_for_page (window, "failed");

  /* What was typed is still there to be corrected. */
  ui_click (ui_find_button (window, "Connect to Another Server"));
  wait_for_page (window, "connect");
  g_assert_true (g_str_has_prefix (gtk_editable_get_text (ui_find (window, "uri_row")), "postgresql://me"));

  ui_close_window (window);
}

/* Nobody listens on that port. */
static void
test_refused_connection (void)
{
  g_autoptr (SupportBlackHole) hole = support_black_hole_new ();
  g_autoptr (BackstayDbConfig) config = support_black_hole_dup_config (hole);
  BackstayWindow *window;

  support_black_hole_close (hole);
  window = ui_open_window (config, NULL, FALSE);
  wait_for_page (window, "failed");
  g_assert_true (ui_shows (window, "No connection to nothing on 127.0.0.1: "));

  ui_close_window (window);
}

/* Something takes the connection and never answers: one need not wait for that. */
static void
test_cancel (void)
{
  g_autoptr (SupportBlackHole) hole = support_black_hole_new ();
  g_autoptr (BackstayDbConfig) config = support_black_hole_dup_config (hole);
  BackstayWindow *window = ui_open_window (config, NULL, FALSE);

  g_assert_true (ui_shows (window, "Connecting to nothing on 127.0.0.1…"));
  ui_wait_frames (window, 20);
  g_assert_cmpstr (get_page (window), ==, "loading");

  ui_click (ui_find_button (window, "Cancel"));
  g_assert_cmpstr (get_page (window), ==, "connect");
  g_assert_false (backstay_window_get_busy (window));
  ui_wait_frames (window, 20);
  g_assert_cmpstr (get_page (window), ==, "connect");

  /* Nor is it in the way of what comes next. */
  backstay_window_open (window, support_server_get_config (), NULL, TRUE);
  ui_wait_until_ready (window);

  ui_close_window (window);
}

static void
test_close_while_connecting (void)
{
  g_autoptr (SupportBlackHole) hole = support_black_hole_new ();
  g_autoptr (BackstayDbConfig) config = support_black_hole_dup_config (hole);
  BackstayWindow *window = ui_open_window (config, NULL, FALSE);

  ui_wait_frames (window, 5);
  ui_close_window (window);
}

static void
sample_requested_cb (BackstayWindow *window,
                     guint          *n_requests)
{
  (*n_requests)++;
}

static void
test_sample (void)
{
  BackstayWindow *window = open_connect ();
  g_autoptr (BackstayIdentity) alice = backstay_identity_new (SUPPORT_ALICE, NULL);
  guint n_requests = 0;

  g_signal_connect (window, "sample-requested", G_CALLBACK (sample_requested_cb), &n_requests);
  ui_click (ui_find_button (window, "Try It With Sample Data"));
  g_assert_cmpuint (n_requests, ==, 1);

  /* What whoever owns the sample's server does then. */
  backstay_window_show_progress (window, "Creating the local database…");
  ui_wait_frames (window, 1);
  g_assert_true (ui_shows (window, "Creating the local database…"));
  backstay_window_show_failure (window, "The Sample Data Cannot Be Shown", "The disk is full & <b>more</b>.");
  ui_wait_frames (window, 1);
  g_assert_true (ui_shows (window, "The Sample Data Cannot Be Shown"));
  g_assert_true (ui_shows (window, "The disk is full & <b>more</b>."));

  ui_click (ui_find_button (window, "Try Again"));
  g_assert_cmpuint (n_requests, ==, 2);
  backstay_window_show_progress (window, "Starting PostgreSQL…");
  backstay_window_open (window, support_server_get_config (), alice, TRUE);
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (ui_find (window, "overview"), UI_LIVE));

  /* And away from it again. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.disconnect", NULL));
  wait_for_page (window, "connect");
  g_assert_cmpstr (ui_get_page (window, "stack"), ==, "start");
  g_assert_false (backstay_window_get_ready (window));

  ui_close_window (window);
}

/* Who comes with a login of the database's alone says who they are, once. */
static void
test_connect (void)
{
  BackstayWindow  *window = open_connect ();
  gpointer         dialog;
  g_autofree char *uri = dup_uri ();

  ui_type (ui_find (window, "uri_row"), uri);
  ui_click (ui_find_button (window, "Connect"));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_IDENTITY_DIALOG);
  ui_wait_until (ui_shows (dialog, "alice"));
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "bypasses row security"));

  ui_type (ui_find (dialog, "search_entry"), "alice");
  ui_wait_until (!ui_shows (dialog, "bob"));
  gtk_widget_grab_focus (ui_find (dialog, "search_entry"));
  g_assert_true (ui_press (dialog, GDK_KEY_Return, 0));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_IDENTITY_DIALOG) == NULL);
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "alice · Admin"));
  ui_close_window (window);

  /* It is remembered. */
  window = open_connect ();
  ui_type (ui_find (window, "uri_row"), uri);
  ui_click (ui_find_button (window, "Connect"));
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "alice · Admin"));
  g_assert_null (ui_find_window (BACKSTAY_TYPE_IDENTITY_DIALOG));
  ui_close_window (window);
}

static void
test_no_table (void)
{
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autofree char *user = support_sql_query (support_server_get_sql (), "SELECT current_user");
  BackstayWindow  *window;

  config = support_server_dup_config_for (user, "template1");
  window = ui_open_window (config, SUPPORT_ALICE, FALSE);
  wait_for_page (window, "refused");
  g_assert_true (ui_shows (window, "The database template1 has no table model_config_history"));
  g_assert_true (ui_shows (window, "The Table Is Not Here"));

  /* Nobody else would see it. */
  g_assert_false (gtk_widget_get_visible (ui_find (window, "sign_in_button")));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == ui_find (window, "another_button"));

  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/start-view/needs-uri", test_needs_uri);
  g_test_add_func ("/start-view/invalid-uri", test_invalid_uri);
  g_test_add_func ("/start-view/nowhere", test_nowhere);
  g_test_add_func ("/start-view/refused-connection", test_refused_connection);
  g_test_add_func ("/start-view/cancel", test_cancel);
  g_test_add_func ("/start-view/close-while-connecting", test_close_while_connecting);
  g_test_add_func ("/start-view/sample", test_sample);
  g_test_add_func ("/start-view/connect", test_connect);
  g_test_add_func ("/start-view/no-table", test_no_table);

  return ui_run_tests ();
}

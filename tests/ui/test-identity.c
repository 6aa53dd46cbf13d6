/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-identity"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-identity-dialog.h"

#define REFUSED                                                                        \
  "You are signed in as dave, who is not an administrator, so the server hides every " \
  "configuration. Sign in as somebody else, or ask an administrator for the role."

static gpointer
open_dialog (BackstayWindow *window)
{
  gpointer dialog;

  g_assert_true (ui_press (window, GDK_KEY_i, GDK_CONTROL_MASK));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_IDENTITY_DIALOG);
  ui_wait_until (ui_shows (dialog, "dave"));

  return dialog;
}

static guint
count_rows (gpointer dialog)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (ui_find (dialog, "list_box"), (int) n) != NULL)
    n++;

  return n;
}

/* Clicks on somebody in the list. */
static void
choose (gpointer    dialog,
        const char *name)
{
  GtkListBox *list_box = ui_find (dialog, "list_box");

  for (guint i = 0; i < count_rows (dialog); i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (list_box, (int) i);

      if (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), name))
        {
          g_signal_emit_by_name (list_box, "row-activated", row);
          ui_wait_until (ui_find_window (BACKSTAY_TYPE_IDENTITY_DIALOG) == NULL);
          return;
        }
    }

  g_error ("Nobody is called %s", name);
}

static void
wait_until_refused (BackstayWindow *window)
{
  ui_wait_until (g_str_equal (ui_get_page (window, "stack"), "start") &&
                 g_str_equal (ui_get_page (ui_find (window, "start_view"), "stack"), "refused"));
  ui_wait_frames (window, 1);
}

/* A refusal does not look like an empty table. */
static void
test_refused (void)
{
  BackstayWindow *window = ui_open_window (support_server_get_config (), SUPPORT_DAVE, TRUE);

  wait_until_refused (window);
  g_assert_true (ui_shows (window, "For Administrators Only"));
  g_assert_true (ui_shows (window, REFUSED));
  g_assert_false (backstay_window_get_busy (window));
  g_assert_false (backstay_window_get_ready (window));

  /* Which server, and as whom. */
  g_assert_true (ui_shows (ui_find (ui_find (window, "start_view"), "title"), "dave"));
  g_assert_true (ui_shows (ui_find (ui_find (window, "start_view"), "title"), "sample data on this computer"));

  ui_click (ui_find_button (window, "Sign In as Somebody Else…"));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_IDENTITY_DIALOG) != NULL);
  ui_wait_until (ui_shows (ui_find_window (BACKSTAY_TYPE_IDENTITY_DIALOG), "alice"));
  choose (ui_find_window (BACKSTAY_TYPE_IDENTITY_DIALOG), "alice");
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "alice · Admin"));
  g_assert_true (ui_shows (ui_find (window, "overview"), UI_LIVE));

  ui_close_window (window);
}

static void
test_there_and_back (void)
{
  BackstayWindow *window = ui_open_sample ();

  choose (open_dialog (window), "dave");
  wait_until_refused (window);

  /* Nothing of what alice saw is left to be seen or done. */
  g_assert_cmpstr (ui_get_page (ui_find (window, "version_view"), "stack"), ==, "none");
  g_assert_cmpstr (ui_get_page (ui_find (window, "history_view"), "stack"), ==, "none");

  choose (open_dialog (window), "alice");
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_label (ui_find (window, "version_view"), "name_label"), ==, UI_LIVE);

  choose (open_dialog (window), "bob");
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "bob · Admin"));

  ui_close_window (window);
}

/* Enter means what was typed, not what is still in sight. */
static void
test_typed_quickly (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog = open_dialog (window);
  GtkEditable    *search = ui_find (dialog, "search_entry");

  gtk_editable_set_text (search, "alice");
  ui_wait_until (count_rows (dialog) == 1);
  gtk_editable_set_text (search, "bob");
  g_signal_emit_by_name (search, "activate");
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_IDENTITY_DIALOG) == NULL);
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "bob · Admin"));

  ui_close_window (window);
}

/* Roles come and go; the server is asked, not remembered. */
static void
test_role_changes (void)
{
  SupportSql     *sql = support_server_get_sql ();
  BackstayWindow *window = ui_open_sample ();

  support_sql_run (sql, "DELETE FROM user_roles WHERE user_id = '" SUPPORT_ALICE "'");
  g_assert_true (ui_press (window, GDK_KEY_F5, 0));
  wait_until_refused (window);
  g_assert_true (ui_shows (window, "You are signed in as alice, who is not an administrator"));

  ui_click (ui_find_button (window, "Ask the Server Again"));
  wait_until_refused (window);

  support_server_restore ();
  ui_click (ui_find_button (window, "Ask the Server Again"));
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_label (ui_find (window, "version_view"), "name_label"), ==, UI_LIVE);

  ui_close_window (window);
}

static void
test_search (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog = open_dialog (window);
  GtkWidget      *entry = ui_find (dialog, "search_entry");

  g_assert_cmpuint (count_rows (dialog), ==, 4);
  g_assert_true (ui_shows (dialog, "chén"));
  g_assert_true (ui_shows (dialog, SUPPORT_ALICE));

  ui_type (entry, "A");
  ui_wait_until (count_rows (dialog) == 2);
  g_assert_true (ui_shows (dialog, "alice"));
  g_assert_true (ui_shows (dialog, "dave"));

  /* With more than one it is not clear who is meant. */
  gtk_widget_grab_focus (entry);
  g_assert_true (ui_press (dialog, GDK_KEY_Return, 0));
  g_assert_true (ui_find_window (BACKSTAY_TYPE_IDENTITY_DIALOG) == dialog);

  ui_type (entry, SUPPORT_BOB);
  ui_wait_until (count_rows (dialog) == 1);
  g_assert_true (ui_shows (dialog, "bob"));

  ui_type (entry, "%");
  ui_wait_until (count_rows (dialog) == 0);
  ui_wait_frames (dialog, 1);
  g_assert_true (ui_shows (dialog, "Nobody has such a name."));

  ui_type (entry, "");
  ui_wait_until (count_rows (dialog) == 4);

  g_assert_true (ui_press (dialog, GDK_KEY_Escape, 0));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_IDENTITY_DIALOG) == NULL);
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "alice · Admin"));

  ui_close_window (window);
}

static void
test_list_fails (void)
{
  SupportSql     *sql = support_server_get_sql ();
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog;

  support_sql_run (sql, "ALTER TABLE profiles RENAME TO away");
  g_assert_true (ui_press (window, GDK_KEY_i, GDK_CONTROL_MASK));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_IDENTITY_DIALOG);
  ui_wait_until (ui_get_notice (dialog) != NULL);

  support_sql_run (sql, "ALTER TABLE away RENAME TO profiles");

  /* The search may have tried again by itself. */
  ui_wait_until (count_rows (dialog) == 4 ||
                 (ui_get_notice (dialog) != NULL &&
                  (g_signal_emit_by_name (ui_find (dialog, "notice"), "button-clicked"), FALSE)));
  g_assert_null (ui_get_notice (dialog));

  ui_close_window (dialog);
  ui_close_window (window);
}

/* A profile's name is somebody else's text. */
static void
test_hostile_name (void)
{
  SupportSql     *sql = support_server_get_sql ();
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog;

  support_sql_run (sql, "INSERT INTO profiles (id, username)"
                        " VALUES ('00000000-0000-4000-8000-0000000000ff', E'<b>&mallory\\u202e')");
  dialog = open_dialog (window);
  g_assert_true (ui_shows (dialog, "<b>&mallory⟨U+202E⟩"));
  choose (dialog, "<b>&mallory⟨U+202E⟩");
  wait_until_refused (window);
  g_assert_true (ui_shows (window, "You are signed in as <b>&mallory⟨U+202E⟩, who is not"));
  g_assert_true (ui_shows (ui_find (ui_find (window, "start_view"), "title"), "<b>&mallory⟨U+202E⟩"));

  ui_close_window (window);
  support_sql_run (sql, "DELETE FROM profiles WHERE id = '00000000-0000-4000-8000-0000000000ff'");
}

static void
test_close_while_loading (void)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog;

  support_sql_run (other, "BEGIN; LOCK TABLE profiles");
  g_assert_true (ui_press (window, GDK_KEY_i, GDK_CONTROL_MASK));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_IDENTITY_DIALOG);
  support_sql_wait (support_server_get_sql (), "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)");

  g_object_add_weak_pointer (G_OBJECT (dialog), &dialog);
  ui_close_window (window);
  ui_wait_until (dialog == NULL);
  support_sql_run (other, "COMMIT");
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/identity/refused", test_refused);
  g_test_add_func ("/identity/there-and-back", test_there_and_back);
  g_test_add_func ("/identity/typed-quickly", test_typed_quickly);
  g_test_add_func ("/identity/role-changes", test_role_changes);
  g_test_add_func ("/identity/search", test_search);
  g_test_add_func ("/identity/list-fails", test_list_fails);
  g_test_add_func ("/identity/hostile-name", test_hostile_name);
  g_test_add_func ("/identity/close-while-loading", test_close_while_loading);

  return ui_run_tests ();
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-rollback-dialog-refusals"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-rollback-dialog.h"

#include <string.h>

/* What another client does while the dialog is open, as the statement @sql, and what is said then.
 * Gives the dialog. */
static gpointer
assert_refused (BackstayWindow *window,
                const char     *sql,
                const char     *sentence)
{
  gpointer         dialog = ui_open_rollback (window, UI_GOOD);
  g_autofree char *expected = g_strdup_printf ("Nothing was changed. %s", sentence);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  support_sql_run (support_server_get_sql (), "%s", sql);
  before = ui_dup_checksum ();

  ui_roll_back (dialog, "Reason");
  ui_wait_until_idle (dialog);
  g_assert_true (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == dialog);
  g_assert_cmpstr (ui_get_notice (dialog), ==, expected);

  after = ui_dup_checksum ();
  g_assert_cmpstr (after, ==, before);

  return dialog;
}

static void
close_and_restore (BackstayWindow *window)
{
  ui_close_window (window);
  support_server_restore ();
}

static void
wait_for_lock_queue (void)
{
  support_sql_wait (support_server_get_sql (), "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)");
}

static gint64
count_active (void)
{
  return support_sql_query_int (support_server_get_sql (),
                                "SELECT count(*) FROM model_config_history WHERE model_type = 'sdxl' AND is_active");
}

/* Somebody else was first; one looks again, and then it is right. */
static void
test_conflict (void)
{
  SupportSql     *sql = support_server_get_sql ();
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog;

  dialog = assert_refused (window,
                           "UPDATE model_config_history SET is_active = false WHERE model_type = 'sdxl';"
                           "INSERT INTO model_config_history (model_type, config_name, config_data, is_active, created_by)"
                           " VALUES ('sdxl', 'By bob', '{}', true, '" SUPPORT_BOB "')",
                           "The active version of sdxl changed since you looked: now it is “By bob” by bob "
                           "(just now).");

  ui_click (ui_find_button (dialog, "Look Again"));
  ui_wait_until_idle (dialog);
  g_assert_null (ui_get_notice (dialog));
  g_assert_true (ui_shows (ui_find (dialog, "from_row"), "By bob (just now, by bob, id "));

  ui_click (ui_find (dialog, "roll_back_button"));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == NULL);
  ui_wait_until_ready (window);
  g_assert_cmpint (count_active (), ==, 1);
  g_assert_cmpint (support_sql_query_int (sql, "SELECT count(*) FROM model_config_history"
                                               " WHERE is_active AND config_name = '" UI_GOOD "'"),
                   ==, 1);

  close_and_restore (window);
}

static void
test_none_active_any_more (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog;

  dialog = assert_refused (window,
                           "UPDATE model_config_history SET is_active = false WHERE model_type = 'sdxl'",
                           "The active version of sdxl changed since you looked: none is active any more.");

  ui_click (ui_find_button (dialog, "Look Again"));
  ui_wait_until_idle (dialog);
  g_assert_true (ui_shows (ui_find (dialog, "from_row"), "Nothing: no version is active."));

  close_and_restore (window);
}

static void
test_target_deleted (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog;

  dialog = assert_refused (window,
                           "DELETE FROM model_config_history WHERE config_name = '" UI_GOOD "'",
                           "The version to go back to is not in the table any more.");

  /* Looking again does not bring it back; it says so, and nothing can be agreed to. */
  ui_click (ui_find_button (dialog, "Look Again"));
  ui_wait_until_idle (dialog);
  g_assert_true (g_str_has_prefix (ui_get_notice (dialog), "This version is not in the table any more"));
  g_assert_false (gtk_widget_is_sensitive (ui_find (dialog, "roll_back_button")));

  close_and_restore (window);
}

static void
test_target_changed (void)
{
  BackstayWindow *window = ui_open_sample ();

  assert_refused (window,
                  "UPDATE model_config_history SET config_data = jsonb_set(config_data, '{default_settings,width}', '1')"
                  " WHERE config_name = '" UI_GOOD "'",
                  "The configuration of the version to go back to was changed since it was shown.");

  close_and_restore (window);
}

static void
test_not_admin_any_more (void)
{
  BackstayWindow *window = ui_open_sample ();

  assert_refused (window,
                  "DELETE FROM user_roles WHERE user_id = '" SUPPORT_ALICE "'",
                  "You are not an administrator on this server (any more), so it refuses every change. "
                  "Ask an administrator for the role.");

  close_and_restore (window);
}

/* Whatever else the server says is said in its words. */
static void
test_server_refuses (void)
{
  SupportSql     *sql = support_server_get_sql ();
  BackstayWindow *window = ui_open_sample ();

  support_sql_run (sql, "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                        " $$ BEGIN RAISE EXCEPTION 'not on a <Friday>'; END $$");
  assert_refused (window,
                  "CREATE TRIGGER refuse BEFORE INSERT ON model_config_history EXECUTE FUNCTION refuse()",
                  "The server refused: not on a <Friday> (SQLSTATE P0001).");

  support_sql_run (sql, "DROP FUNCTION refuse() CASCADE");
  close_and_restore (window);
}

/* Somebody else does not let go. */
static void
test_busy (void)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog;

  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history IN SHARE MODE");
  dialog = assert_refused (window,
                           "SELECT",
                           "Somebody else is changing the configurations right now, and did not finish in "
                           "time. Try again in a moment.");

  support_sql_run (other, "COMMIT");
  ui_click (ui_find (dialog, "roll_back_button"));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == NULL);
  g_assert_cmpint (count_active (), ==, 1);

  close_and_restore (window);
}

/* Who does not want to wait closes the dialog: it first says what became of it. */
static void
test_cancel (void)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  BackstayWindow  *window = ui_open_sample ();
  gpointer         dialog = ui_open_rollback (window, UI_GOOD);
  g_autofree char *before = ui_dup_checksum ();
  g_autofree char *after = NULL;

  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history IN SHARE MODE");
  ui_roll_back (dialog, "Reason");
  wait_for_lock_queue ();
  g_assert_false (gtk_widget_is_sensitive (ui_find (dialog, "roll_back_button")));

  g_assert_true (ui_press (dialog, GDK_KEY_Escape, 0));
  ui_wait_until_idle (dialog);
  g_assert_true (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == dialog);
  g_assert_cmpstr (ui_get_notice (dialog), ==, "Nothing was changed: you cancelled it.");

  support_sql_run (other, "COMMIT");
  after = ui_dup_checksum ();
  g_assert_cmpstr (after, ==, before);

  /* Nothing is under way any more. */
  g_assert_true (ui_press (dialog, GDK_KEY_Escape, 0));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == NULL);

  close_and_restore (window);
}

static void
test_terminated (void)
{
  SupportSql     *sql = support_server_get_sql ();
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog;

  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  g_autofree char *before = ui_dup_checksum ();
  g_autofree char *after = NULL;

  dialog = ui_open_rollback (window, UI_GOOD);
  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history IN SHARE MODE");
  ui_roll_back (dialog, "Reason");
  wait_for_lock_queue ();
  support_sql_run (sql, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted");
  ui_wait_until_idle (dialog);

  /* The server's last words may come before the line breaks, or not. */
  g_assert_true (g_str_has_prefix (ui_get_notice (dialog), "Nothing was changed. The "));
  g_assert_nonnull (strstr (ui_get_notice (dialog), "connection"));
  support_sql_run (other, "COMMIT");
  after = ui_dup_checksum ();
  g_assert_cmpstr (after, ==, before);

  /* The next try connects again. */
  ui_click (ui_find (dialog, "roll_back_button"));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == NULL);
  g_assert_cmpint (count_active (), ==, 1);

  close_and_restore (window);
}

/* The facts could not be read; then they can. */
static void
test_load_fails (void)
{
  SupportSql      *sql = support_server_get_sql ();
  BackstayWindow  *window = ui_open_sample ();
  gpointer         dialog;
  g_autofree char *good_id = ui_dup_id (UI_GOOD);

  ui_select_version (window, good_id);
  support_sql_run (sql, "ALTER TABLE model_config_history RENAME TO away");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.roll-back", NULL));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_ROLLBACK_DIALOG);
  ui_wait_until_idle (dialog);
  g_assert_nonnull (ui_get_notice (dialog));
  ui_type (ui_find (dialog, "reason_row"), "Reason");
  g_assert_false (gtk_widget_is_sensitive (ui_find (dialog, "roll_back_button")));

  support_sql_run (sql, "ALTER TABLE away RENAME TO model_config_history");
  ui_click (ui_find_button (dialog, "Try Again"));
  ui_wait_until_idle (dialog);
  g_assert_null (ui_get_notice (dialog));
  g_assert_true (gtk_widget_is_sensitive (ui_find (dialog, "roll_back_button")));

  close_and_restore (window);
}

/* The window goes, and the dialog with it, while the server is at it. */
static void
test_close_window (void)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog = ui_open_rollback (window, UI_GOOD);

  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history IN SHARE MODE");
  ui_roll_back (dialog, "Reason");
  wait_for_lock_queue ();

  g_object_add_weak_pointer (G_OBJECT (dialog), &dialog);
  ui_close_window (window);
  ui_wait_until (dialog == NULL);

  /* Nobody waits there any more, and nothing was written. */
  support_sql_wait (support_server_get_sql (), "SELECT NOT EXISTS (SELECT FROM pg_locks WHERE NOT granted)");
  support_sql_run (other, "COMMIT");
  g_assert_cmpint (support_sql_query_int (support_server_get_sql (),
                                          "SELECT count(*) FROM model_config_history WHERE model_type = 'sdxl'"),
                   ==, 92);
  support_server_restore ();
}

/* The same while the facts are read. */
static void
test_close_while_loading (void)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  BackstayWindow  *window = ui_open_sample ();
  g_autofree char *good_id = ui_dup_id (UI_GOOD);
  gpointer         dialog;

  ui_select_version (window, good_id);
  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.roll-back", NULL));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_ROLLBACK_DIALOG);
  wait_for_lock_queue ();

  ui_close_window (dialog);
  ui_close_window (window);
  support_sql_run (other, "COMMIT");
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/rollback-dialog-refusals/conflict", test_conflict);
  g_test_add_func ("/rollback-dialog-refusals/none-active-any-more", test_none_active_any_more);
  g_test_add_func ("/rollback-dialog-refusals/target-deleted", test_target_deleted);
  g_test_add_func ("/rollback-dialog-refusals/target-changed", test_target_changed);
  g_test_add_func ("/rollback-dialog-refusals/not-admin-any-more", test_not_admin_any_more);
  g_test_add_func ("/rollback-dialog-refusals/server-refuses", test_server_refuses);
  g_test_add_func ("/rollback-dialog-refusals/busy", test_busy);
  g_test_add_func ("/rollback-dialog-refusals/cancel", test_cancel);
  g_test_add_func ("/rollback-dialog-refusals/terminated", test_terminated);
  g_test_add_func ("/rollback-dialog-refusals/load-fails", test_load_fails);
  g_test_add_func ("/rollback-dialog-refusals/close-window", test_close_window);
  g_test_add_func ("/rollback-dialog-refusals/close-while-loading", test_close_while_loading);

  return ui_run_tests ();
}

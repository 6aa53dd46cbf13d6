/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-undo"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-rollback-dialog.h"
#include "support-proxy.h"

static BackstayWindow *
open_rolled_back (void)
{
  BackstayWindow *window = ui_open_sample ();

  ui_roll_back (ui_open_rollback (window, UI_GOOD), "Reason");
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == NULL);
  ui_wait_until (ui_shows (window, "Undo"));
  ui_wait_until_ready (window);

  return window;
}

static void
close_and_restore (BackstayWindow *window)
{
  ui_close_window (window);
  support_server_restore ();
}

static void
wait_until_shown (gpointer    root,
                  const char *text)
{
  ui_wait_until (ui_shows (root, text));
}

/* Checks that one version of sdxl is active, and that it is like another one. */
static void
assert_live_is_like (const char *config_name)
{
  g_autofree char *answer = NULL;

  answer = support_sql_query (support_server_get_sql (),
                              "SELECT count(*) = 1 AND bool_and(h.config_name = '%s' AND h.config_data::text ="
                              "       (SELECT s.config_data::text FROM kept.versions s WHERE s.config_name = '%s'))"
                              "  FROM model_config_history h WHERE h.model_type = 'sdxl' AND h.is_active",
                              config_name, config_name);
  g_assert_cmpstr (answer, ==, "t");
}

static gint64
count_versions (void)
{
  return support_sql_query_int (support_server_get_sql (),
                                "SELECT count(*) FROM model_config_history WHERE model_type = 'sdxl'");
}

static void
test_toast (void)
{
  BackstayWindow *window = open_rolled_back ();

  assert_live_is_like (UI_GOOD);
  ui_click (ui_find_button (window, "Undo"));
  wait_until_shown (window, "The rollback of sdxl was undone");
  ui_wait_until_ready (window);

  assert_live_is_like (UI_LIVE);
  g_assert_cmpstr (ui_get_label (ui_find (window, "live_bar"), "title_label"), ==, "Live: " UI_LIVE);
  g_assert_cmpstr (ui_get_label (ui_find (window, "version_view"), "name_label"), ==, UI_LIVE);
  g_assert_true (ui_shows (ui_find (window, "history_view"), ": Undoes the rollback before it."));

  close_and_restore (window);
}

/* An undo is a rollback too: it can be undone. */
static void
test_there_and_back (void)
{
  BackstayWindow *window = open_rolled_back ();

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL));
  wait_until_shown (window, "The rollback of sdxl was undone");
  ui_wait_until_ready (window);
  assert_live_is_like (UI_LIVE);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL));
  ui_wait_until (g_str_equal (ui_get_label (ui_find (window, "live_bar"), "title_label"), "Live: " UI_GOOD));
  ui_wait_until_ready (window);
  assert_live_is_like (UI_GOOD);

  g_assert_cmpint (count_versions (), ==, 95);

  close_and_restore (window);
}

/* Faster than anything moves on the screen, again and again. */
static void
test_quickly (void)
{
  BackstayWindow *window = open_rolled_back ();

  for (guint i = 0; i < 16; i++)
    {
      gint64 n = count_versions ();

      ui_wait_until (count_versions () > n ||
                     (gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL), FALSE));
      ui_wait_frames (window, i % 8);
    }

  wait_until_shown (window, "The rollback of sdxl was undone");
  ui_wait_until_ready (window);
  assert_live_is_like (UI_GOOD);

  close_and_restore (window);
}

/* Twice in a row is not twice. */
static void
test_impatient (void)
{
  BackstayWindow *window = open_rolled_back ();

  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  wait_until_shown (window, "The rollback of sdxl was undone");
  ui_wait_until_ready (window);
  g_assert_cmpint (count_versions (), ==, 94);

  close_and_restore (window);
}

/* What somebody else made live meanwhile stays live. */
static void
test_conflict (void)
{
  SupportSql      *sql = support_server_get_sql ();
  BackstayWindow  *window = open_rolled_back ();
  gpointer         dialog;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  support_sql_run (sql, "UPDATE model_config_history SET is_active = false WHERE model_type = 'sdxl'");
  support_sql_run (sql, "INSERT INTO model_config_history (model_type, config_name, config_data, is_active, created_by)"
                        " VALUES ('sdxl', 'By bob', '{}', true, '" SUPPORT_BOB "')");
  before = ui_dup_checksum ();

  ui_click (ui_find_button (window, "Undo"));
  dialog = ui_wait_for_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, "The Rollback Was Not Undone");
  g_assert_cmpstr (adw_message_dialog_get_body (dialog), ==,
                   "Nothing was changed. The active version of sdxl changed since you looked: now it "
                   "is “By bob” by bob (just now).");
  after = ui_dup_checksum ();
  g_assert_cmpstr (after, ==, before);

  g_assert_true (ui_press (dialog, GDK_KEY_Escape, 0));
  ui_wait_until (ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);

  close_and_restore (window);
}

static void
depose_alice (gpointer user_data)
{
  support_sql_run (user_data, "DELETE FROM user_roles WHERE user_id = '" SUPPORT_ALICE "'");
}

/* What is not known is not called not done. */
static void
test_unknown (void)
{
  g_autoptr (SupportProxy) proxy = support_proxy_new ();
  g_autoptr (BackstayDbConfig) config = support_proxy_dup_config (proxy);
  g_autoptr (SupportSql) sql = support_sql_new (support_server_get_config ());
  BackstayWindow *window = ui_open_window (config, SUPPORT_ALICE, FALSE);
  gpointer        dialog;

  ui_wait_until_ready (window);
  ui_select_type (window, "sdxl");
  ui_roll_back (ui_open_rollback (window, UI_GOOD), "Reason");
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == NULL);
  ui_wait_until (ui_shows (window, "Undo"));
  ui_wait_until_ready (window);

  support_proxy_arm (proxy, 3, SUPPORT_FAULT_CUT_AFTER);
  support_proxy_arm_next_call (proxy, 1, depose_alice, sql);
  ui_click (ui_find_button (window, "Undo"));
  dialog = ui_wait_for_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, "It Is Not Known Whether the Rollback Was Undone");
  g_assert_true (g_str_has_prefix (adw_message_dialog_get_body (dialog), "The connection broke during the last step"));
  g_assert_true (ui_press (dialog, GDK_KEY_Escape, 0));
  ui_wait_until (ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
  assert_live_is_like (UI_LIVE);

  close_and_restore (window);
}

static gboolean
menu_has (GMenuModel *menu,
          const char *action)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *found = NULL;
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &found);
      if (g_strcmp0 (found, action) == 0 || (section != NULL && menu_has (section, action)))
        return TRUE;
    }

  return FALSE;
}

/* As long as there is a way back it is in the menu, and not longer. */
static void
test_menu (void)
{
  SupportSql     *sql = support_server_get_sql ();
  BackstayWindow *window = open_rolled_back ();

  gint64 n;

  g_assert_true (menu_has (gtk_menu_button_get_menu_model (ui_find (ui_find (window, "sidebar"), "menu_button")), "win.undo"));
  support_sql_run (sql, "UPDATE model_config_history SET is_active = config_name = 'SDXL Production Config v2.0'"
                        " WHERE model_type = 'sdxl'");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.reload", NULL));
  ui_wait_until (!ui_shows (window, "Undo"));
  ui_wait_until_ready (window);
  n = count_versions ();
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  ui_wait_until_ready (window);
  g_assert_cmpint (count_versions (), ==, n);

  close_and_restore (window);
}

/* Who looks at something else meanwhile goes on looking at it. */
static void
test_from_another_type (void)
{
  BackstayWindow  *window = open_rolled_back ();
  g_autofree char *id = ui_dup_id ("FLUX.1 Production Config v1.20");

  ui_select_type (window, "flux");
  ui_select_version (window, id);
  ui_click (ui_find_button (window, "Undo"));
  wait_until_shown (window, "The rollback of sdxl was undone");
  ui_wait_until_ready (window);

  assert_live_is_like (UI_LIVE);
  g_assert_cmpstr (ui_get_label (ui_find (window, "live_bar"), "title_label"), ==, "Live: FLUX.1 Production Config v1.33");
  g_assert_cmpstr (ui_get_label (ui_find (window, "version_view"), "name_label"), ==, "FLUX.1 Production Config v1.20");
  g_assert_cmpstr (ui_get_selected_id (window), ==, id);

  close_and_restore (window);
}

/* One undoes what one did oneself. */
static void
test_as_somebody_else (void)
{
  BackstayWindow *window = open_rolled_back ();
  g_autoptr (BackstayIdentity) bob = backstay_identity_new (SUPPORT_BOB, NULL);

  g_assert_true (gtk_widget_is_sensitive (ui_find_button (window, "Undo")));
  backstay_window_open (window, support_server_get_config (), bob, TRUE);
  ui_wait_until_ready (window);
  ui_wait_until (!ui_shows (window, "Undo"));

  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  ui_wait_until_ready (window);
  assert_live_is_like (UI_GOOD);

  close_and_restore (window);
}

/* Asks for an undo that has to wait, and signs in as bob meanwhile. */
static void
undo_and_leave (BackstayWindow *window,
                SupportSql     *other)
{
  g_autoptr (BackstayIdentity) bob = backstay_identity_new (SUPPORT_BOB, NULL);

  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history IN SHARE MODE");
  ui_click (ui_find_button (window, "Undo"));
  support_sql_wait (support_server_get_sql (), "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)");

  /* The undo may not wait for its lock for as long as the new session takes to be ready. */
  backstay_window_open (window, support_server_get_config (), bob, TRUE);
}

/* An answer for a session that was left is told, and is not taken for one of the new session's. */
static void
test_left (void)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  BackstayWindow *window = open_rolled_back ();
  gpointer        dialog;

  undo_and_leave (window, other);
  support_sql_run (other, "COMMIT");
  dialog = ui_wait_for_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, "The Rollback Was Undone");
  g_assert_cmpstr (adw_message_dialog_get_body (dialog), ==,
                   "On sample data on this computer, the rollback of sdxl was undone while you went on.");
  g_assert_true (ui_press (dialog, GDK_KEY_Escape, 0));
  ui_wait_until (ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
  ui_wait_until_ready (window);

  /* Nothing of it can be undone as bob. */
  assert_live_is_like (UI_LIVE);
  ui_wait_until (!ui_has_button (window, "Undo"));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  ui_wait_until_ready (window);
  assert_live_is_like (UI_LIVE);

  close_and_restore (window);
}

static void
test_left_and_failed (void)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  BackstayWindow *window = open_rolled_back ();
  gpointer        dialog;

  undo_and_leave (window, other);
  support_sql_run (support_server_get_sql (),
                   "SELECT pg_cancel_backend(pid) FROM pg_locks WHERE NOT granted");
  dialog = ui_wait_for_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, "The Rollback Was Not Undone");
  g_assert_true (g_str_has_prefix (adw_message_dialog_get_body (dialog),
                                   "On sample data on this computer: Nothing was changed. "));
  g_assert_true (ui_press (dialog, GDK_KEY_Escape, 0));
  ui_wait_until (ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
  support_sql_run (other, "COMMIT");
  assert_live_is_like (UI_GOOD);

  close_and_restore (window);
}

/* The window goes while the server is at it. */
static void
test_close (void)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  BackstayWindow *window = open_rolled_back ();
  gpointer        weak = window;

  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history IN SHARE MODE");
  ui_click (ui_find_button (window, "Undo"));
  support_sql_wait (support_server_get_sql (), "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)");

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_destroy (GTK_WINDOW (window));
  support_sql_run (other, "COMMIT");
  ui_wait_until (weak == NULL);

  /* Either way is right, but not both at once. */
  g_assert_cmpint (support_sql_query_int (support_server_get_sql (),
                                          "SELECT count(*) FROM model_config_history"
                                          " WHERE model_type = 'sdxl' AND is_active"),
                   ==, 1);
  support_server_restore ();
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/undo/toast", test_toast);
  g_test_add_func ("/undo/there-and-back", test_there_and_back);
  g_test_add_func ("/undo/quickly", test_quickly);
  g_test_add_func ("/undo/impatient", test_impatient);
  g_test_add_func ("/undo/conflict", test_conflict);
  g_test_add_func ("/undo/unknown", test_unknown);
  g_test_add_func ("/undo/menu", test_menu);
  g_test_add_func ("/undo/from-another-type", test_from_another_type);
  g_test_add_func ("/undo/as-somebody-else", test_as_somebody_else);
  g_test_add_func ("/undo/left", test_left);
  g_test_add_func ("/undo/left-and-failed", test_left_and_failed);
  g_test_add_func ("/undo/close", test_close);

  return ui_run_tests ();
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-activate"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-rollback-dialog.h"

/* A version that goes live as it is. */

static const char *
get_fact (gpointer    dialog,
          const char *id)
{
  return adw_action_row_get_subtitle (ui_find (dialog, id));
}

static gpointer
open_activation (BackstayWindow *window)
{
  g_autofree char *good_id = ui_dup_id (UI_GOOD);
  gpointer         dialog;

  ui_select_version (window, good_id);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.activate", NULL));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_ROLLBACK_DIALOG);
  ui_wait_until_idle (dialog);

  return dialog;
}

static void
activate (gpointer dialog)
{
  ui_click (ui_find (dialog, "roll_back_button"));
}

static gint64
count_active (const char *condition)
{
  return support_sql_query_int (support_server_get_sql (),
                                "SELECT count(*) FROM model_config_history"
                                " WHERE model_type = 'sdxl' AND is_active AND %s",
                                condition);
}

/* What is turned off, what differs, and what is not recorded. */
static void
test_facts (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog = open_activation (window);

  g_assert_cmpstr (gtk_window_get_title (dialog), ==, "Activate for sdxl");
  g_assert_cmpstr (adw_preferences_row_get_title (ui_find (dialog, "from_row")), ==, "Is turned off");
  g_assert_true (g_str_has_prefix (get_fact (dialog, "from_row"), UI_LIVE " (1 hour ago, by bob, id "));
  g_assert_cmpstr (adw_preferences_row_get_title (ui_find (dialog, "to_row")), ==, "Goes live as it is");
  g_assert_true (g_str_has_prefix (get_fact (dialog, "to_row"), UI_GOOD " ("));
  g_assert_true (g_str_has_prefix (get_fact (dialog, "user_row"), "nobody: the table cannot record who"));
  ui_wait_until (ui_shows (dialog, "guidance_scale"));
  g_assert_true (ui_shows (dialog, "Before: " UI_LIVE " (live)"));

  /* No reason, which could not be recorded; and the better way first. */
  g_assert_false (gtk_widget_get_mapped (ui_find (dialog, "reason_row")));
  g_assert_true (gtk_widget_is_sensitive (ui_find (dialog, "roll_back_button")));
  g_assert_true (gtk_window_get_focus (dialog) == ui_find (dialog, "copy_button"));

  ui_close_window (dialog);
  ui_close_window (window);
}

static void
test_several (void)
{
  BackstayWindow *window;
  gpointer        dialog;

  support_sql_run (support_server_get_sql (),
                   "UPDATE model_config_history SET is_active = true"
                   " WHERE config_name = 'SDXL Production Config v2.0.1'");
  window = ui_open_sample ();
  dialog = open_activation (window);
  g_assert_cmpstr (adw_preferences_row_get_title (ui_find (dialog, "from_row")),
                   ==, "All of these, which are active, are turned off");
  g_assert_true (ui_shows (ui_find (dialog, "from_row"), "SDXL Production Config v2.0.1 ("));

  ui_click (ui_find (dialog, "rehearse_button"));
  ui_wait_until_idle (dialog);
  g_assert_true (g_str_has_prefix (ui_get_notice (dialog),
                                   "Rehearsed: the server would turn off 2 versions and make this one live."));
  g_assert_cmpint (count_active ("true"), ==, 2);

  ui_close_window (dialog);
  ui_close_window (window);
  support_server_restore ();
}

static void
test_activate (void)
{
  BackstayWindow  *window = ui_open_sample ();
  gpointer         dialog = open_activation (window);
  g_autofree char *good_id = ui_dup_id (UI_GOOD);

  activate (dialog);
  ui_wait_until (ui_shows (window, "Another version of sdxl is live now"));
  ui_wait_until_ready (window);
  g_assert_cmpint (count_active ("config_name = '" UI_GOOD "'"), ==, 1);
  g_assert_cmpint (count_active ("true"), ==, 1);
  g_assert_cmpstr (ui_get_selected_id (window), ==, good_id);

  ui_click (ui_find_button (window, "Undo"));
  ui_wait_until (ui_shows (window, "What was live before is live for sdxl again"));
  ui_wait_until_ready (window);
  g_assert_cmpint (count_active ("config_name = '" UI_LIVE "'"), ==, 1);

  ui_close_window (window);
  support_server_restore ();
}

/* The server compares what is active with what was shown. */
static void
test_conflict (void)
{
  BackstayWindow  *window = ui_open_sample ();
  gpointer         dialog = open_activation (window);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  support_sql_run (support_server_get_sql (),
                   "UPDATE model_config_history SET is_active = false WHERE model_type = 'sdxl'");
  before = ui_dup_checksum ();
  activate (dialog);
  ui_wait_until_idle (dialog);
  g_assert_true (g_str_has_prefix (ui_get_notice (dialog), "Nothing was changed. The active version"));
  g_assert_false (gtk_widget_is_sensitive (ui_find (dialog, "roll_back_button")));
  after = ui_dup_checksum ();
  g_assert_cmpstr (after, ==, before);

  ui_close_window (dialog);
  ui_wait_until_ready (window);
  ui_close_window (window);
  support_server_restore ();
}

/* What another admin does meanwhile is told, and has to be looked at. */
static void
test_told (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog;

  ui_wait_until (backstay_watcher_get_watching (backstay_window_get_watcher (window)));
  ui_wait_until_ready (window);
  dialog = open_activation (window);
  support_sql_run (support_server_get_sql (),
                   "UPDATE model_config_history SET is_active = config_name = 'SDXL Production Config v2.0'"
                   " WHERE model_type = 'sdxl'");
  backstay_watcher_look (backstay_window_get_watcher (window));
  ui_wait_until (ui_get_notice (dialog) != NULL);
  g_assert_true (g_str_has_prefix (ui_get_notice (dialog), "What is live has changed since you opened this: "
                                                           "SDXL Production Config v2.0 ("));
  g_assert_false (gtk_widget_is_sensitive (ui_find (dialog, "roll_back_button")));

  ui_click (ui_find_button (dialog, "Look Again"));
  ui_wait_until_idle (dialog);
  g_assert_null (ui_get_notice (dialog));
  g_assert_true (g_str_has_prefix (get_fact (dialog, "from_row"), "SDXL Production Config v2.0 ("));
  g_assert_true (gtk_widget_is_sensitive (ui_find (dialog, "roll_back_button")));

  ui_close_window (dialog);
  ui_close_window (window);
  support_server_restore ();
}

/* The better way is one key away. */
static void
test_copy_forward (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog = open_activation (window);
  GtkWidget      *reason_row = ui_find (dialog, "reason_row");

  ui_click (ui_find (dialog, "copy_button"));
  g_assert_cmpstr (gtk_window_get_title (dialog), ==, "Roll Back sdxl");
  g_assert_cmpstr (get_fact (dialog, "user_row"), ==, "alice");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (dialog), reason_row));
  g_assert_false (gtk_widget_is_sensitive (ui_find (dialog, "roll_back_button")));

  ui_roll_back (dialog, "Reason");
  ui_wait_until (ui_shows (window, "sdxl was rolled back"));
  ui_wait_until_ready (window);
  g_assert_cmpint (count_active ("config_name = '" UI_GOOD "' AND notes LIKE '%%Reason'"), ==, 1);

  ui_close_window (window);
  support_server_restore ();
}

/* The row's menu has it, for the row's version. */
static void
test_menu (void)
{
  BackstayWindow *window = ui_open_sample ();
  GMenuModel     *menu = gtk_popover_menu_get_menu_model (ui_find (ui_find (window, "history_view"), "row_popover"));
  gboolean        found = FALSE;

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *action = NULL;

      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action);
      found = found || g_strcmp0 (action, "win.activate") == 0;
    }

  g_assert_true (found);

  ui_close_window (window);
}

/* A session that is left while the server is at it is told of what became of it. */
static void
test_left (void)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  g_autoptr (BackstayIdentity) bob = backstay_identity_new (SUPPORT_BOB, NULL);
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog = open_activation (window);
  gpointer        message;

  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history IN SHARE MODE");
  activate (dialog);
  support_sql_wait (support_server_get_sql (), "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)");
  backstay_window_open (window, support_server_get_config (), bob, TRUE);
  ui_wait_until_ready (window);
  g_assert_true (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == dialog);

  support_sql_run (other, "COMMIT");
  message = ui_wait_for_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_heading (message), ==, "What You Asked For Was Done");
  g_assert_cmpstr (adw_message_dialog_get_body (message), ==,
                   "On sample data on this computer, while you went on: Another version of sdxl is live now.");
  g_assert_null (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG));
  g_assert_false (ui_shows (window, "Undo"));

  g_assert_true (ui_press (message, GDK_KEY_Escape, 0));
  ui_wait_until (ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
  ui_wait_until_ready (window);
  ui_close_window (window);
  support_server_restore ();
}

/* What is shown is for the eyes of who signed in. */
static void
test_session_ends (void)
{
  g_autoptr (BackstayIdentity) bob = backstay_identity_new (SUPPORT_BOB, NULL);
  BackstayWindow *window = ui_open_sample ();

  open_activation (window);
  backstay_window_open (window, support_server_get_config (), bob, TRUE);
  g_assert_null (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG));
  ui_wait_until_ready (window);

  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/activate/facts", test_facts);
  g_test_add_func ("/activate/several", test_several);
  g_test_add_func ("/activate/activate", test_activate);
  g_test_add_func ("/activate/conflict", test_conflict);
  g_test_add_func ("/activate/told", test_told);
  g_test_add_func ("/activate/copy-forward", test_copy_forward);
  g_test_add_func ("/activate/menu", test_menu);
  g_test_add_func ("/activate/left", test_left);
  g_test_add_func ("/activate/session-ends", test_session_ends);

  return ui_run_tests ();
}

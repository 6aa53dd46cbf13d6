/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-rollback-undone"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-rollback-dialog.h"
#include "backstay-version-row.h"

#include <string.h>

/* Which versions a rollback undoes, as its dialog tells it. */

static const char *
get_title (gpointer dialog)
{
  return adw_preferences_row_get_title (ui_find (dialog, "undone_row"));
}

static const char *
get_subtitle (gpointer dialog)
{
  return adw_expander_row_get_subtitle (ui_find (dialog, "undone_row"));
}

static void
wait_for_title (gpointer    dialog,
                const char *title)
{
  ui_wait_until (strcmp (get_title (dialog), title) == 0);
}

static void
test_one (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog = ui_open_rollback (window, UI_GOOD);
  gpointer        row;
  gpointer        list_view;

  wait_for_title (dialog, "Undoes 1 version");
  g_assert_true (g_str_has_prefix (get_subtitle (dialog), "All that were made after it, up to the live one."));

  row = ui_find (dialog, "undone_row");
  g_assert_true (adw_expander_row_get_enable_expansion (row));
  g_assert_false (adw_expander_row_get_expanded (row));
  adw_expander_row_set_expanded (row, TRUE);
  list_view = ui_find (row, "list_view");
  ui_wait_until (ui_find_row (list_view, 0) != NULL);
  g_assert_cmpuint (g_list_model_get_n_items (ui_get_model (list_view)), ==, 1);
  g_assert_cmpstr (ui_get_label (ui_find_row (list_view, 0), "name_label"), ==, UI_LIVE);

  /* It has no line for what it changed. */
  g_assert_false (gtk_widget_get_visible (ui_find (ui_find_row (list_view, 0), "changes_label")));

  ui_close_window (window);
}

/* Newest first, from the live one on. */
static void
test_many (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog = ui_open_rollback (window, "SDXL Production Config v2.0");
  gpointer        row = ui_find (dialog, "undone_row");
  gpointer        list_view = ui_find (row, "list_view");
  GListModel     *versions;

  wait_for_title (dialog, "Undoes 7 versions");
  adw_expander_row_set_expanded (row, TRUE);
  ui_wait_until (g_list_model_get_n_items (ui_get_model (list_view)) == 7);
  versions = ui_get_model (list_view);

  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (BackstayVersion) version = g_list_model_get_item (versions, i);

      if (i == 0)
        g_assert_cmpstr (backstay_version_get_name (version), ==, UI_LIVE);
      if (i == 6)
        g_assert_cmpstr (backstay_version_get_name (version), ==, "SDXL Production Config v2.0.1");
    }

  ui_close_window (window);
}

/* Nothing is undone by what comes after what is live. */
static void
test_newer (void)
{
  SupportSql     *sql = support_server_get_sql ();
  BackstayWindow *window;
  gpointer        dialog;

  support_sql_run (sql, "INSERT INTO model_config_history (model_type, config_name, config_data)"
                        " VALUES ('sdxl', 'Draft', '{}')");
  window = ui_open_sample ();
  dialog = ui_open_rollback (window, "Draft");
  g_assert_false (gtk_widget_get_visible (ui_find (dialog, "undone_row")));

  /* It is no way back, and is not called one. */
  g_assert_cmpstr (gtk_window_get_title (dialog), ==, "Make Live for sdxl");
  g_assert_cmpstr (gtk_button_get_label (ui_find (dialog, "roll_back_button")), ==, "Make Live for sdxl");
  ui_roll_back (dialog, "Reason");
  ui_wait_until (ui_shows (window, "Another version of sdxl is live now"));
  ui_wait_until_ready (window);

  ui_close_window (window);
  support_server_restore ();
}

static void
test_nothing_live (void)
{
  SupportSql     *sql = support_server_get_sql ();
  BackstayWindow *window;
  gpointer        dialog;

  support_sql_run (sql, "UPDATE model_config_history SET is_active = false WHERE model_type = 'sdxl'");
  window = ui_open_sample ();
  ui_select_type (window, "sdxl");
  dialog = ui_open_rollback (window, UI_GOOD);
  g_assert_false (gtk_widget_get_visible (ui_find (dialog, "undone_row")));
  g_assert_cmpstr (adw_action_row_get_subtitle (ui_find (dialog, "from_row")), ==,
                   "Nothing: no version is active.");

  ui_close_window (window);
  support_server_restore ();
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/rollback-undone/one", test_one);
  g_test_add_func ("/rollback-undone/many", test_many);
  g_test_add_func ("/rollback-undone/newer", test_newer);
  g_test_add_func ("/rollback-undone/nothing-live", test_nothing_live);

  return ui_run_tests ();
}

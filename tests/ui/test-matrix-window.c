/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-matrix-window"

#include "config.h"

#include "ui-support.h"

#include "backstay-matrix-grid.h"
#include "backstay-matrix-heading.h"
#include "backstay-matrix-line.h"
#include "backstay-matrix-window.h"
#include "backstay-matrix-work.h"
#include "backstay-notice.h"
#include "backstay-path-set-dialog.h"
#include "backstay-path-sets.h"
#include "backstay-version-chooser.h"
#include "backstay-window-private.h"
#include "support-wait.h"

#include <string.h>

/* A list view makes some 205 rows, whatever it shows. */
#define MAX_ROWS 250

/* Only these versions are active: what is in the sample does not matter here. */
static void
set_up (const char *const *configurations)
{
  SupportSql *sql = support_server_get_sql ();

  support_sql_run (sql, "UPDATE model_config_history SET is_active = false");

  for (guint i = 0; configurations[i] != NULL; i++)
    support_sql_run (sql,
                     "INSERT INTO model_config_history (model_type, config_name, config_data, is_active, created_at)"
                     " VALUES ('m%u', 'v%u', $json$%s$json$, true, timestamptz '2025-01-01' + interval '%u hour')",
                     i, i, configurations[i], i);
}

static BackstayMatrixWindow *
open_live (BackstayWindow *window)
{
  BackstayMatrixWindow *matrix_window;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.compare-live", NULL));
  matrix_window = ui_wait_for_window (BACKSTAY_TYPE_MATRIX_WINDOW);
  ui_wait_until (!backstay_matrix_window_get_loading (matrix_window));
  ui_wait_frames (matrix_window, 2);

  return matrix_window;
}

static void
wait_until_compared (BackstayMatrixWindow *matrix_window)
{
  ui_wait_until (!backstay_matrix_window_get_loading (matrix_window));
  ui_wait_frames (matrix_window, 2);
}

static void
tear_down (BackstayWindow       *window,
           BackstayMatrixWindow *matrix_window)
{
  ui_close_window (matrix_window);
  ui_close_window (window);
  support_server_restore ();
}

static BackstayMatrixGrid *
get_grid (BackstayMatrixWindow *matrix_window)
{
  return BACKSTAY_MATRIX_GRID (ui_find (matrix_window, "grid"));
}

static GtkWidget *
get_list_view (BackstayMatrixWindow *matrix_window)
{
  return ui_find (get_grid (matrix_window), "list_view");
}

/* Writes each row as it is shown: its key, and what its columns have, in their order. */
static char *
dup_rows (BackstayMatrixWindow *matrix_window)
{
  BackstayMatrixColumns *columns = backstay_matrix_grid_get_columns (get_grid (matrix_window));
  GListModel            *model = ui_get_model (get_list_view (matrix_window));
  GString               *out = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (BackstayMatrixItem) item = g_list_model_get_item (model, i);
      g_autofree char *key = backstay_matrix_item_dup_key (item);

      g_string_append_printf (out, "%*s%s:", (int) backstay_matrix_item_get_depth (item), "", key);

      for (guint column = 0; column < backstay_matrix_columns_get_n (columns); column++)
        {
          guint            document = backstay_matrix_columns_get_document (columns, column);
          g_autofree char *value = backstay_matrix_item_dup_value (item, document);

          g_string_append_printf (out, " %s", value != NULL ? value : "-");
        }

      g_string_append_c (out, '\n');
    }

  return g_string_free (out, FALSE);
}

static void
assert_rows (BackstayMatrixWindow *matrix_window,
             const char           *expected)
{
  g_autofree char *rows = dup_rows (matrix_window);

  g_assert_cmpstr (rows, ==, expected);
}

static void
assert_has_row (BackstayMatrixWindow *matrix_window,
                const char           *expected)
{
  g_autofree char *rows = dup_rows (matrix_window);

  g_assert_nonnull (strstr (rows, expected));
}

static void
select_row (BackstayMatrixWindow *matrix_window,
            guint                 position)
{
  GtkWidget *list_view = get_list_view (matrix_window);

  g_assert_true (gtk_widget_grab_focus (gtk_widget_get_parent (ui_find_row (list_view, position))));
  g_assert_true (gtk_widget_activate_action (list_view, "list.select-item", "(ubb)", position, FALSE, FALSE));
}

static char *
dup_row_name (BackstayMatrixWindow *matrix_window,
              guint                 position)
{
  return ui_dup_name (gtk_widget_get_parent (ui_find_row (get_list_view (matrix_window), position)));
}

static const char *const three[] = {
  "{\"default_settings\": {\"guidance_scale\": 7.5, \"num_inference_steps\": 50, \"size\": 1}, \"same\": {\"a\": 1}}",
  "{\"default_settings\": {\"guidance_scale\": 99, \"num_inference_steps\": 50, \"size\": 1.0}, \"same\": {\"a\": 1}}",
  "{\"default_settings\": {\"guidance_scale\": 7.50, \"num_inference_steps\": null}, \"same\": {\"a\": 1}}",
  NULL,
};

/* What is shown, and what assistive technology reads. */

static void
test_live (void)
{
  BackstayWindow       *window;
  BackstayMatrixWindow *matrix_window;
  g_autofree char      *name = NULL;

  set_up (three);
  window = ui_open_sample ();
  matrix_window = open_live (window);

  assert_rows (matrix_window,
               "default_settings: { 3 } { 3 } { 2 }\n"
               " size: 1 1.0 -\n"
               " guidance_scale: 7.5 99 7.50\n"
               " num_inference_steps: 50 50 null\n");
  g_assert_cmpstr (ui_get_label (matrix_window, "summary_label"), ==, "3 versions · 3 paths differ");
  g_assert_null (backstay_notice_get_text (BACKSTAY_NOTICE (ui_find (matrix_window, "notice"))));

  name = dup_row_name (matrix_window, 2);
  g_assert_cmpstr (name, ==,
                   "guidance_scale, 2 values; m0 v0: 7.5, as most; m1 v1: 99, differs; m2 v2: 7.50, as most");

  ui_click (ui_find (matrix_window, "differences_button"));
  wait_until_compared (matrix_window);
  assert_has_row (matrix_window, "same: { 1 } { 1 } { 1 }\n");

  tear_down (window, matrix_window);
}

static void
test_keyboard (void)
{
  BackstayWindow       *window;
  BackstayMatrixWindow *matrix_window;
  g_autofree char      *cell = NULL;
  g_autofree char      *missing = NULL;
  g_autofree char      *text = NULL;
  g_autofree char      *path = NULL;

  set_up (three);
  window = ui_open_sample ();
  matrix_window = open_live (window);
  select_row (matrix_window, 2);

  g_assert_true (ui_press (matrix_window, GDK_KEY_Right, 0));
  g_assert_true (ui_press (matrix_window, GDK_KEY_Right, 0));
  cell = dup_row_name (matrix_window, 2);
  g_assert_cmpstr (cell, ==, "guidance_scale, m1 v1: 99, differs");
  g_assert_true (ui_press (matrix_window, GDK_KEY_c, GDK_CONTROL_MASK));
  text = ui_read_clipboard (matrix_window);
  g_assert_cmpstr (text, ==, "99");
  g_assert_true (ui_press (matrix_window, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  path = ui_read_clipboard (matrix_window);
  g_assert_cmpstr (path, ==, "/default_settings/guidance_scale");

  g_assert_true (ui_press (matrix_window, GDK_KEY_Right, 0));
  select_row (matrix_window, 1);
  missing = dup_row_name (matrix_window, 1);
  g_assert_cmpstr (missing, ==, "size, m2 v2: missing");

  /* Back to the path, up to its parent, and that is closed. */
  for (guint i = 0; i < 5; i++)
    g_assert_true (ui_press (matrix_window, GDK_KEY_Left, 0));
  assert_rows (matrix_window, "default_settings: { 3 } { 3 } { 2 }\n");
  ui_wait_frames (matrix_window, 1);
  g_assert_true (ui_press (matrix_window, GDK_KEY_Right, 0));
  g_assert_cmpuint (g_list_model_get_n_items (ui_get_model (get_list_view (matrix_window))), ==, 4);

  tear_down (window, matrix_window);
}

static void
test_filter (void)
{
  BackstayWindow       *window;
  BackstayMatrixWindow *matrix_window;

  set_up (three);
  window = ui_open_sample ();
  matrix_window = open_live (window);

  ui_type (ui_find (matrix_window, "search_entry"), "GUIDANCE");
  ui_wait_until (g_list_model_get_n_items (ui_get_model (get_list_view (matrix_window))) == 2);
  assert_rows (matrix_window, "default_settings: { 3 } { 3 } { 2 }\n guidance_scale: 7.5 99 7.50\n");
  g_assert_cmpstr (ui_get_label (matrix_window, "summary_label"), ==, "3 versions · 1 of 3 paths that differ");

  ui_type (ui_find (matrix_window, "search_entry"), "nowhere");
  ui_wait_until (g_strcmp0 (ui_get_page (matrix_window, "rows_stack"), "empty") == 0);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (matrix_window), "matrix-window.show-everything", NULL));
  ui_wait_until (g_strcmp0 (ui_get_page (matrix_window, "rows_stack"), "rows") == 0);
  wait_until_compared (matrix_window);

  /* The document's own query. */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (ui_find (matrix_window, "set_drop_down")), 1);
  wait_until_compared (matrix_window);
  assert_rows (matrix_window,
               "default_settings: { 3 } { 3 } { 2 }\n"
               " guidance_scale: 7.5 99 7.50\n"
               " num_inference_steps: 50 50 null\n");

  /* Only what all of them have. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (matrix_window), "matrix-window.show-everything", NULL));
  ui_click (ui_find (matrix_window, "differences_button"));
  ui_click (ui_find (matrix_window, "complete_button"));
  wait_until_compared (matrix_window);
  assert_rows (matrix_window,
               "default_settings: { 3 } { 3 } { 2 }\n"
               " guidance_scale: 7.5 99 7.50\n"
               " num_inference_steps: 50 50 null\n");

  tear_down (window, matrix_window);
}

/* Neither of two windows takes away what the other remembered. */
static void
test_sets_of_two_windows (void)
{
  static const char *const pointers[] = { "/a", NULL };
  g_autoptr (BackstayPathSets) one = backstay_path_sets_new ("a server");
  g_autoptr (BackstayPathSets) other = backstay_path_sets_new ("a server");
  g_autoptr (BackstayPathSets) later = NULL;

  backstay_path_sets_save (one, "One", pointers);
  backstay_path_sets_save (one, "Two", pointers);
  g_assert_cmpuint (backstay_path_sets_save (other, "Three", pointers), ==, 3);
  backstay_path_sets_remove (one, 1);

  later = backstay_path_sets_new ("a server");
  g_assert_cmpuint (backstay_path_sets_get_n (later), ==, 3);
  g_assert_cmpstr (backstay_path_sets_get_name (later, 1), ==, "Two");
  g_assert_cmpstr (backstay_path_sets_get_name (later, 2), ==, "Three");

  backstay_path_sets_remove (other, 2);
  backstay_path_sets_remove (one, 1);
  g_assert_cmpuint (backstay_path_sets_get_n (one), ==, 2);
}

static void
test_sets (void)
{
  BackstayWindow       *window;
  BackstayMatrixWindow *matrix_window;
  GtkWidget            *dialog;
  GtkDropDown          *drop_down;

  set_up (three);
  window = ui_open_sample ();
  matrix_window = open_live (window);

  select_row (matrix_window, 1);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (matrix_window), "matrix-window.new-set", NULL));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_PATH_SET_DIALOG);
  ui_type (ui_find (dialog, "name_row"), "Sizes");
  g_assert_true (gtk_widget_activate_action (dialog, "path-set.save", NULL));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_PATH_SET_DIALOG) == NULL);
  wait_until_compared (matrix_window);
  assert_rows (matrix_window, "default_settings: { 3 } { 3 } { 2 }\n size: 1 1.0 -\n");

  /* Another window knows it, too. */
  ui_close_window (matrix_window);
  matrix_window = open_live (window);
  drop_down = GTK_DROP_DOWN (ui_find (matrix_window, "set_drop_down"));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (drop_down)), ==, 3);
  gtk_drop_down_set_selected (drop_down, 2);
  wait_until_compared (matrix_window);
  assert_rows (matrix_window, "default_settings: { 3 } { 3 } { 2 }\n size: 1 1.0 -\n");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (matrix_window), "matrix-window.forget-set", NULL));
  wait_until_compared (matrix_window);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (drop_down)), ==, 2);

  tear_down (window, matrix_window);
}

/* Columns */

static void
test_columns (void)
{
  BackstayWindow       *window;
  BackstayMatrixWindow *matrix_window;
  GtkWidget            *grid;

  set_up (three);
  window = ui_open_sample ();
  matrix_window = open_live (window);
  grid = GTK_WIDGET (get_grid (matrix_window));

  g_assert_true (gtk_widget_activate_action (grid, "matrix.move-column", "(uu)", 2, 0));
  ui_type (ui_find (matrix_window, "search_entry"), "guidance");
  ui_wait_until (g_list_model_get_n_items (ui_get_model (get_list_view (matrix_window))) == 2);
  assert_rows (matrix_window, "default_settings: { 2 } { 3 } { 3 }\n guidance_scale: 7.50 7.5 99\n");

  /* A pinned one comes first, and the others cannot go before it. */
  g_assert_true (gtk_widget_activate_action (grid, "matrix.pin-column", "(ub)", 2, TRUE));
  assert_rows (matrix_window, "default_settings: { 3 } { 2 } { 3 }\n guidance_scale: 99 7.50 7.5\n");
  g_assert_true (gtk_widget_activate_action (grid, "matrix.move-column", "(uu)", 1, 0));
  assert_rows (matrix_window, "default_settings: { 3 } { 2 } { 3 }\n guidance_scale: 99 7.50 7.5\n");

  /* Without the one that differs nothing does. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (matrix_window), "matrix.remove-column", "u", 0));
  wait_until_compared (matrix_window);
  g_assert_cmpstr (ui_get_page (matrix_window, "rows_stack"), ==, "empty");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (matrix_window), "matrix-window.show-everything", NULL));
  wait_until_compared (matrix_window);
  assert_has_row (matrix_window, " guidance_scale: 7.50 7.5\n");

  tear_down (window, matrix_window);
}

static void
test_add (void)
{
  BackstayWindow       *window;
  BackstayMatrixWindow *matrix_window;
  GtkWidget            *dialog;

  set_up (three);
  window = ui_open_sample ();
  matrix_window = open_live (window);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (matrix_window), "matrix-window.add-version", NULL));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_VERSION_CHOOSER);
  ui_wait_until (g_strcmp0 (ui_get_page (dialog, "stack"), "list") == 0);
  ui_wait_frames (dialog, 2);
  g_assert_true (gtk_widget_activate_action (ui_find (dialog, "list_view"), "list.select-item", "(ubb)", 0, FALSE, FALSE));
  g_assert_true (gtk_widget_activate_action (dialog, "chooser.choose", NULL));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_VERSION_CHOOSER) == NULL);
  wait_until_compared (matrix_window);
  g_assert_cmpuint (ui_count (matrix_window, BACKSTAY_TYPE_MATRIX_HEADING), ==, 4);

  tear_down (window, matrix_window);
}

/* What is not as it should be */

static void
test_nothing_live (void)
{
  static const char *const none[] = { NULL };
  BackstayWindow          *window;
  BackstayMatrixWindow    *matrix_window;

  set_up (none);
  window = ui_open_sample ();
  matrix_window = open_live (window);
  g_assert_cmpstr (ui_get_page (matrix_window, "stack"), ==, "message");

  tear_down (window, matrix_window);
}

static void
test_one_and_two (void)
{
  static const char *const one[] = { "{\"a\": 1}", NULL };
  BackstayWindow          *window;
  BackstayMatrixWindow    *matrix_window;

  set_up (one);
  window = ui_open_sample ();
  matrix_window = open_live (window);
  g_assert_true (g_str_has_prefix (backstay_notice_get_text (BACKSTAY_NOTICE (ui_find (matrix_window, "notice"))),
                                   "Only one version is live."));
  ui_close_window (matrix_window);

  /* A second one of the same type is active, but a service reads the newer one. */
  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data, is_active, created_at)"
                   " VALUES ('m0', 'older', '{\"a\": 2}', true, timestamptz '2024-01-01')");
  matrix_window = open_live (window);
  g_assert_nonnull (strstr (backstay_notice_get_text (BACKSTAY_NOTICE (ui_find (matrix_window, "notice"))),
                            "more than one active version of m0."));
  assert_rows (matrix_window, "a: 1 2\n");
  g_assert_true (ui_shows (matrix_window, "LIVE"));
  g_assert_true (ui_shows (matrix_window, "ACTIVE"));

  tear_down (window, matrix_window);
}

static void
test_gone (void)
{
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (BackstayRepository) repository = NULL;
  g_autoptr (BackstayDbConnection) connection = backstay_db_connection_new (support_server_get_config ());
  g_autoptr (BackstayIdentity) alice = backstay_identity_new (SUPPORT_ALICE, NULL);
  BackstayWindow       *window;
  BackstayMatrixWindow *matrix_window;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  set_up (three);
  window = ui_open_sample ();
  repository = backstay_repository_new (connection, alice);
  backstay_repository_list_active_async (repository, NULL, NULL, support_keep_result_cb, &result);
  support_wait_for_result (&result);
  versions = backstay_repository_list_active_finish (repository, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (versions->len, ==, 3);

  support_sql_run (support_server_get_sql (), "DELETE FROM model_config_history WHERE model_type = 'm1'");
  matrix_window = backstay_matrix_window_new (GTK_WINDOW (window), "test", "test");
  backstay_matrix_window_show_versions (matrix_window, repository, versions);
  gtk_window_present (GTK_WINDOW (matrix_window));
  wait_until_compared (matrix_window);
  g_assert_cmpuint (ui_count (matrix_window, BACKSTAY_TYPE_MATRIX_HEADING), ==, 2);
  g_assert_true (g_str_has_prefix (backstay_notice_get_text (BACKSTAY_NOTICE (ui_find (matrix_window, "notice"))),
                                   "1 version is not in the table any more"));

  tear_down (window, matrix_window);
}

/* Much of it */

static void
test_many (void)
{
  BackstayWindow       *window;
  BackstayMatrixWindow *matrix_window;
  gint64                slowest = 0;

  support_sql_run (support_server_get_sql (), "UPDATE model_config_history SET is_active = false");
  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data, is_active)"
                   " SELECT 'type ' || t, 'big', (SELECT jsonb_object_agg('key ' || k, CASE WHEN k %% 7 = t %% 7 THEN to_jsonb(k)"
                   "   ELSE jsonb_build_object('name', 'preset ' || k, 'weight', k * 0.1) END)"
                   "   FROM generate_series(1, 20000) k), true"
                   "   FROM generate_series(10, 31) t");
  window = ui_open_sample ();

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.compare-live", NULL));
  matrix_window = ui_wait_for_window (BACKSTAY_TYPE_MATRIX_WINDOW);

  while (backstay_matrix_window_get_loading (matrix_window))
    {
      gint64 before;

      g_main_context_iteration (NULL, FALSE);
      before = g_get_monotonic_time ();
      g_main_context_iteration (NULL, FALSE);
      slowest = MAX (slowest, g_get_monotonic_time () - before);
    }
  ui_wait_frames (matrix_window, 2);
  g_test_message ("slowest iteration: %" G_GINT64_FORMAT " ms", slowest / 1000);

  g_assert_cmpuint (ui_count (matrix_window, BACKSTAY_TYPE_MATRIX_HEADING), ==, 20);
  g_assert_cmpuint (ui_count (matrix_window, BACKSTAY_TYPE_MATRIX_LINE), <, MAX_ROWS);
  g_assert_nonnull (strstr (backstay_notice_get_text (BACKSTAY_NOTICE (ui_find (matrix_window, "notice"))),
                            "22 versions are active, and only the first 20"));

  /* The last column can be scrolled to. */
  select_row (matrix_window, 0);
  for (guint i = 0; i < 25; i++)
    ui_press (matrix_window, GDK_KEY_Right, 0);
  ui_wait_frames (matrix_window, 2);
  g_assert_cmpfloat (gtk_adjustment_get_value (backstay_matrix_columns_get_adjustment (
                       backstay_matrix_grid_get_columns (get_grid (matrix_window)))),
                     >, 0);

  tear_down (window, matrix_window);
}

/* The window may be closed while anything is on its way. */
static void
test_close (void)
{
  BackstayWindow       *window;
  BackstayMatrixWindow *matrix_window;

  set_up (three);
  window = ui_open_sample ();

  for (guint n_iterations = 0; n_iterations < 40; n_iterations += 4)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.compare-live", NULL));
      matrix_window = ui_wait_for_window (BACKSTAY_TYPE_MATRIX_WINDOW);
      for (guint i = 0; i < n_iterations; i++)
        g_main_context_iteration (NULL, FALSE);
      ui_close_window (matrix_window);
    }

  /* It goes with the window that it was opened from. */
  matrix_window = open_live (window);
  g_object_add_weak_pointer (G_OBJECT (matrix_window), (gpointer *) &matrix_window);
  ui_close_window (window);
  ui_wait_until (matrix_window == NULL);
  support_server_restore ();
}

static void
test_cancel (void)
{
  BackstayWindow       *window;
  BackstayMatrixWindow *matrix_window;

  set_up (three);
  window = ui_open_sample ();
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.compare-live", NULL));
  matrix_window = ui_find_window (BACKSTAY_TYPE_MATRIX_WINDOW);
  g_assert_cmpstr (ui_get_page (matrix_window, "stack"), ==, "loading");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (matrix_window), "matrix-window.cancel", NULL));
  g_assert_cmpstr (ui_get_page (matrix_window, "stack"), ==, "message");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (matrix_window), "matrix-window.reload", NULL));
  wait_until_compared (matrix_window);
  g_assert_cmpstr (ui_get_page (matrix_window, "stack"), ==, "matrix");

  tear_down (window, matrix_window);
}

static void
test_copy (void)
{
  BackstayWindow       *window;
  BackstayMatrixWindow *matrix_window;
  g_autofree char      *text = NULL;

  set_up (three);
  window = ui_open_sample ();
  matrix_window = open_live (window);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (matrix_window)), "");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (matrix_window), "matrix-window.copy", "s", "md"));
  ui_wait_until (ui_shows (matrix_window, "Copied the comparison"));
  text = ui_read_clipboard (matrix_window);
  g_assert_nonnull (strstr (text, "| default\\_settings.guidance\\_scale | 7.5 | ≠ 99 | 7.50 |\n"));

  tear_down (window, matrix_window);
}

/* The file chooser is the system's own; this is what comes after it. */
static void
test_export (void)
{
  BackstayWindow       *window;
  BackstayMatrixWindow *matrix_window;
  BackstayMatrixGrid   *grid;
  g_autofree char      *path = g_build_filename (support_server_get_directory (), "comparison.csv", NULL);
  g_autofree char      *written = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nonexistent/comparison.csv");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) refused = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  set_up (three);
  window = ui_open_sample ();
  matrix_window = open_live (window);
  grid = get_grid (matrix_window);

  backstay_matrix_work_export_async (backstay_matrix_grid_get_columns (grid),
                                     backstay_matrix_grid_get_tree (grid),
                                     "title", BACKSTAY_MATRIX_FORMAT_CSV, file, NULL,
                                     support_keep_result_cb, &result);
  bytes = backstay_matrix_work_export_finish (support_wait_for_result (&result), &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &written, NULL, NULL));
  g_assert_nonnull (strstr (written, "\r\n\"default_settings.guidance_scale\",\"7.5\",\"99\",\"7.50\",yes\r\n"));
  g_assert_nonnull (strstr (written, "\"m0 · v0 · 2025-01-01"));
  g_assert_true (g_file_delete (file, NULL, NULL));
  g_clear_pointer (&bytes, g_bytes_unref);

  backstay_matrix_work_export_async (backstay_matrix_grid_get_columns (grid),
                                     backstay_matrix_grid_get_tree (grid),
                                     "title", BACKSTAY_MATRIX_FORMAT_HTML, nowhere, NULL,
                                     support_keep_result_cb, &refused);
  g_assert_null (backstay_matrix_work_export_finish (support_wait_for_result (&refused), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  tear_down (window, matrix_window);
}

/* What only one user may see goes when somebody else signs in. */
static void
test_signed_out (void)
{
  BackstayWindow *window = ui_open_sample ();
  g_autoptr (BackstayIdentity) dave = backstay_identity_new (SUPPORT_DAVE, "dave");

  gtk_widget_activate_action (GTK_WIDGET (window), "win.compare-live", NULL);
  ui_wait_for_window (BACKSTAY_TYPE_MATRIX_WINDOW);
  backstay_window_choose_identity (window, dave);
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_MATRIX_WINDOW) == NULL);

  ui_close_window (window);
}

int
main (int    argc,
      char **argv)
{
  ui_init (&argc, &argv);

  g_test_add_func ("/matrix-window/signed-out", test_signed_out);
  g_test_add_func ("/matrix-window/live", test_live);
  g_test_add_func ("/matrix-window/keyboard", test_keyboard);
  g_test_add_func ("/matrix-window/filter", test_filter);
  g_test_add_func ("/matrix-window/sets", test_sets);
  g_test_add_func ("/matrix-window/sets-of-two-windows", test_sets_of_two_windows);
  g_test_add_func ("/matrix-window/columns", test_columns);
  g_test_add_func ("/matrix-window/add", test_add);
  g_test_add_func ("/matrix-window/nothing-live", test_nothing_live);
  g_test_add_func ("/matrix-window/one-and-two", test_one_and_two);
  g_test_add_func ("/matrix-window/gone", test_gone);
  g_test_add_func ("/matrix-window/many", test_many);
  g_test_add_func ("/matrix-window/close", test_close);
  g_test_add_func ("/matrix-window/cancel", test_cancel);
  g_test_add_func ("/matrix-window/copy", test_copy);
  g_test_add_func ("/matrix-window/export", test_export);

  return ui_run_tests ();
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-overview"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-overview-row.h"

#include <adwaita.h>
#include <string.h>

static const char *
get_place (BackstayWindow *window)
{
  return ui_get_page (window, "pages");
}

static GtkWidget *
find_row (BackstayWindow *window,
          const char     *model_type)
{
  GtkListBox    *list_box = GTK_LIST_BOX (ui_find (ui_find (window, "overview"), "list_box"));
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list_box, i)) != NULL; i++)
    {
      BackstayModelType *type = backstay_overview_row_get_model_type (BACKSTAY_OVERVIEW_ROW (row));

      if (strcmp (backstay_model_type_get_name (type), model_type) == 0)
        return GTK_WIDGET (row);
    }

  g_error ("There is no row of %s", model_type);
}

static void
assert_shown (BackstayWindow *window,
              const char     *name)
{
  ui_wait_until_ready (window);
  g_assert_cmpstr (get_place (window), ==, "type");
  g_assert_cmpstr (ui_get_label (ui_find (window, "version_view"), "name_label"), ==, name);
}

static void
test_opens_first (void)
{
  BackstayWindow *window = ui_open_overview ();
  GtkWidget      *overview = ui_find (window, "overview");

  g_assert_cmpstr (get_place (window), ==, "overview");
  g_assert_true (gtk_widget_get_mapped (overview));
  g_assert_true (ui_shows (ui_find (overview, "title"), "2 model types need attention"));

  /* Where the focus is, the arrow keys are. */
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), ui_find (window, "entries")));

  ui_close_window (window);
}

/* Each row says what the consumer's own query says. */
static void
test_rows (void)
{
  BackstayWindow *window = ui_open_overview ();
  g_autoptr (GPtrArray) types = NULL;

  types = support_sql_list (support_server_get_sql (),
                            "SELECT DISTINCT model_type FROM model_config_history WHERE is_active = true");
  g_assert_cmpuint (types->len, ==, 6);

  for (guint i = 0; i < types->len; i++)
    {
      const char      *type = g_ptr_array_index (types, i);
      GtkWidget       *row = find_row (window, type);
      g_autofree char *name = NULL;

      name = support_sql_query (support_server_get_sql (),
                                "SELECT config_name FROM model_config_history"
                                " WHERE model_type = '%s' AND is_active = true"
                                " ORDER BY created_at DESC LIMIT 1",
                                type);
      g_assert_nonnull (strstr (ui_get_label (row, "live_label"), name));
      g_assert_true (gtk_widget_get_visible (ui_find (row, "compare_button")));
    }

  g_assert_nonnull (strstr (ui_get_label (find_row (window, "sdxl"), "since_label"), "1 hour ago · "));
  g_assert_nonnull (strstr (ui_get_label (find_row (window, "sdxl"), "since_label"), " · by bob"));
  g_assert_nonnull (strstr (ui_get_label (find_row (window, "sdxl"), "notes_label"), "guidance_scale to 9"));
  g_assert_false (gtk_widget_get_visible (ui_find (find_row (window, "sdxl"), "warning_label")));

  ui_close_window (window);
}

static void
test_warnings (void)
{
  BackstayWindow  *window = ui_open_overview ();
  GtkWidget       *two = find_row (window, "wan");
  GtkWidget       *none = find_row (window, "whisper");
  g_autofree char *name = ui_dup_name (two);

  g_assert_cmpstr (ui_get_label (two, "live_label"), ==, "A service reads WAN Video Production v1.43");
  g_assert_cmpstr (ui_get_label (two, "warning_label"), ==, "2 versions are active: a service reads the newest.");
  g_assert_true (g_str_has_prefix (ui_get_label (two, "others_label"), "Active, too: WAN Video Production v1.40 · "));
  g_assert_nonnull (strstr (name, ", warning, 2 versions are active"));

  g_assert_cmpstr (ui_get_label (none, "live_label"), ==, "Nothing is live");
  g_assert_cmpstr (ui_get_label (none, "warning_label"), ==, "No version is active: a service reads nothing.");
  g_assert_false (gtk_widget_get_visible (ui_find (none, "compare_button")));
  g_assert_false (gtk_widget_get_visible (ui_find (none, "others_label")));

  ui_close_window (window);
}

static void
test_future (void)
{
  BackstayWindow *window;

  support_sql_run (support_server_get_sql (),
                   "UPDATE model_config_history SET created_at = now() + interval '3 days' + interval '1 hour'"
                   " WHERE model_type = 'sdxl' AND is_active");
  support_sql_run (support_server_get_sql (),
                   "UPDATE model_config_history SET created_at = NULL WHERE model_type = 'flux' AND is_active");
  window = ui_open_overview ();
  g_assert_nonnull (strstr (ui_get_label (find_row (window, "sdxl"), "warning_label"), "dated in the future"));
  g_assert_true (g_str_has_prefix (ui_get_label (find_row (window, "sdxl"), "since_label"), "in 3 days · "));
  g_assert_nonnull (strstr (ui_get_label (find_row (window, "flux"), "warning_label"), "has no time"));

  ui_close_window (window);
  support_server_restore ();
}

static void
test_open (void)
{
  BackstayWindow *window = ui_open_overview ();

  ui_click (ui_find (find_row (window, "sdxl"), "open_button"));
  assert_shown (window, UI_LIVE);
  g_assert_true (ui_shows (ui_find (window, "history_view"), "sdxl"));

  /* And back, and by the row itself. */
  g_assert_true (ui_press (window, GDK_KEY_1, GDK_CONTROL_MASK));
  g_assert_cmpstr (get_place (window), ==, "overview");
  gtk_widget_activate (find_row (window, "wan"));
  assert_shown (window, "WAN Video Production v1.43");

  ui_close_window (window);
}

static void
test_compare (void)
{
  BackstayWindow *window = ui_open_overview ();

  ui_click (ui_find (find_row (window, "sdxl"), "compare_button"));
  assert_shown (window, UI_LIVE);
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (ui_find (window, "view_stack")), ==, "changes");
  g_assert_true (gtk_widget_get_mapped (ui_find (window, "changes_view")));

  ui_close_window (window);
}

/* Which one to go back to is for the user to say: nothing is chosen, nothing is done. */
static void
test_roll_back (void)
{
  BackstayWindow  *window = ui_open_overview ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  before = support_sql_query (support_server_get_sql (), "SELECT count(*) FROM model_config_history");
  ui_click (ui_find (find_row (window, "sdxl"), "roll_back_button"));
  assert_shown (window, UI_LIVE);
  g_assert_true (ui_shows (window, "Select the version to go back to"));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), ui_find (window, "history_view")));
  g_assert_false (gtk_widget_is_sensitive (ui_find (ui_find (window, "version_view"), "roll_back_button")));
  after = support_sql_query (support_server_get_sql (), "SELECT count(*) FROM model_config_history");
  g_assert_cmpstr (before, ==, after);

  ui_close_window (window);
}

/* What others do is there after a reload. */
static void
test_reload (void)
{
  BackstayWindow *window = ui_open_overview ();

  support_sql_run (support_server_get_sql (),
                   "UPDATE model_config_history SET is_active = false WHERE model_type IN ('sdxl', 'wan')");
  g_assert_true (ui_press (window, GDK_KEY_F5, 0));
  ui_wait_until (g_str_equal (ui_get_label (find_row (window, "sdxl"), "live_label"), "Nothing is live"));
  ui_wait_until_ready (window);
  g_assert_cmpstr (get_place (window), ==, "overview");
  g_assert_false (gtk_widget_get_visible (ui_find (find_row (window, "wan"), "others_label")));
  g_assert_true (ui_shows (ui_find (ui_find (window, "overview"), "title"), "3 model types need attention"));

  ui_close_window (window);
  support_server_restore ();
}

static void
test_empty (void)
{
  BackstayWindow *window;

  support_sql_run (support_server_get_sql (), "DELETE FROM model_config_history");
  window = ui_open_overview ();
  g_assert_cmpstr (ui_get_page (ui_find (window, "overview"), "stack"), ==, "empty");
  g_assert_true (ui_shows (window, "so no service reads any"));

  ui_close_window (window);
  support_server_restore ();
}

static guint
get_selected_type (BackstayWindow *window)
{
  gpointer list_view = ui_find (ui_find (window, "sidebar"), "list_view");

  return gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (gtk_list_view_get_model (list_view)));
}

/* One thing is selected, and the arrow keys go through all of them. */
static void
test_sidebar_keys (void)
{
  BackstayWindow *window = ui_open_overview ();
  GtkListBox     *entries = GTK_LIST_BOX (ui_find (window, "entries"));
  GtkWidget      *list_view = ui_find (ui_find (window, "sidebar"), "list_view");
  gboolean        handled = FALSE;

  g_assert_cmpuint (get_selected_type (window), ==, GTK_INVALID_LIST_POSITION);
  g_signal_emit_by_name (entries, "move-cursor", GTK_MOVEMENT_DISPLAY_LINES, 1, FALSE, FALSE);
  g_assert_cmpstr (get_place (window), ==, "recent");
  g_signal_emit_by_name (entries, "move-cursor", GTK_MOVEMENT_DISPLAY_LINES, 1, FALSE, FALSE);
  g_assert_cmpstr (get_place (window), ==, "audit");
  g_signal_emit_by_name (entries, "move-cursor", GTK_MOVEMENT_DISPLAY_LINES, 1, FALSE, FALSE);
  g_assert_cmpstr (get_place (window), ==, "integrity");
  g_signal_emit_by_name (entries, "move-cursor", GTK_MOVEMENT_DISPLAY_LINES, 1, FALSE, FALSE);
  g_assert_cmpstr (get_place (window), ==, "database");

  g_signal_emit_by_name (entries, "move-cursor", GTK_MOVEMENT_DISPLAY_LINES, 1, FALSE, FALSE);
  g_assert_cmpstr (get_place (window), ==, "type");
  g_assert_null (gtk_list_box_get_selected_row (entries));
  g_assert_cmpuint (get_selected_type (window), ==, 0);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), list_view));

  {
    g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (list_view);

    for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
      {
        g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

        if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
          g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Up, 0, 0, &handled);
      }
  }

  g_assert_true (handled);
  g_assert_cmpstr (get_place (window), ==, "database");
  g_assert_cmpuint (get_selected_type (window), ==, GTK_INVALID_LIST_POSITION);
  ui_wait_until_ready (window);

  ui_close_window (window);
}

/* Who comes back finds the window as it was. */
static void
test_remembers_place (void)
{
  BackstayWindow *window = ui_open_overview ();
  g_autoptr (BackstayIdentity) alice = backstay_identity_new (SUPPORT_ALICE, NULL);

  g_assert_true (ui_press (window, GDK_KEY_2, GDK_CONTROL_MASK));
  ui_wait_until_ready (window);
  backstay_window_open (window, support_server_get_config (), alice, TRUE);
  ui_wait_until_ready (window);
  g_assert_cmpstr (get_place (window), ==, "recent");

  ui_select_type (window, "wan");
  backstay_window_open (window, support_server_get_config (), alice, TRUE);
  ui_wait_until_ready (window);
  assert_shown (window, "WAN Video Production v1.43");

  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/overview/opens-first", test_opens_first);
  g_test_add_func ("/overview/rows", test_rows);
  g_test_add_func ("/overview/warnings", test_warnings);
  g_test_add_func ("/overview/future", test_future);
  g_test_add_func ("/overview/open", test_open);
  g_test_add_func ("/overview/compare", test_compare);
  g_test_add_func ("/overview/roll-back", test_roll_back);
  g_test_add_func ("/overview/reload", test_reload);
  g_test_add_func ("/overview/empty", test_empty);
  g_test_add_func ("/overview/sidebar-keys", test_sidebar_keys);
  g_test_add_func ("/overview/remembers-place", test_remembers_place);

  return ui_run_tests ();
}

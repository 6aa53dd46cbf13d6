/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-recent"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-changes-chart.h"
#include "backstay-history-list.h"

#include <adwaita.h>
#include <string.h>

/* Of the sample, in the order of the drop-down. */
enum
{
  RANGE_DAY,
  RANGE_WEEK,
  RANGE_MONTH,
  RANGE_QUARTER,
  RANGE_CUSTOM,
};

static BackstayWindow *
open_recent (void)
{
  BackstayWindow *window = ui_open_overview ();

  g_assert_true (ui_press (window, GDK_KEY_2, GDK_CONTROL_MASK));
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_page (window, "pages"), ==, "recent");

  return window;
}

static gpointer
get_view (BackstayWindow *window)
{
  return ui_find (window, "recent_view");
}

static GListModel *
get_list (BackstayWindow *window)
{
  return ui_get_model (ui_find (get_view (window), "list_view"));
}

static void
choose_range (BackstayWindow *window,
              guint           range)
{
  gtk_drop_down_set_selected (ui_find (window, "range_drop_down"), range);
  ui_wait_until_ready (window);
}

static void
assert_count (BackstayWindow *window,
              const char     *where)
{
  gint64 expected = support_sql_query_int (support_server_get_sql (),
                                           "SELECT count(*) FROM model_config_history WHERE %s", where);

  g_assert_cmpint (expected, >, 0);
  g_assert_cmpuint (g_list_model_get_n_items (get_list (window)), ==, expected);
}

static void
test_rows (void)
{
  BackstayWindow *window = open_recent ();
  GtkWidget      *list_view = ui_find (get_view (window), "list_view");
  g_autoptr (GPtrArray) versions = NULL;

  versions = support_sql_list (support_server_get_sql (),
                               "SELECT model_type, config_name, CASE WHEN is_active THEN 'ACTIVE' ELSE 'INACTIVE' END"
                               "  FROM model_config_history WHERE created_at >= NOW() - INTERVAL '7 days'"
                               " ORDER BY created_at DESC");
  g_assert_cmpuint (versions->len, ==, g_list_model_get_n_items (get_list (window)));

  for (guint i = 0; i < versions->len; i++)
    {
      GtkWidget       *row = ui_find_row (list_view, i);
      g_autofree char *texts = g_strdup_printf ("%s|%s|%s",
                                                ui_get_label (row, "type_label"),
                                                ui_get_label (row, "name_label"),
                                                ui_get_label (row, "badge_label"));
      g_autofree char *name = ui_dup_name (gtk_widget_get_parent (row));

      g_assert_cmpstr (texts, ==, g_ptr_array_index (versions, i));
      g_assert_true (g_str_has_prefix (name, ui_get_label (row, "type_label")));
    }

  ui_close_window (window);
}

/* A day stands above its first row, and is in the name of all of them. */
static void
test_days (void)
{
  BackstayWindow  *window;
  GtkWidget       *list_view;
  guint            n_days = 0;
  g_autofree char *previous = NULL;

  support_sql_run (support_server_get_sql (), "UPDATE model_config_history SET created_at = NULL");
  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data, created_at)"
                   " SELECT 'days', 'n' || n, '1', now() - (n / 3) * interval '24 hours' - n * interval '1 millisecond'"
                   "   FROM generate_series(0, 8) n");
  window = open_recent ();
  list_view = ui_find (get_view (window), "list_view");
  g_assert_cmpuint (g_list_model_get_n_items (get_list (window)), ==, 9);

  for (guint i = 0; i < 9; i++)
    {
      GtkWidget       *row = ui_find_row (list_view, i);
      const char      *day = ui_get_label (row, "day_label");
      g_autofree char *name = ui_dup_name (gtk_widget_get_parent (row));
      gboolean         is_first = g_strcmp0 (day, previous) != 0;

      g_assert_true (gtk_widget_get_visible (ui_find (row, "day_label")) == is_first);
      g_assert_nonnull (strstr (name, day));
      n_days += is_first;
      g_free (previous);
      previous = g_strdup (day);
    }

  g_assert_cmpuint (n_days, >=, 3);

  ui_close_window (window);
  support_server_restore ();
}

static void
test_ranges (void)
{
  BackstayWindow *window = open_recent ();

  choose_range (window, RANGE_DAY);
  assert_count (window, "created_at >= NOW() - INTERVAL '24 hours'");
  choose_range (window, RANGE_MONTH);
  assert_count (window, "created_at >= NOW() - INTERVAL '30 days'");
  choose_range (window, RANGE_QUARTER);
  assert_count (window, "created_at >= NOW() - INTERVAL '90 days'");
  choose_range (window, RANGE_WEEK);
  assert_count (window, "created_at >= NOW() - INTERVAL '7 days'");

  ui_close_window (window);
}

static void
show_custom (BackstayWindow *window,
             const char     *from,
             const char     *to)
{
  ui_type (ui_find (window, "from_entry"), from);
  ui_type (ui_find (window, "to_entry"), to);
  ui_click (ui_find (window, "apply_button"));
  ui_wait_until_ready (window);
}

/* A range that makes no sense is said to be so, and what is shown stays. */
static void
test_custom_range (void)
{
  BackstayWindow *window = open_recent ();
  GtkLabel       *error_label = ui_find (window, "error_label");
  guint           n;

  choose_range (window, RANGE_CUSTOM);
  assert_count (window, "created_at >= current_date - 30 AND created_at < current_date + 1");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (error_label)));
  n = g_list_model_get_n_items (get_list (window));

  show_custom (window, "2026-02-30", "2026-03-01");
  g_assert_true (g_str_has_prefix (gtk_label_get_text (error_label), "The first date is no day"));
  show_custom (window, "2026-03-01", "soon");
  g_assert_true (g_str_has_prefix (gtk_label_get_text (error_label), "The second date is no day"));
  show_custom (window, "2026-03-02", "2026-03-01");
  g_assert_true (g_str_has_prefix (gtk_label_get_text (error_label), "The second date is before"));
  show_custom (window, "0001-01-01", "9999-12-31");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (error_label)));
  g_assert_cmpuint (g_list_model_get_n_items (get_list (window)), ==, n);

  show_custom (window, "2020-01-01", "2020-01-01");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (error_label)));
  g_assert_cmpstr (ui_get_page (get_view (window), "stack"), ==, "empty");
  g_assert_true (ui_shows (get_view (window), "No changes from 2020-01-01 to 2020-01-01"));

  ui_close_window (window);
}

static void
choose_creator (BackstayWindow *window,
                const char     *name)
{
  GtkDropDown   *drop_down = ui_find (window, "creator_drop_down");
  GtkStringList *names = GTK_STRING_LIST (gtk_drop_down_get_model (drop_down));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (names)); i++)
    {
      if (g_str_equal (gtk_string_list_get_string (names, i), name))
        {
          gtk_drop_down_set_selected (drop_down, i);
          ui_wait_until_ready (window);
          return;
        }
    }

  g_error ("There is no creator %s", name);
}

static void
test_creators (void)
{
  BackstayWindow *window;

  support_sql_run (support_server_get_sql (),
                   "SET session_replication_role = replica;"
                   "UPDATE model_config_history SET created_by = '00000000-0000-4000-8000-00000000dead'"
                   " WHERE created_at >= now() - interval '30 days' AND config_name LIKE '%%1';"
                   "UPDATE model_config_history SET created_by = NULL"
                   " WHERE created_at >= now() - interval '30 days' AND config_name LIKE '%%3';"
                   "SET session_replication_role = DEFAULT");
  window = open_recent ();
  choose_range (window, RANGE_MONTH);

  choose_creator (window, "bob");
  assert_count (window, "created_by = '" SUPPORT_BOB "' AND created_at >= NOW() - INTERVAL '30 days'");
  choose_creator (window, "no creator recorded");
  assert_count (window, "created_by IS NULL AND created_at >= NOW() - INTERVAL '30 days'");
  choose_creator (window, "unknown user 00000000");
  assert_count (window, "created_by = '00000000-0000-4000-8000-00000000dead' AND created_at >= NOW() - INTERVAL '30 days'");

  /* Who is chosen stays so in another range, also where nothing is theirs. */
  choose_creator (window, "bob");
  choose_range (window, RANGE_QUARTER);
  assert_count (window, "created_by = '" SUPPORT_BOB "' AND created_at >= NOW() - INTERVAL '90 days'");
  choose_creator (window, "Everybody");
  assert_count (window, "created_at >= NOW() - INTERVAL '90 days'");

  ui_close_window (window);
  support_server_restore ();
}

static gboolean
press_on_chart (gpointer chart,
                guint    keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (chart);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
    }

  return handled;
}

/* The keyboard goes from bar to bar, and what it points to is told in words. */
static void
test_chart_keys (void)
{
  BackstayWindow *window = open_recent ();
  gpointer        chart = ui_find (window, "chart");
  guint           n = g_list_model_get_n_items (get_list (window));

  gtk_widget_grab_focus (chart);
  ui_wait_until (backstay_changes_chart_get_pointed (chart) == 7);
  g_assert_true (press_on_chart (chart, GDK_KEY_Home));
  g_assert_cmpuint (backstay_changes_chart_get_pointed (chart), ==, 0);
  g_assert_true (press_on_chart (chart, GDK_KEY_Left));
  g_assert_cmpuint (backstay_changes_chart_get_pointed (chart), ==, 0);
  g_assert_true (press_on_chart (chart, GDK_KEY_End));
  g_assert_true (press_on_chart (chart, GDK_KEY_Right));
  g_assert_cmpuint (backstay_changes_chart_get_pointed (chart), ==, 7);
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 8.0);
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       ui_get_label (get_view (window), "detail_label"));

  g_assert_true (press_on_chart (chart, GDK_KEY_Return));
  ui_wait_until_ready (window);
  g_assert_true (gtk_widget_get_visible (ui_find (window, "all_button")));
  if (g_str_equal (ui_get_page (get_view (window), "stack"), "list"))
    assert_count (window, "created_at >= current_date AND created_at >= NOW() - INTERVAL '7 days'");

  g_assert_true (press_on_chart (chart, GDK_KEY_Escape));
  ui_wait_until_ready (window);
  g_assert_cmpuint (g_list_model_get_n_items (get_list (window)), ==, n);
  g_assert_false (gtk_widget_get_visible (ui_find (window, "all_button")));

  ui_close_window (window);
}

/* A bar shows its day only, and once more all of them; the sums are the table's. */
static void
test_chart_click (void)
{
  SupportSql      *sql = support_server_get_sql ();
  BackstayWindow  *window = open_recent ();
  gpointer         chart = ui_find (window, "chart");
  gint64           n;
  g_autofree char *text = NULL;

  choose_range (window, RANGE_MONTH);

  for (guint bucket = 0; bucket < 31; bucket++)
    {
      n = support_sql_query_int (sql, "SELECT count(*) FROM model_config_history"
                                      " WHERE created_at >= now() - interval '30 days'"
                                      "   AND created_at >= current_date - %u AND created_at < current_date + 1 - %u",
                                 30 - bucket, 30 - bucket);
      g_signal_emit_by_name (chart, "bucket-activated", bucket);
      ui_wait_until_ready (window);

      g_assert_cmpuint (g_list_model_get_n_items (get_list (window)), ==, n);
    }

  ui_click (ui_find (window, "all_button"));
  ui_wait_until_ready (window);
  assert_count (window, "created_at >= NOW() - INTERVAL '30 days'");
  n = (gint64) g_list_model_get_n_items (get_list (window));
  text = g_strdup_printf ("%u changes in the last 30 days", (guint) n);
  g_assert_cmpstr (ui_get_label (get_view (window), "detail_label"), ==, text);

  ui_close_window (window);
}

static GtkWidget *
find_table (gpointer root)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (child)) == GTK_ACCESSIBLE_ROLE_TABLE)
        return child;
    }

  g_error ("There is no table");
}

static void
test_table (void)
{
  BackstayWindow *window = open_recent ();
  GtkWidget      *table;
  GtkWidget      *row;
  guint           n_rows = 0;
  gint64          n_days;

  n_days = support_sql_query_int (support_server_get_sql (),
                                  "SELECT count(DISTINCT created_at::date) FROM model_config_history"
                                  " WHERE created_at >= now() - interval '7 days'");

  gtk_toggle_button_set_active (ui_find (window, "table_button"), TRUE);
  ui_wait_frames (window, 2);
  table = find_table (ui_find (window, "table"));
  g_assert_true (gtk_widget_get_mapped (table));

  for (row = gtk_widget_get_first_child (table); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *first = gtk_widget_get_first_child (row);

      g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (row)), ==, GTK_ACCESSIBLE_ROLE_ROW);
      if (n_rows == 1)
        ui_click (first);
      n_rows++;
    }

  g_assert_cmpuint (n_rows, ==, n_days + 1);
  ui_wait_until_ready (window);
  g_assert_true (gtk_widget_get_visible (ui_find (window, "all_button")));

  ui_close_window (window);
}

static void
test_activate (void)
{
  BackstayWindow  *window = open_recent ();
  g_autofree char *good_id = ui_dup_id (UI_GOOD);
  GtkWidget       *list_view = ui_find (get_view (window), "list_view");

  for (guint i = 0; i < g_list_model_get_n_items (get_list (window)); i++)
    {
      g_autoptr (BackstayVersion) version = g_list_model_get_item (get_list (window), i);

      if (g_str_equal (backstay_version_get_id (version), good_id))
        {
          g_assert_true (gtk_widget_activate_action (list_view, "list.activate-item", "u", i));
          break;
        }
    }

  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_page (window, "pages"), ==, "type");
  g_assert_cmpstr (ui_get_label (ui_find (window, "version_view"), "name_label"), ==, UI_GOOD);
  g_assert_cmpstr (ui_get_selected_id (window), ==, good_id);

  ui_close_window (window);
}

static void
test_empty (void)
{
  BackstayWindow *window;

  support_sql_run (support_server_get_sql (),
                   "UPDATE model_config_history SET created_at = now() - interval '20 days'");
  window = open_recent ();
  g_assert_cmpstr (ui_get_page (get_view (window), "stack"), ==, "empty");
  g_assert_true (ui_shows (get_view (window), "No changes in the last 7 days"));
  g_assert_false (gtk_widget_get_visible (ui_find (window, "chart_box")));

  ui_click (ui_find_button (get_view (window), "Show the Last 30 Days"));
  ui_wait_until_ready (window);
  g_assert_cmpuint (g_list_model_get_n_items (get_list (window)), >, 200);
  g_assert_true (gtk_widget_get_visible (ui_find (window, "chart_box")));

  ui_close_window (window);
  support_server_restore ();
}

/* The server does not answer, and then it does. */
static void
test_failure (void)
{
  SupportSql     *sql = support_server_get_sql ();
  BackstayWindow *window = ui_open_overview ();

  support_sql_run (sql, "REVOKE SELECT ON profiles FROM authenticated");
  g_assert_true (ui_press (window, GDK_KEY_2, GDK_CONTROL_MASK));
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_page (get_view (window), "stack"), ==, "failed");

  support_sql_run (sql, "GRANT SELECT ON profiles TO authenticated");
  ui_click (ui_find_button (ui_find (get_view (window), "stack"), "Try Again"));
  ui_wait_until (g_str_equal (ui_get_page (get_view (window), "stack"), "list"));
  ui_wait_until_ready (window);
  g_assert_true (gtk_widget_get_visible (ui_find (window, "chart_box")));

  ui_close_window (window);
}

/* More than one page of them. */
static void
test_pages (void)
{
  BackstayWindow      *window;
  GListModel          *list;
  BackstayHistoryList *versions;
  g_autofree char     *total = NULL;
  guint                n;

  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data, created_at)"
                   " SELECT 'paged', 'n' || n, '1', now() - n * interval '1 second' FROM generate_series(1, 600) n");

  /* How many of the sample's are so young depends on the time of day. */
  n = (guint) support_sql_query_int (support_server_get_sql (),
                                     "SELECT count(*) FROM model_config_history"
                                     " WHERE created_at >= now() - interval '7 days'");
  total = g_strdup_printf ("%u changes", n);
  window = open_recent ();
  list = get_list (window);
  versions = BACKSTAY_HISTORY_LIST (gtk_no_selection_get_model (GTK_NO_SELECTION (list)));
  g_assert_cmpuint (g_list_model_get_n_items (list), <, 600);
  g_assert_true (g_str_has_prefix (ui_get_label (get_view (window), "detail_label"), total));

  while (!backstay_history_list_get_at_end (versions))
    {
      backstay_history_list_load_more (versions);
      ui_wait_until_ready (window);
    }

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, n);

  ui_close_window (window);
  support_server_restore ();
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/recent/rows", test_rows);
  g_test_add_func ("/recent/days", test_days);
  g_test_add_func ("/recent/ranges", test_ranges);
  g_test_add_func ("/recent/custom-range", test_custom_range);
  g_test_add_func ("/recent/creators", test_creators);
  g_test_add_func ("/recent/chart-keys", test_chart_keys);
  g_test_add_func ("/recent/chart-click", test_chart_click);
  g_test_add_func ("/recent/table", test_table);
  g_test_add_func ("/recent/activate", test_activate);
  g_test_add_func ("/recent/empty", test_empty);
  g_test_add_func ("/recent/failure", test_failure);
  g_test_add_func ("/recent/pages", test_pages);

  return ui_run_tests ();
}

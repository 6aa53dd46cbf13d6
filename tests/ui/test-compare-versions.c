/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-compare-versions"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-compare-window.h"
#include "backstay-model-type.h"
#include "backstay-version-chooser.h"

#include <string.h>

#define OLDER "SDXL Production Config v2.0.5"
#define OTHER_TYPE "flux"
#define OTHER_LIVE "FLUX.1 Production Config v1.33"

static guint
find_version (GtkWidget  *list_view,
              const char *name)
{
  GListModel *model = ui_get_model (list_view);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (BackstayVersion) version = g_list_model_get_item (model, i);

      if (g_str_equal (backstay_version_get_name (version), name))
        return i;
    }

  g_error ("There is no version %s", name);
}

static GtkWidget *
get_history (BackstayWindow *window)
{
  return ui_find (ui_find (window, "history_view"), "list_view");
}

/* What Ctrl and the arrow keys do: they do not select. */
static void
focus_version (BackstayWindow *window,
               const char     *name)
{
  GtkWidget *list_view = get_history (window);
  guint      position = find_version (list_view, name);
  GtkWidget *row;

  g_assert_true (gtk_widget_activate_action (list_view, "list.scroll-to-item", "u", position));
  ui_wait_frames (window, 2);
  row = gtk_widget_get_parent (ui_find_row (list_view, position));
  g_assert_true (gtk_widget_grab_focus (row));
}

static void
mark (BackstayWindow *window,
      const char     *name)
{
  focus_version (window, name);
  g_assert_true (ui_press (window, GDK_KEY_space, GDK_CONTROL_MASK));
}

static void
select_version (BackstayWindow *window,
                const char     *name)
{
  g_autofree char *id = ui_dup_id (name);

  ui_select_version (window, id);
}

static GtkWidget *
get_bar (BackstayWindow *window)
{
  return ui_find (ui_find (window, "history_view"), "compare_bar");
}

static BackstayCompareWindow *
wait_for_comparison (void)
{
  BackstayCompareWindow *window = ui_wait_for_window (BACKSTAY_TYPE_COMPARE_WINDOW);

  ui_wait_until (!backstay_compare_window_get_busy (window));
  ui_wait_frames (window, 2);

  return window;
}

static void
assert_headings (gpointer    root,
                 const char *before,
                 const char *after)
{
  GtkWidget *diff_view = ui_find (root, "diff_view");

  g_assert_cmpstr (ui_get_page (diff_view, "stack"), ==, "diff");
  g_assert_cmpstr (ui_get_label (diff_view, "before_heading"), ==, before);
  g_assert_cmpstr (ui_get_label (diff_view, "after_heading"), ==, after);
}

static void
assert_disabled (BackstayWindow *window,
                 const char     *action_name)
{
  gtk_widget_activate_action (GTK_WIDGET (window), action_name, NULL);
  ui_wait_frames (window, 2);
  g_assert_null (ui_find_window (BACKSTAY_TYPE_COMPARE_WINDOW));
}

/* Two versions are compared, the older one before, in whatever order they were taken. */
static void
test_marked (void)
{
  BackstayWindow        *window = ui_open_sample ();
  BackstayCompareWindow *comparison;
  g_autofree char       *live_id = ui_dup_id (UI_LIVE);

  g_assert_false (gtk_widget_get_mapped (get_bar (window)));
  assert_disabled (window, "win.compare-marked");

  mark (window, OLDER);
  ui_wait_frames (window, 2);
  g_assert_true (gtk_widget_get_mapped (get_bar (window)));
  g_assert_cmpstr (ui_get_label (get_bar (window), "label"), ==, "“" OLDER "” and “" UI_LIVE "”");

  /* What is shown, and would be rolled back to, is another matter. */
  g_assert_cmpstr (ui_get_selected_id (window), ==, live_id);

  ui_click (ui_find_button (window, "Compare 2 Versions"));
  comparison = wait_for_comparison ();
  assert_headings (comparison, "Before: " OLDER, "After: " UI_LIVE " (live)");
  ui_close_window (comparison);

  select_version (window, OLDER);
  mark (window, UI_GOOD);
  g_assert_true (ui_press (window, GDK_KEY_d, GDK_CONTROL_MASK));
  comparison = wait_for_comparison ();
  assert_headings (comparison, "Before: " OLDER, "After: " UI_GOOD);
  ui_close_window (comparison);

  ui_close_window (window);
}

/* The mark is said in words, and goes again. */
static void
test_mark (void)
{
  BackstayWindow  *window = ui_open_sample ();
  GtkWidget       *list_view = get_history (window);
  GtkWidget       *row;
  g_autofree char *marked = NULL;
  g_autofree char *unmarked = NULL;

  mark (window, UI_GOOD);
  row = ui_find_row (list_view, find_version (list_view, UI_GOOD));
  marked = ui_dup_name (gtk_widget_get_parent (row));
  g_assert_true (g_str_has_prefix (marked, UI_GOOD ", marked to compare, not active"));
  g_assert_true (ui_shows (row, "COMPARE"));

  /* The same key takes it away, and so do others. */
  mark (window, UI_GOOD);
  row = ui_find_row (list_view, find_version (list_view, UI_GOOD));
  g_assert_false (ui_shows (row, "COMPARE"));
  unmarked = ui_dup_name (gtk_widget_get_parent (row));
  g_assert_true (g_str_has_prefix (unmarked, UI_GOOD ", not active"));
  g_assert_false (gtk_widget_get_visible (get_bar (window)));

  mark (window, UI_GOOD);
  g_assert_true (ui_press (window, GDK_KEY_Escape, 0));
  g_assert_false (gtk_widget_get_visible (get_bar (window)));

  /* Marked from the menu it is the selected version, which cannot be compared with itself. */
  select_version (window, UI_GOOD);
  g_assert_true (gtk_widget_activate_action (ui_find (window, "history_view"), "history.mark", NULL));
  ui_wait_frames (window, 2);
  g_assert_true (ui_shows (get_bar (window), "Select another version"));
  g_assert_false (gtk_widget_is_sensitive (ui_find_button (window, "Compare 2 Versions")));

  ui_close_window (window);
}

static void
test_two_types (void)
{
  BackstayWindow        *window = ui_open_sample ();
  BackstayCompareWindow *comparison;

  mark (window, OLDER);
  ui_select_type (window, OTHER_TYPE);
  g_assert_cmpstr (ui_get_label (get_bar (window), "label"), ==,
                   "“sdxl: " OLDER "” and “" OTHER_TYPE ": " OTHER_LIVE "”");

  ui_click (ui_find_button (window, "Compare 2 Versions"));
  comparison = wait_for_comparison ();
  g_assert_true (ui_shows (comparison, " · sdxl · "));
  g_assert_true (ui_shows (comparison, OTHER_LIVE " (live) · " OTHER_TYPE " · "));

  ui_close_window (comparison);
  ui_close_window (window);
}

static void
test_menu (void)
{
  BackstayWindow        *window = ui_open_sample ();
  BackstayCompareWindow *comparison;

  /* The live version itself. */
  assert_disabled (window, "win.compare-with-live");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.compare-with-previous", NULL));
  comparison = wait_for_comparison ();
  assert_headings (comparison, "Before: " UI_GOOD, "After: " UI_LIVE " (live)");
  ui_close_window (comparison);

  select_version (window, OLDER);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.compare-with-live", NULL));
  comparison = wait_for_comparison ();
  assert_headings (comparison, "Before: " UI_LIVE " (live)", "After: " OLDER);
  ui_close_window (comparison);

  ui_close_window (window);
}

/* The menu is about the row that it is opened on. */
static void
test_menu_key (void)
{
  BackstayWindow  *window = ui_open_sample ();
  GtkWidget       *popover = ui_find (ui_find (window, "history_view"), "row_popover");
  g_autofree char *id = ui_dup_id (OLDER);

  focus_version (window, OLDER);
  g_assert_true (ui_press (window, GDK_KEY_Menu, 0));
  g_assert_cmpstr (ui_get_selected_id (window), ==, id);
  ui_wait_until (gtk_widget_get_mapped (popover));

  gtk_popover_popdown (GTK_POPOVER (popover));
  ui_wait_until (!gtk_widget_get_mapped (popover));
  ui_wait_until_ready (window);
  ui_close_window (window);
}

static void
test_first_version (void)
{
  BackstayWindow        *window = ui_open_sample ();
  BackstayCompareWindow *comparison;
  g_autofree char       *id = support_sql_query (support_server_get_sql (),
                                                 "SELECT id FROM model_config_history WHERE model_type = 'sdxl'"
                                                       " ORDER BY created_at, id LIMIT 1");

  ui_select_version (window, id);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.compare-with-previous", NULL));
  comparison = wait_for_comparison ();
  g_assert_cmpstr (ui_get_page (comparison, "stack"), ==, "message");
  g_assert_true (ui_shows (comparison, "is the first version: there is none before it."));

  ui_close_window (comparison);
  ui_close_window (window);
}

/* The chooser */

static BackstayVersionChooser *
wait_for_chooser (void)
{
  BackstayVersionChooser *chooser = ui_wait_for_window (BACKSTAY_TYPE_VERSION_CHOOSER);

  ui_wait_until (g_str_equal (ui_get_page (chooser, "stack"), "list"));

  return chooser;
}

static void
choose_type (BackstayVersionChooser *chooser,
             const char             *name)
{
  GtkDropDown *drop_down = ui_find (chooser, "type_drop_down");
  GListModel  *types = gtk_drop_down_get_model (drop_down);

  for (guint i = 0; i < g_list_model_get_n_items (types); i++)
    {
      g_autoptr (BackstayModelType) type = g_list_model_get_item (types, i);

      if (g_str_equal (backstay_model_type_get_name (type), name))
        gtk_drop_down_set_selected (drop_down, i);
    }

  ui_wait_until (g_str_equal (ui_get_page (chooser, "stack"), "list"));
}

static void
choose (BackstayVersionChooser *chooser,
        const char             *name)
{
  GtkWidget *list_view = ui_find (chooser, "list_view");
  guint      position = find_version (list_view, name);

  g_assert_true (gtk_widget_activate_action (list_view, "list.select-item", "(ubb)", position, FALSE, FALSE));
  ui_wait_frames (chooser, 1);
  ui_click (ui_find_button (chooser, "Compare"));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_VERSION_CHOOSER) == NULL);
}

static void
test_chooser (void)
{
  BackstayWindow         *window = ui_open_sample ();
  BackstayVersionChooser *chooser;
  BackstayCompareWindow  *comparison;

  select_version (window, UI_GOOD);
  g_assert_true (ui_press (window, GDK_KEY_d, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  chooser = wait_for_chooser ();
  g_assert_true (ui_shows (chooser, UI_GOOD));
  choose_type (chooser, OTHER_TYPE);
  choose (chooser, OTHER_LIVE);

  comparison = wait_for_comparison ();
  assert_headings (comparison, "Before: " OTHER_LIVE " (live)", "After: " UI_GOOD);

  ui_close_window (comparison);
  ui_close_window (window);
}

/* With the keyboard a row has the focus, and is not selected. */
static void
test_chooser_keyboard (void)
{
  BackstayWindow         *window = ui_open_sample ();
  BackstayVersionChooser *chooser;
  BackstayCompareWindow  *comparison;
  GtkWidget              *list_view;

  g_assert_true (ui_press (window, GDK_KEY_d, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  chooser = wait_for_chooser ();
  list_view = ui_find (chooser, "list_view");
  g_assert_true (gtk_widget_activate_action (list_view, "list.activate-item", "u",
                                             find_version (list_view, OLDER)));

  comparison = wait_for_comparison ();
  assert_headings (comparison, "Before: " OLDER, "After: " UI_LIVE " (live)");
  g_assert_null (ui_find_window (BACKSTAY_TYPE_VERSION_CHOOSER));

  ui_close_window (comparison);
  ui_close_window (window);
}

static void
test_chooser_search (void)
{
  BackstayWindow         *window = ui_open_sample ();
  BackstayVersionChooser *chooser;
  GtkWidget              *list_view;

  g_assert_true (ui_press (window, GDK_KEY_d, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  chooser = wait_for_chooser ();
  list_view = ui_find (chooser, "list_view");
  g_assert_false (gtk_widget_is_sensitive (ui_find (chooser, "choose_button")));

  ui_type (ui_find (chooser, "search_entry"), "CONFIG V2.0.");
  ui_wait_until (g_list_model_get_n_items (ui_get_model (list_view)) == 5);
  ui_type (ui_find (chooser, "search_entry"), "no such name");
  ui_wait_until (g_str_equal (ui_get_page (chooser, "stack"), "no-match"));
  ui_type (ui_find (chooser, "search_entry"), "");
  ui_wait_until (g_list_model_get_n_items (ui_get_model (list_view)) == 92);

  /* Not with itself. */
  g_assert_true (gtk_widget_activate_action (list_view, "list.select-item", "(ubb)",
                                             find_version (list_view, UI_LIVE), FALSE, FALSE));
  g_assert_false (gtk_widget_is_sensitive (ui_find (chooser, "choose_button")));

  g_assert_true (ui_press (chooser, GDK_KEY_Escape, 0));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_VERSION_CHOOSER) == NULL);
  ui_close_window (window);
}

/* Longer than a page: what is searched for is found on later ones. */
static void
test_chooser_pages (void)
{
  BackstayWindow         *window;
  BackstayVersionChooser *chooser;

  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data, is_active, created_at)"
                   " SELECT 'sdxl', 'Ancient ' || i || '.', '{}', false, '2001-01-01'::timestamptz - i * interval '1 day'"
                   "   FROM generate_series (1, 600) i");
  window = ui_open_sample ();
  g_assert_true (ui_press (window, GDK_KEY_d, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  chooser = wait_for_chooser ();

  ui_type (ui_find (chooser, "search_entry"), "ancient 600.");
  ui_wait_until (g_list_model_get_n_items (ui_get_model (ui_find (chooser, "list_view"))) == 1);

  ui_close_window (chooser);
  ui_close_window (window);
  support_server_restore ();
}

/* The page with the changes */

static void
wait_for_changes (BackstayWindow *window)
{
  ui_wait_until_ready (window);
  ui_wait_frames (window, 2);
}

static void
test_base (void)
{
  BackstayWindow *window = ui_open_sample ();
  GtkWidget      *changes_view = ui_find (ui_find (window, "version_view"), "changes_view");
  GtkDropDown    *drop_down = ui_find (changes_view, "base_drop_down");

  select_version (window, UI_GOOD);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.next-change", NULL));
  wait_for_changes (window);
  assert_headings (changes_view, "Before: " UI_LIVE " (live)", "After: " UI_GOOD);

  /* Asking changes nothing yet. */
  gtk_drop_down_set_selected (drop_down, 2);
  wait_for_chooser ();
  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, 0);
  choose (ui_find_window (BACKSTAY_TYPE_VERSION_CHOOSER), OLDER);
  wait_for_changes (window);
  assert_headings (changes_view, "Before: " OLDER, "After: " UI_GOOD);
  g_assert_true (ui_shows (drop_down, OLDER));

  g_assert_true (ui_press (window, GDK_KEY_x, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  wait_for_changes (window);
  assert_headings (changes_view, "Before: " UI_GOOD, "After: " OLDER);
  g_assert_true (ui_press (window, GDK_KEY_x, GDK_CONTROL_MASK | GDK_SHIFT_MASK));

  /* Back, and to the chosen one again. */
  gtk_drop_down_set_selected (drop_down, 0);
  wait_for_changes (window);
  assert_headings (changes_view, "Before: " UI_LIVE " (live)", "After: " UI_GOOD);
  gtk_drop_down_set_selected (drop_down, 2);
  wait_for_changes (window);
  assert_headings (changes_view, "Before: " OLDER, "After: " UI_GOOD);

  /* Another version begins anew. */
  select_version (window, OLDER);
  wait_for_changes (window);
  assert_headings (changes_view, "Before: " UI_LIVE " (live)", "After: " OLDER);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (drop_down)), ==, 3);

  ui_close_window (window);
}

/* What is not there any more is not shown any more. */
static void
test_gone (void)
{
  BackstayWindow        *window = ui_open_sample ();
  BackstayCompareWindow *comparison;

  mark (window, OLDER);
  g_assert_true (ui_press (window, GDK_KEY_d, GDK_CONTROL_MASK));
  comparison = wait_for_comparison ();
  assert_headings (comparison, "Before: " OLDER, "After: " UI_LIVE " (live)");

  support_sql_run (support_server_get_sql (),
                   "DELETE FROM model_config_history WHERE config_name = '" OLDER "'");
  g_assert_true (ui_press (comparison, GDK_KEY_F5, 0));
  ui_wait_until (!backstay_compare_window_get_busy (comparison));
  g_assert_cmpstr (ui_get_page (comparison, "stack"), ==, "message");
  ui_wait_frames (comparison, 2);
  g_assert_true (ui_shows (comparison, "This version is not in the table any more"));

  ui_close_window (comparison);
  ui_close_window (window);
  support_server_restore ();
}

/* What is said to be live has to be it. */
static void
test_not_live_any_more (void)
{
  BackstayWindow        *window = ui_open_sample ();
  BackstayCompareWindow *comparison;

  mark (window, UI_GOOD);
  g_assert_true (ui_press (window, GDK_KEY_d, GDK_CONTROL_MASK));
  comparison = wait_for_comparison ();

  g_assert_true (ui_press (window, GDK_KEY_F5, 0));
  ui_wait_until_ready (window);
  g_assert_null (ui_get_notice (comparison));

  support_sql_run (support_server_get_sql (),
                   "UPDATE model_config_history SET is_active = config_name = '" UI_GOOD "'"
                   " WHERE model_type = 'sdxl'");
  g_assert_true (ui_press (window, GDK_KEY_F5, 0));
  ui_wait_until (ui_get_notice (comparison) != NULL);
  ui_wait_frames (comparison, 2);

  ui_click (ui_find_button (comparison, "Reload"));
  comparison = wait_for_comparison ();
  g_assert_null (ui_get_notice (comparison));
  assert_headings (comparison, "Before: " UI_GOOD " (live)", "After: " UI_LIVE);

  ui_close_window (comparison);
  ui_close_window (window);
  support_server_restore ();
}

/* What was opened from a window goes with what it shows. */
static void
test_signed_out (void)
{
  BackstayWindow *window = ui_open_sample ();

  mark (window, OLDER);
  g_assert_true (ui_press (window, GDK_KEY_d, GDK_CONTROL_MASK));
  wait_for_comparison ();

  backstay_window_show_connect (window);
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_COMPARE_WINDOW) == NULL);
  g_assert_false (gtk_widget_get_visible (get_bar (window)));

  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/compare-versions/marked", test_marked);
  g_test_add_func ("/compare-versions/mark", test_mark);
  g_test_add_func ("/compare-versions/two-types", test_two_types);
  g_test_add_func ("/compare-versions/menu", test_menu);
  g_test_add_func ("/compare-versions/menu-key", test_menu_key);
  g_test_add_func ("/compare-versions/first-version", test_first_version);
  g_test_add_func ("/compare-versions/chooser", test_chooser);
  g_test_add_func ("/compare-versions/chooser-keyboard", test_chooser_keyboard);
  g_test_add_func ("/compare-versions/chooser-search", test_chooser_search);
  g_test_add_func ("/compare-versions/chooser-pages", test_chooser_pages);
  g_test_add_func ("/compare-versions/base", test_base);
  g_test_add_func ("/compare-versions/gone", test_gone);
  g_test_add_func ("/compare-versions/not-live-any-more", test_not_live_any_more);
  g_test_add_func ("/compare-versions/signed-out", test_signed_out);

  return ui_run_tests ();
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-window-layout"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-history-list.h"

#include <gtksourceview/gtksource.h>

/* Some more than three pages. */
#define N_VERSIONS 1000

static AdwLeaflet *
get_leaflet (BackstayWindow *window,
             const char     *id)
{
  return ADW_LEAFLET (ui_find (window, id));
}

static const char *
get_pane (BackstayWindow *window)
{
  AdwLeaflet *outer = get_leaflet (window, "outer_leaflet");
  AdwLeaflet *inner = get_leaflet (window, "inner_leaflet");

  if (g_str_equal (adw_leaflet_get_visible_child_name (outer), "types"))
    return "types";

  return adw_leaflet_get_visible_child_name (inner);
}

static void
wait_for_pane (BackstayWindow *window,
               const char     *pane)
{
  ui_wait_until (g_str_equal (get_pane (window), pane));
  ui_wait_until (!adw_leaflet_get_child_transition_running (get_leaflet (window, "outer_leaflet")) &&
                 !adw_leaflet_get_child_transition_running (get_leaflet (window, "inner_leaflet")));
  ui_wait_frames (window, 1);
}

/* Nothing pushes the window wider. */
static void
assert_fits (BackstayWindow *window,
             int             width)
{
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, width);
}

static void
assert_folded (BackstayWindow *window,
               gboolean        outer,
               gboolean        inner)
{
  ui_wait_until (adw_leaflet_get_folded (get_leaflet (window, "outer_leaflet")) == outer);
  ui_wait_until (adw_leaflet_get_folded (get_leaflet (window, "inner_leaflet")) == inner);
}

static void
activate_row (gpointer list_view,
              guint    position)
{
  g_assert_true (gtk_widget_activate_action (list_view, "list.activate-item", "u", position));
}

/* As many panes as there is room for, and no way to a pane that is beside it anyway. */
static void
test_widths (void)
{
  BackstayWindow *window = ui_open_sample ();
  GtkWidget      *to_types = ui_find (ui_find (window, "history_view"), "back_button");
  GtkWidget      *to_history = ui_find (ui_find (window, "version_view"), "back_button");

  assert_folded (window, FALSE, FALSE);
  g_assert_false (gtk_widget_get_visible (to_types));
  g_assert_false (gtk_widget_get_visible (to_history));

  ui_resize_window (window, 800, 600);
  assert_folded (window, FALSE, TRUE);
  g_assert_false (gtk_widget_get_visible (to_types));
  g_assert_true (gtk_widget_get_visible (to_history));

  ui_resize_window (window, 360, 640);
  assert_folded (window, TRUE, TRUE);
  assert_fits (window, 360);
  g_assert_true (gtk_widget_get_visible (to_types));
  g_assert_true (gtk_widget_get_visible (to_history));

  ui_resize_window (window, 1280, 800);
  assert_folded (window, FALSE, FALSE);
  g_assert_false (gtk_widget_get_visible (to_types));
  g_assert_false (gtk_widget_get_visible (to_history));

  ui_close_window (window);
}

/* Also with all buttons that a desktop may give a window. */
static void
test_window_buttons (void)
{
  static const char *const actions[] = { "win.show-overview", "win.show-recent", "win.go-to-live", "win.back", "win.back" };
  GtkSettings             *settings = gtk_settings_get_default ();
  g_autofree char         *before = NULL;
  BackstayWindow          *window;

  g_object_get (settings, "gtk-decoration-layout", &before, NULL);
  g_object_set (settings, "gtk-decoration-layout", "icon:minimize,maximize,close", NULL);
  window = ui_open_sample ();
  ui_resize_window (window, 360, 640);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (g_str_equal (actions[i], "win.go-to-live"))
        ui_select_type (window, "sdxl");
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), actions[i], NULL));
      ui_wait_until_ready (window);
      ui_wait_until (!adw_leaflet_get_child_transition_running (get_leaflet (window, "outer_leaflet")) &&
                     !adw_leaflet_get_child_transition_running (get_leaflet (window, "inner_leaflet")));
      ui_wait_frames (window, 2);
      assert_fits (window, 360);
    }

  ui_close_window (window);
  g_object_set (settings, "gtk-decoration-layout", before, NULL);
}

static void
test_there_and_back (void)
{
  BackstayWindow *window = ui_new_window ();
  GtkWidget      *sidebar = ui_find (window, "sidebar");
  GtkWidget      *history_view = ui_find (window, "history_view");
  GtkWidget      *version_view = ui_find (window, "version_view");
  g_autoptr (BackstayIdentity) alice = backstay_identity_new (SUPPORT_ALICE, NULL);

  ui_resize_window (window, 360, 640);
  backstay_window_open (window, support_server_get_config (), alice, TRUE);
  ui_wait_until_ready (window);
  ui_wait_until (adw_leaflet_get_folded (get_leaflet (window, "outer_leaflet")));

  /* From the overview, which comes first. */
  g_assert_true (gtk_widget_get_mapped (ui_find (window, "overview")));
  assert_fits (window, 360);
  ui_click (ui_find (ui_find (window, "overview"), "back_button"));
  wait_for_pane (window, "types");
  activate_row (ui_find (sidebar, "list_view"), 4);
  wait_for_pane (window, "history");
  ui_wait_until_ready (window);
  assert_folded (window, TRUE, TRUE);
  g_assert_true (gtk_widget_get_mapped (history_view));
  g_assert_false (gtk_widget_get_mapped (sidebar));

  g_assert_true (gtk_widget_activate_action (ui_find (history_view, "list_view"),
                                             "list.select-item", "(ubb)", 1, FALSE, FALSE));
  activate_row (ui_find (history_view, "list_view"), 1);
  wait_for_pane (window, "version");
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (version_view, "SDXL Production Config v2.1"));
  g_assert_false (gtk_widget_get_mapped (history_view));

  ui_click (ui_find (version_view, "back_button"));
  wait_for_pane (window, "history");
  ui_click (ui_find (history_view, "back_button"));
  wait_for_pane (window, "types");

  /* The same way once more, and back with the keyboard. */
  activate_row (ui_find (sidebar, "list_view"), 4);
  wait_for_pane (window, "history");
  activate_row (ui_find (history_view, "list_view"), 1);
  wait_for_pane (window, "version");
  g_assert_true (ui_press (window, GDK_KEY_Left, GDK_ALT_MASK));
  wait_for_pane (window, "history");
  g_assert_true (ui_press (window, GDK_KEY_Left, GDK_ALT_MASK));
  wait_for_pane (window, "types");

  ui_close_window (window);
}

/* Pages that were not seen until there was little room. */
static void
test_narrow_pages (void)
{
  BackstayWindow *window = ui_open_sample ();
  GtkWidget      *version_view = ui_find (window, "version_view");

  ui_resize_window (window, 360, 640);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.go-to-live", NULL));
  wait_for_pane (window, "version");

  adw_view_stack_set_visible_child_name (ui_find (version_view, "view_stack"), "text");
  ui_wait_until (g_strcmp0 (ui_get_page (ui_find (version_view, "text_view"), "stack"), "source") == 0);
  ui_wait_frames (window, 2);
  assert_fits (window, 360);

  /* The search is on the other page. */
  g_assert_true (ui_press (window, GDK_KEY_f, GDK_CONTROL_MASK));
  ui_wait_until (gtk_widget_get_mapped (ui_find (version_view, "search_entry")));
  ui_wait_frames (window, 2);
  assert_fits (window, 360);

  ui_close_window (window);
}

/* What concerns all model types, too. */
static void
test_narrow_overview (void)
{
  BackstayWindow *window = ui_open_overview ();

  ui_resize_window (window, 360, 640);
  assert_fits (window, 360);
  g_assert_true (gtk_widget_get_mapped (ui_find (window, "overview")));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.show-recent", NULL));
  ui_wait_until_ready (window);
  gtk_drop_down_set_selected (ui_find (window, "range_drop_down"), 4);
  ui_wait_until_ready (window);
  gtk_toggle_button_set_active (ui_find (window, "table_button"), TRUE);
  ui_wait_frames (window, 2);
  g_assert_true (gtk_widget_get_mapped (ui_find (window, "from_entry")));
  assert_fits (window, 360);

  g_assert_true (ui_press (window, GDK_KEY_Left, GDK_ALT_MASK));
  wait_for_pane (window, "types");

  ui_close_window (window);
}

static const char *
get_scheme (BackstayWindow *window)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (ui_find (window, "source_view")));

  return gtk_source_style_scheme_get_id (gtk_source_buffer_get_style_scheme (GTK_SOURCE_BUFFER (buffer)));
}

static void
test_dark (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  BackstayWindow  *window = ui_open_sample ();
  GdkRGBA          light;
  GdkRGBA          dark;

  gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (window)), "window_bg_color", &light);
  g_assert_cmpstr (get_scheme (window), ==, "Adwaita");

  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  ui_wait_frames (window, 2);
  gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (window)), "window_bg_color", &dark);
  g_assert_cmpstr (get_scheme (window), ==, "Adwaita-dark");
  g_assert_cmpfloat (dark.red, <, light.red);

  ui_close_window (window);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
}

/* Paging */

static BackstayHistoryList *
get_list (gpointer list_view)
{
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (list_view)));

  return BACKSTAY_HISTORY_LIST (gtk_single_selection_get_model (selection));
}

static BackstayWindow *
open_paged (void)
{
  BackstayWindow *window;

  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history"
                   "       (model_type, config_name, config_data, is_active, created_at, notes)"
                   "SELECT 'paged', 'Version ' || n, to_jsonb(n), n = 1, now() - n * interval '1 minute', 'One line'"
                   "  FROM generate_series(1, %u) n",
                   N_VERSIONS);
  window = ui_open_sample ();
  ui_select_type (window, "paged");

  return window;
}

/* Marks the rows in sight, and gives the number of the first. */
static guint
look (gpointer  list_view,
      gboolean *seen)
{
  guint first = G_MAXUINT;

  for (GtkWidget *row = gtk_widget_get_first_child (list_view);
       row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      guint number;

      if (!gtk_widget_get_mapped (row))
        continue;

      g_assert_cmpint (sscanf (ui_get_label (row, "name_label"), "Version %u", &number), ==, 1);
      g_assert_cmpuint (number, <=, N_VERSIONS);
      seen[number] = TRUE;
      first = MIN (first, number);
    }

  g_assert_cmpuint (first, !=, G_MAXUINT);

  return first;
}

/* All of a long history comes by, in order and without a jump, however the wheel is turned. */
static void
test_paging (void)
{
  BackstayWindow      *window = open_paged ();
  GtkWidget           *list_view = ui_find (ui_find (window, "history_view"), "list_view");
  BackstayHistoryList *list = get_list (list_view);
  GtkAdjustment       *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list_view));
  gboolean             seen[N_VERSIONS + 1] = { TRUE };
  double               step = gtk_adjustment_get_page_size (adjustment);
  guint                first = look (list_view, seen);
  guint                n_rows = (guint) (step / gtk_widget_get_height (gtk_widget_get_first_child (list_view)));

  g_assert_cmpuint (first, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), <, N_VERSIONS);

  while (gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) <
           gtk_adjustment_get_upper (adjustment) ||
         !backstay_history_list_get_at_end (list))
    {
      guint previous = first;

      /* Twice between two frames, as a fast wheel does it. */
      for (guint i = 0; i < 2; i++)
        gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + step / 2);

      ui_wait_frames (window, 2);
      first = look (list_view, seen);
      g_assert_cmpuint (first, >=, previous);
      g_assert_cmpuint (first - previous, <=, n_rows + 2);
    }

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, N_VERSIONS);
  for (guint i = 1; i <= N_VERSIONS; i++)
    g_assert_true (seen[i]);

  ui_close_window (window);
  support_server_restore ();
}

static void
test_order (void)
{
  BackstayWindow      *window = open_paged ();
  BackstayHistoryList *list = get_list (ui_find (ui_find (window, "history_view"), "list_view"));
  g_autoptr (GPtrArray) ids = NULL;

  ids = support_sql_list (support_server_get_sql (),
                          "SELECT id FROM model_config_history WHERE model_type = 'paged'"
                          " ORDER BY created_at DESC");

  while (!backstay_history_list_get_at_end (list))
    {
      backstay_history_list_load_more (list);
      ui_wait_until (!backstay_history_list_get_loading (list));
    }

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, ids->len);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (BackstayVersion) version = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_assert_cmpstr (backstay_version_get_id (version), ==, g_ptr_array_index (ids, i));
    }

  ui_close_window (window);
  support_server_restore ();
}

/* A live version that no page has come to yet is shown all the same. */
static void
test_live_far_down (void)
{
  BackstayWindow *window;

  window = open_paged ();
  support_sql_run (support_server_get_sql (),
                   "UPDATE model_config_history SET is_active = (config_name = 'Version 900')"
                   " WHERE model_type = 'paged'");
  g_assert_true (ui_press (window, GDK_KEY_F5, 0));
  ui_wait_until (g_str_equal (ui_get_label (ui_find (window, "live_bar"), "title_label"), "Live: Version 900"));
  ui_wait_until_ready (window);

  ui_click (ui_find (window, "go_to_button"));
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_label (ui_find (window, "version_view"), "name_label"), ==, "Version 900");

  ui_close_window (window);
  support_server_restore ();
}

/* As the list hears of a click. */
static void
click_list (GtkWidget *list_view,
            double     x,
            double     y)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (list_view);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_CLICK (controller) &&
          gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) == GDK_BUTTON_PRIMARY)
        g_signal_emit_by_name (controller, "released", 1, x, y);
    }
}

/* The row hears of the click after the list: a pane that went at once would take the row out of sight,
 * and what comes would be what was selected before. */
static void
test_click (void)
{
  BackstayWindow  *window = ui_open_sample ();
  g_autofree char *good_id = ui_dup_id (UI_GOOD);
  GtkWidget       *list_view;

  ui_resize_window (window, 360, 640);
  ui_wait_until (adw_leaflet_get_folded (get_leaflet (window, "inner_leaflet")));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.back", NULL));
  ui_wait_until (adw_leaflet_get_visible_child (get_leaflet (window, "inner_leaflet")) == ui_find (window, "history_view"));

  list_view = ui_find (ui_find (window, "history_view"), "list_view");
  ui_wait_frames (list_view, 3);
  click_list (list_view, 50, 20);
  g_assert_true (adw_leaflet_get_visible_child (get_leaflet (window, "inner_leaflet")) == ui_find (window, "history_view"));
  ui_select_version (window, good_id);
  ui_wait_until (adw_leaflet_get_visible_child (get_leaflet (window, "inner_leaflet")) == ui_find (window, "version_view"));
  g_assert_cmpstr (ui_get_label (ui_find (window, "version_view"), "name_label"), ==, UI_GOOD);
  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/window-layout/widths", test_widths);
  g_test_add_func ("/window-layout/window-buttons", test_window_buttons);
  g_test_add_func ("/window-layout/there-and-back", test_there_and_back);
  g_test_add_func ("/window-layout/narrow-pages", test_narrow_pages);
  g_test_add_func ("/window-layout/narrow-overview", test_narrow_overview);
  g_test_add_func ("/window-layout/dark", test_dark);
  g_test_add_func ("/window-layout/paging", test_paging);
  g_test_add_func ("/window-layout/order", test_order);
  g_test_add_func ("/window-layout/live-far-down", test_live_far_down);
  g_test_add_func ("/window-layout/click", test_click);

  return ui_run_tests ();
}

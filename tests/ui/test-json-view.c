/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-json-view"

#include "config.h"

#include "ui-support.h"

#include "backstay-json-item.h"
#include "backstay-json-row.h"

#include "backstay-tree-row.h"

#include <string.h>

/* A list view makes some 205 rows, whatever it shows. */
#define MAX_ROWS 250

/* A window that shows a configuration, given as an SQL expression. */
static BackstayWindow *
open_configuration (const char *expression)
{
  BackstayWindow *window;

  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data, is_active)"
                   " VALUES ('json', 'JSON', %s, true)",
                   expression);
  window = ui_open_sample ();
  ui_select_type (window, "json");

  return window;
}

static void
close_configuration (BackstayWindow *window)
{
  ui_close_window (window);
  support_server_restore ();
}

static GtkWidget *
get_list_view (BackstayWindow *window)
{
  return ui_find (ui_find (window, "json_view"), "list_view");
}

static guint
get_n_rows (BackstayWindow *window)
{
  return g_list_model_get_n_items (ui_get_model (get_list_view (window)));
}

/* Writes the tree as "key=value" lines, indented. */
static char *
dup_tree (BackstayWindow *window)
{
  GListModel *model = ui_get_model (get_list_view (window));
  g_autoptr (GString) tree = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (BackstayJsonItem) item = g_list_model_get_item (model, i);
      GtkWidget *row = ui_find_row (get_list_view (window), i);

      for (guint depth = 0; depth < backstay_json_item_get_depth (item); depth++)
        g_string_append_c (tree, ' ');

      g_string_append_printf (tree, "%s=%s\n",
                              ui_get_label (row, "key_label"), ui_get_label (row, "value_label"));
    }

  return g_string_free (g_steal_pointer (&tree), FALSE);
}

static void
assert_tree (BackstayWindow *window,
             const char     *expected)
{
  g_autofree char *tree = NULL;

  ui_wait_frames (window, 1);
  tree = dup_tree (window);
  g_assert_cmpstr (tree, ==, expected);
}

static void
activate (BackstayWindow *window,
          guint           position)
{
  g_assert_true (gtk_widget_activate_action (get_list_view (window), "list.activate-item", "u", position));
}

static void
select_row (BackstayWindow *window,
            guint           position)
{
  GtkWidget *list_view = get_list_view (window);

  /* What a click does. */
  g_assert_true (gtk_widget_grab_focus (gtk_widget_get_parent (ui_find_row (list_view, position))));
  g_assert_true (gtk_widget_activate_action (list_view, "list.select-item", "(ubb)", position, FALSE, FALSE));
}

static guint
get_selected (BackstayWindow *window)
{
  return gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (ui_get_model (get_list_view (window))));
}

static void
assert_name (BackstayWindow *window,
             guint           position,
             const char     *expected)
{
  GtkWidget       *row = gtk_widget_get_parent (ui_find_row (get_list_view (window), position));
  g_autofree char *name = ui_dup_name (row);

  g_assert_cmpstr (name, ==, expected);
}

/* Opening and closing */

static void
test_activate (void)
{
  BackstayWindow *window = open_configuration ("'{\"a\": {\"b\": [1.10, null]}, \"c\": true}'");

  assert_tree (window, "a={ 1 }\n b=[ 2 ]\n  0=1.10\n  1=null\nc=true\n");
  assert_name (window, 0, "a, object of 1 entry, expanded");
  assert_name (window, 1, "b, array of 2 entries, expanded");
  assert_name (window, 2, "0, number, 1.10");

  activate (window, 0);
  assert_tree (window, "a={ 1 }\nc=true\n");
  assert_name (window, 0, "a, object of 1 entry, collapsed");
  activate (window, 1);
  assert_tree (window, "a={ 1 }\nc=true\n");
  activate (window, 0);
  assert_tree (window, "a={ 1 }\n b=[ 2 ]\n  0=1.10\n  1=null\nc=true\n");

  /* The small triangle does the same. */
  ui_click (ui_find (ui_find_row (get_list_view (window), 1), "expander"));
  assert_tree (window, "a={ 1 }\n b=[ 2 ]\nc=true\n");

  close_configuration (window);
}

static void
test_keys (void)
{
  BackstayWindow *window = open_configuration ("'{\"a\": {\"b\": [1, 2]}, \"c\": true}'");

  select_row (window, 3);
  g_assert_true (ui_press (window, GDK_KEY_Left, 0));
  g_assert_cmpuint (get_selected (window), ==, 1);
  g_assert_true (ui_press (window, GDK_KEY_Left, 0));
  assert_tree (window, "a={ 1 }\n b=[ 2 ]\nc=true\n");
  g_assert_true (ui_press (window, GDK_KEY_Left, 0));
  g_assert_cmpuint (get_selected (window), ==, 0);
  g_assert_true (ui_press (window, GDK_KEY_Left, 0));
  assert_tree (window, "a={ 1 }\nc=true\n");

  /* At the top there is nowhere to go. */
  g_assert_true (ui_press (window, GDK_KEY_Left, 0));
  g_assert_cmpuint (get_selected (window), ==, 0);

  g_assert_true (ui_press (window, GDK_KEY_Right, 0));
  assert_tree (window, "a={ 1 }\n b=[ 2 ]\nc=true\n");
  select_row (window, 2);
  g_assert_true (ui_press (window, GDK_KEY_Right, 0));
  assert_tree (window, "a={ 1 }\n b=[ 2 ]\nc=true\n");

  close_configuration (window);
}

static void
test_expand_all (void)
{
  BackstayWindow *window = open_configuration ("jsonb_build_object('a', to_jsonb(ARRAY(SELECT ARRAY[n] FROM generate_series(1, 400) n)))");
  GtkWidget      *json_view = ui_find (window, "json_view");

  /* Not all of it is opened at once. */
  g_assert_cmpuint (get_n_rows (window), <, 400);

  g_assert_true (gtk_widget_activate_action (json_view, "json.expand-all", NULL));
  ui_wait_frames (window, 1);
  g_assert_cmpuint (get_n_rows (window), ==, 801);
  g_assert_cmpuint (ui_count (json_view, BACKSTAY_TYPE_JSON_ROW), <, MAX_ROWS);

  g_assert_true (gtk_widget_activate_action (json_view, "json.collapse-all", NULL));
  assert_tree (window, "a=[ 400 ]\n");

  close_configuration (window);
}

static void
test_menu (void)
{
  BackstayWindow *window = open_configuration ("'{\"a\": 1}'");
  GtkWidget      *popover = ui_find (ui_find (window, "json_view"), "row_popover");

  select_row (window, 0);
  g_assert_true (ui_press (window, GDK_KEY_Menu, 0));
  ui_wait_until (gtk_widget_get_mapped (popover));
  gtk_popover_popdown (GTK_POPOVER (popover));
  ui_wait_until (!gtk_widget_get_mapped (popover));

  close_configuration (window);
}

/* Searching */

static void
open_search (BackstayWindow *window)
{
  g_assert_true (ui_press (window, GDK_KEY_f, GDK_CONTROL_MASK));
  ui_wait_until (gtk_widget_get_mapped (ui_find (ui_find (window, "json_view"), "search_entry")));
}

static void
search (BackstayWindow *window,
        const char     *needle,
        const char     *result)
{
  GtkWidget *json_view = ui_find (window, "json_view");

  ui_type (ui_find (json_view, "search_entry"), needle);
  ui_wait_until (g_str_equal (ui_get_label (json_view, "match_label"), result));
}

static void
test_search (void)
{
  BackstayWindow *window = open_configuration ("(SELECT jsonb_object_agg('key' || n, to_jsonb(ARRAY[n, n]))"
                                               "  FROM generate_series(1, 12) n)");
  GtkWidget      *json_view = ui_find (window, "json_view");
  GtkWidget      *entry = ui_find (json_view, "search_entry");

  g_assert_false (gtk_widget_get_mapped (entry));
  open_search (window);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), entry));

  search (window, "KEY", "1 of 12");
  g_assert_true (ui_press (window, GDK_KEY_Return, 0));
  g_assert_true (ui_press (window, GDK_KEY_Return, 0));
  g_assert_cmpstr (ui_get_label (json_view, "match_label"), ==, "3 of 12");
  g_assert_cmpstr (ui_get_label (ui_find_row (get_list_view (window), get_selected (window)), "key_label"), ==, "key3");

  /* Around the ends. */
  for (guint i = 0; i < 3; i++)
    g_assert_true (gtk_widget_activate_action (json_view, "json.previous-match", NULL));
  g_assert_cmpstr (ui_get_label (json_view, "match_label"), ==, "12 of 12");
  g_assert_true (gtk_widget_activate_action (json_view, "json.next-match", NULL));
  g_assert_cmpstr (ui_get_label (json_view, "match_label"), ==, "1 of 12");

  search (window, "nowhere", "No matches");
  search (window, "", "");

  /* Escape leads back to the tree. */
  g_assert_true (ui_press (window, GDK_KEY_Escape, 0));
  ui_wait_until (!gtk_widget_get_mapped (entry));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), get_list_view (window)) ||
                 gtk_window_get_focus (GTK_WINDOW (window)) == get_list_view (window));

  close_configuration (window);
}

/* What is found opens on the way. */
static void
test_search_reveals (void)
{
  BackstayWindow *window = open_configuration ("'{\"a\": {\"b\": [\"here\"]}, \"c\": \"<b>Here</b>\"}'");

  g_assert_true (gtk_widget_activate_action (ui_find (window, "json_view"), "json.collapse-all", NULL));
  assert_tree (window, "a={ 1 }\nc=\"<b>Here</b>\"\n");
  open_search (window);
  search (window, "here", "1 of 2");
  assert_tree (window, "a={ 1 }\n b=[ 1 ]\n  0=\"here\"\nc=\"<b>Here</b>\"\n");
  g_assert_cmpuint (get_selected (window), ==, 2);

  close_configuration (window);
}

/* A search stays open, and holds for the version that is shown then. */
static void
test_search_goes_along (void)
{
  BackstayWindow  *window = ui_open_sample ();
  GtkWidget       *json_view = ui_find (window, "json_view");
  g_autofree char *good_id = ui_dup_id ("SDXL Production Config v2.1");

  open_search (window);
  search (window, "99", "1 of 1");
  ui_select_version (window, good_id);
  ui_wait_until (g_str_equal (ui_get_label (json_view, "match_label"), "No matches"));

  ui_close_window (window);
}

/* Copying */

static void
assert_copies (BackstayWindow *window,
               GdkModifierType modifiers,
               const char     *expected)
{
  g_autofree char *copied = NULL;

  g_assert_true (ui_press (window, GDK_KEY_c, modifiers));
  copied = ui_read_clipboard (window);
  g_assert_cmpstr (copied, ==, expected);
}

static void
test_copy (void)
{
  BackstayWindow *window = open_configuration ("'{\"it''s/a~b\": [{\"x\": \"line\\nbreak \\u202e\"}, 1.10]}'");

  /* The value itself, not what stands on the screen for it. */
  select_row (window, 2);
  g_assert_cmpstr (ui_get_label (ui_find_row (get_list_view (window), 2), "value_label"),
                   ==, "\"line↵break ⟨U+202E⟩\"");
  assert_copies (window, GDK_CONTROL_MASK, "line\nbreak \u202e");
  assert_copies (window, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "/it's~1a~0b/0/x");
  assert_copies (window, GDK_CONTROL_MASK | GDK_ALT_MASK, "config_data->'it''s/a~b'->0->>'x'");

  select_row (window, 3);
  assert_copies (window, GDK_CONTROL_MASK, "1.10");
  select_row (window, 1);
  assert_copies (window, GDK_CONTROL_MASK, "{\"x\": \"line\\nbreak \u202e\"}");

  close_configuration (window);
}

/* What an expression finds is what was copied. */
static void
test_copied_expression (void)
{
  SupportSql      *sql = support_server_get_sql ();
  BackstayWindow  *window = open_configuration ("'{\"it''s/a~b\": {\"\\\"{},\\\\\": [7]}}'");
  g_autofree char *expression = NULL;
  g_autofree char *found = NULL;

  select_row (window, 2);
  g_assert_true (ui_press (window, GDK_KEY_c, GDK_CONTROL_MASK | GDK_ALT_MASK));
  expression = ui_read_clipboard (window);
  found = support_sql_query (sql, "SELECT %s FROM model_config_history WHERE model_type = 'json'", expression);
  g_assert_cmpstr (found, ==, "7");

  close_configuration (window);
}

/* What is in there */

static void
test_roots (void)
{
  static const struct
  {
    const char *json;
    const char *tree;
    const char *name;
  } roots[] = {
    { "1.10", "(root)=1.10\n", "(root), number, 1.10" },
    { "\"text\"", "(root)=\"text\"\n", "(root), string, \"text\"" },
    { "\"\"", "(root)=\"\"\n", "(root), string, \"\"" },
    { "true", "(root)=true\n", "(root), boolean, true" },
    { "null", "(root)=null\n", "(root), null, null" },
    { "{}", "(root)={ 0 }\n", "(root), object, { 0 }" },
    { "[]", "(root)=[ 0 ]\n", "(root), array, [ 0 ]" },
    { "{\"\": {}}", "\"\"={ 0 }\n", "\"\", object, { 0 }" },
  };
  BackstayWindow *window = open_configuration ("'0'");

  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    {
      g_autofree char *id = NULL;

      id = support_sql_query (support_server_get_sql (),
                              "INSERT INTO model_config_history (model_type, config_name, config_data, is_active)"
                              " VALUES ('json', 'Root', '%s', false) RETURNING id",
                              roots[i].json);
      g_assert_true (ui_press (window, GDK_KEY_F5, 0));
      ui_wait_until (g_list_model_get_n_items (ui_get_model (ui_find (ui_find (window, "history_view"), "list_view"))) == i + 2);
      ui_wait_until_ready (window);
      ui_select_version (window, id);
      assert_tree (window, roots[i].tree);
      assert_name (window, 0, roots[i].name);

      /* Nothing to open, and nothing breaks. */
      activate (window, 0);
      assert_tree (window, roots[i].tree);
    }

  close_configuration (window);
}

/* Text is text: no markup, no tricks with the direction, nothing that cannot be seen. */
static void
test_hostile (void)
{
  BackstayWindow *window = open_configuration ("'{\"<i>k</i>\": \"<span size=\\\"90000\\\">&amp;</span>\","
                                               "  \"a\\u202eb\": \"\\u0007\\u001b[31m\\u200b\\u2066\","
                                               "  \"n\": \"%s %n\\n\\t\"}'");

  assert_tree (window,
               "n=\"%s %n↵⇥\"\n"
               "a⟨U+202E⟩b=\"⟨U+0007⟩⟨U+001B⟩[31m⟨U+200B⟩⟨U+2066⟩\"\n"
               "<i>k</i>=\"<span size=\"90000\">&amp;</span>\"\n");

  close_configuration (window);
}

/* The same in what stands around the configuration. */
static void
test_hostile_names (void)
{
  BackstayWindow *window;
  GtkWidget      *live_bar;

  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data, is_active, notes)"
                   " VALUES ('<b>&x</b> ', E'<i>n</i>\\u202e', '1', true, E'<a href=\"x\">&</a>\\u0007')");
  window = ui_open_sample ();
  ui_select_type (window, "<b>&x</b> ");
  live_bar = ui_find (window, "live_bar");

  g_assert_cmpstr (ui_get_label (live_bar, "title_label"), ==, "Live: <i>n</i>⟨U+202E⟩");
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "<b>&x</b>␣"));
  g_assert_true (ui_shows (ui_find (ui_find (window, "history_view"), "title"), "<b>&x</b>␣"));
  g_assert_true (ui_shows (ui_find (window, "history_view"), "<a href=\"x\">&</a>⟨U+0007⟩"));
  g_assert_true (ui_shows (ui_find (window, "version_view"), "<a href=\"x\">&</a>⟨U+0007⟩"));

  close_configuration (window);
}

static void
test_deep (void)
{
  BackstayWindow *window = open_configuration ("(repeat('[', 1000) || repeat(']', 1000))::jsonb");

  g_assert_true (gtk_widget_activate_action (ui_find (window, "json_view"), "json.expand-all", NULL));
  g_assert_cmpuint (get_n_rows (window), ==, 999);
  g_assert_true (gtk_widget_activate_action (get_list_view (window), "list.scroll-to-item", "u", 998u));
  ui_wait_frames (window, 2);
  g_assert_true (gtk_widget_get_mapped (ui_find_row (get_list_view (window), 998)));

  close_configuration (window);
}

/* A megabyte: only what is in sight costs something. */
static void
test_large (void)
{
  BackstayWindow *window = ui_open_sample ();
  GtkWidget      *version_view = ui_find (window, "version_view");
  GtkWidget      *json_view = ui_find (version_view, "json_view");
  guint           n_rows;

  ui_select_type (window, "prompt-library");
  g_assert_cmpstr (ui_get_label (version_view, "name_label"), ==, "Prompt Library autumn");
  g_assert_cmpuint (ui_count (json_view, BACKSTAY_TYPE_JSON_ROW), <, MAX_ROWS);

  g_assert_true (gtk_widget_activate_action (json_view, "json.expand-all", NULL));
  ui_wait_frames (window, 2);
  n_rows = get_n_rows (window);
  g_assert_cmpuint (n_rows, >, 10000);
  g_assert_cmpuint (ui_count (json_view, BACKSTAY_TYPE_JSON_ROW), <, MAX_ROWS);

  g_assert_true (gtk_widget_activate_action (get_list_view (window), "list.scroll-to-item", "u", n_rows - 1));
  ui_wait_frames (window, 3);
  g_assert_true (gtk_widget_get_mapped (ui_find_row (get_list_view (window), n_rows - 1)));
  g_assert_cmpuint (ui_count (json_view, BACKSTAY_TYPE_JSON_ROW), <, MAX_ROWS);

  /* As text it is a list of lines. */
  adw_view_stack_set_visible_child_name (ui_find (version_view, "view_stack"), "text");
  ui_wait_until (g_strcmp0 (ui_get_page (ui_find (version_view, "text_view"), "stack"), "lines") == 0);
  ui_wait_frames (window, 2);
  g_assert_cmpuint (g_list_model_get_n_items (ui_get_model (ui_find (version_view, "lines_view"))), >, n_rows);

  ui_close_window (window);
}

/* However deep a row is, it stands further in than the one above, and leaves room. */
static void
test_indent (void)
{
  for (guint depth = 1; depth < 25; depth++)
    {
      g_assert_cmpint (backstay_tree_row_get_indent (depth, 16), >, backstay_tree_row_get_indent (depth - 1, 16));
      g_assert_cmpint (backstay_tree_row_get_indent (depth, 16), <=, 12 * 16);
    }

  g_assert_cmpint (backstay_tree_row_get_indent (6, 16), ==, 6 * 16);
  g_assert_cmpint (backstay_tree_row_get_indent (G_MAXUINT, 16), <=, 12 * 16);
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/json-view/activate", test_activate);
  g_test_add_func ("/json-view/keys", test_keys);
  g_test_add_func ("/json-view/indent", test_indent);
  g_test_add_func ("/json-view/expand-all", test_expand_all);
  g_test_add_func ("/json-view/menu", test_menu);
  g_test_add_func ("/json-view/search", test_search);
  g_test_add_func ("/json-view/search-reveals", test_search_reveals);
  g_test_add_func ("/json-view/search-goes-along", test_search_goes_along);
  g_test_add_func ("/json-view/copy", test_copy);
  g_test_add_func ("/json-view/copied-expression", test_copied_expression);
  g_test_add_func ("/json-view/roots", test_roots);
  g_test_add_func ("/json-view/hostile", test_hostile);
  g_test_add_func ("/json-view/hostile-names", test_hostile_names);
  g_test_add_func ("/json-view/deep", test_deep);
  g_test_add_func ("/json-view/large", test_large);

  return ui_run_tests ();
}

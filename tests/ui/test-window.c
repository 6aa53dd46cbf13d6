/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-window"

#include "config.h"

#include "ui-support.h"

#include <string.h>

/* The version that burns everything, and the one before it. */
#define LIVE "SDXL Production Config v2.2"
#define GOOD "SDXL Production Config v2.1"

/* Gives a row's labels, with "|" between them, and the name of the row. */
static char *
dup_row_texts (GtkWidget         *row,
               const char *const *ids)
{
  g_autoptr (GString) texts = g_string_new (NULL);

  for (guint i = 0; ids[i] != NULL; i++)
    g_string_append_printf (texts, "%s%s", i > 0 ? "|" : "", ui_get_label (row, ids[i]));

  return g_string_free (g_steal_pointer (&texts), FALSE);
}

static void
test_model_types (void)
{
  const char *const ids[] = { "name_label", "count_label", "live_label", NULL };
  BackstayWindow   *window = ui_open_sample ();
  GtkWidget        *list_view = ui_find (ui_find (window, "sidebar"), "list_view");
  g_autoptr (GPtrArray) types = NULL;

  types = support_sql_list (support_server_get_sql (),
                            "SELECT model_type, count(*),"
                            "       coalesce((array_agg(config_name ORDER BY created_at DESC)"
                            "                 FILTER (WHERE is_active))[1], 'none active'),"
                            "       count(*) FILTER (WHERE is_active) <> 1"
                            "  FROM model_config_history GROUP BY model_type ORDER BY model_type");
  g_assert_cmpuint (types->len, ==, 7);
  g_assert_cmpuint (g_list_model_get_n_items (ui_get_model (list_view)), ==, types->len);

  for (guint i = 0; i < types->len; i++)
    {
      GtkWidget       *row = ui_find_row (list_view, i);
      g_autofree char *texts = dup_row_texts (row, ids);
      g_autofree char *all = NULL;

      all = g_strdup_printf ("%s|%s", texts,
                             gtk_widget_get_mapped (ui_find (row, "warning_image")) ? "t" : "f");
      g_assert_cmpstr (all, ==, g_ptr_array_index (types, i));
    }

  ui_close_window (window);
}

static void
assert_type_name (GtkWidget  *list_view,
                  guint       position,
                  const char *expected)
{
  GtkWidget       *row = gtk_widget_get_parent (ui_find_row (list_view, position));
  g_autofree char *name = ui_dup_name (row);

  g_assert_cmpstr (name, ==, expected);
}

/* A row is one thing to assistive technology, and its name has all that the eye sees. */
static void
test_model_type_names (void)
{
  BackstayWindow *window = ui_open_sample ();
  GtkWidget      *list_view = ui_find (ui_find (window, "sidebar"), "list_view");

  assert_type_name (list_view, 4, "sdxl, 92 versions, live: " LIVE);
  assert_type_name (list_view, 5,
                    "wan, 44 versions, warning: 2 versions are active: a service reads the newest.");
  assert_type_name (list_view, 6,
                    "whisper, 17 versions, warning: No version is active: a service reads nothing.");

  ui_close_window (window);
}

static void
test_newest_type (void)
{
  BackstayWindow  *window = ui_open_sample ();
  GtkWidget       *history_view = ui_find (window, "history_view");
  GtkWidget       *version_view = ui_find (window, "version_view");
  GtkWidget       *live_bar = ui_find (history_view, "live_bar");
  g_autofree char *live_id = ui_dup_id (LIVE);
  g_autofree char *fact = g_strdup_printf ("1 hour ago · by bob · id %.8s", live_id);

  g_assert_cmpstr (ui_get_page (window, "stack"), ==, "content");
  g_assert_true (ui_shows (ui_find (history_view, "title"), "sdxl"));
  g_assert_cmpstr (ui_get_label (live_bar, "title_label"), ==, "Live: " LIVE);
  g_assert_cmpstr (ui_get_label (live_bar, "subtitle_label"), ==, "1 hour ago · by bob");
  g_assert_false (gtk_widget_get_visible (ui_find (live_bar, "warning_label")));

  g_assert_cmpstr (ui_get_page (version_view, "stack"), ==, "version");
  g_assert_cmpstr (ui_get_label (version_view, "name_label"), ==, LIVE);
  g_assert_cmpstr (ui_get_label (version_view, "facts_label"), ==, fact);
  g_assert_true (gtk_widget_get_mapped (ui_find (version_view, "badge_label")));
  g_assert_true (ui_shows (version_view, "guidance_scale to 9 for the product shots"));

  g_assert_true (ui_shows (ui_find (window, "sidebar"), "alice · Admin"));
  g_assert_true (ui_shows (ui_find (window, "sidebar"), "sample data on this computer"));

  ui_close_window (window);
}

static void
test_history (void)
{
  const char *const ids[] = { "name_label", "creator_label", NULL };
  BackstayWindow   *window = ui_open_sample ();
  GtkWidget        *list_view = ui_find (ui_find (window, "history_view"), "list_view");
  g_autoptr (GPtrArray) versions = NULL;

  versions = support_sql_list (support_server_get_sql (),
                               "SELECT h.config_name,"
                               "       CASE WHEN h.created_by IS NULL THEN 'no creator recorded'"
                               "            WHEN p.id IS NULL THEN 'unknown user ' || left(h.created_by::text, 8)"
                               "            ELSE p.username END,"
                               "       coalesce(h.is_active, false)"
                               "  FROM model_config_history h LEFT JOIN profiles p ON p.id = h.created_by"
                               " WHERE h.model_type = 'sdxl' ORDER BY h.created_at DESC, h.id DESC");
  g_assert_cmpuint (versions->len, ==, 92);
  g_assert_cmpuint (g_list_model_get_n_items (ui_get_model (list_view)), ==, versions->len);

  for (guint i = 0; i < versions->len; i++)
    {
      GtkWidget       *row = ui_find_row (list_view, i);
      g_autofree char *texts = dup_row_texts (row, ids);
      g_autofree char *all = NULL;

      all = g_strdup_printf ("%s|%s", texts,
                             gtk_widget_get_visible (ui_find (row, "badge_label")) ? "t" : "f");
      g_assert_cmpstr (all, ==, g_ptr_array_index (versions, i));
    }

  ui_close_window (window);
}

/* The sample has all kinds of creators; this checks that it does. */
static void
test_history_names (void)
{
  BackstayWindow *window = ui_open_sample ();
  GtkWidget      *list_view = ui_find (ui_find (window, "history_view"), "list_view");
  guint           n_active = 0;
  guint           n_unknown = 0;
  guint           n_nobody = 0;

  for (guint i = 0; i < g_list_model_get_n_items (ui_get_model (list_view)); i++)
    {
      GtkWidget       *row = ui_find_row (list_view, i);
      g_autofree char *name = ui_dup_name (gtk_widget_get_parent (row));
      g_autofree char *head = g_strdup_printf ("%s, %s, %s, %s",
                                               ui_get_label (row, "name_label"),
                                               gtk_widget_get_visible (ui_find (row, "badge_label"))
                                                 ? "active"
                                                 : "not active",
                                               ui_get_label (row, "creator_label"),
                                               ui_get_label (row, "time_label"));

      g_assert_true (g_str_has_prefix (name, head));
      n_active += strstr (name, ", active, ") != NULL;
      n_unknown += strstr (name, ", unknown user 00000000, ") != NULL;
      n_nobody += strstr (name, ", no creator recorded, ") != NULL;
    }

  g_assert_cmpuint (n_active, ==, 1);
  g_assert_cmpuint (n_unknown, ==, 11);
  g_assert_cmpuint (n_nobody, ==, 2);

  ui_close_window (window);
}

/* A rollback's first line of notes is for programs: a person reads what it means. */
static void
test_rollback_in_history (void)
{
  BackstayWindow  *window = ui_open_sample ();
  GtkWidget       *history_view = ui_find (window, "history_view");
  g_autofree char *id = support_sql_query (support_server_get_sql (),
                                           "SELECT id FROM model_config_history"
                                           " WHERE notes LIKE 'Rolled back to %%'");

  ui_select_version (window, id);
  g_assert_true (ui_shows (history_view, ": LCM turns every portrait into the same face."));
  g_assert_true (ui_shows (history_view, "Rolled back to the version of "));
  g_assert_true (ui_shows (ui_find (window, "version_view"), "Support has 31 tickets since noon."));

  ui_close_window (window);
}

static GtkWidget *
look_for_json_row (gpointer    json_view,
                   const char *key)
{
  GtkWidget *list_view = ui_find (json_view, "list_view");

  for (guint i = 0; i < g_list_model_get_n_items (ui_get_model (list_view)); i++)
    {
      GtkWidget *row = ui_find_row (list_view, i);

      if (row != NULL && g_strcmp0 (ui_get_label (row, "key_label"), key) == 0)
        return row;
    }

  return NULL;
}

/* A list makes its rows when it is painted. */
static GtkWidget *
find_json_row (gpointer    json_view,
               const char *key)
{
  ui_wait_until (look_for_json_row (json_view, key) != NULL);

  return look_for_json_row (json_view, key);
}

static void
test_select_version (void)
{
  BackstayWindow  *window = ui_open_sample ();
  GtkWidget       *version_view = ui_find (window, "version_view");
  GtkWidget       *json_view = ui_find (version_view, "json_view");
  GtkWidget       *row = find_json_row (json_view, "guidance_scale");
  g_autofree char *good_id = ui_dup_id (GOOD);
  g_autofree char *name = ui_dup_name (gtk_widget_get_parent (row));

  g_assert_cmpstr (ui_get_label (row, "value_label"), ==, "99");
  g_assert_cmpstr (ui_get_label (row, "kind_label"), ==, "number");
  g_assert_cmpstr (name, ==, "guidance_scale, number, 99");

  ui_select_version (window, good_id);
  g_assert_cmpstr (ui_get_label (version_view, "name_label"), ==, GOOD);
  g_assert_false (gtk_widget_get_visible (ui_find (version_view, "badge_label")));
  g_assert_cmpstr (ui_get_label (find_json_row (json_view, "guidance_scale"), "value_label"), ==, "7.5");

  /* As they are spelt, not as a double would have them. */
  g_assert_cmpstr (ui_get_label (find_json_row (json_view, "credits_per_image"), "value_label"), ==, "1.10");
  g_assert_cmpstr (ui_get_label (find_json_row (json_view, "jitter"), "value_label"), ==, "0.0000001");
  g_assert_cmpstr (ui_get_label (find_json_row (json_view, "namespace"), "value_label"),
                   ==, "123456789012345678901234567890");

  ui_close_window (window);
}

/* Takes the white space between the values out. */
static char *
dup_without_space (const char *json)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean in_string = FALSE;

  for (const char *c = json; *c != '\0'; c++)
    {
      if (!in_string && strchr (" \n", *c) != NULL)
        continue;

      g_string_append_c (out, *c);

      if (in_string && *c == '\\')
        g_string_append_c (out, *++c);
      else if (*c == '"')
        in_string = !in_string;
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
dup_shown_text (gpointer version_view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (ui_find (version_view, "source_view")));
  GtkTextIter    start;
  GtkTextIter    end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/* Nothing is another than what the server has, in any of the sample's versions of a type. */
static void
test_text (void)
{
  BackstayWindow *window = ui_open_sample ();
  GtkWidget      *version_view = ui_find (window, "version_view");
  AdwViewStack   *view_stack = ui_find (version_view, "view_stack");
  g_autoptr (GPtrArray) versions = NULL;

  versions = support_sql_list (support_server_get_sql (),
                               "SELECT id FROM model_config_history WHERE model_type = 'sdxl'"
                               " ORDER BY created_at DESC LIMIT 12");
  adw_view_stack_set_visible_child_name (view_stack, "text");

  for (guint i = 0; i < versions->len; i++)
    {
      const char      *id = g_ptr_array_index (versions, i);
      g_autofree char *expected = NULL;
      g_autofree char *stored = NULL;
      g_autofree char *shown = NULL;
      g_autofree char *found = NULL;

      ui_select_version (window, id);
      ui_wait_until (g_str_equal (ui_get_page (ui_find (version_view, "text_view"), "stack"), "source"));

      stored = support_sql_query (support_server_get_sql (),
                                  "SELECT config_data::text FROM model_config_history WHERE id = '%s'", id);
      expected = dup_without_space (stored);
      shown = dup_shown_text (version_view);
      found = dup_without_space (shown);
      g_assert_cmpstr (found, ==, expected);
    }

  ui_close_window (window);
}

static void
test_copy (void)
{
  BackstayWindow  *window = ui_open_sample ();
  GtkWidget       *version_view = ui_find (window, "version_view");
  g_autofree char *stored = NULL;
  g_autofree char *live_id = ui_dup_id (LIVE);
  g_autofree char *copied_id = NULL;
  g_autofree char *copied_configuration = NULL;

  g_assert_true (gtk_widget_activate_action (version_view, "version.copy-id", NULL));
  copied_id = ui_read_clipboard (window);
  g_assert_cmpstr (copied_id, ==, live_id);

  stored = support_sql_query (support_server_get_sql (),
                              "SELECT config_data::text FROM model_config_history WHERE id = '%s'", live_id);
  g_assert_true (gtk_widget_activate_action (version_view, "version.copy-configuration", NULL));
  copied_configuration = ui_read_clipboard (window);
  g_assert_cmpstr (copied_configuration, ==, stored);

  ui_close_window (window);
}

/* Only what can be done can be clicked on. */
static void
test_roll_back_button (void)
{
  BackstayWindow  *window = ui_open_sample ();
  GtkWidget       *button = ui_find (ui_find (window, "version_view"), "roll_back_button");
  g_autofree char *good_id = ui_dup_id (GOOD);

  g_assert_false (gtk_widget_is_sensitive (button));

  ui_select_version (window, good_id);
  g_assert_true (gtk_widget_is_sensitive (button));

  /* One of two active versions can be made the only one. */
  ui_select_type (window, "wan");
  g_assert_true (gtk_widget_is_sensitive (button));

  ui_close_window (window);
}

static void
test_switch_types (void)
{
  BackstayWindow *window = ui_open_sample ();
  GtkWidget      *history_view = ui_find (window, "history_view");
  GtkWidget      *version_view = ui_find (window, "version_view");
  GtkWidget      *live_bar = ui_find (history_view, "live_bar");

  ui_select_type (window, "wan");
  g_assert_true (ui_shows (ui_find (history_view, "title"), "wan"));
  g_assert_cmpstr (ui_get_label (live_bar, "title_label"), ==, "Live: WAN Video Production v1.43");
  g_assert_cmpstr (ui_get_label (live_bar, "warning_label"),
                   ==, "2 versions are active: a service reads the newest.");
  g_assert_cmpstr (ui_get_label (version_view, "name_label"), ==, "WAN Video Production v1.43");

  ui_select_type (window, "whisper");
  g_assert_cmpstr (ui_get_label (live_bar, "title_label"), ==, "Nothing is live");
  g_assert_cmpstr (ui_get_label (live_bar, "warning_label"),
                   ==, "No version is active: a service reads nothing.");
  g_assert_false (gtk_widget_get_visible (ui_find (live_bar, "go_to_button")));

  /* Nothing is live, so the newest one is as good a beginning. */
  g_assert_cmpstr (ui_get_page (version_view, "stack"), ==, "version");
  g_assert_cmpstr (ui_get_label (version_view, "name_label"), ==,
                   ui_get_label (ui_find_row (ui_find (history_view, "list_view"), 0), "name_label"));

  /* Names that differ in their case are two types. */
  ui_select_type (window, "SDXL");
  g_assert_cmpstr (ui_get_label (version_view, "name_label"), ==, "sdxl production v1.1");
  ui_select_type (window, "sdxl");
  g_assert_cmpstr (ui_get_label (version_view, "name_label"), ==, LIVE);

  ui_close_window (window);
}

/* Who clicks through the list does not wait for what was clicked on before. */
static void
test_switch_types_quickly (void)
{
  BackstayWindow *window = ui_open_sample ();
  GtkWidget      *list_view = ui_find (ui_find (window, "sidebar"), "list_view");

  for (guint i = 0; i < 21; i++)
    {
      g_assert_true (gtk_widget_activate_action (list_view, "list.select-item", "(ubb)", i % 7, FALSE, FALSE));
      g_main_context_iteration (NULL, FALSE);
    }

  ui_select_type (window, "flux");
  g_assert_cmpstr (ui_get_label (ui_find (window, "version_view"), "name_label"),
                   ==, "FLUX.1 Production Config v1.33");
  g_assert_cmpuint (g_list_model_get_n_items (ui_get_model (ui_find (ui_find (window, "history_view"), "list_view"))),
                    ==, 34);

  ui_close_window (window);
}

static void
test_go_to_live (void)
{
  BackstayWindow  *window = ui_open_sample ();
  GtkWidget       *version_view = ui_find (window, "version_view");
  g_autofree char *good_id = ui_dup_id (GOOD);

  ui_select_version (window, good_id);
  ui_click (ui_find (window, "go_to_button"));
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_label (version_view, "name_label"), ==, LIVE);

  /* And with the keyboard. */
  ui_select_version (window, good_id);
  g_assert_true (ui_press (window, GDK_KEY_l, GDK_CONTROL_MASK));
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_label (version_view, "name_label"), ==, LIVE);

  ui_close_window (window);
}

/* What others do is there after a reload, and what was selected stays so. */
static void
test_reload (void)
{
  SupportSql      *sql = support_server_get_sql ();
  BackstayWindow  *window = ui_open_sample ();
  GtkWidget       *history_view = ui_find (window, "history_view");
  g_autofree char *good_id = ui_dup_id (GOOD);

  ui_select_version (window, good_id);
  support_sql_run (sql, "UPDATE model_config_history SET is_active = false WHERE model_type = 'sdxl'");
  support_sql_run (sql, "INSERT INTO model_config_history (model_type, config_name, config_data, is_active)"
                        " VALUES ('sdxl', 'By another client', '{}', true)");

  g_assert_true (ui_press (window, GDK_KEY_F5, 0));
  ui_wait_until (g_str_equal (ui_get_label (history_view, "title_label"), "Live: By another client"));
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (history_view, "By another client"));
  g_assert_cmpuint (g_list_model_get_n_items (ui_get_model (ui_find (history_view, "list_view"))), ==, 93);
  g_assert_cmpstr (ui_get_selected_id (window), ==, good_id);
  g_assert_cmpstr (ui_get_label (ui_find (window, "version_view"), "name_label"), ==, GOOD);

  ui_close_window (window);
  support_server_restore ();
}

static void
test_empty_table (void)
{
  BackstayWindow *window;

  support_sql_run (support_server_get_sql (), "DELETE FROM model_config_history");
  window = ui_open_sample ();
  g_assert_cmpstr (ui_get_page (ui_find (window, "sidebar"), "stack"), ==, "empty");
  g_assert_true (ui_shows (window, "There are no configurations yet."));
  g_assert_cmpstr (ui_get_page (ui_find (window, "history_view"), "stack"), ==, "none");

  support_server_restore ();
  g_assert_true (ui_press (window, GDK_KEY_F5, 0));
  ui_wait_until (g_str_equal (ui_get_page (ui_find (window, "sidebar"), "stack"), "list"));
  ui_wait_until_ready (window);
  ui_select_newest_type (window);
  g_assert_cmpstr (ui_get_label (ui_find (window, "version_view"), "name_label"), ==, LIVE);

  ui_close_window (window);
}

/* Showing the shortcuts' window makes GTK 4.8 warn of its own labels; that it is found is enough. */
static void
test_help (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        about;

  g_assert_nonnull (gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (window)));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "app.about", NULL));
  about = ui_wait_for_window (ADW_TYPE_ABOUT_WINDOW);
  g_assert_true (ui_shows (about, "Backstay"));
  ui_close_window (about);

  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/window/model-types", test_model_types);
  g_test_add_func ("/window/model-type-names", test_model_type_names);
  g_test_add_func ("/window/newest-type", test_newest_type);
  g_test_add_func ("/window/history", test_history);
  g_test_add_func ("/window/history-names", test_history_names);
  g_test_add_func ("/window/rollback-in-history", test_rollback_in_history);
  g_test_add_func ("/window/select-version", test_select_version);
  g_test_add_func ("/window/text", test_text);
  g_test_add_func ("/window/copy", test_copy);
  g_test_add_func ("/window/roll-back-button", test_roll_back_button);
  g_test_add_func ("/window/switch-types", test_switch_types);
  g_test_add_func ("/window/switch-types-quickly", test_switch_types_quickly);
  g_test_add_func ("/window/go-to-live", test_go_to_live);
  g_test_add_func ("/window/reload", test_reload);
  g_test_add_func ("/window/empty-table", test_empty_table);
  g_test_add_func ("/window/help", test_help);

  return ui_run_tests ();
}

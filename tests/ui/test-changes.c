/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-changes"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-diff-line.h"
#include "backstay-diff-view.h"

#include <string.h>

/* What the page of changes shows, and what can be done there. */

#define OLD_CONFIG                                                               \
  "{\"settings\": {\"guidance_scale\": 7.5, \"strength\": 1.0, \"steps\": 20}, " \
  "\"prompt\": \"soft light\", \"old\": null}"
#define NEW_CONFIG                                                            \
  "{\"settings\": {\"guidance_scale\": 99, \"strength\": 1, \"steps\": 20}, " \
  "\"prompt\": \"hard light\", \"new\": 1}"

typedef struct
{
  BackstayWindow *window;
  GtkWidget      *view; /* Of the differences. */
  GtkWidget      *list_view;
} Fixture;

static void
add_version (const char *config_name,
             const char *config,
             gboolean    is_active,
             const char *age)
{
  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history"
                   " (model_type, config_name, config_data, is_active, created_at)"
                   " VALUES ('changes', '%s', '%s', %s, now() - interval '%s')",
                   config_name, config, is_active ? "true" : "false", age);
}

static void
show_page (Fixture *fixture)
{
  GtkWidget *version_view = ui_find (fixture->window, "version_view");

  adw_view_stack_set_visible_child_name (ui_find (version_view, "view_stack"), "changes");
  fixture->view = ui_find (version_view, "diff_view");
  fixture->list_view = ui_find (fixture->view, "list_view");
}

static void
wait_for_page (Fixture    *fixture,
               const char *page)
{
  ui_wait_until (g_strcmp0 (ui_get_page (fixture->view, "stack"), page) == 0);
  ui_wait_frames (fixture->window, 2);
}

/* A window that compares the old version with the new one, which is live. */
static void
set_up (Fixture    *fixture,
        const char *old_config,
        const char *new_config)
{
  g_autofree char *id = NULL;

  add_version ("Old", old_config, FALSE, "2 days");
  add_version ("New", new_config, TRUE, "1 day");
  fixture->window = ui_open_sample ();
  ui_select_type (fixture->window, "changes");
  id = ui_dup_id ("Old");
  ui_select_version (fixture->window, id);
  show_page (fixture);
}

static void
tear_down (Fixture *fixture)
{
  ui_close_window (fixture->window);
  support_server_restore ();
}

static guint
get_n_rows (Fixture *fixture)
{
  return g_list_model_get_n_items (ui_get_model (fixture->list_view));
}

static void
assert_message (Fixture    *fixture,
                const char *title)
{
  wait_for_page (fixture, "message");
  g_assert_cmpstr (adw_status_page_get_title (ui_find (fixture->view, "message_page")), ==, title);
}

static void
act (Fixture    *fixture,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (fixture->view, action, NULL));
}

static void
select_row (Fixture *fixture,
            guint    position)
{
  g_assert_true (gtk_widget_activate_action (fixture->list_view, "list.select-item", "(ubb)",
                                             position, FALSE, FALSE));
}

static void
test_headings (void)
{
  Fixture fixture;

  set_up (&fixture, OLD_CONFIG, NEW_CONFIG);
  wait_for_page (&fixture, "diff");
  g_assert_cmpstr (ui_get_label (fixture.view, "before_heading"), ==, "Before: New (live)");
  g_assert_cmpstr (ui_get_label (fixture.view, "after_heading"), ==, "After: Old");
  g_assert_cmpstr (ui_get_label (fixture.view, "summary_label"), ==,
                   "2 changed, 1 added, 1 removed, spelling only: 1");

  g_assert_true (gtk_widget_activate_action (fixture.view, "changes.swap", NULL));
  ui_wait_until (!backstay_diff_view_get_loading (BACKSTAY_DIFF_VIEW (fixture.view)));
  wait_for_page (&fixture, "diff");
  g_assert_cmpstr (ui_get_label (fixture.view, "before_heading"), ==, "Before: Old");
  g_assert_cmpstr (ui_get_label (fixture.view, "after_heading"), ==, "After: New (live)");

  /* Nothing comes before the first version. */
  gtk_drop_down_set_selected (ui_find (fixture.window, "base_drop_down"), 1);
  assert_message (&fixture, "The First Version");

  tear_down (&fixture);
}

static void
test_next_change (void)
{
  static const struct
  {
    guint           keyval;
    GdkModifierType modifiers;
    const char     *position;
  } steps[] = {
    { GDK_KEY_F8, 0, "1 of 4" },
    { GDK_KEY_F8, 0, "2 of 4" },
    { GDK_KEY_F8, GDK_SHIFT_MASK, "1 of 4" },
    { GDK_KEY_F8, GDK_SHIFT_MASK, "4 of 4" },
    { GDK_KEY_F8, 0, "1 of 4" },
  };
  Fixture fixture;

  set_up (&fixture, OLD_CONFIG, NEW_CONFIG);
  wait_for_page (&fixture, "diff");
  g_assert_cmpstr (ui_get_label (fixture.view, "position_label"), ==, "");

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.window),
                                                 steps[i].modifiers == 0 ? "win.next-change" : "win.previous-change",
                                                 NULL));
      g_assert_cmpstr (ui_get_label (fixture.view, "position_label"), ==, steps[i].position);
    }

  tear_down (&fixture);
}

static void
test_spelling (void)
{
  Fixture    fixture;
  GtkWidget *button;
  guint      n;

  set_up (&fixture, OLD_CONFIG, NEW_CONFIG);
  wait_for_page (&fixture, "diff");
  button = ui_find (fixture.view, "spelling_button");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Show 1 Spelling-Only Change");
  n = get_n_rows (&fixture);

  act (&fixture, "diff.next-change");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_assert_cmpuint (get_n_rows (&fixture), ==, n + 1);

  /* And everything: the steps, which stand beside that already. What was selected still is. */
  gtk_toggle_button_set_active (ui_find (fixture.view, "everything_button"), TRUE);
  g_assert_cmpuint (get_n_rows (&fixture), ==, n + 1);
  g_assert_cmpstr (ui_get_label (fixture.view, "position_label"), ==, "1 of 4");

  gtk_toggle_button_set_active (ui_find (fixture.view, "everything_button"), FALSE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), FALSE);
  g_assert_cmpuint (get_n_rows (&fixture), ==, n);
  g_assert_cmpstr (ui_get_label (fixture.view, "position_label"), ==, "1 of 4");

  tear_down (&fixture);
}

static void
assert_whole (GtkWidget *button)
{
  GtkWidget *label = gtk_widget_get_first_child (button);

  g_assert_true (gtk_widget_get_mapped (label));
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))));
}

static void
assert_toolbar (Fixture *fixture,
                int      width)
{
  g_test_message ("%d", width);
  ui_resize_window (fixture->window, width, 640);
  assert_whole (ui_find (fixture->view, "spelling_button"));
  assert_whole (ui_find (fixture->view, "everything_button"));
}

/* However wide the window is, one can read what the buttons do. */
static void
test_toolbar (void)
{
  Fixture fixture;

  set_up (&fixture, OLD_CONFIG, NEW_CONFIG);
  wait_for_page (&fixture, "diff");
  g_signal_emit_by_name (ui_find (fixture.window, "history_view"), "version-activated");

  for (int width = 1300; width > 360; width -= 30)
    assert_toolbar (&fixture, width);
  for (int width = 360; width < 1300; width += 35)
    assert_toolbar (&fixture, width);

  tear_down (&fixture);
}

static void
test_only_spelling (void)
{
  Fixture fixture;

  set_up (&fixture, "{\"a\": 1}", "{\"a\": 1.0}");
  wait_for_page (&fixture, "diff");
  g_assert_cmpuint (get_n_rows (&fixture), ==, 0);
  g_assert_true (gtk_widget_get_mapped (ui_find (fixture.view, "spelling_hint")));

  gtk_toggle_button_set_active (ui_find (fixture.view, "spelling_button"), TRUE);
  g_assert_cmpuint (get_n_rows (&fixture), >, 0);
  g_assert_false (gtk_widget_get_visible (ui_find (fixture.view, "spelling_hint")));

  tear_down (&fixture);
}

/* Finds the row with that key. */
static guint
find_key (Fixture    *fixture,
          const char *key)
{
  for (guint i = 0; i < get_n_rows (fixture); i++)
    {
      if (g_strcmp0 (ui_get_label (ui_find_row (fixture->list_view, i), "key_label"), key) == 0)
        return i;
    }

  g_error ("There is no row %s", key);
}

static void
assert_copied (Fixture    *fixture,
               const char *action,
               const char *expected)
{
  g_autofree char *text = NULL;

  act (fixture, action);
  text = ui_read_clipboard (fixture->view);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_name (Fixture    *fixture,
             const char *key,
             const char *expected)
{
  GtkWidget       *row = ui_find_row (fixture->list_view, find_key (fixture, key));
  g_autofree char *name = NULL;

  g_object_get (row, "label", &name, NULL);
  g_assert_cmpstr (name, ==, expected);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, expected);
}

/* What is hidden is told, and shown in its place. */
static void
test_hidden (void)
{
  Fixture fixture;
  guint   n;
  guint   position;

  set_up (&fixture, OLD_CONFIG, NEW_CONFIG);
  wait_for_page (&fixture, "diff");
  n = get_n_rows (&fixture);
  position = find_key (&fixture, "… 1 unchanged, 1 spelt otherwise");
  g_assert_false (ui_shows (fixture.view, "steps"));

  select_row (&fixture, position);
  assert_name (&fixture, "… 1 unchanged, 1 spelt otherwise", "… 1 unchanged, 1 spelt otherwise, collapsed");
  g_assert_true (gtk_widget_activate_action (fixture.list_view, "list.activate-item", "u", position));
  ui_wait_frames (fixture.window, 1);
  g_assert_cmpuint (get_n_rows (&fixture), ==, n + 1);
  g_assert_cmpuint (find_key (&fixture, "steps"), ==, position);
  assert_copied (&fixture, "diff.copy-path", "/settings/steps");

  tear_down (&fixture);
}

static void
test_fold (void)
{
  Fixture    fixture;
  guint      n;
  guint      position;
  GtkWidget *count;

  set_up (&fixture, OLD_CONFIG, NEW_CONFIG);
  wait_for_page (&fixture, "diff");
  n = get_n_rows (&fixture);
  position = find_key (&fixture, "settings");
  count = ui_find (ui_find_row (fixture.list_view, position), "count_label");
  g_assert_false (gtk_widget_get_visible (count));

  g_assert_true (gtk_widget_activate_action (fixture.list_view, "list.activate-item", "u", position));
  ui_wait_frames (fixture.window, 1);
  g_assert_cmpuint (get_n_rows (&fixture), ==, n - 2);
  count = ui_find (ui_find_row (fixture.list_view, position), "count_label");
  g_assert_true (gtk_widget_get_visible (count));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (count)), ==, "1");

  tear_down (&fixture);
}

static void
test_copy_one (void)
{
  Fixture fixture;

  set_up (&fixture, OLD_CONFIG, NEW_CONFIG);
  wait_for_page (&fixture, "diff");
  select_row (&fixture, find_key (&fixture, "guidance_scale"));

  assert_copied (&fixture, "diff.copy-sentence", "`settings.guidance_scale` changed from 99 to 7.5");
  assert_copied (&fixture, "diff.copy-before", "99");
  assert_copied (&fixture, "diff.copy-after", "7.5");
  assert_copied (&fixture, "diff.copy-path", "/settings/guidance_scale");
  g_assert_true (ui_shows (fixture.view, "Copied"));

  select_row (&fixture, find_key (&fixture, "prompt"));
  assert_copied (&fixture, "diff.copy-before", "hard light");

  /* A container is copied with all that changed in it. */
  select_row (&fixture, find_key (&fixture, "settings"));
  assert_copied (&fixture, "diff.copy-sentence",
                 "`settings.strength` is spelt 1.0 instead of 1\n"
                 "`settings.guidance_scale` changed from 99 to 7.5");

  tear_down (&fixture);
}

static void
assert_copied_all (Fixture    *fixture,
                   const char *action,
                   const char *part)
{
  g_autofree char *text = NULL;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (fixture->view), "");
  act (fixture, action);
  while (text == NULL || *text == '\0')
    {
      g_free (text);
      text = ui_read_clipboard (fixture->view);
    }
  g_assert_nonnull (strstr (text, part));
  ui_wait_until (ui_shows (fixture->view, "Copied 5 changes"));
}

static void
test_copy_all (void)
{
  Fixture fixture;

  set_up (&fixture, OLD_CONFIG, NEW_CONFIG);
  wait_for_page (&fixture, "diff");
  assert_copied_all (&fixture, "diff.copy-sentences", "`prompt` changed from \"hard light\" to \"soft light\"\n");
  assert_copied_all (&fixture, "diff.copy-json-patch", "\"/settings/guidance_scale\"");

  /* What a merge patch cannot say is said, and not copied. */
  act (&fixture, "diff.copy-merge-patch");
  ui_wait_until (ui_shows (fixture.view, "A merge patch cannot set “old” to null"));

  tear_down (&fixture);
}

static void
test_same (void)
{
  Fixture fixture;

  set_up (&fixture, OLD_CONFIG, OLD_CONFIG);
  assert_message (&fixture, "No Difference");
  g_assert_false (gtk_widget_get_visible (ui_find (fixture.view, "again_button")));
  tear_down (&fixture);
}

static void
test_live (void)
{
  Fixture          fixture;
  g_autofree char *id = NULL;

  set_up (&fixture, OLD_CONFIG, NEW_CONFIG);
  id = ui_dup_id ("New");
  ui_select_version (fixture.window, id);

  /* It is compared with the one before it, at first. */
  wait_for_page (&fixture, "diff");
  g_assert_cmpstr (ui_get_label (fixture.view, "after_heading"), ==, "After: New (live)");
  gtk_drop_down_set_selected (ui_find (fixture.window, "base_drop_down"), 0);
  assert_message (&fixture, "This Is the Live Version");

  tear_down (&fixture);
}

static void
test_failed (void)
{
  Fixture fixture;

  set_up (&fixture, OLD_CONFIG, NEW_CONFIG);
  wait_for_page (&fixture, "diff");
  gtk_drop_down_set_selected (ui_find (fixture.window, "base_drop_down"), 1);
  assert_message (&fixture, "The First Version");
  support_sql_run (support_server_get_sql (), "DELETE FROM model_config_history WHERE config_name = 'New'");
  gtk_drop_down_set_selected (ui_find (fixture.window, "base_drop_down"), 0);

  assert_message (&fixture, "Nothing to Show");
  g_assert_nonnull (ui_get_notice (ui_find (fixture.window, "changes_view")));

  tear_down (&fixture);
}

/* While the server does not answer. */
static void
test_cancelled (void)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  Fixture fixture;

  set_up (&fixture, OLD_CONFIG, NEW_CONFIG);
  wait_for_page (&fixture, "diff");

  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history");
  gtk_drop_down_set_selected (ui_find (fixture.window, "base_drop_down"), 1);
  wait_for_page (&fixture, "loading");
  ui_click (ui_find (fixture.view, "cancel_button"));
  assert_message (&fixture, "Cancelled");
  support_sql_run (other, "COMMIT");

  ui_click (ui_find (fixture.view, "again_button"));
  assert_message (&fixture, "The First Version");

  tear_down (&fixture);
}

static void
test_names (void)
{
  Fixture fixture;

  set_up (&fixture, OLD_CONFIG, NEW_CONFIG);
  wait_for_page (&fixture, "diff");

  assert_name (&fixture, "settings", "with changes, settings, 1 change, expanded");
  assert_name (&fixture, "guidance_scale", "changed, settings.guidance_scale, before 99, after 7.5");
  assert_name (&fixture, "prompt", "changed, prompt, before \"hard light\", after \"soft light\"");
  assert_name (&fixture, "old", "added, old, after null");
  assert_name (&fixture, "new", "removed, new, before 1");

  gtk_test_accessible_assert_property (
    GTK_ACCESSIBLE (gtk_widget_get_parent (ui_find_row (fixture.list_view, find_key (&fixture, "prompt")))),
    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "“hard” became “soft”");

  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/changes/headings", test_headings);
  g_test_add_func ("/changes/next-change", test_next_change);
  g_test_add_func ("/changes/spelling", test_spelling);
  g_test_add_func ("/changes/toolbar", test_toolbar);
  g_test_add_func ("/changes/only-spelling", test_only_spelling);
  g_test_add_func ("/changes/hidden", test_hidden);
  g_test_add_func ("/changes/fold", test_fold);
  g_test_add_func ("/changes/copy-one", test_copy_one);
  g_test_add_func ("/changes/copy-all", test_copy_all);
  g_test_add_func ("/changes/same", test_same);
  g_test_add_func ("/changes/live", test_live);
  g_test_add_func ("/changes/failed", test_failed);
  g_test_add_func ("/changes/cancelled", test_cancelled);
  g_test_add_func ("/changes/names", test_names);

  return ui_run_tests ();
}

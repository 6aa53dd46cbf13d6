/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-editor"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-draft-file.h"
#include "backstay-editor-view.h"
#include "backstay-editor-window.h"
#include "support-proxy.h"

#include <glib/gstdio.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

static void
wait_until_idle (gpointer editor)
{
  ui_wait_until (!backstay_editor_window_get_busy (BACKSTAY_EDITOR_WINDOW (editor)));
  ui_wait_frames (editor, 2);
}

static gpointer
wait_for_editor (void)
{
  gpointer editor = ui_wait_for_window (BACKSTAY_TYPE_EDITOR_WINDOW);

  wait_until_idle (editor);

  return editor;
}

static gpointer
open_editor (BackstayWindow *window,
             const char     *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), action, NULL));

  return wait_for_editor ();
}

static GtkTextBuffer *
get_buffer (gpointer editor)
{
  return backstay_editor_view_get_buffer (ui_find (editor, "editor"));
}

static char *
dup_text (gpointer editor)
{
  return backstay_editor_view_dup_text (ui_find (editor, "editor"));
}

static void
write_text (gpointer    editor,
            const char *text)
{
  gtk_text_buffer_set_text (get_buffer (editor), text, -1);
  wait_until_idle (editor);
}

/* Types where a text stands, as somebody would. */
static void
replace (gpointer    editor,
         const char *old,
         const char *new)
{
  GtkTextBuffer *buffer = get_buffer (editor);
  GtkTextIter    start;
  GtkTextIter    end;

  gtk_text_buffer_get_start_iter (buffer, &start);
  g_assert_true (gtk_text_iter_forward_search (&start, old, 0, &start, &end, NULL));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, new, -1);
  gtk_text_buffer_end_user_action (buffer);
  wait_until_idle (editor);
}

static const char *
get_status (gpointer editor)
{
  return ui_get_label (editor, "status_label");
}

static gboolean
can_save (gpointer editor)
{
  return gtk_widget_is_sensitive (ui_find (editor, "save_button"));
}

static gint64
count_versions (const char *condition)
{
  return support_sql_query_int (support_server_get_sql (),
                                "SELECT count(*) FROM model_config_history WHERE %s", condition);
}

static void
respond (const char *response)
{
  GtkWidget *dialog = ui_wait_for_window (ADW_TYPE_MESSAGE_DIALOG);

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_close (GTK_WINDOW (dialog));
  ui_wait_until (ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
}

static void
wait_until_closed (BackstayWindow *window)
{
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_EDITOR_WINDOW) == NULL);
  ui_wait_until_ready (window);
}

/* Waits until no draft is on disk that somebody could be offered. */
static guint
count_files (void)
{
  g_autofree char *path = backstay_draft_file_dup_directory ();
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;
  guint       n = 0;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    n += g_str_has_suffix (name, ".draft") ? 1 : 0;

  return n;
}

static void
discard (gpointer editor)
{
  gpointer buffer = gtk_text_view_get_buffer (ui_find (editor, "source_view"));

  g_object_add_weak_pointer (editor, &editor);
  g_object_add_weak_pointer (buffer, &buffer);
  gtk_window_close (GTK_WINDOW (editor));
  respond ("discard");
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_EDITOR_WINDOW) == NULL);
  ui_wait_until (editor == NULL);
  ui_wait_until (buffer == NULL);
  ui_wait_until (count_files () == 0);
}

/* It begins with what is shown, and every value is spelt as the server spells it. */
static void
test_from_version (void)
{
  BackstayWindow  *window = ui_open_sample ();
  g_autofree char *good_id = ui_dup_id (UI_GOOD);
  gpointer         editor;
  g_autofree char *text = NULL;
  g_autofree char *compact = NULL;

  ui_select_version (window, good_id);
  g_assert_true (ui_press (window, GDK_KEY_n, GDK_CONTROL_MASK));
  editor = wait_for_editor ();

  g_assert_cmpstr (gtk_editable_get_text (ui_find (editor, "type_row")), ==, "sdxl");
  g_assert_cmpstr (gtk_editable_get_text (ui_find (editor, "name_row")), ==, "SDXL Production Config v2.3");
  g_assert_cmpstr (get_status (editor), ==, "Valid JSON");
  g_assert_true (ui_shows (editor, "No Difference"));
  g_assert_true (can_save (editor));
  g_assert_false (gtk_window_get_modal (GTK_WINDOW (editor)));
  g_assert_false (gtk_text_buffer_get_can_undo (get_buffer (editor)));

  text = dup_text (editor);
  g_assert_nonnull (strstr (text, "\n  \"default_settings\": {\n"));
  compact = support_sql_query (support_server_get_sql (),
                               "SELECT $text$%s$text$::jsonb::text = config_data::text"
                               "  FROM model_config_history WHERE id = '%s'",
                               text, good_id);
  g_assert_cmpstr (compact, ==, "t");

  /* Nothing was typed, so there is nothing to ask. */
  gtk_window_close (GTK_WINDOW (editor));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_EDITOR_WINDOW) == NULL);
  ui_close_window (window);
}

static void
test_typing (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        editor = open_editor (window, "win.new-version-empty");
  GtkTextIter     iter;

  g_assert_cmpstr (gtk_editable_get_text (ui_find (editor, "type_row")), ==, "sdxl");
  g_assert_false (can_save (editor)); /* It has no name. */
  g_assert_true (ui_shows (editor, "Give it a name."));
  ui_type (ui_find (editor, "name_row"), "new");
  g_assert_true (can_save (editor));

  write_text (editor, "{\n  \"a\": 1,\n  \"b\": tru\n}");
  g_assert_cmpstr (get_status (editor), ==, "Line 3, column 8: a value is expected here");
  g_assert_false (can_save (editor));

  /* The place is marked, and one click away. */
  gtk_text_buffer_get_iter_at_line_offset (get_buffer (editor), &iter, 2, 7);
  g_assert_true (gtk_text_iter_has_tag (&iter, gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (get_buffer (editor)), "error")));
  ui_click (ui_find (editor, "status_button"));
  gtk_text_buffer_get_iter_at_mark (get_buffer (editor), &iter, gtk_text_buffer_get_insert (get_buffer (editor)));
  g_assert_cmpint (gtk_text_iter_get_line (&iter), ==, 2);
  g_assert_cmpint (gtk_text_iter_get_line_offset (&iter), ==, 7);

  write_text (editor, "{\"ä\": \"\\u0000\"}");
  g_assert_cmpstr (get_status (editor), ==, "Line 1, column 8: PostgreSQL cannot store the character “\\u0000”");
  g_assert_false (can_save (editor));
  write_text (editor, "[1,\n1e200000]");
  g_assert_cmpstr (get_status (editor), ==, "Line 2, column 1: PostgreSQL cannot store a number of so many digits");
  write_text (editor, "");
  g_assert_true (g_str_has_suffix (get_status (editor), "the text is empty"));
  g_assert_false (can_save (editor));

  /* Twice the same key is legal, and hardly ever meant. */
  write_text (editor, "{\"a\": 1, \"a\": 2}");
  g_assert_cmpstr (get_status (editor), ==, "Line 1, column 10: the key “a” is there twice; PostgreSQL keeps the last");
  g_assert_true (can_save (editor));

  write_text (editor, "{}");
  g_assert_cmpstr (get_status (editor), ==, "Valid JSON");
  g_assert_true (can_save (editor));

  discard (editor);
  ui_close_window (window);
}

/* What programs write into one line is broken between the values, and nowhere else. */
static void
test_from_clipboard (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        editor;
  g_autoptr (GString) line = g_string_new ("[1.10");
  g_autofree char *text = NULL;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (window)), "{\"a\":1.10}");
  editor = open_editor (window, "win.new-version-from-clipboard");
  text = dup_text (editor);
  g_assert_cmpstr (text, ==, "{\"a\":1.10}");
  gtk_window_close (GTK_WINDOW (editor));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_EDITOR_WINDOW) == NULL);

  while (line->len < 20000)
    g_string_append (line, ",12345678901234567890");
  g_string_append_c (line, ']');
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (window)), line->str);
  editor = open_editor (window, "win.new-version-from-clipboard");
  g_free (text);
  text = dup_text (editor);
  g_assert_true (g_str_has_prefix (text, "[\n  1.10,\n  12345678901234567890,\n"));
  g_assert_cmpstr (get_status (editor), ==, "Valid JSON");
  gtk_window_close (GTK_WINDOW (editor));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_EDITOR_WINDOW) == NULL);

  ui_close_window (window);
}

/* Where it is asked for, nobody saves without saying why. */
static void
test_needs_notes (void)
{
  g_autoptr (GSettings) settings = g_settings_new (BACKSTAY_APP_ID);
  BackstayWindow *window = ui_open_sample ();
  gpointer        editor;

  g_settings_set_boolean (settings, "require-notes", TRUE);
  editor = open_editor (window, "win.new-version");
  g_assert_false (can_save (editor));
  g_assert_true (ui_shows (editor, "Say in the notes why."));
  ui_type (ui_find (editor, "notes_row"), "why");
  g_assert_true (can_save (editor));
  g_settings_reset (settings, "require-notes");

  discard (editor);
  ui_close_window (window);
}

static void
test_undo (void)
{
  BackstayWindow  *window = ui_open_sample ();
  gpointer         editor = open_editor (window, "win.new-version-empty");
  g_autofree char *before = dup_text (editor);
  g_autofree char *after = NULL;

  replace (editor, "{", "{\"a\": 1");
  ui_click (ui_find (editor, "undo_button"));
  after = dup_text (editor);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (gtk_widget_is_sensitive (ui_find (editor, "undo_button")));
  ui_click (ui_find (editor, "redo_button"));
  g_free (after);
  after = dup_text (editor);
  g_assert_true (g_str_has_prefix (after, "{\"a\": 1"));

  discard (editor);
  ui_close_window (window);
}

static void
test_search (void)
{
  BackstayWindow  *window = ui_open_sample ();
  gpointer         editor = open_editor (window, "win.new-version");
  GtkTextIter      start;
  GtkTextIter      end;
  g_autofree char *selected = NULL;

  g_assert_true (ui_press (editor, GDK_KEY_f, GDK_CONTROL_MASK));
  ui_wait_until (gtk_widget_get_mapped (ui_find (editor, "search_entry")));
  ui_type (ui_find (editor, "search_entry"), "GUIDANCE_scale");
  ui_wait_until (g_str_equal (ui_get_label (editor, "match_label"), "1 match"));
  g_signal_emit_by_name (ui_find (editor, "search_entry"), "activate");
  g_assert_true (gtk_text_buffer_get_selection_bounds (get_buffer (editor), &start, &end));
  selected = gtk_text_buffer_get_text (get_buffer (editor), &start, &end, TRUE);
  g_assert_cmpstr (selected, ==, "guidance_scale");
  ui_type (ui_find (editor, "search_entry"), "nowhere");
  ui_wait_until (g_str_equal (ui_get_label (editor, "match_label"), "Not found"));

  gtk_window_close (GTK_WINDOW (editor));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_EDITOR_WINDOW) == NULL);
  ui_close_window (window);
}

/* What changes follows the text, and never passes for what it is not. */
static void
test_diff (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        editor = open_editor (window, "win.new-version");

  replace (editor, "\"guidance_scale\": 99", "\"guidance_scale\": 7.25");
  g_assert_true (ui_shows (ui_find (editor, "diff_view"), "1 changed"));
  ui_wait_until (ui_shows (ui_find (editor, "diff_view"), "7.25"));
  g_assert_cmpstr (ui_get_label (editor, "diff_heading"), ==, "Changes");

  replace (editor, "7.25", "7.");
  g_assert_cmpstr (ui_get_label (editor, "diff_heading"), ==, "Changes, as of the last valid text");
  g_assert_false (gtk_widget_is_sensitive (ui_find (editor, "diff_view")));
  replace (editor, "\"guidance_scale\": 7.", "\"guidance_scale\": 7.5, \"extra\": null");
  g_assert_true (gtk_widget_is_sensitive (ui_find (editor, "diff_view")));
  g_assert_true (ui_shows (ui_find (editor, "diff_view"), "1 changed"));
  g_assert_true (ui_shows (ui_find (editor, "diff_view"), "1 added"));

  /* Of two with one key the server will keep the last. */
  replace (editor, "\"extra\": null", "\"extra\": \"first\", \"extra\": \"last\"");
  g_assert_true (g_str_has_suffix (get_status (editor), "extra” is there twice; PostgreSQL keeps the last"));
  g_assert_true (ui_shows (ui_find (editor, "diff_view"), "1 added"));
  ui_wait_until (ui_shows (ui_find (editor, "diff_view"), "\"last\""));
  g_assert_false (ui_shows (ui_find (editor, "diff_view"), "\"first\""));

  discard (editor);

  /* Begun with nothing, it is compared with what is live for its type. */
  editor = open_editor (window, "win.new-version-empty");
  g_assert_true (ui_shows (ui_find (editor, "diff_view"), "removed"));
  ui_type (ui_find (editor, "type_row"), "brand new");
  wait_until_idle (editor);
  g_assert_true (ui_shows (ui_find (editor, "diff_view"), "no live version yet"));
  discard (editor);
  ui_close_window (window);
}

static void
test_look_alike (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        editor = open_editor (window, "win.new-version-empty");

  ui_type (ui_find (editor, "type_row"), "Wan");
  g_assert_true (ui_shows (editor, "There is “wan” already"));
  ui_type (ui_find (editor, "type_row"), "wan");
  g_assert_false (ui_shows (editor, "already"));
  ui_type (ui_find (editor, "type_row"), "123456789012345678901");
  g_assert_true (ui_shows (editor, "has 21 characters; it may have 20"));
  g_assert_true (gtk_widget_activate_action (editor, "editor.set-type", "s", "sdxl"));
  g_assert_cmpstr (gtk_editable_get_text (ui_find (editor, "type_row")), ==, "sdxl");
  wait_until_idle (editor);

  discard (editor);
  ui_close_window (window);
}

static void
test_save_inactive (void)
{
  BackstayWindow  *window = ui_open_sample ();
  gpointer         editor = open_editor (window, "win.new-version");
  g_autofree char *live_id = ui_dup_id (UI_LIVE);
  g_autofree char *new_id = NULL;

  replace (editor, "99", "7.250");
  ui_type (ui_find (editor, "name_row"), "Kept <b>for later</b>");
  ui_type (ui_find (editor, "notes_row"), "why not");
  g_assert_cmpstr (gtk_button_get_label (ui_find (editor, "save_button")), ==, "_Save");
  ui_click (ui_find (editor, "save_button"));
  wait_until_closed (window);

  new_id = ui_dup_id ("Kept <b>for later</b>");
  g_assert_cmpint (count_versions ("config_name = 'Kept <b>for later</b>' AND NOT is_active"
                                   " AND created_by = '" SUPPORT_ALICE "' AND notes = 'why not'"
                                   " AND config_data::text LIKE '%\"guidance_scale\": 7.250,%'"),
                   ==, 1);
  g_assert_cmpint (count_versions ("model_type = 'sdxl' AND is_active AND config_name = '" UI_LIVE "'"), ==, 1);
  g_assert_cmpstr (ui_get_selected_id (window), ==, new_id);
  ui_wait_until (ui_shows (window, "The new version of sdxl was saved, and is not active"));
  ui_wait_until (count_files () == 0);

  ui_close_window (window);
  support_server_restore ();
}

static void
test_save_active (void)
{
  BackstayWindow  *window = ui_open_sample ();
  gpointer         editor = open_editor (window, "win.new-version");
  g_autofree char *new_id = NULL;

  replace (editor, "99", "7.5");
  ui_type (ui_find (editor, "name_row"), "Mended");
  gtk_switch_set_active (ui_find (editor, "activate_switch"), TRUE);
  g_assert_true (ui_shows (editor, "Turns off “" UI_LIVE "”, by bob"));
  ui_click (ui_find (editor, "save_button"));
  wait_until_closed (window);

  new_id = ui_dup_id ("Mended");
  g_assert_cmpint (count_versions ("model_type = 'sdxl' AND is_active AND config_name = 'Mended'"), ==, 1);
  g_assert_cmpint (count_versions ("model_type = 'sdxl' AND is_active"), ==, 1);
  g_assert_true (ui_shows (window, "Live: Mended"));

  /* With a way back, as after a rollback. */
  ui_wait_until (ui_shows (window, "The new version of sdxl is live"));
  ui_click (ui_find_button (window, "Undo"));
  ui_wait_until (count_versions ("config_name = '" UI_LIVE "' AND is_active") == 1);
  ui_wait_until_ready (window);

  ui_close_window (window);
  support_server_restore ();
}

/* Somebody else was faster: nothing is saved, the text stays, and one can look and try again. */
static void
test_conflict (void)
{
  BackstayWindow  *window = ui_open_sample ();
  gpointer         editor = open_editor (window, "win.new-version");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  replace (editor, "99", "7.5");
  ui_type (ui_find (editor, "name_row"), "Mended");
  gtk_switch_set_active (ui_find (editor, "activate_switch"), TRUE);
  support_sql_run (support_server_get_sql (),
                   "UPDATE model_config_history SET is_active = config_name = '" UI_GOOD "'"
                   " WHERE model_type = 'sdxl'");
  before = dup_text (editor);
  ui_click (ui_find (editor, "save_button"));
  wait_until_idle (editor);
  g_assert_true (g_str_has_prefix (ui_get_notice (editor), "Nothing was saved, and the text is still here. "
                                                           "The active version of sdxl changed since you looked"));
  after = dup_text (editor);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (count_versions ("config_name = 'Mended'"), ==, 0);

  ui_click (ui_find_button (editor, "Look Again"));
  wait_until_idle (editor);
  g_assert_true (ui_shows (editor, "Turns off “" UI_GOOD "”, by alice"));
  ui_click (ui_find (editor, "save_button"));
  wait_until_closed (window);
  g_assert_cmpint (count_versions ("config_name = 'Mended' AND is_active"), ==, 1);

  ui_close_window (window);
  support_server_restore ();
}

/* The server can read less deep than Backstay, and does not say where it gave up. */
static void
test_refused (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        editor = open_editor (window, "win.new-version-empty");
  g_autoptr (GString) text = g_string_new ("[1,");
  g_autofree char *after = NULL;

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, i % 100 == 0 ? "\n[" : "[");
  for (guint i = 0; i < 20000; i++)
    g_string_append (text, i % 100 == 0 ? "\n]" : "]");
  g_string_append_c (text, ']');

  ui_type (ui_find (editor, "name_row"), "deep");
  write_text (editor, text->str);
  ui_click (ui_find (editor, "save_button"));
  wait_until_idle (editor);
  g_assert_cmpstr (ui_get_notice (editor), ==,
                   "Nothing was saved, and the text is still here. The configuration is nested more "
                   "deeply than this server can read.");
  g_assert_true (g_str_has_prefix (get_status (editor), "Line 201, column 100: "));
  after = dup_text (editor);
  g_assert_cmpstr (after, ==, text->str);

  discard (editor);
  ui_close_window (window);
}

/* Whoever may not write any more is told so, and loses nothing. */
static void
test_no_rights (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        editor = open_editor (window, "win.new-version");

  replace (editor, "99", "7.5");
  support_sql_run (support_server_get_sql (), "DELETE FROM user_roles WHERE user_id = '" SUPPORT_ALICE "'");
  ui_click (ui_find (editor, "save_button"));
  wait_until_idle (editor);
  g_assert_true (ui_shows (editor, "You are not an administrator on this server (any more)"));
  g_assert_true (gtk_widget_is_sensitive (ui_find (editor, "save_button")));

  discard (editor);
  ui_close_window (window);
  support_server_restore ();
}

/* What the server spells otherwise than it was typed is said. */
static void
test_stored_otherwise (void)
{
  static const struct
  {
    const char *text;
    const char *notice;
  } cases[] = {
    { "{\"b\": 1E3, \"a\": -0.0}", "Saved. The server stored it otherwise than it was typed: 2 numbers are spelt otherwise" },
    { "{\"a\": 1, \"a\": 2}", "of two members with one key it kept the last. Line 1, column 10" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BackstayWindow *window = ui_open_sample ();
      gpointer        editor = open_editor (window, "win.new-version-empty");

      ui_type (ui_find (editor, "name_row"), "spelling");
      write_text (editor, cases[i].text);
      ui_click (ui_find (editor, "save_button"));
      ui_wait_until (ui_get_notice (editor) != NULL);
      g_assert_nonnull (strstr (ui_get_notice (editor), cases[i].notice));
      ui_wait_until (g_strcmp0 (ui_get_page (ui_find (editor, "diff_view"), "stack"), "diff") == 0);
      g_assert_cmpint (count_versions ("config_name = 'spelling'"), ==, 1);
      g_assert_false (can_save (editor));

      /* It is done, so there is nothing to ask. */
      gtk_window_close (GTK_WINDOW (editor));
      wait_until_closed (window);
      ui_close_window (window);
      support_server_restore ();
    }
}

/* Drafts */

static void
test_close_asks (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        editor = open_editor (window, "win.new-version");
  int             width;

  replace (editor, "99", "98");
  gtk_window_close (GTK_WINDOW (editor));
  respond ("cancel");
  g_assert_true (ui_find_window (BACKSTAY_TYPE_EDITOR_WINDOW) == editor);

  gtk_window_close (GTK_WINDOW (editor));
  respond ("keep");
  wait_until_closed (window);
  g_assert_cmpuint (count_files (), ==, 1);
  ui_wait_until (ui_shows (window, "1 unsaved draft: sdxl “SDXL Production Config v2.3” from "));
  ui_close_window (window);

  /* It is offered to whom it belongs, and to nobody else. */
  window = ui_open_window (support_server_get_config (), SUPPORT_BOB, TRUE);
  ui_wait_until_ready (window);
  g_assert_false (ui_shows (window, "1 unsaved draft"));
  ui_close_window (window);

  window = ui_open_sample ();
  ui_wait_until (ui_shows (window, "1 unsaved draft: sdxl “SDXL Production Config v2.3” from "));
  gtk_widget_measure (ui_find (window, "draft_bar"), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 360);
  ui_click (ui_find (window, "discard_button"));
  respond ("discard");
  ui_wait_until (count_files () == 0);
  ui_close_window (window);
}

/* The program ends without a word, and what was typed is there again. */
static void
test_crash (void)
{
  const char      *text = "{\r\n  \"half\": [1.10,";
  BackstayWindow  *window;
  gpointer         editor;
  g_autofree char *keeper = g_test_build_filename (G_TEST_BUILT, "ui", "editor-crash", NULL);
  g_autofree char *found = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  /* Another process has the draft open until it is killed. */
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, keeper, SUPPORT_ALICE,
                              "sample data on this computer", text, NULL);
  g_assert_no_error (error);
  ui_wait_until (count_files () == 1);

  window = ui_open_sample ();
  ui_wait_frames (window, 3);
  g_assert_false (ui_shows (window, "unsaved draft"));
  ui_close_window (window);

  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  window = ui_open_sample ();
  ui_wait_until (ui_shows (window, "1 unsaved draft: sdxl “after the crash” from "));
  ui_click (ui_find (window, "restore_button"));
  editor = wait_for_editor ();
  found = dup_text (editor);
  g_assert_cmpstr (found, ==, text);
  g_assert_cmpstr (gtk_editable_get_text (ui_find (editor, "notes_row")), ==, "as it was");
  g_assert_cmpstr (get_status (editor), ==, "Line 2, column 17: the text ends too early");
  ui_wait_until (!ui_shows (window, "unsaved draft"));

  discard (editor);
  ui_close_window (window);
}

/* A line that breaks takes nothing with it, and one can save once it is there again. */
static void
test_lost_connection (void)
{
  g_autoptr (SupportProxy) proxy = support_proxy_new ();
  g_autoptr (BackstayDbConfig) config = support_proxy_dup_config (proxy);
  BackstayWindow *window = ui_open_window (config, SUPPORT_ALICE, FALSE);
  gpointer        editor;

  ui_wait_until_ready (window);
  ui_select_newest_type (window);
  editor = open_editor (window, "win.new-version-empty");
  ui_type (ui_find (editor, "name_row"), "over a bad line");
  write_text (editor, "{}");
  support_proxy_arm (proxy, 1, SUPPORT_FAULT_CUT_BEFORE);
  ui_click (ui_find (editor, "save_button"));
  wait_until_idle (editor);
  g_assert_true (g_str_has_prefix (ui_get_notice (editor), "Nothing was saved, and the text is still here."));
  ui_click (ui_find (editor, "save_button"));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_EDITOR_WINDOW) == NULL);
  g_assert_cmpint (count_versions ("config_name = 'over a bad line'"), ==, 1);

  ui_close_window (window);
  support_server_restore ();
}

static void
depose_alice (gpointer user_data)
{
  support_sql_run (user_data, "DELETE FROM user_roles WHERE user_id = '" SUPPORT_ALICE "'");
}

/* A commit of which nobody knows what became, and somebody who then tries again. */
static void
test_unknown_commit (void)
{
  g_autoptr (SupportProxy) proxy = support_proxy_new ();
  g_autoptr (BackstayDbConfig) config = support_proxy_dup_config (proxy);
  g_autoptr (SupportSql) sql = support_sql_new (support_server_get_config ());
  BackstayWindow *window = ui_open_window (config, SUPPORT_ALICE, FALSE);
  gpointer        editor;

  ui_wait_until_ready (window);
  ui_select_newest_type (window);
  editor = open_editor (window, "win.new-version-empty");
  ui_type (ui_find (editor, "name_row"), "once only");
  write_text (editor, "{}");
  support_proxy_arm (proxy, 3, SUPPORT_FAULT_CUT_AFTER);
  support_proxy_arm_next_call (proxy, 1, depose_alice, sql);
  ui_click (ui_find (editor, "save_button"));
  wait_until_idle (editor);
  g_test_message ("%s", ui_get_notice (editor));
  g_assert_true (g_str_has_prefix (ui_get_notice (editor), "The connection broke during the last step"));
  support_sql_run (sql, "INSERT INTO user_roles (user_id, role) VALUES ('" SUPPORT_ALICE "', 'admin')");
  ui_click (ui_find (editor, "save_button"));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_EDITOR_WINDOW) == NULL || !backstay_editor_window_get_busy (editor));
  g_assert_cmpint (count_versions ("config_name = 'once only'"), ==, 1);
  g_test_message ("%s", ui_get_notice (editor));

  discard (editor);
  ui_close_window (window);
  support_server_restore ();
}

static void
test_large (void)
{
  BackstayWindow  *window = ui_open_sample ();
  gpointer         editor = open_editor (window, "win.new-version-empty");
  g_autofree char *filling = g_strnfill (300 * 1024, ' ');
  g_autofree char *large = g_strdup_printf ("{\n%s}", filling);
  g_autofree char *word = g_strnfill (100 * 1024, 'x');
  g_autofree char *too_large = g_strdup_printf ("\"%s\"", word);
  g_autofree char *kept = NULL;

  for (gsize i = 80; i < strlen (large) - 1; i += 80)
    large[i] = '\n';
  write_text (editor, large);
  g_assert_null (gtk_source_buffer_get_language (GTK_SOURCE_BUFFER (get_buffer (editor))));
  g_assert_true (ui_shows (editor, "Too large for colours"));
  write_text (editor, "{}");
  g_assert_nonnull (gtk_source_buffer_get_language (GTK_SOURCE_BUFFER (get_buffer (editor))));
  g_assert_false (ui_shows (editor, "Too large for colours"));

  /* A paste that no text view can show does not happen. */
  gtk_text_buffer_insert_at_cursor (get_buffer (editor), too_large, -1);
  g_assert_true (ui_shows (editor, "Nothing was pasted"));
  kept = dup_text (editor);
  g_assert_cmpstr (kept, ==, "{}");
  g_clear_pointer (&kept, g_free);

  /* What no text view can show is kept to the byte. */
  backstay_editor_view_set_text (ui_find (editor, "editor"), too_large);
  wait_until_idle (editor);
  g_assert_true (ui_shows (editor, "Too Large to Be Edited Here"));
  g_assert_cmpstr (get_status (editor), ==, "Valid JSON");
  kept = dup_text (editor);
  g_assert_cmpstr (kept, ==, too_large);

  discard (editor);
  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/editor/from-version", test_from_version);
  g_test_add_func ("/editor/typing", test_typing);
  g_test_add_func ("/editor/from-clipboard", test_from_clipboard);
  g_test_add_func ("/editor/needs-notes", test_needs_notes);
  g_test_add_func ("/editor/undo", test_undo);
  g_test_add_func ("/editor/search", test_search);
  g_test_add_func ("/editor/diff", test_diff);
  g_test_add_func ("/editor/look-alike", test_look_alike);
  g_test_add_func ("/editor/save-inactive", test_save_inactive);
  g_test_add_func ("/editor/save-active", test_save_active);
  g_test_add_func ("/editor/conflict", test_conflict);
  g_test_add_func ("/editor/refused", test_refused);
  g_test_add_func ("/editor/no-rights", test_no_rights);
  g_test_add_func ("/editor/stored-otherwise", test_stored_otherwise);
  g_test_add_func ("/editor/close-asks", test_close_asks);
  g_test_add_func ("/editor/crash", test_crash);
  g_test_add_func ("/editor/lost-connection", test_lost_connection);
  g_test_add_func ("/editor/unknown-commit", test_unknown_commit);
  g_test_add_func ("/editor/large", test_large);

  return ui_run_tests ();
}

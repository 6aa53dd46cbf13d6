/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-notes"

#include "config.h"

#include "ui-support.h"

#include "backstay-notes-dialog.h"
#include "backstay-notice.h"

#include <string.h>

#define NAME "SDXL Production Config v2.0.5"

/* The notes of a version, and editing them. */

static char *
get_text (gpointer text_view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (text_view);
  GtkTextIter    start;
  GtkTextIter    end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
set_text (gpointer    text_view,
          const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (text_view), text, -1);
}

static BackstayWindow *
open_version (char **id)
{
  BackstayWindow *window = ui_open_sample ();

  *id = ui_dup_id (NAME);
  ui_select_type (window, "sdxl");
  ui_select_version (window, *id);

  return window;
}

static gpointer
open_dialog (BackstayWindow *window)
{
  g_assert_true (gtk_widget_activate_action (ui_find (window, "version_view"), "version.edit-notes", NULL));

  return ui_wait_for_window (BACKSTAY_TYPE_NOTES_DIALOG);
}

static char *
dup_notes (const char *id)
{
  return support_sql_query (support_server_get_sql (), "SELECT notes FROM model_config_history WHERE id = '%s'", id);
}

static const char *
get_notice (gpointer dialog)
{
  return backstay_notice_get_text (ui_find (dialog, "notice"));
}

/* However long they are, they are shown to the end. */
static void
test_whole (void)
{
  g_autofree char *id = ui_dup_id (NAME);
  BackstayWindow  *window;
  g_autofree char *text = NULL;

  support_sql_run (support_server_get_sql (),
                   "UPDATE model_config_history SET notes = repeat(E'<b>line</b>\\n', 3000) || repeat('x', 9000) || E'\\nthe end'"
                   " WHERE id = '%s'",
                   id);
  window = ui_open_sample ();
  ui_select_type (window, "sdxl");
  ui_select_version (window, id);
  text = get_text (ui_find (ui_find (window, "version_view"), "long_notes_view"));
  g_assert_true (g_str_has_prefix (text, "<b>line</b>\n<b>line</b>\n"));
  g_assert_true (g_str_has_suffix (text, "x\nthe end"));

  /* A single word is broken where it says so. */
  g_assert_nonnull (strstr (text, "xx↩\nxx"));

  ui_close_window (window);
  support_server_restore ();
}

static void
test_edit (void)
{
  g_autofree char *id = NULL;
  BackstayWindow  *window = open_version (&id);
  gpointer         dialog = open_dialog (window);
  g_autofree char *old = dup_notes (id);
  g_autofree char *shown = get_text (ui_find (dialog, "notes_view"));
  g_autofree char *new = g_strconcat (old, "\nsecond line", NULL);
  g_autofree char *changes = NULL;
  g_autofree char *saved = NULL;

  g_assert_cmpstr (shown, ==, old);
  g_assert_false (gtk_widget_is_sensitive (ui_find_button (dialog, "Save")));
  set_text (ui_find (dialog, "notes_view"), new);
  ui_wait_until (strstr ((g_free (changes), changes = get_text (ui_find (dialog, "changes_view"))), "second") != NULL);
  ui_click (ui_find_button (dialog, "Save"));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_NOTES_DIALOG) == NULL);
  ui_wait_until_ready (window);
  saved = dup_notes (id);
  g_assert_cmpstr (saved, ==, new);
  g_assert_cmpstr (ui_get_selected_id (window), ==, id);
  ui_wait_until (ui_shows (ui_find (window, "version_view"), new));

  ui_close_window (window);
  support_server_restore ();
}

/* Somebody else was faster: nothing is overwritten, nothing that was typed is lost, and it can be saved
 * knowingly. */
static void
test_conflict (void)
{
  g_autofree char *id = NULL;
  BackstayWindow  *window = open_version (&id);
  gpointer         dialog = open_dialog (window);
  g_autofree char *text = NULL;
  g_autofree char *changes = NULL;
  g_autofree char *notes = NULL;

  set_text (ui_find (dialog, "notes_view"), "mine");
  support_sql_run (support_server_get_sql (), "UPDATE model_config_history SET notes = 'theirs' WHERE id = '%s'", id);
  ui_click (ui_find_button (dialog, "Save"));
  ui_wait_until (get_notice (dialog) != NULL && strstr (get_notice (dialog), "Somebody else") != NULL);
  notes = dup_notes (id);
  g_assert_cmpstr (notes, ==, "theirs");
  text = get_text (ui_find (dialog, "notes_view"));
  g_assert_cmpstr (text, ==, "mine");
  changes = get_text (ui_find (dialog, "changes_view"));
  g_assert_nonnull (strstr (changes, "theirs"));

  ui_click (ui_find_button (dialog, "Save"));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_NOTES_DIALOG) == NULL);
  ui_wait_until_ready (window);
  g_free (notes);
  notes = dup_notes (id);
  g_assert_cmpstr (notes, ==, "mine");

  ui_close_window (window);
  support_server_restore ();
}

/* The server says no, and closing asks before the text is lost. */
static void
test_refused (void)
{
  g_autofree char *id = NULL;
  BackstayWindow  *window = open_version (&id);
  gpointer         dialog = open_dialog (window);
  g_autofree char *text = NULL;

  support_sql_run (support_server_get_sql (), "REVOKE UPDATE ON model_config_history FROM authenticated");
  set_text (ui_find (dialog, "notes_view"), "mine");
  ui_click (ui_find_button (dialog, "Save"));
  ui_wait_until (get_notice (dialog) != NULL && strstr (get_notice (dialog), "Nothing was changed") != NULL);
  text = get_text (ui_find (dialog, "notes_view"));
  g_assert_cmpstr (text, ==, "mine");

  gtk_window_close (dialog);
  ui_wait_until (strstr (get_notice (dialog), "not saved") != NULL);
  g_assert_true (ui_find_window (BACKSTAY_TYPE_NOTES_DIALOG) == dialog);
  ui_click (ui_find_button (dialog, "Discard"));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_NOTES_DIALOG) == NULL);
  support_sql_run (support_server_get_sql (), "GRANT UPDATE ON model_config_history TO authenticated");

  ui_close_window (window);
}

/* Whoever leaves the server leaves its dialogs, too. */
static void
test_session_ends (void)
{
  g_autofree char *id = NULL;
  BackstayWindow  *window = open_version (&id);
  gpointer         dialog = open_dialog (window);

  set_text (ui_find (dialog, "notes_view"), "not saved");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.disconnect", NULL));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_NOTES_DIALOG) == NULL);
  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/notes/whole", test_whole);
  g_test_add_func ("/notes/edit", test_edit);
  g_test_add_func ("/notes/conflict", test_conflict);
  g_test_add_func ("/notes/refused", test_refused);
  g_test_add_func ("/notes/session-ends", test_session_ends);

  return ui_run_tests ();
}

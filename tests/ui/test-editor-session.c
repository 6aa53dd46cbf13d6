/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-editor-session"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-draft-file.h"
#include "backstay-editor-view.h"
#include "backstay-editor-window.h"
#include "support-proxy.h"
#include "support-wait.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* An editor while its window goes on: whose version it is, and when it was written. */

static gpointer
wait_for_editor (void)
{
  gpointer editor = ui_wait_for_window (BACKSTAY_TYPE_EDITOR_WINDOW);

  ui_wait_until (!backstay_editor_window_get_busy (BACKSTAY_EDITOR_WINDOW (editor)));
  ui_wait_frames (editor, 2);

  return editor;
}

static gpointer
open_editor (BackstayWindow *window)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.new-version", NULL));

  return wait_for_editor ();
}

static const char *
get_subtitle (gpointer editor)
{
  return adw_window_title_get_subtitle (ui_find (editor, "title"));
}

static void
sign_in (BackstayWindow *window,
         const char     *profile)
{
  g_autoptr (BackstayIdentity) identity = backstay_identity_new (profile, NULL);

  backstay_window_open (window, support_server_get_config (), identity, TRUE);
  ui_wait_until_ready (window);
}

static void
test_follows (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        editor = open_editor (window);

  g_assert_cmpstr (get_subtitle (editor), ==, "sdxl · sample data on this computer · as alice");
  ui_type (ui_find (editor, "name_row"), "Whose");

  sign_in (window, SUPPORT_BOB);
  wait_for_editor ();
  g_assert_cmpstr (ui_get_notice (editor), ==, "You signed in as bob, and this version will be saved as that.");
  g_assert_cmpstr (get_subtitle (editor), ==, "sdxl · sample data on this computer · as bob");
  g_assert_cmpstr (gtk_editable_get_text (ui_find (editor, "name_row")), ==, "Whose");

  ui_click (ui_find (editor, "save_button"));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_EDITOR_WINDOW) == NULL);
  ui_wait_until_ready (window);
  g_assert_cmpint (support_sql_query_int (support_server_get_sql (),
                                          "SELECT count(*) FROM model_config_history"
                                          " WHERE config_name = 'Whose' AND created_by = '" SUPPORT_BOB "'"),
                   ==, 1);

  ui_close_window (window);
  support_server_restore ();
}

/* What was begun on one server is not for another one. */
static void
test_other_server (void)
{
  g_autoptr (BackstayIdentity) bob = backstay_identity_new (SUPPORT_BOB, NULL);
  BackstayWindow *window = ui_open_sample ();
  gpointer        editor = open_editor (window);

  backstay_window_open (window, support_server_get_config (), bob, FALSE);
  ui_wait_until_ready (window);
  ui_wait_until (ui_get_notice (editor) != NULL);
  g_assert_cmpstr (ui_get_notice (editor), ==,
                   "You went to another server. This version is still for sample data on this computer, as alice.");
  g_assert_cmpstr (get_subtitle (editor), ==, "sdxl · sample data on this computer · as alice");

  ui_close_window (editor);
  ui_close_window (window);
}

static BackstayDbConfig *
dup_named (BackstayDbConfig *config)
{
  const char *const keywords[] = { "host", "port", "user", "dbname", NULL };
  const char       *values[G_N_ELEMENTS (keywords)] = { NULL };

  for (guint i = 0; keywords[i] != NULL; i++)
    values[i] = backstay_db_config_get_parameter (config, keywords[i]);

  return backstay_db_config_new_for_parameters ("production", "Production", "public", BACKSTAY_DB_SAFE_MODE_OFF, keywords, values);
}

/* Nor is it for one that got the other one's name. */
static void
test_other_server_of_that_name (void)
{
  g_autoptr (SupportProxy) proxy = support_proxy_new ();
  g_autoptr (BackstayDbConfig) config = dup_named (support_server_get_config ());
  g_autoptr (BackstayDbConfig) direct = support_proxy_dup_config (proxy);
  g_autoptr (BackstayDbConfig) other = dup_named (direct);
  g_autoptr (BackstayIdentity) alice = backstay_identity_new (SUPPORT_ALICE, NULL);
  BackstayWindow *window = ui_open_window (config, SUPPORT_ALICE, FALSE);
  gpointer        editor;

  ui_wait_until_ready (window);
  ui_select_newest_type (window);
  editor = open_editor (window);

  backstay_window_open (window, other, alice, FALSE);
  ui_wait_until_ready (window);
  ui_wait_until (ui_get_notice (editor) != NULL);
  g_assert_cmpstr (ui_get_notice (editor), ==,
                   "You went to another server. This version is still for Production, as alice.");

  ui_close_window (editor);
  ui_close_window (window);
}

/* Drafts */

static GPtrArray *
list_drafts (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *drafts;

  backstay_draft_file_list_async ("sample data on this computer", "sample data on this computer", SUPPORT_ALICE, NULL,
                                  support_keep_result_cb, &result);
  support_wait_for_result (&result);
  drafts = backstay_draft_file_list_finish (result, &error);
  g_assert_no_error (error);

  return drafts;
}

static void
keep_draft (gint64 saved_at)
{
  g_autoptr (BackstayDraft) draft = backstay_draft_new ();
  g_autoptr (BackstayDraftFile) file = backstay_draft_file_new (draft->id);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  draft->server = g_strdup ("sample data on this computer");
  draft->identity = g_strdup (SUPPORT_ALICE);
  draft->model_type = g_strdup ("sdxl");
  draft->config_name = g_strdup ("old");
  draft->base_id = g_strdup ("");
  draft->notes = g_strdup ("");
  draft->text = g_strdup ("{}");
  draft->saved_at = saved_at;
  backstay_draft_file_save_async (file, draft, NULL, support_keep_result_cb, &result);
  g_assert_true (backstay_draft_file_save_finish (file, support_wait_for_result (&result), &error));
  g_assert_no_error (error);
  backstay_draft_file_release (file);
}

/* Looking at a draft does not make it a newer one. */
static void
test_draft_time (void)
{
  const gint64    saved_at = G_GINT64_CONSTANT (1756500000000000);
  BackstayWindow *window;
  gpointer        editor;
  gpointer        dialog;
  g_autoptr (GPtrArray) drafts = NULL;

  keep_draft (saved_at);
  window = ui_open_sample ();
  ui_wait_until (ui_shows (window, "1 unsaved draft: sdxl “old” from "));
  ui_click (ui_find (window, "restore_button"));
  editor = wait_for_editor ();

  gtk_window_close (editor);
  dialog = ui_wait_for_window (ADW_TYPE_MESSAGE_DIALOG);
  adw_message_dialog_response (dialog, "keep");
  gtk_window_close (dialog);
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_EDITOR_WINDOW) == NULL);
  drafts = list_drafts ();
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpint (((BackstayDraft *) g_ptr_array_index (drafts, 0))->saved_at, ==, saved_at);

  /* Typing does. */
  ui_wait_until (ui_shows (window, "1 unsaved draft: sdxl “old” from "));
  ui_click (ui_find (window, "restore_button"));
  editor = wait_for_editor ();
  ui_type (ui_find (editor, "notes_row"), "typed");
  gtk_window_close (editor);
  dialog = ui_wait_for_window (ADW_TYPE_MESSAGE_DIALOG);
  adw_message_dialog_response (dialog, "keep");
  gtk_window_close (dialog);
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_EDITOR_WINDOW) == NULL);
  g_clear_pointer (&drafts, g_ptr_array_unref);
  drafts = list_drafts ();
  g_assert_cmpint (((BackstayDraft *) g_ptr_array_index (drafts, 0))->saved_at, >, saved_at);

  ui_close_window (window);
}

/* A file takes the place of the text, and undo brings that back. */
static void
test_drop (void)
{
  BackstayWindow  *window = ui_open_sample ();
  gpointer         editor = open_editor (window);
  g_autofree char *before = backstay_editor_view_dup_text (ui_find (editor, "editor"));
  g_autofree char *dropped = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("backstay-XXXXXX.json", &path, &error);

  g_assert_no_error (error);
  close (fd);
  g_assert_true (g_file_set_contents (path, "{\"dropped\": 1.10}", -1, &error));
  g_assert_true (ui_drop (editor, path, NULL));
  wait_for_editor ();
  dropped = backstay_editor_view_dup_text (ui_find (editor, "editor"));
  g_assert_cmpstr (dropped, ==, "{\"dropped\": 1.10}");

  g_assert_true (gtk_widget_activate_action (editor, "editor.undo", NULL));
  wait_for_editor ();
  undone = backstay_editor_view_dup_text (ui_find (editor, "editor"));
  g_assert_cmpstr (undone, ==, before);

  /* What is no text is refused with a sentence, and the text stays. */
  g_assert_true (g_file_set_contents (path, "\xff\xfe", 2, &error));
  g_assert_true (ui_drop (editor, path, NULL));
  ui_wait_until (ui_get_notice (editor) != NULL);
  g_assert_cmpstr (ui_get_notice (editor), ==, "It is not text in UTF-8, and so it cannot be JSON.");

  g_remove (path);
  gtk_window_destroy (editor);
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_EDITOR_WINDOW) == NULL);
  ui_close_window (window);
}

/* The name tells the new version from the one that it begins with. */
static void
test_name (void)
{
  BackstayWindow  *window = ui_open_sample ();
  g_autofree char *good_id = ui_dup_id (UI_GOOD);
  gpointer         editor;

  ui_select_version (window, good_id);
  editor = open_editor (window);
  g_assert_cmpstr (gtk_editable_get_text (ui_find (editor, "name_row")), ==, "SDXL Production Config v2.3");

  ui_close_window (editor);
  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *directory = g_dir_make_tmp ("backstay-editor-XXXXXX", NULL);
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", directory);
  int              status;

  g_setenv ("XDG_DATA_HOME", directory, TRUE);
  ui_init (&argc, &argv);

  g_test_add_func ("/editor-session/follows", test_follows);
  g_test_add_func ("/editor-session/other-server", test_other_server);
  g_test_add_func ("/editor-session/other-server-of-that-name", test_other_server_of_that_name);
  g_test_add_func ("/editor-session/name", test_name);
  g_test_add_func ("/editor-session/draft-time", test_draft_time);
  g_test_add_func ("/editor-session/drop", test_drop);

  status = ui_run_tests ();
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);

  return status;
}

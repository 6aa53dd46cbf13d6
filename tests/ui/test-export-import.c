/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-export-import"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-editor-window.h"
#include "backstay-export-dialog.h"
#include "backstay-import-dialog.h"
#include "backstay-notice.h"
#include "support-wait.h"

#include <glib/gstdio.h>
#include <adwaita.h>
#include <string.h>

typedef struct
{
  char  *folder;
  char  *path;
  GFile *file;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp (NULL, &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "file.jsonl", NULL);
  fixture->file = g_file_new_for_path (fixture->path);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_remove (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_object_unref (fixture->file);
  support_server_restore ();
}

static char *
read_file (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  char *contents = NULL;

  g_file_get_contents (fixture->path, &contents, NULL, &error);
  g_assert_no_error (error);

  return contents;
}

static guint
count_lines (Fixture *fixture)
{
  g_autofree char *contents = read_file (fixture);
  guint            n = 0;

  for (const char *p = contents; (p = strchr (p, '\n')) != NULL; p++)
    n++;

  return n;
}

static BackstayExportDialog *
open_export (BackstayWindow *window)
{
  BackstayExportDialog *dialog;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.export", NULL));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_EXPORT_DIALOG);
  ui_wait_frames (dialog, 2);

  return dialog;
}

static void
choose (gpointer    dialog,
        const char *check)
{
  gtk_check_button_set_active (ui_find (dialog, check), TRUE);
}

static void
export_to (BackstayExportDialog *dialog,
           Fixture              *fixture)
{
  backstay_export_dialog_export_to (dialog, fixture->file);
  ui_wait_until (!g_str_equal (ui_get_page (dialog, "stack"), "progress"));
}

/* One version as each of the formats; then its history, and everything. */
static void
test_export (Fixture      *fixture,
             gconstpointer data)
{
  BackstayWindow       *window = ui_open_sample ();
  BackstayExportDialog *dialog = open_export (window);
  SupportSql           *sql = support_server_get_sql ();
  const char           *id = ui_get_selected_id (window);
  g_autofree char      *text = support_sql_query (sql, "SELECT config_data::text FROM model_config_history"
                                                            " WHERE id = '%s'",
                                                  id);
  g_autofree char      *exact = NULL;
  g_autofree char      *lines = NULL;

  g_assert_true (gtk_check_button_get_active (ui_find (dialog, "version_check")));
  g_assert_true (gtk_widget_get_visible (ui_find (dialog, "format_group")));
  choose (dialog, "exact_check");
  export_to (dialog, fixture);
  g_assert_cmpstr (ui_get_page (dialog, "stack"), ==, "done");
  exact = read_file (fixture);
  g_assert_cmpstr (exact, ==, text);
  g_assert_true (ui_press (dialog, GDK_KEY_Escape, 0));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_EXPORT_DIALOG) == NULL);

  dialog = open_export (window);
  export_to (dialog, fixture);
  lines = read_file (fixture);
  g_assert_nonnull (strstr (lines, id));
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  ui_close_window (dialog);

  dialog = open_export (window);
  choose (dialog, "history_check");
  g_assert_false (gtk_widget_get_visible (ui_find (dialog, "format_group")));
  export_to (dialog, fixture);
  g_assert_cmpint (count_lines (fixture), ==,
                   support_sql_query_int (sql, "SELECT count(*) FROM model_config_history WHERE model_type = 'sdxl'"));
  ui_close_window (dialog);

  dialog = open_export (window);
  choose (dialog, "all_check");
  export_to (dialog, fixture);
  g_assert_cmpint (count_lines (fixture), ==,
                   support_sql_query_int (sql, "SELECT count(*) FROM model_config_history"));
  ui_close_window (dialog);
  ui_close_window (window);
}

/* A failure is told, and one can go on; closing in the middle leaves nothing. */
static void
test_export_failure (Fixture      *fixture,
                     gconstpointer data)
{
  BackstayWindow       *window = ui_open_sample ();
  BackstayExportDialog *dialog = open_export (window);
  g_autoptr (GFile) nowhere = g_file_new_build_filename (fixture->folder, "none", "file", NULL);
  g_autoptr (GFile) remote = g_file_new_for_uri ("https://example.org/file");

  backstay_export_dialog_export_to (dialog, nowhere);
  ui_wait_until (g_str_equal (ui_get_page (dialog, "stack"), "form"));
  g_assert_nonnull (strstr (backstay_notice_get_text (ui_find (dialog, "notice")), "Nothing was exported"));

  backstay_export_dialog_export_to (dialog, remote);
  g_assert_cmpstr (ui_get_page (dialog, "stack"), ==, "form");

  choose (dialog, "all_check");
  backstay_export_dialog_export_to (dialog, fixture->file);
  g_assert_cmpstr (ui_get_page (dialog, "stack"), ==, "progress");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (dialog), "export.cancel", NULL));
  ui_wait_until (g_str_equal (ui_get_page (dialog, "stack"), "form"));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  backstay_export_dialog_export_to (dialog, fixture->file);
  ui_close_window (dialog);
  ui_close_window (window);
}

static void
write_lines (Fixture    *fixture,
             const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (fixture->path, text, -1, &error);
  g_assert_no_error (error);
}

/* What comes after the file was chosen. */
static BackstayImportDialog *
open_import (BackstayWindow     *window,
             BackstayRepository *repository,
             Fixture            *fixture)
{
  BackstayImportDialog *dialog = backstay_import_dialog_new (GTK_WINDOW (window), repository, fixture->file);

  gtk_window_present (GTK_WINDOW (dialog));
  ui_wait_until (!g_str_equal (ui_get_page (dialog, "stack"), "progress"));
  ui_wait_frames (dialog, 2);

  return dialog;
}

static BackstayRepository *
create_repository_on (BackstayDbConfig *config)
{
  g_autoptr (BackstayDbConnection) connection = backstay_db_connection_new (config);
  g_autoptr (BackstayIdentity) alice = backstay_identity_new (SUPPORT_ALICE, "alice");
  BackstayRepository *repository = backstay_repository_new (connection, alice);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BackstayAccess) access = NULL;

  backstay_repository_find_access_async (repository, NULL, support_keep_result_cb, &result);
  access = backstay_repository_find_access_finish (repository, support_wait_for_result (&result), NULL);
  g_assert_nonnull (access);

  return repository;
}

static BackstayRepository *
create_repository (void)
{
  return create_repository_on (support_server_get_config ());
}

static gint64
count_imported (void)
{
  return support_sql_query_int (support_server_get_sql (),
                                "SELECT count(*) FROM model_config_history WHERE notes LIKE 'Imported from %%'"
                                " AND NOT is_active AND created_by = '" SUPPORT_ALICE "'");
}

static gboolean
can_import (gpointer dialog)
{
  return gtk_widget_get_sensitive (ui_find (dialog, "import_button"));
}

/* The dry run tells of each line, and writes nothing; importing adds what is new; and again there is
 * nothing to add. */
static void
test_import (Fixture      *fixture,
             gconstpointer data)
{
  BackstayWindow *window = ui_open_sample ();
  g_autoptr (BackstayRepository) repository = create_repository ();
  BackstayImportDialog *dialog;
  BackstayNotice       *notice;

  write_lines (fixture,
               "{\"model_type\":\"sdxl\",\"config_name\":\"one\",\"config_data\":{\"a\": 1.10}}\n"
               "{\"model_type\":\"FLUX\",\"config_name\":\"two\",\"config_data\":{\"a\": 2}}\n"
               "{\"model_type\":\"sdxl\",\"config_name\":\"three\",\"config_data\":{\"a\": 2,}}\n");
  dialog = open_import (window, repository, fixture);
  notice = ui_find (dialog, "notice");
  g_assert_cmpstr (ui_get_page (dialog, "stack"), ==, "list");
  g_assert_nonnull (strstr (backstay_notice_get_text (notice), "2 versions would be added"));
  g_assert_nonnull (strstr (backstay_notice_get_text (notice), "1 line cannot be imported"));
  g_assert_cmpuint (g_list_model_get_n_items (ui_get_model (ui_find (dialog, "list_view"))), ==, 3);
  g_assert_true (ui_shows (dialog, "Line 3, cannot be imported"));
  g_assert_cmpint (count_imported (), ==, 0);

  g_assert_true (can_import (dialog));
  ui_click (ui_find (dialog, "import_button"));
  ui_wait_until (!g_str_equal (ui_get_page (dialog, "stack"), "progress"));
  g_assert_nonnull (strstr (backstay_notice_get_text (notice), "2 versions were imported"));
  g_assert_cmpint (count_imported (), ==, 2);
  ui_wait_frames (dialog, 2);
  g_assert_true (ui_shows (dialog, "Line 1, imported"));
  ui_close_window (dialog);

  dialog = open_import (window, repository, fixture);
  g_assert_nonnull (strstr (backstay_notice_get_text (ui_find (dialog, "notice")), "2 are there already"));
  g_assert_false (can_import (dialog));
  ui_close_window (dialog);
  ui_close_window (window);
}

static void
respond (const char *response)
{
  gpointer question = ui_wait_for_window (ADW_TYPE_MESSAGE_DIALOG);

  adw_message_dialog_response (question, response);
  ui_close_window (question);
}

/* Nothing is sent where the user wants no writes; and nothing before a yes where every write is to be asked for. */
static void
test_import_careful (Fixture      *fixture,
                     gconstpointer data)
{
  BackstayWindow *window = ui_open_sample ();
  g_autoptr (BackstayDbConfig) asking = support_server_dup_careful_config (BACKSTAY_DB_SAFE_MODE_ASK);
  g_autoptr (BackstayDbConfig) reading = support_server_dup_careful_config (BACKSTAY_DB_SAFE_MODE_NO_WRITES);
  g_autoptr (BackstayRepository) asker = create_repository_on (asking);
  g_autoptr (BackstayRepository) reader = create_repository_on (reading);
  BackstayImportDialog *dialog;

  write_lines (fixture, "{\"model_type\":\"sdxl\",\"config_name\":\"careful\",\"config_data\":{\"a\": 1}}\n");
  dialog = open_import (window, reader, fixture);
  ui_click (ui_find (dialog, "import_button"));
  ui_wait_until (!g_str_equal (ui_get_page (dialog, "stack"), "progress"));
  g_assert_nonnull (strstr (backstay_notice_get_text (ui_find (dialog, "notice")), "Safe mode is on"));
  g_assert_cmpint (count_imported (), ==, 0);
  ui_close_window (dialog);

  dialog = open_import (window, asker, fixture);
  ui_click (ui_find (dialog, "import_button"));
  respond ("cancel");
  g_assert_cmpint (count_imported (), ==, 0);
  ui_click (ui_find (dialog, "import_button"));
  respond ("change");
  ui_wait_until (count_imported () == 1);
  ui_wait_until (!g_str_equal (ui_get_page (dialog, "stack"), "progress"));
  ui_close_window (dialog);
  ui_close_window (window);
}

/* What was written before it was stopped is told, and no more than that is there. */
static void
test_import_stopped (Fixture      *fixture,
                     gconstpointer data)
{
  BackstayWindow *window = ui_open_sample ();
  g_autoptr (BackstayRepository) repository = create_repository ();
  g_autoptr (GString) text = g_string_new (NULL);
  BackstayImportDialog *dialog;
  g_autofree char      *told = NULL;

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (text, "{\"model_type\":\"many\",\"config_name\":\"n%u\",\"config_data\":%u}\n", i, i);

  write_lines (fixture, text->str);
  dialog = open_import (window, repository, fixture);
  ui_click (ui_find (dialog, "import_button"));
  ui_wait_until (count_imported () > 0);
  g_assert_true (ui_press (dialog, GDK_KEY_Escape, 0));
  ui_wait_until (!g_str_equal (ui_get_page (dialog, "stack"), "progress"));

  told = g_strdup_printf ("%d of 2000 versions were imported before that", (int) count_imported ());
  g_assert_nonnull (strstr (backstay_notice_get_text (ui_find (dialog, "notice")), told));
  g_assert_false (gtk_widget_get_visible (ui_find (dialog, "import_button")));
  ui_close_window (dialog);
  ui_close_window (window);
}

/* A file without anything, none at all, and a dialog that is closed at once. */
static void
test_import_nothing (Fixture      *fixture,
                     gconstpointer data)
{
  BackstayWindow *window = ui_open_sample ();
  g_autoptr (BackstayRepository) repository = create_repository ();
  BackstayImportDialog *dialog;

  write_lines (fixture, "\n \n");
  dialog = open_import (window, repository, fixture);
  g_assert_cmpstr (ui_get_page (dialog, "stack"), ==, "message");
  g_assert_false (can_import (dialog));
  ui_close_window (dialog);

  g_remove (fixture->path);
  dialog = open_import (window, repository, fixture);
  g_assert_cmpstr (ui_get_page (dialog, "stack"), ==, "message");
  g_assert_nonnull (strstr (backstay_notice_get_text (ui_find (dialog, "notice")), "cannot be read"));

  /* It comes, and one tries again. */
  write_lines (fixture, "{\"model_type\":\"sdxl\",\"config_name\":\"one\",\"config_data\":1}");
  ui_click (ui_find_button (dialog, "Try Again"));
  ui_wait_until (g_str_equal (ui_get_page (dialog, "stack"), "list"));
  ui_close_window (dialog);

  dialog = backstay_import_dialog_new (GTK_WINDOW (window), repository, fixture->file);
  gtk_window_present (GTK_WINDOW (dialog));
  ui_close_window (dialog);
  ui_close_window (window);
}

static void
sign_in_as_bob (BackstayWindow *window)
{
  g_autoptr (BackstayIdentity) bob = backstay_identity_new (SUPPORT_BOB, NULL);

  backstay_window_open (window, support_server_get_config (), bob, TRUE);
  ui_wait_until_ready (window);
}

/* What is shown is for the eyes of who signed in; what is under way is stopped, and told. */
static void
test_session_ends (Fixture      *fixture,
                   gconstpointer data)
{
  BackstayWindow *window = ui_open_sample ();
  g_autoptr (GString) text = g_string_new (NULL);
  gpointer dialog;

  open_export (window);
  sign_in_as_bob (window);
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_EXPORT_DIALOG) == NULL);

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (text, "{\"model_type\":\"many\",\"config_name\":\"n%u\",\"config_data\":%u}\n", i, i);
  write_lines (fixture, text->str);
  ui_close_window (window);

  window = ui_open_sample ();
  g_assert_true (ui_drop (window, fixture->path, NULL));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_IMPORT_DIALOG);
  ui_wait_until (g_str_equal (ui_get_page (dialog, "stack"), "list"));
  sign_in_as_bob (window);
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_IMPORT_DIALOG) == NULL);
  ui_close_window (window);

  window = ui_open_sample ();
  g_assert_true (ui_drop (window, fixture->path, NULL));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_IMPORT_DIALOG);
  ui_wait_until (g_str_equal (ui_get_page (dialog, "stack"), "list"));
  ui_click (ui_find (dialog, "import_button"));
  ui_wait_until (count_imported () > 0);
  sign_in_as_bob (window);
  ui_wait_until (!g_str_equal (ui_get_page (dialog, "stack"), "progress"));
  g_assert_nonnull (strstr (backstay_notice_get_text (ui_find (dialog, "notice")), "were imported before that, and stay"));
  ui_close_window (dialog);
  ui_close_window (window);
}

/* A file with a version in each line is imported, another one begins a version; and neither by who may not. */
static void
test_drop (Fixture      *fixture,
           gconstpointer data)
{
  BackstayWindow  *window = ui_open_sample ();
  g_autofree char *path = g_build_filename (fixture->folder, "config.json", NULL);
  g_autoptr (GError) error = NULL;
  gpointer dialog;
  gpointer editor;

  write_lines (fixture, "{\"model_type\":\"sdxl\",\"config_name\":\"one\",\"config_data\":{\"a\": 1.10}}\n");
  g_assert_true (g_file_set_contents (path, "{\"dropped\": 1.10}", -1, &error));

  g_assert_false (ui_drop (window, fixture->path, path));
  g_assert_true (ui_drop (window, fixture->path, NULL));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_IMPORT_DIALOG);
  ui_wait_until (g_str_equal (ui_get_page (dialog, "stack"), "list"));
  g_assert_true (ui_shows (dialog, "file.jsonl"));
  ui_close_window (dialog);

  g_assert_true (ui_drop (window, path, NULL));
  editor = ui_wait_for_window (BACKSTAY_TYPE_EDITOR_WINDOW);
  ui_wait_until (!backstay_editor_window_get_busy (editor));
  g_assert_true (ui_shows (editor, "sdxl"));
  ui_close_window (editor);
  ui_close_window (window);

  window = ui_open_window (support_server_get_config (), SUPPORT_DAVE, TRUE);
  ui_wait_until (ui_shows (window, "For Administrators Only"));
  g_assert_false (ui_drop (window, path, NULL));
  ui_close_window (window);
  g_remove (path);
}

#define add_test(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  add_test ("/export-import/export", test_export);
  add_test ("/export-import/export-failure", test_export_failure);
  add_test ("/export-import/import", test_import);
  add_test ("/export-import/import-careful", test_import_careful);
  add_test ("/export-import/import-stopped", test_import_stopped);
  add_test ("/export-import/import-nothing", test_import_nothing);
  add_test ("/export-import/session-ends", test_session_ends);
  add_test ("/export-import/drop", test_drop);

  return ui_run_tests ();
}

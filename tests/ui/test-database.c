/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-database"

#include "config.h"

#include "ui-support.h"

#include "backstay-database-view.h"
#include "backstay-finding-row.h"
#include "support-guards.h"

#include <glib/gstdio.h>
#include <string.h>

static BackstayWindow *
show_database (BackstayWindow *window)
{
  g_assert_true (ui_press (window, GDK_KEY_5, GDK_CONTROL_MASK));
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_page (window, "pages"), ==, "database");

  return window;
}

static BackstayWindow *
open_database (void)
{
  return show_database (ui_open_overview ());
}

typedef struct
{
  const char         *id;
  BackstayFindingRow *found;
} Search;

static void
search (GtkWidget *widget,
        Search    *wanted)
{
  if (BACKSTAY_IS_FINDING_ROW (widget))
    {
      BackstayFinding *finding = backstay_finding_row_get_finding (BACKSTAY_FINDING_ROW (widget));

      if (strcmp (backstay_finding_get_id (finding), wanted->id) == 0)
        wanted->found = BACKSTAY_FINDING_ROW (widget);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    search (child, wanted);
}

static BackstayFindingRow *
find_row (BackstayWindow *window,
          const char     *id)
{
  Search wanted = { id, NULL };

  search (ui_find (window, "database_view"), &wanted);
  g_assert_nonnull (wanted.found);

  return wanted.found;
}

static BackstayFinding *
get_finding (BackstayWindow *window,
             const char     *id)
{
  return backstay_finding_row_get_finding (find_row (window, id));
}

static void
expand (BackstayFindingRow *row)
{
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  ui_wait_frames (row, 3);
}

static void
test_rows (void)
{
  BackstayWindow     *window = open_database ();
  BackstayFindingRow *row = find_row (window, "truncate");
  g_autofree char    *copied = NULL;

  /* In words, and in the sidebar's count. */
  g_assert_true (ui_shows (row, "Others may truncate it"));
  g_assert_nonnull (strstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), "Different"));
  g_assert_cmpstr (ui_get_label (window, "database_count"), ==, "1");
  g_assert_true (gtk_widget_get_visible (ui_find (window, "database_row")));

  expand (row);
  ui_click (ui_find (row, "copy_button"));
  copied = ui_read_clipboard (window);
  g_assert_cmpstr (copied, ==, backstay_finding_get_sql (get_finding (window, "truncate")));
  g_assert_nonnull (strstr (copied, "REVOKE TRUNCATE"));

  /* What is as it should be has nothing to be mended with. */
  g_assert_false (gtk_widget_get_visible (ui_find (find_row (window, "row-security"), "fix_box")));
  ui_close_window (window);
}

static void
answer (const char *response)
{
  GtkWidget *dialog = ui_wait_for_window (ADW_TYPE_MESSAGE_DIALOG);

  g_assert_nonnull (ui_find_type (dialog, GTK_TYPE_TEXT_VIEW));
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (dialog)), ==, "cancel");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog));
  ui_wait_until (ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
}

/* Nothing is changed before the question is answered with yes. */
static void
test_apply (void)
{
  BackstayWindow   *window = open_database ();
  static const char granted_sql[] =
    "SELECT count(*) FROM information_schema.table_privileges"
    " WHERE table_name = 'model_config_history' AND privilege_type = 'TRUNCATE' AND grantee = 'anon'";

  expand (find_row (window, "truncate"));
  ui_click (ui_find (find_row (window, "truncate"), "apply_button"));
  answer ("cancel");
  g_assert_cmpint (support_sql_query_int (support_server_get_sql (), granted_sql), ==, 1);

  ui_click (ui_find (find_row (window, "truncate"), "apply_button"));
  answer ("apply");
  ui_wait_until_ready (window);
  g_assert_cmpint (support_sql_query_int (support_server_get_sql (), granted_sql), ==, 0);
  g_assert_cmpint (backstay_finding_get_state (get_finding (window, "truncate")), ==, BACKSTAY_FINDING_PRESENT);
  g_assert_true (ui_shows (ui_find (window, "database_view"), "It was applied, and what you see is how it is now."));
  g_assert_false (gtk_widget_get_visible (ui_find (window, "database_count")));
  ui_close_window (window);
  support_guards_restore ();
}

/* The sample has two active versions of a type, so that one of the guards is left out: that is said. */
static void
test_apply_guards (void)
{
  BackstayWindow *window = open_database ();

  expand (find_row (window, "one-active"));
  ui_click (ui_find (find_row (window, "one-active"), "apply_button"));
  answer ("apply");
  ui_wait_until_ready (window);
  g_assert_cmpint (backstay_finding_get_state (get_finding (window, "one-active")), ==, BACKSTAY_FINDING_MISSING);
  g_assert_cmpint (backstay_finding_get_state (get_finding (window, "audit")), ==, BACKSTAY_FINDING_PRESENT);
  g_assert_true (ui_shows (ui_find (window, "database_view"), "is still not as it should be"));
  ui_close_window (window);
  support_guards_restore ();
}

static void
test_apply_refused (void)
{
  SupportSql     *sql = support_server_get_sql ();
  BackstayWindow *window = open_database ();
  GtkWidget      *view = ui_find (window, "database_view");

  support_sql_run (sql, "BEGIN; LOCK TABLE model_config_history IN ROW EXCLUSIVE MODE");
  expand (find_row (window, "keep"));
  ui_click (ui_find (find_row (window, "keep"), "apply_button"));
  answer ("apply");
  ui_wait_until (ui_shows (view, "Nothing was changed."));
  support_sql_run (sql, "ROLLBACK");
  g_assert_cmpint (backstay_finding_get_state (get_finding (window, "keep")), ==, BACKSTAY_FINDING_MISSING);
  ui_close_window (window);
  support_guards_restore ();
}

/* Who does not own the table gets the SQL, and no button to run it. */
static void
test_not_the_owner (void)
{
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for ("reader", "backstay");
  BackstayWindow *window;

  support_sql_run (support_server_get_sql (), "CREATE ROLE reader LOGIN IN ROLE authenticated");
  window = ui_open_window (config, SUPPORT_ALICE, FALSE);
  ui_wait_until_ready (window);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-database", NULL);
  expand (find_row (window, "truncate"));
  g_assert_true (gtk_widget_get_visible (ui_find (find_row (window, "truncate"), "copy_button")));
  g_assert_false (gtk_widget_get_visible (ui_find (find_row (window, "truncate"), "apply_button")));
  g_assert_true (gtk_widget_get_visible (ui_find (find_row (window, "truncate"), "right_label")));
  ui_close_window (window);
}

static void
test_save (void)
{
  BackstayWindow  *window = open_database ();
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "guards.sql", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *contents = NULL;
  GStatBuf         status;

  backstay_database_view_save_to (BACKSTAY_DATABASE_VIEW (ui_find (window, "database_view")),
                                  get_finding (window, "keep"), file);
  ui_wait_until (ui_shows (ui_find (window, "database_view"), "The SQL was saved."));
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, backstay_finding_get_sql (get_finding (window, "keep")));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0600);

  g_assert_cmpint (g_remove (path), ==, 0);
  backstay_database_view_save_to (BACKSTAY_DATABASE_VIEW (ui_find (window, "database_view")),
                                  get_finding (window, "keep"), g_file_get_child (file, "x"));
  ui_wait_until (!ui_shows (ui_find (window, "database_view"), "The SQL was saved."));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  ui_close_window (window);
}

/* What makes administrators' rights worthless is said without being asked for, and leads here. */
static void
test_warning (void)
{
  SupportSql      *sql = support_server_get_sql ();
  g_autofree char *body = support_sql_query (sql, "SELECT pg_get_functiondef('has_role(uuid, app_role)'::regprocedure)");
  BackstayWindow  *window;

  support_sql_run (sql, "ALTER FUNCTION has_role (uuid, app_role) RESET search_path");
  window = ui_open_overview ();
  ui_wait_until (ui_shows (ui_find (window, "sidebar"), "Who is an administrator can be got round"));
  ui_click (ui_find_button (ui_find (window, "sidebar"), "Look…"));
  ui_wait_until (g_strcmp0 (ui_get_page (window, "pages"), "database") == 0);
  g_assert_cmpint (backstay_finding_get_state (get_finding (window, "has-role")), ==, BACKSTAY_FINDING_DIFFERENT);
  support_sql_run (sql, "%s", body);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.reload", NULL);
  ui_wait_until (!ui_shows (ui_find (window, "sidebar"), "Who is an administrator can be got round"));
  ui_close_window (window);
}

/* Closing in the middle of a change is safe, whatever becomes of it. */
static void
test_close_while_applying (void)
{
  BackstayWindow *window = open_database ();

  expand (find_row (window, "keep"));
  ui_click (ui_find (find_row (window, "keep"), "apply_button"));
  answer ("apply");
  ui_close_window (window);
  support_guards_restore ();
}

/* Nothing is sent where the user wants no writes, and it is said why; where every write is to be asked for, the
 * question that comes anyway is enough. */
static void
test_careful (gconstpointer data)
{
  BackstayDbSafeMode safe_mode = GPOINTER_TO_UINT (data);
  gboolean           is_applied = safe_mode == BACKSTAY_DB_SAFE_MODE_ASK;
  g_autoptr (BackstayDbConfig) config = support_server_dup_careful_config (safe_mode);
  BackstayWindow *window = ui_open_window (config, SUPPORT_ALICE, FALSE);

  support_sql_run (support_server_get_sql (), "GRANT TRUNCATE ON model_config_history TO anon");
  ui_wait_until_ready (window);
  show_database (window);
  expand (find_row (window, "truncate"));
  ui_click (ui_find (find_row (window, "truncate"), "apply_button"));
  answer ("apply");
  ui_wait_until_ready (window);
  g_assert_null (ui_find_window (ADW_TYPE_MESSAGE_DIALOG));
  g_assert_true (ui_shows (ui_find (window, "database_view"), is_applied ? "It was applied" : "Safe mode is on"));
  g_assert_cmpint (support_sql_query_int (support_server_get_sql (),
                                          "SELECT has_table_privilege('anon', 'model_config_history', 'TRUNCATE')::int"),
                   ==, !is_applied);
  ui_close_window (window);
}

int
main (int    argc,
      char **argv)
{
  ui_init (&argc, &argv);

  g_test_add_func ("/database/rows", test_rows);
  g_test_add_func ("/database/apply", test_apply);
  g_test_add_func ("/database/apply-guards", test_apply_guards);
  g_test_add_data_func ("/database/no-writes", GUINT_TO_POINTER (BACKSTAY_DB_SAFE_MODE_NO_WRITES), test_careful);
  g_test_add_data_func ("/database/ask", GUINT_TO_POINTER (BACKSTAY_DB_SAFE_MODE_ASK), test_careful);
  g_test_add_func ("/database/apply-refused", test_apply_refused);
  g_test_add_func ("/database/not-the-owner", test_not_the_owner);
  g_test_add_func ("/database/save", test_save);
  g_test_add_func ("/database/warning", test_warning);
  g_test_add_func ("/database/close-while-applying", test_close_while_applying);

  return ui_run_tests ();
}

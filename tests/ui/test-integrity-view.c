/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-integrity-view"

#include "config.h"

#include "ui-support.h"

#include "backstay-issue-row.h"

#include <string.h>

static BackstayWindow *
show_integrity (BackstayWindow *window)
{
  g_assert_true (ui_press (window, GDK_KEY_4, GDK_CONTROL_MASK));
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_page (window, "pages"), ==, "integrity");

  return window;
}

static BackstayWindow *
open_integrity (void)
{
  return show_integrity (ui_open_overview ());
}

static BackstayWindow *
open_carefully (BackstayDbSafeMode safe_mode)
{
  g_autoptr (BackstayDbConfig) config = support_server_dup_careful_config (safe_mode);
  BackstayWindow *window = ui_open_window (config, SUPPORT_ALICE, FALSE);

  ui_wait_until_ready (window);

  return show_integrity (window);
}

static gpointer
get_view (BackstayWindow *window)
{
  return ui_find (window, "integrity_view");
}

static BackstayIssueRow *
find_row (BackstayWindow   *window,
          BackstayIssueKind kind)
{
  GtkListBox    *box = GTK_LIST_BOX (ui_find (get_view (window), "issues_box"));
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (box, i)) != NULL; i++)
    {
      if (backstay_issue_get_kind (backstay_issue_row_get_issue (BACKSTAY_ISSUE_ROW (row))) == kind)
        return BACKSTAY_ISSUE_ROW (row);
    }

  return NULL;
}

static guint
count_rows (BackstayWindow *window)
{
  GtkListBox *box = GTK_LIST_BOX (ui_find (get_view (window), "issues_box"));
  guint       n = 0;

  while (gtk_list_box_get_row_at_index (box, (int) n) != NULL)
    n++;

  return n;
}

static void
expand (BackstayIssueRow *row)
{
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  ui_wait_frames (row, 3);
}

static void
answer (const char *response)
{
  GtkWidget *dialog = ui_wait_for_window (ADW_TYPE_MESSAGE_DIALOG);

  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (dialog)), ==, "cancel");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog));
  ui_wait_until (ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
}

static gint64
count_active (const char *model_type)
{
  return support_sql_query_int (support_server_get_sql (),
                                "SELECT count(*) FROM model_config_history WHERE model_type = '%s' AND is_active",
                                model_type);
}

static void
test_count (void)
{
  BackstayWindow  *window = open_integrity ();
  g_autofree char *count = g_strdup_printf ("%u", count_rows (window));

  g_assert_cmpuint (count_rows (window), >=, 5);
  g_assert_cmpstr (ui_get_label (window, "integrity_count"), ==, count);
  g_assert_true (gtk_widget_get_visible (ui_find (window, "integrity_row")));
  ui_close_window (window);
}

/* What there is no true repair of has no button for one. */
static void
test_repairable (void)
{
  BackstayWindow *window = open_integrity ();

  g_assert_true (gtk_widget_get_visible (ui_find (find_row (window, BACKSTAY_ISSUE_SEVERAL_ACTIVE), "repair_button")));
  g_assert_true (gtk_widget_get_visible (ui_find (find_row (window, BACKSTAY_ISSUE_NO_STATE), "repair_button")));
  g_assert_true (gtk_widget_get_visible (ui_find (find_row (window, BACKSTAY_ISSUE_NONE_ACTIVE), "choose_button")));
  g_assert_false (gtk_widget_get_visible (ui_find (find_row (window, BACKSTAY_ISSUE_NONE_ACTIVE), "repair_button")));
  g_assert_false (gtk_widget_get_visible (ui_find (find_row (window, BACKSTAY_ISSUE_NO_CREATOR), "repair_button")));
  g_assert_false (gtk_widget_get_visible (ui_find (find_row (window, BACKSTAY_ISSUE_LOOK_ALIKE), "repair_button")));
  ui_close_window (window);
}

static void
test_repair (void)
{
  BackstayWindow *window = open_integrity ();
  guint           n_before = count_rows (window);

  expand (find_row (window, BACKSTAY_ISSUE_SEVERAL_ACTIVE));
  ui_click (ui_find (find_row (window, BACKSTAY_ISSUE_SEVERAL_ACTIVE), "repair_button"));
  answer ("cancel");
  ui_wait_until_ready (window);
  g_assert_cmpint (count_active ("wan"), ==, 2);

  ui_click (ui_find (find_row (window, BACKSTAY_ISSUE_SEVERAL_ACTIVE), "repair_button"));
  answer ("repair");
  ui_wait_until_ready (window);
  g_assert_cmpint (count_active ("wan"), ==, 1);
  g_assert_cmpuint (count_rows (window), ==, n_before - 1);
  g_assert_null (find_row (window, BACKSTAY_ISSUE_SEVERAL_ACTIVE));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == ui_find_button (get_view (window), "Undo"));

  ui_click (ui_find_button (get_view (window), "Undo"));
  ui_wait_until_ready (window);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), ui_find (get_view (window), "issues_box")));
  g_assert_true (ui_shows (get_view (window), "The repair was undone."));
  g_assert_cmpint (count_active ("wan"), ==, 2);
  g_assert_nonnull (find_row (window, BACKSTAY_ISSUE_SEVERAL_ACTIVE));
  ui_close_window (window);
  support_server_restore ();
}

/* Somebody else was quicker: nothing is changed, and what is there now is shown. */
static void
test_conflict (void)
{
  BackstayWindow *window = open_integrity ();

  expand (find_row (window, BACKSTAY_ISSUE_SEVERAL_ACTIVE));
  ui_click (ui_find (find_row (window, BACKSTAY_ISSUE_SEVERAL_ACTIVE), "repair_button"));
  ui_wait_for_window (ADW_TYPE_MESSAGE_DIALOG);
  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data, is_active)"
                   " VALUES ('wan', 'third', '1', true)");
  answer ("repair");
  ui_wait_until (ui_shows (get_view (window), "Nothing was changed."));
  ui_wait_until_ready (window);
  g_assert_cmpint (count_active ("wan"), ==, 3);
  ui_wait_until (backstay_issue_get_versions (
                   backstay_issue_row_get_issue (find_row (window, BACKSTAY_ISSUE_SEVERAL_ACTIVE)))
                   ->len == 3);
  ui_close_window (window);
  support_server_restore ();
}

static void
test_open_version (void)
{
  BackstayWindow   *window = open_integrity ();
  BackstayIssueRow *row = find_row (window, BACKSTAY_ISSUE_NO_STATE);
  BackstayVersion  *version = g_ptr_array_index (backstay_issue_get_versions (backstay_issue_row_get_issue (row)), 0);
  g_autofree char  *id = g_strdup (backstay_version_get_id (version));

  g_signal_emit_by_name (row, "version-activated", version);
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_page (window, "pages"), ==, "type");
  ui_wait_until (g_strcmp0 (ui_get_selected_id (window), id) == 0);
  ui_close_window (window);
}

/* The entry is there only while something is found. */
static void
test_nothing (void)
{
  BackstayWindow *window;

  support_sql_run (support_server_get_sql (),
                   "TRUNCATE model_config_history;"
                   "INSERT INTO model_config_history (model_type, config_name, config_data, is_active, created_by)"
                   " VALUES ('a', 'n', '1', true, '" SUPPORT_ALICE "')");
  window = ui_open_overview ();
  g_assert_false (gtk_widget_get_visible (ui_find (window, "integrity_row")));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-integrity", NULL);
  g_assert_true (ui_shows (get_view (window), "Nothing Is Wrong"));
  g_assert_true (gtk_widget_get_visible (ui_find (window, "integrity_row")));

  support_sql_run (support_server_get_sql (), "UPDATE model_config_history SET is_active = false");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.reload", NULL);
  ui_wait_until (find_row (window, BACKSTAY_ISSUE_NONE_ACTIVE) != NULL);
  ui_wait_until_ready (window);
  ui_close_window (window);
  support_server_restore ();
}

static void
test_close_while_repairing (void)
{
  BackstayWindow *window = open_integrity ();

  expand (find_row (window, BACKSTAY_ISSUE_NO_STATE));
  ui_click (ui_find (find_row (window, BACKSTAY_ISSUE_NO_STATE), "repair_button"));
  answer ("repair");
  ui_close_window (window);
  support_server_restore ();
}

/* An answer would be about another server. */
static void
test_question_ends (void)
{
  BackstayWindow *window = open_integrity ();

  expand (find_row (window, BACKSTAY_ISSUE_SEVERAL_ACTIVE));
  ui_click (ui_find (find_row (window, BACKSTAY_ISSUE_SEVERAL_ACTIVE), "repair_button"));
  ui_wait_for_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.disconnect", NULL));
  ui_wait_until (ui_find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
  ui_close_window (window);
}

/* A repair asks anyway, once; that it is undone is asked for in safe mode. */
static void
test_ask (void)
{
  BackstayWindow *window = open_carefully (BACKSTAY_DB_SAFE_MODE_ASK);

  expand (find_row (window, BACKSTAY_ISSUE_SEVERAL_ACTIVE));
  ui_click (ui_find (find_row (window, BACKSTAY_ISSUE_SEVERAL_ACTIVE), "repair_button"));
  answer ("repair");
  ui_wait_until_ready (window);
  g_assert_null (ui_find_window (ADW_TYPE_MESSAGE_DIALOG));
  g_assert_cmpint (count_active ("wan"), ==, 1);

  ui_click (ui_find_button (get_view (window), "Undo"));
  answer ("cancel");
  ui_wait_until_ready (window);
  g_assert_cmpint (count_active ("wan"), ==, 1);

  ui_click (ui_find_button (get_view (window), "Undo"));
  answer ("change");
  ui_wait_until (ui_shows (get_view (window), "The repair was undone."));
  g_assert_cmpint (count_active ("wan"), ==, 2);
  ui_close_window (window);
  support_server_restore ();
}

/* What is wrong is said, and nothing is offered. */
static void
test_no_writes (void)
{
  BackstayWindow *window = open_carefully (BACKSTAY_DB_SAFE_MODE_NO_WRITES);

  g_assert_cmpuint (count_rows (window), >=, 5);
  g_assert_false (gtk_widget_get_visible (ui_find (find_row (window, BACKSTAY_ISSUE_SEVERAL_ACTIVE), "repair_button")));
  g_assert_false (gtk_widget_get_visible (ui_find (find_row (window, BACKSTAY_ISSUE_NONE_ACTIVE), "choose_button")));
  ui_close_window (window);
}

int
main (int    argc,
      char **argv)
{
  ui_init (&argc, &argv);

  g_test_add_func ("/integrity-view/count", test_count);
  g_test_add_func ("/integrity-view/repairable", test_repairable);
  g_test_add_func ("/integrity-view/repair", test_repair);
  g_test_add_func ("/integrity-view/ask", test_ask);
  g_test_add_func ("/integrity-view/no-writes", test_no_writes);
  g_test_add_func ("/integrity-view/conflict", test_conflict);
  g_test_add_func ("/integrity-view/open-version", test_open_version);
  g_test_add_func ("/integrity-view/nothing", test_nothing);
  g_test_add_func ("/integrity-view/close-while-repairing", test_close_while_repairing);
  g_test_add_func ("/integrity-view/question-ends", test_question_ends);

  return ui_run_tests ();
}

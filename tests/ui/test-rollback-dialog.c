/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-rollback-dialog"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-rollback-dialog.h"
#include "backstay-version-row.h"
#include "backstay-rollback.h"

#define REASON "Guidance 99 burns <b>everything</b>."

static const char *
get_fact (gpointer    dialog,
          const char *id)
{
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (ui_find (dialog, id)));
}

static char *
dup_live_id (const char *model_type)
{
  return support_sql_query (support_server_get_sql (),
                            "SELECT id FROM model_config_history WHERE model_type = '%s' AND is_active"
                            " ORDER BY created_at DESC LIMIT 1",
                            model_type);
}

/* Waits until the dialog is gone and the window shows what the database says. */
static void
wait_until_rolled_back (BackstayWindow *window)
{
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == NULL);
  ui_wait_until_ready (window);
}

/* Checks all that a rollback promises, in the table itself. */
static void
assert_copied (const char *model_type,
               const char *target_id,
               const char *new_id)
{
  SupportSql      *sql = support_server_get_sql ();
  g_autofree char *active = NULL;
  g_autofree char *same = NULL;

  active = support_sql_query (sql, "SELECT string_agg(id::text, ' ') FROM model_config_history"
                                   " WHERE model_type = '%s' AND is_active",
                              model_type);
  g_assert_cmpstr (active, ==, new_id);

  same = support_sql_query (sql, "SELECT n.config_data::text = t.config_data::text"
                                 "   AND n.config_name = t.config_name AND n.model_type = t.model_type"
                                 "   AND n.created_by = '%s'"
                                 "  FROM model_config_history n, model_config_history t"
                                 " WHERE n.id = '%s' AND t.id = '%s'",
                            SUPPORT_ALICE, new_id, target_id);
  g_assert_cmpstr (same, ==, "t");
}

static void
assert_notes (const char *id,
              const char *target_id,
              const char *reason)
{
  g_autofree char *notes = NULL;
  g_autofree char *found_id = NULL;
  const char      *found_reason = NULL;

  notes = support_sql_query (support_server_get_sql (),
                             "SELECT notes FROM model_config_history WHERE id = '%s'", id);
  g_assert_true (backstay_rollback_notes_parse (notes, NULL, &found_id, &found_reason));
  g_assert_cmpstr (found_id, ==, target_id);
  g_assert_cmpstr (found_reason, ==, reason);
}

/* Checks that the window says what the table says. */
static void
assert_window_shows (BackstayWindow *window,
                     const char     *id,
                     const char     *name)
{
  GtkWidget       *history_view = ui_find (window, "history_view");
  GtkWidget       *version_view = ui_find (window, "version_view");
  GtkWidget       *first_row = ui_find_row (ui_find (history_view, "list_view"), 0);
  g_autofree char *title = g_strdup_printf ("Live: %s", name);

  g_assert_cmpstr (ui_get_label (ui_find (history_view, "live_bar"), "title_label"), ==, title);
  g_assert_cmpstr (ui_get_label (ui_find (history_view, "live_bar"), "subtitle_label"), ==, "just now · by alice");
  g_assert_cmpstr (ui_get_selected_id (window), ==, id);
  g_assert_cmpstr (ui_get_label (first_row, "name_label"), ==, name);
  g_assert_cmpstr (ui_get_label (first_row, "creator_label"), ==, "alice");
  g_assert_true (gtk_widget_get_mapped (ui_find (first_row, "badge_label")));
  g_assert_cmpstr (ui_get_label (version_view, "name_label"), ==, name);
  g_assert_true (gtk_widget_get_mapped (ui_find (version_view, "badge_label")));
  g_assert_false (gtk_widget_is_sensitive (ui_find (version_view, "roll_back_button")));
}

/* One goes on at the new version, which is read out. */
static void
assert_focused (BackstayWindow *window,
                const char     *id)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  g_assert_true (BACKSTAY_IS_VERSION_ROW (row));
  g_assert_cmpstr (backstay_version_get_id (backstay_list_row_get_item (BACKSTAY_LIST_ROW (row))), ==, id);
}

static void
test_facts (void)
{
  BackstayWindow  *window = ui_open_sample ();
  gpointer         dialog = ui_open_rollback (window, UI_GOOD);
  g_autofree char *live_id = ui_dup_id (UI_LIVE);
  g_autofree char *good_id = ui_dup_id (UI_GOOD);
  g_autofree char *from = g_strdup_printf (UI_LIVE " (1 hour ago, by bob, id %.8s)", live_id);
  g_autofree char *to_id = g_strdup_printf (" by alice, id %.8s)", good_id);

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (dialog)), ==, "Roll Back sdxl");
  g_assert_cmpstr (gtk_button_get_label (ui_find (dialog, "roll_back_button")), ==, "Roll Back sdxl");
  g_assert_cmpstr (get_fact (dialog, "from_row"), ==, from);
  g_assert_true (g_str_has_prefix (get_fact (dialog, "to_row"), UI_GOOD " ("));
  g_assert_true (g_str_has_suffix (get_fact (dialog, "to_row"), to_id));
  g_assert_cmpstr (get_fact (dialog, "server_row"), ==, "sample data on this computer");
  g_assert_cmpstr (get_fact (dialog, "user_row"), ==, "alice");

  g_assert_true (gtk_window_get_modal (GTK_WINDOW (dialog)));
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (dialog)) == GTK_WINDOW (window));
  ui_wait_until (ui_shows (dialog, "guidance_scale"));
  g_assert_null (ui_get_notice (dialog));

  ui_close_window (dialog);
  ui_close_window (window);
}

static void
test_needs_reason (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog = ui_open_rollback (window, UI_GOOD);
  GtkWidget      *button = ui_find (dialog, "roll_back_button");
  GtkWidget      *reason_row = ui_find (dialog, "reason_row");

  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_true (gtk_widget_is_sensitive (ui_find (dialog, "rehearse_button")));

  /* One can begin to type at once. */
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (dialog)), reason_row));

  ui_type (reason_row, " \t ");
  g_assert_false (gtk_widget_is_sensitive (button));
  ui_press (dialog, GDK_KEY_Return, 0);
  g_assert_false (backstay_rollback_dialog_get_busy (dialog));

  ui_type (reason_row, "x");
  g_assert_true (gtk_widget_is_sensitive (button));
  ui_type (reason_row, "");
  g_assert_false (gtk_widget_is_sensitive (button));

  ui_close_window (dialog);
  ui_close_window (window);
}

/* Before the server has said what is active there is nothing to agree to. */
static void
test_needs_facts (void)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  BackstayWindow  *window = ui_open_sample ();
  g_autofree char *good_id = ui_dup_id (UI_GOOD);
  gpointer         dialog;

  ui_select_version (window, good_id);
  support_sql_run (other, "BEGIN; LOCK TABLE model_config_history");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.roll-back", NULL));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_ROLLBACK_DIALOG);
  ui_type (ui_find (dialog, "reason_row"), "Reason");
  g_assert_true (backstay_rollback_dialog_get_busy (dialog));
  g_assert_false (gtk_widget_is_sensitive (ui_find (dialog, "roll_back_button")));
  g_assert_false (gtk_widget_is_sensitive (ui_find (dialog, "rehearse_button")));

  support_sql_run (other, "COMMIT");
  ui_wait_until_idle (dialog);
  g_assert_true (gtk_widget_is_sensitive (ui_find (dialog, "roll_back_button")));
  g_assert_cmpstr (gtk_editable_get_text (ui_find (dialog, "reason_row")), ==, "Reason");

  ui_close_window (dialog);
  ui_close_window (window);
}

static void
test_rehearse (void)
{
  BackstayWindow  *window = ui_open_sample ();
  gpointer         dialog = ui_open_rollback (window, UI_GOOD);
  g_autofree char *before = ui_dup_checksum ();
  g_autofree char *after = NULL;

  ui_click (ui_find (dialog, "rehearse_button"));
  g_assert_true (backstay_rollback_dialog_get_busy (dialog));
  ui_wait_until_idle (dialog);
  g_assert_cmpstr (ui_get_notice (dialog), ==,
                   "Rehearsed: the server would turn off 1 version and make the new one live. All "
                   "of it was taken back; nothing was changed.");

  after = ui_dup_checksum ();
  g_assert_cmpstr (after, ==, before);
  g_assert_true (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == dialog);

  /* One can go on where one was. */
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (dialog)),
                                         ui_find (dialog, "reason_row")));

  ui_close_window (dialog);
  ui_close_window (window);
}

static void
select_named (BackstayWindow *window,
              const char     *config_name)
{
  g_autofree char *id = ui_dup_id (config_name);

  ui_select_version (window, id);
  ui_wait_until_ready (window);
}

/* The button says what it does, or why it does not. */
static void
test_button (void)
{
  BackstayWindow *window;
  GtkWidget      *button;

  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data)"
                   " VALUES ('sdxl', 'Draft', '{}')");
  window = ui_open_sample ();
  button = ui_find (window, "roll_back_button");

  select_named (window, UI_LIVE);
  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "This Version Is Live");

  select_named (window, UI_GOOD);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Roll Back…");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "Make This Configuration Live Again");

  /* What is newer than what is live is nothing to go back to. */
  select_named (window, "Draft");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Make Live…");
  ui_close_window (window);

  /* Who may not is told so. */
  support_sql_run (support_server_get_sql (), "REVOKE INSERT ON model_config_history FROM authenticated");
  window = ui_open_sample ();
  select_named (window, UI_GOOD);
  button = ui_find (window, "roll_back_button");
  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "You May Not Change What Is Live");
  ui_close_window (window);

  support_sql_run (support_server_get_sql (), "GRANT INSERT ON model_config_history TO authenticated");
  support_server_restore ();
}

static void
test_roll_back (void)
{
  BackstayWindow  *window = ui_open_sample ();
  gpointer         dialog = ui_open_rollback (window, UI_GOOD);
  g_autofree char *good_id = ui_dup_id (UI_GOOD);
  g_autofree char *new_id = NULL;

  ui_roll_back (dialog, "  " REASON " ");
  wait_until_rolled_back (window);

  new_id = dup_live_id ("sdxl");
  assert_copied ("sdxl", good_id, new_id);
  assert_notes (new_id, good_id, REASON);
  assert_window_shows (window, new_id, UI_GOOD);
  g_assert_true (ui_shows (ui_find (window, "history_view"), ": " REASON));
  assert_focused (window, new_id);
  ui_wait_until (ui_shows (window, "sdxl was rolled back"));
  g_assert_cmpint (support_sql_query_int (support_server_get_sql (),
                                          "SELECT count(*) FROM model_config_history WHERE model_type = 'sdxl'"),
                   ==, 93);

  ui_close_window (window);
  support_server_restore ();
}

/* What the rollback changed is the first thing that is asked for then. A version that nobody made live
 * may be the one before it. */
static void
test_compared (void)
{
  BackstayWindow *window;
  GtkWidget      *changes_view;

  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data)"
                   " VALUES ('sdxl', 'Draft', '{}')");
  window = ui_open_sample ();
  changes_view = ui_find (window, "changes_view");
  ui_roll_back (ui_open_rollback (window, UI_GOOD), REASON);
  wait_until_rolled_back (window);

  adw_view_stack_set_visible_child_name (ui_find (ui_find (window, "version_view"), "view_stack"), "changes");
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (ui_find (changes_view, "base_drop_down"), "what was live before it"));
  g_assert_true (ui_shows (changes_view, "Before: " UI_LIVE));
  g_assert_true (ui_shows (changes_view, "After: " UI_GOOD " (live)"));
  g_assert_null (ui_get_notice (changes_view));

  /* The other ways are there as always, also after a version without this one. */
  gtk_drop_down_set_selected (ui_find (changes_view, "base_drop_down"), 1);
  ui_wait_until_ready (window);
  g_assert_true (ui_shows (changes_view, "Before: Draft"));
  select_named (window, "Draft");
  g_assert_true (ui_shows (ui_find (changes_view, "base_drop_down"), "the live version"));
  g_assert_true (ui_shows (changes_view, "Before: " UI_GOOD " (live)"));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (ui_find (changes_view, "base_drop_down"))), ==, 3);
  g_assert_cmpstr (gtk_button_get_label (ui_find (window, "roll_back_button")), ==, "Roll Back…");

  ui_close_window (window);
  support_server_restore ();
}

/* From the keyboard alone, after a rehearsal. */
static void
test_keys (void)
{
  BackstayWindow  *window = ui_open_sample ();
  gpointer         dialog = ui_open_rollback (window, UI_GOOD);
  g_autofree char *good_id = ui_dup_id (UI_GOOD);
  g_autofree char *new_id = NULL;

  ui_click (ui_find (dialog, "rehearse_button"));
  ui_wait_until_idle (dialog);
  ui_type (ui_find (dialog, "reason_row"), REASON);
  gtk_widget_grab_focus (ui_find (dialog, "reason_row"));
  g_assert_true (ui_press (dialog, GDK_KEY_Return, 0));

  /* Once is too little to change what is live. */
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (dialog)) == ui_find (dialog, "roll_back_button"));
  g_assert_false (backstay_rollback_dialog_get_busy (dialog));
  g_assert_true (ui_press (dialog, GDK_KEY_Return, 0));
  wait_until_rolled_back (window);

  new_id = dup_live_id ("sdxl");
  assert_copied ("sdxl", good_id, new_id);

  ui_close_window (window);
  support_server_restore ();
}

static void
test_escape (void)
{
  BackstayWindow  *window = ui_open_sample ();
  gpointer         dialog = ui_open_rollback (window, UI_GOOD);
  g_autofree char *before = ui_dup_checksum ();
  g_autofree char *after = NULL;

  ui_type (ui_find (dialog, "reason_row"), REASON);
  g_assert_true (ui_press (dialog, GDK_KEY_Escape, 0));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == NULL);

  /* And with the button. */
  dialog = ui_open_rollback (window, UI_GOOD);
  ui_type (ui_find (dialog, "reason_row"), REASON);
  ui_click (ui_find_button (dialog, "Cancel"));
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == NULL);

  after = ui_dup_checksum ();
  g_assert_cmpstr (after, ==, before);

  ui_close_window (window);
}

/* Several active versions become one. */
static void
test_repair (void)
{
  BackstayWindow  *window = ui_open_sample ();
  gpointer         dialog;
  g_autofree char *target_id = ui_dup_id ("WAN Video Production v1.43");
  g_autofree char *new_id = NULL;

  ui_select_type (window, "wan");
  dialog = ui_open_rollback (window, "WAN Video Production v1.43");
  g_assert_cmpstr (adw_preferences_row_get_title (ui_find (dialog, "from_row")),
                   ==, "From all of these, which are active");
  g_assert_true (ui_shows (ui_find (dialog, "from_row"), "WAN Video Production v1.43 ("));
  g_assert_true (ui_shows (ui_find (dialog, "from_row"), "WAN Video Production v1.40 ("));

  ui_click (ui_find (dialog, "rehearse_button"));
  ui_wait_until_idle (dialog);
  g_assert_true (g_str_has_prefix (ui_get_notice (dialog), "Rehearsed: the server would turn off 2 versions "));

  ui_roll_back (dialog, REASON);
  wait_until_rolled_back (window);
  new_id = dup_live_id ("wan");
  assert_copied ("wan", target_id, new_id);
  assert_window_shows (window, new_id, "WAN Video Production v1.43");
  g_assert_false (gtk_widget_get_mapped (ui_find (ui_find (window, "live_bar"), "warning_label")));

  ui_close_window (window);
  support_server_restore ();
}

/* Where nothing was live there is no way back. */
static void
test_none_active (void)
{
  BackstayWindow  *window = ui_open_sample ();
  gpointer         dialog;
  g_autofree char *target_id = ui_dup_id ("Whisper Transcription v1.15");
  g_autofree char *new_id = NULL;

  ui_select_type (window, "whisper");
  dialog = ui_open_rollback (window, "Whisper Transcription v1.15");
  g_assert_cmpstr (get_fact (dialog, "from_row"), ==, "Nothing: no version is active.");

  ui_roll_back (dialog, REASON);
  wait_until_rolled_back (window);
  new_id = dup_live_id ("whisper");
  assert_copied ("whisper", target_id, new_id);
  assert_window_shows (window, new_id, "Whisper Transcription v1.15");
  ui_wait_until (ui_shows (window, "whisper was rolled back"));
  g_assert_false (ui_shows (window, "Undo"));

  ui_close_window (window);
  support_server_restore ();
}

/* A megabyte is copied by the server. */
static void
test_large (void)
{
  BackstayWindow  *window = ui_open_sample ();
  gpointer         dialog;
  g_autofree char *target_id = ui_dup_id ("Prompt Library spring");
  g_autofree char *new_id = NULL;

  ui_select_type (window, "prompt-library");
  dialog = ui_open_rollback (window, "Prompt Library spring");
  ui_roll_back (dialog, REASON);
  wait_until_rolled_back (window);
  new_id = dup_live_id ("prompt-library");
  assert_copied ("prompt-library", target_id, new_id);

  ui_close_window (window);
  support_server_restore ();
}

static void
test_hostile_names (void)
{
  BackstayWindow  *window;
  gpointer         dialog;
  g_autofree char *target_id = NULL;
  g_autofree char *new_id = NULL;

  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data, is_active, created_at)"
                   " VALUES ('<b>&''%%s', '<i>old</i> & %%n', '1', false, now() - interval '1 hour'),"
                   "        ('<b>&''%%s', '<i>new</i> & %%n', '2', true, now())");
  window = ui_open_sample ();
  ui_select_type (window, "<b>&'%s");
  dialog = ui_open_rollback (window, "<i>old</i> & %n");

  g_assert_true (ui_shows (dialog, "Roll Back <b>&'%s"));
  g_assert_true (ui_shows (ui_find (dialog, "from_row"), "<i>new</i> & %n (just now, no creator recorded"));
  g_assert_true (ui_shows (ui_find (dialog, "to_row"), "<i>old</i> & %n (1 hour ago"));

  target_id = ui_dup_id ("<i>old</i> & %n");
  ui_roll_back (dialog, "'; DROP TABLE model_config_history; -- <b>%s</b>");
  wait_until_rolled_back (window);
  new_id = dup_live_id ("<b>&''%s");
  assert_notes (new_id, target_id, "'; DROP TABLE model_config_history; -- <b>%s</b>");
  ui_wait_until (ui_shows (window, "<b>&'%s was rolled back"));

  ui_close_window (window);
  support_server_restore ();
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/rollback-dialog/facts", test_facts);
  g_test_add_func ("/rollback-dialog/needs-reason", test_needs_reason);
  g_test_add_func ("/rollback-dialog/needs-facts", test_needs_facts);
  g_test_add_func ("/rollback-dialog/rehearse", test_rehearse);
  g_test_add_func ("/rollback-dialog/roll-back", test_roll_back);
  g_test_add_func ("/rollback-dialog/compared", test_compared);
  g_test_add_func ("/rollback-dialog/button", test_button);
  g_test_add_func ("/rollback-dialog/keys", test_keys);
  g_test_add_func ("/rollback-dialog/escape", test_escape);
  g_test_add_func ("/rollback-dialog/repair", test_repair);
  g_test_add_func ("/rollback-dialog/none-active", test_none_active);
  g_test_add_func ("/rollback-dialog/large", test_large);
  g_test_add_func ("/rollback-dialog/hostile-names", test_hostile_names);

  return ui_run_tests ();
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-accessibility"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-compare-window.h"
#include "backstay-export-dialog.h"
#include "backstay-identity-dialog.h"
#include "backstay-import-dialog.h"
#include "backstay-rollback-dialog.h"
#include "backstay-version-chooser.h"

#include <glib/gstdio.h>

/* Everything that can be used has a name that can be read out. */

static gboolean
has_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_label_get_text (GTK_LABEL (widget))[0] != '\0')
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_get_visible (child) && has_text (child))
        return TRUE;
    }

  return FALSE;
}

static gboolean
needs_name (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) ||
         GTK_IS_MENU_BUTTON (widget) ||
         GTK_IS_ENTRY (widget) ||
         GTK_IS_SEARCH_ENTRY (widget) ||
         GTK_IS_LIST_VIEW (widget) ||
         ADW_IS_ENTRY_ROW (widget) ||
         GTK_IS_TEXT_VIEW (widget);
}

/* A button that shows a text is called like the text. A list is not called like what is in it. */
static gboolean
is_named (GtkWidget *widget)
{
  g_autofree char *name = ui_dup_name (widget);

  if ((name != NULL && name[0] != '\0') ||
      gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return TRUE;

  return GTK_IS_BUTTON (widget) && has_text (widget);
}

static guint
count_nameless (GtkWidget *widget)
{
  guint n = 0;

  if (!gtk_widget_get_mapped (widget))
    return 0;

  if (needs_name (widget) && !is_named (widget))
    {
      g_test_message ("No name: %s %s in %s %s", G_OBJECT_TYPE_NAME (widget),
                      gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)),
                      G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)),
                      gtk_buildable_get_buildable_id (GTK_BUILDABLE (gtk_widget_get_parent (widget))));
      n++;
    }

  /* Of what a menu button is made of, only what takes the focus has to have a name. */
  if (GTK_IS_MENU_BUTTON (widget))
    return n + (is_named (gtk_widget_get_first_child (widget)) ? 0 : 1);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_nameless (child);

  return n;
}

static void
assert_named (gpointer window)
{
  ui_wait_frames (window, 2);
  g_assert_cmpuint (count_nameless (window), ==, 0);
}

static void
test_content (void)
{
  BackstayWindow *window = ui_open_sample ();
  GtkWidget      *version_view = ui_find (window, "version_view");

  assert_named (window);

  ui_select_type (window, "wan");
  assert_named (window);

  g_assert_true (ui_press (window, GDK_KEY_f, GDK_CONTROL_MASK));
  ui_wait_until (gtk_widget_get_mapped (ui_find (version_view, "search_entry")));
  assert_named (window);

  adw_view_stack_set_visible_child_name (ui_find (version_view, "view_stack"), "text");
  ui_wait_until (g_strcmp0 (ui_get_page (ui_find (version_view, "text_view"), "stack"), "source") == 0);
  assert_named (window);

  ui_select_type (window, "prompt-library");
  ui_wait_until (g_strcmp0 (ui_get_page (ui_find (version_view, "text_view"), "stack"), "lines") == 0);
  assert_named (window);

  ui_close_window (window);
}

static void
test_narrow (void)
{
  BackstayWindow *window = ui_open_sample ();
  AdwLeaflet     *inner = ui_find (window, "inner_leaflet");

  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  ui_wait_until (adw_leaflet_get_folded (inner) && adw_leaflet_get_folded (ui_find (window, "outer_leaflet")));
  assert_named (window);

  g_assert_true (gtk_widget_activate_action (ui_find (ui_find (window, "sidebar"), "list_view"),
                                             "list.activate-item", "u", 0u));
  ui_wait_until (gtk_widget_get_mapped (ui_find (window, "history_view")));
  ui_wait_until_ready (window);
  assert_named (window);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.go-to-live", NULL));
  ui_wait_until (g_str_equal (adw_leaflet_get_visible_child_name (inner), "version"));
  ui_wait_until (!adw_leaflet_get_child_transition_running (inner));
  assert_named (window);

  ui_close_window (window);
}

static void
test_start (void)
{
  BackstayWindow *window = ui_new_window ();

  backstay_window_show_connect (window);
  assert_named (window);
  backstay_window_show_progress (window, "Starting PostgreSQL…");
  assert_named (window);
  backstay_window_show_failure (window, "No Connection", "There was no answer.");
  assert_named (window);
  ui_close_window (window);

  window = ui_open_window (support_server_get_config (), SUPPORT_DAVE, TRUE);
  ui_wait_until (ui_shows (window, "For Administrators Only"));
  assert_named (window);

  /* Who was refused can go elsewhere. */
  g_assert_true (gtk_widget_get_mapped (ui_find (ui_find (window, "start_view"), "menu_button")));
  g_assert_true (ui_press (window, GDK_KEY_F10, 0));
  ui_wait_until (gtk_widget_get_mapped (GTK_WIDGET (gtk_menu_button_get_popover (ui_find (ui_find (window, "start_view"), "menu_button")))));
  gtk_menu_button_popdown (ui_find (ui_find (window, "start_view"), "menu_button"));
  ui_wait_frames (window, 2);
  ui_close_window (window);
}

static void
test_rollback (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog = ui_open_rollback (window, UI_GOOD);

  assert_named (dialog);
  ui_click (ui_find (dialog, "rehearse_button"));
  ui_wait_until_idle (dialog);
  assert_named (dialog);

  ui_roll_back (dialog, "Reason");
  ui_wait_until (ui_find_window (BACKSTAY_TYPE_ROLLBACK_DIALOG) == NULL);
  ui_wait_until_ready (window);
  assert_named (window);

  ui_close_window (window);
  support_server_restore ();
}

static void
test_identity (void)
{
  BackstayWindow *window = ui_open_sample ();
  gpointer        dialog;

  g_assert_true (ui_press (window, GDK_KEY_i, GDK_CONTROL_MASK));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_IDENTITY_DIALOG);
  ui_wait_until (ui_shows (dialog, "alice"));
  assert_named (dialog);

  ui_close_window (dialog);
  ui_close_window (window);
}

/* The dialogs for a file of versions, on each of their pages. */
static void
test_transfer (void)
{
  BackstayWindow  *window = ui_open_sample ();
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "file.jsonl", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gpointer dialog;

  g_assert_true (ui_press (window, GDK_KEY_e, GDK_CONTROL_MASK));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_EXPORT_DIALOG);
  assert_named (dialog);
  backstay_export_dialog_export_to (dialog, file);
  assert_named (dialog);
  ui_wait_until (g_str_equal (ui_get_page (dialog, "stack"), "done"));
  assert_named (dialog);
  ui_close_window (dialog);

  g_assert_true (ui_drop (window, path, NULL));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_IMPORT_DIALOG);
  ui_wait_until (g_str_equal (ui_get_page (dialog, "stack"), "list"));
  assert_named (dialog);
  ui_close_window (dialog);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_true (ui_drop (window, path, NULL));
  dialog = ui_wait_for_window (BACKSTAY_TYPE_IMPORT_DIALOG);
  ui_wait_until (g_str_equal (ui_get_page (dialog, "stack"), "message"));
  assert_named (dialog);
  ui_close_window (dialog);

  g_remove (path);
  g_rmdir (folder);
  ui_close_window (window);
}

static void
test_compare (void)
{
  BackstayWindow        *window = ui_open_sample ();
  BackstayCompareWindow *comparison;
  gpointer               chooser;

  g_assert_true (ui_press (window, GDK_KEY_d, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  chooser = ui_wait_for_window (BACKSTAY_TYPE_VERSION_CHOOSER);
  ui_wait_until (g_str_equal (ui_get_page (chooser, "stack"), "list"));
  assert_named (chooser);
  ui_close_window (chooser);

  g_assert_true (gtk_widget_activate_action (ui_find (window, "history_view"), "history.mark", NULL));
  assert_named (window);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.compare-with-previous", NULL));
  comparison = ui_wait_for_window (BACKSTAY_TYPE_COMPARE_WINDOW);
  ui_wait_until (backstay_compare_window_get_ready (comparison));
  assert_named (comparison);
  ui_close_window (comparison);

  comparison = backstay_compare_window_new (ui_get_application ());
  gtk_window_present (GTK_WINDOW (comparison));
  ui_wait_until (gtk_widget_get_mapped (GTK_WIDGET (comparison)));
  assert_named (comparison);
  ui_close_window (comparison);

  ui_close_window (window);
}

/* What is said in passing is read out, where it is an alert. */
static void
test_notice (void)
{
  BackstayWindow  *window = ui_open_sample ();
  gpointer         dialog = ui_open_rollback (window, UI_GOOD);
  GtkWidget       *notice = ui_find (dialog, "notice");
  g_autofree char *name = NULL;

  ui_click (ui_find (dialog, "rehearse_button"));
  ui_wait_until_idle (dialog);
  gtk_test_accessible_assert_role (notice, GTK_ACCESSIBLE_ROLE_ALERT);
  name = ui_dup_name (notice);
  g_assert_cmpstr (name, ==, ui_get_notice (dialog));

  ui_close_window (dialog);
  ui_close_window (window);
}

/* Who one is, and where, in one sentence. */
static void
test_identity_button (void)
{
  BackstayWindow  *window = ui_open_sample ();
  g_autofree char *name = ui_dup_name (ui_find (window, "identity_button"));

  g_assert_cmpstr (name, ==, "Signed in as alice · Admin, on sample data on this computer");

  ui_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  g_test_add_func ("/accessibility/content", test_content);
  g_test_add_func ("/accessibility/narrow", test_narrow);
  g_test_add_func ("/accessibility/start", test_start);
  g_test_add_func ("/accessibility/rollback", test_rollback);
  g_test_add_func ("/accessibility/identity", test_identity);
  g_test_add_func ("/accessibility/transfer", test_transfer);
  g_test_add_func ("/accessibility/compare", test_compare);
  g_test_add_func ("/accessibility/notice", test_notice);
  g_test_add_func ("/accessibility/identity-button", test_identity_button);

  return ui_run_tests ();
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-compare-window"

#include "config.h"

#include "ui-rollback.h"

#include "backstay-compare-window.h"
#include "backstay-file-document.h"

#include <gio/gunixinputstream.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define BEFORE "{\"scale\": 99, \"steps\": 30, \"name\": \"x\"}"
#define AFTER "{\"name\": \"x\", \"scale\": 7.5, \"steps\": 30, \"new\": [1]}"

typedef struct
{
  char                  *folder;
  BackstayCompareWindow *window;
} Fixture;

static char *
dup_path (Fixture    *fixture,
          const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
write_file (Fixture    *fixture,
            const char *name,
            const char *text)
{
  g_autofree char *path = dup_path (fixture, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static BackstayDocument *
new_document (Fixture    *fixture,
              const char *name)
{
  g_autofree char *path = dup_path (fixture, name);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return backstay_file_document_new (file);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("backstay-compare-XXXXXX", &error);
  g_assert_no_error (error);

  write_file (fixture, "before.json", BEFORE);
  write_file (fixture, "after.json", AFTER);

  fixture->window = backstay_compare_window_new (ui_get_application ());
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_wait_until (gtk_widget_get_mapped (GTK_WIDGET (fixture->window)));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  const char *name;
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);

  if (fixture->window != NULL)
    ui_close_window (fixture->window);

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = dup_path (fixture, name);

      g_unlink (path);
    }

  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static const char *
get_page (Fixture *fixture)
{
  return ui_get_page (fixture->window, "stack");
}

static void
wait_until_idle (Fixture *fixture)
{
  ui_wait_until (!backstay_compare_window_get_busy (fixture->window));
  ui_wait_frames (fixture->window, 2);
}

static void
compare (Fixture    *fixture,
         const char *before,
         const char *after)
{
  g_autoptr (BackstayDocument) before_document = new_document (fixture, before);
  g_autoptr (BackstayDocument) after_document = new_document (fixture, after);

  backstay_compare_window_compare (fixture->window, before_document, after_document);
  wait_until_idle (fixture);
}

static GtkWidget *
get_diff (Fixture *fixture)
{
  return ui_find (fixture->window, "diff_view");
}

static void
assert_headings (Fixture    *fixture,
                 const char *before,
                 const char *after)
{
  g_assert_true (backstay_compare_window_get_ready (fixture->window));
  g_assert_cmpstr (get_page (fixture), ==, "diff");
  g_assert_cmpstr (ui_get_page (get_diff (fixture), "stack"), ==, "diff");
  g_assert_cmpstr (ui_get_label (get_diff (fixture), "before_heading"), ==, before);
  g_assert_cmpstr (ui_get_label (get_diff (fixture), "after_heading"), ==, after);
}

/* What is said instead of a comparison. */
static void
assert_message (Fixture    *fixture,
                const char *text)
{
  g_assert_false (backstay_compare_window_get_ready (fixture->window));
  g_assert_cmpstr (get_page (fixture), ==, "message");
  g_assert_true (ui_shows (fixture->window, text));
}

static void
test_empty (Fixture      *fixture,
            gconstpointer data)
{
  g_assert_cmpstr (get_page (fixture), ==, "empty");
  g_assert_true (ui_shows (fixture->window, "Compare Two Files"));
  g_assert_cmpstr (ui_get_label (fixture->window, "before_label"), ==, "No file yet");
  g_assert_false (backstay_compare_window_get_ready (fixture->window));

  /* There is nothing to swap. */
  ui_press (fixture->window, GDK_KEY_x, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  g_assert_cmpstr (get_page (fixture), ==, "empty");
}

static void
test_different (Fixture      *fixture,
                gconstpointer data)
{
  g_autofree char *where = g_strdup_printf ("before.json · %s", fixture->folder);

  compare (fixture, "before.json", "after.json");
  assert_headings (fixture, "Before: before.json", "After: after.json");
  g_assert_cmpstr (ui_get_label (get_diff (fixture), "summary_label"), ==, "1 changed, 1 added");
  g_assert_cmpstr (ui_get_label (fixture->window, "before_label"), ==, where);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "before.json → after.json");

  g_assert_true (ui_press (fixture->window, GDK_KEY_F8, 0));
  g_assert_cmpstr (ui_get_label (get_diff (fixture), "position_label"), ==, "1 of 2");
  g_assert_true (ui_press (fixture->window, GDK_KEY_F8, GDK_SHIFT_MASK));
  g_assert_cmpstr (ui_get_label (get_diff (fixture), "position_label"), ==, "2 of 2");
}

static void
test_swap (Fixture      *fixture,
           gconstpointer data)
{
  compare (fixture, "before.json", "after.json");
  g_assert_true (ui_press (fixture->window, GDK_KEY_x, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  wait_until_idle (fixture);

  assert_headings (fixture, "Before: after.json", "After: before.json");
  g_assert_cmpstr (ui_get_label (get_diff (fixture), "summary_label"), ==, "1 changed, 1 removed");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "after.json → before.json");
}

static void
test_same (Fixture      *fixture,
           gconstpointer data)
{
  compare (fixture, "before.json", "before.json");
  g_assert_true (backstay_compare_window_get_ready (fixture->window));
  g_assert_true (ui_shows (fixture->window, "No Difference"));
}

/* Two files of one name are told apart by their folders. */
static void
test_same_name (Fixture      *fixture,
                gconstpointer data)
{
  g_autofree char *folder = dup_path (fixture, "folder");
  g_autofree char *path = g_build_filename (folder, "before.json", NULL);
  g_autofree char *before = g_strdup_printf ("Before: before.json · %s", fixture->folder);
  g_autofree char *after = g_strdup_printf ("After: before.json · %s", folder);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  write_file (fixture, "folder/before.json", AFTER);
  compare (fixture, "before.json", "folder/before.json");
  assert_headings (fixture, before, after);

  g_unlink (path);
  g_rmdir (folder);
}

static void
test_bad_json (Fixture      *fixture,
               gconstpointer data)
{
  write_file (fixture, "bad.json", "{\n  \"a\": 1,\n  \"b\"  \"c\"\n}");
  compare (fixture, "bad.json", "after.json");
  assert_message (fixture, "bad.json: line 3, column 8: a colon is expected here");

  /* Nothing of an earlier comparison either. */
  compare (fixture, "before.json", "after.json");
  compare (fixture, "before.json", "bad.json");
  assert_message (fixture, "bad.json: line 3, column 8: a colon is expected here");

  write_file (fixture, "bad.json", AFTER);
  ui_click (ui_find_button (fixture->window, "Try Again"));
  wait_until_idle (fixture);
  assert_headings (fixture, "Before: before.json", "After: bad.json");
}

static void
test_duplicate_key (Fixture      *fixture,
                    gconstpointer data)
{
  write_file (fixture, "twice.json", "{\n \"a\": {\"x y\": 1,\n  \"\\u0078 y\": 2}}");
  compare (fixture, "before.json", "twice.json");
  assert_message (fixture, "twice.json: line 3, column 3: the key “");
}

static void
test_missing (Fixture      *fixture,
              gconstpointer data)
{
  compare (fixture, "before.json", "missing.json");
  assert_message (fixture, "missing.json: No such file or directory");
}

/* Refused before a byte of it is read: it has no blocks, but would take its size in memory. */
static void
test_too_large (Fixture      *fixture,
                gconstpointer data)
{
  g_autofree char *path = dup_path (fixture, "large.json");

  write_file (fixture, "large.json", "");
  g_assert_cmpint (truncate (path, (off_t) BACKSTAY_JSON_MAX_SIZE + 1), ==, 0);
  compare (fixture, "before.json", "large.json");
  assert_message (fixture, "large.json: the file is larger than 1 GiB");
}

/* Compares with a document that has begun to come, and only comes to its end when the test wants it:
 * gives where its rest is to be written. */
static int
compare_with_pipe (Fixture *fixture)
{
  g_autoptr (BackstayDocument) before = new_document (fixture, "before.json");
  g_autoptr (BackstayDocument) after = NULL;
  g_autoptr (GInputStream) stream = NULL;
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  stream = g_unix_input_stream_new (fds[0], TRUE);
  after = backstay_file_document_new_for_stream (stream);
  g_assert_cmpint (write (fds[1], AFTER, 10), ==, 10);

  backstay_compare_window_compare (fixture->window, before, after);
  ui_wait_frames (fixture->window, 3);
  g_assert_cmpstr (get_page (fixture), ==, "loading");
  g_assert_true (backstay_compare_window_get_busy (fixture->window));

  return fds[1];
}

static void
test_pipe (Fixture      *fixture,
           gconstpointer data)
{
  int writer = compare_with_pipe (fixture);

  g_assert_cmpint (write (writer, AFTER + 10, strlen (AFTER) - 10), ==, strlen (AFTER) - 10);
  close (writer);
  wait_until_idle (fixture);
  assert_headings (fixture, "Before: before.json", "After: standard input");

  /* It can be read only once. */
  g_assert_true (ui_press (fixture->window, GDK_KEY_F5, 0));
  wait_until_idle (fixture);
  assert_headings (fixture, "Before: before.json", "After: standard input");
}

static void
test_cancel (Fixture      *fixture,
             gconstpointer data)
{
  int writer = compare_with_pipe (fixture);

  ui_click (ui_find_button (fixture->window, "Cancel"));
  g_assert_false (backstay_compare_window_get_busy (fixture->window));
  assert_message (fixture, "Loading Was Cancelled");

  close (writer);
  compare (fixture, "before.json", "after.json");
  assert_headings (fixture, "Before: before.json", "After: after.json");
}

static void
test_close_while_loading (Fixture      *fixture,
                          gconstpointer data)
{
  int writer = compare_with_pipe (fixture);

  ui_close_window (g_steal_pointer (&fixture->window));
  close (writer);
}

/* Drops one file, or two. */
static gboolean
drop (Fixture    *fixture,
      const char *name,
      const char *second_name)
{
  g_autofree char *path = dup_path (fixture, name);
  g_autofree char *second_path = second_name != NULL ? dup_path (fixture, second_name) : NULL;
  gboolean         accepted = ui_drop (fixture->window, path, second_path);

  wait_until_idle (fixture);

  return accepted;
}

static void
test_drop (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_true (drop (fixture, "before.json", NULL));
  g_assert_cmpstr (get_page (fixture), ==, "empty");
  g_assert_true (drop (fixture, "after.json", NULL));
  assert_headings (fixture, "Before: before.json", "After: after.json");

  g_assert_true (drop (fixture, "after.json", "before.json"));
  assert_headings (fixture, "Before: after.json", "After: before.json");
}

static void
test_changed (Fixture      *fixture,
              gconstpointer data)
{
  GtkWidget *notice = ui_find (fixture->window, "notice");

  compare (fixture, "before.json", "after.json");
  g_assert_null (ui_get_notice (fixture->window));

  write_file (fixture, "after.json", BEFORE);
  ui_wait_until (ui_get_notice (fixture->window) != NULL);
  g_assert_cmpstr (ui_get_notice (fixture->window), ==,
                   "“after.json” has changed since it was read, or is gone.");

  /* Not by itself. */
  assert_headings (fixture, "Before: before.json", "After: after.json");
  g_assert_cmpstr (ui_get_label (get_diff (fixture), "summary_label"), ==, "1 changed, 1 added");

  ui_wait_until (gtk_widget_get_mapped (notice));
  ui_click (ui_find_button (fixture->window, "Reload"));
  wait_until_idle (fixture);
  g_assert_true (ui_shows (fixture->window, "No Difference"));
}

static void
add (const char *path,
     void (*test) (Fixture      *fixture,
                   gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  ui_init (&argc, &argv);

  add ("/compare-window/empty", test_empty);
  add ("/compare-window/different", test_different);
  add ("/compare-window/swap", test_swap);
  add ("/compare-window/same", test_same);
  add ("/compare-window/same-name", test_same_name);
  add ("/compare-window/bad-json", test_bad_json);
  add ("/compare-window/duplicate-key", test_duplicate_key);
  add ("/compare-window/missing", test_missing);
  add ("/compare-window/too-large", test_too_large);
  add ("/compare-window/pipe", test_pipe);
  add ("/compare-window/cancel", test_cancel);
  add ("/compare-window/close-while-loading", test_close_while_loading);
  add ("/compare-window/drop", test_drop);
  add ("/compare-window/changed", test_changed);

  return ui_run_tests ();
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program as a user starts it, looked at from outside: where a password is while it runs, and after. */

#define G_LOG_DOMAIN "test-process"

#include "config.h"

#include "support-folder.h"
#include "support-server.h"
#include "support-wait.h"
#include "ui-display.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

/* Planted, and looked for wherever it must not be. */
#define PASSWORD "correct-horse-7hunter2"
#define WRONG "correct-horse-8hunter3"

#define LOGIN "planted"

typedef struct
{
  char        *folder; /* All that the program may write to; the password file is beside it. */
  char        *passwords;
  char        *output;
  GSubprocess *process;
} Fixture;

static void
assert_absent (const char *contents,
               gsize       length)
{
  g_assert_null (g_strstr_len (contents, (gssize) length, PASSWORD));
  g_assert_null (g_strstr_len (contents, (gssize) length, WRONG));
}

/* Arguments and environment are words with a zero after each. */
static void
assert_not_in_file (const char *path)
{
  g_autofree char *contents = NULL;
  gsize            length;

  if (!g_file_get_contents (path, &contents, &length, NULL))
    return;

  for (gsize i = 0; i < length; i++)
    {
      if (contents[i] == '\0')
        contents[i] = '\n';
    }

  assert_absent (contents, length);
}

static void
assert_not_below (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  if (directory == NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR))
    assert_not_in_file (path);

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      assert_absent (name, strlen (name));
      assert_not_below (child);
    }
}

static guint
assert_not_in_process (const char *pid)
{
  g_autofree char *arguments = g_strdup_printf ("/proc/%s/cmdline", pid);
  g_autofree char *environment = g_strdup_printf ("/proc/%s/environ", pid);
  g_autofree char *tasks = g_strdup_printf ("/proc/%s/task", pid);
  g_autoptr (GDir) directory = g_dir_open (tasks, 0, NULL);
  const char *task;
  guint       n_processes = 1;

  assert_not_in_file (arguments);
  assert_not_in_file (environment);

  while (directory != NULL && (task = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s/children", tasks, task);
      g_autofree char *name = g_strdup_printf ("%s/%s/comm", tasks, task);
      g_autofree char *children = NULL;
      g_auto (GStrv) pids = NULL;

      assert_not_in_file (name);
      g_file_get_contents (path, &children, NULL, NULL);
      pids = g_strsplit (children != NULL ? children : "", " ", -1);
      for (guint i = 0; pids[i] != NULL; i++)
        {
          if (pids[i][0] != '\0')
            n_processes += assert_not_in_process (pids[i]);
        }
    }

  return n_processes;
}

static void
end_with_parent_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* With folders of its own, and all that it has to say. */
static void
start (Fixture    *fixture,
       const char *password,
       const char *option)
{
  static const char *const folders[] = { "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
                                         "XDG_CACHE_HOME", "XDG_RUNTIME_DIR" };
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autofree char *entry = g_strdup_printf ("*:*:*:" LOGIN ":%s\n", password);
  g_autofree char *escaped = g_uri_escape_string (support_server_get_directory (), NULL, FALSE);
  g_autofree char *uri = g_strdup_printf ("postgresql://" LOGIN "@%s/backstay", escaped);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (fixture->passwords, entry, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    g_subprocess_launcher_setenv (launcher, folders[i], fixture->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "PGPASSFILE", fixture->passwords, TRUE);
  g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", "all", TRUE);
  g_subprocess_launcher_setenv (launcher, "GSETTINGS_BACKEND", "keyfile", TRUE);
  g_subprocess_launcher_setenv (launcher, "GTK_A11Y", "none", TRUE);
  g_subprocess_launcher_set_stdout_file_path (launcher, fixture->output);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent_cb, NULL, NULL);
  fixture->process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("BACKSTAY_PROGRAM"), uri, option, NULL);
  g_assert_no_error (error);
}

static void
assert_nowhere (Fixture *fixture)
{
  const char *pid = g_subprocess_get_identifier (fixture->process);

  if (pid != NULL)
    g_assert_cmpuint (assert_not_in_process (pid), >, 0);
  assert_not_in_file (fixture->output);
  assert_not_below (fixture->folder);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  static gboolean is_wanted;

  if (!is_wanted)
    support_server_want_password (LOGIN, PASSWORD);
  is_wanted = TRUE;

  fixture->folder = g_dir_make_tmp ("backstay-process-XXXXXX", NULL);
  fixture->passwords = g_strconcat (fixture->folder, ".passwords", NULL);
  fixture->output = g_strconcat (fixture->folder, ".output", NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_clear_object (&fixture->process);
  support_remove_folder (fixture->folder);
  g_unlink (fixture->passwords);
  g_unlink (fixture->output);
  g_free (fixture->folder);
  g_free (fixture->passwords);
  g_free (fixture->output);
}

/* It is on the server by this password, with all of its connections. */
static void
test_running (Fixture      *fixture,
              gconstpointer data)
{
  SupportSql *sql = support_server_get_sql ();

  start (fixture, PASSWORD, NULL);
  support_sql_wait (sql, "SELECT count(*) > 0 FROM pg_stat_activity"
                         " WHERE usename = '" LOGIN "' AND state = 'idle' AND query <> ''");
  assert_nowhere (fixture);
  g_assert_cmpint (support_sql_query_int (sql, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%%" PASSWORD "%%'"
                                               "    AND pid <> pg_backend_pid()"),
                   ==, 0);

  /* Also not where it ends in the middle. */
  g_subprocess_force_exit (fixture->process);
  g_subprocess_wait (fixture->process, NULL, NULL);
  assert_nowhere (fixture);
}

/* From its start to its end. What it has to say is there. */
static void
test_ends (Fixture      *fixture,
           gconstpointer data)
{
  const char      *password = data;
  g_autofree char *picture = g_build_filename (fixture->folder, "window.png", NULL);
  g_autofree char *option = g_strconcat ("--screenshot=", picture, NULL);
  g_autofree char *said = NULL;

  start (fixture, password, option);
  g_subprocess_wait (fixture->process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_exited (fixture->process));
  assert_nowhere (fixture);
  g_assert_true (g_file_get_contents (fixture->output, &said, NULL, NULL));
  g_assert_nonnull (strstr (said, "DEBUG"));

  if (g_str_equal (password, PASSWORD))
    g_assert_true (g_file_test (picture, G_FILE_TEST_EXISTS));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  ui_display_start ();

  g_test_add ("/process/running", Fixture, NULL, set_up, test_running, tear_down);
  g_test_add ("/process/ends", Fixture, PASSWORD, set_up, test_ends, tear_down);
  g_test_add ("/process/refused", Fixture, WRONG, set_up, test_ends, tear_down);

  status = support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
  ui_display_stop ();

  return status;
}

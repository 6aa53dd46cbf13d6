/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program that is called. It does itself what needs no display, and becomes the window's
 * program for everything else: only to load GTK takes longer than to compare two files. */

#include "config.h"

#include "backstay-diff-command.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <unistd.h>

#define WINDOW_PROGRAM "backstay-window"

/* The build folder has both programs side by side; an installation has this one in libexec. */
static char *
dup_window_path (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  if (program != NULL)
    {
      folder = g_path_get_dirname (program);
      path = g_build_filename (folder, WINDOW_PROGRAM, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }

  return g_build_filename (BACKSTAY_LIBEXECDIR, WINDOW_PROGRAM, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *path = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BACKSTAY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (argc > 1 && g_str_equal (argv[1], "diff"))
    return backstay_diff_command_run (argc - 1, argv + 1);

  path = dup_window_path ();
  execv (path, argv);

  g_printerr (_ ("Backstay's window could not be started: %s: %s. Install Backstay again.\n"), path,
              g_strerror (errno));

  return 127;
}

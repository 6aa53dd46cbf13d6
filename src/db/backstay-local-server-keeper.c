/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keeper: a program of its own that owns the local PostgreSQL server for Backstay.
 *
 * Its standard input is a pipe that Backstay never writes to. When Backstay ends, in whatever way,
 * the kernel closes the other end, and the keeper stops the server and ends too. It has one thread,
 * since the signal that the server gets when its parent dies is bound to the parent's thread. */

#define G_LOG_DOMAIN "backstay-local-server-keeper"

#include "config.h"

#include "backstay-local-account.h"
#include "backstay-local-cluster.h"
#include "backstay-local-event.h"
#include "backstay-local-folder.h"
#include "backstay-local-postmaster.h"
#include "backstay-local-programs.h"
#include "backstay-local-watch.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the user set for libpq is about other servers; the locale decides how messages read, which
 * are searched, and the time zone spares initdb a search of its own. */
static void
clean_environment (void)
{
  g_auto (GStrv) names = g_listenv ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_has_prefix (names[i], "PG"))
        g_unsetenv (names[i]);
    }

  g_setenv ("LC_ALL", "C", TRUE);
  g_setenv ("TZ", "UTC", TRUE);
}

/* A session of its own, so that no terminal signals the server; and no folder is kept busy. */
static gboolean
leave_surroundings (void)
{
  clean_environment ();
  setsid ();
  umask (022);

  return chdir ("/") == 0;
}

static gboolean
open_folder (BackstayLocalFolder *folder,
             BackstayLocalWatch  *watch,
             const char          *wanted)
{
  g_autofree char *path = NULL;

  if (!backstay_local_account_leave_root (wanted, &path))
    return FALSE;

  umask (077);

  if (wanted == NULL)
    return backstay_local_folder_open_temporary (folder);

  return backstay_local_folder_open (folder, watch, path);
}

static gboolean
run_server (BackstayLocalFolder *folder,
            BackstayLocalWatch  *watch)
{
  g_auto (BackstayLocalPrograms) programs = { NULL };
  g_autofree char *version = NULL;
  pid_t            pid;

  if (!backstay_local_cluster_read_version (folder, &version) ||
      !backstay_local_programs_find (&programs, watch, folder->path, version))
    return FALSE;

  if (version == NULL && !backstay_local_cluster_create (folder, watch, &programs))
    return FALSE;

  if (watch->stopping ||
      (pid = backstay_local_postmaster_start (folder, watch, &programs)) < 0)
    return FALSE;

  if (backstay_local_postmaster_wait_until_lost (folder, watch, pid))
    return FALSE;

  backstay_local_postmaster_stop (folder, watch, pid);

  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  BackstayLocalFolder folder = { .lock_fd = -1 };
  BackstayLocalWatch  watch = { .signal_fd = -1 };
  gboolean            is_throw_away = argc == 2 && strcmp (argv[1], "--throw-away") == 0;
  gboolean            ok;

  if (argc != 2 || (!is_throw_away && !g_path_is_absolute (argv[1])))
    {
      g_printerr ("Usage: %s FOLDER | --throw-away\n", argv[0]);
      return EXIT_FAILURE;
    }

  ok = leave_surroundings () &&
       backstay_local_watch_init (&watch) &&
       open_folder (&folder, &watch, is_throw_away ? NULL : argv[1]) &&
       run_server (&folder, &watch);

  if (folder.path != NULL)
    backstay_local_folder_close (&folder);

  backstay_local_watch_clear (&watch);

  return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

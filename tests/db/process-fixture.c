/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "process-fixture"

#include "config.h"

#include "process-fixture.h"

#include <string.h>
#include <unistd.h>

/* How long what has lost its owner may go on. */
#define GONE_SECONDS 10

typedef gboolean (*ProcessFunc) (const char *pid,
                                 const char *argument);

static pid_t
find_process (ProcessFunc func,
              const char *argument)
{
  g_autoptr (GDir) processes = g_dir_open ("/proc", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (processes)) != NULL)
    {
      if (g_ascii_isdigit (name[0]) && func (name, argument))
        return (pid_t) g_ascii_strtoll (name, NULL, 10);
    }

  return 0;
}

static gboolean
works_below (const char *pid,
             const char *directory)
{
  g_autofree char *link = g_build_filename ("/proc", pid, "cwd", NULL);
  g_autofree char *cwd = g_file_read_link (link, NULL);

  return cwd != NULL && g_str_has_prefix (cwd, directory);
}

/* A keeper's command line is its path and the folder; its parent is the field after the state. */
static gboolean
is_own_keeper (const char *pid,
               const char *directory)
{
  g_autofree char *stat_path = g_build_filename ("/proc", pid, "stat", NULL);
  g_autofree char *stat_text = NULL;
  g_autofree char *cmdline_path = g_build_filename ("/proc", pid, "cmdline", NULL);
  g_autofree char *cmdline = NULL;
  gsize            length;
  const char      *last;
  int              parent = 0;

  if (!g_file_get_contents (stat_path, &stat_text, NULL, NULL) ||
      !g_file_get_contents (cmdline_path, &cmdline, &length, NULL) || length == 0)
    return FALSE;

  last = strrchr (stat_text, ')');

  if (last != NULL)
    parent = (int) g_ascii_strtoll (last + strlen (") S"), NULL, 10);

  return parent == getpid () && strcmp (cmdline + strlen (cmdline) + 1, directory) == 0;
}

/**
 * process_fixture_find_below:
 * @directory: a folder
 *
 * Looks for a process that works in a folder: PostgreSQL's do in their cluster's.
 *
 * Returns: a process id, 0 for none
 */
pid_t
process_fixture_find_below (const char *directory)
{
  return find_process (works_below, directory);
}

/**
 * process_fixture_find_keeper:
 * @directory: the folder of a local database
 *
 * Looks for the keeper that this program started for a local database.
 *
 * Returns: a process id, 0 for none
 */
pid_t
process_fixture_find_keeper (const char *directory)
{
  return find_process (is_own_keeper, directory);
}

/**
 * process_fixture_assert_gone:
 * @directory: a folder
 *
 * Waits until no process works in a folder any more, but not for ever.
 */
void
process_fixture_assert_gone (const char *directory)
{
  gint64 deadline = g_get_monotonic_time () + GONE_SECONDS * G_USEC_PER_SEC;
  pid_t  pid;

  while ((pid = process_fixture_find_below (directory)) != 0 &&
         g_get_monotonic_time () < deadline)
    g_usleep (10000);

  g_assert_cmpint (pid, ==, 0);
}

/**
 * process_fixture_has_tcp_socket:
 * @pid: a process id
 * @tcp_path: the kernel's list of TCP sockets
 *
 * Returns: whether any socket of the process is in the list
 */
gboolean
process_fixture_has_tcp_socket (pid_t       pid,
                                const char *tcp_path)
{
  g_autofree char *directory = g_strdup_printf ("/proc/%d/fd", (int) pid);
  g_autoptr (GDir) fds = g_dir_open (directory, 0, NULL);
  g_autofree char *tcp = NULL;
  const char      *name;

  g_assert_nonnull (fds);

  if (!g_file_get_contents (tcp_path, &tcp, NULL, NULL))
    return FALSE;

  while ((name = g_dir_read_name (fds)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);
      g_autofree char *inode = NULL;

      if (target == NULL || !g_str_has_prefix (target, "socket:["))
        continue;

      inode = g_strdup_printf (" %" G_GUINT64_FORMAT " ",
                               g_ascii_strtoull (target + strlen ("socket:["), NULL, 10));

      if (strstr (tcp, inode) != NULL)
        return TRUE;
    }

  return FALSE;
}

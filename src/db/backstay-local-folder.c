/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-local-folder"

#include "config.h"

#include "backstay-local-folder.h"

#include "backstay-local-event.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/un.h>
#include <unistd.h>

/* How long a keeper that is just ending may take: it gives its server up to 8 s. The tests, which
 * know that theirs does not end, set BACKSTAY_LOCAL_SERVER_WAIT instead. */
#define LOCK_SECONDS 10

#define LOCK_POLL_MILLISECONDS 20

/* A throw-away cluster of 36 MB, and room to work in. */
#define TEMPORARY_BYTES (256 * G_GUINT64_CONSTANT (1024) * 1024)

/* Less than this is nothing to PostgreSQL, whose smallest file of log has 1 MB. */
#define FULL_BYTES (G_GUINT64_CONSTANT (1024) * 1024)

static guint64
get_free_bytes (const char *path)
{
  struct statvfs status;

  if (statvfs (path, &status) != 0)
    return 0;

  return (guint64) status.f_bavail * status.f_frsize;
}

static void
set_path (BackstayLocalFolder *self,
          const char          *path)
{
  self->path = g_strdup (path);
  self->cluster = g_build_filename (path, "data", NULL);
  self->log = g_build_filename (path, "server.log", NULL);
}

static gboolean
take_lock (BackstayLocalFolder *self,
           BackstayLocalWatch  *watch)
{
  g_autofree char *lock = g_build_filename (self->path, "lock", NULL);
  const char      *seconds_text = g_getenv ("BACKSTAY_LOCAL_SERVER_WAIT");
  guint            seconds = LOCK_SECONDS;
  gint64           deadline;
  gboolean         told = FALSE;

  if (seconds_text != NULL)
    seconds = (guint) g_ascii_strtoull (seconds_text, NULL, 10);

  deadline = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  if ((self->lock_fd = open (lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600)) < 0)
    return backstay_local_event_report_path (lock, errno);

  while (flock (self->lock_fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno != EWOULDBLOCK)
        return backstay_local_event_report_path (lock, errno);

      if (g_get_monotonic_time () >= deadline)
        return backstay_local_event_report (BACKSTAY_LOCAL_EVENT_IN_USE, self->path, NULL);

      if (!told)
        told = !backstay_local_event_report (BACKSTAY_LOCAL_EVENT_WAITING, NULL);

      backstay_local_watch_wait (watch, LOCK_POLL_MILLISECONDS);

      if (watch->stopping)
        return FALSE;
    }

  return TRUE;
}

/**
 * backstay_local_folder_open:
 * @self: (out): the folder
 * @path: its path
 *
 * Makes the folder where it does not exist, and waits until no other keeper uses it. Reports a
 * failure.
 *
 * Returns: whether the folder may be used
 */
gboolean
backstay_local_folder_open (BackstayLocalFolder *self,
                            BackstayLocalWatch  *watch,
                            const char          *path)
{
  set_path (self, path);

  if (g_mkdir_with_parents (path, 0700) != 0 || chmod (path, 0700) != 0)
    return backstay_local_event_report_path (path, errno);

  return take_lock (self, watch);
}

/**
 * backstay_local_folder_open_temporary:
 * @self: (out): the folder
 *
 * Makes a folder that is removed at the end, in memory where there is room. Reports a failure.
 *
 * Returns: whether the folder may be used
 */
gboolean
backstay_local_folder_open_temporary (BackstayLocalFolder *self)
{
  const char *parents[] = { g_getenv ("XDG_RUNTIME_DIR"), "/dev/shm", g_get_tmp_dir () };

  for (guint i = 0; i < G_N_ELEMENTS (parents); i++)
    {
      g_autofree char *path = NULL;
      gboolean         is_last = i == G_N_ELEMENTS (parents) - 1;

      if (parents[i] == NULL || (!is_last && get_free_bytes (parents[i]) < TEMPORARY_BYTES))
        continue;

      path = g_build_filename (parents[i], "backstay-XXXXXX", NULL);

      if (g_mkdtemp (path) != NULL)
        {
          set_path (self, path);
          self->throw_away = TRUE;
          return TRUE;
        }
    }

  return backstay_local_event_report_path (g_get_tmp_dir (), errno);
}

/* The kernel limits the path's length. PostgreSQL and libpq both read a list of folders, in which
 * these characters have a meaning. */
static gboolean
can_hold_socket (const char *path)
{
  struct sockaddr_un address;

  return strlen (path) + strlen ("/.s.PGSQL.65535") < sizeof address.sun_path &&
         strpbrk (path, ",\"'\\ \t\n") == NULL;
}

/**
 * backstay_local_folder_choose_sockets:
 *
 * Decides where the server's socket goes, and makes that folder. Reports a failure.
 *
 * Returns: whether there is a place
 */
gboolean
backstay_local_folder_choose_sockets (BackstayLocalFolder *self)
{
  const char *parents[] = { g_getenv ("XDG_RUNTIME_DIR"), "/tmp" };

  if (can_hold_socket (self->path))
    {
      self->sockets = g_strdup (self->path);
      return TRUE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (parents); i++)
    {
      g_autofree char *path = NULL;

      if (parents[i] == NULL)
        continue;

      path = g_build_filename (parents[i], "backstay-XXXXXX", NULL);

      if (can_hold_socket (path) && g_mkdtemp (path) != NULL)
        {
          self->sockets = g_steal_pointer (&path);
          return TRUE;
        }
    }

  return backstay_local_event_report_path ("/tmp", errno);
}

/**
 * backstay_local_folder_is_full:
 *
 * Returns: whether the disk has no room left worth the name
 */
gboolean
backstay_local_folder_is_full (BackstayLocalFolder *self)
{
  return get_free_bytes (self->path) < FULL_BYTES;
}

/**
 * backstay_local_folder_close:
 *
 * Gives the folder up for others, and removes what was for this run only.
 */
void
backstay_local_folder_close (BackstayLocalFolder *self)
{
  if (self->throw_away)
    backstay_local_folder_remove (self->path);

  if (self->sockets != NULL && strcmp (self->sockets, self->path) != 0)
    backstay_local_folder_remove (self->sockets);

  if (self->lock_fd >= 0)
    close (g_steal_fd (&self->lock_fd));

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->cluster, g_free);
  g_clear_pointer (&self->log, g_free);
  g_clear_pointer (&self->sockets, g_free);
}

static int
remove_entry (const char        *path,
              const struct stat *status,
              int                type,
              struct FTW        *position)
{
  /* What cannot be removed must not keep the rest from it. */
  remove (path);

  return 0;
}

/**
 * backstay_local_folder_remove:
 * @path: a folder that the keeper made; need not exist
 *
 * Removes a folder and all that is in it, as far as that is possible.
 */
void
backstay_local_folder_remove (const char *path)
{
  nftw (path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

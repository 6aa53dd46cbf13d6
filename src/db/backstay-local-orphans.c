/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-local-orphans"

#include "config.h"

#include "backstay-local-orphans.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#define POLL_MILLISECONDS 10

/* Milder signals first, and none at all at first: what lost its keeper was told to end by that. */
static const struct
{
  int   signal_number;
  guint milliseconds;
} attempts[] = {
  { 0, 500 },
  { SIGINT, 5000 },
  { SIGQUIT, 3000 },
  { SIGKILL, 2000 },
};

static char *
dup_process_name (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "comm", NULL);
  char            *name = NULL;

  if (!g_file_get_contents (path, &name, NULL, NULL))
    return NULL;

  return g_strchomp (name);
}

/* A number in a file can be anybody's by now. All processes of PostgreSQL, and so the last one
 * that is left of a server, work in the cluster's folder: that is what makes one an orphan. */
static gboolean
is_orphan (const char *pid,
           const char *cluster)
{
  g_autofree char *link = g_build_filename ("/proc", pid, "cwd", NULL);
  g_autofree char *directory = g_file_read_link (link, NULL);
  g_autofree char *name = NULL;

  if (g_strcmp0 (directory, cluster) != 0)
    return FALSE;

  name = dup_process_name (pid);

  return g_strcmp0 (name, "postgres") == 0;
}

static GArray *
list_orphans (const char *cluster)
{
  g_autoptr (GDir) processes = g_dir_open ("/proc", 0, NULL);
  GArray     *orphans = g_array_new (FALSE, FALSE, sizeof (pid_t));
  const char *name;

  while (processes != NULL && (name = g_dir_read_name (processes)) != NULL)
    {
      pid_t pid = (pid_t) g_ascii_strtoll (name, NULL, 10);

      if (pid > 1 && is_orphan (name, cluster))
        g_array_append_val (orphans, pid);
    }

  return orphans;
}

/**
 * backstay_local_orphans_end:
 * @cluster: a cluster's folder, which the caller alone may use
 *
 * Ends whatever an earlier keeper could not end: it may have been killed.
 */
void
backstay_local_orphans_end (BackstayLocalWatch *watch,
                            const char         *cluster)
{
  g_autofree char *real_path = realpath (cluster, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (attempts) && real_path != NULL; i++)
    {
      gint64 deadline = g_get_monotonic_time () +
                        attempts[i].milliseconds * G_GINT64_CONSTANT (1000);
      gboolean told = FALSE;

      do
        {
          g_autoptr (GArray) orphans = list_orphans (real_path);

          if (orphans->len == 0)
            return;

          for (guint j = 0; j < orphans->len && !told; j++)
            kill (g_array_index (orphans, pid_t, j), attempts[i].signal_number);

          told = TRUE;
          backstay_local_watch_wait (watch, POLL_MILLISECONDS);
        }
      while (g_get_monotonic_time () < deadline);
    }
}

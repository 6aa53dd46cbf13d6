/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-local-cluster"

#include "config.h"

#include "backstay-local-cluster.h"

#include "backstay-local-event.h"
#include "backstay-local-log.h"
#include "backstay-local-orphans.h"
#include "backstay-local-process.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

/**
 * backstay_local_cluster_read_version:
 * @version: (out) (nullable) (transfer full): the major version of PostgreSQL that made the
 *   cluster, %NULL where there is none yet
 *
 * Looks for a cluster in the folder. Reports it when something else is in its place.
 *
 * Returns: whether the folder holds a cluster, or is free for one
 */
gboolean
backstay_local_cluster_read_version (BackstayLocalFolder *folder,
                                     char               **version)
{
  g_autofree char *path = g_build_filename (folder->cluster, "PG_VERSION", NULL);

  *version = NULL;

  if (g_file_get_contents (path, version, NULL, NULL))
    {
      g_strstrip (*version);
      return TRUE;
    }

  if (g_file_test (folder->cluster, G_FILE_TEST_EXISTS))
    return backstay_local_event_report (BACKSTAY_LOCAL_EVENT_NOT_A_CLUSTER, folder->cluster, NULL);

  return TRUE;
}

/* C sorts the same everywhere and cannot change under an index. The other locale only tells what a
 * letter is, so that a search finds "Ü" by "ü". */
static const char *
get_ctype_argument (void)
{
  locale_t    locale = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t) 0);
  const char *argument = "--lc-ctype=C";

  if (locale != (locale_t) 0)
    {
      argument = "--lc-ctype=C.UTF-8";
      freelocale (locale);
    }

  return argument;
}

static gboolean
make_cluster (BackstayLocalFolder         *folder,
              BackstayLocalWatch          *watch,
              const BackstayLocalPrograms *programs,
              const char                  *directory,
              char                       **output)
{
  /* Small segments of log: a local database is small, and so is the disk it may be on. What a
   * failure leaves is kept until it is known whether it filled the disk. */
  const char *argv[] = { programs->initdb,
                         "--pgdata", directory,
                         "--username=backstay",
                         "--auth=trust",
                         "--encoding=UTF8",
                         "--locale=C",
                         get_ctype_argument (),
                         "--wal-segsize=1",
                         "--no-sync",
                         "--no-clean",
                         NULL };

  return backstay_local_process_run (watch, argv, NULL, output);
}

static gboolean
make_database (BackstayLocalFolder         *folder,
               BackstayLocalWatch          *watch,
               const BackstayLocalPrograms *programs,
               const char                  *directory,
               char                       **output)
{
  const char *argv[] = { programs->postgres,
                         "--single", "-F",
                         "-D", directory,
                         "-c", "exit_on_error=on",
                         "-c", "log_min_messages=warning",
                         "postgres",
                         NULL };

  return backstay_local_process_run (watch, argv, "CREATE DATABASE backstay;\n", output);
}

/* All at once at the end, instead of file by file in the steps before. */
static gboolean
write_to_disk (BackstayLocalFolder         *folder,
               BackstayLocalWatch          *watch,
               const BackstayLocalPrograms *programs,
               const char                  *directory,
               char                       **output)
{
  const char *argv[] = { programs->initdb, "--sync-only", "--pgdata", directory, NULL };

  return folder->throw_away || backstay_local_process_run (watch, argv, NULL, output);
}

static gboolean
put_in_place (BackstayLocalFolder *folder,
              const char          *directory)
{
  int folder_fd;

  if (rename (directory, folder->cluster) != 0)
    return backstay_local_event_report_path (folder->cluster, errno);

  if ((folder_fd = open (folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) >= 0)
    {
      fsync (folder_fd);
      close (folder_fd);
    }

  return TRUE;
}

static gboolean
report_failure (BackstayLocalFolder *folder,
                const char          *output)
{
  g_autofree char *reason = backstay_local_log_dup_reason (output);

  if (backstay_local_log_tells_of_no_space (output) || backstay_local_folder_is_full (folder))
    return backstay_local_event_report (BACKSTAY_LOCAL_EVENT_NO_SPACE, folder->path, NULL);

  return backstay_local_event_report (BACKSTAY_LOCAL_EVENT_NOT_CREATED,
                                      folder->path, reason, NULL);
}

/**
 * backstay_local_cluster_create:
 *
 * Makes the cluster with the login and the database `backstay`. It is put in its place by one
 * rename, so that an interruption leaves nothing that could pass for a cluster. Reports a failure.
 *
 * Returns: whether the cluster is there
 */
gboolean
backstay_local_cluster_create (BackstayLocalFolder         *folder,
                               BackstayLocalWatch          *watch,
                               const BackstayLocalPrograms *programs)
{
  static gboolean (*const steps[]) (BackstayLocalFolder *, BackstayLocalWatch *,
                                    const BackstayLocalPrograms *, const char *, char **) = {
    make_cluster,
    make_database,
    write_to_disk,
  };
  g_autofree char *directory = g_strconcat (folder->cluster, ".new", NULL);
  gboolean         ok = TRUE;

  backstay_local_orphans_end (watch, directory);
  backstay_local_folder_remove (directory);
  backstay_local_event_report (BACKSTAY_LOCAL_EVENT_CREATING, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (steps) && ok; i++)
    {
      g_autofree char *output = NULL;

      ok = steps[i](folder, watch, programs, directory, &output);

      if (!ok && !watch->stopping)
        report_failure (folder, output);
    }

  if (ok && put_in_place (folder, directory))
    return TRUE;

  backstay_local_orphans_end (watch, directory);
  backstay_local_folder_remove (directory);

  return FALSE;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-local-postmaster"

#include "config.h"

#include "backstay-local-postmaster.h"

#include "backstay-local-event.h"
#include "backstay-local-log.h"
#include "backstay-local-orphans.h"
#include "backstay-local-process.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* A part of the socket's name; no such port is opened. */
#define PORT "5432"

#define READY_SECONDS 60
#define READY_POLL_MILLISECONDS 10

/* The lines of postmaster.pid that tell who writes it and how far it has come. */
#define PID_LINE 0
#define STATUS_LINE 7

/* How long the server may take for each way of stopping. To a quit it gives its own processes
 * 5 s. */
#define FAST_MILLISECONDS 8000
#define QUIT_MILLISECONDS 6000
#define KILL_MILLISECONDS 2000

/* On the command line instead of in the cluster's file, so that a newer Backstay can change them.
 * A log of statements would hold the configurations, and outlive the rows. */
static const char *const settings[] = {
  "listen_addresses=",
  "unix_socket_permissions=0700",
  "max_connections=40",
  "shared_buffers=32MB",
  "wal_level=minimal",
  "max_wal_senders=0",
  "jit=off",
  "timezone=UTC",
  "log_timezone=UTC",
  "log_destination=stderr",
  "logging_collector=off",
  "log_min_messages=warning",
  "log_min_error_statement=panic",
};

/* Safe for nothing but data that is thrown away. */
static const char *const throw_away_settings[] = {
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  /* Tests come in crowds. */
  "max_connections=150",
};

static void
add_settings (GPtrArray         *argv,
              const char *const *list,
              guint              n_settings)
{
  for (guint i = 0; i < n_settings; i++)
    {
      g_ptr_array_add (argv, g_strdup ("-c"));
      g_ptr_array_add (argv, g_strdup (list[i]));
    }
}

static GPtrArray *
list_arguments (BackstayLocalFolder         *folder,
                const BackstayLocalPrograms *programs)
{
  const char *const first[] = { programs->postgres,
                                "-D", folder->cluster,
                                "-k", folder->sockets,
                                "-p", PORT };
  GPtrArray        *argv = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    g_ptr_array_add (argv, g_strdup (first[i]));

  add_settings (argv, settings, G_N_ELEMENTS (settings));

  if (folder->throw_away)
    add_settings (argv, throw_away_settings, G_N_ELEMENTS (throw_away_settings));

  g_ptr_array_add (argv, NULL);

  return argv;
}

static pid_t
spawn (BackstayLocalFolder         *folder,
       const BackstayLocalPrograms *programs)
{
  g_autoptr (GPtrArray) argv = list_arguments (folder, programs);
  int   log_fd = backstay_local_log_open (folder->log);
  pid_t pid = -1;

  if (log_fd >= 0)
    {
      pid = backstay_local_process_spawn ((const char *const *) argv->pdata, -1, log_fd, SIGQUIT);
      close (log_fd);
    }

  if (pid < 0)
    backstay_local_event_report_path (folder->log, errno);

  return pid;
}

/* The file of an earlier server can still be there: the process id tells. */
static gboolean
is_ready (BackstayLocalFolder *folder,
          pid_t                pid)
{
  g_autofree char *path = g_build_filename (folder->cluster, "postmaster.pid", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;

  lines = g_strsplit (text, "\n", -1);

  return g_strv_length (lines) > STATUS_LINE &&
         g_ascii_strtoll (lines[PID_LINE], NULL, 10) == pid &&
         g_str_has_prefix (lines[STATUS_LINE], "ready");
}

static gboolean
report_end (BackstayLocalFolder *folder,
            BackstayLocalEvent   event)
{
  g_autofree char *text = backstay_local_log_read (folder->log);
  g_autofree char *reason = backstay_local_log_dup_reason (text);

  if (backstay_local_log_tells_of_no_space (text) || backstay_local_folder_is_full (folder))
    return backstay_local_event_report (BACKSTAY_LOCAL_EVENT_NO_SPACE, folder->path, NULL);

  return backstay_local_event_report (event, folder->log, reason, NULL);
}

/**
 * backstay_local_postmaster_start:
 *
 * Starts the server and waits until it takes connections. Reports either that or a failure.
 *
 * Returns: the server's process id, -1 on failure
 */
pid_t
backstay_local_postmaster_start (BackstayLocalFolder         *folder,
                                 BackstayLocalWatch          *watch,
                                 const BackstayLocalPrograms *programs)
{
  gint64 deadline = g_get_monotonic_time () + READY_SECONDS * G_USEC_PER_SEC;
  pid_t  pid;
  int    wait_status;

  backstay_local_orphans_end (watch, folder->cluster);
  backstay_local_event_report (BACKSTAY_LOCAL_EVENT_STARTING, NULL);

  if (!backstay_local_folder_choose_sockets (folder) || (pid = spawn (folder, programs)) < 0)
    return -1;

  while (!is_ready (folder, pid))
    {
      gboolean is_late = g_get_monotonic_time () >= deadline;

      if (backstay_local_process_has_ended (pid, &wait_status))
        {
          report_end (folder, BACKSTAY_LOCAL_EVENT_NOT_STARTED);
          return -1;
        }

      if (is_late)
        backstay_local_event_report (BACKSTAY_LOCAL_EVENT_TIMED_OUT, folder->log, NULL);

      if (is_late || watch->stopping)
        {
          backstay_local_postmaster_stop (folder, watch, pid);
          return -1;
        }

      backstay_local_watch_wait (watch, READY_POLL_MILLISECONDS);
    }

  backstay_local_event_report (BACKSTAY_LOCAL_EVENT_READY, folder->sockets, PORT, NULL);

  return pid;
}

/**
 * backstay_local_postmaster_wait_until_lost:
 * @pid: the server's process id
 *
 * Waits until the server ends by itself, which is reported, or the keeper is to stop.
 *
 * Returns: whether the server ended
 */
gboolean
backstay_local_postmaster_wait_until_lost (BackstayLocalFolder *folder,
                                           BackstayLocalWatch  *watch,
                                           pid_t                pid)
{
  int wait_status;

  while (!watch->stopping)
    {
      if (backstay_local_process_has_ended (pid, &wait_status))
        {
          report_end (folder, BACKSTAY_LOCAL_EVENT_LOST);
          backstay_local_orphans_end (watch, folder->cluster);
          return TRUE;
        }

      backstay_local_watch_wait (watch, -1);
    }

  return FALSE;
}

/**
 * backstay_local_postmaster_stop:
 * @pid: the server's process id
 *
 * Stops the server: in order, unless its data is thrown away anyhow or it takes too long.
 */
void
backstay_local_postmaster_stop (BackstayLocalFolder *folder,
                                BackstayLocalWatch  *watch,
                                pid_t                pid)
{
  if (!folder->throw_away &&
      backstay_local_process_end (watch, pid, SIGINT, FAST_MILLISECONDS))
    return;

  if (backstay_local_process_end (watch, pid, SIGQUIT, QUIT_MILLISECONDS))
    return;

  if (!backstay_local_process_end (watch, pid, SIGKILL, KILL_MILLISECONDS))
    g_warning ("The server, process %d, does not end", (int) pid);

  /* A server that was killed could not end its own processes. */
  backstay_local_orphans_end (watch, folder->cluster);
}

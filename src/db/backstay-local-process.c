/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-local-process"

#include "config.h"

#include "backstay-local-process.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* How long a program that is not needed any more may take to end. */
#define TERM_MILLISECONDS 2000
#define KILL_MILLISECONDS 2000

G_GNUC_NORETURN static void
become_program (const char *const *argv,
                int                input_fd,
                int                output_fd,
                int                death_signal,
                pid_t              keeper)
{
  setpgid (0, 0);
  backstay_local_watch_release_signals ();

  /* Even a keeper that is killed leaves nothing running. It may have been before this line, when
   * nobody would have sent the signal. */
  if (prctl (PR_SET_PDEATHSIG, death_signal) != 0 || getppid () != keeper)
    _exit (127);

  if (dup2 (input_fd, STDIN_FILENO) >= 0 &&
      dup2 (output_fd, STDOUT_FILENO) >= 0 &&
      dup2 (output_fd, STDERR_FILENO) >= 0)
    execv (argv[0], (char *const *) argv);

  _exit (127);
}

/**
 * backstay_local_process_spawn:
 * @argv: the program's path and its arguments
 * @input_fd: its standard input, -1 for none
 * @output_fd: its standard output and error
 * @death_signal: what to send it when the keeper ends before it
 *
 * Starts a program in a process group of its own.
 *
 * Returns: its process id, -1 on failure with `errno` set
 */
pid_t
backstay_local_process_spawn (const char *const *argv,
                              int                input_fd,
                              int                output_fd,
                              int                death_signal)
{
  pid_t keeper = getpid ();
  int   null_fd = open ("/dev/null", O_RDWR | O_CLOEXEC);
  pid_t pid;

  if (null_fd < 0)
    return -1;

  pid = fork ();

  if (pid == 0)
    become_program (argv, input_fd >= 0 ? input_fd : null_fd, output_fd, death_signal, keeper);

  /* Done on both sides, so that the group exists whichever of the two runs first. */
  if (pid > 0)
    setpgid (pid, pid);

  close (null_fd);

  return pid;
}

/**
 * backstay_local_process_has_ended:
 * @pid: a child that was not yet found to have ended
 * @wait_status: (out): how it ended, as from `waitpid()`
 *
 * Looks whether a child has ended, without waiting.
 *
 * Returns: whether it has
 */
gboolean
backstay_local_process_has_ended (pid_t pid,
                                  int  *wait_status)
{
  *wait_status = -1;

  return waitpid (pid, wait_status, WNOHANG) != 0;
}

/**
 * backstay_local_process_end:
 * @pid: a child
 * @signal_number: the signal to send it
 * @milliseconds: how long to wait for its end
 *
 * Sends a child a signal and waits for its end.
 *
 * Returns: whether it ended in time
 */
gboolean
backstay_local_process_end (BackstayLocalWatch *watch,
                            pid_t               pid,
                            int                 signal_number,
                            guint               milliseconds)
{
  gint64 deadline = g_get_monotonic_time () + milliseconds * G_GINT64_CONSTANT (1000);
  int    wait_status;

  kill (pid, signal_number);

  while (!backstay_local_process_has_ended (pid, &wait_status))
    {
      gint64 left = deadline - g_get_monotonic_time ();

      if (left <= 0)
        return FALSE;

      backstay_local_watch_wait (watch, (int) (left / 1000) + 1);
    }

  return TRUE;
}

static int
open_memory (const char *content)
{
  int    fd = memfd_create ("backstay-local", MFD_CLOEXEC);
  size_t length = content != NULL ? strlen (content) : 0;

  if (fd < 0)
    return -1;

  if (write (fd, content != NULL ? content : "", length) != (ssize_t) length ||
      lseek (fd, 0, SEEK_SET) != 0)
    {
      close (fd);
      return -1;
    }

  return fd;
}

static char *
dup_memory (int fd)
{
  struct stat      status = { 0 };
  g_autofree char *content = NULL;
  ssize_t          n_read;

  if (fstat (fd, &status) != 0)
    return g_strdup ("");

  content = g_malloc0 (status.st_size + 1);
  n_read = pread (fd, content, status.st_size, 0);
  content[MAX (n_read, 0)] = '\0';

  return g_utf8_make_valid (content, -1);
}

static gboolean
run_with_fds (BackstayLocalWatch *watch,
              const char *const  *argv,
              int                 input_fd,
              int                 output_fd)
{
  pid_t pid = backstay_local_process_spawn (argv, input_fd, output_fd, SIGTERM);
  int   wait_status;

  if (pid < 0)
    return FALSE;

  while (!backstay_local_process_has_ended (pid, &wait_status))
    {
      backstay_local_watch_wait (watch, -1);

      if (watch->stopping)
        {
          /* A killed PostgreSQL leaves its shared memory behind, one that is told to end does not.
           * The children of initdb end with their input, which comes from it. */
          if (!backstay_local_process_end (watch, pid, SIGTERM, TERM_MILLISECONDS))
            {
              kill (-pid, SIGKILL);
              backstay_local_process_end (watch, pid, SIGKILL, KILL_MILLISECONDS);
            }

          return FALSE;
        }
    }

  return WIFEXITED (wait_status) && WEXITSTATUS (wait_status) == 0;
}

/**
 * backstay_local_process_run:
 * @argv: the program's path and its arguments
 * @input: (nullable): what it reads
 * @output: (out) (transfer full): what it printed. It is kept in memory, because the disk may be
 *   full, which is what the output would tell.
 *
 * Runs a program to its end. Kills it when the keeper is to stop.
 *
 * Returns: whether it succeeded
 */
gboolean
backstay_local_process_run (BackstayLocalWatch *watch,
                            const char *const  *argv,
                            const char         *input,
                            char              **output)
{
  int      input_fd = open_memory (input);
  int      output_fd = open_memory (NULL);
  gboolean ok = FALSE;

  if (input_fd >= 0 && output_fd >= 0)
    ok = run_with_fds (watch, argv, input_fd, output_fd);

  *output = output_fd >= 0 ? dup_memory (output_fd) : g_strdup ("");

  if (input_fd >= 0)
    close (input_fd);

  if (output_fd >= 0)
    close (output_fd);

  return ok;
}

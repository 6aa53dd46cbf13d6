/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-local-watch"

#include "config.h"

#include "backstay-local-watch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

/* SIGTERM asks the keeper to stop. Ctrl+C in the terminal that Backstay was started from, and the
 * terminal's end, are Backstay's own business: the keeper learns of its end through the pipe. So
 * is a report that nobody reads any more.
 *
 * All of them are blocked instead of ignored, since a child is born that way. One that ignored
 * them would lose what it is sent before it has become another program. */
static const int blocked_signals[] = { SIGCHLD, SIGTERM, SIGINT, SIGHUP, SIGPIPE };

/**
 * backstay_local_watch_init:
 *
 * Starts to watch standard input, SIGTERM and the children.
 *
 * Returns: whether that worked
 */
gboolean
backstay_local_watch_init (BackstayLocalWatch *self)
{
  sigset_t signals;

  sigemptyset (&signals);

  for (guint i = 0; i < G_N_ELEMENTS (blocked_signals); i++)
    sigaddset (&signals, blocked_signals[i]);

  sigprocmask (SIG_BLOCK, &signals, NULL);

  self->stopping = FALSE;
  self->signal_fd = signalfd (-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);

  return self->signal_fd >= 0;
}

/**
 * backstay_local_watch_clear:
 *
 * Ends the watch.
 */
void
backstay_local_watch_clear (BackstayLocalWatch *self)
{
  if (self->signal_fd >= 0)
    close (g_steal_fd (&self->signal_fd));
}

static void
read_signals (BackstayLocalWatch *self)
{
  struct signalfd_siginfo info;

  while (read (self->signal_fd, &info, sizeof info) == sizeof info)
    {
      if (info.ssi_signo == SIGTERM)
        self->stopping = TRUE;
    }
}

/* Backstay never writes to the pipe: the kernel closes its end when Backstay ends in any way. */
static void
read_owner (BackstayLocalWatch *self)
{
  char    buffer[64];
  ssize_t n_read = read (STDIN_FILENO, buffer, sizeof buffer);

  if (n_read == 0 || (n_read < 0 && errno != EINTR && errno != EAGAIN))
    self->stopping = TRUE;
}

/**
 * backstay_local_watch_wait:
 * @milliseconds: how long at most, -1 for no limit
 *
 * Waits until a child ended, or the keeper is to stop, or the time is over.
 */
void
backstay_local_watch_wait (BackstayLocalWatch *self,
                           int                 milliseconds)
{
  struct pollfd fds[] = {
    { .fd = self->signal_fd, .events = POLLIN },
    { .fd = STDIN_FILENO, .events = POLLIN },
  };
  /* Once at its end, standard input would wake every further wait. */
  nfds_t n_fds = self->stopping ? 1 : 2;

  if (poll (fds, n_fds, milliseconds) <= 0)
    return;

  if (fds[0].revents != 0)
    read_signals (self);

  if (n_fds > 1 && fds[1].revents != 0)
    read_owner (self);
}

/**
 * backstay_local_watch_release_signals:
 *
 * Gives a child, before it becomes another program, the signals that programs expect.
 */
void
backstay_local_watch_release_signals (void)
{
  sigset_t signals;

  sigemptyset (&signals);
  sigprocmask (SIG_SETMASK, &signals, NULL);
}

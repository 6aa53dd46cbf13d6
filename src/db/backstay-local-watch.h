/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BackstayLocalWatch:
 * @signal_fd: where the end of a child and SIGTERM are read from
 * @stopping: whether Backstay ended, or somebody asked the keeper to
 *
 * What the keeper waits on. The keeper has one thread and runs from top to bottom; whatever takes
 * time in it waits through here, and gives up as soon as @stopping is set.
 */
typedef struct
{
  int      signal_fd;
  gboolean stopping;
} BackstayLocalWatch;

gboolean backstay_local_watch_init (BackstayLocalWatch *self);
void     backstay_local_watch_clear (BackstayLocalWatch *self);
void     backstay_local_watch_wait (BackstayLocalWatch *self,
                                    int                 milliseconds);
void     backstay_local_watch_release_signals (void);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-window-clock"

#include "config.h"

#include "backstay-window-private.h"

/* "5 minutes ago" grows old. All of it is said anew at once, so that no two places differ, and only
 * where it can be seen; what comes in sight says it by itself. */

#define CLOCK_SECONDS 60

static gboolean
clock_cb (gpointer user_data)
{
  BackstayWindow *self = user_data;

  backstay_overview_update_times (self->overview);
  backstay_history_view_update_times (self->history_view);
  backstay_version_view_update_times (self->version_view);

  return G_SOURCE_CONTINUE;
}

void
backstay_window_start_clock (BackstayWindow *self)
{
  if (self->clock_id == 0)
    self->clock_id = g_timeout_add_seconds (CLOCK_SECONDS, clock_cb, self);
}

void
backstay_window_stop_clock (BackstayWindow *self)
{
  g_clear_handle_id (&self->clock_id, g_source_remove);
}

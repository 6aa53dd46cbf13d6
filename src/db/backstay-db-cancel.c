/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-db-cancel"

#include "config.h"

#include "backstay-db-cancel.h"

/* A request to cancel. PQcancel() blocks, for ever if the postmaster hangs, so it gets a thread of
 * its own, which may outlive whoever asked. An atomic reference-counted box. */
struct _BackstayDbCancel
{
  PGcancel *request;
  GMutex    mutex;
  GCond     cond;
  gboolean  sent;
};

static void
cancel_clear (gpointer data)
{
  BackstayDbCancel *self = data;

  PQfreeCancel (self->request);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
}

static gpointer
cancel_thread (gpointer data)
{
  BackstayDbCancel *self = data;
  char              buffer[256];

  PQcancel (self->request, buffer, sizeof buffer);

  g_mutex_lock (&self->mutex);
  self->sent = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);

  backstay_db_cancel_unref (self);

  return NULL;
}

/* Asks the server to end what a connection is doing. Gives %NULL where there is nothing to ask. */
BackstayDbCancel *
backstay_db_cancel_send (PGconn *conn)
{
  PGcancel         *request = PQgetCancel (conn);
  BackstayDbCancel *self;

  if (request == NULL)
    return NULL;

  self = g_atomic_rc_box_new0 (BackstayDbCancel);
  self->request = request;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);

  g_thread_unref (g_thread_new ("backstay-cancel", cancel_thread, g_atomic_rc_box_acquire (self)));

  return self;
}

/* Waits until the request has done its work: the server signals the connection's process before it
 * ends the request, and a process without a statement takes no notice. */
gboolean
backstay_db_cancel_wait (BackstayDbCancel *self,
                         gint64            limit)
{
  gboolean in_time = TRUE;

  g_mutex_lock (&self->mutex);
  while (!self->sent && in_time)
    in_time = g_cond_wait_until (&self->cond, &self->mutex, limit);
  g_mutex_unlock (&self->mutex);

  return in_time;
}

void
backstay_db_cancel_unref (BackstayDbCancel *self)
{
  g_atomic_rc_box_release_full (self, cancel_clear);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-db-session-open"

#include "config.h"

#include "backstay-db-session-private.h"

#include "backstay-db-connect.h"
#include "backstay-db-error.h"

#include <glib/gi18n-lib.h>
#include <libpq-fe.h>

/* The life of a session: how it connects, and what it does for one job after another. For the worker, in
 * its thread. */

/* Connecting may take this long, however long the job itself may take. */
#define CONNECT_MSEC 10000

BackstayDbSession *
backstay_db_session_new (BackstayDbConfig *config,
                         int               wake_fd,
                         gsize            *received)
{
  BackstayDbSession *self = g_new0 (BackstayDbSession, 1);

  self->config = g_object_ref (config);
  self->wake_fd = wake_fd;
  self->received = received;

  return self;
}

void
backstay_db_session_free (BackstayDbSession *self)
{
  backstay_db_session_close_connection (self);
  g_clear_pointer (&self->cancel, backstay_db_cancel_unref);
  g_object_unref (self->config);
  g_free (self);
}

void
backstay_db_session_begin_job (BackstayDbSession *self,
                               GCancellable      *cancellable,
                               const int         *abandoned,
                               gint64             deadline)
{
  self->cancellable = cancellable;
  self->abandoned = abandoned;
  self->cancel_sent = FALSE;
  self->in_commit = FALSE;
  self->deadline = deadline;
  self->received_before = backstay_db_session_count_received (self);
  g_atomic_pointer_set (self->received, 0);
}

void
backstay_db_session_end_job (BackstayDbSession *self)
{
  backstay_db_session_settle_cancel (self);
  backstay_db_session_rollback (self);
  self->cancellable = NULL;
  self->abandoned = NULL;
}

gboolean
backstay_db_session_is_open (BackstayDbSession *self)
{
  return self->conn != NULL;
}

int
backstay_db_session_get_fd (BackstayDbSession *self)
{
  return self->conn != NULL ? PQsocket (self->conn) : -1;
}

/* Looks whether the connection died while it was idle. */
gboolean
backstay_db_session_check_alive (BackstayDbSession *self)
{
  if (self->conn == NULL)
    return FALSE;

  if (PQstatus (self->conn) == CONNECTION_OK && PQconsumeInput (self->conn))
    return TRUE;

  backstay_db_session_close_connection (self);

  return FALSE;
}

static gboolean
is_abandoned (BackstayDbSession *self)
{
  return self->abandoned != NULL && g_atomic_int_get (self->abandoned) != 0;
}

/* Waits for one step of connecting. Nothing has to be cancelled on the server yet: an abandoned
 * job just closes the line. */
static gboolean
wait_for_step (PGconn  *conn,
               short    events,
               gint64   limit,
               gpointer user_data,
               GError **error)
{
  BackstayDbSession *self = user_data;

  for (;;)
    {
      if (is_abandoned (self) || backstay_db_session_is_cancelled (self))
        {
          backstay_db_session_set_cancelled (error);
          return FALSE;
        }

      if (g_get_monotonic_time () >= limit)
        {
          g_set_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONNECT,
                       _ ("No connection to %s: there was no answer in time."),
                       backstay_db_config_get_label (self->config));
          return FALSE;
        }

      if (backstay_db_session_poll_socket (self, conn, events, limit))
        return TRUE;
    }
}

/* Connects unless it is connected. */
gboolean
backstay_db_session_open (BackstayDbSession *self,
                          GError           **error)
{
  gint64 limit;

  if (backstay_db_session_check_alive (self))
    return TRUE;

  limit = MIN (self->deadline, g_get_monotonic_time () + CONNECT_MSEC * 1000);
  self->received_before = 0;
  self->conn = backstay_db_connect (self->config, limit, wait_for_step, self, error);

  return self->conn != NULL;
}

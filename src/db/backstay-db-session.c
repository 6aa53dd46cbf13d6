/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-db-session"

#include "config.h"

#include "backstay-db-session-private.h"

#include "backstay-db-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <libpq-fe.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

/* After asking the server to cancel, this long for it to say so; then the line is dropped. */
#define GRACE_MSEC 2000

void
backstay_db_session_close_connection (BackstayDbSession *self)
{
  g_clear_pointer (&self->conn, PQfinish);
}

static void
ask_server_to_cancel (BackstayDbSession *self)
{
  g_clear_pointer (&self->cancel, backstay_db_cancel_unref);
  self->cancel = backstay_db_cancel_send (self->conn);
}

/* Waits until a request to cancel has done its work, or it would end whatever runs next here. */
void
backstay_db_session_settle_cancel (BackstayDbSession *self)
{
  gint64 limit = g_get_monotonic_time () + GRACE_MSEC * 1000;

  if (self->cancel == NULL)
    return;

  if (self->conn != NULL && !backstay_db_cancel_wait (self->cancel, limit))
    backstay_db_session_close_connection (self);

  g_clear_pointer (&self->cancel, backstay_db_cancel_unref);
}

gboolean
backstay_db_session_is_cancelled (BackstayDbSession *self)
{
  return !self->in_commit && g_cancellable_is_cancelled (self->cancellable);
}

void
backstay_db_session_set_cancelled (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled"));
}

static void
set_timed_out (GError **error)
{
  g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_TIMEOUT,
                       _ ("The server did not answer in time."));
}

static void
set_unknown (GError **error)
{
  g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN,
                       _ ("The connection broke while the change was being committed."));
}

static void
set_lost (BackstayDbSession *self,
          GError           **error)
{
  if (self->in_commit)
    set_unknown (error);
  else
    g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_LOST,
                         _ ("The connection to the server broke."));
}

/* Gives the connection up. Always returns FALSE. */
static gboolean
lose_connection (BackstayDbSession *self,
                 GError           **error)
{
  backstay_db_session_close_connection (self);
  set_lost (self, error);

  return FALSE;
}

static gboolean
give_up_silent_server (BackstayDbSession *self,
                       GError           **error)
{
  backstay_db_session_close_connection (self);

  if (self->in_commit)
    set_unknown (error);
  else if (backstay_db_session_is_cancelled (self))
    backstay_db_session_set_cancelled (error);
  else
    set_timed_out (error);

  return FALSE;
}

/* Sleeps until the socket is ready, the worker is woken, or @limit. */
gboolean
backstay_db_session_poll_socket (BackstayDbSession *self,
                                 PGconn            *conn,
                                 short              events,
                                 gint64             limit)
{
  struct pollfd fds[] = {
    { PQsocket (conn), events, 0 },
    { self->wake_fd, POLLIN, 0 },
  };
  gint64 msec = (limit - g_get_monotonic_time () + 999) / 1000;

  if (poll (fds, G_N_ELEMENTS (fds), (int) CLAMP (msec, 1, G_MAXINT)) <= 0)
    return FALSE;

  if (fds[1].revents != 0)
    {
      guint64 count;

      /* The eventfd does not block; that it was empty already is as good. */
      if (read (self->wake_fd, &count, sizeof count) < 0)
        g_assert (errno == EAGAIN || errno == EINTR);
    }

  return fds[0].revents != 0;
}

/* Waits for the socket during a statement. When the job is cancelled or late the server is asked,
 * once, to end the statement, which comes back as an error of its own; a server that does not
 * answer to that either loses the line. */
static gboolean
wait_for_server (BackstayDbSession *self,
                 short              events,
                 GError           **error)
{
  for (;;)
    {
      gint64 now = g_get_monotonic_time ();

      if (!self->cancel_sent && (backstay_db_session_is_cancelled (self) || now >= self->deadline))
        {
          self->cancel_sent = TRUE;
          self->deadline = now + GRACE_MSEC * 1000;

          /* A commit is never cancelled: what it did has to be found out. */
          if (!self->in_commit)
            ask_server_to_cancel (self);
        }
      else if (now >= self->deadline)
        {
          return give_up_silent_server (self, error);
        }

      if (backstay_db_session_poll_socket (self, self->conn, events, self->deadline))
        return TRUE;
    }
}

static gboolean
flush_output (BackstayDbSession *self,
              GError           **error)
{
  int pending;

  while ((pending = PQflush (self->conn)) != 0)
    {
      if (pending < 0)
        return lose_connection (self, error);

      /* Reading too, or both sides may wait for the other to read. */
      if (!wait_for_server (self, POLLIN | POLLOUT, error))
        return FALSE;

      if (!PQconsumeInput (self->conn))
        return lose_connection (self, error);
    }

  return TRUE;
}

/* Sets @result to %NULL at the end of a statement's results. */
static gboolean
next_result (BackstayDbSession *self,
             PGresult         **result,
             GError           **error)
{
  while (PQisBusy (self->conn))
    {
      if (!wait_for_server (self, POLLIN, error))
        return FALSE;

      if (!PQconsumeInput (self->conn))
        return lose_connection (self, error);

      g_atomic_pointer_set (self->received, backstay_db_session_count_received (self) - self->received_before);
    }

  *result = PQgetResult (self->conn);

  return TRUE;
}

static GError *
error_from_result (BackstayDbSession *self,
                   const PGresult    *result)
{
  const char *sqlstate = PQresultErrorField (result, PG_DIAG_SQLSTATE);
  const char *message = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);
  GError     *error = NULL;

  /* A broken line gives a result of libpq's own making. */
  if (sqlstate == NULL && PQstatus (self->conn) == CONNECTION_BAD)
    set_lost (self, &error);
  else if (g_strcmp0 (sqlstate, "57014") == 0 && backstay_db_session_is_cancelled (self))
    backstay_db_session_set_cancelled (&error);
  else if (g_strcmp0 (sqlstate, "57014") == 0 && self->cancel_sent)
    set_timed_out (&error);
  else
    error = backstay_db_error_new_sql (sqlstate, message);

  /* The commit itself may have been lost with the backend that was told to end. */
  if (self->in_commit && g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_LOST))
    {
      g_clear_error (&error);
      set_unknown (&error);
    }

  return error;
}

static gboolean
is_failure (const PGresult *result)
{
  ExecStatusType status = PQresultStatus (result);

  return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE;
}

static gboolean
send_pipeline (BackstayDbSession         *self,
               const BackstayDbStatement *statements,
               guint                      n_statements,
               GError                   **error)
{
  if (!PQenterPipelineMode (self->conn))
    return lose_connection (self, error);

  for (guint i = 0; i < n_statements; i++)
    {
      if (!PQsendQueryParams (self->conn,
                              statements[i].sql,
                              statements[i].n_params,
                              NULL,
                              statements[i].params,
                              NULL,
                              NULL,
                              0))
        return lose_connection (self, error);
    }

  if (!PQpipelineSync (self->conn))
    return lose_connection (self, error);

  return flush_output (self, error);
}

/* Reads what a pipeline gave back, up to its end. @failure is set to the first error of the
 * server's; FALSE means that the connection itself is gone. */
static gboolean
receive_pipeline (BackstayDbSession *self,
                  GPtrArray         *rows,
                  GError           **failure,
                  GError           **error)
{
  for (;;)
    {
      PGresult *result;

      if (!next_result (self, &result, error))
        return FALSE;

      if (result == NULL) /* Separates the statements. */
        {
          if (PQstatus (self->conn) == CONNECTION_BAD)
            return lose_connection (self, error);
          continue;
        }

      if (PQresultStatus (result) == PGRES_PIPELINE_SYNC)
        {
          PQclear (result);
          return TRUE;
        }

      g_ptr_array_add (rows, backstay_db_rows_new_take (result));

      if (is_failure (result) && *failure == NULL)
        *failure = error_from_result (self, result);

      if (PQstatus (self->conn) == CONNECTION_BAD)
        {
          if (*failure == NULL)
            set_lost (self, failure);

          backstay_db_session_close_connection (self);
          g_propagate_error (error, g_steal_pointer (failure));
          return FALSE;
        }
    }
}

static gboolean
can_start (BackstayDbSession *self,
           GError           **error)
{
  backstay_db_session_settle_cancel (self);

  if (self->conn == NULL)
    return lose_connection (self, error);

  if (backstay_db_session_is_cancelled (self))
    {
      backstay_db_session_set_cancelled (error);
      return FALSE;
    }

  return TRUE;
}

/**
 * backstay_db_session_run:
 * @statements: (array length=n_statements): what to run
 * @n_statements: their number
 * @error: return location for an error
 *
 * Runs statements in one round trip. The first one that fails ends the rest.
 *
 * Returns: (transfer full) (element-type BackstayDbRows): the rows of each statement, or %NULL with
 *   an error of %BACKSTAY_DB_ERROR or %G_IO_ERROR_CANCELLED
 */
GPtrArray *
backstay_db_session_run (BackstayDbSession         *self,
                         const BackstayDbStatement *statements,
                         guint                      n_statements,
                         GError                   **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_statements > 0, NULL);

  if (!can_start (self, error) || !send_pipeline (self, statements, n_statements, error))
    return NULL;

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) backstay_db_rows_unref);

  if (!receive_pipeline (self, rows, &failure, error))
    return NULL;

  PQexitPipelineMode (self->conn);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  g_assert (rows->len == n_statements);

  return g_steal_pointer (&rows);
}

/**
 * backstay_db_session_run_script:
 * @script: any number of statements, separated by semicolons
 * @error: return location for an error
 *
 * Runs a script that is a part of Backstay. Nothing that a user typed belongs in it. Nothing is sent where
 * the user wants no writes.
 *
 * Returns: whether all of it succeeded
 */
gboolean
backstay_db_session_run_script (BackstayDbSession *self,
                                const char        *script,
                                GError           **error)
{
  g_autoptr (GError) failure = NULL;
  PGresult *result = NULL;

  g_return_val_if_fail (self != NULL && script != NULL, FALSE);

  if (backstay_db_config_get_safe_mode (self->config) == BACKSTAY_DB_SAFE_MODE_NO_WRITES)
    {
      g_propagate_error (error, backstay_db_error_new_no_writes ());
      return FALSE;
    }

  if (!can_start (self, error))
    return FALSE;

  if (!PQsendQuery (self->conn, script))
    return lose_connection (self, error);

  if (!flush_output (self, error))
    return FALSE;

  do
    {
      if (!next_result (self, &result, error))
        return FALSE;

      if (result != NULL && is_failure (result) && failure == NULL)
        failure = error_from_result (self, result);

      PQclear (result);
    }
  while (result != NULL);

  if (PQstatus (self->conn) == CONNECTION_BAD)
    backstay_db_session_close_connection (self);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

/**
 * backstay_db_session_commit:
 * @error: return location for an error
 *
 * Ends a transaction. From here on a broken connection leaves an unknown outcome, which is
 * reported as %BACKSTAY_DB_ERROR_UNKNOWN and has to be found out; and cancelling has no effect.
 *
 * Returns: whether the server said that it is done
 */
gboolean
backstay_db_session_commit (BackstayDbSession *self,
                            GError           **error)
{
  const BackstayDbStatement statement = { "COMMIT", NULL, 0 };
  g_autoptr (GPtrArray) rows = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  /* Before anything is sent the outcome is known, and cancelling still is an answer. */
  if (!can_start (self, error))
    return FALSE;

  self->in_commit = TRUE;
  rows = backstay_db_session_run (self, &statement, 1, error);
  self->in_commit = FALSE;

  if (rows == NULL)
    return FALSE;

  /* A transaction that had failed answers ROLLBACK, and no error. */
  if (g_strcmp0 (backstay_db_rows_get_command (g_ptr_array_index (rows, 0)), "COMMIT") != 0)
    {
      g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_SQL,
                           _ ("The server took the change back instead of committing it."));
      return FALSE;
    }

  return TRUE;
}

/**
 * backstay_db_session_rollback:
 *
 * Takes an open transaction back, also one that was cancelled. A server that does not answer
 * loses the line, which has the same effect.
 *
 * Returns: whether no transaction is open any more
 */
gboolean
backstay_db_session_rollback (BackstayDbSession *self)
{
  const BackstayDbStatement statement = { "ROLLBACK", NULL, 0 };
  g_autoptr (GPtrArray) rows = NULL;
  GCancellable *cancellable;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->conn == NULL || PQtransactionStatus (self->conn) == PQTRANS_IDLE)
    return TRUE;

  cancellable = g_steal_pointer (&self->cancellable);
  self->cancel_sent = FALSE;
  self->deadline = g_get_monotonic_time () + GRACE_MSEC * 1000;
  rows = backstay_db_session_run (self, &statement, 1, NULL);
  self->cancellable = cancellable;

  if (self->conn != NULL && PQtransactionStatus (self->conn) != PQTRANS_IDLE)
    backstay_db_session_close_connection (self);

  return TRUE;
}

/**
 * backstay_db_session_set_deadline:
 * @milliseconds: from now on
 *
 * Gives the job more time, or less.
 */
void
backstay_db_session_set_deadline (BackstayDbSession *self,
                                  guint              milliseconds)
{
  g_return_if_fail (self != NULL);

  self->deadline = g_get_monotonic_time () + milliseconds * G_GINT64_CONSTANT (1000);
}

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

/* Connecting may take this long, however long the job itself may take. */
#define CONNECT_MSEC 10000

/* A request to cancel, which a thread of its own sends. An atomic reference-counted box. */
typedef struct
{
  PGcancel *request;
  GMutex    mutex;
  GCond     cond;
  gboolean  sent;
} Cancel;

struct _BackstayDbSession
{
  BackstayDbConfig *config;
  PGconn           *conn;    /* %NULL while there is no connection. */
  int               wake_fd; /* Borrowed; becomes readable when a job may have been cancelled. */

  Cancel *cancel; /* %NULL unless a request may still be on its way. */

  /* The current job's. */
  GCancellable *cancellable;
  const int    *abandoned; /* Becomes non-zero when nobody waits for the job any more. */
  gint64        deadline;  /* In microseconds of the monotonic clock. */
  guint         cancel_sent : 1;
  guint         in_commit : 1;
};

static void
close_connection (BackstayDbSession *self)
{
  g_clear_pointer (&self->conn, PQfinish);
}

static void
cancel_clear (gpointer data)
{
  Cancel *cancel = data;

  PQfreeCancel (cancel->request);
  g_mutex_clear (&cancel->mutex);
  g_cond_clear (&cancel->cond);
}

static void
cancel_unref (Cancel *cancel)
{
  g_atomic_rc_box_release_full (cancel, cancel_clear);
}

static gpointer
cancel_thread (gpointer data)
{
  Cancel *cancel = data;
  char    buffer[256];

  PQcancel (cancel->request, buffer, sizeof buffer);

  g_mutex_lock (&cancel->mutex);
  cancel->sent = TRUE;
  g_cond_signal (&cancel->cond);
  g_mutex_unlock (&cancel->mutex);

  cancel_unref (cancel);

  return NULL;
}

/* PQcancel() blocks, for ever if the postmaster hangs, so it gets a thread of its own. */
static void
ask_server_to_cancel (BackstayDbSession *self)
{
  PGcancel *request = PQgetCancel (self->conn);
  Cancel   *cancel;

  if (request == NULL)
    return;

  cancel = g_atomic_rc_box_new0 (Cancel);
  cancel->request = request;
  g_mutex_init (&cancel->mutex);
  g_cond_init (&cancel->cond);

  g_clear_pointer (&self->cancel, cancel_unref);
  self->cancel = g_atomic_rc_box_acquire (cancel);
  g_thread_unref (g_thread_new ("backstay-cancel", cancel_thread, cancel));
}

/* Waits until a request to cancel has done its work, or it would end whatever runs next here. The
 * server signals the connection's process before it ends the request, and a process without a
 * statement takes no notice. */
static void
settle_cancel (BackstayDbSession *self)
{
  Cancel  *cancel = self->cancel;
  gint64   limit = g_get_monotonic_time () + GRACE_MSEC * 1000;
  gboolean in_time = TRUE;

  if (cancel == NULL)
    return;

  g_mutex_lock (&cancel->mutex);
  while (self->conn != NULL && !cancel->sent && in_time)
    in_time = g_cond_wait_until (&cancel->cond, &cancel->mutex, limit);
  g_mutex_unlock (&cancel->mutex);

  g_clear_pointer (&self->cancel, cancel_unref);

  if (!in_time)
    close_connection (self);
}

static gboolean
is_cancelled (BackstayDbSession *self)
{
  return !self->in_commit && g_cancellable_is_cancelled (self->cancellable);
}

static gboolean
is_abandoned (BackstayDbSession *self)
{
  return self->abandoned != NULL && g_atomic_int_get (self->abandoned) != 0;
}

static void
set_cancelled (GError **error)
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
  close_connection (self);
  set_lost (self, error);

  return FALSE;
}

static gboolean
give_up_silent_server (BackstayDbSession *self,
                       GError           **error)
{
  close_connection (self);

  if (self->in_commit)
    set_unknown (error);
  else if (is_cancelled (self))
    set_cancelled (error);
  else
    set_timed_out (error);

  return FALSE;
}

/* Sleeps until the socket is ready, the worker is woken, or @limit. */
static gboolean
poll_socket (BackstayDbSession *self,
             short              events,
             gint64             limit)
{
  struct pollfd fds[] = {
    { PQsocket (self->conn), events, 0 },
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

      if (!self->cancel_sent && (is_cancelled (self) || now >= self->deadline))
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

      if (poll_socket (self, events, self->deadline))
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
  else if (g_strcmp0 (sqlstate, "57014") == 0 && is_cancelled (self))
    set_cancelled (&error);
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

          close_connection (self);
          g_propagate_error (error, g_steal_pointer (failure));
          return FALSE;
        }
    }
}

static gboolean
can_start (BackstayDbSession *self,
           GError           **error)
{
  settle_cancel (self);

  if (self->conn == NULL)
    return lose_connection (self, error);

  if (is_cancelled (self))
    {
      set_cancelled (error);
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
 * Runs a script that is a part of Backstay. Nothing that a user typed belongs in it.
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
    close_connection (self);

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
    close_connection (self);

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

/**
 * backstay_db_session_get_host:
 *
 * Returns: (nullable): the host, or the socket's folder, that libpq connected to
 */
const char *
backstay_db_session_get_host (BackstayDbSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->conn != NULL ? PQhost (self->conn) : NULL;
}

/**
 * backstay_db_session_get_database:
 *
 * Returns: (nullable): the database's name
 */
const char *
backstay_db_session_get_database (BackstayDbSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->conn != NULL ? PQdb (self->conn) : NULL;
}

/**
 * backstay_db_session_get_user:
 *
 * Returns: (nullable): the login's name
 */
const char *
backstay_db_session_get_user (BackstayDbSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->conn != NULL ? PQuser (self->conn) : NULL;
}

/**
 * backstay_db_session_get_server_version:
 *
 * Returns: the server's version as a number, such as 150004; 0 without a connection
 */
int
backstay_db_session_get_server_version (BackstayDbSession *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->conn != NULL ? PQserverVersion (self->conn) : 0;
}

/**
 * backstay_db_session_get_backend_pid:
 *
 * Returns: the process that serves this connection, as the server told when it began; 0 without one
 */
int
backstay_db_session_get_backend_pid (BackstayDbSession *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->conn != NULL ? PQbackendPID (self->conn) : 0;
}

/**
 * backstay_db_session_get_encrypted:
 *
 * Returns: whether the connection is protected by TLS or GSSAPI
 */
gboolean
backstay_db_session_get_encrypted (BackstayDbSession *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->conn != NULL && (PQsslInUse (self->conn) || PQgssEncInUse (self->conn));
}

/* Private: for the worker, in its thread. */

BackstayDbSession *
backstay_db_session_new (BackstayDbConfig *config,
                         int               wake_fd)
{
  BackstayDbSession *self = g_new0 (BackstayDbSession, 1);

  self->config = g_object_ref (config);
  self->wake_fd = wake_fd;

  return self;
}

void
backstay_db_session_free (BackstayDbSession *self)
{
  close_connection (self);
  g_clear_pointer (&self->cancel, cancel_unref);
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
}

void
backstay_db_session_end_job (BackstayDbSession *self)
{
  settle_cancel (self);
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

  close_connection (self);

  return FALSE;
}

/* Drops notices: they can quote data, and libpq would print them. */
static void
notice_cb (void           *data,
           const PGresult *result)
{
  const char *sqlstate = PQresultErrorField (result, PG_DIAG_SQLSTATE);

  g_debug ("Notice with SQLSTATE %s", sqlstate != NULL ? sqlstate : "?????");
}

/* libpq gives no SQLSTATE for a refused connection; what it wanted of us tells the same, and
 * where that is silent, its words. */
static gboolean
is_refused_login (PGconn *conn)
{
  static const char *const words[] = { "authentication", "pg_hba.conf", "role ", "password" };
  const char              *message = PQerrorMessage (conn);

  if (PQconnectionNeedsPassword (conn) || PQconnectionUsedPassword (conn))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strstr (message, words[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
fail_connecting (BackstayDbSession *self,
                 GError           **error)
{
  g_autofree char *message = g_strstrip (g_strdup (PQerrorMessage (self->conn)));
  const char      *label = backstay_db_config_get_label (self->config);

  if (PQconnectionNeedsPassword (self->conn) && !PQconnectionUsedPassword (self->conn))
    g_set_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_AUTH,
                 _ ("The server asks for a password for %s. Put it into the file ~/.pgpass, or "
                    "into the environment variable PGPASSWORD."),
                 label);
  else
    g_set_error (error, BACKSTAY_DB_ERROR,
                 is_refused_login (self->conn) ? BACKSTAY_DB_ERROR_AUTH : BACKSTAY_DB_ERROR_CONNECT,
                 _ ("No connection to %s: %s"),
                 label, message);

  close_connection (self);

  return FALSE;
}

/* Waits for one step of connecting. Nothing has to be cancelled on the server yet: an abandoned
 * job just closes the line. */
static gboolean
wait_for_step (BackstayDbSession *self,
               short              events,
               gint64             limit,
               GError           **error)
{
  for (;;)
    {
      if (is_abandoned (self) || is_cancelled (self))
        {
          close_connection (self);
          set_cancelled (error);
          return FALSE;
        }

      if (g_get_monotonic_time () >= limit)
        {
          close_connection (self);
          g_set_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONNECT,
                       _ ("No connection to %s: there was no answer in time."),
                       backstay_db_config_get_label (self->config));
          return FALSE;
        }

      if (poll_socket (self, events, limit))
        return TRUE;
    }
}

/* Connects unless it is connected. Looking up the host's name blocks inside of libpq, which is
 * why this runs in a thread; all the rest of it heeds the job's deadline and its cancellation. */
gboolean
backstay_db_session_open (BackstayDbSession *self,
                          GError           **error)
{
  PostgresPollingStatusType step = PGRES_POLLING_WRITING;
  gint64                    limit;

  if (backstay_db_session_check_alive (self))
    return TRUE;

  limit = MIN (self->deadline, g_get_monotonic_time () + CONNECT_MSEC * 1000);
  self->conn = PQconnectStartParams (backstay_db_config_get_keywords (self->config),
                                     backstay_db_config_get_values (self->config),
                                     FALSE);
  g_assert (self->conn != NULL);
  PQsetNoticeReceiver (self->conn, notice_cb, NULL);

  if (PQstatus (self->conn) == CONNECTION_BAD)
    return fail_connecting (self, error);

  while (step != PGRES_POLLING_OK)
    {
      if (!wait_for_step (self, step == PGRES_POLLING_READING ? POLLIN : POLLOUT, limit, error))
        return FALSE;

      step = PQconnectPoll (self->conn);

      if (step == PGRES_POLLING_FAILED)
        return fail_connecting (self, error);
    }

  PQsetnonblocking (self->conn, TRUE);

  return TRUE;
}

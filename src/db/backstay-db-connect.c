/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-db-connect"

#include "config.h"

#include "backstay-db-connect.h"

#include "backstay-db-error.h"

#include <glib/gi18n-lib.h>
#include <poll.h>
#include <string.h>

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

static void
set_refused (PGconn           *conn,
             BackstayDbConfig *config,
             GError          **error)
{
  g_autofree char *message = g_strstrip (g_strdup (PQerrorMessage (conn)));
  const char      *label = backstay_db_config_get_label (config);

  if (PQconnectionNeedsPassword (conn) && !PQconnectionUsedPassword (conn))
    g_set_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_AUTH,
                 _ ("The server asks for a password for %s. Put it into the file ~/.pgpass, or "
                    "into the environment variable PGPASSWORD."),
                 label);
  else
    g_set_error (error, BACKSTAY_DB_ERROR,
                 is_refused_login (conn) ? BACKSTAY_DB_ERROR_AUTH : BACKSTAY_DB_ERROR_CONNECT,
                 _ ("No connection to %s: %s"),
                 label, message);
}

/* Connects. Looking up the host's name blocks inside of libpq, which is why this runs in a thread;
 * all the rest of it waits only as long as @wait does. Gives %NULL with an error. */
PGconn *
backstay_db_connect (BackstayDbConfig  *config,
                     gint64             limit,
                     BackstayDbWaitFunc wait,
                     gpointer           user_data,
                     GError           **error)
{
  PGconn                   *conn;
  PostgresPollingStatusType step = PGRES_POLLING_WRITING;

  conn = PQconnectStartParams (backstay_db_config_get_keywords (config),
                               backstay_db_config_get_values (config),
                               FALSE);
  g_assert (conn != NULL);
  PQsetNoticeReceiver (conn, notice_cb, NULL);

  if (PQstatus (conn) == CONNECTION_BAD)
    step = PGRES_POLLING_FAILED;

  while (step == PGRES_POLLING_READING || step == PGRES_POLLING_WRITING)
    {
      if (!wait (conn, step == PGRES_POLLING_READING ? POLLIN : POLLOUT, limit, user_data, error))
        {
          PQfinish (conn);
          return NULL;
        }

      step = PQconnectPoll (conn);
    }

  if (step != PGRES_POLLING_OK)
    {
      set_refused (conn, config, error);
      PQfinish (conn);
      return NULL;
    }

  PQsetnonblocking (conn, TRUE);

  return conn;
}

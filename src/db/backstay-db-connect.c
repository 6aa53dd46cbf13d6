/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-db-connect"

#include "config.h"

#include "backstay-db-connect.h"

#include "backstay-db-error.h"
#include "backstay-db-tls.h"

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

/* libpq gives the SQLSTATE of a refused connection only as a part of its verbose text, after the severity,
 * which the server may have translated: "FATAL:  28P01: ...". With several hosts the last one counts. */
static char *
dup_sqlstate (const char *message)
{
  g_autoptr (GRegex) regex = g_regex_new (":  ([0-9A-Z]{5}): ", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  char *sqlstate = NULL;

  for (g_regex_match (regex, message, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_free (sqlstate);
      sqlstate = g_match_info_fetch (match, 1);
    }

  return sqlstate;
}

/* Without the SQLSTATEs, and without the place in the server's source. */
static char *
dup_plain_message (const char *message)
{
  g_autoptr (GRegex) regex = g_regex_new (":  [0-9A-Z]{5}: |\n?^\\S+:  \\w+, \\S+:\\d+$", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GMatchInfo) match = NULL;
  const char *rest = message;

  for (g_regex_match (regex, message, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      int start;
      int end;

      g_match_info_fetch_pos (match, 0, &start, &end);
      g_string_append_len (text, rest, message + start - rest);
      if (message[start] == ':')
        g_string_append (text, ":  ");
      rest = message + end;
    }
  g_string_append (text, rest);

  /* libpq's hints are lines of their own, each with a tabulator before it. */
  g_string_replace (text, "\n\t", ". ", 0);

  return g_strstrip (g_string_free (g_steal_pointer (&text), FALSE));
}

/* Where libpq itself gives up, its words tell. */
static gboolean
is_refused_login (PGconn     *conn,
                  const char *sqlstate)
{
  static const char *const words[] = { "authentication", "pg_hba.conf", "role ", "password" };
  const char              *message = PQerrorMessage (conn);

  if (sqlstate != NULL)
    return g_str_has_prefix (sqlstate, "28");

  if (PQconnectionNeedsPassword (conn))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strstr (message, words[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

static GError *
new_password_error (BackstayDbConfig *config,
                    PGconn           *conn,
                    gboolean          is_missing)
{
  const char *label = backstay_db_config_get_label (config);
  const char *user = PQuser (conn);
  GError     *error;

  if (is_missing)
    error = g_error_new (BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_AUTH,
                         /* Translators: a server, and a user of it. */
                         _ ("%s asks for the password of %s."), label, user);
  else
    error = g_error_new (BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_AUTH,
                         /* Translators: a server, and a user of it. */
                         _ ("%s refused the password of %s: it is wrong, or has expired."), label, user);
  backstay_db_error_set_wants_password (error);

  return error;
}

static void
set_refused (PGconn              *conn,
             BackstayDbConfig    *config,
             const BackstayDbTls *tls,
             GError             **error)
{
  const char *label = backstay_db_config_get_label (config);
  /* Before somebody is let in, a server speaks in whatever encoding it was started with. */
  g_autofree char *text = g_utf8_make_valid (PQerrorMessage (conn), -1);
  g_autofree char *sqlstate = dup_sqlstate (text);
  g_autofree char *message = dup_plain_message (text);

  if (PQconnectionNeedsPassword (conn))
    g_propagate_error (error, new_password_error (config, conn, TRUE));
  else if (g_strcmp0 (sqlstate, "28P01") == 0)
    g_propagate_error (error, new_password_error (config, conn, FALSE));
  else if (tls->mode != NULL && sqlstate == NULL && strstr (message, "SSL") != NULL)
    g_set_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONNECT,
                 _ ("No connection to %s: %s\nBackstay verifies every server that is not this computer, unless "
                    "it is told not to (sslmode)."),
                 label, message);
  else
    g_set_error (error, BACKSTAY_DB_ERROR,
                 is_refused_login (conn, sqlstate) ? BACKSTAY_DB_ERROR_AUTH : BACKSTAY_DB_ERROR_CONNECT,
                 _ ("No connection to %s: %s"),
                 label, message);
}

/* What the user set, and what is added so that it is safe. */
static PGconn *
start (BackstayDbConfig    *config,
       const BackstayDbTls *tls)
{
  const char *const *given = backstay_db_config_get_keywords (config);
  g_autoptr (GPtrArray) keywords = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new ();

  for (guint i = 0; given[i] != NULL; i++)
    {
      g_ptr_array_add (keywords, (gpointer) given[i]);
      g_ptr_array_add (values, (gpointer) backstay_db_config_get_values (config)[i]);
    }

  if (tls->mode != NULL)
    {
      g_ptr_array_add (keywords, (gpointer) "sslmode");
      g_ptr_array_add (values, (gpointer) tls->mode);
    }

  if (tls->root_certificate != NULL)
    {
      g_ptr_array_add (keywords, (gpointer) "sslrootcert");
      g_ptr_array_add (values, (gpointer) tls->root_certificate);
    }

  g_ptr_array_add (keywords, NULL);
  g_ptr_array_add (values, NULL);

  return PQconnectStartParams ((const char *const *) keywords->pdata,
                               (const char *const *) values->pdata,
                               FALSE);
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
  BackstayDbTls             tls = backstay_db_tls_find (config);
  PGconn                   *conn;
  PostgresPollingStatusType step = PGRES_POLLING_WRITING;

  conn = start (config, &tls);
  g_assert (conn != NULL);
  PQsetNoticeReceiver (conn, notice_cb, NULL);
  PQsetErrorVerbosity (conn, PQERRORS_VERBOSE);

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
      set_refused (conn, config, &tls, error);
      PQfinish (conn);
      return NULL;
    }

  PQsetnonblocking (conn, TRUE);

  return conn;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "support-sql"

#include "config.h"

#include "support-sql.h"

#include "support-wait.h"

#include <libpq-fe.h>
#include <string.h>

struct _SupportSql
{
  PGconn  *conn;
  GString *warnings;
};

typedef struct
{
  SupportSql *sql;
  const char *query;
} Question;

static void
notice_cb (void           *data,
           const PGresult *result)
{
  SupportSql *self = data;

  if (g_strcmp0 (PQresultErrorField (result, PG_DIAG_SEVERITY_NONLOCALIZED), "WARNING") == 0)
    g_string_append_printf (self->warnings, "%s\n", PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY));
}

SupportSql *
support_sql_new (BackstayDbConfig *config)
{
  SupportSql *self = g_new0 (SupportSql, 1);

  self->conn = PQconnectdbParams (backstay_db_config_get_keywords (config),
                                  backstay_db_config_get_values (config),
                                  FALSE);
  if (PQstatus (self->conn) != CONNECTION_OK)
    g_error ("%s", PQerrorMessage (self->conn));

  self->warnings = g_string_new (NULL);
  PQsetNoticeReceiver (self->conn, notice_cb, self);

  return self;
}

void
support_sql_free (SupportSql *self)
{
  PQfinish (self->conn);
  g_string_free (self->warnings, TRUE);
  g_free (self);
}

static PGresult *
execute (SupportSql *self,
         const char *query)
{
  PGresult      *result = PQexec (self->conn, query);
  ExecStatusType status = PQresultStatus (result);

  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    g_error ("%s\n%s", PQerrorMessage (self->conn), query);

  return result;
}

/* Runs statements. */
void
support_sql_run (SupportSql *self,
                 const char *format,
                 ...)
{
  g_autofree char *query = NULL;
  va_list          args;

  va_start (args, format);
  query = g_strdup_vprintf (format, args);
  va_end (args);

  PQclear (execute (self, query));
}

static char *
query_one (SupportSql *self,
           const char *query)
{
  PGresult *result = execute (self, query);
  char     *value = NULL;

  if (PQntuples (result) > 0 && !PQgetisnull (result, 0, 0))
    value = g_strdup (PQgetvalue (result, 0, 0));

  PQclear (result);

  return value;
}

/* Gives the first row's first value, NULL for SQL's null and for no row. */
char *
support_sql_query (SupportSql *self,
                   const char *format,
                   ...)
{
  g_autofree char *query = NULL;
  va_list          args;

  va_start (args, format);
  query = g_strdup_vprintf (format, args);
  va_end (args);

  return query_one (self, query);
}

gint64
support_sql_query_int (SupportSql *self,
                       const char *format,
                       ...)
{
  g_autofree char *query = NULL;
  g_autofree char *value = NULL;
  va_list          args;

  va_start (args, format);
  query = g_strdup_vprintf (format, args);
  va_end (args);

  value = query_one (self, query);
  g_assert_nonnull (value);

  return g_ascii_strtoll (value, NULL, 10);
}

/* Gives each row's values as one string, with "|" between them and nothing for SQL's null. */
GPtrArray *
support_sql_list (SupportSql *self,
                  const char *format,
                  ...)
{
  g_autofree char *query = NULL;
  GPtrArray       *rows = g_ptr_array_new_with_free_func (g_free);
  PGresult        *result;
  va_list          args;

  va_start (args, format);
  query = g_strdup_vprintf (format, args);
  va_end (args);

  result = execute (self, query);

  for (int row = 0; row < PQntuples (result); row++)
    {
      GString *line = g_string_new (NULL);

      for (int column = 0; column < PQnfields (result); column++)
        g_string_append_printf (line, "%s%s", column > 0 ? "|" : "",
                                PQgetvalue (result, row, column));

      g_ptr_array_add (rows, g_string_free (line, FALSE));
    }

  PQclear (result);

  return rows;
}

/* Runs statements of which one has to be refused, outside of a transaction. Gives why: the SQLSTATE,
 * a blank and the message. */
char *
support_sql_dup_refusal (SupportSql *self,
                         const char *format,
                         ...)
{
  g_autofree char *query = NULL;
  char            *refusal;
  PGresult        *result;
  va_list          args;

  va_start (args, format);
  query = g_strdup_vprintf (format, args);
  va_end (args);

  result = PQexec (self->conn, query);
  if (PQresultStatus (result) != PGRES_FATAL_ERROR)
    g_error ("This was not refused: %s", query);

  refusal = g_strdup_printf ("%s %s", PQresultErrorField (result, PG_DIAG_SQLSTATE),
                             PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY));
  PQclear (result);
  PQclear (execute (self, "ROLLBACK"));

  return refusal;
}

/* Gives what the server warned of since, a line each. */
char *
support_sql_take_warnings (SupportSql *self)
{
  char *warnings = g_strdup (self->warnings->str);

  g_string_truncate (self->warnings, 0);

  return warnings;
}

static gboolean
is_true (gpointer user_data)
{
  Question        *question = user_data;
  g_autofree char *answer = query_one (question->sql, question->query);

  return g_strcmp0 (answer, "t") == 0;
}

/* Asks until the answer is true, while the main loop runs. */
void
support_sql_wait (SupportSql *self,
                  const char *format,
                  ...)
{
  g_autofree char *query = NULL;
  Question         question;
  va_list          args;

  va_start (args, format);
  query = g_strdup_vprintf (format, args);
  va_end (args);

  question.sql = self;
  question.query = query;
  support_wait_until (is_true, &question);
}

/* Ends other sessions, those of which a condition on pg_stat_activity holds, and waits until they are
 * gone. PostgreSQL 13 can't wait itself. */
void
support_sql_terminate (SupportSql *self,
                       const char *format,
                       ...)
{
  g_autofree char *condition = NULL;
  g_autofree char *pids = NULL;
  va_list          args;

  va_start (args, format);
  condition = g_strdup_vprintf (format, args);
  va_end (args);

  pids = support_sql_query (self,
                            "SELECT string_agg(pid::text, ',') FILTER (WHERE pg_terminate_backend(pid))"
                            "  FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND (%s)",
                            condition);
  if (pids == NULL)
    return;

  while (support_sql_query_int (self, "SELECT count(*) FROM pg_stat_activity WHERE pid IN (%s)", pids) > 0)
    g_usleep (1000);
}

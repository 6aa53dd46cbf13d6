/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-batch"

#include "config.h"

#include "backstay-batch.h"

#include "backstay-db-error.h"
#include "backstay-model-resources.h"
#include "backstay-server-look.h"
#include "backstay-transaction.h"

#include <string.h>

/**
 * BackstayBatch:
 *
 * Statements that go to the server in one round trip.
 *
 * Each is a file of `sql/`, written with psql's variables (`:'model_type'`) so that it can be
 * run there as it is. Here they become parameters (`$1`): no value is ever a part of a statement.
 */
struct _BackstayBatch
{
  GArray    *statements; /* Of BackstayDbStatement. */
  GPtrArray *owned;      /* What the statements point to. */
  GPtrArray *schemas;    /* Those parameters that say where the table is. */
  gboolean   writes;     /* Whether it begins a transaction that does. */
};

/* What profiles are read from where there are none: it costs nothing, and has no rows. */
#define NO_PROFILES "(SELECT NULL::uuid AS id, NULL::text AS username WHERE false) p "

/**
 * backstay_batch_new:
 *
 * Returns: (transfer full): a batch without statements
 */
BackstayBatch *
backstay_batch_new (void)
{
  BackstayBatch *self = g_new0 (BackstayBatch, 1);

  self->statements = g_array_new (FALSE, FALSE, sizeof (BackstayDbStatement));
  self->owned = g_ptr_array_new_with_free_func (g_free);
  self->schemas = g_ptr_array_new ();

  return self;
}

/**
 * backstay_batch_free:
 *
 * Frees the batch.
 */
void
backstay_batch_free (BackstayBatch *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->statements);
  g_ptr_array_unref (self->owned);
  g_ptr_array_unref (self->schemas);
  g_free (self);
}

static gpointer
own (BackstayBatch *self,
     gpointer       memory)
{
  g_ptr_array_add (self->owned, memory);

  return memory;
}

/* The server need not read what is written for people, each time again. */
static char *
dup_without_comments (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *sql = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *start = lines[i] + strspn (lines[i], " ");

      if (!g_str_has_prefix (start, "--"))
        g_string_append_printf (sql, "%s\n", lines[i]);
    }

  return g_string_free (sql, FALSE);
}

static const char *
load_sql (BackstayBatch *self,
          const char    *name)
{
  g_autofree char *path = g_strdup_printf (BACKSTAY_RESOURCE_PATH "/queries/%s.sql", name);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;

  bytes = g_resource_lookup_data (backstay_model_get_resource (), path,
                                  G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (bytes == NULL)
    g_error ("There is no query named %s", name);

  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return own (self, dup_without_comments (text));
}

static guint
index_of (GPtrArray  *names,
          const char *start,
          gsize       length)
{
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (strlen (name) == length && strncmp (name, start, length) == 0)
        return i;
    }

  g_ptr_array_add (names, g_strndup (start, length));

  return names->len - 1;
}

/**
 * backstay_batch_translate:
 * @sql: a statement with psql's variables
 * @names: (element-type utf8): gets the variables' names, in the order of their numbers
 *
 * Turns psql's quoted variables into numbered parameters.
 *
 * Returns: (transfer full): the statement for the server
 */
char *
backstay_batch_translate (const char *sql,
                          GPtrArray  *names)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *start;

  while ((start = strstr (sql, ":'")) != NULL)
    {
      gsize length = strspn (start + 2, "abcdefghijklmnopqrstuvwxyz_0123456789");

      if (length == 0 || start[2 + length] != '\'')
        {
          g_string_append_len (out, sql, start + 2 - sql);
          sql = start + 2;
          continue;
        }

      g_string_append_len (out, sql, start - sql);
      g_string_append_printf (out, "$%u", index_of (names, start + 2, length) + 1);
      sql = start + 2 + length + 1;
    }

  g_string_append (out, sql);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * backstay_batch_add:
 * @name: the name of a query, without its folder and ending
 * @...: pairs of a variable's name and its value, ended by %NULL. A value of %NULL is SQL's null.
 *
 * Adds a statement. All of its variables have to be given, and no others: anything else is a
 * programmer's error. Only `schema` is left out: the connection that runs the batch knows it.
 */
void
backstay_batch_add (BackstayBatch *self,
                    const char    *name,
                    ...)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  BackstayDbStatement statement;
  const char        **params;
  const char         *variable;
  guint               n_given = 0;
  va_list             args;

  g_return_if_fail (self != NULL && name != NULL);

  statement.sql = own (self, backstay_batch_translate (load_sql (self, name), names));
  statement.n_params = names->len;
  statement.params = params = own (self, g_new0 (const char *, names->len + 1));

  va_start (args, name);
  while ((variable = va_arg (args, const char *)) != NULL)
    {
      guint i = index_of (names, variable, strlen (variable));

      if (i >= statement.n_params)
        g_error ("The query %s has no variable %s", name, variable);

      params[i] = own (self, g_strdup (va_arg (args, const char *)));
      n_given++;
    }
  va_end (args);

  for (guint i = 0; i < names->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (names, i), "schema"))
        {
          g_ptr_array_add (self->schemas, &params[i]);
          n_given++;
        }
    }

  if (n_given != statement.n_params)
    g_error ("The query %s has %u variables, and %u were given", name, statement.n_params, n_given);

  self->writes |= g_str_equal (name, "begin-write");
  g_array_append_val (self->statements, statement);
}

/* Names come from the profiles wherever versions are read. A server without them has versions, too. */
static void
leave_profiles_out (BackstayBatch *self)
{
  for (guint i = 0; i < self->statements->len; i++)
    {
      BackstayDbStatement *statement = &g_array_index (self->statements, BackstayDbStatement, i);
      g_autoptr (GString) sql = g_string_new (statement->sql);

      if (g_string_replace (sql, " profiles p ", " " NO_PROFILES, 0) > 0)
        statement->sql = own (self, g_string_free (g_steal_pointer (&sql), FALSE));
    }
}

/**
 * backstay_batch_get_length:
 *
 * Returns: how many statements were added
 */
guint
backstay_batch_get_length (BackstayBatch *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->statements->len;
}

static GPtrArray *
send (BackstayBatch     *self,
      BackstayDbSession *session,
      GError           **error)
{
  BackstayDbConfig *config = backstay_db_session_get_config (session);

  for (guint i = 0; i < self->schemas->len; i++)
    *(const char **) g_ptr_array_index (self->schemas, i) = backstay_db_config_get_schema (config);

  if (backstay_db_config_get_lacks_profiles (config))
    leave_profiles_out (self);

  return backstay_db_session_run (session,
                                  &g_array_index (self->statements, BackstayDbStatement, 0),
                                  self->statements->len,
                                  error);
}

/* Asks in the same transaction which copy of the database it changes. What was decided by what one server
 * said is not done to another one that may lack it. */
static GPtrArray *
send_change (BackstayBatch     *self,
             BackstayDbSession *session,
             GError           **error)
{
  BackstayDbLineage *lineage = backstay_db_config_get_lineage (backstay_db_session_get_config (session));
  guint              length = self->statements->len;
  g_auto (BackstayServerLook) look = { 0 };
  g_autoptr (GPtrArray) rows = NULL;
  BackstayDbDoubt doubt = backstay_db_lineage_get_doubt (lineage);

  if (doubt == BACKSTAY_DB_DOUBT_NONE)
    {
      /* A script that follows may be what makes the table, or be run by a login that cannot read it. */
      backstay_server_look_add (&look, lineage, !backstay_db_lineage_get_hidden (lineage),
                                length > BACKSTAY_TRANSACTION_FIRST, self);

      if ((rows = send (self, session, error)) == NULL)
        return NULL;

      backstay_server_look_read (&look, rows);
      doubt = backstay_db_lineage_compare (lineage, &look.look);
    }

  if (doubt != BACKSTAY_DB_DOUBT_NONE)
    {
      backstay_db_lineage_set_doubt (lineage, doubt);
      g_propagate_error (error, backstay_server_look_new_refusal (lineage));
      return NULL;
    }

  g_ptr_array_set_size (rows, (int) length);

  return g_steal_pointer (&rows);
}

/**
 * backstay_batch_run:
 * @session: where to run it
 * @error: return location for an error
 *
 * Sends all statements and waits for what they give back. Where the batch is to change something, nothing
 * is sent if the user wants no writes; and if an older copy of the database answers than the one that was
 * seen, it fails with %BACKSTAY_DB_ERROR_OTHER_SERVER, and the transaction is not to be committed.
 *
 * Returns: (transfer full) (element-type BackstayDbRows): the rows of each statement, or %NULL with
 *   backstay_db_session_run()'s errors
 */
GPtrArray *
backstay_batch_run (BackstayBatch     *self,
                    BackstayDbSession *session,
                    GError           **error)
{
  BackstayDbConfig *config;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (session != NULL, NULL);

  config = backstay_db_session_get_config (session);

  if (!self->writes)
    return send (self, session, error);

  if (backstay_db_config_get_safe_mode (config) == BACKSTAY_DB_SAFE_MODE_NO_WRITES)
    {
      g_propagate_error (error, backstay_db_error_new_no_writes ());
      return NULL;
    }

  return send_change (self, session, error);
}

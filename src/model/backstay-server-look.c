/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-server-look"

#include "config.h"

#include "backstay-server-look.h"

#include "backstay-db-error.h"
#include "backstay-display-text.h"
#include "backstay-timestamp.h"
#include "backstay-transaction.h"

#include <glib/gi18n-lib.h>

/* The columns of server-line.sql. */
enum
{
  COLUMN_SYSTEM_IDENTIFIER,
  COLUMN_TIMELINE,
};

/* Of server-newest.sql. */
enum
{
  COLUMN_ID,
  COLUMN_NAME,
  COLUMN_CREATED_AT,
  COLUMN_HAS_SEEN,
};

/**
 * backstay_server_look_add:
 * @self: a look that is all zeros
 * @lineage: what was seen before
 * @with_line: whether to ask for the server's line, which it may refuse
 * @with_newest: whether to ask for the newest version
 * @batch: what the questions are added to
 *
 * Asks beside something else what the server is. To be ended with backstay_server_look_clear().
 */
void
backstay_server_look_add (BackstayServerLook *self,
                          BackstayDbLineage  *lineage,
                          gboolean            with_line,
                          gboolean            with_newest,
                          BackstayBatch      *batch)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (BACKSTAY_IS_DB_LINEAGE (lineage));
  g_return_if_fail (batch != NULL);

  self->line_index = -1;
  self->newest_index = -1;
  self->asked_id = backstay_db_lineage_dup_newest (lineage, NULL, NULL);

  if (with_line)
    {
      self->line_index = (int) backstay_batch_get_length (batch);
      backstay_batch_add (batch, "server-line", NULL);
    }

  if (with_newest)
    {
      self->newest_index = (int) backstay_batch_get_length (batch);
      backstay_batch_add (batch, "server-newest",
                          "seen_id", self->asked_id != NULL ? self->asked_id : "",
                          NULL);
    }
}

/**
 * backstay_server_look_read:
 * @rows: (element-type BackstayDbRows): what the batch gave back
 *
 * Reads the answers. What it finds lives as long as the look.
 */
void
backstay_server_look_read (BackstayServerLook *self,
                           GPtrArray          *rows)
{
  BackstayDbLook *look;

  g_return_if_fail (self != NULL);
  g_return_if_fail (rows != NULL);

  look = &self->look;
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) backstay_db_rows_unref);
  look->asked_id = self->asked_id;

  if (self->line_index >= 0)
    {
      BackstayDbRows *line = backstay_db_rows_ref (g_ptr_array_index (rows, self->line_index));

      g_ptr_array_add (self->rows, line);
      look->system_identifier = backstay_db_rows_get_text (line, 0, COLUMN_SYSTEM_IDENTIFIER);
      if (backstay_db_rows_get_text (line, 0, COLUMN_TIMELINE) != NULL)
        look->timeline = (guint) backstay_db_rows_get_int64 (line, 0, COLUMN_TIMELINE);
    }

  if (self->newest_index >= 0)
    {
      BackstayDbRows *newest = backstay_db_rows_ref (g_ptr_array_index (rows, self->newest_index));

      g_ptr_array_add (self->rows, newest);
      if (backstay_db_rows_get_n_rows (newest) == 0)
        return;

      look->newest_id = backstay_db_rows_get_text (newest, 0, COLUMN_ID);
      look->newest_name = backstay_db_rows_get_text (newest, 0, COLUMN_NAME);
      look->newest_created_at = backstay_db_rows_get_text (newest, 0, COLUMN_CREATED_AT);
      look->lacks_asked = self->asked_id != NULL && !backstay_db_rows_get_boolean (newest, 0, COLUMN_HAS_SEEN);
    }
}

/**
 * backstay_server_look_clear:
 *
 * Frees what the look holds.
 */
void
backstay_server_look_clear (BackstayServerLook *self)
{
  g_clear_pointer (&self->asked_id, g_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
}

/* Gives whether the server answered; what it refuses is taken back. */
static gboolean
run (BackstayDbSession  *session,
     BackstayIdentity   *identity,
     BackstayServerLook *look,
     gboolean            with_line,
     GError            **error)
{
  BackstayDbLineage *lineage = backstay_db_config_get_lineage (backstay_db_session_get_config (session));
  g_autoptr (BackstayBatch) batch = backstay_transaction_begin_read (identity, BACKSTAY_STATEMENT_MSEC);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) refusal = NULL;

  backstay_server_look_add (look, lineage, with_line, TRUE, batch);
  rows = backstay_transaction_end_read (batch, session, &refusal);

  if (rows != NULL)
    backstay_server_look_read (look, rows);
  else if (backstay_db_error_get_sqlstate (refusal) == NULL || !backstay_db_session_rollback (session))
    g_propagate_error (error, g_steal_pointer (&refusal));

  return rows != NULL;
}

/**
 * backstay_server_look_run:
 * @session: the connection that changes will be made on
 * @identity: (nullable): who one is
 * @error: return location for an error
 *
 * Looks what the server is, in a transaction of its own. It remembers that, and whether the server tells it
 * at all; and where it is what was seen before, that there is no doubt any more.
 *
 * Returns: whether there still is a connection
 */
gboolean
backstay_server_look_run (BackstayDbSession *session,
                          BackstayIdentity  *identity,
                          GError           **error)
{
  BackstayDbLineage *lineage;
  g_auto (BackstayServerLook) look = { 0 };
  g_auto (BackstayServerLook) without_line = { 0 };
  g_autoptr (GError) failure = NULL;
  gboolean tells_line;

  g_return_val_if_fail (session != NULL, FALSE);

  lineage = backstay_db_config_get_lineage (backstay_db_session_get_config (session));
  tells_line = run (session, identity, &look, TRUE, &failure);

  if (!tells_line && failure == NULL)
    run (session, identity, &without_line, FALSE, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  backstay_db_lineage_set_hidden (lineage, !tells_line);

  if (backstay_db_lineage_take (lineage, tells_line ? &look.look : &without_line.look) == BACKSTAY_DB_DOUBT_NONE)
    backstay_db_lineage_set_doubt (lineage, BACKSTAY_DB_DOUBT_NONE);

  return TRUE;
}

/* "“SDXL v2” of 3 May, 10:32" */
static char *
dup_newest (BackstayDbLineage *lineage)
{
  g_autofree char *name = NULL;
  g_autofree char *created_at = NULL;
  g_autofree char *id = backstay_db_lineage_dup_newest (lineage, &name, &created_at);
  g_autofree char *shown = NULL;
  g_autofree char *when = NULL;

  if (id == NULL)
    return NULL;

  shown = name != NULL ? backstay_display_text_line (name) : g_strndup (id, 8);

  if (created_at == NULL)
    /* Translators: a version's name. */
    return g_strdup_printf (_ ("“%s”"), shown);

  when = backstay_timestamp_dup_short (created_at);

  /* Translators: a version's name, and when it was made. */
  return g_strdup_printf (_ ("“%s” of %s"), shown, when);
}

/**
 * backstay_server_look_dup_warning:
 * @lineage: what was seen of a server
 *
 * Says that the server may lack what was seen.
 *
 * Returns: (transfer full) (nullable): sentences, or %NULL where there is no doubt
 */
char *
backstay_server_look_dup_warning (BackstayDbLineage *lineage)
{
  g_autofree char *newest = NULL;

  g_return_val_if_fail (BACKSTAY_IS_DB_LINEAGE (lineage), NULL);

  newest = dup_newest (lineage);

  switch (backstay_db_lineage_get_doubt (lineage))
    {
    case BACKSTAY_DB_DOUBT_OLDER:
      return g_strdup_printf (_ ("The server that answers now is older than the one you saw: another server took over "
                                 "from it, and what was changed there since then is not here. The newest version that "
                                 "you saw was %s."),
                              newest != NULL ? newest : _ ("unknown"));

    case BACKSTAY_DB_DOUBT_OTHER:
      return g_strdup (_ ("Another database server answers now at this address than the one you saw. What you saw may "
                          "not be here."));

    case BACKSTAY_DB_DOUBT_LACKING:
      return g_strdup_printf (_ ("The server that answers now does not have %s, the newest version that you saw. It may be "
                                 "older than the one you saw, it may have taken over before it had everything, or "
                                 "somebody deleted that version."),
                              newest != NULL ? newest : _ ("unknown"));

    case BACKSTAY_DB_DOUBT_NONE:
    default:
      return NULL;
    }
}

/**
 * backstay_server_look_new_refusal:
 * @lineage: what was seen of a server, with a doubt
 *
 * Makes the error for what would change a server that may lack what was seen.
 *
 * Returns: (transfer full): an error of %BACKSTAY_DB_ERROR_OTHER_SERVER
 */
GError *
backstay_server_look_new_refusal (BackstayDbLineage *lineage)
{
  g_autofree char *warning = backstay_server_look_dup_warning (lineage);

  return g_error_new (BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_OTHER_SERVER,
                      _ ("%s Nothing was changed. Look at what is there first."),
                      warning != NULL ? warning : "");
}

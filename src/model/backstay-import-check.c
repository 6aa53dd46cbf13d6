/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-import-check"

#include "config.h"

#include "backstay-import-check.h"

#include "backstay-batch.h"
#include "backstay-line-reader.h"
#include "backstay-look-alike.h"
#include "backstay-transaction.h"

#include <glib/gi18n-lib.h>

/* The dry run of an import: reads the file once, line by line, and asks the server which of the versions
 * are there. It writes nothing. */

/* About how many lines the server is asked at once. */
#define LOOK_LINES 250

/* The columns of import-check.sql that are of use here. */
enum
{
  COLUMN_ID = 0,
  COLUMN_MODEL_TYPE = 1,
  COLUMN_HASH = 6,
};

typedef struct
{
  BackstayImportItem *item;
  char               *source_id; /* (nullable) */
  char               *hash;
} Candidate;

typedef struct
{
  BackstayImportCheck *job;
  BackstayDbSession   *session;
  BackstayLineReader  *reader;
  GPtrArray           *items;
  GHashTable          *lines;      /* The number of the line that makes an id. */
  GHashTable          *warnings;   /* A model type's, "" for none. */
  GPtrArray           *types;      /* Those of the table, and NULL. */
  GPtrArray           *candidates; /* Whom the server is to be asked about. */
  guint64              n_bytes;
} Check;

static void
candidate_free (gpointer data)
{
  Candidate *candidate = data;

  g_object_unref (candidate->item);
  g_free (candidate->source_id);
  g_free (candidate->hash);
  g_free (candidate);
}

static void
check_clear (Check *self)
{
  g_clear_pointer (&self->reader, backstay_line_reader_free);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_hash_table_unref);
  g_clear_pointer (&self->warnings, g_hash_table_unref);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, check_clear)

/**
 * backstay_import_check_new:
 * @path: the file
 * @identity: (nullable): who one is
 * @progress: gets told how far it is
 * @cancellable: (nullable): cancels it
 *
 * Returns: (transfer full): the data for backstay_import_check_run()
 */
BackstayImportCheck *
backstay_import_check_new (const char               *path,
                           BackstayIdentity         *identity,
                           BackstayTransferProgress *progress,
                           GCancellable             *cancellable)
{
  BackstayImportCheck *job = g_new0 (BackstayImportCheck, 1);

  job->path = g_strdup (path);
  job->progress = backstay_transfer_progress_ref (progress);
  g_set_object (&job->identity, identity);
  g_set_object (&job->cancellable, cancellable);

  return job;
}

/**
 * backstay_import_check_free:
 *
 * Frees a job's data.
 */
void
backstay_import_check_free (BackstayImportCheck *job)
{
  g_return_if_fail (job != NULL);

  g_free (job->path);
  g_clear_object (&job->identity);
  g_clear_object (&job->cancellable);
  backstay_transfer_progress_unref (job->progress);
  g_free (job);
}

/* Runs a query in a transaction of its own, as a file takes its time to be read. */
static BackstayDbRows *
ask (Check      *self,
     const char *query,
     const char *variable,
     const char *value,
     GError    **error)
{
  g_autoptr (BackstayBatch) batch = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  backstay_db_session_set_deadline (self->session, BACKSTAY_DOWNLOAD_MSEC);
  batch = backstay_transaction_begin_read (self->job->identity, BACKSTAY_DOWNLOAD_MSEC);
  backstay_batch_add (batch, query, variable, value, NULL);

  if ((rows = backstay_transaction_end_read (batch, self->session, error)) == NULL)
    return NULL;

  return backstay_db_rows_ref (g_ptr_array_index (rows, BACKSTAY_TRANSACTION_FIRST));
}

static gboolean
load_types (Check   *self,
            GError **error)
{
  g_autoptr (BackstayDbRows) rows = ask (self, "list-types", "limit", "1", error);

  if (rows == NULL)
    return FALSE;

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    g_ptr_array_add (self->types, g_strdup (backstay_db_rows_get_text (rows, row, 0)));

  g_ptr_array_add (self->types, NULL);

  return TRUE;
}

static void
warn_of_look_alike (Check              *self,
                    BackstayImportItem *item)
{
  const char *model_type = backstay_import_item_get_model_type (item);
  const char *warning = g_hash_table_lookup (self->warnings, model_type);

  if (warning == NULL)
    {
      char *text = backstay_look_alike_dup_warning (model_type, (const char *const *) self->types->pdata);

      warning = text != NULL ? text : g_strdup ("");
      g_hash_table_insert (self->warnings, g_strdup (model_type), (gpointer) warning);
    }

  if (*warning != '\0')
    backstay_import_item_set_warning (item, warning);
}

static char *
dup_ids (GPtrArray *candidates)
{
  g_autoptr (GString) ids = g_string_new ("{");

  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = g_ptr_array_index (candidates, i);

      g_string_append_printf (ids, "%s%s", i > 0 ? "," : "", backstay_import_item_get_new_id (candidate->item));

      if (candidate->source_id != NULL)
        g_string_append_printf (ids, ",%s", candidate->source_id);
    }

  g_string_append_c (ids, '}');

  return g_string_free (g_steal_pointer (&ids), FALSE);
}

/* Whether the table has the very version that the line is about. */
static gboolean
is_source (BackstayDbRows *rows,
           gpointer        row,
           Candidate      *candidate)
{
  guint index = GPOINTER_TO_UINT (row);

  return index > 0 &&
         g_str_equal (backstay_db_rows_get_text (rows, index - 1, COLUMN_MODEL_TYPE),
                      backstay_import_item_get_model_type (candidate->item)) &&
         g_str_equal (backstay_db_rows_get_text (rows, index - 1, COLUMN_HASH), candidate->hash);
}

static gboolean
look (Check   *self,
      GError **error)
{
  g_autofree char *ids = dup_ids (self->candidates);
  g_autoptr (BackstayDbRows) rows = NULL;
  g_autoptr (GHashTable) row_of_id = g_hash_table_new (g_str_hash, g_str_equal);

  if (self->candidates->len == 0)
    return TRUE;

  if ((rows = ask (self, "import-check", "ids", ids, error)) == NULL)
    return FALSE;

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    g_hash_table_insert (row_of_id, (char *) backstay_db_rows_get_text (rows, row, COLUMN_ID),
                         GUINT_TO_POINTER (row + 1));

  for (guint i = 0; i < self->candidates->len; i++)
    {
      Candidate *candidate = g_ptr_array_index (self->candidates, i);

      if (g_hash_table_contains (row_of_id, backstay_import_item_get_new_id (candidate->item)))
        backstay_import_item_set_state (candidate->item, BACKSTAY_IMPORT_STATE_THERE,
                                        _ ("It was imported before."));
      else if (candidate->source_id != NULL &&
               is_source (rows, g_hash_table_lookup (row_of_id, candidate->source_id), candidate))
        backstay_import_item_set_state (candidate->item, BACKSTAY_IMPORT_STATE_THERE,
                                        _ ("It is from this table, which still has it."));
    }

  g_ptr_array_set_size (self->candidates, 0);

  return TRUE;
}

static void
add_candidate (Check               *self,
               BackstayImportItem  *item,
               BackstayVersionLine *line)
{
  Candidate *candidate = g_new0 (Candidate, 1);

  candidate->item = g_object_ref (item);
  candidate->source_id = g_steal_pointer (&line->id);
  candidate->hash = g_steal_pointer (&line->hash);
  g_ptr_array_add (self->candidates, candidate);
}

static void
read_line (Check  *self,
           guint   number,
           goffset offset,
           GBytes *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayVersionLine) line = backstay_version_line_parse (text, &error);
  BackstayImportItem *item = backstay_import_item_new (number, offset, text, line);
  const char         *id = backstay_import_item_get_new_id (item);
  guint               first;

  g_ptr_array_add (self->items, item);

  if (line == NULL)
    {
      backstay_import_item_set_state (item, BACKSTAY_IMPORT_STATE_BAD, error->message);
      return;
    }

  if ((first = GPOINTER_TO_UINT (g_hash_table_lookup (self->lines, id))) != 0)
    {
      g_autofree char *reason = g_strdup_printf (_ ("It is the same as line %u."), first);

      backstay_import_item_set_state (item, BACKSTAY_IMPORT_STATE_REPEATED, reason);
      return;
    }

  g_hash_table_insert (self->lines, (char *) id, GUINT_TO_POINTER (number));
  warn_of_look_alike (self, item);
  add_candidate (self, item, line);
}

static gboolean
is_blank (GBytes *text)
{
  gsize       length;
  const char *data = g_bytes_get_data (text, &length);

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isspace (data[i]))
        return FALSE;
    }

  return TRUE;
}

static void
report (Check *self)
{
  goffset size = backstay_line_reader_get_size (self->reader);

  backstay_transfer_progress_set (self->job->progress, self->items->len, self->n_bytes,
                                  size > 0 ? MIN (1.0, (double) self->n_bytes / (double) size) : -1);
}

static gboolean
read_lines (Check   *self,
            GError **error)
{
  GBytes *next;
  goffset offset;

  for (guint number = 1;; number++)
    {
      g_autoptr (GBytes) text = NULL;

      if (!backstay_line_reader_next (self->reader, self->job->cancellable, &next, &offset, error))
        return FALSE;

      if ((text = next) == NULL)
        return look (self, error);

      if (self->items->len == BACKSTAY_IMPORT_MAX_LINES)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _ ("The file has more than %u lines. Split it into several."), BACKSTAY_IMPORT_MAX_LINES);
          return FALSE;
        }

      self->n_bytes = (guint64) offset + g_bytes_get_size (text);

      if (!is_blank (text))
        read_line (self, number, offset, text);

      report (self);

      if (self->candidates->len >= LOOK_LINES && !look (self, error))
        return FALSE;
    }
}

/**
 * backstay_import_check_run: (skip)
 *
 * Finds out what an import would do; a #BackstayDbJobFunc with a #BackstayImportCheck.
 *
 * Returns: whether it could be found out; the result is a #GPtrArray of #BackstayImportItem
 */
gboolean
backstay_import_check_run (BackstayDbSession *session,
                           gpointer           data,
                           gpointer          *result,
                           GError           **error)
{
  g_auto (Check) self = { .job = data, .session = session };

  if ((self.reader = backstay_line_reader_new (self.job->path, error)) == NULL)
    return FALSE;

  self.items = g_ptr_array_new_with_free_func (g_object_unref);
  self.lines = g_hash_table_new (g_str_hash, g_str_equal);
  self.warnings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.types = g_ptr_array_new_with_free_func (g_free);
  self.candidates = g_ptr_array_new_with_free_func (candidate_free);

  if (!load_types (&self, error) || !read_lines (&self, error))
    return FALSE;

  *result = g_steal_pointer (&self.items);

  return TRUE;
}

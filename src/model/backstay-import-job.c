/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-import-job"

#include "config.h"

#include "backstay-import-job.h"

#include "backstay-batch.h"
#include "backstay-db-error.h"
#include "backstay-diff.h"
#include "backstay-line-reader.h"
#include "backstay-transaction.h"

#include <glib/gi18n-lib.h>

/* An import writes a few versions in one transaction, and then the next few. One transaction for all of
 * them would keep everybody else from rolling back until it ended, as that takes a lock that waits for
 * every writer. Nothing is lost by it: a version's id depends on the line that it is from, so that
 * importing the file again goes on where this ended. */

/* How many versions are written in one transaction, and how many bytes of lines, but always one. */
#define BATCH_VERSIONS 50
#define BATCH_BYTES (1024 * 1024)

/* The columns of import-check.sql. */
enum
{
  COLUMN_ID,
  COLUMN_MODEL_TYPE,
  COLUMN_CONFIG_NAME,
  COLUMN_IS_ACTIVE,
  COLUMN_CREATED_BY,
  COLUMN_NOTES,
  COLUMN_HASH,
};

/* Of import-texts.sql, after the id. */
#define TEXT_COLUMN_TEXT 1

/* What the server says of the versions of one transaction. */
typedef struct
{
  BackstayDbRows *check;
  BackstayDbRows *texts;
  GHashTable     *check_rows; /* An id's row in each, and 1. */
  GHashTable     *text_rows;
} Answer;

/* The versions of one transaction: those of the items from `next` to before `end` that are new. */
typedef struct
{
  GPtrArray *lines;   /* Of BackstayVersionLine. */
  GArray    *indices; /* Of the items. */
  guint      end;
  gsize      n_bytes;
} Batch;

static void
batch_clear (Batch *batch)
{
  g_clear_pointer (&batch->lines, g_ptr_array_unref);
  g_clear_pointer (&batch->indices, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Batch, batch_clear)

/**
 * backstay_import_job_new:
 * @path: the file
 * @items: (element-type BackstayImportItem): its lines, as a dry run found them
 * @identity: (nullable): who one is
 * @progress: gets told how far it is
 * @cancellable: (nullable): cancels it
 *
 * Returns: (transfer full): the data for backstay_import_job_run()
 */
BackstayImportJob *
backstay_import_job_new (const char               *path,
                         GPtrArray                *items,
                         BackstayIdentity         *identity,
                         BackstayTransferProgress *progress,
                         GCancellable             *cancellable)
{
  BackstayImportJob *job = g_new0 (BackstayImportJob, 1);

  job->path = g_strdup (path);
  job->items = g_ptr_array_ref (items);
  job->progress = backstay_transfer_progress_ref (progress);
  job->states = g_new0 (guint8, items->len + 1);
  g_set_object (&job->identity, identity);
  g_set_object (&job->cancellable, cancellable);

  for (guint i = 0; i < items->len; i++)
    job->states[i] = (guint8) backstay_import_item_get_state (g_ptr_array_index (items, i));

  return job;
}

/**
 * backstay_import_job_free:
 *
 * Frees a job's data.
 */
void
backstay_import_job_free (BackstayImportJob *job)
{
  g_return_if_fail (job != NULL);

  g_free (job->path);
  g_ptr_array_unref (job->items);
  g_clear_object (&job->identity);
  g_clear_object (&job->cancellable);
  backstay_transfer_progress_unref (job->progress);
  g_free (job->states);
  g_free (job);
}

static BackstayImportItem *
get_item (BackstayImportJob *job,
          guint              index)
{
  return g_ptr_array_index (job->items, index);
}

static void
report (BackstayImportJob *job)
{
  double fraction = job->items->len > 0 ? (double) job->next / job->items->len : 1;

  backstay_transfer_progress_set (job->progress, job->n_written, 0, fraction);
}

static BackstayVersionLine *
read_again (BackstayImportItem *item,
            BackstayLineReader *reader,
            GError            **error)
{
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) local_error = NULL;
  BackstayVersionLine *line = NULL;

  text = backstay_line_reader_read_at (reader,
                                       backstay_import_item_get_offset (item),
                                       backstay_import_item_get_length (item),
                                       &local_error);

  if (text != NULL && backstay_import_item_is_text (item, text))
    line = backstay_version_line_parse (text, &local_error);

  if (line == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 _ ("Line %u of the file is not what it was when it was checked."),
                 backstay_import_item_get_line_number (item));

  return line;
}

/* Takes what the next transaction is to write. */
static gboolean
take_batch (BackstayImportJob  *job,
            BackstayLineReader *reader,
            Batch              *batch,
            GError            **error)
{
  guint limit = job->next < job->n_alone ? 1 : BATCH_VERSIONS;

  batch->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) backstay_version_line_free);
  batch->indices = g_array_new (FALSE, FALSE, sizeof (guint));

  for (batch->end = job->next; batch->end < job->items->len && batch->lines->len < limit; batch->end++)
    {
      BackstayImportItem  *item = get_item (job, batch->end);
      BackstayVersionLine *line;

      if (job->states[batch->end] != BACKSTAY_IMPORT_STATE_NEW)
        continue;

      if (batch->lines->len > 0 && batch->n_bytes + backstay_import_item_get_length (item) > BATCH_BYTES)
        break;

      if (g_cancellable_set_error_if_cancelled (job->cancellable, error) ||
          (line = read_again (item, reader, error)) == NULL)
        return FALSE;

      batch->n_bytes += backstay_import_item_get_length (item);
      g_ptr_array_add (batch->lines, line);
      g_array_append_val (batch->indices, batch->end);
    }

  return TRUE;
}

static void
add_version (BackstayBatch       *statements,
             BackstayVersionLine *line,
             const char          *new_id,
             BackstayIdentity    *identity)
{
  gsize            length;
  const char      *data = g_bytes_get_data (line->config, &length);
  g_autofree char *config = g_strndup (data, length);
  g_autofree char *notes = backstay_version_line_dup_import_notes (line);

  backstay_batch_add (statements, "import-text", "config", config, NULL);
  backstay_batch_add (statements, "import-insert",
                      "new_id", new_id,
                      "model_type", line->model_type,
                      "config_name", line->config_name,
                      "created_by", identity != NULL ? backstay_identity_get_id (identity) : "",
                      "notes", notes,
                      NULL);
}

static GPtrArray *
run_statements (BackstayImportJob *job,
                BackstayDbSession *session,
                Batch             *batch,
                GError           **error)
{
  g_autoptr (BackstayBatch) statements = NULL;
  g_autoptr (GString) ids = g_string_new ("{");
  g_autoptr (GString) hashes = g_string_new ("{");

  backstay_db_session_set_deadline (session, BACKSTAY_DOWNLOAD_MSEC);
  statements = backstay_transaction_begin_write (job->identity, BACKSTAY_DOWNLOAD_MSEC, BACKSTAY_LOCK_MSEC);

  for (guint i = 0; i < batch->lines->len; i++)
    {
      BackstayImportItem  *item = get_item (job, g_array_index (batch->indices, guint, i));
      BackstayVersionLine *line = g_ptr_array_index (batch->lines, i);
      const char          *new_id = backstay_import_item_get_new_id (item);

      add_version (statements, line, new_id, job->identity);
      g_string_append_printf (ids, "%s%s", i > 0 ? "," : "", new_id);
      g_string_append_printf (hashes, "%s%s", i > 0 ? "," : "", line->hash);
    }

  g_string_append_c (ids, '}');
  g_string_append_c (hashes, '}');
  backstay_batch_add (statements, "rollback-settle", NULL);
  backstay_batch_add (statements, "import-check", "ids", ids->str, NULL);
  backstay_batch_add (statements, "import-texts", "ids", ids->str, "hashes", hashes->str, NULL);

  return backstay_batch_run (statements, session, error);
}

static gboolean
is_as_asked (BackstayImportJob   *job,
             BackstayVersionLine *line,
             BackstayDbRows      *check,
             guint                row)
{
  const char      *created_by = job->identity != NULL ? backstay_identity_get_id (job->identity) : NULL;
  g_autofree char *notes = backstay_version_line_dup_import_notes (line);

  return g_strcmp0 (backstay_db_rows_get_text (check, row, COLUMN_MODEL_TYPE), line->model_type) == 0 &&
         g_strcmp0 (backstay_db_rows_get_text (check, row, COLUMN_CONFIG_NAME), line->config_name) == 0 &&
         !backstay_db_rows_get_boolean (check, row, COLUMN_IS_ACTIVE) &&
         g_strcmp0 (backstay_db_rows_get_text (check, row, COLUMN_CREATED_BY), created_by) == 0 &&
         g_strcmp0 (backstay_db_rows_get_text (check, row, COLUMN_NOTES), notes) == 0;
}

static guint
find_row (GHashTable *rows,
          const char *id)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (rows, id));
}

/* Compares a configuration that the server spells otherwise than the file. White space and the order of keys
 * are no difference. */
static gboolean
compare (BackstayVersionLine *line,
         GBytes              *text,
         BackstayImportState *state)
{
  g_autoptr (BackstayJson) before = backstay_json_new (line->config, NULL, NULL, NULL);
  g_autoptr (BackstayJson) after = backstay_json_new (text, NULL, NULL, NULL);
  g_autoptr (BackstayDiff) diff = NULL;
  BackstayDiffCounts counts;

  if (before == NULL || after == NULL ||
      (diff = backstay_diff_new (before, after, NULL, NULL, NULL, NULL)) == NULL)
    return FALSE;

  backstay_diff_get_counts (diff, 0, &counts);
  *state = counts.n_respelt > 0 ? BACKSTAY_IMPORT_STATE_RESPELT : BACKSTAY_IMPORT_STATE_IMPORTED;

  return counts.n_added == 0 && counts.n_removed == 0 && counts.n_changed == 0 && counts.n_moved == 0;
}

/* Whether the table has what the file has, and spells it so. */
static gboolean
check_version (BackstayImportJob   *job,
               BackstayVersionLine *line,
               const char          *id,
               Answer              *answer,
               BackstayImportState *state)
{
  guint check_row = find_row (answer->check_rows, id) - 1;
  guint text_row = find_row (answer->text_rows, id);
  g_autoptr (GBytes) text = NULL;

  if (!is_as_asked (job, line, answer->check, check_row))
    return FALSE;

  *state = BACKSTAY_IMPORT_STATE_IMPORTED;

  if (g_strcmp0 (backstay_db_rows_get_text (answer->check, check_row, COLUMN_HASH), line->hash) == 0)
    return TRUE;

  if (text_row == 0)
    return FALSE;

  text = backstay_db_rows_dup_bytes (answer->texts, text_row - 1, TEXT_COLUMN_TEXT);

  return compare (line, text, state);
}

/* What became of a version, by the table's own word. */
static gboolean
judge (BackstayImportJob   *job,
       guint                index,
       BackstayVersionLine *line,
       gboolean             was_inserted,
       Answer              *answer,
       GError             **error)
{
  BackstayImportItem *item = get_item (job, index);
  const char         *id = backstay_import_item_get_new_id (item);
  guint               number = backstay_import_item_get_line_number (item);
  BackstayImportState state = BACKSTAY_IMPORT_STATE_THERE;

  if (find_row (answer->check_rows, id) == 0)
    {
      g_set_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_DENIED,
                   _ ("The server did not take line %u, without giving a reason. Its policies may "
                      "not allow this user to add versions."),
                   number);
      return FALSE;
    }

  /* Otherwise somebody else imported it since it was checked. */
  if ((was_inserted || index < job->n_doubtful) && !check_version (job, line, id, answer, &state))
    {
      g_set_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                   _ ("The server made something else of line %u than an inactive version as it is "
                      "in the file, perhaps by a trigger."),
                   number);
      return FALSE;
    }

  job->states[index] = (guint8) state;

  return TRUE;
}

static GHashTable *
index_rows (BackstayDbRows *rows)
{
  GHashTable *row_of_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    g_hash_table_insert (row_of_id, (char *) backstay_db_rows_get_text (rows, row, 0), GUINT_TO_POINTER (row + 1));

  return row_of_id;
}

static gboolean
judge_all (BackstayImportJob *job,
           Batch             *batch,
           GPtrArray         *rows,
           GError           **error)
{
  BackstayDbRows *check = g_ptr_array_index (rows, rows->len - 2);
  BackstayDbRows *texts = g_ptr_array_index (rows, rows->len - 1);
  g_autoptr (GHashTable) check_rows = index_rows (check);
  g_autoptr (GHashTable) text_rows = index_rows (texts);
  Answer answer = { check, texts, check_rows, text_rows };

  for (guint i = 0; i < batch->lines->len; i++)
    {
      /* Each version has two statements, of which the second one inserts. */
      BackstayDbRows *inserted = g_ptr_array_index (rows, BACKSTAY_TRANSACTION_FIRST + 2 * i + 1);

      if (!judge (job, g_array_index (batch->indices, guint, i), g_ptr_array_index (batch->lines, i),
                  backstay_db_rows_get_n_affected (inserted) == 1, &answer, error))
        return FALSE;
    }

  return TRUE;
}

/* Whatever was judged of versions that were not committed is not so. */
static void
forget (BackstayImportJob *job,
        Batch             *batch)
{
  for (guint i = 0; i < batch->indices->len; i++)
    job->states[g_array_index (batch->indices, guint, i)] = BACKSTAY_IMPORT_STATE_NEW;
}

static void
settle (BackstayImportJob *job,
        Batch             *batch)
{
  for (guint i = 0; i < batch->indices->len; i++)
    {
      guint8 state = job->states[g_array_index (batch->indices, guint, i)];

      if (state == BACKSTAY_IMPORT_STATE_IMPORTED || state == BACKSTAY_IMPORT_STATE_RESPELT)
        job->n_written++;
    }

  job->next = batch->end;
  report (job);
}

static void
name_line (BackstayImportJob *job,
           Batch             *batch,
           GError            *error)
{
  BackstayImportItem *item = get_item (job, g_array_index (batch->indices, guint, 0));
  g_autofree char    *message = NULL;

  /* Translators: the last word is a sentence. */
  message = g_strdup_printf (_ ("Line %u: %s"), backstay_import_item_get_line_number (item), error->message);
  g_free (error->message);
  error->message = g_steal_pointer (&message);
}

/* Writes the next versions. */
static gboolean
run_batch (BackstayImportJob  *job,
           BackstayDbSession  *session,
           BackstayLineReader *reader,
           GError            **error)
{
  g_auto (Batch) batch = { NULL, NULL, 0, 0 };
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!take_batch (job, reader, &batch, error))
    return FALSE;

  if (batch.lines->len > 0 &&
      ((rows = run_statements (job, session, &batch, &local_error)) == NULL ||
       !judge_all (job, &batch, rows, &local_error) ||
       !backstay_db_session_commit (session, &local_error)))
    {
      forget (job, &batch);
      backstay_db_session_rollback (session);

      if (g_error_matches (local_error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN))
        job->n_doubtful = batch.end;

      /* Which line the server refuses shows when they come one by one. */
      if (g_error_matches (local_error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_SQL))
        {
          if (batch.lines->len > 1)
            {
              job->n_alone = batch.end;
              return TRUE;
            }

          name_line (job, &batch, local_error);
        }

      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  settle (job, &batch);

  return TRUE;
}

/**
 * backstay_import_job_run: (skip)
 *
 * Writes the versions that are new; a #BackstayDbJobFunc with a #BackstayImportJob. What was written
 * before an error stays, and the job tells what that is.
 *
 * Returns: whether all of them were written. After %BACKSTAY_DB_ERROR_UNKNOWN the job has to be run
 *   again, which finds out what became of the last few.
 */
gboolean
backstay_import_job_run (BackstayDbSession *session,
                         gpointer           data,
                         gpointer          *result,
                         GError           **error)
{
  BackstayImportJob *job = data;
  g_autoptr (BackstayLineReader) reader = backstay_line_reader_new (job->path, error);

  if (reader == NULL)
    return FALSE;

  report (job);

  while (job->next < job->items->len)
    {
      if (!run_batch (job, session, reader, error))
        return FALSE;
    }

  *result = job;

  return TRUE;
}

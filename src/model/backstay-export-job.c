/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-export-job"

#include "config.h"

#include "backstay-export-job.h"

#include "backstay-db-error.h"
#include "backstay-json-print.h"
#include "backstay-private-file.h"
#include "backstay-transaction.h"
#include "backstay-version-line.h"

#include <glib/gi18n-lib.h>

/* An export is one transaction that sees one moment, and asks for page after page of it. */

/* How many versions a page has at most, and in how many bytes their configurations are stored. The server's
 * compression makes up to some ninety times less of a text, so that a page is at most some 20 MB, or one
 * version. */
#define PAGE_LIMIT "200"
#define PAGE_BUDGET "262144"

/* Up to this many versions of a type are counted, to say how far it is. */
#define COUNT_LIMIT 20000

#define FIRST_ID "00000000-0000-0000-0000-000000000000"

/* The columns of export-page.sql and export-version.sql. */
enum
{
  COLUMN_ID,
  COLUMN_MODEL_TYPE,
  COLUMN_CONFIG_NAME,
  COLUMN_IS_ACTIVE,
  COLUMN_CREATED_BY,
  COLUMN_CREATOR_NAME,
  COLUMN_CREATED_AT_UTC,
  COLUMN_NOTES,
  COLUMN_CONFIG,
  COLUMN_CREATED_AT,
};

/* The columns of list-types.sql that are of use. */
enum
{
  TYPE_COLUMN_NAME,
  TYPE_COLUMN_N_VERSIONS,
};

/* What the export's functions share while it runs. */
typedef struct
{
  BackstayExportJob   *job;
  BackstayDbSession   *session;
  BackstayPrivateFile *file;
  guint                n_versions;
  guint64              n_bytes;
  guint                n_total; /* 0 if nobody knows. */
} Export;

/**
 * backstay_export_job_new:
 * @request: what to export
 * @path: the file
 * @identity: (nullable): who one is
 * @progress: gets told how far it is
 * @cancellable: (nullable): cancels it
 *
 * Returns: (transfer full): the data for backstay_export_job_run()
 */
BackstayExportJob *
backstay_export_job_new (BackstayExportRequest    *request,
                         const char               *path,
                         BackstayIdentity         *identity,
                         BackstayTransferProgress *progress,
                         GCancellable             *cancellable)
{
  BackstayExportJob *job = g_new0 (BackstayExportJob, 1);

  job->request = backstay_export_request_copy (request);
  job->path = g_strdup (path);
  job->progress = backstay_transfer_progress_ref (progress);
  g_set_object (&job->identity, identity);
  g_set_object (&job->cancellable, cancellable);

  return job;
}

/**
 * backstay_export_job_free:
 *
 * Frees a job's data.
 */
void
backstay_export_job_free (BackstayExportJob *job)
{
  g_return_if_fail (job != NULL);

  backstay_export_request_free (job->request);
  g_free (job->path);
  g_clear_object (&job->identity);
  g_clear_object (&job->cancellable);
  backstay_transfer_progress_unref (job->progress);
  g_free (job);
}

static void
report (Export *self)
{
  double fraction = self->n_total > 0 ? MIN (1.0, (double) self->n_versions / self->n_total) : -1;

  backstay_transfer_progress_set (self->job->progress, self->n_versions, self->n_bytes, fraction);
}

static gboolean
write_bytes (Export     *self,
             const char *data,
             gsize       length,
             GError    **error)
{
  if (!backstay_private_file_write (self->file, data, length, error))
    return FALSE;

  self->n_bytes += length;

  return TRUE;
}

/* The strings belong to the rows. */
static void
print_head (BackstayDbRows *rows,
            guint           row,
            GString        *out)
{
  BackstayVersionLine line = {
    .id = (char *) backstay_db_rows_get_text (rows, row, COLUMN_ID),
    .model_type = (char *) backstay_db_rows_get_text (rows, row, COLUMN_MODEL_TYPE),
    .config_name = (char *) backstay_db_rows_get_text (rows, row, COLUMN_CONFIG_NAME),
    .is_active = (char *) backstay_db_rows_get_text (rows, row, COLUMN_IS_ACTIVE),
    .created_by = (char *) backstay_db_rows_get_text (rows, row, COLUMN_CREATED_BY),
    .creator_name = (char *) backstay_db_rows_get_text (rows, row, COLUMN_CREATOR_NAME),
    .created_at = (char *) backstay_db_rows_get_text (rows, row, COLUMN_CREATED_AT_UTC),
    .notes = (char *) backstay_db_rows_get_text (rows, row, COLUMN_NOTES),
  };

  backstay_version_line_print_head (&line, out);
}

static gboolean
write_line (Export         *self,
            BackstayDbRows *rows,
            guint           row,
            GError        **error)
{
  g_autoptr (GString) head = g_string_new (NULL);
  g_autoptr (GBytes) text = backstay_db_rows_dup_bytes (rows, row, COLUMN_CONFIG);
  gsize       length;
  const char *data = g_bytes_get_data (text, &length);

  print_head (rows, row, head);

  return write_bytes (self, head->str, head->len, error) &&
         write_bytes (self, data, length, error) &&
         write_bytes (self, "}\n", 2, error);
}

static gboolean
go_on_cb (gsize    n_done,
          gsize    n_total,
          gpointer user_data)
{
  return !g_cancellable_is_cancelled (user_data);
}

static gboolean
write_printed (Export         *self,
               BackstayDbRows *rows,
               guint           row,
               GError        **error)
{
  GCancellable *cancellable = self->job->cancellable;
  g_autoptr (GBytes) text = backstay_db_rows_dup_bytes (rows, row, COLUMN_CONFIG);
  g_autoptr (BackstayJson) json = backstay_json_new (text, go_on_cb, cancellable, error);
  g_autoptr (GBytes) printed = NULL;
  const char *data;
  gsize       length;

  if (json == NULL)
    return FALSE;

  if (self->job->request->format == BACKSTAY_EXPORT_FORMAT_PRETTY)
    printed = backstay_json_print_pretty (json, backstay_json_get_root (json), go_on_cb, cancellable, error);
  else
    printed = backstay_json_print_compact (json, backstay_json_get_root (json), go_on_cb, cancellable, error);

  if (printed == NULL)
    return FALSE;

  data = g_bytes_get_data (printed, &length);

  return write_bytes (self, data, length, error) && write_bytes (self, "\n", 1, error);
}

static gboolean
write_version (Export         *self,
               BackstayDbRows *rows,
               guint           row,
               GError        **error)
{
  g_autoptr (GBytes) text = NULL;
  const char *data;
  gsize       length;

  if (g_cancellable_set_error_if_cancelled (self->job->cancellable, error))
    return FALSE;

  self->n_versions++;

  switch (self->job->request->format)
    {
    case BACKSTAY_EXPORT_FORMAT_EXACT:
      text = backstay_db_rows_dup_bytes (rows, row, COLUMN_CONFIG);
      data = g_bytes_get_data (text, &length);
      return write_bytes (self, data, length, error);

    case BACKSTAY_EXPORT_FORMAT_PRETTY:
    case BACKSTAY_EXPORT_FORMAT_COMPACT:
      return write_printed (self, rows, row, error);

    case BACKSTAY_EXPORT_FORMAT_LINES:
    default:
      return write_line (self, rows, row, error);
    }
}

/* Runs one statement of the open transaction. Takes the batch. */
static BackstayDbRows *
run_one (Export        *self,
         BackstayBatch *batch,
         GError       **error)
{
  g_autoptr (BackstayBatch) owned = batch;
  g_autoptr (GPtrArray) rows = NULL;

  backstay_db_session_set_deadline (self->session, BACKSTAY_DOWNLOAD_MSEC);

  if ((rows = backstay_batch_run (owned, self->session, error)) == NULL)
    return NULL;

  return backstay_db_rows_ref (g_ptr_array_index (rows, 0));
}

/* Writes the versions of a type that have a time, or those that have none. */
static gboolean
write_half (Export     *self,
            const char *model_type,
            gboolean    nulls,
            GError    **error)
{
  g_autofree char *after_created_at = g_strdup ("-infinity");
  g_autofree char *after_id = g_strdup (FIRST_ID);

  for (;;)
    {
      BackstayBatch *batch = backstay_batch_new ();
      g_autoptr (BackstayDbRows) rows = NULL;
      guint n_rows;

      backstay_batch_add (batch, "export-page",
                          "model_type", model_type,
                          "nulls", nulls ? "true" : "false",
                          "after_created_at", after_created_at,
                          "after_id", after_id,
                          "limit", PAGE_LIMIT,
                          "budget", PAGE_BUDGET,
                          NULL);

      if ((rows = run_one (self, batch, error)) == NULL)
        return FALSE;

      n_rows = backstay_db_rows_get_n_rows (rows);
      if (n_rows == 0)
        return TRUE;

      for (guint row = 0; row < n_rows; row++)
        {
          if (!write_version (self, rows, row, error))
            return FALSE;
        }

      report (self);
      g_free (after_id);
      after_id = g_strdup (backstay_db_rows_get_text (rows, n_rows - 1, COLUMN_ID));

      if (!nulls)
        {
          g_free (after_created_at);
          after_created_at = g_strdup (backstay_db_rows_get_text (rows, n_rows - 1, COLUMN_CREATED_AT));
        }
    }
}

static gboolean
write_histories (Export         *self,
                 BackstayDbRows *types,
                 GError        **error)
{
  const char *only = self->job->request->model_type;

  for (guint row = 0; row < backstay_db_rows_get_n_rows (types); row++)
    {
      const char *name = backstay_db_rows_get_text (types, row, TYPE_COLUMN_NAME);

      if ((only == NULL || g_str_equal (only, name)) &&
          (!write_half (self, name, TRUE, error) || !write_half (self, name, FALSE, error)))
        return FALSE;
    }

  if (self->n_versions == 0)
    {
      g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                           _ ("There is no version to export: the server shows you none."));
      return FALSE;
    }

  return TRUE;
}

static gboolean
write_versions (Export  *self,
                GError **error)
{
  GPtrArray *ids = self->job->request->ids;

  for (guint i = 0; i < ids->len; i++)
    {
      BackstayBatch *batch = backstay_batch_new ();
      g_autoptr (BackstayDbRows) rows = NULL;

      backstay_batch_add (batch, "export-version", "id", g_ptr_array_index (ids, i), NULL);

      if ((rows = run_one (self, batch, error)) == NULL)
        return FALSE;

      if (backstay_db_rows_get_n_rows (rows) == 0)
        {
          g_set_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                       _ ("The version %.8s is not in the table any more, or you may not see it."),
                       (const char *) g_ptr_array_index (ids, i));
          return FALSE;
        }

      if (!write_version (self, rows, 0, error))
        return FALSE;

      report (self);
    }

  return TRUE;
}

/* A type with as many versions as are counted may have more of them. */
static guint
count_total (Export         *self,
             BackstayDbRows *types)
{
  const char *only = self->job->request->model_type;
  guint       n_total = 0;

  for (guint row = 0; row < backstay_db_rows_get_n_rows (types); row++)
    {
      guint n_versions = (guint) backstay_db_rows_get_int64 (types, row, TYPE_COLUMN_N_VERSIONS);

      if (only != NULL && !g_str_equal (only, backstay_db_rows_get_text (types, row, TYPE_COLUMN_NAME)))
        continue;

      if (n_versions >= COUNT_LIMIT)
        return 0;

      n_total += n_versions;
    }

  return n_total;
}

/* Opens the transaction. Gives the model types, where they are needed. */
static gboolean
open_snapshot (Export          *self,
               BackstayDbRows **types,
               GError         **error)
{
  g_autoptr (BackstayBatch) batch = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  backstay_db_session_set_deadline (self->session, BACKSTAY_DOWNLOAD_MSEC);
  batch = backstay_transaction_begin_snapshot (self->job->identity, BACKSTAY_DOWNLOAD_MSEC);
  backstay_batch_add (batch, "export-idle", NULL);

  if (self->job->request->ids == NULL)
    backstay_batch_add (batch, "list-types", "limit", G_STRINGIFY (COUNT_LIMIT), NULL);

  if ((rows = backstay_batch_run (batch, self->session, error)) == NULL)
    return FALSE;

  if (self->job->request->ids == NULL)
    *types = backstay_db_rows_ref (g_ptr_array_index (rows, BACKSTAY_TRANSACTION_FIRST + 1));

  return TRUE;
}

static gboolean
write_all (Export  *self,
           GError **error)
{
  g_autoptr (BackstayDbRows) types = NULL;

  if (!open_snapshot (self, &types, error))
    return FALSE;

  self->n_total = types != NULL ? count_total (self, types) : self->job->request->ids->len;
  report (self);

  if (types != NULL)
    return write_histories (self, types, error);

  return write_versions (self, error);
}

/**
 * backstay_export_job_run: (skip)
 *
 * Writes the file; a #BackstayDbJobFunc with a #BackstayExportJob. Unless it succeeds, a file that was
 * there is as it was.
 *
 * Returns: whether it succeeded; the result is a #BackstayExportOutcome to be freed by g_free()
 */
gboolean
backstay_export_job_run (BackstayDbSession *session,
                         gpointer           data,
                         gpointer          *result,
                         GError           **error)
{
  BackstayExportJob *job = data;
  g_autoptr (BackstayPrivateFile) file = NULL;
  Export                 self = { .job = job, .session = session };
  BackstayExportOutcome *outcome;

  if ((file = backstay_private_file_new (job->path, error)) == NULL)
    return FALSE;

  self.file = file;

  if (!write_all (&self, error) || g_cancellable_set_error_if_cancelled (job->cancellable, error) ||
      !backstay_private_file_finish (file, error))
    return FALSE;

  outcome = g_new0 (BackstayExportOutcome, 1);
  outcome->n_versions = self.n_versions;
  outcome->n_bytes = self.n_bytes;
  *result = outcome;

  return TRUE;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-work"

#include "config.h"

#include "backstay-matrix-work.h"

#include "backstay-matrix-filter.h"

static gboolean
go_on (gsize    done,
       gsize    total,
       gpointer cancellable)
{
  return !g_cancellable_is_cancelled (cancellable);
}

/* Comparing */

typedef struct
{
  BackstayJson   *documents[BACKSTAY_MATRIX_MAX_DOCUMENTS];
  guint           n_documents;
  BackstayMatrix *matrix; /* %NULL until it is made. */
  gboolean        differences;
  gboolean        complete;
  char           *needle;
  char          **pointers; /* %NULL for all. */
} Comparison;

static void
comparison_free (Comparison *comparison)
{
  for (guint i = 0; i < comparison->n_documents; i++)
    backstay_json_unref (comparison->documents[i]);
  g_clear_pointer (&comparison->matrix, backstay_matrix_unref);
  g_free (comparison->needle);
  g_strfreev (comparison->pointers);
  g_free (comparison);
}

static void
compare_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Comparison          *comparison = task_data;
  BackstayMatrixFilter filter = {
    comparison->differences,
    comparison->complete,
    comparison->needle,
    (const char *const *) comparison->pointers,
  };
  guint8 *marks = NULL;
  GError *error = NULL;

  if (comparison->matrix == NULL)
    comparison->matrix = backstay_matrix_new (comparison->documents, comparison->n_documents,
                                              go_on, cancellable, &error);

  if (comparison->matrix != NULL)
    marks = backstay_matrix_filter (comparison->matrix, &filter, go_on, cancellable, &error);

  if (marks == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, backstay_matrix_tree_new (comparison->matrix, marks), g_object_unref);
}

/**
 * backstay_matrix_work_compare_async:
 * @columns: the versions, whose order is that of the documents
 * @matrix: (nullable): their matrix, if there is one already
 * @differences: whether to show only what differs
 * @complete: whether to leave out what some versions do not have
 * @needle: a part of the path, whatever its case
 * @pointers: (nullable): JSON Pointers; %NULL for all
 * @cancellable: cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Compares versions, and finds out which paths to show.
 */
void
backstay_matrix_work_compare_async (BackstayMatrixColumns *columns,
                                    BackstayMatrix        *matrix,
                                    gboolean               differences,
                                    gboolean               complete,
                                    const char            *needle,
                                    const char *const     *pointers,
                                    GCancellable          *cancellable,
                                    GAsyncReadyCallback    callback,
                                    gpointer               user_data)
{
  Comparison *comparison;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (columns));

  comparison = g_new0 (Comparison, 1);
  comparison->differences = differences;
  comparison->complete = complete;
  comparison->needle = g_strdup (needle);
  comparison->pointers = g_strdupv ((char **) pointers);

  if (matrix != NULL)
    comparison->matrix = backstay_matrix_ref (matrix);
  else
    comparison->n_documents = backstay_matrix_columns_get_n (columns);

  for (guint i = 0; i < comparison->n_documents; i++)
    {
      guint                  document = backstay_matrix_columns_get_document (columns, i);
      BackstayConfiguration *configuration = backstay_matrix_columns_get_configuration (columns, i);

      comparison->documents[document] = backstay_json_ref (backstay_configuration_get_json (configuration));
    }

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_matrix_work_compare_async);
  g_task_set_task_data (task, comparison, (GDestroyNotify) comparison_free);
  g_task_run_in_thread (task, compare_thread);
}

/**
 * backstay_matrix_work_compare_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_matrix_work_compare_async() began.
 *
 * Returns: (transfer full): the rows to show, with their matrix; or %NULL with an error
 */
BackstayMatrixTree *
backstay_matrix_work_compare_finish (GAsyncResult *result,
                                     GError      **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Exporting */

typedef struct
{
  BackstayMatrixTable  table;
  BackstayMatrixFormat format;
  guint8              *marks;
  guint                columns[BACKSTAY_MATRIX_MAX_DOCUMENTS];
  char                *headings[BACKSTAY_MATRIX_MAX_DOCUMENTS];
  char                *title;
  GFile               *file; /* (nullable) */
} Export;

static void
export_free (Export *export)
{
  for (guint i = 0; i < export->table.n_columns; i++)
    g_free (export->headings[i]);
  backstay_matrix_unref (export->table.matrix);
  g_free (export->marks);
  g_free (export->title);
  g_clear_object (&export->file);
  g_free (export);
}

static void
export_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Export *export = task_data;
  g_autoptr (GBytes) bytes = NULL;
  GError     *error = NULL;
  const char *data;
  gsize       length;

  bytes = backstay_matrix_export (&export->table, export->format, go_on, cancellable, &error);

  if (bytes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  data = g_bytes_get_data (bytes, &length);

  /* A local file is written beside the old one first, and then takes its place. */
  if (export->file != NULL &&
      !g_file_replace_contents (export->file, data, length, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&bytes), (GDestroyNotify) g_bytes_unref);
}

/* A heading in one line that names the version for good. */
static char *
dup_heading (BackstayMatrixColumns *columns,
             guint                  column)
{
  BackstayVersion *version = backstay_matrix_columns_get_version (columns, column);
  const char      *created_at = backstay_version_get_created_at (version);

  return g_strdup_printf ("%s · %s · %s · %s",
                          backstay_version_get_model_type (version),
                          backstay_version_get_name (version),
                          created_at != NULL ? created_at : "",
                          backstay_version_get_id (version));
}

/**
 * backstay_matrix_work_export_async:
 * @columns: the versions, in the order to be written
 * @tree: the rows
 * @title: what to call the whole
 * @format: how to write it
 * @file: (nullable): where to write it to; %NULL for nowhere
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Writes what a filter lets through, whether it is folded or not.
 */
void
backstay_matrix_work_export_async (BackstayMatrixColumns *columns,
                                   BackstayMatrixTree    *tree,
                                   const char            *title,
                                   BackstayMatrixFormat   format,
                                   GFile                 *file,
                                   GCancellable          *cancellable,
                                   GAsyncReadyCallback    callback,
                                   gpointer               user_data)
{
  Export *export;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (columns));
  g_return_if_fail (BACKSTAY_IS_MATRIX_TREE (tree));

  export = g_new0 (Export, 1);
  export->format = format;
  export->title = g_strdup (title);
  g_set_object (&export->file, file);
  export->table.matrix = backstay_matrix_ref (backstay_matrix_tree_get_matrix (tree));
  export->table.n_columns = backstay_matrix_columns_get_n (columns);

  /* Rows may be expanded while it is written, which changes the tree's own marks. */
  export->marks = g_memdup2 (backstay_matrix_tree_get_marks (tree),
                             backstay_matrix_get_n_rows (export->table.matrix));

  for (guint i = 0; i < export->table.n_columns; i++)
    {
      export->columns[i] = backstay_matrix_columns_get_document (columns, i);
      export->headings[i] = dup_heading (columns, i);
    }

  export->table.marks = export->marks;
  export->table.columns = export->columns;
  export->table.headings = (const char *const *) export->headings;
  export->table.title = export->title;

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_matrix_work_export_async);
  g_task_set_task_data (task, export, (GDestroyNotify) export_free);
  g_task_run_in_thread (task, export_thread);
}

/**
 * backstay_matrix_work_export_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_matrix_work_export_async() began.
 *
 * Returns: (transfer full): what was written, or %NULL with an error
 */
GBytes *
backstay_matrix_work_export_finish (GAsyncResult *result,
                                    GError      **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

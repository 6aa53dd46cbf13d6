/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-filter"

#include "config.h"

#include <string.h>

#include "backstay-json-fault.h"
#include "backstay-json-path.h"
#include "backstay-matrix-filter.h"
#include "backstay-matrix-private.h"

/* Marks that only count here. */
enum
{
  MARK_IN_SET = 1 << 4,  /* At one of the pointers, or below. */
  MARK_MATCHES = 1 << 5, /* It, or what is above it, has the needle. */
};

typedef struct
{
  BackstayMatrix             *matrix;
  const BackstayMatrixFilter *filter;
  char                       *needle; /* Case folded, %NULL for none. */
  guint8                     *marks;
  GString                    *path; /* Of the current row, case folded. */
  GArray                     *ends; /* Of gsize: how long the path is at each level. */
} Work;

/* Whether a pointer's token names a row. An element's index is written in one way only. */
static gboolean
token_names (BackstayMatrix   *matrix,
             BackstayMatrixRow row,
             const char       *token)
{
  guint            document = backstay_matrix_get_first_document (matrix, row);
  BackstayJson    *json = matrix->documents[document];
  BackstayJsonNode node = backstay_matrix_get_node (matrix, row, document);
  g_autofree char *name = NULL;
  gsize            length;

  if (backstay_json_has_key (json, node))
    {
      name = backstay_json_dup_key (json, node, &length);
      return length == strlen (token) && memcmp (name, token, length) == 0;
    }

  name = g_strdup_printf ("%u", backstay_json_get_index (json, node));

  return strcmp (name, token) == 0;
}

static GArray *
find_children (BackstayMatrix *matrix,
               GArray         *rows,
               const char     *token)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (BackstayMatrixRow));

  for (guint i = 0; i < rows->len; i++)
    {
      BackstayMatrixRow row = g_array_index (rows, BackstayMatrixRow, i);
      BackstayMatrixRow end = backstay_matrix_get_end (matrix, row);

      for (BackstayMatrixRow child = row + 1; child < end; child = backstay_matrix_get_end (matrix, child))
        if (token_names (matrix, child, token))
          g_array_append_val (found, child);
    }

  return found;
}

/**
 * backstay_matrix_find_pointer:
 * @matrix: a matrix
 * @pointer: a JSON Pointer of RFC 6901
 *
 * Finds the rows of a path. There are two where some documents have an object with a number for a
 * key at the same place as others have an array.
 *
 * Returns: (transfer full) (element-type BackstayMatrixRow): the rows; none if no document has it
 */
GArray *
backstay_matrix_find_pointer (BackstayMatrix *matrix,
                              const char     *pointer)
{
  BackstayMatrixRow root = 0;
  GArray           *rows;
  g_auto (GStrv) tokens = NULL;

  g_return_val_if_fail (matrix != NULL, NULL);
  g_return_val_if_fail (pointer != NULL, NULL);

  rows = g_array_new (FALSE, FALSE, sizeof (BackstayMatrixRow));

  if (*pointer == '\0' || *pointer == '/')
    g_array_append_val (rows, root);

  /* What stands before the first slash is empty, and the whole list is for the root. */
  tokens = g_strsplit (pointer, "/", -1);

  for (char **token = tokens; *token != NULL && rows->len > 0; token++)
    {
      g_autoptr (GArray) above = NULL;

      if (token == tokens)
        continue;

      above = g_steal_pointer (&rows);
      if (backstay_json_decode_pointer_token (*token))
        rows = find_children (matrix, above, *token);
      else
        rows = g_array_new (FALSE, FALSE, sizeof (BackstayMatrixRow));
    }

  return rows;
}

static void
mark_pointers (Work *work)
{
  for (const char *const *pointer = work->filter->pointers; pointer != NULL && *pointer != NULL; pointer++)
    {
      g_autoptr (GArray) rows = backstay_matrix_find_pointer (work->matrix, *pointer);

      for (guint i = 0; i < rows->len; i++)
        {
          BackstayMatrixRow row = g_array_index (rows, BackstayMatrixRow, i);
          BackstayMatrixRow end = backstay_matrix_get_end (work->matrix, row);

          for (; row < end; row++)
            work->marks[row] |= MARK_IN_SET;
        }
    }
}

/* Writes the row's path behind that of its parent, and looks for the needle in what is new there:
 * what lies before was looked at with the parent. */
static gboolean
path_matches (Work             *work,
              BackstayMatrixRow row)
{
  const BackstayMatrixRecord *record = backstay_matrix_get_record (work->matrix, row);
  gsize                       needle_length = strlen (work->needle);
  gsize                       begin = 0;
  g_autofree char            *folded = NULL;

  g_array_set_size (work->ends, record->depth);

  if (record->depth > 0)
    {
      begin = g_array_index (work->ends, gsize, record->depth - 1);
      g_string_truncate (work->path, begin);
      backstay_matrix_append_step (work->matrix, row, work->path);
      folded = g_utf8_casefold (work->path->str + begin, -1);
      g_string_truncate (work->path, begin);
      g_string_append (work->path, folded);
    }

  g_array_append_val (work->ends, work->path->len);
  begin -= MIN (begin, needle_length - 1);

  return strstr (work->path->str + begin, work->needle) != NULL;
}

static void
mark_row (Work             *work,
          BackstayMatrixRow row)
{
  const BackstayMatrixRecord *record = backstay_matrix_get_record (work->matrix, row);
  gboolean                    shown = TRUE;

  if (work->needle != NULL)
    {
      gboolean parent_matches = record->parent != BACKSTAY_MATRIX_ROW_NONE &&
                                (work->marks[record->parent] & MARK_MATCHES) != 0;

      if (path_matches (work, row) || parent_matches)
        work->marks[row] |= MARK_MATCHES;

      shown = (work->marks[row] & MARK_MATCHES) != 0;
    }

  if (work->filter->pointers != NULL)
    shown = shown && (work->marks[row] & MARK_IN_SET) != 0;

  if (work->filter->differences)
    shown = shown && record->n_values > 1;

  if (work->filter->complete)
    shown = shown && backstay_matrix_get_n_missing (work->matrix, row) == 0;

  if (shown)
    work->marks[row] |= BACKSTAY_MATRIX_MARK_SHOWN;
}

/* Whether at least two documents have something below a row that can be told apart: what only one
 * of them has is one difference, not as many as there are values in it. */
static gboolean
has_differences_below (BackstayMatrix   *matrix,
                       BackstayMatrixRow row)
{
  guint n_containers = 0;

  if (backstay_matrix_get_record (matrix, row)->n_values == 1)
    return FALSE;

  for (guint i = 0; i < matrix->n_documents; i++)
    {
      BackstayJsonNode node = backstay_matrix_get_node (matrix, row, i);

      n_containers += node != BACKSTAY_JSON_NODE_NONE &&
                      backstay_json_is_container (matrix->documents[i], node);
    }

  return n_containers > 1;
}

/* Lets a row be shown if one below it is. On the way to what is looked for rows are expanded, and
 * from there on those with differences below. */
static void
mark_above (Work             *work,
            BackstayMatrixRow row)
{
  const BackstayMatrixRecord *record = backstay_matrix_get_record (work->matrix, row);
  gboolean                    is_found = (work->needle == NULL || (work->marks[row] & MARK_MATCHES) != 0) &&
                      (work->filter->pointers == NULL || (work->marks[row] & MARK_IN_SET) != 0);

  if ((work->marks[row] & BACKSTAY_MATRIX_MARK_SHOWN) == 0)
    return;

  if (record->end > row + 1 && (!is_found || has_differences_below (work->matrix, row)))
    work->marks[row] |= BACKSTAY_MATRIX_MARK_EXPANDED;

  if (record->parent != BACKSTAY_MATRIX_ROW_NONE)
    work->marks[record->parent] |= BACKSTAY_MATRIX_MARK_SHOWN;
}

static gboolean
mark_all (Work                   *work,
          BackstayMatrixProgress *progress)
{
  guint n_rows = work->matrix->rows->len;

  mark_pointers (work);

  for (BackstayMatrixRow row = 0; row < n_rows; row++)
    {
      mark_row (work, row);
      if (!backstay_matrix_progress_step (progress, 1))
        return FALSE;
    }

  for (BackstayMatrixRow row = n_rows; row-- > 0;)
    mark_above (work, row);

  work->marks[0] |= BACKSTAY_MATRIX_MARK_EXPANDED;

  return TRUE;
}

/**
 * backstay_matrix_filter:
 * @matrix: a matrix
 * @filter: which rows to show
 * @progress: (nullable) (scope call): called from time to time, with numbers of rows
 * @user_data: data for @progress
 * @error: return location of a %BACKSTAY_JSON_ERROR
 *
 * Finds the rows to show. The root is marked as shown only if anything is.
 *
 * Returns: (transfer full) (nullable): for each row a set of #BackstayMatrixMark, to be freed with
 *   g_free(); %NULL if stopped
 */
guint8 *
backstay_matrix_filter (BackstayMatrix             *matrix,
                        const BackstayMatrixFilter *filter,
                        BackstayJsonProgressFunc    progress,
                        gpointer                    user_data,
                        GError                    **error)
{
  BackstayMatrixProgress steps = { .func = progress, .user_data = user_data };
  Work                   work = { .matrix = matrix, .filter = filter };

  g_return_val_if_fail (matrix != NULL, NULL);
  g_return_val_if_fail (filter != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  steps.n_total = matrix->rows->len;
  work.marks = g_new0 (guint8, matrix->rows->len);
  work.path = g_string_new (NULL);
  work.ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  if (filter->needle != NULL && *filter->needle != '\0')
    work.needle = g_utf8_casefold (filter->needle, -1);

  if (!mark_all (&work, &steps))
    {
      g_clear_pointer (&work.marks, g_free);
      backstay_json_fault_set_error (BACKSTAY_JSON_FAULT_CANCELLED, "", 0, 0, error);
    }

  g_free (work.needle);
  g_string_free (work.path, TRUE);
  g_array_unref (work.ends);

  return work.marks;
}

/**
 * backstay_matrix_count_differing:
 * @matrix: a matrix
 * @marks: what backstay_matrix_filter() found
 *
 * Counts the differences that are shown: rows that differ, and have no rows below them that are shown
 * and do.
 *
 * Returns: how many
 */
guint
backstay_matrix_count_differing (BackstayMatrix *matrix,
                                 const guint8   *marks)
{
  g_autofree guint8 *above = NULL; /* Whether a row below was counted. */
  guint              n = 0;

  g_return_val_if_fail (matrix != NULL, 0);
  g_return_val_if_fail (marks != NULL, 0);

  above = g_new0 (guint8, matrix->rows->len);

  for (BackstayMatrixRow row = matrix->rows->len; row-- > 0;)
    {
      const BackstayMatrixRecord *record = backstay_matrix_get_record (matrix, row);

      if (record->n_values == 1 || (marks[row] & BACKSTAY_MATRIX_MARK_SHOWN) == 0)
        continue;

      n += !above[row];
      if (record->parent != BACKSTAY_MATRIX_ROW_NONE)
        above[record->parent] = TRUE;
    }

  return n;
}

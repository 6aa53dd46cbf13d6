/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix"

#include "config.h"

#include <string.h>

#include "backstay-matrix-private.h"

#include "backstay-json-fault.h"
#include "backstay-json-path.h"
#include "backstay-json-duplicates.h"
#include "backstay-matrix-build.h"

/**
 * BackstayMatrix:
 *
 * Several documents side by side: a row is a path, and a column is a document. Members of objects go
 * together by their keys, whatever their order, and elements of arrays by their index, so that a
 * cell is what the row's path finds in its document. Values are the same by exact decimal value
 * for numbers and by code points for strings; of containers all that is below them has to be.
 */

/* How many nodes lie between two calls of a progress function. */
#define PROGRESS_STEP 65536

/* Returns FALSE if the work is to stop. */
gboolean
backstay_matrix_progress_step (BackstayMatrixProgress *self,
                               gsize                   n_more)
{
  self->n_done += n_more;

  if (self->func == NULL || self->n_done < self->next)
    return TRUE;

  self->next = self->n_done + PROGRESS_STEP;

  return self->func (self->n_done, self->n_total, self->user_data);
}

/* Which of two members with one key is meant, nobody can tell. */
static gboolean
check_keys (BackstayJson *json,
            GError      **error)
{
  BackstayJsonNode duplicate = backstay_json_find_duplicate_key (json);
  g_autofree char *path = NULL;

  if (duplicate == BACKSTAY_JSON_NODE_NONE)
    return TRUE;

  path = backstay_json_dup_display_path (json, duplicate);
  backstay_json_fault_set_duplicate_key (path, json->data, g_bytes_get_size (json->text),
                                         json->nodes[duplicate].key, error);

  return FALSE;
}

/**
 * backstay_matrix_new:
 * @documents: (array length=n_documents): the documents
 * @n_documents: from 1 to %BACKSTAY_MATRIX_MAX_DOCUMENTS
 * @progress: (nullable) (scope call): called from time to time, with numbers of values
 * @user_data: data for @progress
 * @error: return location of a %BACKSTAY_JSON_ERROR
 *
 * Puts documents side by side and compares them. This takes time in proportion to their size.
 *
 * Returns: (transfer full) (nullable): the matrix; %NULL if stopped, or if a document has an object
 *   with the same key twice
 */
BackstayMatrix *
backstay_matrix_new (BackstayJson *const     *documents,
                     guint                    n_documents,
                     BackstayJsonProgressFunc progress,
                     gpointer                 user_data,
                     GError                 **error)
{
  BackstayMatrixProgress steps = { .func = progress, .user_data = user_data };
  g_autoptr (BackstayMatrix) self = NULL;

  g_return_val_if_fail (documents != NULL, NULL);
  g_return_val_if_fail (n_documents >= 1 && n_documents <= BACKSTAY_MATRIX_MAX_DOCUMENTS, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_new0 (BackstayMatrix, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->n_documents = n_documents;
  self->rows = g_array_new (FALSE, FALSE, sizeof (BackstayMatrixRecord));
  self->cells = g_array_new (FALSE, FALSE, sizeof (BackstayJsonNode));
  self->orders = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  for (guint i = 0; i < n_documents; i++)
    {
      self->documents[i] = backstay_json_ref (documents[i]);
      steps.n_total += 2 * (gsize) documents[i]->n_nodes;
    }

  for (guint i = 0; i < n_documents; i++)
    if (!check_keys (documents[i], error))
      return NULL;

  if (steps.n_total / 2 >= G_MAXUINT32)
    {
      backstay_json_fault_set_error (BACKSTAY_JSON_FAULT_SIZE, documents[0]->data, 0, 0, error);
      return NULL;
    }

  if (!backstay_matrix_build (self, &steps) || !backstay_matrix_compare (self, &steps))
    {
      backstay_json_fault_set_error (BACKSTAY_JSON_FAULT_CANCELLED, documents[0]->data, 0, 0, error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * backstay_matrix_ref:
 * @self: a matrix
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @self
 */
BackstayMatrix *
backstay_matrix_ref (BackstayMatrix *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * backstay_matrix_unref:
 * @self: (transfer full): a matrix
 *
 * Drops a reference, and the matrix with the last one.
 */
void
backstay_matrix_unref (BackstayMatrix *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < self->n_documents; i++)
    g_clear_pointer (&self->documents[i], backstay_json_unref);

  g_array_unref (self->rows);
  g_array_unref (self->cells);
  g_hash_table_unref (self->orders);
  g_free (self);
}

/**
 * backstay_matrix_get_n_documents:
 * @self: a matrix
 *
 * Returns: the number of columns
 */
guint
backstay_matrix_get_n_documents (BackstayMatrix *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_documents;
}

/**
 * backstay_matrix_get_document:
 * @self: a matrix
 * @document: a column
 *
 * Returns: (transfer none): the document
 */
BackstayJson *
backstay_matrix_get_document (BackstayMatrix *self,
                              guint           document)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (document < self->n_documents, NULL);

  return self->documents[document];
}

/**
 * backstay_matrix_get_n_rows:
 * @self: a matrix
 *
 * Returns: the number of rows, at least 1
 */
guint
backstay_matrix_get_n_rows (BackstayMatrix *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len;
}

/**
 * backstay_matrix_get_n_differing:
 * @self: a matrix
 *
 * Counts the rows that differ and have nothing below them that does: what a person calls a difference.
 *
 * Returns: the number
 */
guint
backstay_matrix_get_n_differing (BackstayMatrix *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_differing;
}

/**
 * backstay_matrix_get_n_respelt:
 * @self: a matrix
 *
 * Counts the rows whose values are all equal, but not spelt the same, such as 1 and 1.0.
 *
 * Returns: the number
 */
guint
backstay_matrix_get_n_respelt (BackstayMatrix *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_respelt;
}

/**
 * backstay_matrix_get_parent:
 * @self: a matrix
 * @row: one of its rows
 *
 * Returns: the row above; %BACKSTAY_MATRIX_ROW_NONE for the root
 */
BackstayMatrixRow
backstay_matrix_get_parent (BackstayMatrix   *self,
                            BackstayMatrixRow row)
{
  g_return_val_if_fail (self != NULL, BACKSTAY_MATRIX_ROW_NONE);
  g_return_val_if_fail (row < self->rows->len, BACKSTAY_MATRIX_ROW_NONE);

  return backstay_matrix_get_record (self, row)->parent;
}

/**
 * backstay_matrix_get_end:
 * @self: a matrix
 * @row: one of its rows
 *
 * Returns: the row behind all that is below @row, or the number of rows
 */
BackstayMatrixRow
backstay_matrix_get_end (BackstayMatrix   *self,
                         BackstayMatrixRow row)
{
  g_return_val_if_fail (self != NULL, BACKSTAY_MATRIX_ROW_NONE);
  g_return_val_if_fail (row < self->rows->len, BACKSTAY_MATRIX_ROW_NONE);

  return backstay_matrix_get_record (self, row)->end;
}

/**
 * backstay_matrix_get_depth:
 * @self: a matrix
 * @row: one of its rows
 *
 * Returns: how many rows are above it; 0 for the root
 */
guint
backstay_matrix_get_depth (BackstayMatrix   *self,
                           BackstayMatrixRow row)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (row < self->rows->len, 0);

  return backstay_matrix_get_record (self, row)->depth;
}

/**
 * backstay_matrix_get_node:
 * @self: a matrix
 * @row: one of its rows
 * @document: a column
 *
 * Gets what a document has at a path.
 *
 * Returns: a node of the document; %BACKSTAY_JSON_NODE_NONE if it is missing there
 */
BackstayJsonNode
backstay_matrix_get_node (BackstayMatrix   *self,
                          BackstayMatrixRow row,
                          guint             document)
{
  g_return_val_if_fail (self != NULL, BACKSTAY_JSON_NODE_NONE);
  g_return_val_if_fail (row < self->rows->len, BACKSTAY_JSON_NODE_NONE);
  g_return_val_if_fail (document < self->n_documents, BACKSTAY_JSON_NODE_NONE);

  return backstay_matrix_node_of (self, backstay_matrix_get_record (self, row), document);
}

/**
 * backstay_matrix_get_first_document:
 * @self: a matrix
 * @row: one of its rows
 *
 * Gets the first document that has a path, to ask it for the path's key or name.
 *
 * Returns: a column
 */
guint
backstay_matrix_get_first_document (BackstayMatrix   *self,
                                    BackstayMatrixRow row)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (row < self->rows->len, 0);

  return (guint) __builtin_ctz (backstay_matrix_get_record (self, row)->present);
}

/**
 * backstay_matrix_get_differs:
 * @self: a matrix
 * @row: one of its rows
 *
 * Returns: whether not all documents have the same value there
 */
gboolean
backstay_matrix_get_differs (BackstayMatrix   *self,
                             BackstayMatrixRow row)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (row < self->rows->len, FALSE);

  return backstay_matrix_get_record (self, row)->n_values > 1;
}

/**
 * backstay_matrix_get_respelt:
 * @self: a matrix
 * @row: one of its rows
 *
 * Returns: whether documents have an equal value there that they spell differently
 */
gboolean
backstay_matrix_get_respelt (BackstayMatrix   *self,
                             BackstayMatrixRow row)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (row < self->rows->len, FALSE);

  return backstay_matrix_get_record (self, row)->respelt;
}

/**
 * backstay_matrix_get_n_missing:
 * @self: a matrix
 * @row: one of its rows
 *
 * Returns: how many documents do not have the path
 */
guint
backstay_matrix_get_n_missing (BackstayMatrix   *self,
                               BackstayMatrixRow row)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (row < self->rows->len, 0);

  return self->n_documents - (guint) __builtin_popcount (backstay_matrix_get_record (self, row)->present);
}

/**
 * backstay_matrix_get_n_values:
 * @self: a matrix
 * @row: one of its rows
 *
 * Returns: how many different values there are
 */
guint
backstay_matrix_get_n_values (BackstayMatrix   *self,
                              BackstayMatrixRow row)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (row < self->rows->len, 0);

  /* That it is missing counts as one of them there. */
  return backstay_matrix_get_record (self, row)->n_values - (backstay_matrix_get_n_missing (self, row) > 0);
}

/**
 * backstay_matrix_get_role:
 * @self: a matrix
 * @row: one of its rows
 * @document: a column
 *
 * Returns: how a document's value goes with those of the others
 */
BackstayMatrixRole
backstay_matrix_get_role (BackstayMatrix   *self,
                          BackstayMatrixRow row,
                          guint             document)
{
  const BackstayMatrixRecord *record;

  g_return_val_if_fail (self != NULL, BACKSTAY_MATRIX_ROLE_SAME);
  g_return_val_if_fail (row < self->rows->len, BACKSTAY_MATRIX_ROLE_SAME);
  g_return_val_if_fail (document < self->n_documents, BACKSTAY_MATRIX_ROLE_SAME);

  record = backstay_matrix_get_record (self, row);

  if (record->n_values == 1)
    return BACKSTAY_MATRIX_ROLE_SAME;

  if ((record->present & (1u << document)) == 0)
    return BACKSTAY_MATRIX_ROLE_MISSING;

  if (record->majority == record->present)
    return BACKSTAY_MATRIX_ROLE_SAME;

  if (record->majority == 0)
    return BACKSTAY_MATRIX_ROLE_VARIED;

  return (record->majority & (1u << document)) != 0 ? BACKSTAY_MATRIX_ROLE_SHARED
                                                    : BACKSTAY_MATRIX_ROLE_OUTLIER;
}

/**
 * backstay_matrix_get_reordered:
 * @self: a matrix
 * @row: one of its rows
 * @document: a column
 *
 * Returns: whether a document's array has its elements in another order than the first one's
 */
gboolean
backstay_matrix_get_reordered (BackstayMatrix   *self,
                               BackstayMatrixRow row,
                               guint             document)
{
  const BackstayMatrixOrder *order;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (document < self->n_documents, FALSE);

  order = g_hash_table_lookup (self->orders, GUINT_TO_POINTER (row));

  return order != NULL && order->classes[document] > 0;
}

/* Whether a string can stand in a path as it is, without its quotes. */
static gboolean
is_plain (const char *lexeme,
          gsize       length)
{
  for (gsize i = 1; i + 1 < length; i++)
    if (!g_ascii_isalnum (lexeme[i]) && strchr ("_-.:/", lexeme[i]) == NULL)
      return FALSE;

  return length > 2;
}

/**
 * backstay_matrix_dup_identity:
 * @self: a matrix
 * @row: one of its rows
 *
 * Gets what tells an element of arrays apart, such as "name=detail".
 *
 * Returns: (transfer full) (nullable): the words; %NULL for members, and for elements that go by their
 *   index
 */
char *
backstay_matrix_dup_identity (BackstayMatrix   *self,
                              BackstayMatrixRow row)
{
  const BackstayMatrixRecord *record;
  BackstayJson               *json;
  BackstayJsonNode            member;
  const char                 *lexeme;
  gsize                       length;
  guint                       document;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < self->rows->len, NULL);

  record = backstay_matrix_get_record (self, row);

  if (record->identity == 0)
    return NULL;

  document = backstay_matrix_get_first_document (self, row);
  json = self->documents[document];
  member = backstay_json_find_member (json, backstay_matrix_node_of (self, record, document),
                                      backstay_matrix_identity_keys[record->identity]);
  lexeme = backstay_json_get_lexeme (json, member, &length);

  if (*lexeme == '"' && is_plain (lexeme, length))
    {
      lexeme++;
      length -= 2;
    }

  return g_strdup_printf ("%s=%.*s", backstay_matrix_identity_keys[record->identity], (int) length, lexeme);
}

/*
 * backstay_matrix_append_step:
 * @self: a matrix
 * @row: one of its rows, not the root
 * @path: where the path goes on
 *
 * Appends what a row adds to the path of the one above.
 */
void
backstay_matrix_append_step (BackstayMatrix   *self,
                             BackstayMatrixRow row,
                             GString          *path)
{
  g_autofree char *identity = backstay_matrix_dup_identity (self, row);
  guint            document = backstay_matrix_get_first_document (self, row);

  if (identity != NULL)
    g_string_append_printf (path, "[%s]", identity);
  else
    backstay_json_append_display_step (path, self->documents[document],
                                       backstay_matrix_get_node (self, row, document));
}

/**
 * backstay_matrix_dup_path:
 * @self: a matrix
 * @row: one of its rows
 *
 * Makes a path for people to read: "loras[name=detail].weight".
 *
 * Returns: (transfer full): the path; the empty string for the root
 */
char *
backstay_matrix_dup_path (BackstayMatrix   *self,
                          BackstayMatrixRow row)
{
  g_autoptr (GArray) rows = NULL;
  GString *path;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < self->rows->len, NULL);

  rows = g_array_new (FALSE, FALSE, sizeof (BackstayMatrixRow));
  path = g_string_new (NULL);

  for (; row != 0; row = backstay_matrix_get_record (self, row)->parent)
    g_array_append_val (rows, row);
  for (guint i = rows->len; i-- > 0;)
    backstay_matrix_append_step (self, g_array_index (rows, BackstayMatrixRow, i), path);

  return g_string_free (path, FALSE);
}

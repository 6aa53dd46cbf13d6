/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-db-rows"

#include "config.h"

#include "backstay-db-rows.h"

#include <libpq-fe.h>

/**
 * BackstayDbRows:
 *
 * What one statement gave back. Immutable, and may be read from any thread.
 */
struct _BackstayDbRows
{
  gatomicrefcount ref_count;
  PGresult       *result;
};

G_DEFINE_BOXED_TYPE (BackstayDbRows, backstay_db_rows, backstay_db_rows_ref, backstay_db_rows_unref)

/**
 * backstay_db_rows_new_take: (skip)
 * @result: (transfer full): a `PGresult`
 *
 * Wraps an answer of libpq.
 *
 * Returns: (transfer full): the rows
 */
BackstayDbRows *
backstay_db_rows_new_take (gpointer result)
{
  BackstayDbRows *self;

  g_return_val_if_fail (result != NULL, NULL);

  self = g_new0 (BackstayDbRows, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->result = result;

  return self;
}

/**
 * backstay_db_rows_ref:
 *
 * Returns: (transfer full): the same rows
 */
BackstayDbRows *
backstay_db_rows_ref (BackstayDbRows *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * backstay_db_rows_unref:
 *
 * Gives up one reference; the last one frees the rows.
 */
void
backstay_db_rows_unref (BackstayDbRows *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  PQclear (self->result);
  g_free (self);
}

/**
 * backstay_db_rows_get_n_rows:
 *
 * Returns: how many rows came back
 */
guint
backstay_db_rows_get_n_rows (BackstayDbRows *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return PQntuples (self->result);
}

/**
 * backstay_db_rows_get_n_affected:
 *
 * Returns: how many rows an INSERT or UPDATE wrote. Row-level security makes that 0 without an
 *   error, so a writer has to look.
 */
guint
backstay_db_rows_get_n_affected (BackstayDbRows *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint) g_ascii_strtoull (PQcmdTuples (self->result), NULL, 10);
}

/**
 * backstay_db_rows_get_command:
 *
 * Returns: the command's tag. A COMMIT of a failed transaction answers `ROLLBACK`, without an error.
 */
const char *
backstay_db_rows_get_command (BackstayDbRows *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return PQcmdStatus (self->result);
}

/**
 * backstay_db_rows_get_text:
 *
 * Returns: (nullable) (transfer none): the value as the server spells it, %NULL for SQL's null
 */
const char *
backstay_db_rows_get_text (BackstayDbRows *self,
                           guint           row,
                           guint           column)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < (guint) PQntuples (self->result), NULL);
  g_return_val_if_fail (column < (guint) PQnfields (self->result), NULL);

  if (PQgetisnull (self->result, row, column))
    return NULL;

  return PQgetvalue (self->result, row, column);
}

/**
 * backstay_db_rows_dup_bytes:
 *
 * Gives a value without copying it: the bytes keep all of @self alive.
 *
 * Returns: (nullable) (transfer full): the value as the server spells it, %NULL for SQL's null
 */
GBytes *
backstay_db_rows_dup_bytes (BackstayDbRows *self,
                            guint           row,
                            guint           column)
{
  const char *text = backstay_db_rows_get_text (self, row, column);

  if (text == NULL)
    return NULL;

  return g_bytes_new_with_free_func (text,
                                     PQgetlength (self->result, row, column),
                                     (GDestroyNotify) backstay_db_rows_unref,
                                     backstay_db_rows_ref (self));
}

/**
 * backstay_db_rows_get_int64:
 *
 * Returns: the value of an integer column, 0 for SQL's null
 */
gint64
backstay_db_rows_get_int64 (BackstayDbRows *self,
                            guint           row,
                            guint           column)
{
  const char *text = backstay_db_rows_get_text (self, row, column);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/**
 * backstay_db_rows_get_boolean:
 *
 * Returns: whether the value is true; SQL's null is not
 */
gboolean
backstay_db_rows_get_boolean (BackstayDbRows *self,
                              guint           row,
                              guint           column)
{
  const char *text = backstay_db_rows_get_text (self, row, column);

  return text != NULL && text[0] == 't';
}

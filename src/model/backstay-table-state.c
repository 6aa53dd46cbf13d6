/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-table-state"

#include "config.h"

#include "backstay-table-state.h"

/* The columns of watch.sql. */
enum
{
  COLUMN_MODEL_TYPE,
  COLUMN_FINGERPRINT,
  COLUMN_BACKEND_PID,
};

/**
 * backstay_table_state_new_from_rows:
 * @rows: what the query "watch" gave back
 *
 * Returns: (transfer full): the state
 */
BackstayTableState *
backstay_table_state_new_from_rows (BackstayDbRows *rows)
{
  BackstayTableState *self = g_new0 (BackstayTableState, 1);

  self->fingerprints = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    {
      const char *model_type = backstay_db_rows_get_text (rows, row, COLUMN_MODEL_TYPE);
      const char *fingerprint = backstay_db_rows_get_text (rows, row, COLUMN_FINGERPRINT);

      if (model_type != NULL)
        {
          g_hash_table_insert (self->fingerprints, g_strdup (model_type), g_strdup (fingerprint));
          continue;
        }

      g_free (self->counters);
      self->counters = g_strdup (fingerprint);
      self->backend_pid = (int) backstay_db_rows_get_int64 (rows, row, COLUMN_BACKEND_PID);
    }

  return self;
}

/**
 * backstay_table_state_free:
 *
 * Frees the state.
 */
void
backstay_table_state_free (BackstayTableState *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->fingerprints);
  g_free (self->counters);
  g_free (self);
}

/* Adds the types of @self that @other has not, or not the same; or just has not. */
static void
add_missing (BackstayTableState *self,
             BackstayTableState *other,
             gboolean            or_different,
             GPtrArray          *names)
{
  GHashTableIter iter;
  gpointer       name;
  gpointer       fingerprint;

  g_hash_table_iter_init (&iter, self->fingerprints);
  while (g_hash_table_iter_next (&iter, &name, &fingerprint))
    {
      const char *found = g_hash_table_lookup (other->fingerprints, name);

      if (found == NULL || (or_different && !g_str_equal (found, fingerprint)))
        g_ptr_array_add (names, g_strdup (name));
    }
}

/**
 * backstay_table_state_compare:
 * @before: an earlier state
 *
 * Finds out what has changed since.
 *
 * Returns: (transfer full) (element-type utf8): the model types that changed, came or went; one
 *   %NULL where something changed and it is not known of which type; empty where nothing did
 */
GPtrArray *
backstay_table_state_compare (BackstayTableState *self,
                              BackstayTableState *before)
{
  GPtrArray *names;

  g_return_val_if_fail (self != NULL && before != NULL, NULL);

  names = g_ptr_array_new_with_free_func (g_free);
  add_missing (self, before, TRUE, names);
  add_missing (before, self, FALSE, names);

  if (names->len == 0 && g_strcmp0 (self->counters, before->counters) != 0)
    g_ptr_array_add (names, NULL);

  return names;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff"

#include "config.h"

#include "backstay-diff-context.h"
#include "backstay-diff-walk.h"
#include "backstay-json-duplicates.h"
#include "backstay-json-fault.h"

/**
 * BackstayDiff:
 *
 * What differs between two JSON documents, as a list of rows in document order. Any
 * row is found at once, however many there are.
 *
 * Immutable, so that any number of threads may read it.
 */

static void
set_cancelled_error (BackstayJson *json,
                     GError      **error)
{
  backstay_json_fault_set_error (BACKSTAY_JSON_FAULT_CANCELLED, json->data,
                                 g_bytes_get_size (json->text), 0, error);
}

static BackstayDiff *
diff_new (BackstayJson *before,
          BackstayJson *after)
{
  BackstayDiff *self = g_new0 (BackstayDiff, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->before = backstay_json_ref (before);
  self->after = backstay_json_ref (after);
  self->records = g_array_new (FALSE, FALSE, sizeof (BackstayDiffRecord));
  self->containers = g_array_new (FALSE, FALSE, sizeof (BackstayDiffContainer));
  self->changes = g_array_new (FALSE, FALSE, sizeof (BackstayDiffRow));

  return self;
}

/**
 * backstay_diff_new:
 * @before: a document
 * @after: another one, or the same
 * @identity_key: (nullable): a key that tells elements of arrays apart, before
 *   "id", "name" and "key" do
 * @progress: (nullable) (scope call): called from time to time
 * @user_data: data for @progress
 * @error: return location of a %BACKSTAY_JSON_ERROR
 *
 * Finds out what differs between two documents.
 *
 * Numbers are compared by their exact decimal value, and strings by their
 * characters. Neither the order of keys nor white space is a difference. Members
 * of objects go together by their keys; elements of arrays by their content, then
 * by an identifying key, then by likeness.
 *
 * A key that an object has twice is a %BACKSTAY_JSON_ERROR_DUPLICATE_KEY.
 *
 * Returns: (transfer full) (nullable): the differences
 */
BackstayDiff *
backstay_diff_new (BackstayJson            *before,
                   BackstayJson            *after,
                   const char              *identity_key,
                   BackstayJsonProgressFunc progress,
                   gpointer                 user_data,
                   GError                 **error)
{
  BackstayDiffContext context;
  BackstayDiff       *self;

  g_return_val_if_fail (before != NULL, NULL);
  g_return_val_if_fail (after != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!backstay_json_check_duplicate_keys (before, error) ||
      !backstay_json_check_duplicate_keys (after, error))
    return NULL;

  self = diff_new (before, after);
  backstay_diff_context_init (&context, before, after, identity_key, progress, user_data);

  if (backstay_diff_walk (self, &context))
    {
      backstay_run_index_init (&self->index, self->records->data, sizeof (BackstayDiffRecord),
                               self->records->len, self->n_rows);
    }
  else
    {
      set_cancelled_error (before, error);
      g_clear_pointer (&self, backstay_diff_unref);
    }

  backstay_diff_context_clear (&context);

  return self;
}

/**
 * backstay_diff_ref:
 * @self: a diff
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @self
 */
BackstayDiff *
backstay_diff_ref (BackstayDiff *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * backstay_diff_unref:
 * @self: (transfer full): a diff
 *
 * Drops a reference, and the diff with the last one.
 */
void
backstay_diff_unref (BackstayDiff *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  backstay_json_unref (self->before);
  backstay_json_unref (self->after);
  g_array_unref (self->records);
  backstay_run_index_clear (&self->index);
  g_array_unref (self->containers);
  g_array_unref (self->changes);
  g_free (self);
}

/**
 * backstay_diff_get_before:
 * @self: a diff
 *
 * Gets the document that was compared with.
 *
 * Returns: (transfer none): the document
 */
BackstayJson *
backstay_diff_get_before (BackstayDiff *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->before;
}

/**
 * backstay_diff_get_after:
 * @self: a diff
 *
 * Gets the document that was compared.
 *
 * Returns: (transfer none): the document
 */
BackstayJson *
backstay_diff_get_after (BackstayDiff *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->after;
}

/**
 * backstay_diff_get_n_rows:
 * @self: a diff
 *
 * Counts the rows.
 *
 * Returns: their number, at least 1
 */
guint
backstay_diff_get_n_rows (BackstayDiff *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

static guint
find_record (BackstayDiff   *self,
             BackstayDiffRow row)
{
  return backstay_run_index_find (&self->index, self->records->data, sizeof (BackstayDiffRecord), row);
}

/*
 * backstay_diff_look_up:
 * @self: a diff
 * @row: one of its rows
 *
 * Gets all that is known of a row.
 *
 * Returns: a record for this row alone
 */
BackstayDiffRecord
backstay_diff_look_up (BackstayDiff   *self,
                       BackstayDiffRow row)
{
  BackstayDiffRecord record = g_array_index (self->records, BackstayDiffRecord, find_record (self, row));

  record.before = backstay_diff_neighbour (record.before, row - record.row);
  record.after = backstay_diff_neighbour (record.after, row - record.row);
  record.row = row;

  return record;
}

/**
 * backstay_diff_get_kind:
 * @self: a diff
 * @row: one of its rows
 *
 * Gets what happened to a value.
 *
 * Returns: the kind of change
 */
BackstayDiffKind
backstay_diff_get_kind (BackstayDiff   *self,
                        BackstayDiffRow row)
{
  g_return_val_if_fail (self != NULL, BACKSTAY_DIFF_KIND_UNCHANGED);
  g_return_val_if_fail (row < self->n_rows, BACKSTAY_DIFF_KIND_UNCHANGED);

  return backstay_diff_look_up (self, row).kind;
}

/**
 * backstay_diff_get_moved:
 * @self: a diff
 * @row: one of its rows
 *
 * Tells whether a value is an element that was moved within its array. It stands
 * where it is after; nothing stands where it was.
 *
 * Returns: %TRUE if it was moved
 */
gboolean
backstay_diff_get_moved (BackstayDiff   *self,
                         BackstayDiffRow row)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (row < self->n_rows, FALSE);

  return backstay_diff_look_up (self, row).moved;
}

/**
 * backstay_diff_get_move_begins:
 * @self: a diff
 * @row: one of its rows
 *
 * Tells whether a moved element is the first of a block: of neighbours that were
 * moved together, which is one move.
 *
 * Returns: %TRUE if @row was moved, and the row before it not along with it
 */
gboolean
backstay_diff_get_move_begins (BackstayDiff   *self,
                               BackstayDiffRow row)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (row < self->n_rows, FALSE);

  return backstay_diff_look_up (self, row).moved_first;
}

/**
 * backstay_diff_skip_unchanged:
 * @self: a diff
 * @row: one of its rows, or their number
 *
 * Gets the next row that is not an unchanged value that stayed where it was. Many
 * of those are skipped as fast as one.
 *
 * Returns: @row or one after it; the number of rows if there is none
 */
BackstayDiffRow
backstay_diff_skip_unchanged (BackstayDiff   *self,
                              BackstayDiffRow row)
{
  g_return_val_if_fail (self != NULL, BACKSTAY_DIFF_ROW_NONE);

  while (row < self->n_rows)
    {
      guint                     i = find_record (self, row);
      const BackstayDiffRecord *record = &g_array_index (self->records, BackstayDiffRecord, i);

      if (record->kind != BACKSTAY_DIFF_KIND_UNCHANGED || record->moved)
        break;

      row = i + 1 < self->records->len ? record[1].row : self->n_rows;
    }

  return row;
}

/**
 * backstay_diff_get_before_node:
 * @self: a diff
 * @row: one of its rows
 *
 * Gets the value before.
 *
 * Returns: a node of the document before; %BACKSTAY_JSON_NODE_NONE if it was added
 */
BackstayJsonNode
backstay_diff_get_before_node (BackstayDiff   *self,
                               BackstayDiffRow row)
{
  g_return_val_if_fail (self != NULL, BACKSTAY_JSON_NODE_NONE);
  g_return_val_if_fail (row < self->n_rows, BACKSTAY_JSON_NODE_NONE);

  return backstay_diff_look_up (self, row).before;
}

/**
 * backstay_diff_get_after_node:
 * @self: a diff
 * @row: one of its rows
 *
 * Gets the value after.
 *
 * Returns: a node of the document after; %BACKSTAY_JSON_NODE_NONE if it was removed
 */
BackstayJsonNode
backstay_diff_get_after_node (BackstayDiff   *self,
                              BackstayDiffRow row)
{
  g_return_val_if_fail (self != NULL, BACKSTAY_JSON_NODE_NONE);
  g_return_val_if_fail (row < self->n_rows, BACKSTAY_JSON_NODE_NONE);

  return backstay_diff_look_up (self, row).after;
}

/**
 * backstay_diff_get_parent:
 * @self: a diff
 * @row: one of its rows
 *
 * Gets the row of the object or array around a value.
 *
 * Returns: the row, always a modified one; %BACKSTAY_DIFF_ROW_NONE for the root
 */
BackstayDiffRow
backstay_diff_get_parent (BackstayDiff   *self,
                          BackstayDiffRow row)
{
  g_return_val_if_fail (self != NULL, BACKSTAY_DIFF_ROW_NONE);
  g_return_val_if_fail (row < self->n_rows, BACKSTAY_DIFF_ROW_NONE);

  return backstay_diff_look_up (self, row).parent;
}

static inline const BackstayDiffContainer *
get_container (BackstayDiff             *self,
               const BackstayDiffRecord *record)
{
  return &g_array_index (self->containers, BackstayDiffContainer, record->container);
}

/**
 * backstay_diff_get_end:
 * @self: a diff
 * @row: one of its rows
 *
 * Gets the row behind all that is below a row, which is its next sibling if it has
 * one.
 *
 * Returns: a row, or the number of rows
 */
BackstayDiffRow
backstay_diff_get_end (BackstayDiff   *self,
                       BackstayDiffRow row)
{
  BackstayDiffRecord record;

  g_return_val_if_fail (self != NULL, BACKSTAY_DIFF_ROW_NONE);
  g_return_val_if_fail (row < self->n_rows, BACKSTAY_DIFF_ROW_NONE);

  record = backstay_diff_look_up (self, row);

  if (record.kind != BACKSTAY_DIFF_KIND_MODIFIED)
    return row + 1;

  return get_container (self, &record)->end;
}

/**
 * backstay_diff_get_counts:
 * @self: a diff
 * @row: one of its rows
 * @counts: (out caller-allocates): the numbers of changes
 *
 * Counts the changes at a row and below it. Of a block of elements that was moved
 * only the first counts.
 */
void
backstay_diff_get_counts (BackstayDiff       *self,
                          BackstayDiffRow     row,
                          BackstayDiffCounts *counts)
{
  BackstayDiffRecord record;

  g_return_if_fail (self != NULL);
  g_return_if_fail (row < self->n_rows);
  g_return_if_fail (counts != NULL);

  record = backstay_diff_look_up (self, row);
  *counts = (BackstayDiffCounts){ 0 };

  if (record.kind == BACKSTAY_DIFF_KIND_MODIFIED)
    *counts = get_container (self, &record)->counts;
  else
    backstay_diff_count (counts, record.kind);

  counts->n_moved += record.moved_first;
}

/**
 * backstay_diff_get_n_changes:
 * @self: a diff
 *
 * Counts the rows that are changes, see backstay_diff_find_change().
 *
 * Returns: their number
 */
guint
backstay_diff_get_n_changes (BackstayDiff *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->changes->len;
}

/**
 * backstay_diff_get_change:
 * @self: a diff
 * @n: which change, counted from 0
 *
 * Gets the row of a change, see backstay_diff_find_change().
 *
 * Returns: a row
 */
BackstayDiffRow
backstay_diff_get_change (BackstayDiff *self,
                          guint         n)
{
  g_return_val_if_fail (self != NULL, BACKSTAY_DIFF_ROW_NONE);
  g_return_val_if_fail (n < self->changes->len, BACKSTAY_DIFF_ROW_NONE);

  return g_array_index (self->changes, BackstayDiffRow, n);
}

/**
 * backstay_diff_count_changes_before:
 * @self: a diff
 * @row: a row, or the number of rows
 *
 * Counts the changes above a row, see backstay_diff_find_change().
 *
 * Returns: their number
 */
guint
backstay_diff_count_changes_before (BackstayDiff   *self,
                                    BackstayDiffRow row)
{
  guint first = 0;
  guint end;

  g_return_val_if_fail (self != NULL, 0);

  end = self->changes->len;

  while (first < end)
    {
      guint middle = first + (end - first) / 2;

      if (g_array_index (self->changes, BackstayDiffRow, middle) < row)
        first = middle + 1;
      else
        end = middle;
    }

  return first;
}

/**
 * backstay_diff_find_change:
 * @self: a diff
 * @from: a row; %BACKSTAY_DIFF_ROW_NONE to begin at the first or the last one
 * @step: positive for the next change, negative for the one before
 *
 * Finds the next row that is a change: an added, removed, changed or moved value,
 * but not one that is only spelt otherwise. Of a block that was moved it is the
 * first row.
 *
 * Returns: a row; %BACKSTAY_DIFF_ROW_NONE if there is none
 */
BackstayDiffRow
backstay_diff_find_change (BackstayDiff   *self,
                           BackstayDiffRow from,
                           int             step)
{
  guint change;

  g_return_val_if_fail (self != NULL, BACKSTAY_DIFF_ROW_NONE);

  if (step > 0)
    change = from == BACKSTAY_DIFF_ROW_NONE ? 0 : backstay_diff_count_changes_before (self, from + 1);
  else
    change = backstay_diff_count_changes_before (self, from) - 1; /* May wrap around. */

  if (change >= self->changes->len)
    return BACKSTAY_DIFF_ROW_NONE;

  return g_array_index (self->changes, BackstayDiffRow, change);
}

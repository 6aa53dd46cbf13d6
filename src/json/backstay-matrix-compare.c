/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-compare"

#include "config.h"

#include <string.h>

#include "backstay-diff-hash.h"
#include "backstay-matrix-private.h"

#define MAX_DOCUMENTS BACKSTAY_MATRIX_MAX_DOCUMENTS

/* Which documents have the same value: those with the same number. Numbers are given in the order
 * of the documents. */
typedef struct
{
  guint8 values[MAX_DOCUMENTS];
  guint8 n_values;
} Partition;

static void
partition_clear (Partition *self)
{
  memset (self, 0, sizeof *self);
  self->n_values = 1;
}

/* Tells apart what @other tells apart, too. */
static void
partition_refine (Partition       *self,
                  const Partition *other,
                  guint            n_documents)
{
  guint8 numbers[MAX_DOCUMENTS][MAX_DOCUMENTS];
  guint8 n_values = 0;

  if (other->n_values == 1 || self->n_values == n_documents)
    return;

  memset (numbers, 0xff, sizeof numbers);

  for (guint i = 0; i < n_documents; i++)
    {
      guint8 *number = &numbers[self->values[i]][other->values[i]];

      if (*number == 0xff)
        *number = n_values++;

      self->values[i] = *number;
    }

  self->n_values = n_values;
}

static gboolean
spelt_same (BackstayMatrix *matrix,
            guint           a_document,
            guint32         a,
            guint           b_document,
            guint32         b)
{
  BackstayJson             *a_json = matrix->documents[a_document];
  BackstayJson             *b_json = matrix->documents[b_document];
  const BackstayJsonRecord *x = &a_json->nodes[a];
  const BackstayJsonRecord *y = &b_json->nodes[b];

  return x->length == y->length &&
         memcmp (a_json->data + x->value, b_json->data + y->value, x->length) == 0;
}

/* Whether two values are the same, as far as one can tell without looking below them. */
static gboolean
looks_same (BackstayMatrix *matrix,
            guint           a_document,
            guint32         a,
            guint           b_document,
            guint32         b,
            gboolean       *respelt)
{
  BackstayJson    *a_json = matrix->documents[a_document];
  BackstayJson    *b_json = matrix->documents[b_document];
  BackstayJsonKind kind;

  if (a == BACKSTAY_JSON_NODE_NONE || b == BACKSTAY_JSON_NODE_NONE)
    return a == b;

  kind = backstay_json_kind_of (a_json, &a_json->nodes[a]);

  if (kind != backstay_json_kind_of (b_json, &b_json->nodes[b]))
    return FALSE;

  if (kind == BACKSTAY_JSON_KIND_OBJECT || kind == BACKSTAY_JSON_KIND_ARRAY ||
      spelt_same (matrix, a_document, a, b_document, b))
    return TRUE;

  if (!backstay_diff_scalars_equal (a_json, &a_json->nodes[a], b_json, &b_json->nodes[b]))
    return FALSE;

  *respelt = TRUE;

  return TRUE;
}

/* Compares the row's own values, each with the first of each kind that was found before. */
static void
partition_row (Partition                  *self,
               BackstayMatrix             *matrix,
               const BackstayMatrixRecord *record,
               gboolean                   *respelt)
{
  guint   firsts[MAX_DOCUMENTS];
  guint32 nodes[MAX_DOCUMENTS];
  guint8  n_values = 0;

  for (guint i = 0; i < matrix->n_documents; i++)
    {
      guint8 value = 0;

      nodes[i] = backstay_matrix_node_of (matrix, record, i);

      while (value < n_values &&
             !looks_same (matrix, i, nodes[i], firsts[value], nodes[firsts[value]], respelt))
        value++;

      if (value == n_values)
        firsts[n_values++] = i;

      self->values[i] = value;
    }

  self->n_values = n_values;
}

/* Finds the documents that have what more of them have than anything else. Those that do not have the
 * path have no say in what its value should be. */
static guint32
find_majority (const Partition *partition,
               guint32          present,
               guint            n_documents)
{
  guint   counts[MAX_DOCUMENTS] = { 0 };
  guint   best = 0;
  guint   n_best = 0;
  guint32 majority = 0;

  for (guint i = 0; i < n_documents; i++)
    counts[partition->values[i]] += (present & 1u << i) != 0;

  for (guint value = 0; value < partition->n_values; value++)
    {
      if (counts[value] > counts[best])
        best = value;
    }

  for (guint value = 0; value < partition->n_values; value++)
    n_best += counts[value] == counts[best];

  for (guint i = 0; i < n_documents && n_best == 1; i++)
    {
      if (partition->values[i] == best)
        majority |= 1u << i;
    }

  return majority;
}

/* What the rows of one level have told about the row above them, so far. */
typedef struct
{
  Partition partition;
  guint32   n_differing; /* How many of them differ. */
} Level;

static Level *
get_level (GArray *levels,
           guint   depth)
{
  Level level = { .n_differing = 0 };

  partition_clear (&level.partition);

  while (levels->len <= depth)
    g_array_append_val (levels, level);

  return &g_array_index (levels, Level, depth);
}

/* Elements that go by a key are in rows of their own, whatever their order, which is told here. */
static void
refine_by_order (Partition        *partition,
                 BackstayMatrix   *matrix,
                 BackstayMatrixRow row)
{
  const BackstayMatrixOrder *order = g_hash_table_lookup (matrix->orders, GUINT_TO_POINTER (row));
  Partition                  by_order;

  if (order == NULL)
    return;

  memcpy (by_order.values, order->classes, sizeof by_order.values);
  by_order.n_values = order->n_classes;
  partition_refine (partition, &by_order, matrix->n_documents);
}

static void
compare_row (BackstayMatrix   *matrix,
             BackstayMatrixRow row,
             GArray           *levels)
{
  BackstayMatrixRecord *record = backstay_matrix_get_record (matrix, row);
  Level                *below = get_level (levels, record->depth + 1);
  Level                *level = below - 1;
  Partition             partition;
  gboolean              respelt = FALSE;
  gboolean              differs;

  partition_row (&partition, matrix, record, &respelt);
  refine_by_order (&partition, matrix, row);
  partition_refine (&partition, &below->partition, matrix->n_documents);

  differs = partition.n_values > 1;
  record->n_values = partition.n_values;
  record->majority = find_majority (&partition, record->present, matrix->n_documents);
  record->respelt = respelt;
  matrix->n_differing += differs && below->n_differing == 0;
  matrix->n_respelt += respelt && !differs;

  partition_clear (&below->partition);
  below->n_differing = 0;
  partition_refine (&level->partition, &partition, matrix->n_documents);
  level->n_differing += differs;
}

/*
 * backstay_matrix_compare:
 * @self: a matrix with its rows
 * @progress: what is told how far it is
 *
 * Finds out which rows differ, from the last to the first: so the rows below one are done when its
 * turn comes, and have told what sets the documents apart there. No hash has to be trusted for
 * that, and no container be looked at twice.
 *
 * Returns: %FALSE if it was stopped
 */
gboolean
backstay_matrix_compare (BackstayMatrix         *self,
                         BackstayMatrixProgress *progress)
{
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (Level));

  for (BackstayMatrixRow row = self->rows->len; row-- > 0;)
    {
      BackstayMatrixRecord *record = backstay_matrix_get_record (self, row);

      record->end = MAX (record->end, row + 1);
      if (record->parent != BACKSTAY_MATRIX_ROW_NONE)
        {
          BackstayMatrixRecord *parent = backstay_matrix_get_record (self, record->parent);

          parent->end = MAX (parent->end, record->end);
        }

      compare_row (self, row, levels);

      if (!backstay_matrix_progress_step (progress, (gsize) __builtin_popcount (record->present)))
        return FALSE;
    }

  return TRUE;
}

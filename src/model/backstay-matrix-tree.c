/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-tree"

#include "config.h"

#include "backstay-matrix-tree.h"

#include "backstay-matrix-filter.h"
#include "backstay-tree-rows.h"

/**
 * BackstayMatrixTree:
 *
 * A [iface@Gio.ListModel] of [class@MatrixItem]: those rows of a matrix that a filter lets through, as
 * far as the ones above them are expanded. Items are made when somebody looks.
 *
 * It can be made in any thread.
 */
struct _BackstayMatrixTree
{
  GObject parent_instance;

  BackstayMatrix   *matrix;
  guint8           *marks; /* Of BackstayMatrixMark, one for each row. */
  BackstayTreeRows *rows;  /* A GArray of BackstayMatrixRow, ascending. */
  guint             n_differing;
};

static GType
backstay_matrix_tree_get_item_type (GListModel *model)
{
  return BACKSTAY_TYPE_MATRIX_ITEM;
}

static BackstayMatrixRow
get_row (const GArray *rows,
         guint         position)
{
  return g_array_index (rows, BackstayMatrixRow, position);
}

static guint
get_n_rows (gconstpointer rows)
{
  return ((const GArray *) rows)->len;
}

static guint64
get_key (gconstpointer rows,
         guint         position)
{
  return get_row (rows, position);
}

static gboolean
search_row (gconstpointer rows,
            guint64       key,
            guint        *position)
{
  guint first = 0;
  guint end = get_n_rows (rows);

  while (first < end)
    {
      guint middle = first + (end - first) / 2;

      if (get_row (rows, middle) < key)
        first = middle + 1;
      else
        end = middle;
    }

  *position = first;

  return first < get_n_rows (rows) && get_row (rows, first) == key;
}

static gpointer
copy_ranges (gconstpointer rows,
             GArray       *ranges)
{
  GArray *copy = g_array_new (FALSE, FALSE, sizeof (BackstayMatrixRow));

  for (guint i = 0; i + 1 < ranges->len; i += 2)
    {
      guint begin = g_array_index (ranges, guint, i);

      g_array_append_vals (copy, &g_array_index ((const GArray *) rows, BackstayMatrixRow, begin),
                           g_array_index (ranges, guint, i + 1) - begin);
    }

  return copy;
}

static const BackstayTreeRowsFuncs rows_funcs = {
  .get_n = get_n_rows,
  .get_key = get_key,
  .search = search_row,
  .copy_ranges = copy_ranges,
  .free = (void (*) (gpointer)) g_array_unref,
};

static guint
backstay_matrix_tree_get_n_items (GListModel *model)
{
  return backstay_tree_rows_get_n (BACKSTAY_MATRIX_TREE (model)->rows);
}

/* The root is a row of its own only where a document is but a scalar. */
static BackstayMatrixRow
get_first_row (BackstayMatrixTree *self)
{
  for (guint i = 0; i < backstay_matrix_get_n_documents (self->matrix); i++)
    {
      BackstayJson *json = backstay_matrix_get_document (self->matrix, i);

      if (!backstay_json_is_container (json, backstay_json_get_root (json)))
        return 0;
    }

  return 1;
}

static gboolean
is_expanded (BackstayMatrixTree *self,
             BackstayMatrixRow   row)
{
  return (self->marks[row] & BACKSTAY_MATRIX_MARK_EXPANDED) != 0;
}

static gpointer
backstay_matrix_tree_get_item (GListModel *model,
                               guint       position)
{
  BackstayMatrixTree *self = BACKSTAY_MATRIX_TREE (model);
  const GArray       *rows = backstay_tree_rows_locate (self->rows, &position);
  BackstayMatrixItem *item;
  BackstayMatrixRow   row;

  if (rows == NULL)
    return NULL;

  row = get_row (rows, position);
  item = backstay_tree_rows_lookup_item (self->rows, row);

  if (item != NULL)
    return g_object_ref (item);

  item = backstay_matrix_item_new (self->matrix, row,
                                   backstay_matrix_get_depth (self->matrix, row) - get_first_row (self),
                                   is_expanded (self, row));
  backstay_tree_rows_add_item (self->rows, row, item);

  return item;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = backstay_matrix_tree_get_item_type;
  iface->get_n_items = backstay_matrix_tree_get_n_items;
  iface->get_item = backstay_matrix_tree_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BackstayMatrixTree, backstay_matrix_tree, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* Lists the rows from @row to @end that are to be seen. */
static GArray *
list_visible (BackstayMatrixTree *self,
              BackstayMatrixRow   row,
              BackstayMatrixRow   end)
{
  GArray *visible = g_array_new (FALSE, FALSE, sizeof (BackstayMatrixRow));

  while (row < end)
    {
      gboolean shown = (self->marks[row] & BACKSTAY_MATRIX_MARK_SHOWN) != 0;

      if (shown)
        g_array_append_val (visible, row);

      row = shown && is_expanded (self, row) ? row + 1 : backstay_matrix_get_end (self->matrix, row);
    }

  return visible;
}

static void
backstay_matrix_tree_finalize (GObject *object)
{
  BackstayMatrixTree *self = BACKSTAY_MATRIX_TREE (object);

  g_clear_pointer (&self->rows, backstay_tree_rows_free);
  g_clear_pointer (&self->matrix, backstay_matrix_unref);
  g_free (self->marks);

  G_OBJECT_CLASS (backstay_matrix_tree_parent_class)->finalize (object);
}

static void
backstay_matrix_tree_class_init (BackstayMatrixTreeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = backstay_matrix_tree_finalize;
}

static void
backstay_matrix_tree_init (BackstayMatrixTree *self)
{
}

/**
 * backstay_matrix_tree_new:
 * @matrix: the matrix
 * @marks: (transfer full): what backstay_matrix_filter() found
 *
 * Returns: (transfer full): the tree
 */
BackstayMatrixTree *
backstay_matrix_tree_new (BackstayMatrix *matrix,
                          guint8         *marks)
{
  BackstayMatrixTree *self;

  g_return_val_if_fail (matrix != NULL, NULL);
  g_return_val_if_fail (marks != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_MATRIX_TREE, NULL);
  self->matrix = backstay_matrix_ref (matrix);
  self->marks = marks;
  self->n_differing = backstay_matrix_count_differing (matrix, marks);
  self->rows = backstay_tree_rows_new (G_LIST_MODEL (self), &rows_funcs,
                                       list_visible (self, get_first_row (self), backstay_matrix_get_n_rows (matrix)));

  return self;
}

/**
 * backstay_matrix_tree_get_matrix:
 *
 * Returns: (transfer none): the matrix
 */
BackstayMatrix *
backstay_matrix_tree_get_matrix (BackstayMatrixTree *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_TREE (self), NULL);

  return self->matrix;
}

/**
 * backstay_matrix_tree_get_n_differing:
 *
 * Returns: how many paths differ, of those that the filter lets through
 */
guint
backstay_matrix_tree_get_n_differing (BackstayMatrixTree *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_TREE (self), 0);

  return self->n_differing;
}

/**
 * backstay_matrix_tree_get_marks:
 *
 * Returns: (transfer none): a set of #BackstayMatrixMark for each row
 */
const guint8 *
backstay_matrix_tree_get_marks (BackstayMatrixTree *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_TREE (self), NULL);

  return self->marks;
}

static void
mark_expanded (BackstayMatrixTree *self,
               BackstayMatrixRow   row,
               gboolean            expanded)
{
  BackstayMatrixItem *item = backstay_tree_rows_lookup_item (self->rows, row);

  if (expanded)
    self->marks[row] |= BACKSTAY_MATRIX_MARK_EXPANDED;
  else
    self->marks[row] &= (guint8) ~BACKSTAY_MATRIX_MARK_EXPANDED;

  if (item != NULL)
    backstay_matrix_item_set_expanded (item, expanded);
}

/**
 * backstay_matrix_tree_set_expanded:
 * @position: a row's place in the list
 * @expanded: whether to show what is below it
 *
 * Expands or collapses a row. Does nothing for a row without anything below it. What was expanded
 * below stays so.
 */
void
backstay_matrix_tree_set_expanded (BackstayMatrixTree *self,
                                   guint               position,
                                   gboolean            expanded)
{
  GArray           *rows;
  BackstayMatrixRow row;
  BackstayMatrixRow end;
  guint             n_removed;
  guint             behind;
  g_autoptr (GArray) below = NULL;

  g_return_if_fail (BACKSTAY_IS_MATRIX_TREE (self));

  rows = backstay_tree_rows_get_rows (self->rows);
  g_return_if_fail (position < rows->len);

  row = get_row (rows, position);
  end = backstay_matrix_get_end (self->matrix, row);

  if (end == row + 1 || is_expanded (self, row) == expanded)
    return;

  search_row (rows, end, &behind);
  n_removed = behind - position - 1;
  mark_expanded (self, row, expanded);
  below = expanded ? list_visible (self, row + 1, end)
                   : g_array_new (FALSE, FALSE, sizeof (BackstayMatrixRow));

  if (n_removed > 0)
    g_array_remove_range (rows, position + 1, n_removed);
  g_array_insert_vals (rows, position + 1, below->data, below->len);
  g_list_model_items_changed (G_LIST_MODEL (self), position + 1, n_removed, below->len);
}

/**
 * backstay_matrix_tree_set_all_expanded:
 * @expanded: whether to show all that is below other rows
 *
 * Expands or collapses all rows.
 */
void
backstay_matrix_tree_set_all_expanded (BackstayMatrixTree *self,
                                       gboolean            expanded)
{
  guint n_rows;

  g_return_if_fail (BACKSTAY_IS_MATRIX_TREE (self));

  n_rows = backstay_matrix_get_n_rows (self->matrix);

  for (BackstayMatrixRow row = 0; row < n_rows; row++)
    {
      gboolean has_rows_below = backstay_matrix_get_end (self->matrix, row) > row + 1;

      if (has_rows_below && is_expanded (self, row) != expanded)
        mark_expanded (self, row, expanded);
    }

  backstay_tree_rows_replace (self->rows, list_visible (self, get_first_row (self), n_rows));
}

/**
 * backstay_matrix_tree_set_limit:
 * @limit: how many rows there are at most, for now
 *
 * Lets the rows come little by little, see backstay_tree_rows_set_limit().
 */
void
backstay_matrix_tree_set_limit (BackstayMatrixTree *self,
                                guint               limit)
{
  g_return_if_fail (BACKSTAY_IS_MATRIX_TREE (self));

  backstay_tree_rows_set_limit (self->rows, limit);
}

/**
 * backstay_matrix_tree_find:
 * @row: a row of the matrix
 * @position: (out): its place in the list
 *
 * Returns: %FALSE if it is not to be seen
 */
gboolean
backstay_matrix_tree_find (BackstayMatrixTree *self,
                           BackstayMatrixRow   row,
                           guint              *position)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_TREE (self), FALSE);
  g_return_val_if_fail (position != NULL, FALSE);

  return search_row (backstay_tree_rows_get_rows (self->rows), row, position);
}

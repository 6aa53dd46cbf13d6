/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-tree"

#include "config.h"

#include "backstay-diff-tree.h"

#include "backstay-tree-rows.h"

/* What a row stands for. Inside of a subtree that is one row of the diff there is only a node, of
 * the side that has it, or of the after side where both have it. */
typedef struct
{
  BackstayDiffRow  row;
  BackstayJsonNode node;
  guint16          depth;
  guint8           kind;
  guint8           expanded;
} Entry;

/**
 * BackstayDiffTree:
 *
 * A [iface@Gio.ListModel] of [class@DiffItem]: a diff's rows, as far as they are expanded, in document
 * order. Containers with changes are expanded at first, and all others are not.
 */
struct _BackstayDiffTree
{
  GObject parent_instance;

  BackstayDiff     *diff;
  BackstayTreeRows *rows;       /* Of Entry. */
  gboolean          everything; /* Whether what is unchanged is shown. */
  gboolean          spelling;   /* Whether what is only spelt otherwise is shown. */
};

static GType
backstay_diff_tree_get_item_type (GListModel *model)
{
  return BACKSTAY_TYPE_DIFF_ITEM;
}

static guint
backstay_diff_tree_get_n_items (GListModel *model)
{
  return backstay_tree_rows_get_n (BACKSTAY_DIFF_TREE (model)->rows);
}

static guint64
get_key (gconstpointer row)
{
  const Entry *entry = row;

  return backstay_diff_item_make_key (entry->row, entry->kind, entry->node);
}

static BackstayDiffItem *
create_item (BackstayDiffTree *self,
             const Entry      *entry)
{
  BackstayJsonNode before = BACKSTAY_JSON_NODE_NONE;
  BackstayJsonNode after = BACKSTAY_JSON_NODE_NONE;

  if (entry->row != BACKSTAY_DIFF_ROW_NONE)
    {
      before = backstay_diff_get_before_node (self->diff, entry->row);
      after = backstay_diff_get_after_node (self->diff, entry->row);
    }
  else if (entry->kind == BACKSTAY_DIFF_KIND_REMOVED)
    {
      before = entry->node;
    }
  else
    {
      after = entry->node;
    }

  return backstay_diff_item_new (self->diff, entry->row, entry->kind, before, after,
                                 entry->depth, entry->expanded);
}

static gpointer
backstay_diff_tree_get_item (GListModel *model,
                             guint       position)
{
  BackstayDiffTree *self = BACKSTAY_DIFF_TREE (model);
  const Entry      *entry = backstay_tree_rows_get (self->rows, position);
  BackstayDiffItem *item;

  if (entry == NULL)
    return NULL;

  item = backstay_tree_rows_lookup_item (self->rows, get_key (entry));

  if (item != NULL)
    return g_object_ref (item);

  item = create_item (self, entry);
  backstay_tree_rows_add_item (self->rows, get_key (entry), item);

  return item;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = backstay_diff_tree_get_item_type;
  iface->get_n_items = backstay_diff_tree_get_n_items;
  iface->get_item = backstay_diff_tree_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BackstayDiffTree, backstay_diff_tree, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static gboolean
is_shown (BackstayDiffTree *self,
          BackstayDiffRow   row)
{
  BackstayDiffKind   kind = backstay_diff_get_kind (self->diff, row);
  BackstayDiffCounts counts;

  if (self->everything || backstay_diff_get_moved (self->diff, row))
    return TRUE;

  if (kind == BACKSTAY_DIFF_KIND_UNCHANGED)
    return FALSE;

  if (self->spelling)
    return TRUE;

  backstay_diff_get_counts (self->diff, row, &counts);

  return counts.n_added + counts.n_removed + counts.n_changed + counts.n_moved > 0;
}

/* The first row below @row, or the next one at its end. */
static BackstayDiffRow
row_after (BackstayDiffTree *self,
           BackstayDiffRow   row)
{
  if (backstay_diff_get_kind (self->diff, row) == BACKSTAY_DIFF_KIND_MODIFIED && is_shown (self, row))
    return row + 1;

  return backstay_diff_get_end (self->diff, row);
}

/* Lists the diff's rows between @row and @end with all that is below them. */
static GArray *
list_rows (BackstayDiffTree *self,
           BackstayDiffRow   row,
           BackstayDiffRow   end,
           guint             depth)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (BackstayDiffRow));

  while (row < end)
    {
      BackstayDiffKind kind = backstay_diff_get_kind (self->diff, row);
      BackstayDiffRow  row_end = backstay_diff_get_end (self->diff, row);

      while (ends->len > 0 && row >= g_array_index (ends, BackstayDiffRow, ends->len - 1))
        g_array_set_size (ends, ends->len - 1);

      if (is_shown (self, row))
        {
          Entry entry = {
            .row = row,
            .node = BACKSTAY_JSON_NODE_NONE,
            .depth = (guint16) MIN (depth + ends->len, G_MAXUINT16),
            .kind = kind,
            .expanded = kind == BACKSTAY_DIFF_KIND_MODIFIED,
          };

          g_array_append_val (entries, entry);

          if (kind == BACKSTAY_DIFF_KIND_MODIFIED)
            g_array_append_val (ends, row_end);
        }

      row = row_after (self, row);
    }

  return entries;
}

static GArray *
list_all (BackstayDiffTree *self)
{
  BackstayDiffRow first = 0;

  /* A root that is a container on both sides says nothing. */
  if (backstay_diff_get_kind (self->diff, 0) == BACKSTAY_DIFF_KIND_MODIFIED)
    first = 1;

  return list_rows (self, first, backstay_diff_get_n_rows (self->diff), 0);
}

static BackstayJson *
get_side (BackstayDiffTree *self,
          const Entry      *entry,
          BackstayJsonNode *node)
{
  gboolean is_before = entry->kind == BACKSTAY_DIFF_KIND_REMOVED;

  *node = entry->node;

  if (entry->row != BACKSTAY_DIFF_ROW_NONE)
    *node = is_before ? backstay_diff_get_before_node (self->diff, entry->row)
                      : backstay_diff_get_after_node (self->diff, entry->row);

  return is_before ? backstay_diff_get_before (self->diff) : backstay_diff_get_after (self->diff);
}

/* Lists the children of a container that is one row of the diff, or inside of one. */
static GArray *
list_children (BackstayDiffTree *self,
               const Entry      *entry)
{
  GArray          *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  BackstayJsonNode node;
  BackstayJson    *json = get_side (self, entry, &node);

  for (guint i = 0; i < backstay_json_get_n_children (json, node); i++)
    {
      Entry child = {
        .row = BACKSTAY_DIFF_ROW_NONE,
        .node = backstay_json_get_child (json, node, i),
        .depth = (guint16) MIN (entry->depth + 1, G_MAXUINT16),
        .kind = entry->kind,
      };

      g_array_append_val (entries, child);
    }

  return entries;
}

static void
backstay_diff_tree_finalize (GObject *object)
{
  BackstayDiffTree *self = BACKSTAY_DIFF_TREE (object);

  g_clear_pointer (&self->rows, backstay_tree_rows_free);
  g_clear_pointer (&self->diff, backstay_diff_unref);

  G_OBJECT_CLASS (backstay_diff_tree_parent_class)->finalize (object);
}

static void
backstay_diff_tree_class_init (BackstayDiffTreeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = backstay_diff_tree_finalize;
}

static void
backstay_diff_tree_init (BackstayDiffTree *self)
{
  self->rows = backstay_tree_rows_new (G_LIST_MODEL (self), sizeof (Entry), get_key);
}

/**
 * backstay_diff_tree_new:
 * @diff: the diff
 * @everything: whether to show what is unchanged, too
 * @spelling: whether to show what is only spelt otherwise, too
 *
 * Returns: (transfer full): the tree
 */
BackstayDiffTree *
backstay_diff_tree_new (BackstayDiff *diff,
                        gboolean      everything,
                        gboolean      spelling)
{
  BackstayDiffTree *self;

  g_return_val_if_fail (diff != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_DIFF_TREE, NULL);
  self->diff = backstay_diff_ref (diff);
  self->everything = everything;
  self->spelling = spelling;
  backstay_tree_rows_replace (self->rows, list_all (self));

  return self;
}

/* The rows that are there now and will be, as they will be. Both are in the diff's order. */
static GArray *
intersect (BackstayDiffTree *self,
           GArray           *rows)
{
  GArray      *both = g_array_new (FALSE, FALSE, sizeof (Entry));
  const Entry *entry;
  guint        j = 0;

  for (guint i = 0; (entry = backstay_tree_rows_get (self->rows, i)) != NULL; i++)
    {
      if (entry->row == BACKSTAY_DIFF_ROW_NONE)
        continue;

      while (j < rows->len && g_array_index (rows, Entry, j).row < entry->row)
        j++;

      if (j < rows->len && g_array_index (rows, Entry, j).row == entry->row)
        g_array_append_val (both, g_array_index (rows, Entry, j));
    }

  return both;
}

/* What is expanded at first. */
static void
update_item (gpointer item,
             gpointer user_data)
{
  backstay_diff_item_set_expanded (item, backstay_diff_item_get_kind (item) == BACKSTAY_DIFF_KIND_MODIFIED);
}

/**
 * backstay_diff_tree_set_filter:
 * @everything: whether to show what is unchanged, too
 * @spelling: whether to show what is only spelt otherwise, too
 *
 * Shows more or less, with what has changes expanded and all else not.
 */
void
backstay_diff_tree_set_filter (BackstayDiffTree *self,
                               gboolean          everything,
                               gboolean          spelling)
{
  GArray *rows;

  g_return_if_fail (BACKSTAY_IS_DIFF_TREE (self));

  if (self->everything == everything && self->spelling == spelling)
    return;

  self->everything = everything;
  self->spelling = spelling;

  rows = list_all (self);
  backstay_tree_rows_replace (self->rows, intersect (self, rows));
  backstay_tree_rows_replace (self->rows, rows);
  backstay_tree_rows_foreach_item (self->rows, update_item, NULL);
}

static guint
count_below (BackstayDiffTree *self,
             guint             position)
{
  const Entry *entry = backstay_tree_rows_get (self->rows, position);
  const Entry *next;
  guint        n = 0;

  while ((next = backstay_tree_rows_get (self->rows, position + 1 + n)) != NULL &&
         next->depth > entry->depth)
    n++;

  return n;
}

/**
 * backstay_diff_tree_set_expanded:
 * @position: a row
 * @expanded: whether to show what is below it
 *
 * Expands or collapses a row. Does nothing for a row without anything below it.
 */
void
backstay_diff_tree_set_expanded (BackstayDiffTree *self,
                                 guint             position,
                                 gboolean          expanded)
{
  g_autoptr (BackstayDiffItem) item = NULL;
  g_autoptr (GArray) below = NULL;
  Entry *entry;
  guint  n_removed = 0;

  g_return_if_fail (BACKSTAY_IS_DIFF_TREE (self));

  entry = backstay_tree_rows_get (self->rows, position);
  g_return_if_fail (entry != NULL);

  item = g_list_model_get_item (G_LIST_MODEL (self), position);

  if (entry->expanded == expanded || !backstay_diff_item_get_expandable (item))
    return;

  entry->expanded = expanded;
  backstay_diff_item_set_expanded (item, expanded);

  if (backstay_diff_item_get_is_text (item))
    return;

  if (!expanded)
    {
      n_removed = count_below (self, position);
      below = g_array_new (FALSE, FALSE, sizeof (Entry));
    }
  else if (entry->kind == BACKSTAY_DIFF_KIND_MODIFIED)
    {
      below = list_rows (self, entry->row + 1, backstay_diff_get_end (self->diff, entry->row),
                         entry->depth + 1);
    }
  else
    {
      below = list_children (self, entry);
    }

  backstay_tree_rows_splice (self->rows, position + 1, n_removed, below);
}

/**
 * backstay_diff_tree_find:
 * @key: a row's key, see backstay_diff_item_get_key()
 * @position: (out): its place
 *
 * Returns: whether it is a row now
 */
gboolean
backstay_diff_tree_find (BackstayDiffTree *self,
                         guint64           key,
                         guint            *position)
{
  g_return_val_if_fail (BACKSTAY_IS_DIFF_TREE (self), FALSE);

  return backstay_tree_rows_find (self->rows, key, position);
}

/**
 * backstay_diff_tree_find_parent:
 * @position: a place in the list
 * @parent: (out): the place of the container around it
 *
 * Returns: whether there is one in the list
 */
gboolean
backstay_diff_tree_find_parent (BackstayDiffTree *self,
                                guint             position,
                                guint            *parent)
{
  const Entry *entry;
  guint        depth;

  g_return_val_if_fail (BACKSTAY_IS_DIFF_TREE (self), FALSE);

  entry = backstay_tree_rows_get (self->rows, position);
  g_return_val_if_fail (entry != NULL, FALSE);

  depth = entry->depth;

  while (position-- > 0)
    {
      entry = backstay_tree_rows_get (self->rows, position);

      if (entry->depth < depth)
        {
          *parent = position;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * backstay_diff_tree_reveal:
 * @row: a row of the diff
 *
 * Expands what is above a row, from the top.
 *
 * Returns: the row's place
 */
guint
backstay_diff_tree_reveal (BackstayDiffTree *self,
                           BackstayDiffRow   row)
{
  g_autoptr (GArray) path = NULL;
  guint position = 0;

  g_return_val_if_fail (BACKSTAY_IS_DIFF_TREE (self), 0);

  path = g_array_new (FALSE, FALSE, sizeof (BackstayDiffRow));

  for (BackstayDiffRow above = backstay_diff_get_parent (self->diff, row);
       above != BACKSTAY_DIFF_ROW_NONE;
       above = backstay_diff_get_parent (self->diff, above))
    g_array_prepend_val (path, above);

  for (guint i = 0; i < path->len; i++)
    {
      if (backstay_tree_rows_find (self->rows, g_array_index (path, BackstayDiffRow, i), &position))
        backstay_diff_tree_set_expanded (self, position, TRUE);
    }

  backstay_tree_rows_find (self->rows, row, &position);

  return position;
}

/**
 * backstay_diff_tree_get_row_above:
 * @position: a place in the list
 *
 * Finds where in the diff one is.
 *
 * Returns: the diff's row at the place or above it, %BACKSTAY_DIFF_ROW_NONE where there is none
 */
BackstayDiffRow
backstay_diff_tree_get_row_above (BackstayDiffTree *self,
                                  guint             position)
{
  const Entry *entry;

  g_return_val_if_fail (BACKSTAY_IS_DIFF_TREE (self), BACKSTAY_DIFF_ROW_NONE);

  while ((entry = backstay_tree_rows_get (self->rows, position)) != NULL)
    {
      if (entry->row != BACKSTAY_DIFF_ROW_NONE)
        return entry->row;

      position--; /* Wraps around behind the first one, where there is nothing. */
    }

  return BACKSTAY_DIFF_ROW_NONE;
}

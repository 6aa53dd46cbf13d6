/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-tree"

#include "config.h"

#include "backstay-diff-tree.h"

#include "backstay-tree-rows.h"

/**
 * BackstayDiffTree:
 *
 * A [iface@Gio.ListModel] of [class@DiffItem]: a diff's rows, as far as they are expanded, in document
 * order. Containers with changes are expanded at first, and all others are not.
 *
 * It can be made in any thread.
 */
struct _BackstayDiffTree
{
  GObject parent_instance;

  BackstayDiff     *diff;
  BackstayTreeRows *rows;       /* BackstayDiffRuns. */
  BackstayDiffRuns *changes[2]; /* What is shown of changes only, without and with spelling, at first. */
  GHashTable       *texts;      /* Keys of long strings that are expanded. */
  guint             n_context;  /* How many unchanged siblings are shown on each side of a change. */
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

static const BackstayTreeRowsFuncs rows_funcs = {
  .get_n = (guint (*) (gconstpointer)) backstay_diff_runs_get_n,
  .get_key = (guint64 (*) (gconstpointer, guint)) backstay_diff_runs_get_key,
  .search = (gboolean (*) (gconstpointer, guint64, guint *)) backstay_diff_runs_search,
  .copy_ranges = (gpointer (*) (gconstpointer, GArray *)) backstay_diff_runs_copy_ranges,
  .intersect = (gpointer (*) (gconstpointer, gconstpointer)) backstay_diff_runs_intersect,
  .free = (void (*) (gpointer)) backstay_diff_runs_free,
};

/* Nodes inside of a row are of the side that has it, or of the after side. */
static BackstayJson *
get_side (BackstayDiffTree *self,
          BackstayDiffRow   row,
          BackstayJsonNode *top)
{
  if (backstay_diff_get_kind (self->diff, row) == BACKSTAY_DIFF_KIND_REMOVED)
    {
      *top = backstay_diff_get_before_node (self->diff, row);
      return backstay_diff_get_before (self->diff);
    }

  *top = backstay_diff_get_after_node (self->diff, row);

  return backstay_diff_get_after (self->diff);
}

static guint
get_depth (BackstayDiffTree        *self,
           const BackstayDiffEntry *entry)
{
  BackstayDiffRow row = entry->row;
  guint           depth = 0;

  while ((row = backstay_diff_get_parent (self->diff, row)) != BACKSTAY_DIFF_ROW_NONE)
    depth++;

  if (entry->node != BACKSTAY_JSON_NODE_NONE)
    {
      BackstayJsonNode top;
      BackstayJson    *json = get_side (self, entry->row, &top);

      depth += backstay_json_get_depth (json, entry->node) - backstay_json_get_depth (json, top);
    }

  /* A root with changes below it is not shown. */
  return depth > 0 && backstay_diff_get_kind (self->diff, 0) == BACKSTAY_DIFF_KIND_MODIFIED ? depth - 1 : depth;
}

static gpointer
backstay_diff_tree_get_item (GListModel *model,
                             guint       position)
{
  BackstayDiffTree       *self = BACKSTAY_DIFF_TREE (model);
  const BackstayDiffRuns *runs = backstay_tree_rows_locate (self->rows, &position);
  BackstayDiffEntry       entry;
  BackstayDiffItem       *item;
  guint64                 key;

  if (runs == NULL)
    return NULL;

  backstay_diff_runs_get (runs, position, &entry);
  key = backstay_diff_runs_make_key (&entry);
  item = backstay_tree_rows_lookup_item (self->rows, key);

  if (item != NULL)
    return g_object_ref (item);

  entry.expanded = entry.expanded || g_hash_table_contains (self->texts, &key);
  item = backstay_diff_item_new (self->diff, &entry, get_depth (self, &entry));
  backstay_tree_rows_add_item (self->rows, key, item);

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

static void
backstay_diff_tree_finalize (GObject *object)
{
  BackstayDiffTree *self = BACKSTAY_DIFF_TREE (object);

  g_clear_pointer (&self->rows, backstay_tree_rows_free);
  g_clear_pointer (&self->changes[FALSE], backstay_diff_runs_free);
  g_clear_pointer (&self->changes[TRUE], backstay_diff_runs_free);
  g_clear_pointer (&self->texts, g_hash_table_unref);
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
  self->texts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static BackstayDiffRuns *
list_rows (BackstayDiffTree *self)
{
  if (self->everything)
    return backstay_diff_runs_new_everything (self->diff);

  return backstay_diff_runs_copy (self->changes[self->spelling]);
}

/**
 * backstay_diff_tree_new:
 * @diff: the diff
 * @everything: whether to show what is unchanged, too
 * @spelling: whether to show what is only spelt otherwise, too
 * @n_context: of what is unchanged, how many siblings to show on each side of a change anyhow
 *
 * Finds out what there is to show. That takes its time, so that a large diff's tree should be made
 * in a thread.
 *
 * Returns: (transfer full): the tree
 */
BackstayDiffTree *
backstay_diff_tree_new (BackstayDiff *diff,
                        gboolean      everything,
                        gboolean      spelling,
                        guint         n_context)
{
  BackstayDiffTree *self;

  g_return_val_if_fail (diff != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_DIFF_TREE, NULL);
  self->diff = backstay_diff_ref (diff);
  self->everything = everything;
  self->spelling = spelling;
  self->n_context = n_context;
  self->changes[FALSE] = backstay_diff_runs_new_changes (diff, FALSE, n_context);
  self->changes[TRUE] = backstay_diff_runs_new_changes (diff, TRUE, n_context);
  self->rows = backstay_tree_rows_new (G_LIST_MODEL (self), &rows_funcs, list_rows (self));

  return self;
}

/**
 * backstay_diff_tree_get_diff:
 *
 * Returns: (transfer none): the diff
 */
BackstayDiff *
backstay_diff_tree_get_diff (BackstayDiffTree *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DIFF_TREE (self), NULL);

  return self->diff;
}

/* Items that somebody holds can come back otherwise than they went. */
static void
update_item (gpointer item,
             gpointer user_data)
{
  BackstayDiffTree *self = user_data;
  BackstayDiffRuns *runs = backstay_tree_rows_get_rows (self->rows);
  guint64           key = backstay_diff_item_get_key (item);
  BackstayDiffEntry entry;
  guint             position;

  if (!backstay_diff_runs_search (runs, key, &position))
    return;

  backstay_diff_runs_get (runs, position, &entry);
  backstay_diff_item_set_expanded (item, entry.expanded || g_hash_table_contains (self->texts, &key));
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
  g_return_if_fail (BACKSTAY_IS_DIFF_TREE (self));

  if (self->everything == everything && self->spelling == spelling)
    return;

  self->everything = everything;
  self->spelling = spelling;
  g_hash_table_remove_all (self->texts);

  backstay_tree_rows_replace (self->rows, list_rows (self));
  backstay_tree_rows_foreach_item (self->rows, update_item, self);
}

static void
insert (BackstayDiffTree *self,
        guint             position,
        BackstayDiffRuns *below)
{
  backstay_diff_runs_insert (backstay_tree_rows_get_rows (self->rows), position, below);
  backstay_tree_rows_foreach_item (self->rows, update_item, self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, backstay_diff_runs_get_n (below));
}

static void
remove_rows (BackstayDiffTree *self,
             guint             position,
             guint             n)
{
  backstay_diff_runs_remove (backstay_tree_rows_get_rows (self->rows), position, n);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n, 0);
}

/* Shows what a row stands for in its place. That goes last: who holds it would look for it among all
 * that comes instead. */
static void
reveal_hidden (BackstayDiffTree        *self,
               guint                    position,
               const BackstayDiffEntry *entry)
{
  g_autoptr (BackstayDiffRuns) rows = backstay_diff_runs_new_rows (self->diff, entry->row, entry->hidden_end);

  insert (self, position + 1, rows);
  remove_rows (self, position, 1);
}

static void
expand (BackstayDiffTree        *self,
        guint                    position,
        const BackstayDiffEntry *entry)
{
  g_autoptr (BackstayDiffRuns) below = NULL;

  if (entry->node != BACKSTAY_JSON_NODE_NONE ||
      backstay_diff_get_kind (self->diff, entry->row) != BACKSTAY_DIFF_KIND_MODIFIED)
    below = backstay_diff_runs_new_children (self->diff, entry->row, entry->node);
  else if (self->everything)
    below = backstay_diff_runs_new_rows (self->diff, entry->row + 1, backstay_diff_get_end (self->diff, entry->row));
  else
    below = backstay_diff_runs_new_below (self->diff, entry->row, self->spelling, self->n_context);

  insert (self, position + 1, below);
}

static void
remember_text (BackstayDiffTree *self,
               guint64           key,
               gboolean          expanded)
{
  if (expanded)
    g_hash_table_add (self->texts, g_memdup2 (&key, sizeof key));
  else
    g_hash_table_remove (self->texts, &key);
}

/**
 * backstay_diff_tree_set_expanded:
 * @position: a row
 * @expanded: whether to show what is below it
 *
 * Expands or collapses a row. Does nothing for a row without anything below it. A row that stands for
 * hidden ones gives way to them when it is expanded.
 */
void
backstay_diff_tree_set_expanded (BackstayDiffTree *self,
                                 guint             position,
                                 gboolean          expanded)
{
  g_autoptr (BackstayDiffItem) item = NULL;
  BackstayDiffRuns *runs;
  BackstayDiffEntry entry;

  g_return_if_fail (BACKSTAY_IS_DIFF_TREE (self));

  runs = backstay_tree_rows_get_rows (self->rows);
  g_return_if_fail (position < backstay_diff_runs_get_n (runs));

  backstay_diff_runs_get (runs, position, &entry);
  item = g_list_model_get_item (G_LIST_MODEL (self), position);

  if (backstay_diff_item_get_expanded (item) == expanded || !backstay_diff_item_get_expandable (item))
    return;

  if (backstay_diff_item_get_is_hidden (item))
    {
      reveal_hidden (self, position, &entry);
      return;
    }

  backstay_diff_item_set_expanded (item, expanded);

  if (backstay_diff_item_get_is_text (item))
    remember_text (self, backstay_diff_item_get_key (item), expanded);
  else if (expanded)
    expand (self, position, &entry);
  else
    remove_rows (self, position + 1, backstay_diff_runs_get_end_below (runs, position) - position - 1);
}

/**
 * backstay_diff_tree_set_limit:
 * @limit: how many rows there are at most, for now
 *
 * Lets the rows come little by little, as each takes a list view its time; see
 * backstay_tree_rows_set_limit().
 */
void
backstay_diff_tree_set_limit (BackstayDiffTree *self,
                              guint             limit)
{
  g_return_if_fail (BACKSTAY_IS_DIFF_TREE (self));

  backstay_tree_rows_set_limit (self->rows, limit);
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

  return backstay_diff_runs_search (backstay_tree_rows_get_rows (self->rows), key, position);
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
  BackstayDiffRuns *runs;
  BackstayDiffEntry entry;
  BackstayJsonNode  top;

  g_return_val_if_fail (BACKSTAY_IS_DIFF_TREE (self), FALSE);

  runs = backstay_tree_rows_get_rows (self->rows);
  g_return_val_if_fail (position < backstay_diff_runs_get_n (runs), FALSE);

  backstay_diff_runs_get (runs, position, &entry);

  if (entry.node != BACKSTAY_JSON_NODE_NONE)
    {
      entry.node = backstay_json_get_parent (get_side (self, entry.row, &top), entry.node);
      if (entry.node == top)
        entry.node = BACKSTAY_JSON_NODE_NONE;
    }
  else if ((entry.row = backstay_diff_get_parent (self->diff, entry.row)) == BACKSTAY_DIFF_ROW_NONE)
    {
      return FALSE;
    }

  entry.hidden_end = 0;

  return backstay_diff_runs_search (runs, backstay_diff_runs_make_key (&entry), parent);
}

static gboolean
find_row (BackstayDiffTree *self,
          BackstayDiffRow   row,
          guint            *position)
{
  BackstayDiffEntry entry = { .row = row, .node = BACKSTAY_JSON_NODE_NONE };

  return backstay_diff_tree_find (self, backstay_diff_runs_make_key (&entry), position);
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
      if (find_row (self, g_array_index (path, BackstayDiffRow, i), &position))
        backstay_diff_tree_set_expanded (self, position, TRUE);
    }

  find_row (self, row, &position);

  return position;
}

/**
 * backstay_diff_tree_get_row:
 * @position: a place in the list
 *
 * Finds where in the diff one is.
 *
 * Returns: the diff's row at the place, or around it, or the first of those that are hidden there
 */
BackstayDiffRow
backstay_diff_tree_get_row (BackstayDiffTree *self,
                            guint             position)
{
  const BackstayDiffRuns *runs;
  BackstayDiffEntry       entry;

  g_return_val_if_fail (BACKSTAY_IS_DIFF_TREE (self), BACKSTAY_DIFF_ROW_NONE);

  runs = backstay_tree_rows_locate (self->rows, &position);
  g_return_val_if_fail (runs != NULL, BACKSTAY_DIFF_ROW_NONE);

  backstay_diff_runs_get (runs, position, &entry);

  return entry.row;
}

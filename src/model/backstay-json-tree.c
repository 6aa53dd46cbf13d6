/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-tree"

#include "config.h"

#include "backstay-json-tree.h"

#include "backstay-tree-rows.h"

/* Containers are opened from the top as long as no more than this many rows come of it. */
#define FIRST_ROWS 150

/**
 * BackstayJsonTree:
 *
 * A [iface@Gio.ListModel] of [class@JsonItem]: the nodes of a document whose ancestors are all
 * expanded, in document order. The root is not shown, unless there is nothing else to show.
 *
 * A row costs four bytes and the expansion of a node one bit, so that a document of a million nodes
 * opens at once and can be expanded as a whole; items are made for the rows that somebody looks at.
 */
struct _BackstayJsonTree
{
  GObject parent_instance;

  BackstayJson     *json;
  BackstayTreeRows *rows;     /* Of BackstayJsonNode. */
  guint8           *expanded; /* A bit a node. */
};

static GType
backstay_json_tree_get_item_type (GListModel *model)
{
  return BACKSTAY_TYPE_JSON_ITEM;
}

static guint
backstay_json_tree_get_n_items (GListModel *model)
{
  return backstay_tree_rows_get_n (BACKSTAY_JSON_TREE (model)->rows);
}

static gboolean
is_expanded (BackstayJsonTree *self,
             BackstayJsonNode  node)
{
  return (self->expanded[node / 8] >> (node % 8) & 1) != 0;
}

static BackstayJsonNode
get_node (BackstayJsonTree *self,
          guint             position)
{
  return *(BackstayJsonNode *) backstay_tree_rows_get (self->rows, position);
}

static guint64
get_key (gconstpointer row)
{
  return *(const BackstayJsonNode *) row;
}

static gpointer
backstay_json_tree_get_item (GListModel *model,
                             guint       position)
{
  BackstayJsonTree *self = BACKSTAY_JSON_TREE (model);
  BackstayJsonNode  node;
  BackstayJsonItem *item;

  if (position >= backstay_tree_rows_get_n (self->rows))
    return NULL;

  node = get_node (self, position);
  item = backstay_tree_rows_lookup_item (self->rows, node);

  if (item != NULL)
    return g_object_ref (item);

  item = backstay_json_item_new (self->json, node, is_expanded (self, node));
  backstay_tree_rows_add_item (self->rows, node, item);

  return item;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = backstay_json_tree_get_item_type;
  iface->get_n_items = backstay_json_tree_get_n_items;
  iface->get_item = backstay_json_tree_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BackstayJsonTree, backstay_json_tree, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
set_bit (BackstayJsonTree *self,
         BackstayJsonNode  node,
         gboolean          expanded)
{
  if (expanded)
    self->expanded[node / 8] |= (guint8) (1 << (node % 8));
  else
    self->expanded[node / 8] &= (guint8) ~(1 << (node % 8));
}

static void
mark (BackstayJsonTree *self,
      BackstayJsonNode  node,
      gboolean          expanded)
{
  BackstayJsonItem *item = backstay_tree_rows_lookup_item (self->rows, node);

  set_bit (self, node, expanded);
  if (item != NULL)
    backstay_json_item_set_expanded (item, expanded);
}

/* The next node in document order that is not below @node; none once @top is left. */
static BackstayJsonNode
next_after (BackstayJsonTree *self,
            BackstayJsonNode  node,
            BackstayJsonNode  top)
{
  while (node != top)
    {
      BackstayJsonNode parent = backstay_json_get_parent (self->json, node);
      guint            index = backstay_json_get_index (self->json, node) + 1;

      if (index < backstay_json_get_n_children (self->json, parent))
        return backstay_json_get_child (self->json, parent, index);

      node = parent;
    }

  return BACKSTAY_JSON_NODE_NONE;
}

/* Lists the rows below @top, which itself counts as expanded. */
static GArray *
list_rows_below (BackstayJsonTree *self,
                 BackstayJsonNode  top)
{
  GArray          *rows = g_array_new (FALSE, FALSE, sizeof (BackstayJsonNode));
  BackstayJsonNode node = BACKSTAY_JSON_NODE_NONE;

  if (backstay_json_get_n_children (self->json, top) > 0)
    node = backstay_json_get_child (self->json, top, 0);

  while (node != BACKSTAY_JSON_NODE_NONE)
    {
      g_array_append_val (rows, node);

      if (is_expanded (self, node))
        node = backstay_json_get_child (self->json, node, 0);
      else
        node = next_after (self, node, top);
    }

  return rows;
}

/* Makes all rows anew. */
static void
rebuild (BackstayJsonTree *self)
{
  BackstayJsonNode root = backstay_json_get_root (self->json);
  GArray          *rows = list_rows_below (self, root);

  if (rows->len == 0)
    g_array_append_val (rows, root);

  backstay_tree_rows_replace (self->rows, rows);
}

/* Opens containers level by level, so that a small document is seen as a whole and of a large one
 * the outline. */
static void
expand_first_rows (BackstayJsonTree *self)
{
  g_autoptr (GArray) level = list_rows_below (self, backstay_json_get_root (self->json));
  guint n_rows = level->len;

  while (level->len > 0 && n_rows < FIRST_ROWS)
    {
      g_autoptr (GArray) below = g_array_new (FALSE, FALSE, sizeof (BackstayJsonNode));

      for (guint i = 0; i < level->len; i++)
        {
          BackstayJsonNode node = g_array_index (level, BackstayJsonNode, i);
          guint            n = backstay_json_get_n_children (self->json, node);

          if (n == 0 || n_rows + n > FIRST_ROWS)
            continue;

          n_rows += n;
          mark (self, node, TRUE);

          for (guint child = 0; child < n; child++)
            {
              BackstayJsonNode child_node = backstay_json_get_child (self->json, node, child);

              g_array_append_val (below, child_node);
            }
        }

      g_array_unref (g_steal_pointer (&level));
      level = g_steal_pointer (&below);
    }
}

static void
backstay_json_tree_finalize (GObject *object)
{
  BackstayJsonTree *self = BACKSTAY_JSON_TREE (object);

  g_clear_pointer (&self->rows, backstay_tree_rows_free);
  g_clear_pointer (&self->json, backstay_json_unref);
  g_free (self->expanded);

  G_OBJECT_CLASS (backstay_json_tree_parent_class)->finalize (object);
}

static void
backstay_json_tree_class_init (BackstayJsonTreeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = backstay_json_tree_finalize;
}

static void
backstay_json_tree_init (BackstayJsonTree *self)
{
  self->rows = backstay_tree_rows_new (G_LIST_MODEL (self), sizeof (BackstayJsonNode), get_key);
}

/**
 * backstay_json_tree_new:
 * @json: the document
 *
 * Returns: (transfer full): the tree, with its first levels expanded
 */
BackstayJsonTree *
backstay_json_tree_new (BackstayJson *json)
{
  BackstayJsonTree *self;

  g_return_val_if_fail (json != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_JSON_TREE, NULL);
  self->json = backstay_json_ref (json);
  self->expanded = g_malloc0 (backstay_json_get_n_nodes (json) / 8 + 1);
  expand_first_rows (self);
  rebuild (self);

  return self;
}

/**
 * backstay_json_tree_get_json:
 *
 * Returns: (transfer none): the document
 */
BackstayJson *
backstay_json_tree_get_json (BackstayJsonTree *self)
{
  g_return_val_if_fail (BACKSTAY_IS_JSON_TREE (self), NULL);

  return self->json;
}

static void
expand_at (BackstayJsonTree *self,
           guint             position,
           BackstayJsonNode  node)
{
  g_autoptr (GArray) below = list_rows_below (self, node);

  mark (self, node, TRUE);
  backstay_tree_rows_splice (self->rows, position + 1, 0, below);
}

static void
collapse_at (BackstayJsonTree *self,
             guint             position,
             BackstayJsonNode  node)
{
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (BackstayJsonNode));
  guint depth = backstay_json_get_depth (self->json, node);
  guint end = position + 1;

  while (end < backstay_tree_rows_get_n (self->rows) &&
         backstay_json_get_depth (self->json, get_node (self, end)) > depth)
    end++;

  mark (self, node, FALSE);
  backstay_tree_rows_splice (self->rows, position + 1, end - position - 1, none);
}

/**
 * backstay_json_tree_set_expanded:
 * @position: a row
 * @expanded: whether to show its children
 *
 * Expands or collapses a row. What was expanded below it is expanded again with it. Does nothing for
 * a row without children.
 */
void
backstay_json_tree_set_expanded (BackstayJsonTree *self,
                                 guint             position,
                                 gboolean          expanded)
{
  BackstayJsonNode node;

  g_return_if_fail (BACKSTAY_IS_JSON_TREE (self));
  g_return_if_fail (position < backstay_tree_rows_get_n (self->rows));

  node = get_node (self, position);

  if (backstay_json_get_n_children (self->json, node) == 0 || is_expanded (self, node) == expanded)
    return;

  if (expanded)
    expand_at (self, position, node);
  else
    collapse_at (self, position, node);
}

static void
update_item (gpointer item,
             gpointer user_data)
{
  BackstayJsonTree *self = user_data;

  backstay_json_item_set_expanded (item, is_expanded (self, backstay_json_item_get_node (item)));
}

static void
mark_all (BackstayJsonTree *self,
          gboolean          expanded)
{
  BackstayJsonNode root = backstay_json_get_root (self->json);

  for (BackstayJsonNode node = 0; node < backstay_json_get_n_nodes (self->json); node++)
    {
      if (node != root && backstay_json_get_n_children (self->json, node) > 0)
        set_bit (self, node, expanded);
    }

  rebuild (self);
  backstay_tree_rows_foreach_item (self->rows, update_item, self);
}

/**
 * backstay_json_tree_expand_all:
 *
 * Shows every node.
 */
void
backstay_json_tree_expand_all (BackstayJsonTree *self)
{
  g_return_if_fail (BACKSTAY_IS_JSON_TREE (self));

  mark_all (self, TRUE);
}

/**
 * backstay_json_tree_collapse_all:
 *
 * Shows the root's children only.
 */
void
backstay_json_tree_collapse_all (BackstayJsonTree *self)
{
  g_return_if_fail (BACKSTAY_IS_JSON_TREE (self));

  mark_all (self, FALSE);
}

/**
 * backstay_json_tree_find:
 * @node: a node
 * @position: (out) (optional): its row
 *
 * Returns: whether the node is a row now
 */
gboolean
backstay_json_tree_find (BackstayJsonTree *self,
                         BackstayJsonNode  node,
                         guint            *position)
{
  g_return_val_if_fail (BACKSTAY_IS_JSON_TREE (self), FALSE);

  return backstay_tree_rows_find (self->rows, node, position);
}

/**
 * backstay_json_tree_reveal:
 * @node: a node
 *
 * Expands what is above a node, from the top.
 *
 * Returns: the node's row
 */
guint
backstay_json_tree_reveal (BackstayJsonTree *self,
                           BackstayJsonNode  node)
{
  g_autoptr (GArray) path = NULL;
  guint position = 0;

  g_return_val_if_fail (BACKSTAY_IS_JSON_TREE (self), 0);

  path = g_array_new (FALSE, FALSE, sizeof (BackstayJsonNode));

  for (BackstayJsonNode above = backstay_json_get_parent (self->json, node);
       above != BACKSTAY_JSON_NODE_NONE;
       above = backstay_json_get_parent (self->json, above))
    g_array_prepend_val (path, above);

  /* The root, which comes first, has no row. */
  for (guint i = 1; i < path->len; i++)
    {
      if (backstay_json_tree_find (self, g_array_index (path, BackstayJsonNode, i), &position))
        backstay_json_tree_set_expanded (self, position, TRUE);
    }

  backstay_json_tree_find (self, node, &position);

  return position;
}

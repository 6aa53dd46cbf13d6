/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-tree"

#include "config.h"

#include "backstay-json-tree.h"

#include "backstay-json-rows.h"

#include <string.h>

/* Containers are opened from the top as long as no more than this many rows come of it. */
#define FIRST_ROWS 150

/* How much text, in bytes, is few rows: those are listed at once. */
#define MAX_LENGTH (1024 * 1024)

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
  BackstayTreeRows *rows;        /* Nodes. */
  guint8           *expanded;    /* A bit a node. */
  GCancellable     *cancellable; /* Non-%NULL while rows are listed in a thread. */
};

static GType
backstay_json_tree_get_item_type (GListModel *model)
{
  return BACKSTAY_TYPE_JSON_ITEM;
}

static gboolean
is_expanded (BackstayJsonTree *self,
             BackstayJsonNode  node)
{
  return backstay_json_rows_get_expanded (self->expanded, node) && backstay_json_get_n_children (self->json, node) > 0;
}

static guint
backstay_json_tree_get_n_items (GListModel *model)
{
  return backstay_tree_rows_get_n (BACKSTAY_JSON_TREE (model)->rows);
}

static gpointer
backstay_json_tree_get_item (GListModel *model,
                             guint       position)
{
  BackstayJsonTree       *self = BACKSTAY_JSON_TREE (model);
  const BackstayJsonRows *rows = backstay_tree_rows_locate (self->rows, &position);
  BackstayJsonNode        node;
  BackstayJsonItem       *item;

  if (rows == NULL)
    return NULL;

  node = backstay_json_rows_get_node (rows, position);
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

/* Opens containers level by level, so that a small document is seen as a whole and of a large one
 * the outline. */
static void
expand_first_rows (BackstayJsonTree *self)
{
  BackstayJsonNode root = backstay_json_get_root (self->json);
  guint            n_rows = backstay_json_get_n_children (self->json, root);
  g_autoptr (GArray) level = NULL;

  if (n_rows >= FIRST_ROWS)
    return;

  level = backstay_json_rows_list_below (self->json, self->expanded, root);

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
          set_bit (self, node, TRUE);

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

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
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
  self->rows = backstay_tree_rows_new (G_LIST_MODEL (self), &backstay_json_rows_funcs,
                                       backstay_json_rows_new (json, self->expanded));

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

/* Listing many rows, in a thread. Until they have come there are only some of them. */

typedef struct
{
  BackstayJson *json;
  guint8       *expanded;
} Listing;

static void
listing_free (Listing *self)
{
  backstay_json_unref (self->json);
  g_free (self->expanded);
  g_free (self);
}

static void
list_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Listing *listing = task_data;

  g_task_return_pointer (task, backstay_json_rows_new (listing->json, listing->expanded), backstay_json_rows_free);
}

static void
update_item (gpointer item,
             gpointer user_data)
{
  BackstayJsonTree *self = user_data;

  backstay_json_item_set_expanded (item, is_expanded (self, backstay_json_item_get_node (item)));
}

static void
replace_rows (BackstayJsonTree *self,
              BackstayJsonRows *rows)
{
  backstay_tree_rows_replace (self->rows, rows);
  backstay_tree_rows_foreach_item (self->rows, update_item, self);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BackstayJsonTree *self = user_data; /* Dangling if cancelled. */
  BackstayJsonRows *rows = g_task_propagate_pointer (G_TASK (result), NULL);

  if (rows == NULL)
    return;

  g_clear_object (&self->cancellable);
  replace_rows (self, rows);
}

static void
stop_listing (BackstayJsonTree *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
begin_listing (BackstayJsonTree *self)
{
  g_autoptr (GTask) task = NULL;
  Listing *listing = g_new0 (Listing, 1);

  stop_listing (self);
  self->cancellable = g_cancellable_new ();

  listing->json = backstay_json_ref (self->json);
  listing->expanded = g_memdup2 (self->expanded, backstay_json_get_n_nodes (self->json) / 8 + 1);

  task = g_task_new (NULL, self->cancellable, listed_cb, self);
  g_task_set_source_tag (task, begin_listing);
  g_task_set_task_data (task, listing, (GDestroyNotify) listing_free);
  g_task_run_in_thread (task, list_thread);
}

static gboolean
is_large (BackstayJsonTree *self,
          BackstayJsonNode  node)
{
  gsize length;

  backstay_json_get_lexeme (self->json, node, &length);

  return length > MAX_LENGTH;
}

/* Expanding */

static void
expand_at (BackstayJsonTree *self,
           guint             position,
           BackstayJsonNode  node)
{
  g_autoptr (GArray) below = backstay_json_rows_list_below (self->json, self->expanded, node);
  BackstayJsonRows *rows = backstay_tree_rows_get_rows (self->rows);

  mark (self, node, TRUE);
  g_array_insert_vals (rows->nodes, position + 1, below->data, below->len);
  g_list_model_items_changed (G_LIST_MODEL (self), position + 1, 0, below->len);
}

static void
collapse_at (BackstayJsonTree *self,
             guint             position,
             BackstayJsonNode  node)
{
  BackstayJsonRows *rows = backstay_tree_rows_get_rows (self->rows);
  gsize             length;
  const char       *text = backstay_json_get_lexeme (self->json, node, &length);
  guint             n = backstay_json_rows_search_text (rows, text + length) - position - 1;

  mark (self, node, FALSE);

  if (n == 0)
    return;

  g_array_remove_range (rows->nodes, position + 1, n);
  g_list_model_items_changed (G_LIST_MODEL (self), position + 1, n, 0);
}

/**
 * backstay_json_tree_set_expanded:
 * @position: a row
 * @expanded: whether to show its children
 *
 * Expands or collapses a row. What was expanded below it is expanded again with it. Does nothing for
 * a row without children.
 *
 * What is below a row with much text comes a little later.
 */
void
backstay_json_tree_set_expanded (BackstayJsonTree *self,
                                 guint             position,
                                 gboolean          expanded)
{
  BackstayJsonNode node;

  g_return_if_fail (BACKSTAY_IS_JSON_TREE (self));
  g_return_if_fail (position < backstay_tree_rows_get_n (self->rows));

  node = backstay_json_rows_get_node (backstay_tree_rows_get_rows (self->rows), position);

  if (backstay_json_get_n_children (self->json, node) == 0 || is_expanded (self, node) == expanded)
    return;

  if (!expanded)
    collapse_at (self, position, node);
  else if (is_large (self, node))
    mark (self, node, TRUE);
  else
    expand_at (self, position, node);

  if (self->cancellable != NULL || (expanded && is_large (self, node)))
    begin_listing (self);
}

/**
 * backstay_json_tree_expand_all:
 *
 * Shows every node. Those of a large document come a little later.
 */
void
backstay_json_tree_expand_all (BackstayJsonTree *self)
{
  g_return_if_fail (BACKSTAY_IS_JSON_TREE (self));

  memset (self->expanded, 0xff, backstay_json_get_n_nodes (self->json) / 8 + 1);

  if (is_large (self, backstay_json_get_root (self->json)))
    begin_listing (self);
  else
    replace_rows (self, backstay_json_rows_new (self->json, self->expanded));
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

  stop_listing (self);
  memset (self->expanded, 0, backstay_json_get_n_nodes (self->json) / 8 + 1);
  replace_rows (self, backstay_json_rows_new (self->json, self->expanded));
}

/**
 * backstay_json_tree_get_loading:
 *
 * Returns: whether more rows are on their way
 */
gboolean
backstay_json_tree_get_loading (BackstayJsonTree *self)
{
  g_return_val_if_fail (BACKSTAY_IS_JSON_TREE (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * backstay_json_tree_set_limit:
 * @limit: how many rows there are at most, for now
 *
 * Lets the rows come little by little, as each takes a list view its time; see
 * backstay_tree_rows_set_limit().
 */
void
backstay_json_tree_set_limit (BackstayJsonTree *self,
                              guint             limit)
{
  g_return_if_fail (BACKSTAY_IS_JSON_TREE (self));

  backstay_tree_rows_set_limit (self->rows, limit);
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
  guint    there;
  gboolean found;

  g_return_val_if_fail (BACKSTAY_IS_JSON_TREE (self), FALSE);

  found = backstay_json_rows_search (backstay_tree_rows_get_rows (self->rows), node, &there);
  if (found && position != NULL)
    *position = there;

  return found;
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

  /* What is expanded has to be there. */
  if (self->cancellable != NULL)
    {
      stop_listing (self);
      replace_rows (self, backstay_json_rows_new (self->json, self->expanded));
    }

  path = g_array_new (FALSE, FALSE, sizeof (BackstayJsonNode));

  for (BackstayJsonNode above = backstay_json_get_parent (self->json, node);
       above != BACKSTAY_JSON_NODE_NONE;
       above = backstay_json_get_parent (self->json, above))
    g_array_prepend_val (path, above);

  /* The root, which comes first, has no row. */
  for (guint i = 1; i < path->len; i++)
    {
      BackstayJsonNode above = g_array_index (path, BackstayJsonNode, i);

      if (backstay_json_tree_find (self, above, &position) && !is_expanded (self, above))
        expand_at (self, position, above);
    }

  backstay_json_tree_find (self, node, &position);

  return position;
}

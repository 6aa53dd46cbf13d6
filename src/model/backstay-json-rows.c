/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-rows"

#include "config.h"

#include "backstay-json-rows.h"

/* Which nodes of a document are rows. What is expanded is a bit a node. */

/**
 * backstay_json_rows_get_expanded:
 * @expanded: (array): a bit a node
 * @node: a node
 *
 * Returns: the node's bit
 */
gboolean
backstay_json_rows_get_expanded (const guint8    *expanded,
                                 BackstayJsonNode node)
{
  return (expanded[node / 8] >> (node % 8) & 1) != 0;
}

/* The next node in document order that is not below @node; none once @top is left. */
static BackstayJsonNode
next_after (BackstayJson    *json,
            BackstayJsonNode node,
            BackstayJsonNode top)
{
  while (node != top)
    {
      BackstayJsonNode parent = backstay_json_get_parent (json, node);
      guint            index = backstay_json_get_index (json, node) + 1;

      if (index < backstay_json_get_n_children (json, parent))
        return backstay_json_get_child (json, parent, index);

      node = parent;
    }

  return BACKSTAY_JSON_NODE_NONE;
}

/**
 * backstay_json_rows_list_below:
 * @json: the document
 * @expanded: (array): a bit a node
 * @top: a node, which itself counts as expanded
 *
 * Returns: (transfer full) (element-type BackstayJsonNode): the rows below a node
 */
GArray *
backstay_json_rows_list_below (BackstayJson    *json,
                               const guint8    *expanded,
                               BackstayJsonNode top)
{
  GArray          *nodes = g_array_new (FALSE, FALSE, sizeof (BackstayJsonNode));
  BackstayJsonNode node = BACKSTAY_JSON_NODE_NONE;

  if (backstay_json_get_n_children (json, top) > 0)
    node = backstay_json_get_child (json, top, 0);

  while (node != BACKSTAY_JSON_NODE_NONE)
    {
      g_array_append_val (nodes, node);

      if (backstay_json_rows_get_expanded (expanded, node) && backstay_json_get_n_children (json, node) > 0)
        node = backstay_json_get_child (json, node, 0);
      else
        node = next_after (json, node, top);
    }

  return nodes;
}

static BackstayJsonRows *
new_with_nodes (BackstayJson *json,
                GArray       *nodes)
{
  BackstayJsonRows *self = g_new0 (BackstayJsonRows, 1);

  self->json = backstay_json_ref (json);
  self->nodes = nodes;

  return self;
}

/**
 * backstay_json_rows_new:
 * @json: the document
 * @expanded: (array): a bit a node
 *
 * Returns: (transfer full): the rows of the whole document: the root only where there is nothing else
 */
BackstayJsonRows *
backstay_json_rows_new (BackstayJson *json,
                        const guint8 *expanded)
{
  BackstayJsonNode root = backstay_json_get_root (json);
  GArray          *nodes = backstay_json_rows_list_below (json, expanded, root);

  if (nodes->len == 0)
    g_array_append_val (nodes, root);

  return new_with_nodes (json, nodes);
}

/**
 * backstay_json_rows_free:
 * @rows: (transfer full): a #BackstayJsonRows
 *
 * Frees the rows.
 */
void
backstay_json_rows_free (gpointer rows)
{
  BackstayJsonRows *self = rows;

  backstay_json_unref (self->json);
  g_array_unref (self->nodes);
  g_free (self);
}

/**
 * backstay_json_rows_get_node:
 * @position: a row
 *
 * Returns: its node
 */
BackstayJsonNode
backstay_json_rows_get_node (const BackstayJsonRows *self,
                             guint                   position)
{
  return g_array_index (self->nodes, BackstayJsonNode, position);
}

/**
 * backstay_json_rows_search_text:
 * @text: a place in the document's text
 *
 * Returns: the first row whose value begins there, or behind it
 */
guint
backstay_json_rows_search_text (const BackstayJsonRows *self,
                                const char             *text)
{
  guint first = 0;
  guint end = self->nodes->len;

  while (first < end)
    {
      guint middle = first + (end - first) / 2;

      if (backstay_json_get_lexeme (self->json, backstay_json_rows_get_node (self, middle), NULL) < text)
        first = middle + 1;
      else
        end = middle;
    }

  return first;
}

/**
 * backstay_json_rows_search:
 * @rows: a #BackstayJsonRows
 * @node: a node
 * @position: (out): its row, or where it would be
 *
 * Returns: whether the node is a row
 */
gboolean
backstay_json_rows_search (gconstpointer rows,
                           guint64       node,
                           guint        *position)
{
  const BackstayJsonRows *self = rows;
  BackstayJsonNode        wanted = (BackstayJsonNode) node;

  *position = backstay_json_rows_search_text (self, backstay_json_get_lexeme (self->json, wanted, NULL));

  return *position < self->nodes->len && backstay_json_rows_get_node (self, *position) == wanted;
}

static guint
get_n_rows (gconstpointer rows)
{
  return ((const BackstayJsonRows *) rows)->nodes->len;
}

static guint64
get_key (gconstpointer rows,
         guint         position)
{
  return backstay_json_rows_get_node (rows, position);
}

static gpointer
copy_ranges (gconstpointer rows,
             GArray       *ranges)
{
  const BackstayJsonRows *self = rows;
  GArray                 *nodes = g_array_new (FALSE, FALSE, sizeof (BackstayJsonNode));

  for (guint i = 0; i + 1 < ranges->len; i += 2)
    {
      guint begin = g_array_index (ranges, guint, i);

      g_array_append_vals (nodes, &g_array_index (self->nodes, BackstayJsonNode, begin),
                           g_array_index (ranges, guint, i + 1) - begin);
    }

  return new_with_nodes (self->json, nodes);
}

const BackstayTreeRowsFuncs backstay_json_rows_funcs = {
  .get_n = get_n_rows,
  .get_key = get_key,
  .search = backstay_json_rows_search,
  .copy_ranges = copy_ranges,
  .free = backstay_json_rows_free,
};

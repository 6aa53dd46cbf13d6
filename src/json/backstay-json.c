/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json"

#include "config.h"

#include "backstay-json-fault.h"
#include "backstay-json-private.h"
#include "backstay-json-reader.h"

/* From this size on, in bytes of the text, a document is freed in a thread. */
#define LARGE_SIZE (1024 * 1024)

/**
 * BackstayJson:
 *
 * A JSON document: its text and the places of all its values in it.
 *
 * Nothing is ever converted: a number is its lexeme, the bytes that stand in
 * the text, and so is every other value. Immutable, so that any number of
 * threads may read it.
 */

/**
 * backstay_json_new:
 * @text: UTF-8, not necessarily with a final NUL
 * @progress: (nullable) (scope call): called about every MiB
 * @user_data: data for @progress
 * @error: return location of a %BACKSTAY_JSON_ERROR
 *
 * Reads a JSON text after RFC 8259, and nothing more lenient.
 *
 * Any value may be the root. Duplicate keys and "\u0000" are accepted, as the
 * RFC does. Messages say the line and the column but never quote the text,
 * which may be secret.
 *
 * Returns: (transfer full) (nullable): the document
 */
BackstayJson *
backstay_json_new (GBytes                  *text,
                   BackstayJsonProgressFunc progress,
                   gpointer                 user_data,
                   GError                 **error)
{
  BackstayJson       *self;
  BackstayJsonRecord *nodes;
  const char         *data;
  gsize               length;
  guint32             n_nodes;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if ((data = g_bytes_get_data (text, &length)) == NULL)
    data = "";

  if (length > BACKSTAY_JSON_MAX_SIZE)
    {
      backstay_json_fault_set_error (BACKSTAY_JSON_FAULT_SIZE, data, length, 0, error);
      return NULL;
    }

  if ((nodes = backstay_json_read (data, length, progress, user_data, &n_nodes, error)) == NULL)
    return NULL;

  self = g_new0 (BackstayJson, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->text = g_bytes_ref (text);
  self->data = data;
  self->nodes = nodes;
  self->n_nodes = n_nodes;

  return self;
}

/**
 * backstay_json_new_closed:
 * @text: UTF-8, not necessarily with a final NUL
 *
 * Reads a JSON text of which nothing needs to be known but that it is right, and
 * that no object has a key twice. The root seems to be empty. Less memory is needed
 * than for [ctor@Json.new], and half the time.
 *
 * Returns: (transfer full) (nullable): the document; %NULL if anything is wrong
 *   with it, which [ctor@Json.new] and backstay_json_find_duplicate_key() tell
 */
BackstayJson *
backstay_json_new_closed (GBytes *text)
{
  BackstayJson      *self;
  BackstayJsonRecord root;
  const char        *data;
  gsize              length;

  g_return_val_if_fail (text != NULL, NULL);

  if ((data = g_bytes_get_data (text, &length)) == NULL || length > BACKSTAY_JSON_MAX_SIZE ||
      !backstay_json_read_root (data, length, NULL, &root))
    return NULL;

  self = g_new0 (BackstayJson, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->text = g_bytes_ref (text);
  self->data = data;
  self->nodes = g_memdup2 (&root, sizeof root);
  self->n_nodes = 1;
  self->keys_are_unique = TRUE;

  return self;
}

/**
 * backstay_json_ref:
 * @self: a document
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @self
 */
BackstayJson *
backstay_json_ref (BackstayJson *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

static gpointer
json_free (gpointer data)
{
  BackstayJson *self = data;

  g_bytes_unref (self->text);
  g_free (self->nodes);
  g_clear_pointer (&self->left_out, g_array_unref);
  g_free (self);

  return NULL;
}

/**
 * backstay_json_unref:
 * @self: (transfer full): a document
 *
 * Drops a reference, and the document with the last one; a large one in a thread,
 * as to give that much memory back takes longer than a frame.
 */
void
backstay_json_unref (BackstayJson *self)
{
  GThread *thread = NULL;

  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  if (g_bytes_get_size (self->text) >= LARGE_SIZE)
    thread = g_thread_try_new ("json-free", json_free, self, NULL);

  if (thread != NULL)
    g_thread_unref (thread);
  else
    json_free (self);
}

/**
 * backstay_json_get_text:
 * @self: a document
 *
 * Gets the text that was read, to the byte.
 *
 * Returns: (transfer none): the text
 */
GBytes *
backstay_json_get_text (BackstayJson *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

/**
 * backstay_json_get_n_nodes:
 * @self: a document
 *
 * Counts the values: every number below it is a [alias@JsonNode].
 *
 * Returns: the number of values, at least 1
 */
guint
backstay_json_get_n_nodes (BackstayJson *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_nodes;
}

/**
 * backstay_json_get_root:
 * @self: a document
 *
 * Gets the value that holds all others.
 *
 * Returns: the root
 */
BackstayJsonNode
backstay_json_get_root (BackstayJson *self)
{
  g_return_val_if_fail (self != NULL, BACKSTAY_JSON_NODE_NONE);

  return self->n_nodes - 1;
}

/**
 * backstay_json_get_kind:
 * @self: a document
 * @node: one of its nodes
 *
 * Gets the type of a value.
 *
 * Returns: the type
 */
BackstayJsonKind
backstay_json_get_kind (BackstayJson    *self,
                        BackstayJsonNode node)
{
  g_return_val_if_fail (self != NULL, BACKSTAY_JSON_KIND_NULL);
  g_return_val_if_fail (node < self->n_nodes, BACKSTAY_JSON_KIND_NULL);

  return backstay_json_kind_of (self, &self->nodes[node]);
}

/**
 * backstay_json_is_container:
 * @self: a document
 * @node: one of its nodes
 *
 * Tells objects and arrays from scalars.
 *
 * Returns: %FALSE for a string, a number, a boolean or null
 */
gboolean
backstay_json_is_container (BackstayJson    *self,
                            BackstayJsonNode node)
{
  char first;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (node < self->n_nodes, FALSE);

  first = self->data[self->nodes[node].value];

  return first == '{' || first == '[';
}

/**
 * backstay_json_get_parent:
 * @self: a document
 * @node: one of its nodes
 *
 * Gets the object or array that holds a value.
 *
 * Returns: the parent; %BACKSTAY_JSON_NODE_NONE for the root
 */
BackstayJsonNode
backstay_json_get_parent (BackstayJson    *self,
                          BackstayJsonNode node)
{
  g_return_val_if_fail (self != NULL, BACKSTAY_JSON_NODE_NONE);
  g_return_val_if_fail (node < self->n_nodes, BACKSTAY_JSON_NODE_NONE);

  return self->nodes[node].parent;
}

/**
 * backstay_json_get_n_children:
 * @self: a document
 * @node: one of its nodes
 *
 * Counts the members of an object or the elements of an array.
 *
 * Returns: their number; 0 for a scalar
 */
guint
backstay_json_get_n_children (BackstayJson    *self,
                              BackstayJsonNode node)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (node < self->n_nodes, 0);

  return self->nodes[node].n_children;
}

/**
 * backstay_json_get_child:
 * @self: a document
 * @node: one of its nodes
 * @position: which of the children, from 0
 *
 * Gets a member of an object or an element of an array.
 *
 * Returns: the child; %BACKSTAY_JSON_NODE_NONE if there are not so many
 */
BackstayJsonNode
backstay_json_get_child (BackstayJson    *self,
                         BackstayJsonNode node,
                         guint            position)
{
  g_return_val_if_fail (self != NULL, BACKSTAY_JSON_NODE_NONE);
  g_return_val_if_fail (node < self->n_nodes, BACKSTAY_JSON_NODE_NONE);

  if (position >= self->nodes[node].n_children)
    return BACKSTAY_JSON_NODE_NONE;

  return self->nodes[node].first_child + position;
}

/**
 * backstay_json_get_index:
 * @self: a document
 * @node: one of its nodes
 *
 * Gets the place of a value among its siblings.
 *
 * Returns: the place, from 0; 0 for the root
 */
guint
backstay_json_get_index (BackstayJson    *self,
                         BackstayJsonNode node)
{
  const BackstayJsonLeftOut *left_out;
  BackstayJsonNode           parent;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (node < self->n_nodes, 0);

  parent = self->nodes[node].parent;

  if (parent == BACKSTAY_JSON_NODE_NONE)
    return 0;

  left_out = backstay_json_get_left_out (self, parent);

  return node - self->nodes[parent].first_child + (left_out != NULL ? left_out->n_before : 0);
}

/**
 * backstay_json_get_depth:
 * @self: a document
 * @node: one of its nodes
 *
 * Counts the containers around a value, by walking up.
 *
 * Returns: their number; 0 for the root
 */
guint
backstay_json_get_depth (BackstayJson    *self,
                         BackstayJsonNode node)
{
  guint depth = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (node < self->n_nodes, 0);

  while ((node = self->nodes[node].parent) != BACKSTAY_JSON_NODE_NONE)
    depth++;

  return depth;
}

/**
 * backstay_json_get_next:
 * @self: a document
 * @node: one of its nodes
 *
 * Walks the document in the order of its text, a container before its children.
 *
 * Returns: the node after @node; %BACKSTAY_JSON_NODE_NONE at the end
 */
BackstayJsonNode
backstay_json_get_next (BackstayJson    *self,
                        BackstayJsonNode node)
{
  g_return_val_if_fail (self != NULL, BACKSTAY_JSON_NODE_NONE);
  g_return_val_if_fail (node < self->n_nodes, BACKSTAY_JSON_NODE_NONE);

  if (self->nodes[node].n_children > 0)
    return self->nodes[node].first_child;

  while (self->nodes[node].parent != BACKSTAY_JSON_NODE_NONE)
    {
      if (!backstay_json_is_last (self, node))
        return node + 1;

      node = self->nodes[node].parent;
    }

  return BACKSTAY_JSON_NODE_NONE;
}

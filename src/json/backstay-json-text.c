/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-text"

#include "config.h"

#include <string.h>

#include "backstay-json-private.h"
#include "backstay-json-string.h"

/* What the nodes of a document say: their values and keys, as written and as meant. */

/**
 * backstay_json_get_lexeme:
 * @self: a document
 * @node: one of its nodes
 * @length: (out) (optional): the length in bytes
 *
 * Gets a value as it stands in the text: a string with its quotes and escapes, a
 * number with every digit, a container with all that it holds.
 *
 * Returns: (transfer none) (array length=length): a part of the text, without a
 *   final NUL
 */
const char *
backstay_json_get_lexeme (BackstayJson    *self,
                          BackstayJsonNode node,
                          gsize           *length)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (node < self->n_nodes, NULL);

  if (length != NULL)
    *length = self->nodes[node].length;

  return self->data + self->nodes[node].value;
}

/**
 * backstay_json_has_key:
 * @self: a document
 * @node: one of its nodes
 *
 * Tells whether a value is a member of an object.
 *
 * Returns: %FALSE for an element of an array and for the root
 */
gboolean
backstay_json_has_key (BackstayJson    *self,
                       BackstayJsonNode node)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (node < self->n_nodes, FALSE);

  return self->nodes[node].key != 0;
}

/**
 * backstay_json_get_key_lexeme:
 * @self: a document
 * @node: one of its nodes
 * @length: (out): the length in bytes
 *
 * Gets the key of a member as it stands in the text, with its quotes and escapes.
 *
 * Returns: (transfer none) (array length=length) (nullable): a part of the text,
 *   without a final NUL; %NULL if @node has no key
 */
const char *
backstay_json_get_key_lexeme (BackstayJson    *self,
                              BackstayJsonNode node,
                              gsize           *length)
{
  const BackstayJsonRecord *record;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (node < self->n_nodes, NULL);
  g_return_val_if_fail (length != NULL, NULL);

  record = &self->nodes[node];

  if (record->key == 0)
    {
      *length = 0;
      return NULL;
    }

  *length = backstay_json_key_length_of (self, record);

  return self->data + record->key;
}

/**
 * backstay_json_dup_key:
 * @self: a document
 * @node: one of its nodes
 * @length: (out) (optional): the length in bytes
 *
 * Gets the key of a member with its escapes resolved.
 *
 * Returns: (transfer full) (nullable): UTF-8, which may hold U+0000 where @length
 *   goes beyond; %NULL if @node has no key
 */
char *
backstay_json_dup_key (BackstayJson    *self,
                       BackstayJsonNode node,
                       gsize           *length)
{
  const BackstayJsonRecord *record;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (node < self->n_nodes, NULL);

  record = &self->nodes[node];

  if (record->key == 0)
    return NULL;

  return backstay_json_string_decode (self->data + record->key,
                                      backstay_json_key_length_of (self, record),
                                      length);
}

/**
 * backstay_json_dup_string:
 * @self: a document
 * @node: one of its nodes, a string
 * @length: (out) (optional): the length in bytes
 *
 * Gets a string with its escapes resolved.
 *
 * Returns: (transfer full): UTF-8, which may hold U+0000 where @length goes beyond
 */
char *
backstay_json_dup_string (BackstayJson    *self,
                          BackstayJsonNode node,
                          gsize           *length)
{
  const BackstayJsonRecord *record;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (node < self->n_nodes, NULL);

  record = &self->nodes[node];

  g_return_val_if_fail (self->data[record->value] == '"', NULL);

  return backstay_json_string_decode (self->data + record->value, record->length, length);
}

static gboolean
has_this_key (BackstayJson             *self,
              const BackstayJsonRecord *record,
              const char               *key,
              gsize                     key_length)
{
  const char      *lexeme = self->data + record->key;
  gsize            length = backstay_json_key_length_of (self, record);
  gsize            decoded_length;
  g_autofree char *decoded = NULL;

  /* Nothing is shorter when escaped, so most keys are settled by a look at their length. */
  if (length - 2 < key_length)
    return FALSE;

  if (memchr (lexeme, '\\', length) == NULL)
    return length - 2 == key_length && memcmp (lexeme + 1, key, key_length) == 0;

  decoded = backstay_json_string_decode (lexeme, length, &decoded_length);

  return decoded_length == key_length && memcmp (decoded, key, key_length) == 0;
}

/**
 * backstay_json_find_member:
 * @self: a document
 * @node: one of its nodes
 * @key: a key, with its escapes resolved
 *
 * Finds a member of an object by its key.
 *
 * Of members with the same key it is the last one, which is the one that
 * PostgreSQL keeps.
 *
 * Returns: the member; %BACKSTAY_JSON_NODE_NONE if there is none, or if @node is
 *   not an object
 */
BackstayJsonNode
backstay_json_find_member (BackstayJson    *self,
                           BackstayJsonNode node,
                           const char      *key)
{
  const BackstayJsonRecord *object;
  gsize                     key_length;

  g_return_val_if_fail (self != NULL, BACKSTAY_JSON_NODE_NONE);
  g_return_val_if_fail (node < self->n_nodes, BACKSTAY_JSON_NODE_NONE);
  g_return_val_if_fail (key != NULL, BACKSTAY_JSON_NODE_NONE);

  object = &self->nodes[node];

  if (self->data[object->value] != '{')
    return BACKSTAY_JSON_NODE_NONE;

  key_length = strlen (key);

  for (guint32 i = object->n_children; i > 0; i--)
    if (has_this_key (self, &self->nodes[object->first_child + i - 1], key, key_length))
      return object->first_child + i - 1;

  return BACKSTAY_JSON_NODE_NONE;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-duplicates"

#include "config.h"

#include "backstay-diff-hash.h"
#include "backstay-json-duplicates.h"

/* Objects of so many shapes are remembered, by their number of members. */
#define N_SHAPES 64

/* Whether an object has the keys of another one, written the same and in the same order. In lists
 * of like objects, which are most of a large document, all but the first need no other look. */
static inline gboolean
same_shape (BackstayJson             *json,
            const BackstayJsonRecord *a,
            const BackstayJsonRecord *b)
{
  if (a->n_children != b->n_children)
    return FALSE;

  for (guint32 i = 0; i < a->n_children; i++)
    if (!backstay_diff_keys_look_same (json, &json->nodes[a->first_child + i],
                                       json, &json->nodes[b->first_child + i]))
      return FALSE;

  return TRUE;
}

/* Whether the keys come in the order of jsonb, the shorter first, and so cannot be there twice. */
static gboolean
keys_ascend (BackstayJson             *json,
             const BackstayJsonRecord *object)
{
  const char *last = NULL;
  gsize       last_length = 0;

  for (guint32 i = 0; i < object->n_children; i++)
    {
      const BackstayJsonRecord *member = &json->nodes[object->first_child + i];
      const char               *key = json->data + member->key;
      gsize                     length = backstay_json_key_length_of (json, member);

      if (last != NULL &&
          (length < last_length || (length == last_length && memcmp (last, key, length) >= 0)))
        return FALSE;

      if (memchr (key, '\\', length) != NULL)
        return FALSE;

      last = key;
      last_length = length;
    }

  return TRUE;
}

/* Finds a member whose key one before it has already. */
static BackstayJsonNode
find_duplicate (BackstayJson             *json,
                const BackstayJsonRecord *object)
{
  gsize               mask = ((gsize) 2 << g_bit_storage (object->n_children)) - 1;
  g_autofree guint32 *table = g_new0 (guint32, mask + 1);

  for (guint32 i = 0; i < object->n_children; i++)
    {
      const BackstayJsonRecord *member = &json->nodes[object->first_child + i];
      gsize                     length = backstay_json_key_length_of (json, member);
      gsize                     slot;

      slot = backstay_diff_hash_string (json->data + member->key, length) & mask;

      for (; table[slot] != 0; slot = (slot + 1) & mask)
        if (backstay_diff_keys_equal (json, &json->nodes[object->first_child + table[slot] - 1],
                                      json, member))
          return object->first_child + i;

      table[slot] = i + 1;
    }

  return BACKSTAY_JSON_NODE_NONE;
}

static BackstayJsonNode
find_between (BackstayJson    *json,
              BackstayJsonNode first,
              BackstayJsonNode end)
{
  const BackstayJsonRecord *shapes[N_SHAPES] = { NULL };

  for (BackstayJsonNode node = first; node < end; node++)
    {
      const BackstayJsonRecord  *record = &json->nodes[node];
      const BackstayJsonRecord **shape = &shapes[record->n_children % N_SHAPES];
      BackstayJsonNode           duplicate;

      if (record->n_children < 2 || json->data[record->value] != '{')
        continue;

      if (*shape != NULL && same_shape (json, record, *shape))
        continue;

      if (!keys_ascend (json, record) &&
          (duplicate = find_duplicate (json, record)) != BACKSTAY_JSON_NODE_NONE)
        return duplicate;

      *shape = record;
    }

  return BACKSTAY_JSON_NODE_NONE;
}

/**
 * backstay_json_find_duplicate_key:
 * @json: a document
 *
 * Finds a member whose key stands before it in the same object already, however
 * either is spelt.
 *
 * A document from jsonb has none. Of two members with one key it is anybody's guess
 * which one is meant, so that such a document should not be compared. That there are
 * none is remembered.
 *
 * Returns: the member; %BACKSTAY_JSON_NODE_NONE if all keys are unique
 */
BackstayJsonNode
backstay_json_find_duplicate_key (BackstayJson *json)
{
  BackstayJsonNode found;

  g_return_val_if_fail (json != NULL, BACKSTAY_JSON_NODE_NONE);

  if (g_atomic_int_get (&json->keys_are_unique))
    return BACKSTAY_JSON_NODE_NONE;

  if ((found = find_between (json, 0, json->n_nodes)) == BACKSTAY_JSON_NODE_NONE)
    g_atomic_int_set (&json->keys_are_unique, TRUE);

  return found;
}

/*
 * backstay_json_keys_are_unique:
 * @json: a document
 * @first: the first of its nodes to be looked at
 * @end: the node behind the last one
 *
 * Tells whether none of some objects has a key twice.
 *
 * Returns: whether it is so
 */
gboolean
backstay_json_keys_are_unique (BackstayJson    *json,
                               BackstayJsonNode first,
                               BackstayJsonNode end)
{
  return find_between (json, first, end) == BACKSTAY_JSON_NODE_NONE;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-duplicates"

#include "config.h"

#include "backstay-json-duplicates.h"
#include "backstay-json-fault.h"
#include "backstay-json-path.h"
#include "backstay-json-private.h"
#include "backstay-json-shapes.h"

static BackstayJsonNode
find_between (BackstayJson    *json,
              BackstayJsonNode first,
              BackstayJsonNode end)
{
  BackstayJsonShapes shapes = { 0 };

  for (BackstayJsonNode node = first; node < end; node++)
    {
      const BackstayJsonRecord *record = &json->nodes[node];
      guint32                   duplicate;

      if (record->n_children < 2 || json->data[record->value] != '{')
        continue;

      duplicate = backstay_json_shapes_find_duplicate (&shapes, json, &json->nodes[record->first_child],
                                                       record->n_children);

      if (duplicate < record->n_children)
        return record->first_child + duplicate;
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

/**
 * backstay_json_check_duplicate_keys:
 * @json: a document
 * @error: return location of a %BACKSTAY_JSON_ERROR_DUPLICATE_KEY
 *
 * Refuses a document in which an object has a key twice.
 *
 * Returns: whether all keys are unique
 */
gboolean
backstay_json_check_duplicate_keys (BackstayJson *json,
                                    GError      **error)
{
  BackstayJsonNode duplicate;
  g_autofree char *path = NULL;

  g_return_val_if_fail (json != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if ((duplicate = backstay_json_find_duplicate_key (json)) == BACKSTAY_JSON_NODE_NONE)
    return TRUE;

  path = backstay_json_dup_display_path (json, duplicate);
  backstay_json_fault_set_duplicate_key (path, json->data, g_bytes_get_size (json->text),
                                         json->nodes[duplicate].key, error);

  return FALSE;
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

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-duplicates"

#include "config.h"

#include "backstay-json-duplicates.h"
#include "backstay-json-fault.h"
#include "backstay-json-path.h"
#include "backstay-json-private.h"
#include "backstay-json-shapes.h"

/* Nodes are not in the order of the text. @found is where the first key so far begins that stands
 * there again, in which case only what comes before is of interest. */
static BackstayJsonNode
find_in_object (BackstayJson       *json,
                BackstayJsonNode    object,
                BackstayJsonShapes *shapes,
                guint32             found)
{
  const BackstayJsonRecord *record = &json->nodes[object];
  guint32                   duplicate;

  if (record->n_children < 2 || record->value > found || json->data[record->value] != '{')
    return BACKSTAY_JSON_NODE_NONE;

  duplicate = backstay_json_shapes_find_duplicate (shapes, json, &json->nodes[record->first_child],
                                                   record->n_children);

  if (duplicate == record->n_children || json->nodes[record->first_child + duplicate].key > found)
    return BACKSTAY_JSON_NODE_NONE;

  return record->first_child + duplicate;
}

/**
 * backstay_json_find_duplicate_key:
 * @json: a document
 *
 * Finds a member whose key stands before it in the same object already, however
 * either is spelt. Of several it is the first in the text.
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
  BackstayJsonShapes shapes = { 0 };
  BackstayJsonNode   found = BACKSTAY_JSON_NODE_NONE;

  g_return_val_if_fail (json != NULL, BACKSTAY_JSON_NODE_NONE);

  if (g_atomic_int_get (&json->keys_are_unique))
    return BACKSTAY_JSON_NODE_NONE;

  for (BackstayJsonNode node = 0; node < json->n_nodes; node++)
    {
      guint32          limit = found != BACKSTAY_JSON_NODE_NONE ? json->nodes[found].key : G_MAXUINT32;
      BackstayJsonNode duplicate = find_in_object (json, node, &shapes, limit);

      if (duplicate != BACKSTAY_JSON_NODE_NONE)
        found = duplicate;
    }

  if (found == BACKSTAY_JSON_NODE_NONE)
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
  BackstayJsonShapes shapes = { 0 };

  for (BackstayJsonNode node = first; node < end; node++)
    if (find_in_object (json, node, &shapes, G_MAXUINT32) != BACKSTAY_JSON_NODE_NONE)
      return FALSE;

  return TRUE;
}

/* A part of the text that goes. */
typedef struct
{
  guint32 begin;
  guint32 end;
} Cut;

static int
compare_cuts (gconstpointer a,
              gconstpointer b)
{
  const Cut *one = a;
  const Cut *other = b;

  return one->begin < other->begin ? -1 : one->begin > other->begin;
}

/* Members whose key comes once more, each up to the next member. */
static void
add_cuts (BackstayJson    *json,
          BackstayJsonNode object,
          GArray          *cuts)
{
  const BackstayJsonRecord *record = &json->nodes[object];
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);

  for (guint32 i = record->n_children; i-- > 0;)
    {
      const BackstayJsonRecord *member = &json->nodes[record->first_child + i];
      gsize                     length;
      char                     *key = backstay_json_dup_key (json, record->first_child + i, &length);

      if (!g_hash_table_add (keys, g_bytes_new_take (key, length)))
        {
          Cut cut = { member[0].key, member[1].key };

          g_array_append_val (cuts, cut);
        }
    }
}

static GBytes *
cut_text (BackstayJson *json,
          GArray       *cuts)
{
  GByteArray *text = g_byte_array_new ();
  guint32     begin = 0;

  for (guint i = 0; i < cuts->len; i++)
    {
      const Cut *cut = &g_array_index (cuts, Cut, i);

      /* What is inside of another one went with it. */
      if (cut->begin < begin)
        continue;

      g_byte_array_append (text, (const guint8 *) json->data + begin, cut->begin - begin);
      begin = cut->end;
    }

  g_byte_array_append (text, (const guint8 *) json->data + begin,
                       (guint) (g_bytes_get_size (json->text) - begin));

  return g_byte_array_free_to_bytes (text);
}

/**
 * backstay_json_ref_last_wins:
 * @json: a document
 *
 * Gets the document that jsonb makes of one in which an object has a key twice: of
 * the members with one key only the last is left. All else stays as it is spelt.
 *
 * Returns: (transfer full): the document; @json itself if all keys are unique
 */
BackstayJson *
backstay_json_ref_last_wins (BackstayJson *json)
{
  BackstayJsonShapes shapes = { 0 };
  g_autoptr (GArray) cuts = NULL;
  g_autoptr (GBytes) text = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  if (g_atomic_int_get (&json->keys_are_unique))
    return backstay_json_ref (json);

  cuts = g_array_new (FALSE, FALSE, sizeof (Cut));

  for (BackstayJsonNode node = 0; node < json->n_nodes; node++)
    if (find_in_object (json, node, &shapes, G_MAXUINT32) != BACKSTAY_JSON_NODE_NONE)
      add_cuts (json, node, cuts);

  if (cuts->len == 0)
    return backstay_json_ref (json);

  g_array_sort (cuts, compare_cuts);
  text = cut_text (json, cuts);

  return backstay_json_new (text, NULL, NULL, NULL);
}

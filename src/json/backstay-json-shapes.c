/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-shapes"

#include "config.h"

#include "backstay-diff-hash.h"
#include "backstay-json-shapes.h"

/* Whether an object has the keys of another one, written the same and in the same order. In lists
 * of like objects, which are most of a large document, all but the first need no other look. */
static inline gboolean
same_shape (BackstayJson             *json,
            const BackstayJsonRecord *a,
            const BackstayJsonRecord *b,
            guint32                   n_members)
{
  for (guint32 i = 0; i < n_members; i++)
    if (!backstay_diff_keys_look_same (json, &a[i], json, &b[i]))
      return FALSE;

  return TRUE;
}

/* Whether the keys come in the order of jsonb, the shorter first, and so cannot be there twice. */
static gboolean
keys_ascend (BackstayJson             *json,
             const BackstayJsonRecord *members,
             guint32                   n_members)
{
  const char *last = NULL;
  gsize       last_length = 0;

  for (guint32 i = 0; i < n_members; i++)
    {
      const char *key = json->data + members[i].key;
      gsize       length = backstay_json_key_length_of (json, &members[i]);

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

/* Finds a member whose key one before it has already; @n_members if there is none. In the table is
 * the place of each, from 1, below the half of its hash that did not choose where it stands. */
static guint32
find_duplicate (BackstayJson             *json,
                const BackstayJsonRecord *members,
                guint32                   n_members)
{
  gsize               mask = ((gsize) 2 << g_bit_storage (n_members)) - 1;
  g_autofree guint64 *table = g_new0 (guint64, mask + 1);

  for (guint32 i = 0; i < n_members; i++)
    {
      gsize   length = backstay_json_key_length_of (json, &members[i]);
      guint64 hash = backstay_diff_hash_string (json->data + members[i].key, length);
      gsize   slot = hash & mask;

      for (; table[slot] != 0; slot = (slot + 1) & mask)
        if (table[slot] >> 32 == hash >> 32 &&
            backstay_diff_keys_equal (json, &members[(guint32) table[slot] - 1], json, &members[i]))
          return i;

      table[slot] = (hash >> 32) << 32 | (i + 1);
    }

  return n_members;
}

static void
remember (BackstayJsonShapes       *self,
          BackstayJsonShape        *shape,
          const BackstayJsonRecord *members,
          guint32                   n_members)
{
  if (self->copies)
    {
      g_free ((gpointer) shape->members);
      members = g_memdup2 (members, n_members * sizeof *members);
    }

  shape->members = members;
  shape->n_members = n_members;
}

void
backstay_json_shapes_clear (BackstayJsonShapes *self)
{
  for (guint i = 0; self->copies && i < BACKSTAY_JSON_N_SHAPES; i++)
    g_free ((gpointer) self->shapes[i].members);
}

/*
 * backstay_json_shapes_find_duplicate:
 * @self: shapes of objects that were looked at
 * @json: a document
 * @members: (array length=n_members): all members of an object in it
 * @n_members: how many
 *
 * Finds a member whose key stands before it already. Only the text of @json is looked at.
 *
 * Returns: its place; @n_members if all keys are unique
 */
guint32
backstay_json_shapes_find_duplicate (BackstayJsonShapes       *self,
                                     BackstayJson             *json,
                                     const BackstayJsonRecord *members,
                                     guint32                   n_members)
{
  BackstayJsonShape *shape = &self->shapes[n_members % BACKSTAY_JSON_N_SHAPES];
  guint32            duplicate;

  if (n_members < 2 ||
      (shape->n_members == n_members && same_shape (json, members, shape->members, n_members)))
    return n_members;

  if (!keys_ascend (json, members, n_members) &&
      (duplicate = find_duplicate (json, members, n_members)) < n_members)
    return duplicate;

  remember (self, shape, members, n_members);

  return n_members;
}

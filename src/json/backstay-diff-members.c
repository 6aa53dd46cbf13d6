/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-members"

#include "config.h"

#include "backstay-diff-hash.h"
#include "backstay-diff-members.h"

/* With at most so many pairs of keys each is simply looked at. */
#define MAX_PAIRS 64

/* The members of two objects that are neither at the start nor at the end alike. */
typedef struct
{
  BackstayDiffContext *context;
  BackstayJsonNode     first[2];
  guint32              n[2];
  guint32             *partners; /* For each member after, its place before, or NONE. */
  guint8              *taken;    /* Whether a member before has a partner. */
} Members;

static inline gboolean
members_match (BackstayDiffContext *context,
               BackstayJsonNode     before,
               BackstayJsonNode     after)
{
  return backstay_diff_keys_equal (context->json[0], backstay_diff_get_record (context, 0, before),
                                   context->json[1], backstay_diff_get_record (context, 1, after));
}

static void
set_partner (Members *members,
             guint32  before,
             guint32  after)
{
  members->partners[after] = before;
  members->taken[before] = TRUE;
}

static void
match_each (Members *members)
{
  for (guint32 after = 0; after < members->n[1]; after++)
    for (guint32 before = 0; before < members->n[0]; before++)
      if (!members->taken[before] &&
          members_match (members->context, members->first[0] + before, members->first[1] + after))
        {
          set_partner (members, before, after);
          break;
        }
}

static guint64
hash_key (const Members *members,
          guint          side,
          guint32        position)
{
  BackstayJson             *json = members->context->json[side];
  const BackstayJsonRecord *record = &json->nodes[members->first[side] + position];

  return backstay_diff_hash_string (json->data + record->key,
                                    backstay_json_key_length_of (json, record));
}

/* Finds partners by a table of the keys before, in which a place is looked for by the hash. */
static void
match_by_table (Members *members)
{
  guint               bits = g_bit_storage (members->n[0]) + 1;
  gsize               mask = ((gsize) 1 << bits) - 1;
  g_autofree guint32 *table = g_new0 (guint32, mask + 1);

  for (guint32 before = 0; before < members->n[0]; before++)
    {
      gsize slot = hash_key (members, 0, before) & mask;

      while (table[slot] != 0)
        slot = (slot + 1) & mask;

      table[slot] = before + 1;
    }

  for (guint32 after = 0; after < members->n[1]; after++)
    for (gsize slot = hash_key (members, 1, after) & mask; table[slot] != 0; slot = (slot + 1) & mask)
      if (members_match (members->context, members->first[0] + table[slot] - 1,
                         members->first[1] + after))
        {
          set_partner (members, table[slot] - 1, after);
          break;
        }
}

static void
add_removed (Members *members,
             guint32 *next,
             guint32  end)
{
  for (; *next < end; (*next)++)
    if (!members->taken[*next])
      backstay_diff_add_step (members->context, members->first[0] + *next, BACKSTAY_JSON_NODE_NONE);
}

/* Lists the members in the order after. Those that were removed come where they were, which is
 * told by the members around them that keep their order. */
static void
add_steps (Members *members)
{
  guint32 next_before = 0;

  for (guint32 after = 0; after < members->n[1];)
    {
      guint32 end = after;

      while (end < members->n[1] && (members->partners[end] == BACKSTAY_JSON_NODE_NONE ||
                                     members->partners[end] < next_before))
        end++;

      add_removed (members, &next_before,
                   end < members->n[1] ? members->partners[end] : members->n[0]);

      for (; after < MIN (end + 1, members->n[1]); after++)
        {
          guint32 before = members->partners[after];

          backstay_diff_add_step (members->context,
                                  before == BACKSTAY_JSON_NODE_NONE ? before
                                                                    : members->first[0] + before,
                                  members->first[1] + after);
        }
    }

  add_removed (members, &next_before, members->n[0]);
}

static void
pair_rest (BackstayDiffContext *context,
           BackstayJsonNode     before,
           guint32              n_before,
           BackstayJsonNode     after,
           guint32              n_after)
{
  g_autofree guint32 *partners = g_new (guint32, (gsize) n_after + 1);
  g_autofree guint8  *taken = g_new0 (guint8, (gsize) n_before + 1);
  Members             members = {
                .context = context,
                .first = { before, after },
                .n = { n_before, n_after },
                .partners = partners,
                .taken = taken,
  };

  for (guint32 i = 0; i < n_after; i++)
    partners[i] = BACKSTAY_JSON_NODE_NONE;

  if ((guint64) n_before * n_after <= MAX_PAIRS)
    match_each (&members);
  else
    match_by_table (&members);

  add_steps (&members);
}

/*
 * backstay_diff_pair_members:
 * @context: the work
 * @before: an object
 * @after: an object of the other document
 *
 * Finds which members go together, by their keys, and adds the steps. Mostly the keys come in the
 * same order on both sides, always so in texts of the same server.
 */
void
backstay_diff_pair_members (BackstayDiffContext *context,
                            BackstayJsonNode     before,
                            BackstayJsonNode     after)
{
  const BackstayJsonRecord *a = backstay_diff_get_record (context, 0, before);
  const BackstayJsonRecord *b = backstay_diff_get_record (context, 1, after);
  guint32                   n_least = MIN (a->n_children, b->n_children);
  guint32                   n_first;
  guint32                   n_last;
  guint32                   n_same;

  backstay_diff_context_count_same (context, before, after, &n_first, &n_same);
  backstay_diff_add_same (context, a->first_child, b->first_child, n_first);
  n_last = n_same;

  while (n_first < n_least - n_last &&
         members_match (context, a->first_child + n_first, b->first_child + n_first))
    {
      backstay_diff_add_step (context, a->first_child + n_first, b->first_child + n_first);
      n_first++;
    }

  while (n_last < n_least - n_first &&
         members_match (context, a->first_child + a->n_children - 1 - n_last,
                        b->first_child + b->n_children - 1 - n_last))
    n_last++;

  if (a->n_children + b->n_children > 2 * (n_first + n_last))
    pair_rest (context, a->first_child + n_first, a->n_children - n_first - n_last,
               b->first_child + n_first, b->n_children - n_first - n_last);

  for (guint32 i = n_last; i > n_same; i--)
    backstay_diff_add_step (context, a->first_child + a->n_children - i,
                            b->first_child + b->n_children - i);

  backstay_diff_add_same (context, a->first_child + a->n_children - n_same,
                          b->first_child + b->n_children - n_same, n_same);
}

/*
 * backstay_diff_find_member:
 * @json: a document
 * @object: one of its nodes
 * @key: a key as a JSON string, with quotes
 * @length: its length in bytes
 *
 * Finds a member, an object's only one of that key.
 *
 * Returns: the member's value, or %BACKSTAY_JSON_NODE_NONE
 */
BackstayJsonNode
backstay_diff_find_member (BackstayJson             *json,
                           const BackstayJsonRecord *object,
                           const char               *key,
                           gsize                     length)
{
  if (backstay_json_kind_of (json, object) != BACKSTAY_JSON_KIND_OBJECT)
    return BACKSTAY_JSON_NODE_NONE;

  for (guint32 i = 0; i < object->n_children; i++)
    {
      const BackstayJsonRecord *member = &json->nodes[object->first_child + i];
      const char               *member_key = json->data + member->key;

      if (member_key[1] != key[1] && member_key[1] != '\\' && key[1] != '\\')
        continue;

      if (backstay_diff_strings_equal (member_key, backstay_json_key_length_of (json, member),
                                       key, length))
        return object->first_child + i;
    }

  return BACKSTAY_JSON_NODE_NONE;
}

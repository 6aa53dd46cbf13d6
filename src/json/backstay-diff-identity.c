/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-identity"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "backstay-diff-align.h"
#include "backstay-diff-members.h"

/* Values that are left over more often on one side are common ones, and none of them is the same
 * as one elsewhere. */
#define MAX_ALIKE 8

/* From so many on it pays to sort by digits of so many bits. */
#define MIN_RADIX 4096
#define DIGIT_BITS 10
#define DIGIT_MASK ((1u << DIGIT_BITS) - 1)

typedef struct
{
  guint64 hash;
  guint32 place;
} Candidate;

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *x = a;
  const Candidate *y = b;

  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;

  return x->place < y->place ? -1 : x->place > y->place;
}

/* Puts candidates in the order of some bits of their hashes, and keeps that of equal ones. */
static void
sort_by_digit (const Candidate *from,
               Candidate       *to,
               guint            n,
               guint            shift)
{
  guint32 ends[1 << DIGIT_BITS] = { 0 };
  guint32 sum = 0;

  for (guint i = 0; i < n; i++)
    ends[from[i].hash >> shift & DIGIT_MASK]++;

  for (guint i = 0; i <= DIGIT_MASK; i++)
    {
      sum += ends[i];
      ends[i] = sum - ends[i];
    }

  for (guint i = 0; i < n; i++)
    to[ends[from[i].hash >> shift & DIGIT_MASK]++] = from[i];
}

/* Sorts candidates that are in the order of their places by their hashes: by the upper bits digit
 * after digit, which are enough for nearly all, and the few with the same ones by comparing. */
static void
sort_candidates (GArray *candidates)
{
  Candidate            *items = (Candidate *) candidates->data;
  g_autofree Candidate *scratch = NULL;
  guint                 begin = 0;

  if (candidates->len < MIN_RADIX)
    {
      qsort (items, candidates->len, sizeof (Candidate), compare_candidates);
      return;
    }

  scratch = g_new (Candidate, candidates->len);
  sort_by_digit (items, scratch, candidates->len, 64 - 2 * DIGIT_BITS);
  sort_by_digit (scratch, items, candidates->len, 64 - DIGIT_BITS);

  for (guint i = 1; i <= candidates->len; i++)
    if (i == candidates->len ||
        items[i].hash >> (64 - 2 * DIGIT_BITS) != items[begin].hash >> (64 - 2 * DIGIT_BITS))
      {
        if (i - begin > 1)
          qsort (items + begin, i - begin, sizeof (Candidate), compare_candidates);

        begin = i;
      }
}

static inline const Candidate *
get_candidate (GArray *candidates,
               guint   i)
{
  return &g_array_index (candidates, Candidate, i);
}

static guint
find_run_end (GArray *candidates,
              guint   begin)
{
  guint end = begin;

  while (end < candidates->len &&
         get_candidate (candidates, end)->hash == get_candidate (candidates, begin)->hash)
    end++;

  return end;
}

/* Tells most hashes from those of a set, by a bit for each of these. */
typedef struct
{
  guint8 *bits;
  gsize   mask;
} Filter;

static void
filter_init (Filter *self,
             guint   n)
{
  self->mask = ((gsize) 8 << g_bit_storage (n)) - 1;
  self->bits = g_new0 (guint8, self->mask / 8 + 1);
}

static void
filter_clear (Filter *self)
{
  g_free (self->bits);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Filter, filter_clear)

static inline void
filter_add (Filter *self,
            guint64 hash)
{
  gsize bit = hash & self->mask;

  self->bits[bit / 8] |= (guint8) (1 << bit % 8);
}

static inline gboolean
filter_may_have (const Filter *self,
                 guint64       hash)
{
  gsize bit = hash & self->mask;

  return (self->bits[bit / 8] >> bit % 8 & 1) != 0;
}

/* Leaves out most of those whose hash none of the others has. */
static void
keep_common (GArray *candidates,
             GArray *others)
{
  g_auto (Filter) filter;
  guint n = 0;

  filter_init (&filter, others->len);

  for (guint i = 0; i < others->len; i++)
    filter_add (&filter, get_candidate (others, i)->hash);

  for (guint i = 0; i < candidates->len; i++)
    if (filter_may_have (&filter, get_candidate (candidates, i)->hash))
      g_array_index (candidates, Candidate, n++) = *get_candidate (candidates, i);

  g_array_set_size (candidates, n);
}

/* Brings together those that have the same hash, in their order, unless more than @max_alike have it
 * on either side. */
static gboolean
match_candidates (BackstayDiffAlign *align,
                  GArray            *x,
                  GArray            *y,
                  guint              max_alike)
{
  gboolean found = FALSE;
  guint    i = 0;
  guint    j = 0;

  keep_common (x, y);
  keep_common (y, x);

  if (x->len == 0 || y->len == 0)
    return FALSE;

  sort_candidates (x);
  sort_candidates (y);

  while (i < x->len && j < y->len)
    {
      guint i_end = find_run_end (x, i);
      guint j_end = find_run_end (y, j);

      if (get_candidate (x, i)->hash < get_candidate (y, j)->hash)
        {
          i = i_end;
          continue;
        }

      if (get_candidate (x, i)->hash == get_candidate (y, j)->hash &&
          i_end - i <= max_alike && j_end - j <= max_alike)
        for (guint k = 0; k < MIN (i_end - i, j_end - j); k++)
          {
            found = TRUE;
            backstay_diff_set_match (align, get_candidate (x, i + k)->place,
                                     get_candidate (y, j + k)->place);
          }

      j = j_end;
    }

  return found;
}

static inline gboolean
is_leftover (BackstayDiffAlign *align,
             guint              i,
             guint32            place,
             gboolean           scalars)
{
  return align->matches[i][place] == BACKSTAY_DIFF_NO_MATCH &&
         backstay_diff_is_scalar (align->context, align->sides[i], align->first[i] + place) ==
           scalars;
}

static inline gboolean
can_match (const BackstayDiffAlign *align,
           guint32                  x,
           guint32                  y)
{
  return align->matches[0][x] == BACKSTAY_DIFF_NO_MATCH &&
         align->matches[1][y] == BACKSTAY_DIFF_NO_MATCH &&
         align->hashes[0][x] == align->hashes[1][y];
}

/* Lets equal neighbours of partners go along with them, however common they are. */
static void
match_neighbours (BackstayDiffAlign *align)
{
  for (guint32 x = 0; x + 1 < align->n[0]; x++)
    {
      guint32 y = align->matches[0][x];

      if (y != BACKSTAY_DIFF_NO_MATCH && y + 1 < align->n[1] && can_match (align, x + 1, y + 1))
        backstay_diff_set_match (align, x + 1, y + 1);
    }

  for (guint32 x = align->n[0]; x-- > 1;)
    {
      guint32 y = align->matches[0][x];

      if (y != BACKSTAY_DIFF_NO_MATCH && y > 0 && can_match (align, x - 1, y - 1))
        backstay_diff_set_match (align, x - 1, y - 1);
    }
}

static guint
count_leftovers (BackstayDiffAlign *align,
                 guint              i,
                 gboolean           scalars)
{
  guint n = 0;

  for (guint32 place = 0; place < align->n[i]; place++)
    n += is_leftover (align, i, place, scalars);

  return n;
}

/* Lists what is left over, but for most of what the other side has nothing like. */
static GArray *
list_leftovers (BackstayDiffAlign *align,
                guint              i,
                gboolean           scalars)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_auto (Filter) filter;

  filter_init (&filter, align->n[1 - i]);

  for (guint32 place = 0; place < align->n[1 - i]; place++)
    if (is_leftover (align, 1 - i, place, scalars))
      filter_add (&filter, align->hashes[1 - i][place]);

  for (guint32 place = 0; place < align->n[i]; place++)
    {
      Candidate candidate = { align->hashes[i][place], place };

      if (is_leftover (align, i, place, scalars) && filter_may_have (&filter, candidate.hash))
        g_array_append_val (candidates, candidate);
    }

  return candidates;
}

/*
 * backstay_diff_match_leftovers:
 * @align: elements
 * @scalars: whether to look at scalars or at containers
 *
 * Brings together equal elements that have no partner as they have changed their order.
 *
 * Returns: whether there were any
 */
gboolean
backstay_diff_match_leftovers (BackstayDiffAlign *align,
                               gboolean           scalars)
{
  g_autoptr (GArray) x = list_leftovers (align, 0, scalars);
  g_autoptr (GArray) y = list_leftovers (align, 1, scalars);

  if (!match_candidates (align, x, y, MAX_ALIKE))
    return FALSE;

  match_neighbours (align);

  return TRUE;
}

/*
 * backstay_diff_get_identity:
 * @context: the work
 * @side: which document
 * @node: an element
 * @key: a key as a JSON string
 * @identity: (out): a hash of the value
 *
 * Gets what tells an element from others, if it has such a member that is a scalar.
 *
 * Returns: whether it has
 */
gboolean
backstay_diff_get_identity (BackstayDiffContext *context,
                            guint                side,
                            BackstayJsonNode     node,
                            const char          *key,
                            guint64             *identity)
{
  BackstayJsonNode member;

  if (backstay_diff_is_scalar (context, side, node))
    return FALSE;

  member = backstay_diff_find_member (context->json[side],
                                      backstay_diff_get_record (context, side, node),
                                      key, strlen (key));

  if (member == BACKSTAY_JSON_NODE_NONE || !backstay_diff_is_scalar (context, side, member) ||
      backstay_diff_kind_of (context, side, member) == BACKSTAY_JSON_KIND_NULL)
    return FALSE;

  *identity = context->hashes[side][member];

  return TRUE;
}

static GArray *
list_identities (BackstayDiffAlign *align,
                 guint              i,
                 const char        *key)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint32 place = 0; place < align->n[i]; place++)
    {
      Candidate candidate = { 0, place };

      if (align->matches[i][place] == BACKSTAY_DIFF_NO_MATCH &&
          backstay_diff_get_identity (align->context, align->sides[i], align->first[i] + place, key,
                                      &candidate.hash))
        g_array_append_val (candidates, candidate);
    }

  return candidates;
}

/*
 * backstay_diff_match_identities:
 * @align: elements
 *
 * Brings together elements without a partner that have the same identity, and are the only ones to
 * have it.
 *
 * Returns: whether there were any
 */
gboolean
backstay_diff_match_identities (BackstayDiffAlign *align)
{
  gboolean found = FALSE;

  if (count_leftovers (align, 0, FALSE) == 0 || count_leftovers (align, 1, FALSE) == 0)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (align->context->identity_keys); i++)
    {
      const char *key = align->context->identity_keys[i];
      g_autoptr (GArray) x = NULL;
      g_autoptr (GArray) y = NULL;

      if (key == NULL)
        continue;

      x = list_identities (align, 0, key);
      y = list_identities (align, 1, key);
      found |= match_candidates (align, x, y, 1);
    }

  return found;
}

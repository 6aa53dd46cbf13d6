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

/* Brings together those that alone on their side have a hash. */
static gboolean
match_candidates (BackstayDiffAlign *align,
                  GArray            *x,
                  GArray            *y)
{
  gboolean found = FALSE;
  guint    i = 0;
  guint    j = 0;

  if (x->len == 0 || y->len == 0)
    return FALSE;

  qsort (x->data, x->len, sizeof (Candidate), compare_candidates);
  qsort (y->data, y->len, sizeof (Candidate), compare_candidates);

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
          i_end - i == 1 && j_end - j == 1)
        {
          found = TRUE;
          backstay_diff_set_match (align, get_candidate (x, i)->place, get_candidate (y, j)->place);
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
         align->labels[i][place] != BACKSTAY_DIFF_NO_MATCH &&
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

/* Lists what is left over of the second side, in a chain for each label. Returns whether there is
 * anything. */
static gboolean
chain_leftovers (BackstayDiffAlign *align,
                 gboolean           scalars,
                 guint32           *firsts,
                 guint32           *nexts,
                 guint8            *counts)
{
  gboolean found = FALSE;

  for (guint32 i = 0; i < align->n[1]; i++)
    firsts[i] = BACKSTAY_DIFF_NO_MATCH;

  for (guint32 y = align->n[1]; y-- > 0;)
    if (is_leftover (align, 1, y, scalars))
      {
        guint32 number = align->labels[1][y];

        nexts[y] = firsts[number];
        firsts[number] = y;
        counts[number] += counts[number] <= MAX_ALIKE;
        found = TRUE;
      }

  return found;
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
  g_autofree guint32 *firsts = g_new (guint32, align->n[1]);
  g_autofree guint32 *nexts = g_new (guint32, align->n[1]);
  g_autofree guint8  *y_counts = g_new0 (guint8, align->n[1]);
  g_autofree guint8  *x_counts = g_new0 (guint8, align->n[1]);
  gboolean            found = FALSE;

  if (!chain_leftovers (align, scalars, firsts, nexts, y_counts))
    return FALSE;

  for (guint32 x = 0; x < align->n[0]; x++)
    if (is_leftover (align, 0, x, scalars))
      x_counts[align->labels[0][x]] += x_counts[align->labels[0][x]] <= MAX_ALIKE;

  for (guint32 x = 0; x < align->n[0]; x++)
    {
      guint32 number = align->labels[0][x];
      guint32 y;

      if (!is_leftover (align, 0, x, scalars) || x_counts[number] > MAX_ALIKE ||
          y_counts[number] > MAX_ALIKE || (y = firsts[number]) == BACKSTAY_DIFF_NO_MATCH)
        continue;

      firsts[number] = nexts[y];
      backstay_diff_set_match (align, x, y);
      found = TRUE;
    }

  if (found)
    match_neighbours (align);

  return found;
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

  for (guint i = 0; i < G_N_ELEMENTS (align->context->identity_keys); i++)
    {
      const char *key = align->context->identity_keys[i];
      g_autoptr (GArray) x = NULL;
      g_autoptr (GArray) y = NULL;

      if (key == NULL)
        continue;

      x = list_identities (align, 0, key);
      y = list_identities (align, 1, key);
      found |= match_candidates (align, x, y);
    }

  return found;
}

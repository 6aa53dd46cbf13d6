/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-lcs"

#include "config.h"

#include "backstay-diff-lcs.h"

/* How many pairs of equal elements there may be, for each element, to look at all of them. */
#define MAX_PAIRS_EACH 4

/* A table of so many bits is worked through as fast as anything else could look at it. */
#define SMALL_TABLE (1024 * 1024)

/* Beyond so many edits another way is faster. The memory grows with the square: 2 MiB. */
#define MAX_EDITS 1023

/* So many edits may at least be looked for in whole sequences, however short. */
#define LEAST_EDITS 16

/* The elements that are on both sides, with a label for each different one. */
typedef struct
{
  guint32 *labels[2]; /* BACKSTAY_DIFF_NO_MATCH for what is on the first side only. */
  guint32 *common[2]; /* The labels of those elements alone. */
  guint32 *places[2]; /* Where the elements stand among all. */
  guint32  n[2];
  guint32  n_labels;
  guint32 *counts[2]; /* How often each label is there. */
} Common;

static void
common_clear (Common *self)
{
  for (guint side = 0; side < 2; side++)
    {
      g_free (self->labels[side]);
      g_free (self->common[side]);
      g_free (self->places[side]);
      g_free (self->counts[side]);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Common, common_clear)

/* Numbers the different elements of the second sequence, and tells those of the first which number
 * they have there. */
static void
label (Common        *common,
       const guint64 *x,
       guint32        n_x,
       const guint64 *y,
       guint32        n_y)
{
  gsize               mask = ((gsize) 2 << g_bit_storage (n_y)) - 1;
  g_autofree guint32 *table = g_new0 (guint32, mask + 1);

  for (guint32 i = 0; i < n_y; i++)
    {
      gsize slot = y[i] & mask;

      while (table[slot] != 0 && y[table[slot] - 1] != y[i])
        slot = (slot + 1) & mask;

      if (table[slot] == 0)
        {
          table[slot] = i + 1;
          common->labels[1][i] = common->n_labels++;
        }
      else
        {
          common->labels[1][i] = common->labels[1][table[slot] - 1];
        }

      common->counts[1][common->labels[1][i]]++;
    }

  for (guint32 i = 0; i < n_x; i++)
    {
      gsize slot = x[i] & mask;

      while (table[slot] != 0 && y[table[slot] - 1] != x[i])
        slot = (slot + 1) & mask;

      common->labels[0][i] = BACKSTAY_DIFF_NO_MATCH;

      if (table[slot] != 0)
        {
          common->labels[0][i] = common->labels[1][table[slot] - 1];
          common->counts[0][common->labels[0][i]]++;
        }
    }
}

/* Leaves out the elements that are not on both sides. */
static void
keep_common (Common *common,
             guint   side,
             guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    {
      guint32 number = common->labels[side][i];

      if (number == BACKSTAY_DIFF_NO_MATCH || common->counts[1 - side][number] == 0)
        continue;

      common->common[side][common->n[side]] = number;
      common->places[side][common->n[side]] = i;
      common->n[side]++;
    }
}

static void
common_init (Common        *self,
             const guint64 *x,
             guint32        n_x,
             const guint64 *y,
             guint32        n_y)
{
  *self = (Common){ 0 };

  for (guint side = 0; side < 2; side++)
    {
      guint32 n = side == 0 ? n_x : n_y;

      self->labels[side] = g_new (guint32, n);
      self->common[side] = g_new (guint32, n);
      self->places[side] = g_new (guint32, n);
      self->counts[side] = g_new0 (guint32, n_y);
    }

  label (self, x, n_x, y, n_y);
  keep_common (self, 0, n_x);
  keep_common (self, 1, n_y);
}

static guint64
count_pairs (const Common *common)
{
  guint64 n_pairs = 0;

  for (guint32 i = 0; i < common->n_labels; i++)
    n_pairs += (guint64) common->counts[0][i] * common->counts[1][i];

  return n_pairs;
}

/* Lists for each label where it stands in the second sequence. Returns where its list ends. */
static guint32 *
list_places (const Common *common,
             guint32      *places)
{
  guint32 *ends = g_new0 (guint32, (gsize) common->n_labels + 1);
  guint32  n_places = 0;

  for (guint32 i = 0; i < common->n_labels; i++)
    {
      ends[i] = n_places;
      n_places += common->counts[0][i] > 0 ? common->counts[1][i] : 0;
    }

  for (guint32 i = 0; i < common->n[1]; i++)
    places[ends[common->common[1][i]]++] = i;

  return ends;
}

/* Finds the longest chain of pairs of equal elements: J. W. Hunt and T. G. Szymanski, A fast
 * algorithm for computing longest common subsequences, Communications of the ACM 20, 1977. The
 * pairs of one element come in falling order, so that no chain has two of them. */
static void
match_by_pairs (const Common *common,
                guint64       n_pairs,
                guint32      *matches)
{
  g_autofree guint32 *places = g_new (guint32, (gsize) common->n[1] + 1);
  g_autofree guint32 *ends = list_places (common, places);
  g_autofree guint32 *pair_x = g_new (guint32, n_pairs + 1);
  g_autofree guint32 *pair_y = g_new (guint32, n_pairs + 1);
  g_autofree guint32 *chain = g_new (guint32, n_pairs + 1);
  guint32             n = 0;
  guint32             n_chain;

  for (guint32 i = 0; i < common->n[0]; i++)
    {
      guint32 number = common->common[0][i];

      for (guint32 j = 0; j < common->counts[1][number]; j++)
        {
          pair_x[n] = i;
          pair_y[n++] = places[ends[number] - 1 - j];
        }
    }

  n_chain = backstay_diff_lcs_chain (pair_y, n, chain);

  for (guint32 i = 0; i < n_chain; i++)
    matches[pair_x[chain[i]]] = pair_y[chain[i]];
}

static gboolean
match_by_few_edits (const Common  *common,
                    const guint64 *x,
                    const guint64 *y,
                    guint32       *matches)
{
  g_autofree guint64 *common_x = g_new (guint64, (gsize) common->n[0] + 1);
  g_autofree guint64 *common_y = g_new (guint64, (gsize) common->n[1] + 1);
  BackstayDiffHashes  hashes = { common_x, common_y, common->n[0], common->n[1] };

  for (guint32 i = 0; i < common->n[0]; i++)
    common_x[i] = x[common->places[0][i]];

  for (guint32 i = 0; i < common->n[1]; i++)
    common_y[i] = y[common->places[1][i]];

  return backstay_diff_lcs_few_edits (&hashes, MAX_EDITS, matches);
}

/* Looks at the elements that are on both sides. */
static void
match_common (const guint64 *x,
              guint32        n_x,
              const guint64 *y,
              guint32        n_y,
              guint32       *matches)
{
  g_auto (Common) common;
  g_autofree guint32 *found = NULL;
  BackstayDiffLabels  sequences;
  guint64             n_pairs;

  common_init (&common, x, n_x, y, n_y);
  found = g_new (guint32, (gsize) common.n[0] + 1);
  sequences = (BackstayDiffLabels){ common.common[0], common.common[1], common.n[0], common.n[1],
                                    common.n_labels };
  n_pairs = count_pairs (&common);

  for (guint32 i = 0; i < common.n[0]; i++)
    found[i] = BACKSTAY_DIFF_NO_MATCH;

  if (n_pairs <= ((guint64) common.n[0] + common.n[1]) * MAX_PAIRS_EACH)
    match_by_pairs (&common, n_pairs, found);
  else if ((guint64) common.n[0] * common.n[1] <= SMALL_TABLE ||
           !match_by_few_edits (&common, x, y, found))
    backstay_diff_lcs_bits (&sequences, found);

  for (guint32 i = 0; i < common.n[0]; i++)
    if (found[i] != BACKSTAY_DIFF_NO_MATCH)
      matches[common.places[0][i]] = common.places[1][found[i]];
}

/* How many edits take about as long to be looked for as the sequences to be read. */
static guint32
count_cheap_edits (guint32 n_x,
                   guint32 n_y)
{
  guint32 n = LEAST_EDITS;

  while (n < MAX_EDITS && (guint64) n * n < (guint64) n_x + n_y)
    n++;

  return n;
}

/*
 * backstay_diff_lcs:
 * @x: (array length=n_x): hashes of elements
 * @n_x: how many
 * @y: (array length=n_y): the same of the other side
 * @n_y: how many
 * @matches: (array): for each of @x its place in @y, or %BACKSTAY_DIFF_NO_MATCH
 *
 * Finds as many equal elements as can be without changing their order. Which way is taken depends
 * on what is there: hardly any edits are found by looking at nothing else; with few repetitions all
 * pairs are looked at, else with few edits those are, else the table is worked through bit by bit.
 */
void
backstay_diff_lcs (const guint64 *x,
                   guint32        n_x,
                   const guint64 *y,
                   guint32        n_y,
                   guint32       *matches)
{
  BackstayDiffHashes hashes = { x, y, n_x, n_y };

  for (guint32 i = 0; i < n_x; i++)
    matches[i] = BACKSTAY_DIFF_NO_MATCH;

  if (!backstay_diff_lcs_few_edits (&hashes, count_cheap_edits (n_x, n_y), matches))
    match_common (x, n_x, y, n_y, matches);
}

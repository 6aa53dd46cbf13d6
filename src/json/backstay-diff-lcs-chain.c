/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-lcs-chain"

#include "config.h"

#include "backstay-diff-lcs.h"

/* Finds how many ends are below @value. */
static guint32
find_place (const guint32 *values,
            const guint32 *ends,
            guint32        n_ends,
            guint32        value)
{
  guint32 first = 0;

  while (first < n_ends)
    {
      guint32 middle = first + (n_ends - first) / 2;

      if (values[ends[middle]] < value)
        first = middle + 1;
      else
        n_ends = middle;
    }

  return first;
}

/*
 * backstay_diff_lcs_chain:
 * @values: (array length=n): any numbers
 * @n: how many
 * @chain: (array) (out caller-allocates): room for @n places
 *
 * Finds the longest strictly increasing subsequence, in n log n: for every length the chain that
 * ends lowest is kept, which patience sorting does with cards (M. L. Fredman, On computing the
 * length of longest increasing subsequences, Discrete Mathematics 11, 1975).
 *
 * Returns: its length; @chain has the places of its values
 */
guint32
backstay_diff_lcs_chain (const guint32 *values,
                         guint32        n,
                         guint32       *chain)
{
  g_autofree guint32 *before = g_new (guint32, (gsize) n + 1);
  guint32            *ends = chain; /* The chains' ends are no longer needed once it is written. */
  guint32             n_ends = 0;
  guint32             place;

  for (guint32 i = 0; i < n; i++)
    {
      guint32 at = n_ends;

      /* Most values go on where the longest chain is. */
      if (n_ends > 0 && values[ends[n_ends - 1]] >= values[i])
        at = find_place (values, ends, n_ends, values[i]);

      before[i] = at > 0 ? ends[at - 1] : BACKSTAY_DIFF_NO_MATCH;
      ends[at] = i;
      n_ends = MAX (n_ends, at + 1);
    }

  place = n_ends > 0 ? ends[n_ends - 1] : 0;

  for (guint32 i = n_ends; i > 0; i--)
    {
      chain[i - 1] = place;
      place = before[place];
    }

  return n_ends;
}

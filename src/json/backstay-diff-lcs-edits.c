/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-lcs-edits"

#include "config.h"

#include "backstay-diff-lcs.h"

#define UNREACHABLE (-1)

/* Where the paths with so many edits that end on one diagonal stand: the places with one edit less
 * lie in @last, for the diagonals from -@n_edits + 1 to @n_edits - 1 in steps of 2. */
static gint32
step_right (const gint32 *last,
            gint32        n_edits,
            gint32        diagonal,
            gint32        n_x)
{
  gint32 x = diagonal > -n_edits ? last[(diagonal + n_edits - 2) / 2] : UNREACHABLE;

  return x != UNREACHABLE && x < n_x ? x + 1 : UNREACHABLE;
}

static gint32
step_down (const gint32 *last,
           gint32        n_edits,
           gint32        diagonal,
           gint32        n_y)
{
  gint32 x = diagonal < n_edits ? last[(diagonal + n_edits) / 2] : UNREACHABLE;

  return x != UNREACHABLE && x - diagonal <= n_y ? x : UNREACHABLE;
}

static gint32
slide (const BackstayDiffHashes *hashes,
       gint32                    x,
       gint32                    diagonal)
{
  gint32 y = x - diagonal;

  while (x < (gint32) hashes->n_x && y < (gint32) hashes->n_y && hashes->x[x] == hashes->y[y])
    {
      x++;
      y++;
    }

  return x;
}

static gsize
row_begin (gint32 n_edits)
{
  return (gsize) n_edits * ((gsize) n_edits + 1) / 2;
}

/* Goes one edit further on all diagonals. Returns whether the end was reached. */
static gboolean
extend (const BackstayDiffHashes *hashes,
        GArray                   *places,
        gint32                    n_edits)
{
  gint32        goal = (gint32) hashes->n_x - (gint32) hashes->n_y;
  gint32       *row;
  const gint32 *last;

  g_array_set_size (places, (guint) row_begin (n_edits + 1));
  row = &g_array_index (places, gint32, row_begin (n_edits));
  last = n_edits > 0 ? &g_array_index (places, gint32, row_begin (n_edits - 1)) : NULL;

  for (gint32 diagonal = -n_edits; diagonal <= n_edits; diagonal += 2)
    {
      gint32 x = 0;

      if (n_edits > 0)
        x = MAX (step_right (last, n_edits, diagonal, (gint32) hashes->n_x),
                 step_down (last, n_edits, diagonal, (gint32) hashes->n_y));

      if (x != UNREACHABLE)
        x = slide (hashes, x, diagonal);

      row[(diagonal + n_edits) / 2] = x;

      if (diagonal == goal && x == (gint32) hashes->n_x)
        return TRUE;
    }

  return FALSE;
}

static void
trace_back (const BackstayDiffHashes *hashes,
            GArray                   *places,
            gint32                    n_edits,
            guint32                  *matches)
{
  gint32 diagonal = (gint32) hashes->n_x - (gint32) hashes->n_y;
  gint32 x = (gint32) hashes->n_x;

  for (; n_edits >= 0; n_edits--)
    {
      const gint32 *last = NULL;
      gint32        right = UNREACHABLE;
      gint32        begin = 0;

      if (n_edits > 0)
        {
          last = &g_array_index (places, gint32, row_begin (n_edits - 1));
          right = step_right (last, n_edits, diagonal, (gint32) hashes->n_x);
          begin = MAX (right, step_down (last, n_edits, diagonal, (gint32) hashes->n_y));
        }

      while (x > begin)
        {
          x--;
          matches[x] = (guint32) (x - diagonal);
        }

      if (right == begin)
        {
          diagonal--;
          x--;
        }
      else
        {
          diagonal++;
        }
    }
}

/*
 * backstay_diff_lcs_few_edits:
 * @hashes: two sequences
 * @max_edits: how many edits to look for at most
 * @matches: (array): for each of the first, its place in the second
 *
 * Finds the longest common subsequence of sequences that hardly differ: E. W. Myers, An O(ND)
 * difference algorithm and its variations, Algorithmica 1, 1986.
 *
 * Returns: %FALSE, and nothing done, if too many edits lie between them
 */
gboolean
backstay_diff_lcs_few_edits (const BackstayDiffHashes *hashes,
                             guint32                   max_edits,
                             guint32                  *matches)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (gint32));

  for (gint32 n_edits = 0; n_edits <= (gint32) max_edits; n_edits++)
    if (extend (hashes, places, n_edits))
      {
        trace_back (hashes, places, n_edits, matches);
        return TRUE;
      }

  return FALSE;
}

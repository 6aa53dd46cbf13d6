/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-lcs-bits"

#include "config.h"

#include <string.h>

#include "backstay-diff-lcs.h"

/* How many words all rows of a table may have to be kept: 1 MiB. */
#define MAX_TABLE (128 * 1024)

/* How many words are worked on for one pair of sequences; larger ones are cut into pieces. */
#define MAX_WORK (16 * 1024 * 1024)

/* How many words the positions of all labels may take: 8 MiB. */
#define MAX_MASKS (1024 * 1024)

/* A part of both sequences. */
typedef struct
{
  const BackstayDiffLabels *labels;
  guint32                   x;
  guint32                   n_x;
  guint32                   y;
  guint32                   n_y;
} Part;

static gsize
count_words (const Part *part)
{
  return ((gsize) part->n_y + 63) / 64;
}

/* For each label, a word of bits for each 64 elements of the second sequence: where it stands. */
static guint64 *
make_masks (const Part *part,
            gboolean    backward)
{
  gsize    n_words = count_words (part);
  guint64 *masks = g_new0 (guint64, n_words * part->labels->n_labels);

  for (guint32 i = 0; i < part->n_y; i++)
    {
      guint32 y = part->y + (backward ? part->n_y - 1 - i : i);

      masks[part->labels->y[y] * n_words + i / 64] |= (guint64) 1 << i % 64;
    }

  return masks;
}

/* Goes one element further in the first sequence. A bit that is not set tells that the common
 * subsequence becomes longer at this element of the second. */
static inline void
advance (const guint64 *from,
         guint64       *to,
         const guint64 *mask,
         gsize          n_words)
{
  guint64 carry = 0;

  for (gsize i = 0; i < n_words; i++)
    {
      guint64 row = from[i];
      guint64 sum = row + carry;
      guint64 common = row & mask[i];

      carry = sum < carry;
      sum += common;
      carry |= sum < common;
      to[i] = sum | (row & ~mask[i]);
    }
}

static inline gboolean
bit_is_set (const guint64 *row,
            guint32        bit)
{
  return (row[bit / 64] >> bit % 64 & 1) != 0;
}

/* Keeps the rows for all elements of the first sequence, and goes back through them. */
static void
solve_by_table (const Part *part,
                guint32    *matches)
{
  gsize               n_words = count_words (part);
  g_autofree guint64 *masks = make_masks (part, FALSE);
  g_autofree guint64 *table = g_new (guint64, n_words * ((gsize) part->n_x + 1));
  guint32             x = part->n_x;
  guint32             y = part->n_y;

  memset (table, 0xff, n_words * sizeof *table);

  for (guint32 i = 0; i < part->n_x; i++)
    advance (table + n_words * i, table + n_words * (i + 1),
             masks + n_words * part->labels->x[part->x + i], n_words);

  while (x > 0 && y > 0)
    {
      if (bit_is_set (table + n_words * x, y - 1))
        {
          y--;
        }
      else
        {
          x--;

          if (bit_is_set (table + n_words * x, y - 1))
            {
              y--;
              matches[part->x + x] = part->y + y;
            }
        }
    }
}

/* Finds the row after half of the first sequence, from its begin or backward from its end. */
static guint64 *
make_last_row (const Part *part,
               guint32     n_first,
               gboolean    backward)
{
  gsize               n_words = count_words (part);
  g_autofree guint64 *masks = make_masks (part, backward);
  guint64            *row = g_new (guint64, n_words);
  guint32             begin = backward ? n_first : 0;
  guint32             end = backward ? part->n_x : n_first;

  memset (row, 0xff, n_words * sizeof *row);

  for (guint32 i = begin; i < end; i++)
    {
      guint32 x = part->x + (backward ? end - 1 - (i - begin) : i);

      advance (row, row, masks + n_words * part->labels->x[x], n_words);
    }

  return row;
}

/* Finds where to cut the second sequence if the first is cut behind @n_first elements. */
static guint32
find_cut (const Part *part,
          guint32     n_first)
{
  g_autofree guint64 *forward = make_last_row (part, n_first, FALSE);
  g_autofree guint64 *backward = make_last_row (part, n_first, TRUE);
  guint32             length = 0;
  guint32             best_length;
  guint32             best = 0;

  for (guint32 i = 0; i < part->n_y; i++)
    length += !bit_is_set (backward, i);

  best_length = length;

  for (guint32 i = 0; i < part->n_y; i++)
    {
      length += !bit_is_set (forward, i);
      length -= !bit_is_set (backward, part->n_y - 1 - i);

      if (length > best_length)
        {
          best_length = length;
          best = i + 1;
        }
    }

  return best;
}

/* Each call halves the first sequence, so that this recursion is never deep. */
static void
solve (const Part *part,
       guint32    *matches)
{
  Part    first = *part;
  Part    second = *part;
  guint32 cut;

  if (part->n_x == 0 || part->n_y == 0)
    return;

  if (part->n_x * count_words (part) <= MAX_TABLE || part->n_x == 1)
    {
      solve_by_table (part, matches);
      return;
    }

  first.n_x = part->n_x / 2;
  cut = find_cut (part, first.n_x);
  first.n_y = cut;
  second.x += first.n_x;
  second.n_x -= first.n_x;
  second.y += cut;
  second.n_y -= cut;

  solve (&first, matches);
  solve (&second, matches);
}

/*
 * backstay_diff_lcs_bits:
 * @labels: two sequences
 * @matches: (array): for each of the first, its place in the second
 *
 * Finds the longest common subsequence of sequences that have little in common, or few different
 * elements: 64 cells of the table at once by arithmetic on words (M. Crochemore et al., A fast and
 * practical bit-vector algorithm for the longest common subsequence problem, Information Processing
 * Letters 80, 2001; H. Hyyrö, Bit-parallel LCS-length computation revisited, AWOCA 2004), in little
 * memory by cutting in halves (D. S. Hirschberg, A linear space algorithm for computing maximal
 * common subsequences, Communications of the ACM 18, 1975).
 *
 * Very long sequences are cut into pieces first, and what is common across the cuts is lost: the
 * time grows only linearly from there on.
 */
void
backstay_diff_lcs_bits (const BackstayDiffLabels *labels,
                        guint32                  *matches)
{
  guint64 n_words = ((guint64) labels->n_y + 63) / 64;
  guint64 n_parts = MAX (labels->n_x * n_words / MAX_WORK, labels->n_labels * n_words / MAX_MASKS);

  n_parts = CLAMP (n_parts + 1, 1, MAX (labels->n_y, 1));

  for (guint64 i = 0; i < n_parts; i++)
    {
      Part part = {
        .labels = labels,
        .x = (guint32) (labels->n_x * i / n_parts),
        .y = (guint32) (labels->n_y * i / n_parts),
      };

      part.n_x = (guint32) (labels->n_x * (i + 1) / n_parts) - part.x;
      part.n_y = (guint32) (labels->n_y * (i + 1) / n_parts) - part.y;
      solve (&part, matches);
    }
}

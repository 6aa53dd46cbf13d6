/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-patch-moves"

#include "config.h"

#include "backstay-patch-moves.h"

/* The elements of the longest run that is in order already stay. All others are moved, in the order
 * that they shall have: each goes right behind the elements that shall come before it, which are
 * in order by then. Where that is, and where the element is at that moment, depends on how many
 * others wait or went before it; these are counted in trees of sums, so that n moves take
 * n log n steps. */

/* A Fenwick tree: how often each number was added, and the sum over all below one of them. */
typedef struct
{
  guint32 *sums;
  guint32  length;
} Counter;

static void
counter_init (Counter *self,
              guint32  length)
{
  self->sums = g_new0 (guint32, (gsize) length + 1);
  self->length = length;
}

static void
counter_add (Counter *self,
             guint32  number,
             int      change)
{
  for (gsize i = (gsize) number + 1; i <= self->length; i += i & -i)
    self->sums[i] += (guint32) change;
}

static guint32
counter_count_below (const Counter *self,
                     guint32        number)
{
  guint32 sum = 0;

  for (gsize i = number; i > 0; i -= i & -i)
    sum += self->sums[i];

  return sum;
}

/* Marks the numbers of a longest rising run. The run of each length that ends lowest so far is
 * kept; a binary search finds the one that a number makes longer. */
static guint8 *
find_staying (const guint32 *order,
              guint32        n_elements)
{
  guint8             *stays = g_new0 (guint8, n_elements);
  g_autofree guint32 *ends = g_new (guint32, n_elements);
  g_autofree guint32 *length = g_new (guint32, n_elements);
  guint32             n_ends = 0;
  guint32             wanted;

  for (guint32 i = 0; i < n_elements; i++)
    {
      guint32 low = 0;
      guint32 high = n_ends;

      while (low < high)
        {
          guint32 middle = low + (high - low) / 2;

          if (ends[middle] < order[i])
            low = middle + 1;
          else
            high = middle;
        }

      ends[low] = order[i];
      length[i] = low + 1;
      n_ends = MAX (n_ends, low + 1);
    }

  /* The last number that ends a run of the length wanted is never too high for what follows. */
  wanted = n_ends;

  for (guint32 i = n_elements; i > 0 && wanted > 0; i--)
    if (length[i - 1] == wanted)
      {
        stays[order[i - 1]] = TRUE;
        wanted--;
      }

  return stays;
}

/*
 * backstay_patch_list_moves:
 * @order: (array length=n_elements): the indices from 0 on, in the order that the elements at them
 *   shall have
 * @n_elements: how many there are
 *
 * Finds the fewest moves of one element each that put an array in order.
 *
 * Returns: (transfer full) (element-type BackstayPatchMove): the moves, each with the indices of
 *   its moment
 */
GArray *
backstay_patch_list_moves (const guint32 *order,
                           guint32        n_elements)
{
  GArray            *moves = g_array_new (FALSE, FALSE, sizeof (BackstayPatchMove));
  g_autofree guint8 *stays = find_staying (order, n_elements);
  Counter            unmoved; /* By index: what is where it was, to stay or to be moved yet. */
  Counter            waiting; /* By index: what is to be moved yet. */
  Counter            moved;   /* By the index before which it now is: what was moved. */
  guint32            gap = 0; /* Behind the last element that stays. */

  counter_init (&unmoved, n_elements);
  counter_init (&waiting, n_elements);
  counter_init (&moved, n_elements + 1);

  for (guint32 i = 0; i < n_elements; i++)
    {
      counter_add (&unmoved, i, 1);

      if (!stays[i])
        counter_add (&waiting, i, 1);
    }

  for (guint32 i = 0; i < n_elements; i++)
    {
      guint32           index = order[i];
      BackstayPatchMove move;

      if (stays[index])
        {
          gap = index + 1;
          continue;
        }

      move.from = counter_count_below (&unmoved, index) + counter_count_below (&moved, index + 1);
      counter_add (&unmoved, index, -1);
      counter_add (&waiting, index, -1);
      counter_add (&moved, gap, 1);
      move.to = i + counter_count_below (&waiting, gap);

      if (move.from != move.to)
        g_array_append_val (moves, move);
    }

  g_free (unmoved.sums);
  g_free (waiting.sums);
  g_free (moved.sums);

  return moves;
}

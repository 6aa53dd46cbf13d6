/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-align"

#include "config.h"

#include <string.h>

#include "backstay-diff-align.h"

/* Chooses which side is x: the shorter one, or the one whose first different hash is smaller. */
static gboolean
is_swapped (const BackstayDiffContext *context,
            BackstayJsonNode           before,
            guint32                    n_before,
            BackstayJsonNode           after,
            guint32                    n_after)
{
  const guint64 *x = context->hashes[0] + before;
  const guint64 *y = context->hashes[1] + after;

  if (n_before != n_after)
    return n_before > n_after;

  for (guint32 i = 0; i < n_before; i++)
    if (x[i] != y[i])
      return x[i] > y[i];

  return FALSE;
}

static void
align_init (BackstayDiffAlign   *self,
            BackstayDiffContext *context,
            BackstayJsonNode     before,
            guint32              n_before,
            BackstayJsonNode     after,
            guint32              n_after)
{
  guint x = is_swapped (context, before, n_before, after, n_after) ? 1 : 0;

  *self = (BackstayDiffAlign){ .context = context, .sides = { x, 1 - x } };
  self->first[x] = before;
  self->first[1 - x] = after;
  self->n[x] = n_before;
  self->n[1 - x] = n_after;

  for (guint i = 0; i < 2; i++)
    {
      self->hashes[i] = context->hashes[self->sides[i]] + self->first[i];
      self->matches[i] = g_new (guint32, self->n[i]);
    }

  self->moved = g_new0 (guint8, self->n[0]);
}

static void
align_clear (BackstayDiffAlign *self)
{
  g_free (self->matches[0]);
  g_free (self->matches[1]);
  g_free (self->moved);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BackstayDiffAlign, align_clear)

static void
match_in_order (BackstayDiffAlign *align)
{
  backstay_diff_lcs (align->hashes[0], align->n[0], align->hashes[1], align->n[1],
                     align->matches[0]);

  for (guint32 i = 0; i < align->n[1]; i++)
    align->matches[1][i] = BACKSTAY_DIFF_NO_MATCH;

  for (guint32 i = 0; i < align->n[0]; i++)
    if (align->matches[0][i] != BACKSTAY_DIFF_NO_MATCH)
      align->matches[1][align->matches[0][i]] = i;
}

/* Finds which partners have changed their order: all but a longest chain of those that keep it. */
static void
mark_moved (BackstayDiffAlign *align)
{
  g_autofree guint32 *x = g_new (guint32, (gsize) align->n[0] + 1);
  g_autofree guint32 *y = g_new (guint32, (gsize) align->n[0] + 1);
  g_autofree guint32 *chain = g_new (guint32, (gsize) align->n[0] + 1);
  guint32             n = 0;
  guint32             n_chain;

  for (guint32 i = 0; i < align->n[0]; i++)
    if (align->matches[0][i] != BACKSTAY_DIFF_NO_MATCH)
      {
        x[n] = i;
        y[n++] = align->matches[0][i];
        align->moved[i] = TRUE;
      }

  n_chain = backstay_diff_lcs_chain (y, n, chain);

  for (guint32 i = 0; i < n_chain; i++)
    align->moved[x[chain[i]]] = FALSE;
}

/* Goes to the next partners that keep their order; their places are put into @end. Returns FALSE,
 * and the ends, if there are none. */
static gboolean
find_anchor (const BackstayDiffAlign *align,
             guint32                  from,
             guint32                 *end)
{
  for (end[0] = from; end[0] < align->n[0]; end[0]++)
    if (align->matches[0][end[0]] != BACKSTAY_DIFF_NO_MATCH && !align->moved[end[0]])
      {
        end[1] = align->matches[0][end[0]];
        return TRUE;
      }

  end[1] = align->n[1];

  return FALSE;
}

static guint32
count_unmatched (const BackstayDiffAlign *align,
                 guint                    i,
                 guint32                  begin,
                 guint32                  end)
{
  guint32 n = 0;

  for (; begin < end; begin++)
    n += align->matches[i][begin] == BACKSTAY_DIFF_NO_MATCH;

  return n;
}

/* Counts how many operations are needed if all that can be is changed in place. */
static guint64
count_operations (const BackstayDiffAlign *align)
{
  guint64  n_operations = 0;
  guint32  begin[2] = { 0, 0 };
  guint32  end[2];
  gboolean found;

  for (guint32 i = 0; i < align->n[0]; i++)
    n_operations += align->moved[i];

  do
    {
      found = find_anchor (align, begin[0], end);
      n_operations += MAX (count_unmatched (align, 0, begin[0], end[0]),
                           count_unmatched (align, 1, begin[1], end[1]));
      begin[0] = end[0] + 1;
      begin[1] = end[1] + 1;
    }
  while (found);

  return n_operations;
}

/* Lets scalars be moved if that makes it shorter: a number that is not there any longer need not
 * be the same one that is new elsewhere. */
static void
try_moving_scalars (BackstayDiffAlign *align)
{
  gsize               x_size = align->n[0] * sizeof (guint32);
  gsize               y_size = align->n[1] * sizeof (guint32);
  guint64             n_before = count_operations (align);
  g_autofree guint32 *x = g_memdup2 (align->matches[0], x_size);
  g_autofree guint32 *y = g_memdup2 (align->matches[1], y_size);
  g_autofree guint8  *moved = g_memdup2 (align->moved, align->n[0]);

  if (!backstay_diff_match_leftovers (align, TRUE))
    return;

  mark_moved (align);

  if (count_operations (align) <= n_before)
    return;

  memcpy (align->matches[0], x, x_size);
  memcpy (align->matches[1], y, y_size);
  memcpy (align->moved, moved, align->n[0]);
}

static void
match_gaps (BackstayDiffAlign *align)
{
  guint32  begin[2] = { 0, 0 };
  guint32  end[2];
  gboolean found;

  do
    {
      found = find_anchor (align, begin[0], end);

      if (end[0] > begin[0] && end[1] > begin[1])
        backstay_diff_match_gap (align, begin, end);

      begin[0] = end[0] + 1;
      begin[1] = end[1] + 1;
    }
  while (found && backstay_diff_context_report (align->context, 64));
}

/* The same elements, as before and after. */
typedef struct
{
  const BackstayDiffAlign *align;
  guint                    before; /* Which index of the alignment is before, */
  guint                    after;  /* and which one after. */
} Sides;

/* Whether what stands at a place after is there only now: added, or moved there. */
static inline gboolean
is_new_place (const Sides *sides,
              guint32      after)
{
  guint32 before = sides->align->matches[sides->after][after];

  return before == BACKSTAY_DIFF_NO_MATCH ||
         sides->align->moved[sides->before == 0 ? before : after];
}

static void
add_removed (const Sides *sides,
             guint32     *next,
             guint32      end)
{
  const BackstayDiffAlign *align = sides->align;

  for (; *next < end; (*next)++)
    if (align->matches[sides->before][*next] == BACKSTAY_DIFF_NO_MATCH)
      backstay_diff_add_step (align->context, align->first[sides->before] + *next,
                              BACKSTAY_JSON_NODE_NONE);
}

static void
add_new_places (const Sides *sides,
                guint32      begin,
                guint32      end)
{
  const BackstayDiffAlign *align = sides->align;
  gint64                   last_moved = G_MININT64;

  for (guint32 after = begin; after < end; after++)
    {
      guint32          before = align->matches[sides->after][after];
      BackstayDiffStep step = {
        .before = BACKSTAY_JSON_NODE_NONE,
        .after = align->first[sides->after] + after,
        .n = 1,
      };

      if (before != BACKSTAY_DIFF_NO_MATCH)
        {
          step.before = align->first[sides->before] + before;
          step.moved = TRUE;
          step.moved_first = before != last_moved + 1;
          last_moved = before;
        }
      else
        {
          last_moved = G_MININT64;
        }

      g_array_append_val (align->context->steps, step);
    }
}

/* Lists the elements in the order after. What was removed stands where it was, before what was
 * added at the same place. */
static void
add_steps (const BackstayDiffAlign *align)
{
  Sides   sides = { align, align->sides[0], align->sides[1] };
  guint32 n_after = align->n[sides.after];
  guint32 before = 0;

  for (guint32 after = 0; after < n_after; after++)
    {
      guint32 end = after;

      while (end < n_after && is_new_place (&sides, end))
        end++;

      add_removed (&sides, &before,
                   end < n_after ? align->matches[sides.after][end] : align->n[sides.before]);
      add_new_places (&sides, after, end);
      after = end;

      if (after < n_after)
        backstay_diff_add_step (align->context, align->first[sides.before] + before++,
                                align->first[sides.after] + after);
    }

  add_removed (&sides, &before, align->n[sides.before]);
}

static void
add_one_sided (BackstayDiffContext *context,
               BackstayJsonNode     before,
               guint32              n_before,
               BackstayJsonNode     after,
               guint32              n_after)
{
  for (guint32 i = 0; i < n_before; i++)
    backstay_diff_add_step (context, before + i, BACKSTAY_JSON_NODE_NONE);

  for (guint32 i = 0; i < n_after; i++)
    backstay_diff_add_step (context, BACKSTAY_JSON_NODE_NONE, after + i);
}

/*
 * backstay_diff_align:
 * @context: the work
 * @before: the first of some neighbours in an array
 * @n_before: how many
 * @after: the first of some neighbours in the other array
 * @n_after: how many
 *
 * Brings elements together and adds the steps: first those that are equal and keep their order,
 * then equal ones elsewhere, then those with the same identity; what is left between two that keep
 * their order goes together if it is alike.
 */
void
backstay_diff_align (BackstayDiffContext *context,
                     BackstayJsonNode     before,
                     guint32              n_before,
                     BackstayJsonNode     after,
                     guint32              n_after)
{
  g_auto (BackstayDiffAlign) align = { NULL };
  gboolean found;

  if (n_before == 0 || n_after == 0)
    {
      add_one_sided (context, before, n_before, after, n_after);
      return;
    }

  /* The context leaves these unhashed only if they belong together. */
  if (!context->hashed)
    {
      backstay_diff_add_step (context, before, after);
      return;
    }

  align_init (&align, context, before, n_before, after, n_after);
  match_in_order (&align);
  found = backstay_diff_match_leftovers (&align, FALSE);
  found |= backstay_diff_match_identities (&align);

  if (found)
    mark_moved (&align);

  try_moving_scalars (&align);
  match_gaps (&align);
  add_steps (&align);
}

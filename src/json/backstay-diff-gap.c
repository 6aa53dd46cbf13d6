/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-gap"

#include "config.h"

#include "backstay-diff-align.h"

/* How many elements of each side are weighed against each other at once. */
#define WINDOW 16

/* From which likeness containers are taken for one that was edited: in general; if they stand
 * alone, so that their place speaks for them; if their identities speak against them. */
#define LIKE 50
#define LIKE_ALONE 25
#define LIKE_DESPITE_IDENTITY 75

/* The elements without a partner between two pairs that keep their order. */
typedef struct
{
  BackstayDiffAlign *align;
  guint32           *places[2];
  guint32            n[2];
  guint              n_containers;
} Gap;

static void
gap_clear (Gap *self)
{
  g_free (self->places[0]);
  g_free (self->places[1]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Gap, gap_clear)

static void
gap_init (Gap               *self,
          BackstayDiffAlign *align,
          const guint32     *begin,
          const guint32     *end)
{
  *self = (Gap){ .align = align };

  for (guint i = 0; i < 2; i++)
    {
      self->places[i] = g_new (guint32, end[i] - begin[i]);

      for (guint32 place = begin[i]; place < end[i]; place++)
        if (align->matches[i][place] == BACKSTAY_DIFF_NO_MATCH)
          {
            self->places[i][self->n[i]++] = place;
            self->n_containers += !backstay_diff_is_scalar (align->context, align->sides[i],
                                                            align->first[i] + place);
          }
    }
}

static gboolean
identities_differ (BackstayDiffContext *context,
                   BackstayJsonNode     before,
                   BackstayJsonNode     after)
{
  for (guint i = 0; i < G_N_ELEMENTS (context->identity_keys); i++)
    {
      const char *key = context->identity_keys[i];
      guint64     a;
      guint64     b;

      if (key != NULL && backstay_diff_get_identity (context, 0, before, key, &a) &&
          backstay_diff_get_identity (context, 1, after, key, &b))
        return a != b;
    }

  return FALSE;
}

/* Weighs two elements; 0 if they do not go together. */
static guint
weigh (const Gap *gap,
       guint32    x,
       guint32    y)
{
  BackstayDiffAlign   *align = gap->align;
  BackstayDiffContext *context = align->context;
  BackstayJsonNode     nodes[2];
  guint                likeness;
  gboolean             alone = gap->n[0] == 1 && gap->n[1] == 1;

  nodes[align->sides[0]] = align->first[0] + gap->places[0][x];
  nodes[align->sides[1]] = align->first[1] + gap->places[1][y];
  likeness = backstay_diff_get_likeness (context, nodes[0], nodes[1]);

  if (backstay_diff_is_scalar (context, 0, nodes[0]) ||
      backstay_diff_kind_of (context, 0, nodes[0]) != backstay_diff_kind_of (context, 1, nodes[1]))
    return likeness;

  if (likeness < (alone ? LIKE_ALONE : LIKE))
    return 0;

  if (likeness < LIKE_DESPITE_IDENTITY && identities_differ (context, nodes[0], nodes[1]))
    return 0;

  return likeness;
}

/* Weighs all pairs of a window and finds the heaviest alignment, as S. B. Needleman and C. D.
 * Wunsch do with proteins (Journal of Molecular Biology 48, 1970). Puts for each x its y into
 * @partners, or WINDOW. */
static void
align_window (const Gap *gap,
              guint32    x_begin,
              guint      n_x,
              guint32    y_begin,
              guint      n_y,
              guint     *partners)
{
  guint weights[WINDOW][WINDOW];
  guint sums[WINDOW + 1][WINDOW + 1] = { { 0 } };
  guint x = 0;
  guint y = 0;

  for (guint i = n_x; i-- > 0;)
    for (guint j = n_y; j-- > 0;)
      {
        weights[i][j] = weigh (gap, x_begin + i, y_begin + j);
        sums[i][j] = MAX (sums[i + 1][j], sums[i][j + 1]);

        if (weights[i][j] > 0)
          sums[i][j] = MAX (sums[i][j], sums[i + 1][j + 1] + weights[i][j]);
      }

  for (guint i = 0; i < n_x; i++)
    partners[i] = WINDOW;

  while (x < n_x && y < n_y)
    {
      if (weights[x][y] > 0 && sums[x][y] == sums[x + 1][y + 1] + weights[x][y])
        partners[x++] = y++;
      else if (sums[x][y] == sums[x + 1][y])
        x++;
      else
        y++;
    }
}

static void
match_places (const Gap *gap,
              guint32    x,
              guint32    y)
{
  backstay_diff_set_match (gap->align, gap->places[0][x], gap->places[1][y]);
}

/* Moves a window over the gap. Only the first half of what is found in it counts, as what comes
 * behind it could turn out to fit better to the rest. */
static void
match_by_windows (const Gap *gap)
{
  guint32 begin[2] = { 0, 0 };

  while (begin[0] < gap->n[0] && begin[1] < gap->n[1] &&
         backstay_diff_context_report (gap->align->context, WINDOW * WINDOW))
    {
      guint    n_x = MIN (gap->n[0] - begin[0], WINDOW);
      guint    n_y = MIN (gap->n[1] - begin[1], WINDOW);
      gboolean last = begin[0] + n_x == gap->n[0] && begin[1] + n_y == gap->n[1];
      guint    limit = last ? WINDOW : WINDOW / 2;
      guint    partners[WINDOW];
      guint32  next[2] = { begin[0], begin[1] };

      align_window (gap, begin[0], n_x, begin[1], n_y, partners);

      for (guint i = 0; i < MIN (n_x, limit); i++)
        if (partners[i] < limit)
          {
            match_places (gap, begin[0] + i, begin[1] + partners[i]);
            next[0] = begin[0] + i + 1;
            next[1] = begin[1] + partners[i] + 1;
          }

      if (next[0] == begin[0])
        {
          next[0] = begin[0] + limit;
          next[1] = begin[1] + limit;
        }

      begin[0] = next[0];
      begin[1] = next[1];
    }
}

/*
 * backstay_diff_match_gap:
 * @align: elements
 * @begin: where the gap begins on both sides
 * @end: where it ends
 *
 * Brings together elements without a partner that are alike, in their order. Scalars go together by
 * their place, if there are many.
 */
void
backstay_diff_match_gap (BackstayDiffAlign *align,
                         const guint32     *begin,
                         const guint32     *end)
{
  g_auto (Gap) gap;

  gap_init (&gap, align, begin, end);

  if (gap.n[0] == 0 || gap.n[1] == 0)
    return;

  if (gap.n_containers == 0 && MAX (gap.n[0], gap.n[1]) > WINDOW)
    for (guint32 i = 0; i < MIN (gap.n[0], gap.n[1]); i++)
      match_places (&gap, i, i);
  else
    match_by_windows (&gap);
}

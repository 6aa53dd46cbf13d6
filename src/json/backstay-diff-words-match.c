/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-words-match"

#include "config.h"

#include "backstay-diff-words.h"

/* Words are compared by Myers' algorithm as long as few of them differ. Its effort grows with the
 * square of that number, so that a longer way is given up, and the texts are first cut at words
 * that each has exactly once, as patience diff does it. What has no such words, or still differs
 * too much after some rounds of this, is shown as replaced. */

/* How many words may come and go between two cuts. The way to it takes 128 KiB. */
#define MAX_EDITS 255
#define MAX_ROUNDS 8

typedef struct
{
  guint32 before_begin;
  guint32 before_end;
  guint32 after_begin;
  guint32 after_end;
} Region;

typedef struct
{
  guint32 before;
  guint32 after;
  guint32 previous; /* The index of the anchor that comes before this one in the longest run. */
} Anchor;

typedef struct
{
  guint32 n_before;
  guint32 n_after;
  guint32 before; /* Where, if it is there once. */
  guint32 after;
} Occurrence;

typedef struct
{
  const guint32 *before_ids;
  const guint32 *after_ids;
  guint32       *match;
  Occurrence    *occurrences; /* For every number; clear between two uses. */
  guint32       *steps;       /* How far Myers' algorithm came with how many edits. */
} Matcher;

/* Few edits */

/* With d edits there are d + 1 diagonals to be on, from d added words to d removed ones. */
static inline guint32 *
get_steps (Matcher *self,
           guint    n_edits)
{
  return self->steps + n_edits * (n_edits + 1) / 2;
}

/* Whether the best way to a diagonal ends with an added word, not a removed one. */
static inline gboolean
ends_with_addition (const guint32 *previous,
                    guint          n_edits,
                    guint          diagonal)
{
  return diagonal == 0 ||
         (diagonal < n_edits && previous[diagonal - 1] < previous[diagonal]);
}

/* How many words of the text before are done on a diagonal before the equal ones are taken. */
static inline guint32
get_start (Matcher *self,
           guint    n_edits,
           guint    diagonal)
{
  const guint32 *previous;

  if (n_edits == 0)
    return 0;

  previous = get_steps (self, n_edits - 1);

  return ends_with_addition (previous, n_edits, diagonal) ? previous[diagonal] : previous[diagonal - 1] + 1;
}

/* Goes back along the way that was found, and notes the equal words on it. */
static void
note_matches (Matcher      *self,
              const Region *region,
              guint         n_edits)
{
  guint32 x = region->before_end - region->before_begin;
  guint32 y = region->after_end - region->after_begin;

  for (guint d = n_edits;; d--)
    {
      guint   diagonal = (x + d - y) / 2;
      guint32 start = get_start (self, d, diagonal);

      while (x > start)
        {
          x--;
          y--;
          self->match[region->before_begin + x] = region->after_begin + y;
        }

      if (d == 0)
        break;

      if (ends_with_addition (get_steps (self, d - 1), d, diagonal))
        y--;
      else
        x--;
    }
}

/* Tries to explain the difference with at most MAX_EDITS added and removed words. */
static gboolean
match_by_edits (Matcher      *self,
                const Region *region)
{
  const guint32 *before = self->before_ids + region->before_begin;
  const guint32 *after = self->after_ids + region->after_begin;
  guint32        n_before = region->before_end - region->before_begin;
  guint32        n_after = region->after_end - region->after_begin;

  for (guint d = 0; d <= MAX_EDITS; d++)
    for (guint diagonal = 0; diagonal <= d; diagonal++)
      {
        guint32 x = get_start (self, d, diagonal);
        guint32 y = x + d - 2 * diagonal;

        while (x < n_before && y < n_after && before[x] == after[y])
          {
            x++;
            y++;
          }

        get_steps (self, d)[diagonal] = x;

        if (x == n_before && y == n_after)
          {
            note_matches (self, region, d);
            return TRUE;
          }
      }

  return FALSE;
}

/* Many edits */

/* Lists the words that the region has exactly once on both sides, in the order before. */
static GArray *
list_unique_words (Matcher      *self,
                   const Region *region)
{
  GArray *anchors = g_array_new (FALSE, FALSE, sizeof (Anchor));

  for (guint32 i = region->before_begin; i < region->before_end; i++)
    {
      self->occurrences[self->before_ids[i]].n_before++;
      self->occurrences[self->before_ids[i]].before = i;
    }

  for (guint32 i = region->after_begin; i < region->after_end; i++)
    {
      self->occurrences[self->after_ids[i]].n_after++;
      self->occurrences[self->after_ids[i]].after = i;
    }

  for (guint32 i = region->before_begin; i < region->before_end; i++)
    {
      const Occurrence *word = &self->occurrences[self->before_ids[i]];
      Anchor            anchor = { word->before, word->after, BACKSTAY_DIFF_NO_WORD };

      if (word->n_before == 1 && word->n_after == 1)
        g_array_append_val (anchors, anchor);
    }

  for (guint32 i = region->before_begin; i < region->before_end; i++)
    self->occurrences[self->before_ids[i]] = (Occurrence){ 0 };

  for (guint32 i = region->after_begin; i < region->after_end; i++)
    self->occurrences[self->after_ids[i]] = (Occurrence){ 0 };

  return anchors;
}

/* Finds the longest run of anchors that is in order on both sides, and returns the last one's
 * index. The best run of each length so far ends as early as can be; a binary search finds the one
 * that an anchor makes longer. */
static guint32
find_longest_run (GArray *anchors)
{
  g_autofree guint32 *ends = g_new (guint32, anchors->len);
  guint32             n_ends = 0;

  for (guint32 i = 0; i < anchors->len; i++)
    {
      Anchor *anchor = &g_array_index (anchors, Anchor, i);
      guint32 low = 0;
      guint32 high = n_ends;

      while (low < high)
        {
          guint32 middle = low + (high - low) / 2;

          if (g_array_index (anchors, Anchor, ends[middle]).after < anchor->after)
            low = middle + 1;
          else
            high = middle;
        }

      anchor->previous = low > 0 ? ends[low - 1] : BACKSTAY_DIFF_NO_WORD;
      ends[low] = i;
      n_ends = MAX (n_ends, low + 1);
    }

  return n_ends > 0 ? ends[n_ends - 1] : BACKSTAY_DIFF_NO_WORD;
}

static void
match_ends (Matcher *self,
            Region  *region)
{
  while (region->before_begin < region->before_end && region->after_begin < region->after_end &&
         self->before_ids[region->before_begin] == self->after_ids[region->after_begin])
    self->match[region->before_begin++] = region->after_begin++;

  while (region->before_begin < region->before_end && region->after_begin < region->after_end &&
         self->before_ids[region->before_end - 1] == self->after_ids[region->after_end - 1])
    self->match[--region->before_end] = --region->after_end;
}

static void
match_region (Matcher *self,
              Region   region,
              guint    n_rounds)
{
  g_autoptr (GArray) anchors = NULL;
  Region part;

  match_ends (self, &region);

  if (region.before_begin == region.before_end || region.after_begin == region.after_end)
    return;

  if (match_by_edits (self, &region) || n_rounds == MAX_ROUNDS)
    return;

  anchors = list_unique_words (self, &region);
  part = region;

  /* From the last to the first, as the run is linked backwards. */
  for (guint32 i = find_longest_run (anchors); i != BACKSTAY_DIFF_NO_WORD;)
    {
      const Anchor *anchor = &g_array_index (anchors, Anchor, i);

      self->match[anchor->before] = anchor->after;
      part.before_begin = anchor->before + 1;
      part.after_begin = anchor->after + 1;
      match_region (self, part, n_rounds + 1);
      part.before_end = anchor->before;
      part.after_end = anchor->after;
      i = anchor->previous;
    }

  if (anchors->len > 0)
    {
      part.before_begin = region.before_begin;
      part.after_begin = region.after_begin;
      match_region (self, part, n_rounds + 1);
    }
}

/*
 * backstay_diff_words_match:
 * @before: (array length=n_before): the words before, by numbers that are equal for equal words
 * @n_before: how many there are
 * @after: (array length=n_after): the words after
 * @n_after: how many there are
 * @n_numbers: the numbers are below this one
 *
 * Finds the words that stay. They are in order on both sides.
 *
 * Returns: (transfer full) (array length=n_before): for every word before the same word after, or
 *   %BACKSTAY_DIFF_NO_WORD
 */
guint32 *
backstay_diff_words_match (const guint32 *before,
                           guint32        n_before,
                           const guint32 *after,
                           guint32        n_after,
                           guint32        n_numbers)
{
  Matcher matcher = { .before_ids = before, .after_ids = after };

  matcher.match = g_new (guint32, n_before);
  matcher.occurrences = g_new0 (Occurrence, n_numbers);
  matcher.steps = g_new (guint32, (MAX_EDITS + 1) * (MAX_EDITS + 2) / 2);

  for (guint32 i = 0; i < n_before; i++)
    matcher.match[i] = BACKSTAY_DIFF_NO_WORD;

  match_region (&matcher, (Region){ 0, n_before, 0, n_after }, 0);
  g_free (matcher.occurrences);
  g_free (matcher.steps);

  return matcher.match;
}

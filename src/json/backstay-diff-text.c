/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-text"

#include "config.h"

#include <string.h>

#include "backstay-diff-text.h"
#include "backstay-diff-words.h"

/* Where a part of both texts lies, counted in words. */
typedef struct
{
  guint32 before_begin;
  guint32 before_end;
  guint32 after_begin;
  guint32 after_end;
} Region;

typedef struct
{
  GArray  *before_words;
  GArray  *after_words;
  guint32 *match; /* For every word before the same word after, or BACKSTAY_DIFF_NO_WORD. */
} Comparison;

static inline BackstayDiffWord *
get_word (GArray *words,
          guint32 position)
{
  return &g_array_index (words, BackstayDiffWord, position);
}

/* Numbers */

typedef struct
{
  const char *bytes;
  gsize       length;
} Slice;

static guint
slice_hash (gconstpointer data)
{
  const Slice *slice = data;
  guint32      hash = 2166136261u;

  for (gsize i = 0; i < slice->length; i++)
    hash = (hash ^ (guint8) slice->bytes[i]) * 16777619u;

  return hash;
}

static gboolean
slice_equal (gconstpointer a,
             gconstpointer b)
{
  const Slice *slice_a = a;
  const Slice *slice_b = b;

  return slice_a->length == slice_b->length &&
         memcmp (slice_a->bytes, slice_b->bytes, slice_a->length) == 0;
}

static guint32 *
number_words (GHashTable *numbers,
              const char *text,
              GArray     *words)
{
  guint32 *ids = g_new (guint32, words->len);

  for (guint32 i = 0; i < words->len; i++)
    {
      Slice    slice = { text + get_word (words, i)->offset, get_word (words, i)->length };
      gpointer number;

      if (!g_hash_table_lookup_extended (numbers, &slice, NULL, &number))
        {
          number = GUINT_TO_POINTER (g_hash_table_size (numbers));
          g_hash_table_insert (numbers, g_memdup2 (&slice, sizeof slice), number);
        }

      ids[i] = GPOINTER_TO_UINT (number);
    }

  return ids;
}

/* The result */

/* Where a word was replaced, then a blank kept, then a word replaced again, the reader is better
 * served with two words replaced by two. */
static void
join_over_blanks (Comparison *self)
{
  gsize n_after = self->after_words->len;

  g_autofree guint8 *is_matched = g_new0 (guint8, n_after + 1);

  for (guint32 i = 0; i < self->before_words->len; i++)
    if (self->match[i] != BACKSTAY_DIFF_NO_WORD)
      is_matched[self->match[i]] = TRUE;

  for (guint32 i = 1; i + 1 < self->before_words->len; i++)
    {
      guint32 after = self->match[i];

      if (after != BACKSTAY_DIFF_NO_WORD && after > 0 && after + 1 < n_after &&
          get_word (self->before_words, i)->is_blank &&
          self->match[i - 1] == BACKSTAY_DIFF_NO_WORD && self->match[i + 1] == BACKSTAY_DIFF_NO_WORD &&
          !is_matched[after - 1] && !is_matched[after + 1])
        {
          self->match[i] = BACKSTAY_DIFF_NO_WORD;
          is_matched[after] = FALSE;
        }
    }
}

/* Appends a segment from one word to another of both texts, unless it is empty. */
static void
append_segment (Comparison          *self,
                GArray              *segments,
                BackstayDiffTextKind kind,
                const Region        *words)
{
  BackstayDiffTextSegment segment = { .kind = kind };

  for (guint32 i = words->before_begin; i < words->before_end; i++)
    segment.before_length += get_word (self->before_words, i)->length;

  for (guint32 i = words->after_begin; i < words->after_end; i++)
    segment.after_length += get_word (self->after_words, i)->length;

  if (segment.before_length == 0 && segment.after_length == 0)
    return;

  if (segments->len > 0)
    {
      const BackstayDiffTextSegment *last =
        &g_array_index (segments, BackstayDiffTextSegment, segments->len - 1);

      segment.before_offset = last->before_offset + last->before_length;
      segment.after_offset = last->after_offset + last->after_length;
    }

  g_array_append_val (segments, segment);
}

static GArray *
list_segments (Comparison *self)
{
  GArray *segments = g_array_new (FALSE, FALSE, sizeof (BackstayDiffTextSegment));
  guint32 n_before = self->before_words->len;
  guint32 n_after = self->after_words->len;
  guint32 x = 0;
  guint32 y = 0;

  while (x < n_before || y < n_after)
    {
      Region removed = { x, x, y, y };
      Region added;
      Region same;

      while (x < n_before && self->match[x] == BACKSTAY_DIFF_NO_WORD)
        x++;

      removed.before_end = x;
      added = (Region){ x, x, y, x < n_before ? self->match[x] : n_after };
      y = added.after_end;
      same = (Region){ x, x, y, y };

      while (x < n_before && self->match[x] == y)
        {
          x++;
          y++;
        }

      same.before_end = x;
      same.after_end = y;

      append_segment (self, segments, BACKSTAY_DIFF_TEXT_KIND_REMOVED, &removed);
      append_segment (self, segments, BACKSTAY_DIFF_TEXT_KIND_ADDED, &added);
      append_segment (self, segments, BACKSTAY_DIFF_TEXT_KIND_SAME, &same);
    }

  return segments;
}

static void
comparison_init (Comparison *self,
                 const char *before,
                 gsize       before_length,
                 const char *after,
                 gsize       after_length)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (slice_hash, slice_equal, g_free, NULL);
  g_autofree guint32 *before_ids = NULL;
  g_autofree guint32 *after_ids = NULL;

  self->before_words = backstay_diff_words_split (before, before_length);
  self->after_words = backstay_diff_words_split (after, after_length);
  before_ids = number_words (numbers, before, self->before_words);
  after_ids = number_words (numbers, after, self->after_words);
  self->match = backstay_diff_words_match (before_ids, self->before_words->len,
                                           after_ids, self->after_words->len,
                                           g_hash_table_size (numbers));
}

static void
comparison_clear (Comparison *self)
{
  g_array_unref (self->before_words);
  g_array_unref (self->after_words);
  g_free (self->match);
}

/**
 * backstay_diff_text_compare:
 * @before: (array length=before_length): valid UTF-8, which may hold U+0000
 * @before_length: its length in bytes, below 4 GiB
 * @after: (array length=after_length): valid UTF-8, which may hold U+0000
 * @after_length: its length in bytes, below 4 GiB
 *
 * Finds the words that differ between two texts.
 *
 * Words, blanks, line breaks and punctuation are compared as wholes, by their code
 * points, so that neither a character nor an accented letter, an emoji or a number
 * is torn apart. Put together, the segments give both texts to the byte; what was
 * replaced is a removed segment with an added one behind it, and no two neighbours
 * are of one kind. The effort is near-linear: where texts of many words differ
 * almost everywhere, a longer part than needed is shown as replaced.
 *
 * Returns: (transfer full) (element-type BackstayDiffTextSegment): the segments in
 *   the order of the texts
 */
GArray *
backstay_diff_text_compare (const char *before,
                            gsize       before_length,
                            const char *after,
                            gsize       after_length)
{
  Comparison comparison = { 0 };
  GArray    *segments;

  g_return_val_if_fail (before != NULL || before_length == 0, NULL);
  g_return_val_if_fail (after != NULL || after_length == 0, NULL);
  g_return_val_if_fail (before_length < G_MAXUINT32 && after_length < G_MAXUINT32, NULL);

  comparison_init (&comparison, before, before_length, after, after_length);
  join_over_blanks (&comparison);
  segments = list_segments (&comparison);
  comparison_clear (&comparison);

  return segments;
}

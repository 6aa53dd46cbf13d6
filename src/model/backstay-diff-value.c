/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-value"

#include "config.h"

#include "backstay-diff-value.h"

#include "backstay-diff-text.h"
#include "backstay-display-text.h"
#include "backstay-json-label.h"
#include "backstay-json-overlap.h"
#include "backstay-json-span.h"
#include "backstay-json-string.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How the two sides of a changed value stand in a row, with the words marked that differ. */

/* From this length on, in bytes of the text, there is more to a string than a row shows. */
#define LONG_STRING 60

/* How far to look back for a place between two characters. */
#define MAX_BACK 256

/* How many changes are told in words. */
#define MAX_TOLD 3
#define TOLD_CHARS 80

/* How much of a string is looked at, shown and left beside a change. Texts much longer than a
 * screen take a label long to lay out. */
typedef struct
{
  gsize n_bytes;
  gsize n_chars;
  gsize n_context; /* Characters. */
} Extent;

static const Extent line_extent = { 4096, 400, 16 };
static const Extent whole_extent = { 64 * 1024, 20000, 400 };

/* A part of a string in a document, between its quotes. */
typedef struct
{
  const char *begin;
  const char *end;
  gboolean    cut_begin;
  gboolean    cut_end;
} Span;

/* Two strings, or parts of them, that are compared. */
typedef struct
{
  char    *text[2];
  gsize    length[2];
  gboolean cut_begin;
  gboolean cut_end[2];
  GArray  *segments; /* Of BackstayDiffTextSegment. */
} Words;

static Span
get_span (BackstayJson    *json,
          BackstayJsonNode node)
{
  BackstayJsonSpan span = backstay_json_get_span (json, node);

  return (Span){ span.begin, span.end, FALSE, FALSE };
}

/* Whether no character and no escape sequence lies across a place. The longest sequence, a surrogate
 * pair, has twelve bytes. */
static gboolean
is_boundary (const Span *span,
             const char *p)
{
  gsize n = MIN ((gsize) (p - span->begin), 12);

  return p == span->end || (((guchar) *p & 0xc0) != 0x80 && memchr (p - n, '\\', n) == NULL);
}

/* Finds a boundary at a place or shortly before it. */
static const char *
find_boundary (const Span *span,
               const char *place)
{
  const char *p = place;

  while (p > span->begin && place - p < MAX_BACK && !is_boundary (span, p))
    p--;

  if (is_boundary (span, p))
    return p;

  /* There are nothing but escapes, which can be told apart from the beginning only. */
  p = span->begin;
  while (p + backstay_json_get_piece_length (p) <= place)
    p += backstay_json_get_piece_length (p);

  return p;
}

static void
narrow_end (Span         *span,
            const Extent *extent)
{
  if ((gsize) (span->end - span->begin) <= extent->n_bytes)
    return;

  span->end = find_boundary (span, span->begin + extent->n_bytes);
  span->cut_end = TRUE;
}

/* Of strings that are too long, looks at what is around the first difference. */
static void
narrow (Span         *before,
        Span         *after,
        const Extent *extent)
{
  gsize before_length = (gsize) (before->end - before->begin);
  gsize after_length = (gsize) (after->end - after->begin);

  if (MAX (before_length, after_length) > extent->n_bytes)
    {
      BackstayJsonOverlap overlap = backstay_json_overlap (before->begin, before_length,
                                                           after->begin, after_length);
      /* A character has up to four bytes. */
      gsize       n = overlap.prefix - MIN (overlap.prefix, 4 * extent->n_context + 64);
      const char *begin = find_boundary (before, before->begin + n);

      before->cut_begin = after->cut_begin = begin > before->begin;
      after->begin += begin - before->begin;
      before->begin = begin;
    }

  narrow_end (before, extent);
  narrow_end (after, extent);
}

static void
words_init (Words        *self,
            Span          before,
            Span          after,
            const Extent *extent)
{
  narrow (&before, &after, extent);

  /* The decoder looks at what is between two quotes. */
  self->text[0] = backstay_json_string_decode (before.begin - 1, (gsize) (before.end - before.begin) + 2,
                                               &self->length[0]);
  self->text[1] = backstay_json_string_decode (after.begin - 1, (gsize) (after.end - after.begin) + 2,
                                               &self->length[1]);
  self->cut_begin = before.cut_begin;
  self->cut_end[0] = before.cut_end;
  self->cut_end[1] = after.cut_end;
  self->segments = backstay_diff_text_compare (self->text[0], self->length[0],
                                               self->text[1], self->length[1]);
}

static void
words_clear (Words *self)
{
  g_free (self->text[0]);
  g_free (self->text[1]);
  g_array_unref (self->segments);
}

static void
get_part (const Words                   *self,
          const BackstayDiffTextSegment *segment,
          guint                          side,
          const char                   **text,
          gsize                         *length)
{
  *text = self->text[side] + (side == 0 ? segment->before_offset : segment->after_offset);
  *length = side == 0 ? segment->before_length : segment->after_length;
}

/* Texts */

static void
append_shown (GString    *out,
              const char *text,
              gsize       length,
              gboolean    whole)
{
  g_autofree char *shown = backstay_display_text_len (text, length, G_MAXSIZE);

  if (!whole)
    {
      g_string_append (out, shown);
      return;
    }

  /* Breaks lines where the text does, and still shows that it does. */
  for (const char *line = shown; *line != '\0';)
    {
      const char *end = strstr (line, "↵");

      if (end == NULL)
        {
          g_string_append (out, line);
          break;
        }

      end += strlen ("↵");
      g_string_append_len (out, line, end - line);
      g_string_append_c (out, '\n');
      line = end;
    }
}

/* What is the same on both sides, in the middle of which nobody is interested. */
static void
append_same (GString    *out,
             const char *text,
             gsize       length,
             gsize       n_head,
             gsize       n_tail,
             gboolean    whole)
{
  gsize       n_chars = (gsize) g_utf8_strlen (text, (gssize) length);
  const char *head_end;
  const char *tail;

  if (n_chars <= n_head + n_tail + 4)
    {
      append_shown (out, text, length, whole);
      return;
    }

  head_end = g_utf8_offset_to_pointer (text, (glong) n_head);
  tail = g_utf8_offset_to_pointer (text, (glong) (n_chars - n_tail));
  append_shown (out, text, (gsize) (head_end - text), whole);
  g_string_append (out, "…");
  append_shown (out, tail, (gsize) (text + length - tail), whole);
}

/* What was added or removed is shown in full as far as there is room for it. */
static void
append_marked (GString      *out,
               GArray       *marks,
               const char   *text,
               gsize         length,
               const Extent *extent,
               gboolean      whole)
{
  BackstayDiffMark mark = { .begin = (guint) out->len };
  gsize            n_chars = MIN ((gsize) g_utf8_strlen (text, (gssize) length), extent->n_chars);
  const char      *end = g_utf8_offset_to_pointer (text, (glong) n_chars);

  append_shown (out, text, (gsize) (end - text), whole);
  if (end < text + length)
    g_string_append (out, "…");

  mark.end = (guint) out->len;
  g_array_append_val (marks, mark);
}

static void
write_side (const Words       *self,
            guint              side,
            const Extent      *extent,
            BackstayDiffValue *value)
{
  GString *out = g_string_new (self->cut_begin ? "\"…" : "\"");
  gboolean whole = extent == &whole_extent;
  gsize    n_all = MAX ((gsize) g_utf8_strlen (self->text[0], (gssize) self->length[0]),
                        (gsize) g_utf8_strlen (self->text[1], (gssize) self->length[1]));
  gboolean is_short = n_all <= (whole ? extent->n_chars : LONG_STRING);
  guint    i;

  value->marks = g_array_new (FALSE, FALSE, sizeof (BackstayDiffMark));

  for (i = 0; i < self->segments->len && out->len < 4 * extent->n_chars; i++)
    {
      const BackstayDiffTextSegment *segment = &g_array_index (self->segments, BackstayDiffTextSegment, i);
      gboolean                       is_last = i + 1 == self->segments->len;
      const char                    *text;
      gsize                          length;

      get_part (self, segment, side, &text, &length);

      if (length == 0)
        continue;
      else if (segment->kind != BACKSTAY_DIFF_TEXT_KIND_SAME)
        append_marked (out, value->marks, text, length, extent, whole);
      else if (is_short)
        append_shown (out, text, length, whole);
      else
        append_same (out, text, length, i == 0 ? 0 : extent->n_context,
                     is_last ? 0 : extent->n_context, whole);
    }

  g_string_append (out, self->cut_end[side] || i < self->segments->len ? "…\"" : "\"");
  value->text = g_string_free (out, FALSE);
}

/* Words about words */

static char *
tell_segment (const Words *self,
              guint       *i)
{
  const BackstayDiffTextSegment *segment = &g_array_index (self->segments, BackstayDiffTextSegment, *i);
  const BackstayDiffTextSegment *next = segment + 1;
  const char                    *text;
  const char                    *next_text;
  gsize                          length;
  gsize                          next_length;
  g_autofree char               *shown = NULL;
  g_autofree char               *next_shown = NULL;

  get_part (self, segment, segment->kind == BACKSTAY_DIFF_TEXT_KIND_ADDED ? 1 : 0, &text, &length);
  shown = backstay_display_text_len (text, length, TOLD_CHARS);

  if (segment->kind == BACKSTAY_DIFF_TEXT_KIND_ADDED)
    return g_strdup_printf (_ ("“%s” was added"), shown);

  if (*i + 1 == self->segments->len || next->kind != BACKSTAY_DIFF_TEXT_KIND_ADDED)
    return g_strdup_printf (_ ("“%s” was removed"), shown);

  ++*i;
  get_part (self, next, 1, &next_text, &next_length);
  next_shown = backstay_display_text_len (next_text, next_length, TOLD_CHARS);

  /* Translators: words in a text. */
  return g_strdup_printf (_ ("“%s” became “%s”"), shown, next_shown);
}

static char *
tell (const Words *self)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint n_told = 0;

  for (guint i = 0; i < self->segments->len; i++)
    {
      g_autofree char *told = NULL;

      if (g_array_index (self->segments, BackstayDiffTextSegment, i).kind == BACKSTAY_DIFF_TEXT_KIND_SAME)
        continue;

      if (n_told++ == MAX_TOLD)
        {
          g_string_append (out, _ ("; and more"));
          break;
        }

      told = tell_segment (self, &i);
      /* Translators: between “fog” was added and “neon” was removed. */
      g_string_append (out, out->len > 0 ? _ ("; ") : "");
      g_string_append (out, told);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
is_string (BackstayJson    *json,
           BackstayJsonNode node)
{
  return node != BACKSTAY_JSON_NODE_NONE &&
         backstay_json_get_kind (json, node) == BACKSTAY_JSON_KIND_STRING;
}

/* Numbers. One with so few digits is read as a whole. */
#define SHORT_NUMBER 6

static void
init_number (BackstayDiffValue *value,
             BackstayJson      *json,
             BackstayJsonNode   node)
{
  value->text = backstay_json_label_dup_value (json, node);
  value->marks = g_array_new (FALSE, FALSE, sizeof (BackstayDiffMark));
}

static void
mark_between (BackstayDiffValue *value,
              gsize              begin,
              gsize              end)
{
  BackstayDiffMark mark = { (guint) begin, (guint) end };

  if (begin < end)
    g_array_append_val (value->marks, mark);
}

/* What is between the first and the last digit that differ. */
static void
mark_digits (BackstayDiffValue *before,
             BackstayDiffValue *after)
{
  gsize n_before = strlen (before->text);
  gsize n_after = strlen (after->text);
  gsize n = MIN (n_before, n_after);
  gsize n_same_first = 0;
  gsize n_same_last = 0;

  if (n > SHORT_NUMBER)
    {
      while (n_same_first < n && before->text[n_same_first] == after->text[n_same_first])
        n_same_first++;
      while (n_same_last < n - n_same_first &&
             before->text[n_before - n_same_last - 1] == after->text[n_after - n_same_last - 1])
        n_same_last++;
    }

  mark_between (before, n_same_first, n_before - n_same_last);
  mark_between (after, n_same_first, n_after - n_same_last);
}

/**
 * backstay_diff_value_init_marked:
 * @before_value: (out caller-allocates): the side before
 * @after_value: (out caller-allocates): the side after
 * @before: a document
 * @before_node: one of its nodes
 * @after: a document
 * @after_node: one of its nodes
 * @whole: whether to show all of it, in many lines, or an excerpt around the changes in one line
 * @words: (out) (transfer full) (nullable): what became of the words of strings, in words
 *
 * Compares two strings word by word, or two numbers digit by digit, and makes texts for two labels in
 * which what differs is marked. Of very long strings only a part is looked at, from the first difference on, and where
 * something is left out there are dots.
 *
 * Returns: whether both are strings, or numbers; else nothing is made
 */
gboolean
backstay_diff_value_init_marked (BackstayDiffValue *before_value,
                                 BackstayDiffValue *after_value,
                                 BackstayJson      *before,
                                 BackstayJsonNode   before_node,
                                 BackstayJson      *after,
                                 BackstayJsonNode   after_node,
                                 gboolean           whole,
                                 char             **words)
{
  const Extent *extent = whole ? &whole_extent : &line_extent;
  Words         comparison;

  *words = NULL;

  if (backstay_json_get_kind (before, before_node) == BACKSTAY_JSON_KIND_NUMBER &&
      backstay_json_get_kind (after, after_node) == BACKSTAY_JSON_KIND_NUMBER)
    {
      init_number (before_value, before, before_node);
      init_number (after_value, after, after_node);
      mark_digits (before_value, after_value);
      return TRUE;
    }

  if (!is_string (before, before_node) || !is_string (after, after_node))
    return FALSE;

  words_init (&comparison, get_span (before, before_node), get_span (after, after_node), extent);
  write_side (&comparison, 0, extent, before_value);
  write_side (&comparison, 1, extent, after_value);
  *words = tell (&comparison);
  words_clear (&comparison);

  return TRUE;
}

/**
 * backstay_diff_value_init:
 * @self: (out caller-allocates): a value
 * @json: a document
 * @node: a node of it; %BACKSTAY_JSON_NODE_NONE makes a value that is not there
 * @whole: whether to show all of a string, in many lines
 *
 * Makes the text for a label, in which nothing is marked.
 */
void
backstay_diff_value_init (BackstayDiffValue *self,
                          BackstayJson      *json,
                          BackstayJsonNode   node,
                          gboolean           whole)
{
  g_autofree char *text = NULL;
  GString         *out;
  Span             span;
  gsize            length;

  *self = (BackstayDiffValue){ NULL };

  if (node == BACKSTAY_JSON_NODE_NONE)
    return;

  if (!whole || !is_string (json, node))
    {
      self->text = backstay_json_label_dup_value (json, node);
      return;
    }

  span = get_span (json, node);
  narrow_end (&span, &whole_extent);
  text = backstay_json_string_decode (span.begin - 1, (gsize) (span.end - span.begin) + 2, &length);
  out = g_string_new ("\"");
  append_shown (out, text, length, TRUE);
  g_string_append (out, span.cut_end ? "…\"" : "\"");
  self->text = g_string_free (out, FALSE);
}

/**
 * backstay_diff_value_clear:
 * @self: a value
 *
 * Frees what is in a value.
 */
void
backstay_diff_value_clear (BackstayDiffValue *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->marks, g_array_unref);
}

/**
 * backstay_diff_value_is_long:
 * @json: a document
 * @node: a node of it, or %BACKSTAY_JSON_NODE_NONE
 *
 * Returns: whether it is a string with more to it than one line shows
 */
gboolean
backstay_diff_value_is_long (BackstayJson    *json,
                             BackstayJsonNode node)
{
  Span span;

  if (!is_string (json, node))
    return FALSE;

  span = get_span (json, node);

  return (gsize) (span.end - span.begin) > LONG_STRING ||
         g_strstr_len (span.begin, span.end - span.begin, "\\n") != NULL;
}

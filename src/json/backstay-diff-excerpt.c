/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-excerpt"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "backstay-diff-excerpt.h"
#include "backstay-json-append.h"
#include "backstay-json-path.h"
#include "backstay-json-span.h"

/* Values and paths for a sentence: short, and without characters that act on a terminal or reorder
 * a line. A piece is a character or an escape sequence with all that belongs to it. */

#define MAX_PIECES 80
#define MAX_PATH_PIECES 160

/* How much of what is equal is shown before the first difference. */
#define N_CONTEXT_PIECES 20

static gboolean
is_treacherous (gunichar c)
{
  if (c < 0x7f)
    return FALSE;

  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;

    case G_UNICODE_FORMAT:
      return c != 0x200c && c != 0x200d; /* Joiners: scripts and emoji need them. */

    default:
      return FALSE;
    }
}

/* A character that must not stand here as it is has an escape sequence in JSON. */
static void
append_character (GString    *out,
                  const char *p)
{
  gunichar c = g_utf8_get_char (p);

  if (!is_treacherous (c))
    g_string_append_unichar (out, c);
  else if (c < 0x10000)
    g_string_append_printf (out, "\\u%04x", c);
  else
    g_string_append_printf (out, "\\u%04x\\u%04x",
                            0xd7c0 + (c >> 10), 0xdc00 + (c & 0x3ff));
}

/* Finds the end of the characters that are pieces of their own and stand for themselves. */
static const char *
skip_plain (const char *p,
            const char *end)
{
  while (p < end && *p >= ' ' && *p < 0x7f && *p != '\\')
    p++;

  return p;
}

/* Appends a text; escape sequences stay as they are. */
static void
append_text (GString    *out,
             const char *p,
             const char *end)
{
  while (p < end)
    {
      const char *plain_end = skip_plain (p, end);

      backstay_json_append (out, p, (gsize) (plain_end - p));
      p = plain_end;

      if (p == end)
        break;

      if (*p == '\\')
        g_string_append_len (out, p, (gssize) backstay_json_get_piece_length (p));
      else
        append_character (out, p);

      p += backstay_json_get_piece_length (p);
    }
}

static const char *
skip_pieces (const char *p,
             const char *end,
             gsize       n_pieces)
{
  const char *plain_end = skip_plain (p, n_pieces < (gsize) (end - p) ? p + n_pieces : end);

  n_pieces -= (gsize) (plain_end - p);
  p = plain_end;

  while (p < end && n_pieces-- > 0)
    p += backstay_json_get_piece_length (p);

  return p;
}

static gboolean
is_long (const BackstayJsonSpan *span)
{
  return span->end - span->begin > MAX_PIECES &&
         skip_pieces (span->begin, span->end, MAX_PIECES) < span->end;
}

/* Writes a scalar from @from on. */
static void
append_shortened (GString                *out,
                  const BackstayJsonSpan *span,
                  const char             *from,
                  gboolean                is_string)
{
  const char *to;

  /* As most are. */
  if (!is_string && from == span->begin && span->end - from <= MAX_PIECES && skip_plain (from, span->end) == span->end)
    {
      backstay_json_append (out, from, (gsize) (span->end - from));
      return;
    }

  to = skip_pieces (from, span->end, MAX_PIECES);

  /* Dots would take the place of what they stand for. */
  if (to < span->end && skip_pieces (to, span->end, 1) == span->end)
    to = span->end;

  if (is_string)
    g_string_append_c (out, '"');

  if (from > span->begin)
    g_string_append (out, "…");

  append_text (out, from, to);

  if (to < span->end)
    g_string_append (out, "…");

  if (is_string)
    g_string_append_c (out, '"');
}

static void
describe_container (GString         *out,
                    BackstayJson    *json,
                    BackstayJsonNode node)
{
  gboolean is_object = backstay_json_get_kind (json, node) == BACKSTAY_JSON_KIND_OBJECT;
  guint    n_children = backstay_json_get_n_children (json, node);

  if (n_children == 0)
    g_string_append (out, is_object ? _ ("an empty object") : _ ("an empty array"));
  else if (is_object)
    g_string_append_printf (out, ngettext ("an object of %u entry", "an object of %u entries", n_children),
                            n_children);
  else
    g_string_append_printf (out, ngettext ("an array of %u element", "an array of %u elements", n_children),
                            n_children);
}

static gboolean
is_string (BackstayJson    *json,
           BackstayJsonNode node)
{
  return backstay_json_get_kind (json, node) == BACKSTAY_JSON_KIND_STRING;
}

/*
 * backstay_diff_excerpt_append_path:
 * @out: where to write
 * @path: (array length=length): a path as from backstay_json_dup_display_path()
 * @length: its length in bytes
 *
 * Writes a path for a sentence. Of a very long one it is the end that tells.
 */
void
backstay_diff_excerpt_append_path (GString    *out,
                                   const char *path,
                                   gsize       length)
{
  const char *end = path + length;
  const char *from = end;

  if (length <= MAX_PATH_PIECES && skip_plain (path, end) == end)
    {
      backstay_json_append (out, path, length);
      return;
    }

  for (guint i = 0; i < MAX_PATH_PIECES && from > path; i++)
    from = g_utf8_prev_char (from);

  if (from > path)
    g_string_append (out, "…");

  for (const char *p = from; p < end; p = g_utf8_next_char (p))
    append_character (out, p);
}

/*
 * backstay_diff_excerpt_path:
 * @json: a document
 * @node: one of its nodes
 *
 * Makes a path for a sentence, see backstay_diff_excerpt_append_path().
 *
 * Returns: (transfer full): the path; the empty string for the root
 */
char *
backstay_diff_excerpt_path (BackstayJson    *json,
                            BackstayJsonNode node)
{
  g_autofree char *path = backstay_json_dup_display_path (json, node);
  GString         *out = g_string_new (NULL);

  backstay_diff_excerpt_append_path (out, path, strlen (path));

  return g_string_free (out, FALSE);
}

/*
 * backstay_diff_excerpt_append_value:
 * @out: where to write
 * @json: a document
 * @node: one of its nodes
 *
 * Writes a value for a sentence: a scalar as it stands in the text, as far as it is not too long,
 * and a container in words.
 */
void
backstay_diff_excerpt_append_value (GString         *out,
                                    BackstayJson    *json,
                                    BackstayJsonNode node)
{
  BackstayJsonSpan span;

  if (backstay_json_is_container (json, node))
    {
      describe_container (out, json, node);
      return;
    }

  span = backstay_json_get_span (json, node);
  append_shortened (out, &span, span.begin, is_string (json, node));
}

/*
 * backstay_diff_excerpt_value:
 * @json: a document
 * @node: one of its nodes
 *
 * Makes a value for a sentence, see backstay_diff_excerpt_append_value().
 *
 * Returns: (transfer full): the value
 */
char *
backstay_diff_excerpt_value (BackstayJson    *json,
                             BackstayJsonNode node)
{
  GString *out = g_string_new (NULL);

  backstay_diff_excerpt_append_value (out, json, node);

  return g_string_free (out, FALSE);
}

/* Counts the pieces that two scalars begin with alike. */
static gsize
count_equal_pieces (const BackstayJsonSpan *before,
                    const BackstayJsonSpan *after)
{
  const char *p = before->begin;
  const char *q = after->begin;
  gsize       n_equal = 0;

  while (p < before->end && q < after->end && *p == *q)
    {
      gsize length = backstay_json_get_piece_length (p);

      if (backstay_json_get_piece_length (q) != length || memcmp (p, q, length) != 0)
        break;

      p += length;
      q += length;
      n_equal++;
    }

  return n_equal;
}

/*
 * backstay_diff_excerpt_append_values:
 * @before_out: where to write the value before
 * @after_out: where to write the value after
 * @before: a document
 * @before_node: one of its nodes
 * @after: a document
 * @after_node: one of its nodes
 *
 * Writes two values for a sentence that tells them apart: long ones are shown from shortly before
 * the place where they begin to differ.
 */
void
backstay_diff_excerpt_append_values (GString         *before_out,
                                     GString         *after_out,
                                     BackstayJson    *before,
                                     BackstayJsonNode before_node,
                                     BackstayJson    *after,
                                     BackstayJsonNode after_node)
{
  BackstayJsonSpan before_span;
  BackstayJsonSpan after_span;
  gsize            n_equal;
  gsize            n_skipped = 0;

  if (backstay_json_is_container (before, before_node) ||
      backstay_json_is_container (after, after_node))
    {
      backstay_diff_excerpt_append_value (before_out, before, before_node);
      backstay_diff_excerpt_append_value (after_out, after, after_node);
      return;
    }

  before_span = backstay_json_get_span (before, before_node);
  after_span = backstay_json_get_span (after, after_node);

  /* What is short enough to be seen at a glance is not cut. */
  if ((is_long (&before_span) || is_long (&after_span)) &&
      (n_equal = count_equal_pieces (&before_span, &after_span)) > N_CONTEXT_PIECES + 1)
    n_skipped = n_equal - N_CONTEXT_PIECES;

  append_shortened (before_out, &before_span,
                    skip_pieces (before_span.begin, before_span.end, n_skipped),
                    is_string (before, before_node));
  append_shortened (after_out, &after_span,
                    skip_pieces (after_span.begin, after_span.end, n_skipped),
                    is_string (after, after_node));
}

/*
 * backstay_diff_excerpt_values:
 * @before: a document
 * @before_node: one of its nodes
 * @after: a document
 * @after_node: one of its nodes
 * @before_value: (out) (transfer full): the value before
 * @after_value: (out) (transfer full): the value after
 *
 * Makes two values for a sentence, see backstay_diff_excerpt_append_values().
 */
void
backstay_diff_excerpt_values (BackstayJson    *before,
                              BackstayJsonNode before_node,
                              BackstayJson    *after,
                              BackstayJsonNode after_node,
                              char           **before_value,
                              char           **after_value)
{
  GString *before_out = g_string_new (NULL);
  GString *after_out = g_string_new (NULL);

  backstay_diff_excerpt_append_values (before_out, after_out, before, before_node, after, after_node);
  *before_value = g_string_free (before_out, FALSE);
  *after_value = g_string_free (after_out, FALSE);
}

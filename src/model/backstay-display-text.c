/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-display-text"

#include "config.h"

#include "backstay-display-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Text from a database can hold what a label would swallow, or what makes it lie: a name with a
 * bidirectional override reads backwards, two names that differ in a zero-width space look the
 * same. These characters are shown by their code instead. What is copied and what is sent is never
 * this text but the original. */

static const struct
{
  gunichar first;
  gunichar last;
} treacherous[] = {
  { 0x0080, 0x009F },   /* Controls. */
  { 0x00AD, 0x00AD },   /* Soft hyphen. */
  { 0x034F, 0x034F },   /* Combining grapheme joiner. */
  { 0x061C, 0x061C },   /* Arabic letter mark. */
  { 0x115F, 0x1160 },   /* Hangul fillers. */
  { 0x17B4, 0x17B5 },   /* Khmer vowels without a shape. */
  { 0x180B, 0x180E },   /* Mongolian selectors and vowel separator. */
  { 0x200B, 0x200B },   /* Zero-width space. */
  { 0x200E, 0x200F },   /* Marks of direction. */
  { 0x2028, 0x202E },   /* Separators of lines; embeddings and overrides of direction. */
  { 0x2060, 0x206F },   /* Word joiner, invisible operators, isolates, deprecated controls. */
  { 0x3164, 0x3164 },   /* Hangul filler. */
  { 0xFEFF, 0xFEFF },   /* Zero-width no-break space. */
  { 0xFFA0, 0xFFA0 },   /* Halfwidth Hangul filler. */
  { 0xFFF9, 0xFFFB },   /* Interlinear annotation. */
  { 0x1BCA0, 0x1BCA3 }, /* Shorthand controls. */
  { 0x1D173, 0x1D17A }, /* Musical controls. */
  { 0xE0000, 0xE007F }, /* Tags. */
};

/* The joiners U+200C and U+200D stay: scripts and emoji need them. */
/* A longer line takes a label or a text view seconds to lay out, if it is a single word. */
#define LINE_CHARS 4000

/**
 * backstay_display_text_is_hidden:
 * @c: a character
 *
 * Returns: whether a label would not show it, or would show something else because of it
 */
gboolean
backstay_display_text_is_hidden (gunichar c)
{
  if (c < 0x80)
    return c < 0x20 || c == 0x7F;

  for (guint i = 0; i < G_N_ELEMENTS (treacherous) && c >= treacherous[i].first; i++)
    {
      if (c <= treacherous[i].last)
        return TRUE;
    }

  return FALSE;
}

/* Looks like the space bar's, or nearly so. That of ideographs is wider, and usual among them. */
static gboolean
is_other_space (gunichar c)
{
  return c == 0x00A0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F;
}

static void
append_char (GString *out,
             gunichar c,
             gboolean with_lines)
{
  if (c == '\n')
    g_string_append (out, with_lines ? "\n" : "↵");
  else if (c == '\t')
    g_string_append (out, with_lines ? "\t" : "⇥");
  else if (backstay_display_text_is_hidden (c) || is_other_space (c))
    g_string_append_printf (out, "⟨U+%04X⟩", c);
  else
    g_string_append_unichar (out, c);
}

/* Appends a character, or a byte that is none. Returns what comes after it. */
static const char *
append_next (GString    *out,
             const char *text,
             const char *end,
             gboolean    with_lines)
{
  gunichar c = g_utf8_get_char_validated (text, end - text);

  if (c == (gunichar) -1 || c == (gunichar) -2)
    {
      g_string_append_printf (out, "⟨%02X⟩", (guchar) *text);
      return text + 1;
    }

  append_char (out, c, with_lines);

  return g_utf8_next_char (text);
}

/**
 * backstay_display_text_len:
 * @text: bytes that should be UTF-8
 * @length: their number
 * @max_chars: how many characters to show; the rest is announced, never silently cut
 *
 * Makes a text safe to show in one line, and honest: control characters, bidirectional controls,
 * invisible characters, spaces that are none of the space bar's and bytes that are not UTF-8 are shown by their code.
 *
 * Returns: (transfer full): text for a label
 */
char *
backstay_display_text_len (const char *text,
                           gsize       length,
                           gsize       max_chars)
{
  g_autoptr (GString) out = NULL;
  const char *end = text + length;
  gsize       n_chars = 0;

  g_return_val_if_fail (text != NULL, NULL);

  out = g_string_sized_new (MIN (length, max_chars) + 16);

  while (text < end && n_chars++ < max_chars)
    text = append_next (out, text, end, FALSE);

  if (text < end)
    g_string_append (out, "…");

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * backstay_display_text_lines:
 * @text: notes, or a part of them
 *
 * As backstay_display_text_len(), but with line breaks and tabs as they are, and whole. A line that would
 * take a text view seconds to lay out goes on in the next one, with "↩" between them.
 *
 * Returns: (transfer full): text for a label of several lines, or a text view
 */
char *
backstay_display_text_lines (const char *text)
{
  g_autoptr (GString) out = NULL;
  const char *end;
  gsize       n_chars = 0; /* In this line. */

  g_return_val_if_fail (text != NULL, NULL);

  out = g_string_sized_new (strlen (text) + 16);
  end = text + strlen (text);

  while (text < end)
    {
      /* A carriage return before the line feed is no mystery. */
      if (text[0] == '\r' && text[1] == '\n')
        text++;

      if (n_chars == LINE_CHARS && text[0] != '\n')
        {
          g_string_append (out, "↩\n");
          n_chars = 0;
        }

      n_chars = text[0] == '\n' ? 0 : n_chars + 1;
      text = append_next (out, text, end, TRUE);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * backstay_display_text:
 * @text: a text of the database's
 *
 * As backstay_display_text_len(), for names: blanks at the ends, which tell two of them apart, are
 * made visible too, and so is that there is nothing.
 *
 * Returns: (transfer full): text for a label
 */
char *
backstay_display_text (const char *text)
{
  g_autofree char *shown = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  gsize length;
  gsize n_leading;
  gsize n_trailing = 0;

  g_return_val_if_fail (text != NULL, NULL);

  if (text[0] == '\0')
    return g_strdup (_ ("(empty)"));

  shown = backstay_display_text_len (text, strlen (text), 1000);
  length = strlen (shown);
  n_leading = strspn (shown, " ");

  while (n_trailing < length - n_leading && shown[length - 1 - n_trailing] == ' ')
    n_trailing++;

  for (gsize i = 0; i < n_leading; i++)
    g_string_append (out, "␣");

  g_string_append_len (out, shown + n_leading, length - n_leading - n_trailing);

  for (gsize i = 0; i < n_trailing; i++)
    g_string_append (out, "␣");

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * backstay_display_text_line:
 * @text: (nullable): notes
 *
 * Gives the first line that is not blank.
 *
 * Returns: (transfer full) (nullable): text for a label, %NULL where there is nothing to show
 */
char *
backstay_display_text_line (const char *text)
{
  gsize length;

  if (text == NULL)
    return NULL;

  text += strspn (text, " \t\r\n");
  length = strcspn (text, "\r\n");

  if (length == 0)
    return NULL;

  return backstay_display_text_len (text, length, 500);
}

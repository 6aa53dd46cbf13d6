/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-display-text"

#include "config.h"

#include "backstay-display-text.h"

#include <string.h>

/* Text from a database can hold what a label would swallow, or what makes it lie: a name with a
 * bidirectional override reads backwards, two names that differ in a zero-width space look the
 * same. These characters are shown by their code instead. What is copied and what is sent is never
 * this text but the original. */

static gboolean
is_treacherous (gunichar c)
{
  switch (c)
    {
    case 0x00AD: /* Soft hyphen. */
    case 0x061C: /* Arabic letter mark. */
    case 0x180E: /* Mongolian vowel separator. */
    case 0x200B: /* Zero-width space. */
    case 0x200E: /* Left-to-right mark. */
    case 0x200F: /* Right-to-left mark. */
    case 0x2028: /* Line separator. */
    case 0x2029: /* Paragraph separator. */
    case 0x2060: /* Word joiner. */
    case 0xFEFF: /* Zero-width no-break space. */
      return TRUE;

    default:
      return (c < 0x20 && c != '\n' && c != '\t') ||
             (c >= 0x7F && c < 0xA0) ||
             (c >= 0x202A && c <= 0x202E) || /* Embeddings and overrides. */
             (c >= 0x2066 && c <= 0x2069) || /* Isolates. */
             (c >= 0xE0000 && c <= 0xE007F); /* Tags. */
    }
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
  else if (is_treacherous (c))
    g_string_append_printf (out, "⟨U+%04X⟩", c);
  else
    g_string_append_unichar (out, c);
}

static char *
display (const char *text,
         gsize       length,
         gsize       max_chars,
         gboolean    with_lines)
{
  g_autoptr (GString) out = g_string_sized_new (MIN (length, max_chars) + 16);
  const char *end = text + length;
  gsize       n_chars = 0;

  while (text < end && n_chars++ < max_chars)
    {
      gunichar c = g_utf8_get_char_validated (text, end - text);

      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          g_string_append_printf (out, "⟨%02X⟩", (guchar) *text);
          text++;
        }
      else
        {
          append_char (out, c, with_lines);
          text = g_utf8_next_char (text);
        }
    }

  if (text < end)
    g_string_append (out, "…");

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * backstay_display_text_len:
 * @text: bytes that should be UTF-8
 * @length: their number
 * @max_chars: how many characters to show; the rest is announced, never silently cut
 *
 * Makes a text safe to show in one line, and honest: control characters, bidirectional controls,
 * invisible characters and bytes that are not UTF-8 are shown by their code.
 *
 * Returns: (transfer full): text for a label
 */
char *
backstay_display_text_len (const char *text,
                           gsize       length,
                           gsize       max_chars)
{
  g_return_val_if_fail (text != NULL, NULL);

  return display (text, length, max_chars, FALSE);
}

/**
 * backstay_display_text_lines:
 * @text: notes
 *
 * As backstay_display_text_len(), but with line breaks and tabs as they are.
 *
 * Returns: (transfer full): text for a label of several lines
 */
char *
backstay_display_text_lines (const char *text)
{
  g_auto (GStrv) lines = NULL;
  g_autofree char *joined = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  /* A carriage return before the line feed is no mystery. */
  lines = g_strsplit (text, "\r\n", -1);
  joined = g_strjoinv ("\n", lines);

  return display (joined, strlen (joined), 50000, TRUE);
}

/**
 * backstay_display_text:
 * @text: a text of the database's
 *
 * As backstay_display_text_len(), for names: blanks at the ends, which tell two of them apart, are
 * made visible too.
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

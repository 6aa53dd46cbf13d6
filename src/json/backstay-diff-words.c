/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-words"

#include "config.h"

#include "backstay-diff-words.h"

/* A text falls into words, runs of blanks, line breaks, and single signs. This follows Unicode's
 * annexes 29 (words and characters as people see them) and 51 (emoji) as far as it can be seen:
 * an accent stays with its letter, a family of emoji stays together, 7.5 and don't are one word.
 * Scripts that put no space between words are taken apart sign by sign. */

#define ZERO_WIDTH_NON_JOINER 0x200c
#define ZERO_WIDTH_JOINER 0x200d

typedef enum
{
  KIND_BREAK,
  KIND_BLANK,
  KIND_LETTER,
  KIND_DIGIT,
  KIND_FLAG, /* Two of them are one sign, a country's. */
  KIND_SIGN,
} CharKind;

/* Whether a letter of this script is a word of its own. */
static gboolean
is_written_without_spaces (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
    case G_UNICODE_SCRIPT_TIBETAN:
    case G_UNICODE_SCRIPT_YI:
      return TRUE;

    default:
      return FALSE;
    }
}

static CharKind
classify_ascii (gunichar c)
{
  if (g_ascii_isdigit (c))
    return KIND_DIGIT;
  if (g_ascii_isalpha (c) || c == '_')
    return KIND_LETTER;
  if (c == '\n' || c == '\r')
    return KIND_BREAK;
  if (c == ' ' || c == '\t')
    return KIND_BLANK;

  return KIND_SIGN;
}

static CharKind
classify (gunichar c)
{
  if (c < 0x80)
    return classify_ascii (c);

  switch (g_unichar_type (c))
    {
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return KIND_BREAK;

    case G_UNICODE_SPACE_SEPARATOR:
      return KIND_BLANK;

    case G_UNICODE_DECIMAL_NUMBER:
      return KIND_DIGIT;

    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_CONNECT_PUNCTUATION:
      return is_written_without_spaces (c) ? KIND_SIGN : KIND_LETTER;

    default:
      return c >= 0x1f1e6 && c <= 0x1f1ff ? KIND_FLAG : KIND_SIGN;
    }
}

/* Whether @c only makes sense together with what stands before it. */
static gboolean
is_extension (gunichar c)
{
  if (c < 0x300)
    return FALSE;

  return g_unichar_ismark (c) ||
         c == ZERO_WIDTH_NON_JOINER ||
         c == ZERO_WIDTH_JOINER ||
         (c >= 0x1f3fb && c <= 0x1f3ff) || /* The colours of skin. */
         (c >= 0xe0020 && c <= 0xe007f) || /* The tags of regional flags. */
         c == 0xff9e || c == 0xff9f;       /* The voice marks of narrow Katakana. */
}

/* Takes what belongs to the character that ends at @p. A joiner glues the next sign to it, but not
 * the next word. */
static const char *
skip_extensions (const char *p,
                 const char *end)
{
  while (p < end)
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_extension (c))
        break;

      p = g_utf8_next_char (p);

      if (c == ZERO_WIDTH_JOINER && p < end && classify (g_utf8_get_char (p)) == KIND_SIGN)
        p = g_utf8_next_char (p);
    }

  return p;
}

static gboolean
is_of_word (CharKind kind)
{
  return kind == KIND_LETTER || kind == KIND_DIGIT;
}

/* Whether a sign between two characters holds them together: don't, 7.5, 10,000. */
static gboolean
is_inner_sign (gunichar c,
               CharKind before,
               CharKind after)
{
  switch (c)
    {
    case '\'':
    case 0x2019: /* The apostrophe as printers set it. */
      return before == KIND_LETTER && after == KIND_LETTER;

    case '.':
    case ',':
      return before == KIND_DIGIT && after == KIND_DIGIT;

    default:
      return FALSE;
    }
}

static const char *
skip_word (const char *p,
           const char *end)
{
  CharKind last = KIND_SIGN;

  while (p < end)
    {
      gunichar    c = g_utf8_get_char (p);
      CharKind    kind = classify (c);
      const char *next = g_utf8_next_char (p);

      if (is_of_word (kind))
        {
          last = kind;
          p = skip_extensions (next, end);
        }
      else if (next < end && is_inner_sign (c, last, classify (g_utf8_get_char (next))))
        {
          p = next;
        }
      else
        {
          break;
        }
    }

  return p;
}

static const char *
skip_blanks (const char *p,
             const char *end)
{
  while (p < end && classify (g_utf8_get_char (p)) == KIND_BLANK)
    p = g_utf8_next_char (p);

  return skip_extensions (p, end);
}

/* Returns where the word that begins at @p ends. */
static const char *
skip_one (const char *p,
          const char *end,
          CharKind    kind)
{
  const char *next = g_utf8_next_char (p);

  switch (kind)
    {
    case KIND_BREAK:
      return *p == '\r' && next < end && *next == '\n' ? next + 1 : next;

    case KIND_BLANK:
      return skip_blanks (p, end);

    case KIND_LETTER:
    case KIND_DIGIT:
      return skip_word (p, end);

    case KIND_FLAG:
      if (next < end && classify (g_utf8_get_char (next)) == KIND_FLAG)
        next = g_utf8_next_char (next);
      return skip_extensions (next, end);

    case KIND_SIGN:
    default:
      return skip_extensions (next, end);
    }
}

/*
 * backstay_diff_words_split:
 * @text: (array length=length): valid UTF-8, which may hold U+0000
 * @length: its length in bytes, below 4 GiB
 *
 * Takes a text apart into pieces that can be compared one by one.
 *
 * Returns: (transfer full) (element-type BackstayDiffWord): all of the text, in order
 */
GArray *
backstay_diff_words_split (const char *text,
                           gsize       length)
{
  GArray     *words = g_array_new (FALSE, FALSE, sizeof (BackstayDiffWord));
  const char *end = text + length;

  for (const char *p = text, *next; p < end; p = next)
    {
      CharKind         kind = classify (g_utf8_get_char (p));
      BackstayDiffWord word = { .offset = (guint32) (p - text), .is_blank = kind == KIND_BLANK };

      next = skip_one (p, end, kind);
      word.length = (guint32) (next - p);
      g_array_append_val (words, word);
    }

  return words;
}

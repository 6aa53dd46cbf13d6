/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-string"

#include "config.h"

#include <string.h>

#include "backstay-json-string.h"

static guint
decode_code_unit (const char *digits)
{
  guint unit = 0;

  for (guint i = 0; i < 4; i++)
    unit = unit * 16 + (guint) g_ascii_xdigit_value (digits[i]);

  return unit;
}

/* Decodes the "\u" escape at @escape, with the second half of a surrogate pair, and returns the
 * place behind it. */
static const char *
decode_unicode_escape (const char *escape,
                       char      **out)
{
  guint unit = decode_code_unit (escape + 2);
  guint low;

  if (!backstay_json_is_surrogate (unit))
    {
      *out += g_unichar_to_utf8 (unit, *out);
      return escape + 6;
    }

  low = decode_code_unit (escape + 8);
  *out += g_unichar_to_utf8 (0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff), *out);

  return escape + 12;
}

static char
decode_short_escape (char letter)
{
  switch (letter)
    {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return letter; /* A quote, a backslash or a slash. */
    }
}

/*
 * backstay_json_string_decode:
 * @lexeme: a valid string with its quotes
 * @length: its length in bytes
 * @decoded_length: (out) (optional): the length of the result in bytes
 *
 * Resolves the escapes of a string. No escape is shorter than what it stands for, so the result
 * fits in the room of the lexeme.
 *
 * Returns: (transfer full): UTF-8 and a final NUL; U+0000 may also come before the end
 */
char *
backstay_json_string_decode (const char *lexeme,
                             gsize       length,
                             gsize      *decoded_length)
{
  const char *p = lexeme + 1;
  const char *end = lexeme + length - 1;
  char       *decoded = g_malloc (length - 1);
  char       *out = decoded;

  while (p < end)
    {
      const char *escape = memchr (p, '\\', (gsize) (end - p));
      gsize       n_plain = (gsize) ((escape != NULL ? escape : end) - p);

      memcpy (out, p, n_plain);
      out += n_plain;

      if (escape == NULL)
        break;

      if (escape[1] == 'u')
        {
          p = decode_unicode_escape (escape, &out);
        }
      else
        {
          *out++ = decode_short_escape (escape[1]);
          p = escape + 2;
        }
    }

  *out = '\0';

  if (decoded_length != NULL)
    *decoded_length = (gsize) (out - decoded);

  return decoded;
}

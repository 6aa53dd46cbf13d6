/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-scan"

#include "config.h"

#include "backstay-json-scan.h"
#include "backstay-json-string.h"

const guint8 *
backstay_json_scan_fail (BackstayJsonScan *scan,
                         BackstayJsonFault fault,
                         const guint8     *at)
{
  scan->fault = fault;
  scan->fault_at = at;

  return NULL;
}

static inline gboolean
is_digit (guint8 byte)
{
  return (guint8) (byte - '0') < 10;
}

static inline const guint8 *
skip_digits (const guint8 *p,
             const guint8 *end)
{
  while (p < end && is_digit (*p))
    p++;

  return p;
}

/* Skips the digits at @p, of which there must be one at least. */
static const guint8 *
scan_digits (BackstayJsonScan *scan,
             const guint8     *p,
             BackstayJsonFault fault)
{
  if (p == scan->end || !is_digit (*p))
    return backstay_json_scan_fail (scan, fault, p);

  return skip_digits (p + 1, scan->end);
}

static const guint8 *
scan_exponent (BackstayJsonScan *scan,
               const guint8     *p)
{
  if (p < scan->end && (*p == '+' || *p == '-'))
    p++;

  return scan_digits (scan, p, BACKSTAY_JSON_FAULT_EXPONENT);
}

const guint8 *
backstay_json_scan_number (BackstayJsonScan *scan,
                           const guint8     *p)
{
  const guint8 *first;

  if (*p == '-')
    p++;

  first = p;

  if ((p = scan_digits (scan, p, BACKSTAY_JSON_FAULT_DIGIT)) == NULL)
    return NULL;

  if (*first == '0' && p - first > 1)
    return backstay_json_scan_fail (scan, BACKSTAY_JSON_FAULT_LEADING_ZERO, first);

  if (p < scan->end && *p == '.')
    if ((p = scan_digits (scan, p + 1, BACKSTAY_JSON_FAULT_FRACTION)) == NULL)
      return NULL;

  if (p < scan->end && (*p == 'e' || *p == 'E'))
    return scan_exponent (scan, p + 1);

  return p;
}

static inline gboolean
is_continuation (guint8 byte)
{
  return (byte & 0xc0) == 0x80;
}

/* The second byte of a character is where overlong forms, surrogates and what lies beyond U+10FFFF
 * are told from the rest; any later one must only be a continuation. */
static inline gboolean
is_second_byte (guint8 first,
                guint8 second)
{
  switch (first)
    {
    case 0xe0:
      return second >= 0xa0 && second <= 0xbf;
    case 0xed:
      return second >= 0x80 && second <= 0x9f;
    case 0xf0:
      return second >= 0x90 && second <= 0xbf;
    case 0xf4:
      return second >= 0x80 && second <= 0x8f;
    default:
      return is_continuation (second);
    }
}

static const guint8 *
scan_character (BackstayJsonScan *scan,
                const guint8     *p)
{
  gsize length = *p < 0xe0 ? 2 : (*p < 0xf0 ? 3 : 4);

  if (*p < 0xc2 || *p > 0xf4 || (gsize) (scan->end - p) < length || !is_second_byte (p[0], p[1]))
    return backstay_json_scan_fail (scan, BACKSTAY_JSON_FAULT_ENCODING, p);

  for (gsize i = 2; i < length; i++)
    if (!is_continuation (p[i]))
      return backstay_json_scan_fail (scan, BACKSTAY_JSON_FAULT_ENCODING, p);

  return p + length;
}

/* Reads the four digits behind the "\u" at @p. */
static const guint8 *
scan_code_unit (BackstayJsonScan *scan,
                const guint8     *p,
                guint            *unit)
{
  *unit = 0;

  for (guint i = 2; i < 6; i++)
    {
      int digit = p + i < scan->end ? g_ascii_xdigit_value ((char) p[i]) : -1;

      if (digit < 0)
        return backstay_json_scan_fail (scan, BACKSTAY_JSON_FAULT_HEXADECIMAL, p);

      *unit = *unit * 16 + (guint) digit;
    }

  return p + 6;
}

static const guint8 *
scan_unicode_escape (BackstayJsonScan *scan,
                     const guint8     *p)
{
  const guint8 *begin = p;
  guint         high;
  guint         low;

  if ((p = scan_code_unit (scan, p, &high)) == NULL)
    return NULL;

  if (!backstay_json_is_surrogate (high))
    return p;

  if (!backstay_json_is_high_surrogate (high) || scan->end - p < 2 || p[0] != '\\' || p[1] != 'u')
    return backstay_json_scan_fail (scan, BACKSTAY_JSON_FAULT_SURROGATE, begin);

  if ((p = scan_code_unit (scan, p, &low)) == NULL)
    return NULL;

  if (!backstay_json_is_low_surrogate (low))
    return backstay_json_scan_fail (scan, BACKSTAY_JSON_FAULT_SURROGATE, begin);

  return p;
}

static const guint8 *
scan_escape (BackstayJsonScan *scan,
             const guint8     *p)
{
  if (p + 1 == scan->end)
    return backstay_json_scan_fail (scan, BACKSTAY_JSON_FAULT_ESCAPE, p);

  switch (p[1])
    {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
      return p + 2;
    case 'u':
      return scan_unicode_escape (scan, p);
    default:
      return backstay_json_scan_fail (scan, BACKSTAY_JSON_FAULT_ESCAPE, p);
    }
}

/* Goes on in the string that begins at @begin, from @p, where the first byte is that does not mean
 * itself. */
const guint8 *
backstay_json_scan_string_rest (BackstayJsonScan *scan,
                                const guint8     *begin,
                                const guint8     *p)
{
  while (p < scan->end && *p != '"')
    {
      if (*p == '\\')
        p = scan_escape (scan, p);
      else if (*p >= 0x80)
        p = scan_character (scan, p);
      else
        return backstay_json_scan_fail (scan, BACKSTAY_JSON_FAULT_CONTROL_CHARACTER, p);

      if (p == NULL)
        return NULL;

      p = backstay_json_skip_plain (p, scan->end);
    }

  if (p == scan->end)
    return backstay_json_scan_fail (scan, BACKSTAY_JSON_FAULT_OPEN_STRING, begin);

  return p + 1;
}

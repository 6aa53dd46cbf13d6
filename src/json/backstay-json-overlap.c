/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-overlap"

#include "config.h"

#include <string.h>

#include "backstay-json-overlap.h"

#define BLOCK_SIZE 4096

static gsize
count_prefix (const char *a,
              const char *b,
              gsize       length)
{
  gsize n = 0;

  while (length - n >= BLOCK_SIZE && memcmp (a + n, b + n, BLOCK_SIZE) == 0)
    n += BLOCK_SIZE;

  while (n < length && a[n] == b[n])
    n++;

  return n;
}

static gsize
count_suffix (const char *a_end,
              const char *b_end,
              gsize       length)
{
  gsize n = 0;

  while (length - n >= BLOCK_SIZE &&
         memcmp (a_end - n - BLOCK_SIZE, b_end - n - BLOCK_SIZE, BLOCK_SIZE) == 0)
    n += BLOCK_SIZE;

  while (n < length && a_end[-1 - (gssize) n] == b_end[-1 - (gssize) n])
    n++;

  return n;
}

/*
 * backstay_json_overlap:
 * @a: (array length=a_size): a text
 * @a_size: its length in bytes
 * @b: (array length=b_size): another one
 * @b_size: its length in bytes
 *
 * Counts the bytes that two texts have in common at their start and at their end, which is what
 * makes diff (1) fast where little has changed. The two parts can share bytes of the shorter text,
 * where what is new is like what is beside it; it is for the caller to decide which part has them.
 *
 * Returns: the numbers of bytes
 */
BackstayJsonOverlap
backstay_json_overlap (const char *a,
                       gsize       a_size,
                       const char *b,
                       gsize       b_size)
{
  BackstayJsonOverlap overlap;

  overlap.prefix = count_prefix (a, b, MIN (a_size, b_size));
  overlap.suffix = count_suffix (a + a_size, b + b_size, MIN (a_size, b_size));

  return overlap;
}

static void
strip (const char *text,
       gsize      *begin,
       gsize      *end)
{
  while (*begin < *end && memchr (" \t\n\r", text[*begin], 4) != NULL)
    (*begin)++;
  while (*end > *begin && memchr (" \t\n\r", text[*end - 1], 4) != NULL)
    (*end)--;
}

/*
 * backstay_json_overlap_trim:
 * @text: a text
 * @begin: (inout): where a child of a container ends, or the container begins, behind its bracket
 * @end: (inout): where a later child begins, or the container's other bracket is
 * @has_first: whether it is a child that ends
 * @has_last: whether it is a child that begins
 *
 * Finds the text of the children between, without the commas around it.
 *
 * Returns: %FALSE if those are not as they must be
 */
gboolean
backstay_json_overlap_trim (const char *text,
                            gsize      *begin,
                            gsize      *end,
                            gboolean    has_first,
                            gboolean    has_last)
{
  strip (text, begin, end);

  if (has_first)
    {
      if (*begin == *end)
        return !has_last;
      if (text[(*begin)++] != ',')
        return FALSE;

      strip (text, begin, end);

      if (*begin == *end)
        return has_last;
    }

  if (has_last && *begin < *end)
    {
      if (text[--*end] != ',')
        return FALSE;

      strip (text, begin, end);

      return *begin < *end;
    }

  return TRUE;
}

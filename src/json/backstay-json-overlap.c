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

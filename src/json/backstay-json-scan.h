/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <string.h>

#include "backstay-json-fault.h"

G_BEGIN_DECLS

/* The words of the language: each function takes the place where one begins and returns the place
 * behind it, or NULL after noting what is wrong. */
typedef struct
{
  const guint8     *end;
  const guint8     *fault_at;
  BackstayJsonFault fault;
} BackstayJsonScan;

const guint8 *backstay_json_scan_fail (BackstayJsonScan *scan,
                                       BackstayJsonFault fault,
                                       const guint8     *at);
const guint8 *backstay_json_scan_number (BackstayJsonScan *scan,
                                         const guint8     *p);
const guint8 *backstay_json_scan_string_rest (BackstayJsonScan *scan,
                                              const guint8     *begin,
                                              const guint8     *p);

/* Skips the bytes of a string that mean themselves: ASCII but for the quote, the backslash and
 * control characters. Eight bytes are looked at together: subtracting borrows into the highest
 * bit of just those bytes that are too small. A borrow can also reach the bytes after the first
 * such one, so that only the first mark can be trusted, and it is the only one used. */
static inline const guint8 *
backstay_json_skip_plain (const guint8 *p,
                          const guint8 *end)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);

  while (end - p >= 8)
    {
      guint64 bytes;
      guint64 quotes;
      guint64 backslashes;
      guint64 marks;

      memcpy (&bytes, p, sizeof bytes);
      bytes = GUINT64_FROM_LE (bytes);
      quotes = bytes ^ (ones * '"');
      backslashes = bytes ^ (ones * '\\');
      marks = bytes | (bytes - ones * 0x20) | (quotes - ones) | (backslashes - ones);
      marks &= ones * 0x80;

      if (marks != 0)
        return p + __builtin_ctzll (marks) / 8;

      p += 8;
    }

  while (p < end && *p >= 0x20 && *p < 0x80 && *p != '"' && *p != '\\')
    p++;

  return p;
}

static inline const guint8 *
backstay_json_scan_string (BackstayJsonScan *scan,
                           const guint8     *p)
{
  const guint8 *q = backstay_json_skip_plain (p + 1, scan->end);

  if (G_LIKELY (q < scan->end && *q == '"'))
    return q + 1;

  return backstay_json_scan_string_rest (scan, p, q);
}

static inline const guint8 *
backstay_json_skip_space (const guint8 *p,
                          const guint8 *end)
{
  while (p < end && *p <= ' ' && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
    p++;

  return p;
}

G_END_DECLS

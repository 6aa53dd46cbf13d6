/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

/* What a scalar says: the part of a string between its quotes, or all of a lexeme without. */
typedef struct
{
  const char *begin;
  const char *end;
} BackstayJsonSpan;

static inline BackstayJsonSpan
backstay_json_get_span (BackstayJson    *json,
                        BackstayJsonNode node)
{
  gsize       length;
  const char *lexeme = backstay_json_get_lexeme (json, node, &length);

  if (*lexeme == '"')
    return (BackstayJsonSpan){ lexeme + 1, lexeme + length - 1 };

  return (BackstayJsonSpan){ lexeme, lexeme + length };
}

/* The length in bytes of a character, or of an escape sequence with all that belongs to it. */
static inline gsize
backstay_json_get_piece_length (const char *p)
{
  if (p[0] != '\\')
    return (gsize) (g_utf8_next_char (p) - p);

  if (p[1] != 'u')
    return 2;

  /* A high surrogate is never alone. */
  return (p[2] == 'd' || p[2] == 'D') && g_ascii_xdigit_value (p[3]) >= 8 ? 12 : 6;
}

G_END_DECLS

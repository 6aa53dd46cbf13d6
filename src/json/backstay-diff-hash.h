/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <string.h>

#include "backstay-json-private.h"

G_BEGIN_DECLS

guint64 backstay_diff_hash_string (const char *lexeme,
                                   gsize       length);
void    backstay_diff_hash_nodes (BackstayJson    *json,
                                  BackstayJsonNode first,
                                  BackstayJsonNode end,
                                  guint64         *hashes);

gboolean backstay_diff_strings_equal (const char *a,
                                      gsize       a_length,
                                      const char *b,
                                      gsize       b_length);
gboolean backstay_diff_keys_equal (BackstayJson             *a_json,
                                   const BackstayJsonRecord *a,
                                   BackstayJson             *b_json,
                                   const BackstayJsonRecord *b);
gboolean backstay_diff_scalars_equal (BackstayJson             *a_json,
                                      const BackstayJsonRecord *a,
                                      BackstayJson             *b_json,
                                      const BackstayJsonRecord *b);

/* Whether two keys are written the same. What lies between a key and its value is compared along
 * with it, which spares looking for the end; so only TRUE can be trusted. */
static inline gboolean
backstay_diff_keys_look_same (BackstayJson             *a_json,
                              const BackstayJsonRecord *a,
                              BackstayJson             *b_json,
                              const BackstayJsonRecord *b)
{
  gsize length = a->value - a->key;

  return length == b->value - b->key &&
         memcmp (a_json->data + a->key, b_json->data + b->key, length) == 0;
}

G_END_DECLS

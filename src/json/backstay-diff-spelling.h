/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <string.h>

#include "backstay-json.h"

G_BEGIN_DECLS

/* Of two values that the diff found to be equal but spelt otherwise: whether they are spelt the
 * same, so that what differs is only the spelling of their keys. Containers are, as what differs
 * in them has rows of its own. */
static inline gboolean
backstay_diff_values_spelt_same (BackstayJson    *before,
                                 BackstayJsonNode before_node,
                                 BackstayJson    *after,
                                 BackstayJsonNode after_node)
{
  gsize       before_length;
  gsize       after_length;
  const char *before_lexeme = backstay_json_get_lexeme (before, before_node, &before_length);
  const char *after_lexeme = backstay_json_get_lexeme (after, after_node, &after_length);

  return backstay_json_is_container (after, after_node) ||
         (before_length == after_length && memcmp (before_lexeme, after_lexeme, after_length) == 0);
}

G_END_DECLS

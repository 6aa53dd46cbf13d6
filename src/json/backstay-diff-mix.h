/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One step of a hash: a multiplication spreads the bits upward, and the shift brings the best of
 * them back down. It need not withstand an attacker's collisions, as equal hashes are never taken
 * for equal values. */
static inline guint64
backstay_diff_mix (guint64 hash,
                   guint64 word)
{
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  hash ^= hash >> 32;
  hash *= G_GUINT64_CONSTANT (0xd6e8feb86659fd93);

  return hash ^ (hash >> 29);
}

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *backstay_json_string_decode (const char *lexeme,
                                   gsize       length,
                                   gsize      *decoded_length) G_GNUC_WARN_UNUSED_RESULT;

static inline gboolean
backstay_json_is_surrogate (guint unit)
{
  return (unit & 0xf800) == 0xd800;
}

static inline gboolean
backstay_json_is_high_surrogate (guint unit)
{
  return (unit & 0xfc00) == 0xd800;
}

static inline gboolean
backstay_json_is_low_surrogate (guint unit)
{
  return (unit & 0xfc00) == 0xdc00;
}

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Appends bytes that are not the string's own. Where so many short pieces are put together that to
 * call g_string_append_len() is most of the work, this is several times as fast. */
static inline void
backstay_json_append (GString    *out,
                      const char *bytes,
                      gsize       length)
{
  if (G_UNLIKELY (out->allocated_len - out->len <= length))
    {
      g_string_append_len (out, bytes, (gssize) length);
      return;
    }

  memcpy (out->str + out->len, bytes, length);
  out->len += length;
  out->str[out->len] = '\0';
}

G_END_DECLS

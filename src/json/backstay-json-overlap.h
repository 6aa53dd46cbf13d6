/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What two texts begin and end with alike. */
typedef struct
{
  gsize prefix;
  gsize suffix;
} BackstayJsonOverlap;

BackstayJsonOverlap backstay_json_overlap (const char *a,
                                           gsize       a_size,
                                           const char *b,
                                           gsize       b_size);
gboolean            backstay_json_overlap_trim (const char *text,
                                                gsize      *begin,
                                                gsize      *end,
                                                gboolean    has_first,
                                                gboolean    has_last);

G_END_DECLS

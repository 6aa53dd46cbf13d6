/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff.h"

G_BEGIN_DECLS

/* What `backstay diff` prints. */
typedef enum
{
  BACKSTAY_DIFF_FORMAT_SENTENCES,
  BACKSTAY_DIFF_FORMAT_JSON_PATCH,
  BACKSTAY_DIFF_FORMAT_MERGE_PATCH,
  BACKSTAY_DIFF_FORMAT_SUMMARY,
} BackstayDiffFormat;

gboolean backstay_diff_output_print (BackstayDiff      *diff,
                                     BackstayDiffFormat format,
                                     gboolean           with_colour,
                                     gboolean           with_spelling,
                                     GError           **error);

G_END_DECLS

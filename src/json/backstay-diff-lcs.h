/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an element has that goes with none on the other side. */
#define BACKSTAY_DIFF_NO_MATCH G_MAXUINT32

/* Two sequences of the hashes of elements. */
typedef struct
{
  const guint64 *x;
  const guint64 *y;
  guint32        n_x;
  guint32        n_y;
} BackstayDiffHashes;

/* Two sequences of small numbers, of which equal ones stand for equal elements. */
typedef struct
{
  const guint32 *x;
  const guint32 *y;
  guint32        n_x;
  guint32        n_y;
  guint32        n_labels; /* All numbers are below it. */
} BackstayDiffLabels;

guint32  backstay_diff_lcs_chain (const guint32 *values,
                                  guint32        n,
                                  guint32       *chain);
gboolean backstay_diff_lcs_few_edits (const BackstayDiffHashes *hashes,
                                      guint32                   max_edits,
                                      guint32                  *matches);
void     backstay_diff_lcs_bits (const BackstayDiffLabels *labels,
                                 guint32                  *matches);
void     backstay_diff_lcs (const guint64 *x,
                            guint32        n_x,
                            const guint64 *y,
                            guint32        n_y,
                            guint32       *matches);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff-lcs.h"
#include "backstay-diff-private.h"

G_BEGIN_DECLS

/* Elements of two arrays that are being brought together. Which of the two documents is x depends
 * on the elements alone, so that comparing the other way around finds the same. */
typedef struct
{
  BackstayDiffContext *context;
  guint                sides[2]; /* The document of x, and that of y. */
  BackstayJsonNode     first[2];
  guint32              n[2];
  const guint64       *hashes[2];
  guint32             *matches[2]; /* For each element, the place of its partner. */
  guint8              *moved;      /* For each element of x, whether it changes its order. */
} BackstayDiffAlign;

void backstay_diff_align (BackstayDiffContext *context,
                          BackstayJsonNode     before,
                          guint32              n_before,
                          BackstayJsonNode     after,
                          guint32              n_after);

gboolean backstay_diff_match_leftovers (BackstayDiffAlign *align,
                                        gboolean           scalars);
gboolean backstay_diff_match_identities (BackstayDiffAlign *align);
void     backstay_diff_match_gap (BackstayDiffAlign *align,
                                  const guint32     *begin,
                                  const guint32     *end);

gboolean backstay_diff_get_identity (BackstayDiffContext *context,
                                     guint                side,
                                     BackstayJsonNode     node,
                                     const char          *key,
                                     guint64             *identity);
guint    backstay_diff_get_likeness (BackstayDiffContext *context,
                                     BackstayJsonNode     before,
                                     BackstayJsonNode     after);

static inline void
backstay_diff_set_match (BackstayDiffAlign *align,
                         guint32            x,
                         guint32            y)
{
  align->matches[0][x] = y;
  align->matches[1][y] = x;
}

static inline gboolean
backstay_diff_is_scalar (const BackstayDiffContext *context,
                         guint                      side,
                         BackstayJsonNode           node)
{
  char first = context->json[side]->data[backstay_diff_get_record (context, side, node)->value];

  return first != '{' && first != '[';
}

G_END_DECLS

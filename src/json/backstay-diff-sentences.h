/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff.h"

G_BEGIN_DECLS

/**
 * BackstayDiffSentences:
 * @diff: (transfer none): the diff, which must live as long
 * @next_row: where to go on
 *
 * Walks through a diff from one change to the next. Lives on the stack.
 */
typedef struct
{
  BackstayDiff   *diff;
  BackstayDiffRow next_row;
} BackstayDiffSentences;

void  backstay_diff_sentences_init (BackstayDiffSentences *self,
                                    BackstayDiff          *diff);
char *backstay_diff_sentences_next (BackstayDiffSentences *self,
                                    BackstayDiffRow       *row) G_GNUC_WARN_UNUSED_RESULT;
char *backstay_diff_dup_sentence (BackstayDiff   *diff,
                                  BackstayDiffRow row) G_GNUC_WARN_UNUSED_RESULT;
char *backstay_diff_counts_dup_summary (const BackstayDiffCounts *counts) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

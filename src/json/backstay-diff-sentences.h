/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff.h"

G_BEGIN_DECLS

#define BACKSTAY_DIFF_SENTENCES_N_WORDS 4
#define BACKSTAY_DIFF_SENTENCES_MAX_FORMATS 9

/**
 * BackstayDiffSentences:
 * @diff: (transfer none): the diff, which must live as long
 * @next_row: where to go on
 *
 * Walks through a diff from one change to the next. Lives on the stack, and is
 * cleared with backstay_diff_sentences_clear().
 */
typedef struct
{
  BackstayDiff   *diff;
  BackstayDiffRow next_row;

  /*< private >*/
  GString         *sentence;
  GString         *words[BACKSTAY_DIFF_SENTENCES_N_WORDS];
  const char      *formats[BACKSTAY_DIFF_SENTENCES_MAX_FORMATS]; /* Translated. */
  GString         *path;                                         /* Of the last subject; it begins with that of its parent. */
  gsize            path_length;                                  /* The parent's. */
  BackstayJson    *path_json;
  BackstayJsonNode path_parent;
} BackstayDiffSentences;

void        backstay_diff_sentences_init (BackstayDiffSentences *self,
                                          BackstayDiff          *diff);
void        backstay_diff_sentences_clear (BackstayDiffSentences *self);
const char *backstay_diff_sentences_next (BackstayDiffSentences *self,
                                          BackstayDiffRow       *row);
char       *backstay_diff_dup_sentence (BackstayDiff   *diff,
                                        BackstayDiffRow row) G_GNUC_WARN_UNUSED_RESULT;
char       *backstay_diff_counts_dup_summary (const BackstayDiffCounts *counts) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BackstayDiffSentences, backstay_diff_sentences_clear)

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff.h"

G_BEGIN_DECLS

/**
 * BackstayDiffMark:
 * @begin: where it begins in the text, in bytes
 * @end: where it ends
 *
 * Words that the other side does not have.
 */
typedef struct
{
  guint begin;
  guint end;
} BackstayDiffMark;

/**
 * BackstayDiffValue:
 * @text: (nullable): text for a label; %NULL where there is no value
 * @marks: (nullable) (element-type BackstayDiffMark): what to mark in it
 *
 * One side of a row.
 */
typedef struct
{
  char   *text;
  GArray *marks;
} BackstayDiffValue;

void     backstay_diff_value_init (BackstayDiffValue *self,
                                   BackstayJson      *json,
                                   BackstayJsonNode   node,
                                   gboolean           whole);
gboolean backstay_diff_value_init_marked (BackstayDiffValue *before_value,
                                          BackstayDiffValue *after_value,
                                          BackstayJson      *before,
                                          BackstayJsonNode   before_node,
                                          BackstayJson      *after,
                                          BackstayJsonNode   after_node,
                                          gboolean           whole,
                                          char             **words);
void     backstay_diff_value_clear (BackstayDiffValue *self);
gboolean backstay_diff_value_is_long (BackstayJson    *json,
                                      BackstayJsonNode node);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BackstayDiffValue, backstay_diff_value_clear)

G_END_DECLS

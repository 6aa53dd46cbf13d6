/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BackstayDiffTextKind:
 * @BACKSTAY_DIFF_TEXT_KIND_SAME: in both texts
 * @BACKSTAY_DIFF_TEXT_KIND_REMOVED: only in the text before
 * @BACKSTAY_DIFF_TEXT_KIND_ADDED: only in the text after
 *
 * What happened to a part of a text.
 */
typedef enum
{
  BACKSTAY_DIFF_TEXT_KIND_SAME,
  BACKSTAY_DIFF_TEXT_KIND_REMOVED,
  BACKSTAY_DIFF_TEXT_KIND_ADDED,
} BackstayDiffTextKind;

/**
 * BackstayDiffTextSegment:
 * @kind: what happened
 * @before_offset: where it begins in the text before, in bytes
 * @before_length: its length there; 0 if it was added
 * @after_offset: where it begins in the text after, in bytes
 * @after_length: its length there; 0 if it was removed
 *
 * A part of two texts. What only one of them has still has a place in the other.
 */
typedef struct
{
  BackstayDiffTextKind kind;
  gsize                before_offset;
  gsize                before_length;
  gsize                after_offset;
  gsize                after_length;
} BackstayDiffTextSegment;

GArray *backstay_diff_text_compare (const char *before,
                                    gsize       before_length,
                                    const char *after,
                                    gsize       after_length) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

/**
 * BackstayDiffKind:
 * @BACKSTAY_DIFF_KIND_UNCHANGED: the same on both sides, all that is below included
 * @BACKSTAY_DIFF_KIND_MODIFIED: a container on both sides, with changes below
 * @BACKSTAY_DIFF_KIND_ADDED: only after
 * @BACKSTAY_DIFF_KIND_REMOVED: only before
 * @BACKSTAY_DIFF_KIND_CHANGED: another value of the same kind
 * @BACKSTAY_DIFF_KIND_TYPE_CHANGED: a value of another kind, such as 7 and "7"
 * @BACKSTAY_DIFF_KIND_RESPELT: an equal value spelt otherwise, such as 1.0 and 1
 *
 * What happened to a value. That an element was moved is told apart, see
 * backstay_diff_get_moved(), as it can be changed too.
 */
typedef enum
{
  BACKSTAY_DIFF_KIND_UNCHANGED,
  BACKSTAY_DIFF_KIND_MODIFIED,
  BACKSTAY_DIFF_KIND_ADDED,
  BACKSTAY_DIFF_KIND_REMOVED,
  BACKSTAY_DIFF_KIND_CHANGED,
  BACKSTAY_DIFF_KIND_TYPE_CHANGED,
  BACKSTAY_DIFF_KIND_RESPELT,
} BackstayDiffKind;

/**
 * BackstayDiffCounts:
 *
 * How many changes there are at a row and below it. A subtree that was added or removed is one
 * change, and so is a block of elements that was moved.
 */
typedef struct
{
  guint32 n_added;
  guint32 n_removed;
  guint32 n_changed; /* Of type too. */
  guint32 n_respelt;
  guint32 n_moved;
} BackstayDiffCounts;

/* A row of the result. Rows are in document order: a container's row comes before those below it.
 * Row 0 is the root. An unchanged, added or removed subtree is one row. */
typedef guint32 BackstayDiffRow;

#define BACKSTAY_DIFF_ROW_NONE G_MAXUINT32

typedef struct _BackstayDiff BackstayDiff;

BackstayDiff    *backstay_diff_new (BackstayJson            *before,
                                    BackstayJson            *after,
                                    const char              *identity_key,
                                    BackstayJsonProgressFunc progress,
                                    gpointer                 user_data,
                                    GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
BackstayDiff    *backstay_diff_ref (BackstayDiff *self);
void             backstay_diff_unref (BackstayDiff *self);
BackstayJson    *backstay_diff_get_before (BackstayDiff *self);
BackstayJson    *backstay_diff_get_after (BackstayDiff *self);
guint            backstay_diff_get_n_rows (BackstayDiff *self);
BackstayDiffKind backstay_diff_get_kind (BackstayDiff   *self,
                                         BackstayDiffRow row);
gboolean         backstay_diff_get_moved (BackstayDiff   *self,
                                          BackstayDiffRow row);
gboolean         backstay_diff_get_move_begins (BackstayDiff   *self,
                                                BackstayDiffRow row);
BackstayDiffRow  backstay_diff_skip_unchanged (BackstayDiff   *self,
                                               BackstayDiffRow row);
BackstayJsonNode backstay_diff_get_before_node (BackstayDiff   *self,
                                                BackstayDiffRow row);
BackstayJsonNode backstay_diff_get_after_node (BackstayDiff   *self,
                                               BackstayDiffRow row);
BackstayDiffRow  backstay_diff_get_parent (BackstayDiff   *self,
                                           BackstayDiffRow row);
BackstayDiffRow  backstay_diff_get_end (BackstayDiff   *self,
                                        BackstayDiffRow row);
void             backstay_diff_get_counts (BackstayDiff       *self,
                                           BackstayDiffRow     row,
                                           BackstayDiffCounts *counts);
guint            backstay_diff_get_n_changes (BackstayDiff *self);
BackstayDiffRow  backstay_diff_get_change (BackstayDiff *self,
                                           guint         n);
guint            backstay_diff_count_changes_before (BackstayDiff   *self,
                                                     BackstayDiffRow row);
BackstayDiffRow  backstay_diff_find_change (BackstayDiff   *self,
                                            BackstayDiffRow from,
                                            int             step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayDiff, backstay_diff_unref)

G_END_DECLS

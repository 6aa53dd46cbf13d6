/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff.h"

G_BEGIN_DECLS

typedef struct _BackstayDiffRuns BackstayDiffRuns;

/**
 * BackstayDiffEntry:
 * @row: the diff's row; inside of a subtree that is one row, that row
 * @node: %BACKSTAY_JSON_NODE_NONE for the row itself; inside of such a subtree the node, of the side
 *   that has it, or of the after side where both have it
 * @hidden_end: 0, or the diff's row behind those that are hidden: they begin with @row
 * @expanded: whether the next ones are below it
 *
 * What stands in one place of a list of a diff's rows.
 */
typedef struct
{
  BackstayDiffRow  row;
  BackstayJsonNode node;
  BackstayDiffRow  hidden_end;
  gboolean         expanded;
} BackstayDiffEntry;

BackstayDiffRuns *backstay_diff_runs_new_everything (BackstayDiff *diff) G_GNUC_WARN_UNUSED_RESULT;
BackstayDiffRuns *backstay_diff_runs_new_changes (BackstayDiff *diff,
                                                  gboolean      spelling,
                                                  guint         n_context) G_GNUC_WARN_UNUSED_RESULT;
BackstayDiffRuns *backstay_diff_runs_new_below (BackstayDiff   *diff,
                                                BackstayDiffRow row,
                                                gboolean        spelling,
                                                guint           n_context) G_GNUC_WARN_UNUSED_RESULT;
BackstayDiffRuns *backstay_diff_runs_new_rows (BackstayDiff   *diff,
                                               BackstayDiffRow row,
                                               BackstayDiffRow end) G_GNUC_WARN_UNUSED_RESULT;
BackstayDiffRuns *backstay_diff_runs_new_children (BackstayDiff    *diff,
                                                   BackstayDiffRow  row,
                                                   BackstayJsonNode node) G_GNUC_WARN_UNUSED_RESULT;
BackstayDiffRuns *backstay_diff_runs_copy (BackstayDiffRuns *self) G_GNUC_WARN_UNUSED_RESULT;
BackstayDiffRuns *backstay_diff_runs_copy_ranges (const BackstayDiffRuns *self,
                                                  GArray                 *ranges) G_GNUC_WARN_UNUSED_RESULT;
BackstayDiffRuns *backstay_diff_runs_intersect (const BackstayDiffRuns *self,
                                                const BackstayDiffRuns *other) G_GNUC_WARN_UNUSED_RESULT;
void              backstay_diff_runs_free (BackstayDiffRuns *self);
guint             backstay_diff_runs_get_n (const BackstayDiffRuns *self);
void              backstay_diff_runs_get (const BackstayDiffRuns *self,
                                          guint                   position,
                                          BackstayDiffEntry      *entry);
guint64           backstay_diff_runs_make_key (const BackstayDiffEntry *entry);
guint64           backstay_diff_runs_get_key (const BackstayDiffRuns *self,
                                              guint                   position);
gboolean          backstay_diff_runs_search (const BackstayDiffRuns *self,
                                             guint64                 key,
                                             guint                  *position);
guint             backstay_diff_runs_get_end_below (const BackstayDiffRuns *self,
                                                    guint                   position);
void              backstay_diff_runs_insert (BackstayDiffRuns *self,
                                             guint             position,
                                             BackstayDiffRuns *added);
void              backstay_diff_runs_remove (BackstayDiffRuns *self,
                                             guint             position,
                                             guint             n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayDiffRuns, backstay_diff_runs_free)

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff-runs.h"
#include "backstay-run-index.h"

G_BEGIN_DECLS

typedef enum
{
  BACKSTAY_DIFF_RUN_ROWS,   /* Consecutive rows of the diff. */
  BACKSTAY_DIFF_RUN_HIDDEN, /* One entry for rows of the diff that are siblings, with all below them. */
  BACKSTAY_DIFF_RUN_NODES,  /* Siblings inside of a subtree that is one row. */
} BackstayDiffRunKind;

typedef struct
{
  guint               position; /* Of the first entry. */
  BackstayDiffRunKind kind;
  BackstayDiffRow     row;   /* The first one; of nodes the one that they are in. */
  guint32             value; /* The row behind those that are hidden, or the first node. */
} BackstayDiffRun;

struct _BackstayDiffRuns
{
  BackstayDiff    *diff;
  GArray          *runs; /* Of BackstayDiffRun. */
  guint            n;
  BackstayRunIndex index;      /* Of the runs, by their positions. */
  gboolean         is_indexed; /* Whether it is up to date. */
};

BackstayDiffRuns *backstay_diff_runs_new (BackstayDiff *diff) G_GNUC_WARN_UNUSED_RESULT;
void              backstay_diff_runs_append (BackstayDiffRuns   *self,
                                             BackstayDiffRunKind kind,
                                             BackstayDiffRow     row,
                                             guint32             value,
                                             guint               n);
void              backstay_diff_runs_append_rows (BackstayDiffRuns *self,
                                                  BackstayDiffRow   row,
                                                  BackstayDiffRow   end);
void              backstay_diff_runs_changed (BackstayDiffRuns *self);
BackstayJson     *backstay_diff_runs_get_side (BackstayDiff     *diff,
                                               BackstayDiffRow   row,
                                               BackstayJsonNode *node);

static inline const BackstayDiffRun *
backstay_diff_runs_get_run (const BackstayDiffRuns *self,
                            guint                   i)
{
  return &g_array_index (self->runs, BackstayDiffRun, i);
}

static inline guint
backstay_diff_runs_get_run_end (const BackstayDiffRuns *self,
                                guint                   i)
{
  return i + 1 < self->runs->len ? backstay_diff_runs_get_run (self, i + 1)->position : self->n;
}

G_END_DECLS

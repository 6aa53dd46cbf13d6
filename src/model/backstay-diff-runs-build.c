/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-runs-build"

#include "config.h"

#include "backstay-diff-runs-private.h"

/* Which rows of a diff are shown at first: all of them, or the changes with their context. */

/*
 * backstay_diff_runs_new:
 * @diff: a diff
 *
 * Returns: (transfer full): a list without entries
 */
BackstayDiffRuns *
backstay_diff_runs_new (BackstayDiff *diff)
{
  BackstayDiffRuns *self = g_new0 (BackstayDiffRuns, 1);

  self->diff = backstay_diff_ref (diff);
  self->runs = g_array_new (FALSE, FALSE, sizeof (BackstayDiffRun));

  return self;
}

/*
 * backstay_diff_runs_append:
 * @kind: what to add
 * @row: the first row, or the one that nodes are in
 * @value: the row behind those that are hidden, or the first node
 * @n: how many entries
 *
 * Adds entries at the end; what follows on the last ones becomes one run with them.
 */
void
backstay_diff_runs_append (BackstayDiffRuns   *self,
                           BackstayDiffRunKind kind,
                           BackstayDiffRow     row,
                           guint32             value,
                           guint               n)
{
  const BackstayDiffRun *last = self->runs->len > 0 ? backstay_diff_runs_get_run (self, self->runs->len - 1) : NULL;
  guint                  n_last = last != NULL ? self->n - last->position : 0;
  BackstayDiffRun        run = { self->n, kind, row, value };
  gboolean               follows = last != NULL && last->kind == kind &&
                     ((kind == BACKSTAY_DIFF_RUN_ROWS && last->row + n_last == row) ||
                      (kind == BACKSTAY_DIFF_RUN_NODES && last->row == row && last->value + n_last == value));

  if (n == 0)
    return;

  if (!follows)
    g_array_append_val (self->runs, run);
  self->n += n;
  backstay_diff_runs_changed (self);
}

void
backstay_diff_runs_append_rows (BackstayDiffRuns *self,
                                BackstayDiffRow   row,
                                BackstayDiffRow   end)
{
  backstay_diff_runs_append (self, BACKSTAY_DIFF_RUN_ROWS, row, 0, end - row);
}

/* A root that is a container on both sides says nothing. */
static BackstayDiffRow
get_first_row (BackstayDiff *diff)
{
  return backstay_diff_get_kind (diff, 0) == BACKSTAY_DIFF_KIND_MODIFIED ? 1 : 0;
}

/**
 * backstay_diff_runs_new_everything:
 * @diff: a diff
 *
 * Returns: (transfer full): all rows
 */
BackstayDiffRuns *
backstay_diff_runs_new_everything (BackstayDiff *diff)
{
  return backstay_diff_runs_new_rows (diff, get_first_row (diff), backstay_diff_get_n_rows (diff));
}

/**
 * backstay_diff_runs_new_rows:
 * @diff: a diff
 * @row: the first row
 * @end: the row behind the last one
 *
 * Returns: (transfer full): rows that follow on each other
 */
BackstayDiffRuns *
backstay_diff_runs_new_rows (BackstayDiff   *diff,
                             BackstayDiffRow row,
                             BackstayDiffRow end)
{
  BackstayDiffRuns *self = backstay_diff_runs_new (diff);

  backstay_diff_runs_append_rows (self, row, end);

  return self;
}

/* Only the changes */

typedef struct
{
  BackstayDiff     *diff;
  BackstayDiffRuns *runs;
  GArray           *levels; /* Of Level: the containers that one is in. */
  gboolean          spelling;
  guint             n_context;
} Walk;

typedef struct
{
  BackstayDiffRow container;
  BackstayDiffRow end;
  BackstayDiffRow next;         /* The child behind the last one that was listed. */
  gboolean        after_change; /* Whether that one is a change. */
} Level;

static gboolean
is_change (Walk           *walk,
           BackstayDiffRow row)
{
  BackstayDiffKind kind = backstay_diff_get_kind (walk->diff, row);

  if (backstay_diff_get_moved (walk->diff, row))
    return TRUE;

  return kind != BACKSTAY_DIFF_KIND_UNCHANGED && kind != BACKSTAY_DIFF_KIND_MODIFIED &&
         (walk->spelling || kind != BACKSTAY_DIFF_KIND_RESPELT);
}

static gboolean
has_change (Walk           *walk,
            BackstayDiffRow row)
{
  BackstayDiffCounts counts;

  if (is_change (walk, row))
    return TRUE;

  backstay_diff_get_counts (walk->diff, row, &counts);

  return counts.n_added + counts.n_removed + counts.n_changed + counts.n_moved +
           (walk->spelling ? counts.n_respelt : 0) >
         0;
}

/* The next child with changes at it or below, or @end. */
static BackstayDiffRow
find_next (Walk           *walk,
           BackstayDiffRow row,
           BackstayDiffRow end)
{
  while ((row = backstay_diff_skip_unchanged (walk->diff, row)) < end && !has_change (walk, row))
    row = backstay_diff_get_end (walk->diff, row);

  return MIN (row, end);
}

static gboolean
is_unchanged_child (Walk           *walk,
                    BackstayDiffRow row,
                    BackstayDiffRow container)
{
  return backstay_diff_get_kind (walk->diff, row) == BACKSTAY_DIFF_KIND_UNCHANGED &&
         backstay_diff_get_parent (walk->diff, row) == container;
}

/* Lists the children between two that have changes, or before the first, or behind the last: next to
 * a change some, and one entry for the others. */
static void
append_between (Walk           *walk,
                const Level    *level,
                BackstayDiffRow until,
                gboolean        before_change)
{
  BackstayDiffRow begin = level->next;
  BackstayDiffRow end = until;

  while (level->after_change && begin < until && begin - level->next < walk->n_context &&
         is_unchanged_child (walk, begin, level->container))
    begin++;
  while (before_change && end > begin && until - end < walk->n_context &&
         is_unchanged_child (walk, end - 1, level->container))
    end--;

  /* To say that one is hidden takes as much room. */
  if (end - begin == 1 && is_unchanged_child (walk, begin, level->container))
    begin = end;

  backstay_diff_runs_append_rows (walk->runs, level->next, begin);
  if (begin < end)
    backstay_diff_runs_append (walk->runs, BACKSTAY_DIFF_RUN_HIDDEN, begin, end, 1);
  backstay_diff_runs_append_rows (walk->runs, end, until);
}

static void
enter (Walk           *walk,
       BackstayDiffRow container)
{
  Level level = { container, backstay_diff_get_end (walk->diff, container), container + 1, FALSE };

  g_array_append_val (walk->levels, level);
}

static void
append_changes_below (Walk           *walk,
                      BackstayDiffRow container)
{
  enter (walk, container);

  while (walk->levels->len > 0)
    {
      Level          *level = &g_array_index (walk->levels, Level, walk->levels->len - 1);
      BackstayDiffRow row = find_next (walk, level->next, level->end);
      gboolean        is_end = row == level->end;

      append_between (walk, level, row, !is_end && is_change (walk, row));

      if (is_end)
        {
          g_array_set_size (walk->levels, walk->levels->len - 1);
          continue;
        }

      backstay_diff_runs_append_rows (walk->runs, row, row + 1);
      level->next = backstay_diff_get_end (walk->diff, row);
      level->after_change = is_change (walk, row);
      if (backstay_diff_get_kind (walk->diff, row) == BACKSTAY_DIFF_KIND_MODIFIED)
        enter (walk, row);
    }
}

/**
 * backstay_diff_runs_new_below:
 * @diff: a diff
 * @row: a container with changes
 * @spelling: whether what is only spelt otherwise counts as changed
 * @n_context: how many unchanged siblings to list on each side of a change
 *
 * Lists the changes below a row. What is between them is one entry.
 *
 * Returns: (transfer full): the rows
 */
BackstayDiffRuns *
backstay_diff_runs_new_below (BackstayDiff   *diff,
                              BackstayDiffRow row,
                              gboolean        spelling,
                              guint           n_context)
{
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (Level));
  Walk walk = { diff, backstay_diff_runs_new (diff), levels, spelling, n_context };

  append_changes_below (&walk, row);

  return walk.runs;
}

/**
 * backstay_diff_runs_new_changes:
 * @diff: a diff
 * @spelling: whether what is only spelt otherwise counts as changed
 * @n_context: how many unchanged siblings to list on each side of a change
 *
 * Lists the changes, see backstay_diff_runs_new_below().
 *
 * Returns: (transfer full): the rows; none if there are no changes
 */
BackstayDiffRuns *
backstay_diff_runs_new_changes (BackstayDiff *diff,
                                gboolean      spelling,
                                guint         n_context)
{
  Walk walk = { .diff = diff, .spelling = spelling };

  if (!has_change (&walk, 0))
    return backstay_diff_runs_new (diff);

  if (backstay_diff_get_kind (diff, 0) != BACKSTAY_DIFF_KIND_MODIFIED)
    return backstay_diff_runs_new_rows (diff, 0, 1);

  return backstay_diff_runs_new_below (diff, 0, spelling, n_context);
}

/*
 * backstay_diff_runs_get_side:
 * @row: a row that stands for a whole subtree
 * @node: (inout): a node inside of it; %BACKSTAY_JSON_NODE_NONE becomes the row's own
 *
 * Returns: (transfer none): the document that such nodes are of
 */
BackstayJson *
backstay_diff_runs_get_side (BackstayDiff     *diff,
                             BackstayDiffRow   row,
                             BackstayJsonNode *node)
{
  gboolean is_before = backstay_diff_get_kind (diff, row) == BACKSTAY_DIFF_KIND_REMOVED;

  if (*node == BACKSTAY_JSON_NODE_NONE)
    *node = is_before ? backstay_diff_get_before_node (diff, row) : backstay_diff_get_after_node (diff, row);

  return is_before ? backstay_diff_get_before (diff) : backstay_diff_get_after (diff);
}

/**
 * backstay_diff_runs_new_children:
 * @diff: a diff
 * @row: a row that stands for a whole subtree
 * @node: a container inside of it, or %BACKSTAY_JSON_NODE_NONE for the row itself
 *
 * Returns: (transfer full): the children
 */
BackstayDiffRuns *
backstay_diff_runs_new_children (BackstayDiff    *diff,
                                 BackstayDiffRow  row,
                                 BackstayJsonNode node)
{
  BackstayDiffRuns *self = backstay_diff_runs_new (diff);
  BackstayJson     *json = backstay_diff_runs_get_side (diff, row, &node);
  guint             n = backstay_json_get_n_children (json, node);

  if (n > 0)
    backstay_diff_runs_append (self, BACKSTAY_DIFF_RUN_NODES, row, backstay_json_get_child (json, node, 0), n);

  return self;
}

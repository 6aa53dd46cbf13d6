/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-runs"

#include "config.h"

#include "backstay-diff-runs.h"

/**
 * BackstayDiffRuns:
 *
 * Which rows of a diff are shown, in document order. All of a diff is one run, and what is unchanged
 * between two changes at most three, so that a million rows take no room, and are there at once.
 */
struct _BackstayDiffRuns
{
  BackstayDiff *diff;
  GArray       *runs; /* Of Run. */
  guint         n;
};

typedef enum
{
  RUN_ROWS,   /* Consecutive rows of the diff. */
  RUN_HIDDEN, /* One entry for rows of the diff that are siblings, with all that is below them. */
  RUN_NODES,  /* Siblings inside of a subtree that is one row. */
} RunKind;

typedef struct
{
  guint           position; /* Of the first entry. */
  RunKind         kind;
  BackstayDiffRow row;   /* The first one; of nodes the one that they are in. */
  guint32         value; /* The row behind those that are hidden, or the first node. */
} Run;

/* What keys have below the row: 0 for the row itself, then the nodes, then what is hidden. */
#define KEY_HIDDEN 0x80000000u

static const Run *
get_run (const BackstayDiffRuns *self,
         guint                   i)
{
  return &g_array_index (self->runs, Run, i);
}

static guint
get_run_end (const BackstayDiffRuns *self,
             guint                   i)
{
  return i + 1 < self->runs->len ? get_run (self, i + 1)->position : self->n;
}

static BackstayDiffRuns *
runs_new (BackstayDiff *diff)
{
  BackstayDiffRuns *self = g_new0 (BackstayDiffRuns, 1);

  self->diff = backstay_diff_ref (diff);
  self->runs = g_array_new (FALSE, FALSE, sizeof (Run));

  return self;
}

/* Adds entries at the end; rows that follow on the last ones become one run with them. */
static void
append (BackstayDiffRuns *self,
        RunKind           kind,
        BackstayDiffRow   row,
        guint32           value,
        guint             n)
{
  const Run *last = self->runs->len > 0 ? get_run (self, self->runs->len - 1) : NULL;
  guint      n_last = last != NULL ? self->n - last->position : 0;
  Run        run = { self->n, kind, row, value };
  gboolean   follows = last != NULL && last->kind == kind &&
                     ((kind == RUN_ROWS && last->row + n_last == row) ||
                      (kind == RUN_NODES && last->row == row && last->value + n_last == value));

  if (n == 0)
    return;

  if (!follows)
    g_array_append_val (self->runs, run);
  self->n += n;
}

static void
append_rows (BackstayDiffRuns *self,
             BackstayDiffRow   row,
             BackstayDiffRow   end)
{
  append (self, RUN_ROWS, row, 0, end - row);
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
  BackstayDiffRuns *self = runs_new (diff);

  append_rows (self, row, end);

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

  append_rows (walk->runs, level->next, begin);
  if (begin < end)
    append (walk->runs, RUN_HIDDEN, begin, end, 1);
  append_rows (walk->runs, end, until);
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

      append_rows (walk->runs, row, row + 1);
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
  Walk walk = { diff, runs_new (diff), levels, spelling, n_context };

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
    return runs_new (diff);

  if (backstay_diff_get_kind (diff, 0) != BACKSTAY_DIFF_KIND_MODIFIED)
    return backstay_diff_runs_new_rows (diff, 0, 1);

  return backstay_diff_runs_new_below (diff, 0, spelling, n_context);
}

static BackstayJson *
get_side (BackstayDiff     *diff,
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
  BackstayDiffRuns *self = runs_new (diff);
  BackstayJson     *json = get_side (diff, row, &node);
  guint             n = backstay_json_get_n_children (json, node);

  if (n > 0)
    append (self, RUN_NODES, row, backstay_json_get_child (json, node, 0), n);

  return self;
}

/**
 * backstay_diff_runs_copy:
 *
 * Returns: (transfer full): the same once more
 */
BackstayDiffRuns *
backstay_diff_runs_copy (BackstayDiffRuns *self)
{
  BackstayDiffRuns *copy = g_new0 (BackstayDiffRuns, 1);

  copy->diff = backstay_diff_ref (self->diff);
  copy->runs = g_array_copy (self->runs);
  copy->n = self->n;

  return copy;
}

/**
 * backstay_diff_runs_free:
 *
 * Frees the list.
 */
void
backstay_diff_runs_free (BackstayDiffRuns *self)
{
  g_return_if_fail (self != NULL);

  backstay_diff_unref (self->diff);
  g_array_unref (self->runs);
  g_free (self);
}

/**
 * backstay_diff_runs_get_n:
 *
 * Returns: how many entries there are
 */
guint
backstay_diff_runs_get_n (const BackstayDiffRuns *self)
{
  return self->n;
}

/* The last run that begins at @position or before. */
static guint
find_run (const BackstayDiffRuns *self,
          guint                   position)
{
  guint first = 0;
  guint end = self->runs->len;

  while (end - first > 1)
    {
      guint middle = first + (end - first) / 2;

      if (get_run (self, middle)->position <= position)
        first = middle;
      else
        end = middle;
    }

  return first;
}

/* Whether the entry behind @entry is below it, where that one begins the run @next. */
static gboolean
is_expanded (const BackstayDiffRuns  *self,
             const BackstayDiffEntry *entry,
             guint                    next)
{
  const Run *run = next < self->runs->len ? get_run (self, next) : NULL;

  if (run == NULL)
    return FALSE;

  if (run->kind != RUN_NODES)
    return run->row < backstay_diff_get_end (self->diff, entry->row);

  if (entry->node != BACKSTAY_JSON_NODE_NONE)
    {
      BackstayJsonNode node = entry->node;
      BackstayJson    *json = get_side (self->diff, entry->row, &node);

      return run->row == entry->row && backstay_json_get_parent (json, run->value) == node;
    }

  return run->row == entry->row;
}

/**
 * backstay_diff_runs_get:
 * @position: a place in the list
 * @entry: (out caller-allocates): what is there
 *
 * Gets an entry.
 */
void
backstay_diff_runs_get (const BackstayDiffRuns *self,
                        guint                   position,
                        BackstayDiffEntry      *entry)
{
  guint      i = find_run (self, position);
  const Run *run = get_run (self, i);
  guint      offset = position - run->position;

  g_return_if_fail (position < self->n);

  *entry = (BackstayDiffEntry){ run->row, BACKSTAY_JSON_NODE_NONE, 0, FALSE };

  if (run->kind == RUN_ROWS)
    entry->row += offset;
  else if (run->kind == RUN_HIDDEN)
    entry->hidden_end = run->value;
  else
    entry->node = run->value + offset;

  if (run->kind == RUN_HIDDEN)
    return;

  if (position + 1 == get_run_end (self, i))
    entry->expanded = is_expanded (self, entry, i + 1);
  else if (run->kind == RUN_ROWS)
    entry->expanded = backstay_diff_get_kind (self->diff, entry->row) == BACKSTAY_DIFF_KIND_MODIFIED;
}

/**
 * backstay_diff_runs_make_key:
 * @entry: an entry
 *
 * Returns: what tells it from all others, whatever its place; never 0xffffffffffffffff
 */
guint64
backstay_diff_runs_make_key (const BackstayDiffEntry *entry)
{
  guint64 key = (guint64) entry->row << 32;

  if (entry->hidden_end != 0)
    return key | KEY_HIDDEN | (entry->hidden_end - entry->row);

  /* A text of up to 1 GiB has no more nodes than half as many. */
  return entry->node != BACKSTAY_JSON_NODE_NONE ? key | (entry->node + 1) : key;
}

/**
 * backstay_diff_runs_get_key:
 * @position: a place in the list
 *
 * Returns: the key of what is there, see backstay_diff_runs_make_key()
 */
guint64
backstay_diff_runs_get_key (const BackstayDiffRuns *self,
                            guint                   position)
{
  BackstayDiffEntry entry;

  backstay_diff_runs_get (self, position, &entry);

  return backstay_diff_runs_make_key (&entry);
}

/* The first run that begins behind @row and what is inside of it. */
static guint
find_run_behind (const BackstayDiffRuns *self,
                 BackstayDiffRow         row)
{
  guint first = 0;
  guint end = self->runs->len;

  while (first < end)
    {
      guint middle = first + (end - first) / 2;

      if (get_run (self, middle)->row <= row)
        first = middle + 1;
      else
        end = middle;
    }

  return first;
}

/* Finds a node in those that are inside of a row. Their text is in the order of the list. */
static gboolean
search_node (const BackstayDiffRuns *self,
             guint                   first,
             guint                   end,
             BackstayDiffRow         row,
             BackstayJsonNode        node,
             guint                  *position)
{
  BackstayJson *json = get_side (self->diff, row, &node);
  const char   *text = backstay_json_get_lexeme (json, node, NULL);
  guint         last = get_run_end (self, end - 1);

  *position = get_run (self, first)->position;

  while (*position < last)
    {
      guint            middle = *position + (last - *position) / 2;
      const Run       *run = get_run (self, find_run (self, middle));
      BackstayJsonNode there = run->value + (middle - run->position);

      if (there == node)
        {
          *position = middle;
          return TRUE;
        }

      if (backstay_json_get_lexeme (json, there, NULL) < text)
        *position = middle + 1;
      else
        last = middle;
    }

  return FALSE;
}

/**
 * backstay_diff_runs_search:
 * @key: an entry's key
 * @position: (out): its place, or that of the first one that belongs behind it
 *
 * Returns: whether it is there
 */
gboolean
backstay_diff_runs_search (const BackstayDiffRuns *self,
                           guint64                 key,
                           guint                  *position)
{
  BackstayDiffRow row = (BackstayDiffRow) (key >> 32);
  guint32         below = (guint32) key;
  guint           end = find_run_behind (self, row);
  guint           first = end; /* Of those that have nodes inside of the row. */
  const Run      *run;

  while (first > 0 && get_run (self, first - 1)->kind == RUN_NODES && get_run (self, first - 1)->row == row)
    first--;

  *position = end < self->runs->len ? get_run (self, end)->position : self->n;
  if (first == 0)
    return FALSE;

  run = get_run (self, first - 1);

  if (run->kind == RUN_ROWS && row - run->row < get_run_end (self, first - 1) - run->position)
    {
      guint there = run->position + (row - run->row);

      *position = below == 0 ? there : there + 1;
      if (below > 0 && below < KEY_HIDDEN && first < end)
        return search_node (self, first, end, row, below - 1, position);

      return below == 0;
    }

  if (run->kind == RUN_HIDDEN && run->row == row)
    {
      *position = run->position;
      return below == (KEY_HIDDEN | (run->value - row));
    }

  return FALSE;
}

/**
 * backstay_diff_runs_get_end_below:
 * @position: a place in the list
 *
 * Returns: the place behind the last entry below it
 */
guint
backstay_diff_runs_get_end_below (const BackstayDiffRuns *self,
                                  guint                   position)
{
  BackstayDiffEntry entry;
  BackstayDiffEntry next;
  guint             end;

  backstay_diff_runs_get (self, position, &entry);

  if (!entry.expanded)
    return position + 1;

  if (entry.node == BACKSTAY_JSON_NODE_NONE)
    {
      next = (BackstayDiffEntry){ .row = backstay_diff_get_end (self->diff, entry.row), .node = BACKSTAY_JSON_NODE_NONE };
      backstay_diff_runs_search (self, backstay_diff_runs_make_key (&next), &end);
      return end;
    }

  for (guint i = find_run (self, position) + 1; i < self->runs->len; i++)
    {
      const Run       *run = get_run (self, i);
      BackstayJsonNode node = entry.node;
      BackstayJson    *json = get_side (self->diff, entry.row, &node);

      /* The nodes behind those that are below it. */
      if (run->kind != RUN_NODES || run->row != entry.row ||
          backstay_json_get_depth (json, run->value) <= backstay_json_get_depth (json, node))
        return run->position;
    }

  return self->n;
}

/* Begins a run at @position. Returns which. */
static guint
split (BackstayDiffRuns *self,
       guint             position)
{
  guint i;
  Run   run;
  guint offset;

  if (position == self->n)
    return self->runs->len;

  i = find_run (self, position);
  run = *get_run (self, i);
  offset = position - run.position;

  if (offset == 0)
    return i;

  run.position = position;
  if (run.kind == RUN_ROWS)
    run.row += offset;
  else
    run.value += offset;

  g_array_insert_val (self->runs, i + 1, run);

  return i + 1;
}

static void
append_runs (BackstayDiffRuns       *self,
             const BackstayDiffRuns *other,
             guint                   begin,
             guint                   end)
{
  for (guint i = find_run (other, begin); begin < end; i++)
    {
      const Run *run = get_run (other, i);
      guint      offset = begin - run->position;
      guint      next = MIN (get_run_end (other, i), end);

      append (self, run->kind,
              run->kind == RUN_ROWS ? run->row + offset : run->row,
              run->kind == RUN_NODES ? run->value + offset : run->value,
              next - begin);
      begin = next;
    }
}

/**
 * backstay_diff_runs_copy_ranges:
 * @ranges: pairs of guint: where ranges begin and end, ascending
 *
 * Returns: (transfer full): only the entries in the ranges
 */
BackstayDiffRuns *
backstay_diff_runs_copy_ranges (const BackstayDiffRuns *self,
                                GArray                 *ranges)
{
  BackstayDiffRuns *copy = runs_new (self->diff);

  for (guint i = 0; i + 1 < ranges->len; i += 2)
    append_runs (copy, self, g_array_index (ranges, guint, i), g_array_index (ranges, guint, i + 1));

  return copy;
}

/**
 * backstay_diff_runs_intersect:
 * @other: other rows of the same diff
 *
 * Returns: (transfer full): the diff's rows that are in both; neither what is inside of one, nor what
 *   stands for hidden ones
 */
BackstayDiffRuns *
backstay_diff_runs_intersect (const BackstayDiffRuns *self,
                              const BackstayDiffRuns *other)
{
  BackstayDiffRuns *both = runs_new (self->diff);
  guint             i = 0;
  guint             j = 0;

  while (i < self->runs->len && j < other->runs->len)
    {
      const Run      *one = get_run (self, i);
      const Run      *two = get_run (other, j);
      BackstayDiffRow one_end = one->row + get_run_end (self, i) - one->position;
      BackstayDiffRow two_end = two->row + get_run_end (other, j) - two->position;

      if (one->kind != RUN_ROWS)
        {
          i++;
        }
      else if (two->kind != RUN_ROWS)
        {
          j++;
        }
      else
        {
          BackstayDiffRow begin = MAX (one->row, two->row);
          BackstayDiffRow end = MIN (one_end, two_end);

          if (begin < end)
            append_rows (both, begin, end);
          if (one_end <= two_end)
            i++;
          if (two_end <= one_end)
            j++;
        }
    }

  return both;
}

static void
shift (BackstayDiffRuns *self,
       guint             first,
       int               by)
{
  Run *runs = (Run *) self->runs->data;

  for (guint i = first; i < self->runs->len; i++)
    runs[i].position += (guint) by;
  self->n += (guint) by;
}

/**
 * backstay_diff_runs_insert:
 * @position: a place in the list
 * @added: what to put there
 *
 * Adds entries.
 */
void
backstay_diff_runs_insert (BackstayDiffRuns *self,
                           guint             position,
                           BackstayDiffRuns *added)
{
  guint i = split (self, position);

  g_return_if_fail (position <= self->n);

  shift (self, i, (int) added->n);
  g_array_insert_vals (self->runs, i, added->runs->data, added->runs->len);

  for (guint j = i; j < i + added->runs->len; j++)
    g_array_index (self->runs, Run, j).position += position;
}

/**
 * backstay_diff_runs_remove:
 * @position: a place in the list
 * @n: how many entries
 *
 * Takes entries away.
 */
void
backstay_diff_runs_remove (BackstayDiffRuns *self,
                           guint             position,
                           guint             n)
{
  guint first = split (self, position);
  guint end = split (self, position + n);

  g_return_if_fail (position + n <= self->n);

  if (first == end)
    return;

  g_array_remove_range (self->runs, first, end - first);
  shift (self, first, -(int) n);
}

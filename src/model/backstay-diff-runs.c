/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-runs"

#include "config.h"

#include "backstay-diff-runs-private.h"

/**
 * BackstayDiffRuns:
 *
 * Which rows of a diff are shown, in document order. All of a diff is one run, and what is unchanged
 * between two changes at most three, so that a million rows take no room, and are there at once.
 *
 * Any row is found in constant time, by an index. When rows are folded or unfolded the positions of
 * all runs behind them are moved, and the index is made again with the next row that is asked for:
 * that is a 64th of the rows.
 */

/* What keys have below the row: 0 for the row itself, then the nodes, then what is hidden. */
#define KEY_HIDDEN 0x80000000u

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
  backstay_diff_runs_changed (self);
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

/*
 * backstay_diff_runs_changed:
 *
 * Is to be called whenever the runs change.
 */
void
backstay_diff_runs_changed (BackstayDiffRuns *self)
{
  if (self->is_indexed)
    backstay_run_index_clear (&self->index);

  self->is_indexed = FALSE;
}

/* The last run that begins at @position or before. */
static guint
find_run (const BackstayDiffRuns *self,
          guint                   position)
{
  BackstayDiffRuns *changing = (BackstayDiffRuns *) self;

  if (!self->is_indexed)
    {
      backstay_run_index_init (&changing->index, self->runs->data, sizeof (BackstayDiffRun),
                               self->runs->len, self->n);
      changing->is_indexed = TRUE;
    }

  return backstay_run_index_find (&self->index, self->runs->data, sizeof (BackstayDiffRun), position);
}

/* Whether the entry behind @entry is below it, where that one begins the run @next. */
static gboolean
is_expanded (const BackstayDiffRuns  *self,
             const BackstayDiffEntry *entry,
             guint                    next)
{
  const BackstayDiffRun *run = next < self->runs->len ? backstay_diff_runs_get_run (self, next) : NULL;

  if (run == NULL)
    return FALSE;

  if (run->kind != BACKSTAY_DIFF_RUN_NODES)
    return run->row < backstay_diff_get_end (self->diff, entry->row);

  if (entry->node != BACKSTAY_JSON_NODE_NONE)
    {
      BackstayJsonNode node = entry->node;
      BackstayJson    *json = backstay_diff_runs_get_side (self->diff, entry->row, &node);

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
  guint                  i = find_run (self, position);
  const BackstayDiffRun *run = backstay_diff_runs_get_run (self, i);
  guint                  offset = position - run->position;

  g_return_if_fail (position < self->n);

  *entry = (BackstayDiffEntry){ run->row, BACKSTAY_JSON_NODE_NONE, 0, FALSE };

  if (run->kind == BACKSTAY_DIFF_RUN_ROWS)
    entry->row += offset;
  else if (run->kind == BACKSTAY_DIFF_RUN_HIDDEN)
    entry->hidden_end = run->value;
  else
    entry->node = run->value + offset;

  if (run->kind == BACKSTAY_DIFF_RUN_HIDDEN)
    return;

  if (position + 1 == backstay_diff_runs_get_run_end (self, i))
    entry->expanded = is_expanded (self, entry, i + 1);
  else if (run->kind == BACKSTAY_DIFF_RUN_ROWS)
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

      if (backstay_diff_runs_get_run (self, middle)->row <= row)
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
  BackstayJson *json = backstay_diff_runs_get_side (self->diff, row, &node);
  const char   *text = backstay_json_get_lexeme (json, node, NULL);
  guint         last = backstay_diff_runs_get_run_end (self, end - 1);

  *position = backstay_diff_runs_get_run (self, first)->position;

  while (*position < last)
    {
      guint                  middle = *position + (last - *position) / 2;
      const BackstayDiffRun *run = backstay_diff_runs_get_run (self, find_run (self, middle));
      BackstayJsonNode       there = run->value + (middle - run->position);

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
  BackstayDiffRow        row = (BackstayDiffRow) (key >> 32);
  guint32                below = (guint32) key;
  guint                  end = find_run_behind (self, row);
  guint                  first = end; /* Of those that have nodes inside of the row. */
  const BackstayDiffRun *run;

  while (first > 0 && backstay_diff_runs_get_run (self, first - 1)->kind == BACKSTAY_DIFF_RUN_NODES && backstay_diff_runs_get_run (self, first - 1)->row == row)
    first--;

  *position = end < self->runs->len ? backstay_diff_runs_get_run (self, end)->position : self->n;
  if (first == 0)
    return FALSE;

  run = backstay_diff_runs_get_run (self, first - 1);

  if (run->kind == BACKSTAY_DIFF_RUN_ROWS && row - run->row < backstay_diff_runs_get_run_end (self, first - 1) - run->position)
    {
      guint there = run->position + (row - run->row);

      *position = below == 0 ? there : there + 1;
      if (below > 0 && below < KEY_HIDDEN && first < end)
        return search_node (self, first, end, row, below - 1, position);

      return below == 0;
    }

  if (run->kind == BACKSTAY_DIFF_RUN_HIDDEN && run->row == row)
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
      const BackstayDiffRun *run = backstay_diff_runs_get_run (self, i);
      BackstayJsonNode       node = entry.node;
      BackstayJson          *json = backstay_diff_runs_get_side (self->diff, entry.row, &node);

      /* The nodes behind those that are below it. */
      if (run->kind != BACKSTAY_DIFF_RUN_NODES || run->row != entry.row ||
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
  guint           i;
  BackstayDiffRun run;
  guint           offset;

  if (position == self->n)
    return self->runs->len;

  i = find_run (self, position);
  run = *backstay_diff_runs_get_run (self, i);
  offset = position - run.position;

  if (offset == 0)
    return i;

  run.position = position;
  if (run.kind == BACKSTAY_DIFF_RUN_ROWS)
    run.row += offset;
  else
    run.value += offset;

  g_array_insert_val (self->runs, i + 1, run);
  backstay_diff_runs_changed (self);

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
      const BackstayDiffRun *run = backstay_diff_runs_get_run (other, i);
      guint                  offset = begin - run->position;
      guint                  next = MIN (backstay_diff_runs_get_run_end (other, i), end);

      backstay_diff_runs_append (self, run->kind,
                                 run->kind == BACKSTAY_DIFF_RUN_ROWS ? run->row + offset : run->row,
                                 run->kind == BACKSTAY_DIFF_RUN_NODES ? run->value + offset : run->value,
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
  BackstayDiffRuns *copy = backstay_diff_runs_new (self->diff);

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
  BackstayDiffRuns *both = backstay_diff_runs_new (self->diff);
  guint             i = 0;
  guint             j = 0;

  while (i < self->runs->len && j < other->runs->len)
    {
      const BackstayDiffRun *one = backstay_diff_runs_get_run (self, i);
      const BackstayDiffRun *two = backstay_diff_runs_get_run (other, j);
      BackstayDiffRow        one_end = one->row + backstay_diff_runs_get_run_end (self, i) - one->position;
      BackstayDiffRow        two_end = two->row + backstay_diff_runs_get_run_end (other, j) - two->position;

      if (one->kind != BACKSTAY_DIFF_RUN_ROWS)
        {
          i++;
        }
      else if (two->kind != BACKSTAY_DIFF_RUN_ROWS)
        {
          j++;
        }
      else
        {
          BackstayDiffRow begin = MAX (one->row, two->row);
          BackstayDiffRow end = MIN (one_end, two_end);

          if (begin < end)
            backstay_diff_runs_append_rows (both, begin, end);
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
  BackstayDiffRun *runs = (BackstayDiffRun *) self->runs->data;

  for (guint i = first; i < self->runs->len; i++)
    runs[i].position += (guint) by;
  self->n += (guint) by;
  backstay_diff_runs_changed (self);
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
    g_array_index (self->runs, BackstayDiffRun, j).position += position;

  backstay_diff_runs_changed (self);
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

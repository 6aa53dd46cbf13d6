/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-walk"

#include "config.h"

#include "backstay-diff-array.h"
#include "backstay-diff-context.h"
#include "backstay-diff-hash.h"
#include "backstay-diff-members.h"
#include "backstay-diff-walk.h"

/* Two containers whose children are being compared. The steps of the innermost are on top of the
 * stack of steps. */
typedef struct
{
  BackstayDiffRow row;
  guint           record;
  guint           container;
  guint           first_step;
  guint           next_step;
  guint           end_step;
  guint32         n_taken; /* How much of the next step is done. */
} Frame;

typedef struct
{
  BackstayDiff        *diff;
  BackstayDiffContext *context;
  GArray              *frames;
} Walk;

/* The innermost container, or NULL outside of the root. */
static inline Frame *
get_frame (Walk *walk)
{
  if (walk->frames->len == 0)
    return NULL;

  return &g_array_index (walk->frames, Frame, walk->frames->len - 1);
}

static inline BackstayDiffCounts *
get_counts (Walk        *walk,
            const Frame *frame)
{
  return &g_array_index (walk->diff->containers, BackstayDiffContainer, frame->container).counts;
}

static inline BackstayDiffRecord *
get_last_record (Walk *walk)
{
  return &g_array_index (walk->diff->records, BackstayDiffRecord, walk->diff->records->len - 1);
}

/* Whether the last record can have another row. */
static gboolean
goes_on (Walk                     *walk,
         const BackstayDiffRecord *record)
{
  const BackstayDiffRecord *last;
  guint32                   n;

  if (walk->diff->records->len == 0 || record->moved_first ||
      record->kind == BACKSTAY_DIFF_KIND_MODIFIED)
    return FALSE;

  last = get_last_record (walk);
  n = record->row - last->row;

  return last->parent == record->parent && last->kind == record->kind &&
         last->moved == record->moved && !last->moved_first &&
         record->before == backstay_diff_neighbour (last->before, n) &&
         record->after == backstay_diff_neighbour (last->after, n);
}

/* Adds rows with the same kind for all that a step has. */
static void
add_rows (Walk                   *walk,
          const BackstayDiffStep *step,
          BackstayDiffKind        kind)
{
  const Frame       *frame = get_frame (walk);
  BackstayDiffRecord record = {
    .row = walk->diff->n_rows,
    .before = step->before,
    .after = step->after,
    .parent = frame != NULL ? frame->row : BACKSTAY_DIFF_ROW_NONE,
    .kind = kind,
    .moved = step->moved,
    .moved_first = step->moved_first,
  };

  if (!goes_on (walk, &record))
    g_array_append_val (walk->diff->records, record);

  walk->diff->n_rows += step->n;

  if (step->moved_first ||
      (kind != BACKSTAY_DIFF_KIND_UNCHANGED && kind != BACKSTAY_DIFF_KIND_MODIFIED &&
       kind != BACKSTAY_DIFF_KIND_RESPELT))
    g_array_append_val (walk->diff->changes, record.row);

  if (frame != NULL)
    {
      backstay_diff_count (get_counts (walk, frame), kind);
      get_counts (walk, frame)->n_moved += step->moved_first;
    }
}

static gboolean
bytes_equal (Walk                   *walk,
             const BackstayDiffStep *step)
{
  BackstayDiffContext      *context = walk->context;
  const BackstayJsonRecord *a = backstay_diff_get_record (context, 0, step->before);
  const BackstayJsonRecord *b = backstay_diff_get_record (context, 1, step->after);

  if (backstay_diff_same_place (context, step->before, step->after))
    return TRUE;

  return a->length == b->length &&
         memcmp (context->json[0]->data + a->value, context->json[1]->data + b->value,
                 a->length) == 0;
}

/* Whether the keys of two values that belong together are written the same. */
static gboolean
key_spelling_equal (Walk                   *walk,
                    const BackstayDiffStep *step)
{
  BackstayJson             *before = walk->context->json[0];
  BackstayJson             *after = walk->context->json[1];
  const BackstayJsonRecord *a = &before->nodes[step->before];
  const BackstayJsonRecord *b = &after->nodes[step->after];
  gsize                     length;

  if (a->key == 0 || b->key == 0 || backstay_diff_keys_look_same (before, a, after, b))
    return TRUE;

  length = backstay_json_key_length_of (before, a);

  return length == backstay_json_key_length_of (after, b) &&
         memcmp (before->data + a->key, after->data + b->key, length) == 0;
}

static BackstayDiffKind
kind_if_equal (Walk                   *walk,
               const BackstayDiffStep *step)
{
  return key_spelling_equal (walk, step) ? BACKSTAY_DIFF_KIND_UNCHANGED : BACKSTAY_DIFF_KIND_RESPELT;
}

/* Compares two values, but leaves what is in containers to be compared. */
static BackstayDiffKind
compare (Walk                   *walk,
         const BackstayDiffStep *step)
{
  BackstayDiffContext      *context = walk->context;
  const BackstayJsonRecord *a;
  const BackstayJsonRecord *b;
  BackstayJsonKind          kind;

  if (step->before == BACKSTAY_JSON_NODE_NONE)
    return BACKSTAY_DIFF_KIND_ADDED;
  if (step->after == BACKSTAY_JSON_NODE_NONE)
    return BACKSTAY_DIFF_KIND_REMOVED;

  a = backstay_diff_get_record (context, 0, step->before);
  b = backstay_diff_get_record (context, 1, step->after);
  kind = backstay_json_kind_of (context->json[0], a);

  if (kind != backstay_json_kind_of (context->json[1], b))
    return BACKSTAY_DIFF_KIND_TYPE_CHANGED;

  if (kind == BACKSTAY_JSON_KIND_OBJECT || kind == BACKSTAY_JSON_KIND_ARRAY)
    {
      if (a->n_children + b->n_children == 0)
        return kind_if_equal (walk, step);

      /* Bytes are compared only where they promise to be equal, or every level of a deep document
       * would be compared again. */
      if (!backstay_diff_seem_equal (context, step->before, step->after))
        return BACKSTAY_DIFF_KIND_MODIFIED;

      return bytes_equal (walk, step) ? kind_if_equal (walk, step) : BACKSTAY_DIFF_KIND_MODIFIED;
    }

  if (bytes_equal (walk, step))
    return kind_if_equal (walk, step);

  /* Equal values have equal hashes. */
  if (backstay_diff_hashes_differ (context, step->before, step->after))
    return BACKSTAY_DIFF_KIND_CHANGED;

  return backstay_diff_scalars_equal (context->json[0], a, context->json[1], b)
           ? BACKSTAY_DIFF_KIND_RESPELT
           : BACKSTAY_DIFF_KIND_CHANGED;
}

/* Opens a container, of which the last row is. */
static void
open_frame (Walk                   *walk,
            const BackstayDiffStep *step)
{
  BackstayDiffRow       row = walk->diff->n_rows - 1;
  BackstayDiffContainer container = { .end = row + 1 };
  Frame                 frame = {
                    .row = row,
                    .record = walk->diff->records->len - 1,
                    .container = walk->diff->containers->len,
                    .first_step = walk->context->steps->len,
                    .next_step = walk->context->steps->len,
  };

  get_last_record (walk)->container = frame.container;
  g_array_append_val (walk->diff->containers, container);
  backstay_diff_context_descend (walk->context, step->before, step->after);

  if (backstay_diff_kind_of (walk->context, 0, step->before) == BACKSTAY_JSON_KIND_OBJECT)
    backstay_diff_pair_members (walk->context, step->before, step->after);
  else
    backstay_diff_pair_elements (walk->context, step->before, step->after);

  frame.end_step = walk->context->steps->len;
  g_array_append_val (walk->frames, frame);
}

/* Counts for the container around what was counted in one. */
static void
tell_parent (Walk        *walk,
             const Frame *child)
{
  const Frame              *parent = get_frame (walk);
  const BackstayDiffCounts *counts = get_counts (walk, child);
  BackstayDiffCounts       *sums;

  if (parent == NULL)
    return;

  sums = get_counts (walk, parent);
  sums->n_added += counts->n_added;
  sums->n_removed += counts->n_removed;
  sums->n_changed += counts->n_changed;
  sums->n_respelt += counts->n_respelt;
  sums->n_moved += counts->n_moved;
}

/* A container with no change below it, such as one that only has other white space, becomes a
 * single row. */
static void
close_frame (Walk *walk)
{
  Frame               frame = *get_frame (walk);
  BackstayDiffRecord *record = &g_array_index (walk->diff->records, BackstayDiffRecord, frame.record);
  BackstayDiffCounts *counts = get_counts (walk, &frame);

  g_array_set_size (walk->context->steps, frame.first_step);
  g_array_set_size (walk->frames, walk->frames->len - 1);

  if (counts->n_added + counts->n_removed + counts->n_changed + counts->n_respelt +
        counts->n_moved ==
      0)
    {
      BackstayDiffStep step = { .before = record->before, .after = record->after };

      record->container = 0;
      record->kind = kind_if_equal (walk, &step);
      g_array_set_size (walk->diff->records, frame.record + 1);
      g_array_set_size (walk->diff->containers, frame.container);
      walk->diff->n_rows = frame.row + 1;

      if (get_frame (walk) != NULL)
        backstay_diff_count (get_counts (walk, get_frame (walk)), record->kind);
    }
  else
    {
      g_array_index (walk->diff->containers, BackstayDiffContainer, frame.container).end =
        walk->diff->n_rows;
      tell_parent (walk, &frame);
    }
}

static void
take_step (Walk                  *walk,
           const BackstayDiffStep step)
{
  BackstayDiffKind kind = step.same ? BACKSTAY_DIFF_KIND_UNCHANGED : compare (walk, &step);

  add_rows (walk, &step, kind);

  if (kind == BACKSTAY_DIFF_KIND_MODIFIED)
    open_frame (walk, &step);
}

/* Takes the next step; of neighbours that are not known to be the same, one pair after the other. */
static void
take_next (Walk  *walk,
           Frame *frame)
{
  BackstayDiffStep step = g_array_index (walk->context->steps, BackstayDiffStep, frame->next_step);
  guint32          n_left = step.n - frame->n_taken;

  if (!step.same)
    {
      step.before = backstay_diff_neighbour (step.before, frame->n_taken);
      step.after = backstay_diff_neighbour (step.after, frame->n_taken);
      step.n = 1;
    }

  if (step.n == n_left)
    {
      frame->next_step++;
      frame->n_taken = 0;
    }
  else
    {
      frame->n_taken++;
    }

  take_step (walk, step);
}

/*
 * backstay_diff_walk:
 * @diff: the result, without rows yet
 * @context: the work
 *
 * Compares the roots and all that is below them. It does so without recursion, as documents can be
 * nested deeper than a stack.
 *
 * Returns: %FALSE if it was stopped
 */
gboolean
backstay_diff_walk (BackstayDiff        *diff,
                    BackstayDiffContext *context)
{
  Walk walk = { .diff = diff, .context = context };
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (Frame));

  walk.frames = frames;
  take_step (&walk, (BackstayDiffStep){
                      .before = backstay_json_get_root (context->json[0]),
                      .after = backstay_json_get_root (context->json[1]),
                      .n = 1,
                    });

  while (frames->len > 0 && backstay_diff_context_report (context, 64))
    {
      Frame *frame = &g_array_index (frames, Frame, frames->len - 1);

      if (frame->next_step == frame->end_step)
        close_frame (&walk);
      else
        take_next (&walk, frame);
    }

  return !context->stopped;
}

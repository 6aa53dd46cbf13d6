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
  guint           first_step;
  guint           next_step;
  guint           end_step;
} Frame;

typedef struct
{
  BackstayDiff        *diff;
  BackstayDiffContext *context;
  GArray              *frames;
} Walk;

static inline BackstayDiffRecord *
get_row (Walk           *walk,
         BackstayDiffRow row)
{
  return &g_array_index (walk->diff->rows, BackstayDiffRecord, row);
}

static inline BackstayDiffContainer *
get_container (Walk           *walk,
               BackstayDiffRow row)
{
  return &g_array_index (walk->diff->containers, BackstayDiffContainer,
                         get_row (walk, row)->container);
}

/* Lets the container around a row know what happened to it. */
static void
tell_parent (Walk           *walk,
             BackstayDiffRow row)
{
  BackstayDiffRecord    *record = get_row (walk, row);
  BackstayDiffContainer *parent;

  if (record->parent == BACKSTAY_DIFF_ROW_NONE)
    return;

  parent = get_container (walk, record->parent);
  backstay_diff_count (&parent->counts, record->kind);
  parent->counts.n_moved += record->moved_first;

  if (record->kind == BACKSTAY_DIFF_KIND_MODIFIED)
    {
      BackstayDiffCounts *counts = &get_container (walk, row)->counts;

      parent->counts.n_added += counts->n_added;
      parent->counts.n_removed += counts->n_removed;
      parent->counts.n_changed += counts->n_changed;
      parent->counts.n_respelt += counts->n_respelt;
      parent->counts.n_moved += counts->n_moved;
    }
}

static BackstayDiffRow
add_row (Walk                   *walk,
         const BackstayDiffStep *step,
         BackstayDiffKind        kind)
{
  BackstayDiffRow    row = walk->diff->rows->len;
  guint              n_frames = walk->frames->len;
  BackstayDiffRecord record = {
    .before = step->before,
    .after = step->after,
    .parent = BACKSTAY_DIFF_ROW_NONE,
    .kind = kind,
    .moved = step->moved,
    .moved_first = step->moved_first,
  };

  if (n_frames > 0)
    record.parent = g_array_index (walk->frames, Frame, n_frames - 1).row;

  g_array_append_val (walk->diff->rows, record);

  if (step->moved_first ||
      (kind != BACKSTAY_DIFF_KIND_UNCHANGED && kind != BACKSTAY_DIFF_KIND_MODIFIED &&
       kind != BACKSTAY_DIFF_KIND_RESPELT))
    g_array_append_val (walk->diff->changes, row);

  return row;
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

  return backstay_diff_scalars_equal (context->json[0], a, context->json[1], b)
           ? BACKSTAY_DIFF_KIND_RESPELT
           : BACKSTAY_DIFF_KIND_CHANGED;
}

static void
open_frame (Walk                   *walk,
            const BackstayDiffStep *step,
            BackstayDiffRow         row)
{
  BackstayDiffContainer container = { .end = row + 1 };
  Frame                 frame = { .row = row };

  get_row (walk, row)->container = walk->diff->containers->len;
  g_array_append_val (walk->diff->containers, container);

  frame.first_step = walk->context->steps->len;
  frame.next_step = frame.first_step;
  backstay_diff_context_descend (walk->context, step->before, step->after);

  if (backstay_diff_kind_of (walk->context, 0, step->before) == BACKSTAY_JSON_KIND_OBJECT)
    backstay_diff_pair_members (walk->context, step->before, step->after);
  else
    backstay_diff_pair_elements (walk->context, step->before, step->after);

  frame.end_step = walk->context->steps->len;
  g_array_append_val (walk->frames, frame);
}

/* A container with no change below it, such as one that only has other white space, becomes a
 * single row. */
static void
close_frame (Walk *walk)
{
  Frame                 *frame = &g_array_index (walk->frames, Frame, walk->frames->len - 1);
  BackstayDiffRow        row = frame->row;
  BackstayDiffRecord    *record = get_row (walk, row);
  BackstayDiffContainer *container = get_container (walk, row);
  BackstayDiffCounts    *counts = &container->counts;

  g_array_set_size (walk->context->steps, frame->first_step);
  g_array_set_size (walk->frames, walk->frames->len - 1);

  if (counts->n_added + counts->n_removed + counts->n_changed + counts->n_respelt +
        counts->n_moved ==
      0)
    {
      BackstayDiffStep step = { .before = record->before, .after = record->after };

      g_array_set_size (walk->diff->rows, row + 1);
      g_array_set_size (walk->diff->containers, record->container);
      record->container = 0;
      record->kind = kind_if_equal (walk, &step);
    }
  else
    {
      container->end = walk->diff->rows->len;
    }

  tell_parent (walk, row);
}

static void
take_step (Walk                  *walk,
           const BackstayDiffStep step)
{
  BackstayDiffKind kind = compare (walk, &step);
  BackstayDiffRow  row = add_row (walk, &step, kind);

  if (kind == BACKSTAY_DIFF_KIND_MODIFIED)
    open_frame (walk, &step, row);
  else
    tell_parent (walk, row);
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
                    });

  while (frames->len > 0 && backstay_diff_context_report (context, 64))
    {
      Frame *frame = &g_array_index (frames, Frame, frames->len - 1);

      if (frame->next_step == frame->end_step)
        close_frame (&walk);
      else
        take_step (&walk, g_array_index (context->steps, BackstayDiffStep, frame->next_step++));
    }

  return !context->stopped;
}

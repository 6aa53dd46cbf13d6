/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-patch-elements"

#include "config.h"

#include "backstay-patch-elements.h"
#include "backstay-patch-moves.h"

static guint32 *
new_indices (guint32 n_indices)
{
  guint32 *indices = g_new (guint32, n_indices);

  for (guint32 i = 0; i < n_indices; i++)
    indices[i] = BACKSTAY_PATCH_NO_ELEMENT;

  return indices;
}

/* Notes which elements go together, and returns for every element after whether it stays where it
 * was among them. */
static guint8 *
read_rows (BackstayPatchElements *self,
           BackstayDiff          *diff,
           BackstayDiffRow        array)
{
  BackstayDiffRow end = backstay_diff_get_end (diff, array);
  guint8         *stays = g_new0 (guint8, self->n_after);

  for (BackstayDiffRow row = array + 1; row < end; row = backstay_diff_get_end (diff, row))
    {
      BackstayJsonNode before = backstay_diff_get_before_node (diff, row);
      BackstayJsonNode after = backstay_diff_get_after_node (diff, row);
      guint32          source;
      guint32          target;

      if (before == BACKSTAY_JSON_NODE_NONE || after == BACKSTAY_JSON_NODE_NONE)
        continue;

      source = backstay_json_get_index (backstay_diff_get_before (diff), before);
      target = backstay_json_get_index (backstay_diff_get_after (diff), after);
      self->sources[target] = source;
      self->targets[source] = target;
      stays[target] = !backstay_diff_get_moved (diff, row);
    }

  return stays;
}

/* Where elements are removed and others are added at the same place, an operation each is saved by
 * replacing. */
static void
pair_at (BackstayPatchElements *self,
         guint32                source,
         guint32                target)
{
  while (source < self->n_before && self->targets[source] == BACKSTAY_PATCH_NO_ELEMENT &&
         target < self->n_after && self->sources[target] == BACKSTAY_PATCH_NO_ELEMENT)
    {
      self->targets[source] = target;
      self->sources[target] = source;
      self->replaced[target] = TRUE;
      source++;
      target++;
    }
}

/*
 * backstay_patch_elements_init:
 * @self: (out caller-allocates): the elements
 * @diff: a diff
 * @array: the row of an array that was modified
 *
 * Finds out what becomes of the elements of an array.
 */
void
backstay_patch_elements_init (BackstayPatchElements *self,
                              BackstayDiff          *diff,
                              BackstayDiffRow        array)
{
  g_autofree guint8 *stays = NULL;

  self->n_before = backstay_json_get_n_children (backstay_diff_get_before (diff),
                                                 backstay_diff_get_before_node (diff, array));
  self->n_after = backstay_json_get_n_children (backstay_diff_get_after (diff),
                                                backstay_diff_get_after_node (diff, array));
  self->targets = new_indices (self->n_before);
  self->sources = new_indices (self->n_after);
  self->replaced = g_new0 (guint8, self->n_after);

  stays = read_rows (self, diff, array);
  pair_at (self, 0, 0);

  for (guint32 i = 0; i < self->n_after; i++)
    if (stays[i])
      pair_at (self, self->sources[i] + 1, i + 1);
}

void
backstay_patch_elements_clear (BackstayPatchElements *self)
{
  g_free (self->targets);
  g_free (self->sources);
  g_free (self->replaced);
}

/*
 * backstay_patch_elements_list_moves:
 * @self: the elements
 *
 * Lists the moves that bring the elements in order once those to be removed are gone, and before
 * others are added.
 *
 * Returns: (transfer full) (element-type BackstayPatchMove): the moves
 */
GArray *
backstay_patch_elements_list_moves (const BackstayPatchElements *self)
{
  g_autofree guint32 *places = g_new (guint32, self->n_before);
  g_autofree guint32 *order = g_new (guint32, self->n_before);
  guint32             n_kept = 0;

  for (guint32 i = 0; i < self->n_before; i++)
    {
      places[i] = n_kept;

      if (self->targets[i] != BACKSTAY_PATCH_NO_ELEMENT)
        n_kept++;
    }

  n_kept = 0;

  for (guint32 i = 0; i < self->n_after; i++)
    if (self->sources[i] != BACKSTAY_PATCH_NO_ELEMENT)
      order[n_kept++] = places[self->sources[i]];

  return backstay_patch_list_moves (order, n_kept);
}

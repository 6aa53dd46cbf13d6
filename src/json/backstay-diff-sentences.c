/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-sentences"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "backstay-diff-excerpt.h"
#include "backstay-diff-sentences.h"
#include "backstay-diff-spelling.h"

/* What a sentence is about. */
static char *
dup_subject (BackstayJson    *json,
             BackstayJsonNode node)
{
  g_autofree char *path = backstay_diff_excerpt_path (json, node);

  /* TRANSLATORS: what a sentence such as "%s changed from %s to %s" is about. */
  return *path == '\0' ? g_strdup (_ ("The document")) : g_strconcat ("`", path, "`", NULL);
}

static char *
dup_value_with_type (BackstayJson    *json,
                     BackstayJsonNode node)
{
  g_autofree char *value = backstay_diff_excerpt_value (json, node);

  switch (backstay_json_get_kind (json, node))
    {
    case BACKSTAY_JSON_KIND_STRING:
      /* TRANSLATORS: a value with its type, as in 'changed its type from number 7 to string "7"'. */
      return g_strdup_printf (_ ("string %s"), value);

    case BACKSTAY_JSON_KIND_NUMBER:
      return g_strdup_printf (_ ("number %s"), value);

    case BACKSTAY_JSON_KIND_BOOLEAN:
      return g_strdup_printf (_ ("boolean %s"), value);

    case BACKSTAY_JSON_KIND_OBJECT:
    case BACKSTAY_JSON_KIND_ARRAY:
    case BACKSTAY_JSON_KIND_NULL:
    default:
      return g_steal_pointer (&value);
    }
}

static char *
dup_added (BackstayDiff   *diff,
           BackstayDiffRow row)
{
  BackstayJson    *json = backstay_diff_get_after (diff);
  BackstayJsonNode node = backstay_diff_get_after_node (diff, row);
  g_autofree char *subject = dup_subject (json, node);
  g_autofree char *value = backstay_diff_excerpt_value (json, node);

  return g_strdup_printf (_ ("%s was added: %s"), subject, value);
}

static char *
dup_removed (BackstayDiff   *diff,
             BackstayDiffRow row)
{
  BackstayJson    *json = backstay_diff_get_before (diff);
  BackstayJsonNode node = backstay_diff_get_before_node (diff, row);
  g_autofree char *subject = dup_subject (json, node);
  g_autofree char *value = backstay_diff_excerpt_value (json, node);

  return g_strdup_printf (_ ("%s was removed (was %s)"), subject, value);
}

static char *
dup_type_changed (BackstayDiff   *diff,
                  BackstayDiffRow row)
{
  BackstayJson    *before = backstay_diff_get_before (diff);
  BackstayJson    *after = backstay_diff_get_after (diff);
  BackstayJsonNode after_node = backstay_diff_get_after_node (diff, row);
  g_autofree char *subject = dup_subject (after, after_node);
  g_autofree char *before_value = dup_value_with_type (before, backstay_diff_get_before_node (diff, row));
  g_autofree char *after_value = dup_value_with_type (after, after_node);

  return g_strdup_printf (_ ("%s changed its type from %s to %s"), subject, before_value, after_value);
}

/* Another value, or another spelling of it. */
static char *
dup_value_changed (BackstayDiff   *diff,
                   BackstayDiffRow row)
{
  BackstayJson    *before = backstay_diff_get_before (diff);
  BackstayJson    *after = backstay_diff_get_after (diff);
  BackstayJsonNode after_node = backstay_diff_get_after_node (diff, row);
  g_autofree char *subject = dup_subject (after, after_node);
  g_autofree char *before_value = NULL;
  g_autofree char *after_value = NULL;

  backstay_diff_excerpt_values (before, backstay_diff_get_before_node (diff, row), after, after_node,
                                &before_value, &after_value);

  if (backstay_diff_get_kind (diff, row) == BACKSTAY_DIFF_KIND_CHANGED)
    return g_strdup_printf (_ ("%s changed from %s to %s"), subject, before_value, after_value);

  /* A sentence writes some characters as escapes, and then cannot show which of them were. */
  if (g_str_equal (before_value, after_value))
    return g_strdup_printf (_ ("%s is spelt otherwise: %s"), subject, after_value);

  /* TRANSLATORS: the value is the same, as in "`strength` is spelt 1.0 instead of 1". */
  return g_strdup_printf (_ ("%s is spelt %s instead of %s"), subject, after_value, before_value);
}

/* Where the spelling of the value is the same, it is that of the key that differs. */
static char *
dup_respelt (BackstayDiff   *diff,
             BackstayDiffRow row)
{
  BackstayJson    *before = backstay_diff_get_before (diff);
  BackstayJson    *after = backstay_diff_get_after (diff);
  BackstayJsonNode before_node = backstay_diff_get_before_node (diff, row);
  BackstayJsonNode after_node = backstay_diff_get_after_node (diff, row);
  g_autofree char *subject = NULL;

  if (!backstay_diff_values_spelt_same (before, before_node, after, after_node))
    return dup_value_changed (diff, row);

  subject = dup_subject (after, after_node);

  return g_strdup_printf (_ ("The key of %s is spelt with other escapes"), subject);
}

/* What happened to the value at a row, but for a move. */
static char *
dup_change (BackstayDiff   *diff,
            BackstayDiffRow row)
{
  switch (backstay_diff_get_kind (diff, row))
    {
    case BACKSTAY_DIFF_KIND_ADDED:
      return dup_added (diff, row);

    case BACKSTAY_DIFF_KIND_REMOVED:
      return dup_removed (diff, row);

    case BACKSTAY_DIFF_KIND_TYPE_CHANGED:
      return dup_type_changed (diff, row);

    case BACKSTAY_DIFF_KIND_CHANGED:
      return dup_value_changed (diff, row);

    case BACKSTAY_DIFF_KIND_RESPELT:
      return dup_respelt (diff, row);

    case BACKSTAY_DIFF_KIND_UNCHANGED:
    case BACKSTAY_DIFF_KIND_MODIFIED:
    default:
      return NULL;
    }
}

/* Moves */

/* How many elements were moved along with the first of a block. A removed element may have its row
 * among them. */
static guint
count_followers (BackstayDiff   *diff,
                 BackstayDiffRow row)
{
  BackstayDiffRow end = backstay_diff_get_end (diff, backstay_diff_get_parent (diff, row));
  guint           n_followers = 0;

  for (row = backstay_diff_get_end (diff, row); row < end; row = backstay_diff_get_end (diff, row))
    {
      if (backstay_diff_get_kind (diff, row) == BACKSTAY_DIFF_KIND_REMOVED)
        continue;

      if (!backstay_diff_get_moved (diff, row) || backstay_diff_get_move_begins (diff, row))
        break;

      n_followers++;
    }

  return n_followers;
}

static char *
dup_move (BackstayDiff   *diff,
          BackstayDiffRow row)
{
  g_autofree char *subject = dup_subject (backstay_diff_get_after (diff),
                                          backstay_diff_get_after_node (diff, row));
  guint            n_followers = backstay_diff_get_move_begins (diff, row) ? count_followers (diff, row) : 0;
  guint            from = backstay_json_get_index (backstay_diff_get_before (diff),
                                                   backstay_diff_get_before_node (diff, row));
  guint            to = backstay_json_get_index (backstay_diff_get_after (diff),
                                                 backstay_diff_get_after_node (diff, row));

  if (n_followers == 0)
    return g_strdup_printf (_ ("%s was moved from index %u to %u"), subject, from, to);

  return g_strdup_printf (ngettext ("%1$s and the element after it were moved from index "
                                    "%2$u to %3$u",
                                    "%1$s and the %4$u elements after it were moved from index "
                                    "%2$u to %3$u",
                                    n_followers),
                          subject, from, to, n_followers);
}

/**
 * backstay_diff_dup_sentence:
 * @diff: a diff
 * @row: one of its rows
 *
 * Says in plain words what happened at a row: "`steps` changed from 20 to 30".
 *
 * The sentence has no full stop. Scalars stand in it as in the text, but long ones
 * are shortened around the first difference; objects and arrays are only counted.
 * There are no line breaks in it, nor control, bidirectional or other characters of
 * format: these are written as escapes of JSON.
 *
 * The first of elements that were moved together speaks for all of them, and the
 * others for themselves.
 *
 * Returns: (transfer full) (nullable): the sentence; %NULL if nothing happened at
 *   the row itself
 */
char *
backstay_diff_dup_sentence (BackstayDiff   *diff,
                            BackstayDiffRow row)
{
  g_autofree char *change = NULL;
  g_autofree char *move = NULL;

  g_return_val_if_fail (diff != NULL, NULL);
  g_return_val_if_fail (row < backstay_diff_get_n_rows (diff), NULL);

  change = dup_change (diff, row);

  if (!backstay_diff_get_moved (diff, row))
    return g_steal_pointer (&change);

  move = dup_move (diff, row);

  if (change == NULL)
    return g_steal_pointer (&move);

  /* TRANSLATORS: two sentences on the same element: it was moved, and it changed. */
  return g_strdup_printf (_ ("%s, and %s"), move, change);
}

/**
 * backstay_diff_sentences_init:
 * @self: (out caller-allocates): an iterator
 * @diff: a diff
 *
 * Begins a walk through the changes of a diff. There is nothing to clear.
 */
void
backstay_diff_sentences_init (BackstayDiffSentences *self,
                              BackstayDiff          *diff)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (diff != NULL);

  self->diff = diff;
  self->next_row = 0;
}

/* Elements that were moved with the one before, and are as they were, are left out. */
static char *
dup_listed_sentence (BackstayDiff   *diff,
                     BackstayDiffRow row)
{
  if (backstay_diff_get_moved (diff, row) && !backstay_diff_get_move_begins (diff, row))
    return dup_change (diff, row);

  return backstay_diff_dup_sentence (diff, row);
}

/**
 * backstay_diff_sentences_next:
 * @self: an iterator
 * @row: (out) (optional): the row that the sentence is about
 *
 * Gives one change after the other, in document order.
 *
 * Elements that were moved together have one sentence.
 *
 * Returns: (transfer full) (nullable): the sentence of the next change, see
 *   backstay_diff_dup_sentence(); %NULL at the end
 */
char *
backstay_diff_sentences_next (BackstayDiffSentences *self,
                              BackstayDiffRow       *row)
{
  BackstayDiffRow current;

  g_return_val_if_fail (self != NULL, NULL);

  while ((current = backstay_diff_skip_unchanged (self->diff, self->next_row)) <
         backstay_diff_get_n_rows (self->diff))
    {
      char *sentence = dup_listed_sentence (self->diff, current);

      self->next_row = current + 1;

      if (sentence == NULL)
        continue;

      if (row != NULL)
        *row = current;

      return sentence;
    }

  return NULL;
}

/**
 * backstay_diff_counts_dup_summary:
 * @counts: how many changes there are, see backstay_diff_get_counts()
 *
 * Says in a few words how much differs: "2 changed, 1 added, 1 removed",
 * "spelling only: 3", "no difference".
 *
 * Returns: (transfer full): the summary
 */
char *
backstay_diff_counts_dup_summary (const BackstayDiffCounts *counts)
{
  g_autoptr (GPtrArray) parts = NULL;

  g_return_val_if_fail (counts != NULL, NULL);

  parts = g_ptr_array_new_with_free_func (g_free);

  if (counts->n_changed > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u changed", "%u changed", counts->n_changed),
                                             counts->n_changed));
  if (counts->n_added > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u added", "%u added", counts->n_added),
                                             counts->n_added));
  if (counts->n_removed > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u removed", "%u removed", counts->n_removed),
                                             counts->n_removed));
  if (counts->n_moved > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u moved", "%u moved", counts->n_moved),
                                             counts->n_moved));
  /* TRANSLATORS: so many values are the same, but spelt otherwise, such as 1 and 1.0. */
  if (counts->n_respelt > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("spelling only: %u", "spelling only: %u",
                                                       counts->n_respelt),
                                             counts->n_respelt));

  if (parts->len == 0)
    return g_strdup (_ ("no difference"));

  g_ptr_array_add (parts, NULL);

  /* TRANSLATORS: between the parts of "2 changed, 1 added". */
  return g_strjoinv (_ (", "), (char **) parts->pdata);
}

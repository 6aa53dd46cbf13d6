/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-brief"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "backstay-diff-brief.h"
#include "backstay-diff-excerpt.h"
#include "backstay-diff-sentences.h"

/* So much of a value is shown: the beginning of the difference is in it, as what comes before it
 * was cut to 20 characters. */
#define MAX_VALUE_CHARS 36

/* What comes before the name that a change is known by: its own key, or for what is inside of
 * an array that array's key. */
static BackstayJsonNode
find_context (BackstayJson    *json,
              BackstayJsonNode node)
{
  BackstayJsonNode parent = backstay_json_get_parent (json, node);

  while (parent != BACKSTAY_JSON_NODE_NONE)
    {
      BackstayJsonNode grandparent = backstay_json_get_parent (json, parent);
      gboolean         in_element = grandparent != BACKSTAY_JSON_NODE_NONE &&
                            backstay_json_get_kind (json, grandparent) == BACKSTAY_JSON_KIND_ARRAY;

      if (backstay_json_get_kind (json, parent) == BACKSTAY_JSON_KIND_OBJECT && !in_element)
        return parent;

      parent = grandparent;
    }

  return BACKSTAY_JSON_NODE_NONE;
}

static gboolean
has_same_key (BackstayJson    *json,
              BackstayJsonNode a,
              BackstayJsonNode b)
{
  gsize       length_a;
  gsize       length_b;
  const char *key_a;
  const char *key_b;

  if (!backstay_json_has_key (json, a) || !backstay_json_has_key (json, b))
    return FALSE;

  key_a = backstay_json_get_key_lexeme (json, a, &length_a);
  key_b = backstay_json_get_key_lexeme (json, b, &length_b);

  return length_a == length_b && memcmp (key_a, key_b, length_a) == 0;
}

/* Whether two members have the same keys from @a up to the one below @context. */
static gboolean
is_like (BackstayJson    *json,
         BackstayJsonNode a,
         BackstayJsonNode b,
         BackstayJsonNode context)
{
  while (a != context)
    {
      if (b == BACKSTAY_JSON_NODE_NONE || !has_same_key (json, a, b))
        return FALSE;

      a = backstay_json_get_parent (json, a);
      b = backstay_json_get_parent (json, b);
    }

  return TRUE;
}

/* Whether another member goes by the name that a change has below @context. */
static gboolean
is_ambiguous (BackstayJson    *json,
              BackstayJsonNode node,
              BackstayJsonNode context)
{
  BackstayJsonNode first = find_context (json, node);
  guint            n_nodes = backstay_json_get_n_nodes (json);

  /* What is in an array is known by the array's key. */
  while (backstay_json_get_parent (json, node) != first)
    node = backstay_json_get_parent (json, node);

  for (BackstayJsonNode other = 0; other < n_nodes; other++)
    {
      if (other != node && has_same_key (json, node, other) &&
          find_context (json, other) == backstay_json_get_parent (json, other) &&
          is_like (json, node, other, context))
        return TRUE;
    }

  return FALSE;
}

/* Its key, or as many of those above it as tell it from what has the same key. */
static char *
dup_subject (BackstayJson    *json,
             BackstayJsonNode node)
{
  g_autofree char *path = backstay_diff_excerpt_path (json, node);
  g_autofree char *context_path = NULL;
  BackstayJsonNode context = find_context (json, node);
  const char      *rest = path;

  while (context != BACKSTAY_JSON_NODE_NONE && is_ambiguous (json, node, context))
    context = find_context (json, context);

  if (path[0] == '\0')
    return g_strdup (_ ("the document"));

  if (context != BACKSTAY_JSON_NODE_NONE)
    context_path = backstay_diff_excerpt_path (json, context);

  /* A long path is cut, and then stays as it is. */
  if (context_path != NULL && g_str_has_prefix (path, context_path))
    rest += strlen (context_path);

  if (rest[0] == '.')
    rest++;

  return g_strdup (rest);
}

static char *
cut (const char *value)
{
  g_autofree char *beginning = NULL;

  if (g_utf8_strlen (value, -1) <= MAX_VALUE_CHARS)
    return g_strdup (value);

  beginning = g_utf8_substring (value, 0, MAX_VALUE_CHARS - 1);

  return g_strconcat (beginning, "…", NULL);
}

static char *
dup_values (BackstayDiff   *diff,
            BackstayDiffRow row,
            const char     *subject)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *before_cut = NULL;
  g_autofree char *after_cut = NULL;

  backstay_diff_excerpt_values (backstay_diff_get_before (diff), backstay_diff_get_before_node (diff, row),
                                backstay_diff_get_after (diff), backstay_diff_get_after_node (diff, row),
                                &before, &after);

  /* An excerpt writes some characters as escapes, and then cannot show which of them were. */
  if (strcmp (before, after) == 0)
    return g_strdup_printf (_ ("%s spelt otherwise"), subject);

  before_cut = cut (before);
  after_cut = cut (after);

  /* TRANSLATORS: a key, its value before, and its value after. */
  return g_strdup_printf (_ ("%s %s → %s"), subject, before_cut, after_cut);
}

static char *
dup_added (BackstayDiff   *diff,
           BackstayDiffRow row)
{
  BackstayJson    *after = backstay_diff_get_after (diff);
  BackstayJsonNode node = backstay_diff_get_after_node (diff, row);
  g_autofree char *subject = dup_subject (after, node);
  g_autofree char *value = backstay_diff_excerpt_value (after, node);
  g_autofree char *value_cut = cut (value);

  /* TRANSLATORS: a key, and its value. */
  return g_strdup_printf (_ ("%s added (%s)"), subject, value_cut);
}

static char *
dup_removed (BackstayDiff   *diff,
             BackstayDiffRow row)
{
  g_autofree char *subject = dup_subject (backstay_diff_get_before (diff),
                                          backstay_diff_get_before_node (diff, row));

  /* TRANSLATORS: a key. */
  return g_strdup_printf (_ ("%s removed"), subject);
}

static char *
dup_change (BackstayDiff   *diff,
            BackstayDiffRow row)
{
  g_autofree char *subject = NULL;

  switch (backstay_diff_get_kind (diff, row))
    {
    case BACKSTAY_DIFF_KIND_ADDED:
      return dup_added (diff, row);

    case BACKSTAY_DIFF_KIND_REMOVED:
      return dup_removed (diff, row);

    case BACKSTAY_DIFF_KIND_CHANGED:
    case BACKSTAY_DIFF_KIND_TYPE_CHANGED:
    case BACKSTAY_DIFF_KIND_RESPELT:
      subject = dup_subject (backstay_diff_get_after (diff), backstay_diff_get_after_node (diff, row));
      return dup_values (diff, row, subject);

    case BACKSTAY_DIFF_KIND_UNCHANGED:
    case BACKSTAY_DIFF_KIND_MODIFIED:
    default:
      break;
    }

  if (!backstay_diff_get_move_begins (diff, row))
    return NULL;

  subject = dup_subject (backstay_diff_get_after (diff), backstay_diff_get_after_node (diff, row));

  /* TRANSLATORS: an element's path. */
  return g_strdup_printf (_ ("%s moved"), subject);
}

/* What tells most comes first: other values, then what came and went and moved. What is only spelt
 * otherwise is named where there is nothing else. */
typedef enum
{
  PASS_CHANGED,
  PASS_OTHERS,
  PASS_RESPELT,
} Pass;

static Pass
get_pass (BackstayDiff   *diff,
          BackstayDiffRow row)
{
  switch (backstay_diff_get_kind (diff, row))
    {
    case BACKSTAY_DIFF_KIND_CHANGED:
    case BACKSTAY_DIFF_KIND_TYPE_CHANGED:
      return PASS_CHANGED;

    case BACKSTAY_DIFF_KIND_RESPELT:
      return PASS_RESPELT;

    case BACKSTAY_DIFF_KIND_ADDED:
    case BACKSTAY_DIFF_KIND_REMOVED:
    case BACKSTAY_DIFF_KIND_MODIFIED:
    case BACKSTAY_DIFF_KIND_UNCHANGED:
    default:
      return PASS_OTHERS;
    }
}

/* Names the changes of one pass, as long as there is room. */
static void
add_changes (BackstayDiff *diff,
             Pass          pass,
             GPtrArray    *changes,
             guint         max_changes)
{
  guint n_rows = backstay_diff_get_n_rows (diff);

  for (BackstayDiffRow row = 0; row < n_rows && changes->len <= max_changes; row++)
    {
      char *change = get_pass (diff, row) == pass ? dup_change (diff, row) : NULL;

      if (change != NULL)
        g_ptr_array_add (changes, change);
    }
}

static char *
dup_changes (BackstayDiff *diff,
             guint         max_changes)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_free);

  add_changes (diff, PASS_CHANGED, changes, max_changes);
  add_changes (diff, PASS_OTHERS, changes, max_changes);
  if (changes->len == 0)
    add_changes (diff, PASS_RESPELT, changes, max_changes);

  if (changes->len > max_changes)
    {
      g_ptr_array_set_size (changes, (int) max_changes);
      g_ptr_array_add (changes, g_strdup ("…"));
    }

  g_ptr_array_add (changes, NULL);

  return g_strjoinv (_ (", "), (char **) changes->pdata);
}

/**
 * backstay_diff_dup_brief:
 * @diff: a diff
 * @max_changes: how many changes are named at most
 *
 * Says on one line how much differs, and the most telling of it, for a place with little room:
 * "2 changed, 1 added: guidance_scale 7.5 → 99, steps 20 → 30, …".
 *
 * Keys are without those above them, unless they are in several places, and values are cut. There are no line breaks, nor control or
 * bidirectional characters in it.
 *
 * Returns: (transfer full): the line
 */
char *
backstay_diff_dup_brief (BackstayDiff *diff,
                         guint         max_changes)
{
  BackstayDiffCounts counts;
  g_autofree char   *summary = NULL;
  g_autofree char   *changes = NULL;

  g_return_val_if_fail (diff != NULL, NULL);

  backstay_diff_get_counts (diff, 0, &counts);
  summary = backstay_diff_counts_dup_summary (&counts);
  changes = dup_changes (diff, max_changes);

  if (changes[0] == '\0')
    return g_steal_pointer (&summary);

  /* TRANSLATORS: how much is only spelt otherwise, and the first of it, as in
   * "spelling only: 1; strength 1 → 1.0". */
  if (counts.n_respelt > 0)
    return g_strdup_printf (_ ("%s; %s"), summary, changes);

  /* TRANSLATORS: how much changed, and the first of it, as in "2 changed: steps 20 → 30, …". */
  return g_strdup_printf (_ ("%s: %s"), summary, changes);
}

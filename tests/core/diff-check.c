/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "diff-check"

#include "config.h"

#include <string.h>

#include "diff-check.h"

static char *dup_canonical (BackstayJson    *json,
                            BackstayJsonNode node);

static void
append_key (GString         *text,
            BackstayJson    *json,
            BackstayJsonNode node)
{
  gsize       length;
  const char *key = backstay_json_get_key_lexeme (json, node, &length);

  if (key == NULL)
    return;

  g_string_append_len (text, key, (gssize) length);
  g_string_append_c (text, ':');
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Joins the texts of children; members are sorted, as their order does not matter. */
static char *
join (GPtrArray *children,
      gboolean   is_object)
{
  g_autofree char *joined = NULL;

  if (is_object)
    g_ptr_array_sort (children, compare_strings);

  g_ptr_array_add (children, NULL);
  joined = g_strjoinv (",", (char **) children->pdata);

  return g_strconcat (is_object ? "{" : "[", joined, is_object ? "}" : "]", NULL);
}

static char *
dup_with_key (BackstayJson    *json,
              BackstayJsonNode node,
              char            *value)
{
  GString *text = g_string_new (NULL);

  append_key (text, json, node);
  g_string_append (text, value);
  g_free (value);

  return g_string_free (text, FALSE);
}

/* Writes a value without white space, all numbers and strings as they are written. */
static char *
dup_canonical (BackstayJson    *json,
               BackstayJsonNode node)
{
  gsize       length;
  const char *lexeme = backstay_json_get_lexeme (json, node, &length);
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (g_free);

  if (!backstay_json_is_container (json, node))
    return dup_with_key (json, node, g_strndup (lexeme, length));

  for (guint i = 0; i < backstay_json_get_n_children (json, node); i++)
    g_ptr_array_add (children, dup_canonical (json, backstay_json_get_child (json, node, i)));

  return dup_with_key (json, node, join (children, *lexeme == '{'));
}

/* Makes the value after from the one before and the rows. */
static char *
apply (BackstayDiff   *diff,
       BackstayDiffRow row)
{
  BackstayJson    *before = backstay_diff_get_before (diff);
  BackstayJson    *after = backstay_diff_get_after (diff);
  BackstayJsonNode before_node = backstay_diff_get_before_node (diff, row);
  BackstayJsonNode after_node = backstay_diff_get_after_node (diff, row);
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (g_free);

  switch (backstay_diff_get_kind (diff, row))
    {
    case BACKSTAY_DIFF_KIND_UNCHANGED:
      return dup_canonical (before, before_node);
    case BACKSTAY_DIFF_KIND_REMOVED:
      return NULL;
    case BACKSTAY_DIFF_KIND_ADDED:
    case BACKSTAY_DIFF_KIND_CHANGED:
    case BACKSTAY_DIFF_KIND_TYPE_CHANGED:
    case BACKSTAY_DIFF_KIND_RESPELT:
      return dup_canonical (after, after_node);
    case BACKSTAY_DIFF_KIND_MODIFIED:
    default:
      break;
    }

  for (BackstayDiffRow child = row + 1; child < backstay_diff_get_end (diff, row);
       child = backstay_diff_get_end (diff, child))
    {
      char *text = apply (diff, child);

      if (text != NULL)
        g_ptr_array_add (children, text);
    }

  return dup_with_key (after, after_node,
                       join (children, backstay_json_get_kind (before, before_node) ==
                                         BACKSTAY_JSON_KIND_OBJECT));
}

static void
check_applied (BackstayDiff *diff)
{
  BackstayJson    *after = backstay_diff_get_after (diff);
  g_autofree char *applied = apply (diff, 0);
  g_autofree char *expected = dup_canonical (after, backstay_json_get_root (after));

  g_assert_cmpstr (applied, ==, expected);
}

/* Elements that were not moved keep their order; all are there once; a row that was removed stands
 * where it was. */
static void
check_elements (BackstayDiff   *diff,
                BackstayDiffRow row)
{
  BackstayJsonNode before = backstay_diff_get_before_node (diff, row);
  BackstayJsonNode after = backstay_diff_get_after_node (diff, row);
  guint            n_before = 0;
  guint            n_after = 0;
  gint64           last_before = -1;
  gint64           last_after = -1;

  for (BackstayDiffRow child = row + 1; child < backstay_diff_get_end (diff, row);
       child = backstay_diff_get_end (diff, child))
    {
      BackstayJsonNode before_child = backstay_diff_get_before_node (diff, child);
      BackstayJsonNode after_child = backstay_diff_get_after_node (diff, child);

      g_assert_cmpuint (backstay_diff_get_parent (diff, child), ==, row);

      if (before_child != BACKSTAY_JSON_NODE_NONE)
        {
          n_before++;
          g_assert_cmpuint (backstay_json_get_parent (backstay_diff_get_before (diff), before_child),
                            ==, before);

          if (!backstay_diff_get_moved (diff, child) &&
              !backstay_json_has_key (backstay_diff_get_before (diff), before_child))
            {
              g_assert_cmpint (before_child, >, last_before);
              last_before = before_child;
            }
        }

      if (after_child != BACKSTAY_JSON_NODE_NONE)
        {
          n_after++;
          g_assert_cmpuint (backstay_json_get_parent (backstay_diff_get_after (diff), after_child),
                            ==, after);
          g_assert_cmpint (after_child, >, last_after);
          last_after = after_child;
        }
    }

  g_assert_cmpuint (n_before, ==, backstay_json_get_n_children (backstay_diff_get_before (diff), before));
  g_assert_cmpuint (n_after, ==, backstay_json_get_n_children (backstay_diff_get_after (diff), after));
}

static gboolean
is_change (BackstayDiff   *diff,
           BackstayDiffRow row)
{
  switch (backstay_diff_get_kind (diff, row))
    {
    case BACKSTAY_DIFF_KIND_ADDED:
    case BACKSTAY_DIFF_KIND_REMOVED:
    case BACKSTAY_DIFF_KIND_CHANGED:
    case BACKSTAY_DIFF_KIND_TYPE_CHANGED:
      return TRUE;
    case BACKSTAY_DIFF_KIND_UNCHANGED:
    case BACKSTAY_DIFF_KIND_MODIFIED:
    case BACKSTAY_DIFF_KIND_RESPELT:
    default:
      return backstay_diff_get_move_begins (diff, row);
    }
}

static void
check_counts (BackstayDiff   *diff,
              BackstayDiffRow row)
{
  BackstayDiffCounts counts;
  guint              n[BACKSTAY_DIFF_KIND_RESPELT + 1] = { 0 };
  guint              n_moved = 0;

  for (BackstayDiffRow i = row; i < backstay_diff_get_end (diff, row); i++)
    {
      n[backstay_diff_get_kind (diff, i)]++;
      n_moved += backstay_diff_get_move_begins (diff, i);
    }

  backstay_diff_get_counts (diff, row, &counts);
  g_assert_cmpuint (counts.n_added, ==, n[BACKSTAY_DIFF_KIND_ADDED]);
  g_assert_cmpuint (counts.n_removed, ==, n[BACKSTAY_DIFF_KIND_REMOVED]);
  g_assert_cmpuint (counts.n_changed, ==,
                    n[BACKSTAY_DIFF_KIND_CHANGED] + n[BACKSTAY_DIFF_KIND_TYPE_CHANGED]);
  g_assert_cmpuint (counts.n_respelt, ==, n[BACKSTAY_DIFF_KIND_RESPELT]);
  g_assert_cmpuint (counts.n_moved, ==, n_moved);
}

static void
check_find (BackstayDiff *diff)
{
  BackstayDiffRow last = BACKSTAY_DIFF_ROW_NONE;

  for (BackstayDiffRow row = 0; row < backstay_diff_get_n_rows (diff); row++)
    {
      if (is_change (diff, row))
        {
          g_assert_cmpuint (backstay_diff_find_change (diff, last, 1), ==, row);

          if (last != BACKSTAY_DIFF_ROW_NONE)
            g_assert_cmpuint (backstay_diff_find_change (diff, row, -1), ==, last);

          last = row;
        }
    }

  g_assert_cmpuint (backstay_diff_find_change (diff, BACKSTAY_DIFF_ROW_NONE, -1), ==, last);

  if (last != BACKSTAY_DIFF_ROW_NONE)
    g_assert_cmpuint (backstay_diff_find_change (diff, last, 1), ==, BACKSTAY_DIFF_ROW_NONE);
}

static void
check_mirror (BackstayDiff *diff,
              BackstayDiff *mirror)
{
  BackstayDiffCounts counts;
  BackstayDiffCounts mirrored;

  backstay_diff_get_counts (diff, 0, &counts);
  backstay_diff_get_counts (mirror, 0, &mirrored);
  g_assert_cmpuint (counts.n_added, ==, mirrored.n_removed);
  g_assert_cmpuint (counts.n_removed, ==, mirrored.n_added);
  g_assert_cmpuint (counts.n_changed, ==, mirrored.n_changed);
  g_assert_cmpuint (counts.n_respelt, ==, mirrored.n_respelt);
  g_assert_cmpuint (counts.n_moved, ==, mirrored.n_moved);
}

/* Compares two documents that can be compared. */
BackstayDiff *
diff_check_new (BackstayJson *before,
                BackstayJson *after)
{
  g_autoptr (GError) error = NULL;
  BackstayDiff *diff = backstay_diff_new (before, after, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (diff);

  return diff;
}

/* Checks all that must hold for any two documents. */
void
diff_check_pair (BackstayJson *before,
                 BackstayJson *after)
{
  g_autoptr (BackstayDiff) diff = diff_check_new (before, after);
  g_autoptr (BackstayDiff) mirror = diff_check_new (after, before);

  for (BackstayDiffRow row = 0; row < backstay_diff_get_n_rows (diff); row++)
    {
      check_counts (diff, row);

      if (backstay_diff_get_kind (diff, row) == BACKSTAY_DIFF_KIND_MODIFIED)
        check_elements (diff, row);
      else
        g_assert_cmpuint (backstay_diff_get_end (diff, row), ==, row + 1);
    }

  check_find (diff);
  check_applied (diff);
  check_applied (mirror);
  check_mirror (diff, mirror);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-model-diff-tree"

#include "config.h"

#include "json-edit.h"

#include "backstay-diff-tree.h"

#define N_DOCUMENTS 60
#define N_STEPS 40

static BackstayDiff *
read_diff (const char *before_text,
           const char *after_text)
{
  g_autoptr (BackstayJson) before = json_random_read (before_text);
  g_autoptr (BackstayJson) after = json_random_read (after_text);

  return backstay_diff_new (before, after, NULL, NULL, NULL, NULL);
}

/* A view hears of every change, and has the same rows as the tree. */

static guint64
get_key_at (GListModel *model,
            guint       position)
{
  g_autoptr (BackstayDiffItem) item = g_list_model_get_item (model, position);

  return backstay_diff_item_get_key (item);
}

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       n_removed,
                  guint       n_added,
                  gpointer    user_data)
{
  GArray *view = user_data;

  g_assert_cmpuint (position + n_removed, <=, view->len);

  if (n_removed > 0)
    g_array_remove_range (view, position, n_removed);

  for (guint i = 0; i < n_added; i++)
    {
      guint64 key = get_key_at (model, position + i);

      g_array_insert_val (view, position + i, key);
    }
}

/* It can also be found by its key, and what it is in stands before it. */
static void
assert_found (BackstayDiffTree *tree,
              guint             position)
{
  g_autoptr (BackstayDiffItem) item = g_list_model_get_item (G_LIST_MODEL (tree), position);
  g_autoptr (BackstayDiffItem) above = NULL;
  guint found;
  guint parent;

  g_assert_true (backstay_diff_tree_find (tree, backstay_diff_item_get_key (item), &found));
  g_assert_cmpuint (found, ==, position);

  if (!backstay_diff_tree_find_parent (tree, position, &parent))
    {
      g_assert_cmpuint (backstay_diff_item_get_depth (item), ==, 0);
      return;
    }

  g_assert_cmpuint (parent, <, position);
  above = g_list_model_get_item (G_LIST_MODEL (tree), parent);
  g_assert_true (backstay_diff_item_get_expanded (above));
  g_assert_cmpuint (backstay_diff_item_get_depth (above) + 1, ==, backstay_diff_item_get_depth (item));
}

static void
assert_same (GListModel *model,
             GArray     *view)
{
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, view->len);

  for (guint i = 0; i < view->len; i++)
    {
      g_assert_cmpuint (get_key_at (model, i), ==, g_array_index (view, guint64, i));
      assert_found (BACKSTAY_DIFF_TREE (model), i);
    }
}

/* What is shown after a filter was set is what a new tree shows. */
static void
assert_like_new (BackstayDiffTree *tree,
                 BackstayDiff     *diff,
                 gboolean          everything,
                 gboolean          spelling)
{
  g_autoptr (BackstayDiffTree) other = backstay_diff_tree_new (diff, everything, spelling, 2);
  GListModel *model = G_LIST_MODEL (tree);

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, g_list_model_get_n_items (G_LIST_MODEL (other)));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (BackstayDiffItem) item = g_list_model_get_item (model, i);
      g_autoptr (BackstayDiffItem) expected = g_list_model_get_item (G_LIST_MODEL (other), i);

      g_assert_cmpuint (backstay_diff_item_get_key (item), ==, backstay_diff_item_get_key (expected));
      g_assert_cmpint (backstay_diff_item_get_expanded (item), ==, backstay_diff_item_get_expanded (expected));
      g_assert_cmpuint (backstay_diff_item_get_depth (item), ==, backstay_diff_item_get_depth (expected));
    }
}

static void
take_steps (BackstayDiff *diff,
            GRand        *rand)
{
  g_autoptr (BackstayDiffTree) tree = backstay_diff_tree_new (diff, FALSE, FALSE, 2);
  g_autoptr (GArray) view = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *model = G_LIST_MODEL (tree);

  items_changed_cb (model, 0, 0, g_list_model_get_n_items (model), view);
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), view);

  for (guint step = 0; step < N_STEPS; step++)
    {
      guint n = g_list_model_get_n_items (model);

      if (n > 0)
        {
          g_ptr_array_add (held, g_list_model_get_item (model, (guint) g_rand_int_range (rand, 0, (gint32) n)));
          if (held->len > 8)
            g_ptr_array_remove_index (held, 0);
        }

      if (n > 0 && g_rand_int_range (rand, 0, 4) > 0)
        {
          backstay_diff_tree_set_expanded (tree, (guint) g_rand_int_range (rand, 0, (gint32) n), g_rand_boolean (rand));
        }
      else
        {
          gboolean everything = g_rand_boolean (rand);
          gboolean spelling = g_rand_boolean (rand);

          /* Setting it twice does nothing, and so it is set to the other first. */
          backstay_diff_tree_set_filter (tree, !everything, spelling);
          backstay_diff_tree_set_filter (tree, everything, spelling);
          assert_like_new (tree, diff, everything, spelling);
        }

      assert_same (model, view);
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (guint i = 0; i < N_DOCUMENTS; i++)
    {
      g_autoptr (JsonRandom) document = json_random_new (rand);
      g_autoptr (JsonRandom) edited = json_edit (json_edit_copy (document), rand, i % 12);
      g_autofree char *before_text = json_random_print (document, rand);
      g_autofree char *after_text = json_random_print (edited, rand);
      g_autoptr (BackstayDiff) diff = read_diff (before_text, after_text);

      if (diff != NULL) /* Keys can be there twice. */
        take_steps (diff, rand);
    }
}

/* What was moved says from where to where; a long text can be expanded, though nothing is below. */
static void
test_items (void)
{
  g_autoptr (BackstayDiff) diff =
    read_diff ("{\"a\": [{\"id\": 1}, {\"id\": 2}, {\"id\": 3}], \"t\": \"one\\ntwo\"}",
               "{\"a\": [{\"id\": 3}, {\"id\": 1}, {\"id\": 2}], \"t\": \"one\\nthree\"}");
  g_autoptr (BackstayDiffTree) tree = backstay_diff_tree_new (diff, FALSE, FALSE, 2);
  g_autoptr (BackstayDiffItem) moved = g_list_model_get_item (G_LIST_MODEL (tree), 1);
  g_autoptr (BackstayDiffItem) text = g_list_model_get_item (G_LIST_MODEL (tree), 4);
  g_auto (BackstayDiffValue) moved_before = { NULL };
  g_auto (BackstayDiffValue) moved_after = { NULL };
  g_auto (BackstayDiffValue) text_before = { NULL };
  g_auto (BackstayDiffValue) text_after = { NULL };
  g_autofree char *moved_words = NULL;
  g_autofree char *text_words = NULL;
  guint            n = g_list_model_get_n_items (G_LIST_MODEL (tree));

  g_assert_cmpuint (n, ==, 5); /* With the elements beside the one that was moved. */
  backstay_diff_item_get_values (moved, &moved_before, &moved_after, &moved_words);
  g_assert_cmpstr (moved_before.text, ==, "index 2: { 1 }");
  g_assert_cmpstr (moved_after.text, ==, "index 0: { 1 }");
  g_assert_null (moved_words);

  g_assert_true (backstay_diff_item_get_expandable (text));
  backstay_diff_tree_set_expanded (tree, 4, TRUE);
  g_assert_true (backstay_diff_item_get_expanded (text));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tree)), ==, n);
  backstay_diff_item_get_values (text, &text_before, &text_after, &text_words);
  g_assert_cmpstr (text_before.text, ==, "\"one↵\ntwo\"");
  g_assert_cmpstr (text_words, ==, "“two” became “three”");
}

static void
assert_keys (BackstayDiffTree *tree,
             const char       *expected)
{
  g_autoptr (GString) keys = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (tree)); i++)
    {
      g_autoptr (BackstayDiffItem) item = g_list_model_get_item (G_LIST_MODEL (tree), i);
      g_autofree char *key = backstay_diff_item_dup_key (item);

      g_string_append_printf (keys, "%s%s", i > 0 ? "|" : "", key);
    }

  g_assert_cmpstr (keys->str, ==, expected);
}

/* Beside a change stand its neighbours, and what is between is told and can be opened. */
static void
test_context (void)
{
  g_autoptr (BackstayDiff) diff =
    read_diff ("{\"a\": 1, \"b\": 2, \"c\": 3, \"d\": 4, \"e\": 5, \"f\": 6, \"g\": 7, \"h\": 8, \"i\": 9, \"z\": 1}",
               "{\"a\": 1, \"b\": 2, \"c\": 3, \"d\": 0, \"e\": 5, \"f\": 6, \"g\": 7, \"h\": 8, \"i\": 9, \"z\": 1.0}");
  g_autoptr (BackstayDiffTree) two = backstay_diff_tree_new (diff, FALSE, FALSE, 2);
  g_autoptr (BackstayDiffTree) one = backstay_diff_tree_new (diff, FALSE, FALSE, 1);
  g_autoptr (BackstayDiffTree) none = backstay_diff_tree_new (diff, FALSE, FALSE, 0);
  g_autoptr (BackstayDiffItem) hidden = g_list_model_get_item (G_LIST_MODEL (two), 6);

  /* That one is hidden takes as much room as to show it. */
  assert_keys (two, "a|b|c|d|e|f|… 3 unchanged, 1 spelt otherwise");
  assert_keys (one, "… 2 unchanged|c|d|e|… 4 unchanged, 1 spelt otherwise");
  assert_keys (none, "… 3 unchanged|d|… 5 unchanged, 1 spelt otherwise");

  g_assert_true (backstay_diff_item_get_is_hidden (hidden));
  g_assert_true (backstay_diff_item_get_expandable (hidden));
  backstay_diff_tree_set_expanded (two, 6, TRUE);
  assert_keys (two, "a|b|c|d|e|f|g|h|i|z");

  /* What is spelt otherwise counts as a change where it is shown. */
  backstay_diff_tree_set_filter (one, FALSE, TRUE);
  assert_keys (one, "… 2 unchanged|c|d|e|… 3 unchanged|i|z");
  backstay_diff_tree_set_filter (one, TRUE, TRUE);
  assert_keys (one, "a|b|c|d|e|f|g|h|i|z");
  backstay_diff_tree_set_filter (one, FALSE, FALSE);
  assert_keys (one, "… 2 unchanged|c|d|e|… 4 unchanged, 1 spelt otherwise");
}

/* Every row of the diff stands in the list, or is counted as hidden, and no change is hidden. */
static void
assert_complete (BackstayDiff *diff,
                 gboolean      spelling,
                 guint         n_context)
{
  g_autoptr (BackstayDiffRuns) runs = backstay_diff_runs_new_changes (diff, spelling, n_context);
  BackstayDiffRow    next = backstay_diff_get_kind (diff, 0) == BACKSTAY_DIFF_KIND_MODIFIED ? 1 : 0;
  BackstayDiffCounts counts;

  backstay_diff_get_counts (diff, 0, &counts);

  if (counts.n_added + counts.n_removed + counts.n_changed + counts.n_moved + (spelling ? counts.n_respelt : 0) == 0)
    {
      g_assert_cmpuint (backstay_diff_runs_get_n (runs), ==, 0);
      return;
    }

  for (guint i = 0; i < backstay_diff_runs_get_n (runs); i++)
    {
      BackstayDiffEntry entry;

      backstay_diff_runs_get (runs, i, &entry);
      g_assert_cmpuint (entry.row, ==, next++);

      for (; next < entry.hidden_end; next++)
        ;
      for (BackstayDiffRow row = entry.row; row < entry.hidden_end; row++)
        {
          BackstayDiffKind kind = backstay_diff_get_kind (diff, row);

          g_assert_false (backstay_diff_get_moved (diff, row));
          g_assert_true (kind == BACKSTAY_DIFF_KIND_UNCHANGED || kind == BACKSTAY_DIFF_KIND_MODIFIED ||
                         (!spelling && kind == BACKSTAY_DIFF_KIND_RESPELT));
        }
    }

  g_assert_cmpuint (next, ==, backstay_diff_get_n_rows (diff));
}

static void
test_complete (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (guint i = 0; i < N_DOCUMENTS; i++)
    {
      g_autoptr (JsonRandom) document = json_random_new (rand);
      g_autoptr (JsonRandom) edited = json_edit (json_edit_copy (document), rand, i % 12);
      g_autofree char *before = json_random_print (document, rand);
      g_autofree char *after = json_random_print (edited, rand);
      g_autoptr (BackstayDiff) diff = read_diff (before, after);

      for (guint n_context = 0; diff != NULL && n_context < 3; n_context++)
        {
          assert_complete (diff, FALSE, n_context);
          assert_complete (diff, TRUE, n_context);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diff-tree/random", test_random);
  g_test_add_func ("/diff-tree/items", test_items);
  g_test_add_func ("/diff-tree/context", test_context);
  g_test_add_func ("/diff-tree/complete", test_complete);

  return g_test_run ();
}

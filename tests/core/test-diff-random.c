/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What must hold for any two documents. */

#define G_LOG_DOMAIN "test-diff-random"

#include "config.h"

#include <string.h>

#include "diff-check.h"
#include "json-edit.h"

#define N_DOCUMENTS 400
#define N_ARRAYS 4000

static void
test_documents (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);

  for (guint i = 0; i < N_DOCUMENTS; i++)
    {
      g_autoptr (JsonRandom) made = json_random_new (rand);
      g_autoptr (JsonRandom) document = json_edit_copy_part (made, rand);
      g_autoptr (JsonRandom) edited = json_edit (json_edit_copy (document), rand, i % 12);
      g_autofree char *before_text = json_random_print (document, rand);
      g_autofree char *after_text = json_random_print (edited, i % 2 == 0 ? rand : NULL);
      g_autofree char *same_text = json_random_print (document, rand);
      g_autoptr (BackstayJson) before = json_random_read (before_text);
      g_autoptr (BackstayJson) after = json_random_read (after_text);
      g_autoptr (BackstayJson) same = json_random_read (same_text);
      g_autoptr (BackstayDiff) diff = diff_check_new (before, same);

      diff_check_pair (before, after);
      g_assert_cmpuint (backstay_diff_get_n_rows (diff), ==, 1);
      g_assert_cmpint (backstay_diff_get_kind (diff, 0), ==, BACKSTAY_DIFF_KIND_UNCHANGED);
    }
}

static void
append_element (GString *text,
                GRand   *rand,
                int      choice,
                int      alphabet)
{
  int value = g_rand_int_range (rand, 0, alphabet);

  if (text->len > 1)
    g_string_append_c (text, ',');

  if (choice == 0)
    g_string_append_printf (text, "%d", value);
  else if (choice == 1)
    g_string_append_printf (text, "{\"id\":%d,\"a\":%d}", value, g_rand_int_range (rand, 0, 3));
  else
    g_string_append_printf (text, "[%d,\"%d\",{\"x\":%d}]", value % 3, value, value / 2);
}

static BackstayJson *
make_array (GRand *rand,
            int    choice,
            int    alphabet,
            int    length)
{
  g_autoptr (GString) text = g_string_new ("[");

  for (int i = 0; i < length; i++)
    append_element (text, rand, choice < 3 ? choice : g_rand_int_range (rand, 0, 3), alphabet);

  g_string_append_c (text, ']');

  return json_random_read (text->str);
}

/* Counts how long the longest common subsequence is, as the books do. */
static guint
count_common (BackstayJson *before,
              BackstayJson *after)
{
  guint             n_before = backstay_json_get_n_children (before, backstay_json_get_root (before));
  guint             n_after = backstay_json_get_n_children (after, backstay_json_get_root (after));
  g_autofree guint *row = g_new0 (guint, n_after + 1);

  for (guint i = 0; i < n_before; i++)
    {
      guint diagonal = 0;

      for (guint j = 0; j < n_after; j++)
        {
          gsize       x_length;
          gsize       y_length;
          const char *x = backstay_json_get_lexeme (before, i, &x_length);
          const char *y = backstay_json_get_lexeme (after, j, &y_length);
          guint       above = row[j + 1];

          if (x_length == y_length && memcmp (x, y, x_length) == 0)
            row[j + 1] = diagonal + 1;
          else
            row[j + 1] = MAX (above, row[j]);

          diagonal = above;
        }
    }

  return row[n_after];
}

/* Of numbers, as many keep their place as can. */
static void
check_optimum (BackstayJson *before,
               BackstayJson *after)
{
  g_autoptr (BackstayDiff) diff = diff_check_new (before, after);
  guint n_kept = 0;

  if (backstay_diff_get_n_rows (diff) == 1)
    return;

  for (BackstayDiffRow row = 1; row < backstay_diff_get_n_rows (diff); row++)
    n_kept += backstay_diff_get_kind (diff, row) == BACKSTAY_DIFF_KIND_UNCHANGED &&
              !backstay_diff_get_moved (diff, row);

  g_assert_cmpuint (n_kept, ==, count_common (before, after));
}

static void
test_arrays (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (guint i = 0; i < N_ARRAYS; i++)
    {
      int choice = g_rand_int_range (rand, 0, 4);
      int alphabet = g_rand_int_range (rand, 1, 30);
      int length = g_rand_int_range (rand, 0, i % 100 == 0 ? 200 : 14);
      g_autoptr (BackstayJson) before = make_array (rand, choice, alphabet, length);
      g_autoptr (BackstayJson) after = make_array (rand, choice, alphabet,
                                                   g_rand_int_range (rand, 0, length + 3));

      diff_check_pair (before, after);

      if (choice == 0)
        check_optimum (before, after);
    }
}

/* Long enough for the ways that are taken with many repetitions. */
static void
test_long_arrays (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (BackstayJson) before = make_array (rand, 0, 4, 4000);
  g_autoptr (BackstayJson) after = make_array (rand, 0, 4, 3900);
  g_autoptr (BackstayJson) edited = NULL;
  gsize       size;
  const char *data = g_bytes_get_data (backstay_json_get_text (before), &size);
  g_autoptr (GString) text = g_string_new_len (data, (gssize) size);

  /* An odd place is where an element stands. */

  for (guint i = 0; i < 40; i++)
    {
      gssize place = g_rand_int_range (rand, 0, 3900) * 2 + 1;

      if (i % 2 == 0)
        g_string_insert (text, place, "3,");
      else
        g_string_erase (text, place, 2);
    }

  edited = json_random_read (text->str);
  check_optimum (before, after);
  check_optimum (before, edited);
  check_optimum (edited, after);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diff-random/documents", test_documents);
  g_test_add_func ("/diff-random/arrays", test_arrays);
  g_test_add_func ("/diff-random/long-arrays", test_long_arrays);

  return g_test_run ();
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where two texts differ in one place, what is read of just that place must differ in the same as
 * the whole documents. */

#define G_LOG_DOMAIN "test-json-difference"

#include "config.h"

#include <string.h>

#include "backstay-diff-sentences.h"
#include "backstay-json-difference.h"
#include "backstay-json-duplicates.h"
#include "json-edit.h"

#define N_DOCUMENTS 2000

static char *
list_sentences (BackstayJson *before,
                BackstayJson *after)
{
  g_auto (BackstayDiffSentences) sentences = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayDiff) diff = backstay_diff_new (before, after, NULL, NULL, NULL, &error);
  GString    *list = g_string_new (NULL);
  const char *sentence;

  g_assert_no_error (error);
  backstay_diff_sentences_init (&sentences, diff);

  while ((sentence = backstay_diff_sentences_next (&sentences, NULL)) != NULL)
    g_string_append_printf (list, "%s\n", sentence);

  return g_string_free (list, FALSE);
}

/* Whether nothing is wrong with a text. */
static BackstayJson *
read_right (GBytes *text)
{
  g_autoptr (BackstayJson) json = backstay_json_new (text, NULL, NULL, NULL);

  if (json == NULL || backstay_json_find_duplicate_key (json) != BACKSTAY_JSON_NODE_NONE)
    return NULL;

  return g_steal_pointer (&json);
}

/* Returns whether there is one place where the texts differ. */
static gboolean
check (const char *before_text,
       const char *after_text)
{
  g_autoptr (GBytes) before_bytes = g_bytes_new (before_text, strlen (before_text));
  g_autoptr (GBytes) after_bytes = g_bytes_new (after_text, strlen (after_text));
  g_autoptr (BackstayJson) before = read_right (before_bytes);
  g_autoptr (BackstayJson) after = read_right (after_bytes);
  g_autoptr (BackstayJson) before_part = NULL;
  g_autoptr (BackstayJson) after_part = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  if (!backstay_json_read_difference (before_bytes, after_bytes, &before_part, &after_part))
    return FALSE;

  g_assert_nonnull (before);
  g_assert_nonnull (after);

  expected = list_sentences (before, after);
  found = list_sentences (before_part, after_part);
  g_assert_cmpstr (found, ==, expected);

  return TRUE;
}

static void
test_table (void)
{
  static const struct
  {
    const char *before;
    const char *after;
    gboolean    found;
  } pairs[] = {
    { "[1,2,3]", "[1,2,4]", TRUE },
    { "[1,2,3]", "[1,2,3,4]", TRUE },
    { "[1,2,3]", "[0,1,2,3]", TRUE },
    { "[1,2,3]", "[1,3]", TRUE },
    { "[1,2,3]", "[1, 2,3]", TRUE },
    { "[1,2,3]", "[1,2,3", FALSE },
    { "[1,2,3]", "[1,2,,3]", FALSE },
    { "[1,2,3]", "[1,2,3,]", FALSE },
    { "[1,2,3]", "[1,2 3]", FALSE },
    { "[1,2,3", "[1,2,4", FALSE },
    { "{\"a\":{\"x\":1,\"y\":2},\"b\":3}", "{\"a\":{\"x\":1,\"y\":4},\"b\":3}", TRUE },
    { "{\"a\":{\"x\":1,\"y\":2},\"b\":3}", "{\"a\":{\"x\":1,\"z\":2},\"b\":3}", TRUE },
    { "{\"a\":{\"x\":1,\"y\":2},\"b\":3}", "{\"a\":{\"x\":1,\"x\":2},\"b\":3}", FALSE },
    { "{\"a\":{\"x\":1,\"y\":2},\"b\":3}", "{\"a\":{\"\\u0078\":1,\"y\":2},\"b\":3}", TRUE },
    { "{\"a\":{\"x\":1,\"y\":2},\"b\":3}", "{\"a\":{\"x\":1,\"\\u0078\":2},\"b\":3}", FALSE },
    { "{\"a\":{\"x\":1,\"x\":2},\"b\":3}", "{\"a\":{\"x\":1,\"x\":2},\"b\":4}", FALSE },
    { "[{\"id\":1,\"x\":1},{\"id\":2,\"x\":1}]", "[{\"id\":0,\"x\":1},{\"id\":1,\"x\":1},{\"id\":2,\"x\":1}]", TRUE },
    { "[{\"id\":1,\"x\":1},{\"id\":2,\"x\":1}]", "[{\"id\":1,\"x\":1},{\"id\":3,\"x\":1},{\"id\":2,\"x\":1}]", TRUE },
    { "[{\"id\":1,\"x\":1},{\"id\":2,\"x\":1}]", "[{\"id\":2,\"x\":1}]", TRUE },
    { "{\"p\":{\"a\":1,\"q\":[5]}}", "{\"p\":{\"a\":1},\"r\":{\"q\":[5]}}", FALSE },
    { "[[1,2]]", "[[1,2.7],[3]]", FALSE },
    { "{\"p\":{\"a\":1}}", "{\"p\":{\"a\":12},\"r\":{\"b\":3}}", FALSE },
    { "[[[1,2]]]", "[[[1,2.7]],[[3]]]", FALSE },
    { "1", "12", FALSE },
    { "", "1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_test_message ("%s to %s", pairs[i].before, pairs[i].after);
      g_assert_true (check (pairs[i].before, pairs[i].after) == pairs[i].found);
    }
}

static void
test_index (void)
{
  static const char before_text[] = "{\"a\":[0,[1,2,3,4,5],6,7,8,9]}";
  static const char after_text[] = "{\"a\":[0,[1,2,3,9,5],6,7,8,9]}";
  g_autoptr (GBytes) before_bytes = g_bytes_new_static (before_text, strlen (before_text));
  g_autoptr (GBytes) after_bytes = g_bytes_new_static (after_text, strlen (after_text));
  g_autoptr (BackstayJson) before = NULL;
  g_autoptr (BackstayJson) after = NULL;

  g_assert_true (backstay_json_read_difference (before_bytes, after_bytes, &before, &after));
  g_assert_cmpuint (backstay_json_get_n_nodes (after), ==, 4);
  g_assert_cmpuint (backstay_json_get_index (after, 0), ==, 3);
  g_assert_cmpuint (backstay_json_get_index (after, 1), ==, 1);
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (78);
  guint n_found = 0;

  for (guint i = 0; i < N_DOCUMENTS; i++)
    {
      g_autoptr (JsonRandom) made = json_random_new (rand);
      g_autoptr (JsonRandom) document = json_edit_copy_part (made, rand);
      g_autoptr (JsonRandom) edited = json_edit (json_edit_copy (document), rand, 1 + i % 2);
      g_autofree char *text = json_random_print (document, NULL);
      g_autofree char *edited_text = json_random_print (edited, NULL);
      gsize            length = strlen (edited_text);
      gsize            place = (gsize) g_rand_int_range (rand, 0, (gint32) length);

      n_found += check (text, edited_text);
      n_found += check (edited_text, text);

      /* A byte that is put in or taken out mostly makes an error. */
      memmove (edited_text + place, edited_text + place + 1, length - place);
      check (text, edited_text);

      if (length > 1)
        {
          edited_text[MIN (place, length - 2)] = "[]{},:\"1 "[i % 9];
          check (text, edited_text);
        }
    }

  g_assert_cmpuint (n_found, >, N_DOCUMENTS / 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-difference/table", test_table);
  g_test_add_func ("/json-difference/index", test_index);
  g_test_add_func ("/json-difference/random", test_random);

  return g_test_run ();
}

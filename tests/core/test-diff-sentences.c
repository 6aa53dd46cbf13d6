/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-diff-sentences"

#include "config.h"

#include <string.h>

#include "backstay-diff-sentences.h"
#include "json-edit.h"

static BackstayDiff *
compare_texts (const char *before,
               const char *after)
{
  g_autoptr (BackstayJson) before_json = json_random_read (before);
  g_autoptr (BackstayJson) after_json = json_random_read (after);
  g_autoptr (GError) error = NULL;
  BackstayDiff *diff = backstay_diff_new (before_json, after_json, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return diff;
}

/* Lists the sentences, one a line. */
static char *
list_sentences (BackstayDiff *diff)
{
  g_auto (BackstayDiffSentences) sentences = { NULL };
  GString    *list = g_string_new (NULL);
  const char *sentence;

  backstay_diff_sentences_init (&sentences, diff);

  while ((sentence = backstay_diff_sentences_next (&sentences, NULL)) != NULL)
    g_string_append_printf (list, "%s%s", list->len > 0 ? "\n" : "", sentence);

  return g_string_free (list, FALSE);
}

static char *
dup_summary (BackstayDiff *diff)
{
  BackstayDiffCounts counts;

  backstay_diff_get_counts (diff, 0, &counts);

  return backstay_diff_counts_dup_summary (&counts);
}

static void
test_table (void)
{
  static const struct
  {
    const char *before;
    const char *after;
    const char *sentences;
    const char *summary;
  } cases[] = {
    { "{}", "{ }", "", "no difference" },
    { "{\"default_settings\":{\"guidance_scale\":99}}", "{\"default_settings\":{\"guidance_scale\":7.5}}",
      "`default_settings.guidance_scale` changed from 99 to 7.5", "1 changed" },
    { "{\"a\":true}", "{\"a\":false}", "`a` changed from true to false", "1 changed" },
    { "{}", "{\"a\":\"x\"}", "`a` was added: \"x\"", "1 added" },
    { "{\"a\":null}", "{}", "`a` was removed (was null)", "1 removed" },
    { "{\"a\":[1,2]}", "{}", "`a` was removed (was an array of 2 elements)", "1 removed" },
    { "{}", "{\"a\":{\"b\":1}}", "`a` was added: an object of 1 entry", "1 added" },
    { "{\"a\":[]}", "{\"b\":{}}", "`a` was removed (was an empty array)\n`b` was added: an empty object",
      "1 added, 1 removed" },
    { "{\"a\":7}", "{\"a\":\"7\"}", "`a` changed its type from number 7 to string \"7\"", "1 changed" },
    { "{\"a\":true}", "{\"a\":null}", "`a` changed its type from boolean true to null", "1 changed" },
    { "{\"a\":{\"b\":1,\"c\":2}}", "{\"a\":[0]}",
      "`a` changed its type from an object of 2 entries to an array of 1 element", "1 changed" },
    { "7", "8", "The document changed from 7 to 8", "1 changed" },
    { "[1]", "{}", "The document changed its type from an array of 1 element to an empty object",
      "1 changed" },
    { "{\"soft focus\":{\"x\":1}}", "{\"soft focus\":{\"x\":2}}",
      "`[\"soft focus\"].x` changed from 1 to 2", "1 changed" },
    { "{\"say \\\"hi\\\"\":1}", "{}", "`[\"say \\\"hi\\\"\"]` was removed (was 1)", "1 removed" },
    /* Spelling. */
    { "{\"a\":1}", "{\"a\":1.0}", "`a` is spelt 1.0 instead of 1", "spelling only: 1" },
    { "{\"a\":\"\\u00e9\"}", "{\"a\":\"é\"}", "`a` is spelt \"é\" instead of \"\\u00e9\"",
      "spelling only: 1" },
    { "{\"a\":\"\\u200b\"}", "{\"a\":\"\u200b\"}", "`a` is spelt otherwise: \"\\u200b\"",
      "spelling only: 1" },
    { "{\"a\":1}", "{\"\\u0061\":1}", "The key of `[\"\\u0061\"]` is spelt with other escapes",
      "spelling only: 1" },
    { "{\"a\":1,\"b\":2}", "{\"a\":1.0,\"b\":3}", "`a` is spelt 1.0 instead of 1\n`b` changed from 2 to 3",
      "1 changed, spelling only: 1" },
    /* Moves. */
    { "[\"a\",\"b\",\"c\"]", "[\"c\",\"a\",\"b\"]", "`[0]` was moved from index 2 to 0", "1 moved" },
    { "{\"l\":[1,2,3,4,5,6,7]}", "{\"l\":[6,7,1,2,3,4,5]}",
      "`l[0]` and the element after it were moved from index 5 to 0", "1 moved" },
    { "{\"l\":[1,2,3,4,5,6,7,8]}", "{\"l\":[6,7,8,1,2,3,4,5]}",
      "`l[0]` and the 2 elements after it were moved from index 5 to 0", "1 moved" },
    /* What would act on a terminal, or hide, is written as an escape. */
    { "{\"a\":1}", "{\"a\":2,\"b\":\"\xc2\x9b;31m\x7f\u202e\u2028\u00ad\ufeff\U000e0041\\u001b\"}",
      "`a` changed from 1 to 2\n`b` was added: "
      "\"\\u009b;31m\\u007f\\u202e\\u2028\\u00ad\\ufeff\\udb40\\udc41\\u001b\"",
      "1 changed, 1 added" },
    { "{}", "{\"\u202e\":0}", "`[\"\\u202e\"]` was added: 0", "1 added" },
    { "{}", "{\"a\":\"\U0001f468\u200d\U0001f469 \u0646\u0645\u06cc\u200c\u062e\u0648\"}",
      "`a` was added: \"\U0001f468\u200d\U0001f469 \u0646\u0645\u06cc\u200c\u062e\u0648\"", "1 added" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BackstayDiff) diff = compare_texts (cases[i].before, cases[i].after);
      g_autofree char *sentences = list_sentences (diff);
      g_autofree char *summary = dup_summary (diff);

      g_assert_cmpstr (sentences, ==, cases[i].sentences);
      g_assert_cmpstr (summary, ==, cases[i].summary);
    }
}

/* An element that was moved and changed, and its neighbour that came along. */
static void
test_moved_and_changed (void)
{
  g_autoptr (BackstayDiff) diff =
    compare_texts ("[{\"id\":1,\"x\":1},{\"id\":2,\"x\":1},{\"id\":3,\"x\":1},{\"id\":4,\"x\":1},{\"id\":5,\"x\":1}]",
                   "[{\"id\":4,\"x\":2},{\"id\":5,\"x\":3},{\"id\":1,\"x\":1},{\"id\":2,\"x\":1},{\"id\":3,\"x\":1}]");
  g_autofree char *sentences = list_sentences (diff);
  g_autofree char *follower = NULL;

  g_assert_cmpstr (sentences, ==,
                   "`[0]` and the element after it were moved from index 3 to 0\n"
                   "`[0].x` changed from 1 to 2\n"
                   "`[1].x` changed from 1 to 3");

  /* Asked for alone, the second one has a sentence of its own. */
  follower = backstay_diff_dup_sentence (diff, backstay_diff_get_end (diff, 1));
  g_assert_cmpstr (follower, ==, "`[1]` was moved from index 4 to 1");
}

/* Long values are cut around the first difference, which is always seen. */
static void
test_long_values (void)
{
  static const struct
  {
    const char *before;
    const char *after;
    const char *sentence;
  } cases[] = {
    { "\"%s red fox\"", "\"%s blue fox\"",
      "`a` changed from \"…yyyyyyyyyyyyyyyyyyy red fox\" to \"…yyyyyyyyyyyyyyyyyyy blue fox\"" },
    { "\"red %s\"", "\"blue %s\"",
      "`a` changed from \"red yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…\" to "
      "\"blue yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…\"" },
    { "\"x\"", "\"%s\\n\\n\"",
      "`a` changed from \"x\" to \"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…\"" },
    { "\"%s\\n\"", "\"%s\\t\"",
      "`a` changed from \"…yyyyyyyyyyyyyyyyyyyy\\n\" to \"…yyyyyyyyyyyyyyyyyyyy\\t\"" },
    { "\"%s\\ud83d\\ude00\"", "\"%s\\ud83d\\ude01\"",
      "`a` changed from \"…yyyyyyyyyyyyyyyyyyyy\\ud83d\\ude00\" to \"…yyyyyyyyyyyyyyyyyyyy\\ud83d\\ude01\"" },
    { "\"%s日本\"", "\"%s日木\"",
      "`a` changed from \"…yyyyyyyyyyyyyyyyyyy日本\" to \"…yyyyyyyyyyyyyyyyyyy日木\"" },
  };
  g_autofree char *filling = g_strnfill (100, 'y');

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) before_parts = g_strsplit (cases[i].before, "%s", 2);
      g_auto (GStrv) after_parts = g_strsplit (cases[i].after, "%s", 2);
      g_autofree char *before_value = g_strjoinv (filling, before_parts);
      g_autofree char *after_value = g_strjoinv (filling, after_parts);
      g_autofree char *before = g_strdup_printf ("{\"a\":%s}", before_value);
      g_autofree char *after = g_strdup_printf ("{\"a\":%s}", after_value);
      g_autoptr (BackstayDiff) diff = compare_texts (before, after);
      g_autofree char *sentences = list_sentences (diff);

      g_assert_cmpstr (sentences, ==, cases[i].sentence);
    }
}

static void
test_long_path (void)
{
  g_autofree char *key = g_strnfill (1000, 'k');
  g_autofree char *text = g_strdup_printf ("{\"%s\":{\"é\":1}}", key);
  g_autoptr (BackstayDiff) diff = compare_texts ("{}", text);
  g_autofree char *sentences = list_sentences (diff);

  g_assert_true (g_str_has_prefix (sentences, "`…kkkk"));
  g_assert_true (g_str_has_suffix (sentences, "kkkk` was added: an object of 1 entry"));
  g_assert_cmpuint (strlen (sentences), <, 250);
}

/* Numbers are never cut short so that the last digit, which can be all that differs, is lost. */
static void
test_long_numbers (void)
{
  g_autofree char *digits = g_strnfill (500, '7');
  g_autofree char *before = g_strdup_printf ("%s1", digits);
  g_autofree char *after = g_strdup_printf ("%s2", digits);
  g_autoptr (BackstayDiff) diff = compare_texts (before, after);
  g_autofree char *sentences = list_sentences (diff);

  g_assert_cmpstr (sentences, ==,
                   "The document changed from …777777777777777777771 to …777777777777777777772");
}

/* Every change that is counted has one sentence, but for elements both moved and changed. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (JsonRandom) document = json_random_new (rand);
      g_autoptr (JsonRandom) before = json_edit_copy_part (document, rand);
      g_autoptr (JsonRandom) after = json_edit (json_edit_copy (before), rand, 5);
      g_autofree char *before_text = json_random_print (before, rand);
      g_autofree char *after_text = json_random_print (after, rand);
      g_autoptr (BackstayDiff) diff = compare_texts (before_text, after_text);
      g_auto (BackstayDiffSentences) sentences = { NULL };
      BackstayDiffCounts counts;
      BackstayDiffRow    row;
      const char        *sentence;
      guint              n_changes = 0;

      backstay_diff_sentences_init (&sentences, diff);
      backstay_diff_get_counts (diff, 0, &counts);

      while ((sentence = backstay_diff_sentences_next (&sentences, &row)) != NULL)
        {
          BackstayDiffKind kind = backstay_diff_get_kind (diff, row);

          n_changes += kind != BACKSTAY_DIFF_KIND_UNCHANGED && kind != BACKSTAY_DIFF_KIND_MODIFIED;
          n_changes += backstay_diff_get_move_begins (diff, row);
          g_assert_true (g_utf8_validate (sentence, -1, NULL));
          g_assert_null (strpbrk (sentence, "\n\r\t\x1b\x7f"));
        }

      g_assert_cmpuint (n_changes, ==, counts.n_added + counts.n_removed + counts.n_changed + counts.n_respelt + counts.n_moved);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diff-sentences/table", test_table);
  g_test_add_func ("/diff-sentences/moved-and-changed", test_moved_and_changed);
  g_test_add_func ("/diff-sentences/long/values", test_long_values);
  g_test_add_func ("/diff-sentences/long/path", test_long_path);
  g_test_add_func ("/diff-sentences/long/numbers", test_long_numbers);
  g_test_add_func ("/diff-sentences/random", test_random);

  return g_test_run ();
}

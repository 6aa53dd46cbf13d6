/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-patch"

#include "config.h"

#include <string.h>

#include "backstay-patch-moves.h"
#include "backstay-patch.h"
#include "json-edit.h"
#include "json-patcher.h"

static BackstayDiff *
compare (BackstayJson *before,
         BackstayJson *after)
{
  g_autoptr (GError) error = NULL;
  BackstayDiff *diff = backstay_diff_new (before, after, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return diff;
}

static BackstayDiff *
compare_texts (const char *before,
               const char *after)
{
  g_autoptr (BackstayJson) before_json = json_random_read (before);
  g_autoptr (BackstayJson) after_json = json_random_read (after);

  return compare (before_json, after_json);
}

static char *
print (BackstayJson *json)
{
  g_autoptr (JsonPatcher) patcher = json_patcher_new (json);

  return json_patcher_print (patcher);
}

/* Checks that the JSON Patch makes the one document into the other, and returns its length. */
static guint
check_json_patch (BackstayDiff *diff)
{
  g_autoptr (GBytes) patch = backstay_patch_print_json_patch (diff);
  g_autoptr (JsonPatcher) patcher = json_patcher_new (backstay_diff_get_before (diff));
  guint            n_operations = json_patcher_apply (patcher, patch);
  g_autofree char *result = json_patcher_print (patcher);
  g_autofree char *expected = print (backstay_diff_get_after (diff));

  g_assert_cmpstr (result, ==, expected);

  return n_operations;
}

/* The same for the merge patch, if there is one. */
static gboolean
check_merge_patch (BackstayDiff *diff)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) patch = backstay_patch_print_merge_patch (diff, &error);
  g_autoptr (JsonPatcher) patcher = json_patcher_new (backstay_diff_get_before (diff));
  g_autofree char *result = NULL;
  g_autofree char *expected = print (backstay_diff_get_after (diff));

  if (patch == NULL)
    {
      g_assert_error (error, BACKSTAY_PATCH_ERROR, BACKSTAY_PATCH_ERROR_NULL);
      return FALSE;
    }

  g_assert_no_error (error);
  json_patcher_merge (patcher, patch);
  result = json_patcher_print (patcher);
  g_assert_cmpstr (result, ==, expected);

  return TRUE;
}

static char *
dup_text (GBytes *patch)
{
  gsize         length;
  gconstpointer text = g_bytes_get_data (patch, &length);

  return g_strndup (text, length);
}

/* What the patch says, to the byte. */
static void
test_json_patch (void)
{
  static const struct
  {
    const char *before;
    const char *after;
    const char *patch;
  } cases[] = {
    { "{}", " { } ", "[]" },
    { "[1.0]", "[1.0]", "[]" },
    { "7", "8", "[\n  {\"op\":\"replace\",\"path\":\"\",\"value\":8}\n]" },
    { "[]", "{ \"a\" : [ 1,\n2 ] }", "[\n  {\"op\":\"replace\",\"path\":\"\",\"value\":{\"a\":[1,2]}}\n]" },
    { "{\"a\":1}", "{\"a\":1.0}", "[\n  {\"op\":\"replace\",\"path\":\"/a\",\"value\":1.0}\n]" },
    { "{\"a\":\"é\"}", "{\"a\":\"\\u00E9\"}",
      "[\n  {\"op\":\"replace\",\"path\":\"/a\",\"value\":\"\\u00E9\"}\n]" },
    { "{\"a\":1}", "{\"a\":1,\"b\":null}", "[\n  {\"op\":\"add\",\"path\":\"/b\",\"value\":null}\n]" },
    { "{\"a\":1,\"b\":2}", "{\"a\":1}", "[\n  {\"op\":\"remove\",\"path\":\"/b\"}\n]" },
    { "{\"a\":{\"b\":{\"c\":1}}}", "{\"a\":{\"b\":{\"c\":\" x \\\" [ \"}}}",
      "[\n  {\"op\":\"replace\",\"path\":\"/a/b/c\",\"value\":\" x \\\" [ \"}\n]" },
    /* Keys: what a pointer escapes, and what JSON does. */
    { "{\"m~n\":1,\"a/b\":1,\"\":1}", "{\"m~n\":2,\"a/b\":2,\"\":2}",
      "[\n  {\"op\":\"replace\",\"path\":\"/m~0n\",\"value\":2},"
      "\n  {\"op\":\"replace\",\"path\":\"/a~1b\",\"value\":2},"
      "\n  {\"op\":\"replace\",\"path\":\"/\",\"value\":2}\n]" },
    { "{}", "{\"\\/\\u002f\\u007E\\\\\\\"\\n\\u0000\\ud83d\\ude00\":1}",
      "[\n  {\"op\":\"add\",\"path\":\"/~1~1~0\\\\\\\"\\n\\u0000\\ud83d\\ude00\",\"value\":1}\n]" },
    { "{\"~01\":1}", "{}", "[\n  {\"op\":\"remove\",\"path\":\"/~001\"}\n]" },
    /* Spelling: a value's can be said, a key's cannot. */
    { "{\"a\":1}", "{\"\\u0061\":1}", "[]" },
    { "{\"a\":{\"b\":1}}", "{\"\\u0061\":{ \"b\":1}}", "[]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BackstayDiff) diff = compare_texts (cases[i].before, cases[i].after);
      g_autoptr (GBytes) patch = backstay_patch_print_json_patch (diff);
      g_autofree char *text = dup_text (patch);

      g_assert_cmpstr (text, ==, cases[i].patch);
      check_json_patch (diff);
    }
}

/* Ends of the examples of RFC 6902, appendix A, that change a document, and then pairs that have
 * led others astray. */
static void
test_pairs (void)
{
  static const struct
  {
    const char *before;
    const char *after;
  } pairs[] = {
    { "{\"foo\":\"bar\"}", "{\"baz\":\"qux\",\"foo\":\"bar\"}" },
    { "{\"foo\":[\"bar\",\"baz\"]}", "{\"foo\":[\"bar\",\"qux\",\"baz\"]}" },
    { "{\"baz\":\"qux\",\"foo\":\"bar\"}", "{\"foo\":\"bar\"}" },
    { "{\"foo\":[\"bar\",\"qux\",\"baz\"]}", "{\"foo\":[\"bar\",\"baz\"]}" },
    { "{\"baz\":\"qux\",\"foo\":\"bar\"}", "{\"baz\":\"boo\",\"foo\":\"bar\"}" },
    { "{\"foo\":{\"bar\":\"baz\",\"waldo\":\"fred\"},\"qux\":{\"corge\":\"grault\"}}",
      "{\"foo\":{\"bar\":\"baz\"},\"qux\":{\"corge\":\"grault\",\"thud\":\"fred\"}}" },
    { "{\"foo\":[\"all\",\"grass\",\"cows\",\"eat\"]}", "{\"foo\":[\"all\",\"cows\",\"eat\",\"grass\"]}" },
    { "{\"foo\":\"bar\"}", "{\"foo\":\"bar\",\"child\":{\"grandchild\":{}}}" },
    { "{\"foo\":[\"bar\"]}", "{\"foo\":[\"bar\",[\"abc\",\"def\"]]}" },
    { "{\"/\":9,\"~1\":10}", "{\"/\":10,\"~1\":9}" },
    { "[1,2,3]", "[]" },
    { "[]", "[1,2,3]" },
    { "[1,2,3,4,5]", "[5,4,3,2,1]" },
    { "[1,2,3,4,5,6,7,8]", "[7,8,1,9,2,3,5,6]" },
    { "[[1],[2],[3]]", "[[3,4],[1],[2]]" },
    { "[{\"id\":1,\"v\":1},{\"id\":2,\"v\":2},{\"id\":3,\"v\":3}]",
      "[{\"id\":3,\"v\":4},{\"id\":4},{\"id\":1,\"v\":1.0}]" },
    { "[1,1,1,2,1]", "[1,2,1,1]" },
    { "9007199254740993", "9007199254740992" },
    { "{\"x\":0.1}", "{\"x\":0.1000000000000000055511151231257827}" },
    { "{\"__proto__\":{\"a\":1}}", "{\"__proto__\":{\"a\":2},\"constructor\":1}" },
    { "{\"0\":[0],\"-\":1}", "{\"0\":{\"0\":0},\"-\":[1]}" },
    { "null", "{}" },
    { "{\"a\":null}", "{}" },
    { "[null,null]", "[null]" },
    { "{\"a\":[{\"b\":[1,2]}]}", "{\"a\":[{\"b\":[2,1,3]},{\"b\":[1,2]}]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (BackstayDiff) diff = compare_texts (pairs[i].before, pairs[i].after);
      g_autoptr (BackstayDiff) back = compare_texts (pairs[i].after, pairs[i].before);

      check_json_patch (diff);
      check_json_patch (back);
      check_merge_patch (diff);
      check_merge_patch (back);
    }
}

static void
test_merge_patch (void)
{
  static const struct
  {
    const char *before;
    const char *after;
    const char *patch; /* NULL if there is none. */
  } cases[] = {
    /* RFC 7396, section 1, 3 and appendix A, as far as results can be told from documents. */
    { "{\"a\":\"b\",\"c\":{\"d\":\"e\",\"f\":\"g\"}}", "{\"a\":\"z\",\"c\":{\"d\":\"e\"}}",
      "{\"a\":\"z\",\"c\":{\"f\":null}}" },
    { "{\"title\":\"Goodbye!\",\"author\":{\"givenName\":\"John\",\"familyName\":\"Doe\"},"
      "\"tags\":[\"example\",\"sample\"],\"content\":\"This will be unchanged\"}",
      "{\"title\":\"Hello!\",\"author\":{\"givenName\":\"John\"},\"tags\":[\"example\"],"
      "\"content\":\"This will be unchanged\",\"phoneNumber\":\"+01-123-456-7890\"}",
      "{\"title\":\"Hello!\",\"author\":{\"familyName\":null},\"tags\":[\"example\"],"
      "\"phoneNumber\":\"+01-123-456-7890\"}" },
    { "{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}" },
    { "{\"a\":\"b\"}", "{\"a\":\"b\",\"b\":\"c\"}", "{\"b\":\"c\"}" },
    { "{\"a\":\"b\"}", "{}", "{\"a\":null}" },
    { "{\"a\":\"b\",\"b\":\"c\"}", "{\"b\":\"c\"}", "{\"a\":null}" },
    { "{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}" },
    { "{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}" },
    { "{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\"}}", "{\"a\":{\"b\":\"d\"}}" },
    { "{\"a\":[{\"b\":\"c\"}]}", "{\"a\":[1]}", "{\"a\":[1]}" },
    { "[\"a\",\"b\"]", "[\"c\",\"d\"]", "[\"c\",\"d\"]" },
    { "{\"a\":\"b\"}", "[\"c\"]", "[\"c\"]" },
    { "{\"a\":\"foo\"}", "null", "null" },
    { "{\"a\":\"foo\"}", "\"bar\"", "\"bar\"" },
    { "{\"e\":null}", "{\"e\":null,\"a\":1}", "{\"a\":1}" },
    { "[1,2]", "{\"a\":\"b\"}", "{\"a\":\"b\"}" },
    { "{}", "{\"a\":{\"bb\":{}}}", "{\"a\":{\"bb\":{}}}" },
    /* Nothing to say, which only objects can. */
    { "{\"a\": 1}", "{\"a\":1}", "{}" },
    { "{}", "{}", "{}" },
    { "[1, 2]", "[1,2]", "[1,2]" },
    { "null", "null", "null" },
    { "{\"a\":1,\"b\":{}}", "{\"\\u0061\":1,\"\\u0062\":{}}", "{}" },
    /* Spelling. */
    { "{\"a\":{\"b\":1,\"c\":2}}", "{\"a\":{\"b\":1.0,\"c\":2}}", "{\"a\":{\"b\":1.0}}" },
    { "{\"a\\n\":1}", "{ \"\\u0061\\n\" : 1.0 }", "{\"\\u0061\\n\":1.0}" },
    /* Null: as an element it is a value, as a member it cannot be one. */
    { "{\"a\":1}", "{\"a\":[null,{\"b\":null}]}", "{\"a\":[null,{\"b\":null}]}" },
    { "{\"a\":null}", "{}", "{\"a\":null}" },
    { "{\"a\":null}", "{\"a\":1}", "{\"a\":1}" },
    { "{\"a\":1}", "{\"a\":null}", NULL },
    { "{}", "{\"a\":null}", NULL },
    { "{\"a\":1}", "{\"a\":{\"b\":{\"c\":1,\"d\":null}}}", NULL },
    { "7", "{\"a\":[1],\"b\":null}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BackstayDiff) diff = compare_texts (cases[i].before, cases[i].after);
      g_autoptr (GBytes) patch = backstay_patch_print_merge_patch (diff, NULL);
      g_autofree char *text = patch != NULL ? dup_text (patch) : NULL;

      g_assert_cmpstr (text, ==, cases[i].patch);
      g_assert_cmpint (check_merge_patch (diff), ==, patch != NULL);
    }
}

static void
test_merge_patch_error (void)
{
  g_autoptr (BackstayDiff) diff = compare_texts ("{}", "{\"a\":{\"b c\":[0],\"d\":null}}");
  g_autoptr (GError) error = NULL;

  g_assert_null (backstay_patch_print_merge_patch (diff, &error));
  g_assert_error (error, BACKSTAY_PATCH_ERROR, BACKSTAY_PATCH_ERROR_NULL);
  g_assert_nonnull (strstr (error->message, "“a.d”"));
}

/* Checks both patches both ways, and counts the merge patches that there are. */
static guint
check_all (const JsonRandom *before,
           const JsonRandom *after,
           GRand            *rand)
{
  g_autofree char *before_text = json_random_print (before, rand);
  g_autofree char *after_text = json_random_print (after, rand);
  g_autoptr (BackstayDiff) diff = compare_texts (before_text, after_text);
  g_autoptr (BackstayDiff) back = compare_texts (after_text, before_text);
  g_autoptr (BackstayDiff) none = compare_texts (after_text, after_text);

  check_json_patch (diff);
  check_json_patch (back);
  g_assert_cmpuint (check_json_patch (none), ==, 0);
  check_merge_patch (none);

  return (guint) check_merge_patch (diff) + (guint) check_merge_patch (back);
}

static void
test_random_edits (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint n_merge_patches = 0;

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (JsonRandom) document = json_random_new (rand);

      for (guint k = 0; k < 40; k++)
        {
          g_autoptr (JsonRandom) before = json_edit_copy_part (document, rand);
          g_autoptr (JsonRandom) after = json_edit (json_edit_copy (before), rand,
                                                    (guint) g_rand_int_range (rand, 1, 12));

          n_merge_patches += check_all (before, after, rand);
        }
    }

  /* Neither nearly all nor nearly none, or the test would prove little. */
  g_assert_cmpuint (n_merge_patches, >, 2000);
  g_assert_cmpuint (n_merge_patches, <, 3980);
}

static void
test_random_pairs (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (JsonRandom) before = json_random_new (rand);
      g_autoptr (JsonRandom) after = json_random_new (rand);

      check_all (before, after, rand);
    }
}

/* Arrays of few different numbers, where every index counts. */
static void
test_random_arrays (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GString) before = g_string_new ("[0");
      g_autoptr (GString) after = g_string_new ("[0");
      gint32 n_different = g_rand_int_range (rand, 1, 30);

      for (gint32 n = g_rand_int_range (rand, 0, 25); n > 0; n--)
        g_string_append_printf (before, ",%d", g_rand_int_range (rand, 0, n_different));

      for (gint32 n = g_rand_int_range (rand, 0, 25); n > 0; n--)
        g_string_append_printf (after, ",%d", g_rand_int_range (rand, 0, n_different));

      g_string_append_c (before, ']');
      g_string_append_c (after, ']');

      {
        g_autoptr (BackstayDiff) diff = compare_texts (before->str, after->str);

        check_json_patch (diff);
      }
    }
}

/* Without recursion, neither depth nor length is a limit. */
static void
test_deep (void)
{
  const guint depth = 50000;
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = NULL;
  g_autoptr (BackstayDiff) diff = NULL;
  g_autoptr (GBytes) json_patch = NULL;
  g_autoptr (GBytes) merge_patch = NULL;
  gsize length;

  for (guint i = 0; i < depth; i++)
    g_string_append (before, "{\"a\":");

  after = g_string_new (before->str);
  g_string_append_c (before, '1');
  g_string_append_c (after, '2');

  for (guint i = 0; i < depth; i++)
    {
      g_string_append_c (before, '}');
      g_string_append_c (after, '}');
    }

  diff = compare_texts (before->str, after->str);
  json_patch = backstay_patch_print_json_patch (diff);
  merge_patch = backstay_patch_print_merge_patch (diff, NULL);
  g_assert_cmpuint (g_bytes_get_size (json_patch), ==, 2 * depth + strlen ("[\n  {\"op\":\"replace\",\"path\":\"\",\"value\":2}\n]"));
  g_assert_cmpmem (g_bytes_get_data (merge_patch, &length), length, after->str, after->len);
}

/* Moves */

static guint
count_longest_run (const guint32 *order,
                   guint          n_elements)
{
  g_autofree guint *length = g_new0 (guint, n_elements);
  guint             longest = 0;

  for (guint i = 0; i < n_elements; i++)
    {
      for (guint k = 0; k < i; k++)
        if (order[k] < order[i])
          length[i] = MAX (length[i], length[k]);

      length[i]++;
      longest = MAX (longest, length[i]);
    }

  return longest;
}

static void
test_moves_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (guint round = 0; round < 2000; round++)
    {
      guint n_elements = (guint) g_rand_int_range (rand, 0, 30);
      guint n_swaps = (guint) g_rand_int_range (rand, 0, 30);
      g_autoptr (GArray) elements = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_autoptr (GArray) moves = NULL;
      g_autofree guint32 *order = g_new (guint32, n_elements);

      for (guint32 i = 0; i < n_elements; i++)
        {
          order[i] = i;
          g_array_append_val (elements, i);
        }

      for (guint i = 0; i < n_swaps && n_elements > 0; i++)
        {
          guint   a = (guint) g_rand_int_range (rand, 0, (gint32) n_elements);
          guint   b = (guint) g_rand_int_range (rand, 0, (gint32) n_elements);
          guint32 swapped = order[a];

          order[a] = order[b];
          order[b] = swapped;
        }

      moves = backstay_patch_list_moves (order, n_elements);

      for (guint i = 0; i < moves->len; i++)
        {
          const BackstayPatchMove *move = &g_array_index (moves, BackstayPatchMove, i);
          guint32                  element = g_array_index (elements, guint32, move->from);

          g_array_remove_index (elements, move->from);
          g_array_insert_val (elements, move->to, element);
        }

      g_assert_cmpmem (elements->data, elements->len * sizeof (guint32),
                       order, n_elements * sizeof (guint32));
      g_assert_cmpuint (moves->len, <=, n_elements - count_longest_run (order, n_elements));
    }
}

static void
test_moves_many (void)
{
  const guint32       n_elements = 500000;
  g_autofree guint32 *order = g_new (guint32, n_elements);
  gint64              begin = g_get_monotonic_time ();

  for (guint32 i = 0; i < n_elements; i++)
    order[i] = (guint32) (((guint64) i * 300007) % n_elements);

  g_array_unref (backstay_patch_list_moves (order, n_elements));

  /* Far below a second, where steps of n for each move would take minutes. */
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 30 * G_TIME_SPAN_SECOND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/patch/json-patch", test_json_patch);
  g_test_add_func ("/patch/pairs", test_pairs);
  g_test_add_func ("/patch/merge-patch", test_merge_patch);
  g_test_add_func ("/patch/merge-patch/error", test_merge_patch_error);
  g_test_add_func ("/patch/random/edits", test_random_edits);
  g_test_add_func ("/patch/random/pairs", test_random_pairs);
  g_test_add_func ("/patch/random/arrays", test_random_arrays);
  g_test_add_func ("/patch/deep", test_deep);
  g_test_add_func ("/patch/moves/random", test_moves_random);
  g_test_add_func ("/patch/moves/many", test_moves_many);

  return g_test_run ();
}

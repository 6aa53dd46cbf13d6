/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-diff"

#include "config.h"

#include <string.h>

#include "backstay-diff.h"
#include "backstay-json-duplicates.h"
#include "json-random.h"

static BackstayDiff *
make_diff (const char *before,
           const char *after,
           const char *identity_key)
{
  g_autoptr (BackstayJson) before_json = json_random_read (before);
  g_autoptr (BackstayJson) after_json = json_random_read (after);
  g_autoptr (GError) error = NULL;
  BackstayDiff *diff = backstay_diff_new (before_json, after_json, identity_key, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (diff);

  return diff;
}

/* Writes a row as its sign: "=" unchanged, "(" and ")" around what is in a modified container, "+",
 * "-", "~" changed, "!" of another type, "'" respelt; with ">" before what was moved. */
static void
append_row (GString        *signs,
            BackstayDiff   *diff,
            BackstayDiffRow row)
{
  static const char characters[] = "=(+-~!'";
  BackstayDiffKind  kind = backstay_diff_get_kind (diff, row);

  if (backstay_diff_get_moved (diff, row))
    g_string_append_c (signs, backstay_diff_get_move_begins (diff, row) ? '>' : '_');

  g_string_append_c (signs, characters[kind]);

  if (kind != BACKSTAY_DIFF_KIND_MODIFIED)
    return;

  for (BackstayDiffRow child = row + 1; child < backstay_diff_get_end (diff, row);
       child = backstay_diff_get_end (diff, child))
    append_row (signs, diff, child);

  g_string_append_c (signs, ')');
}

static void
check_signs (const char *before,
             const char *after,
             const char *identity_key,
             const char *expected)
{
  g_autoptr (BackstayDiff) diff = make_diff (before, after, identity_key);
  g_autoptr (GString) signs = g_string_new (NULL);

  append_row (signs, diff, 0);
  g_assert_cmpstr (signs->str, ==, expected);
}

typedef struct
{
  const char *name;
  const char *before;
  const char *after;
  const char *expected;
} Pair;

static const Pair pairs[] = {
  { "number/beyond-double", "9007199254740993", "9007199254740992", "~" },
  { "number/long-fraction", "0.1", "0.1000000000000000055511151231257827", "~" },
  { "number/34-digits", "1234567890123456789012345678901234",
    "1234567890123456789012345678901235", "~" },
  { "number/huge", "1e400", "1e401", "~" },
  { "number/huge-same", "1e400", "10E+399", "'" },
  { "number/tiny", "1e-400", "0", "~" },
  { "number/minus-zero", "-0", "0", "'" },
  { "number/zeros", "0e5", "-0.000e-99999999999999999999", "'" },
  { "number/scale", "1", "1.0", "'" },
  { "number/point", "10e-1", "1e0", "'" },
  { "number/sign", "1", "-1", "~" },
  { "number/shifted", "12.5", "1.25", "~" },
  { "number/same-digits", "100", "10", "~" },
  { "number/billion", "1e1000000000", "1e999999999", "~" },
  { "number/billion-same", "1e1000000000", "10e999999999", "'" },
  { "number/exponent-beyond-word", "1e99999999999999999999", "10e99999999999999999998", "'" },
  { "number/exponent-beyond-word-other", "1e99999999999999999999", "1e99999999999999999998", "~" },
  { "number/exponent-word-wraps", "1e18446744073709551617", "1e1", "~" },
  { "number/exponent-carries", "0.1e100000000000000000000", "1e99999999999999999999", "'" },
  { "number/exponent-zeros", "1e000000000000000000000000000007", "10000000", "'" },
  { "number/negative-exponents", "1e-100000000000000000000", "0.1e-99999999999999999999", "'" },
  { "number/opposite-exponents", "1e99999999999999999999", "1e-99999999999999999999", "~" },
  { "number/trailing-zeros", "1.50000000000000000000000000000000000", "15e-1", "'" },
  { "string/escape", "\"A\"", "\"\\u0041\"", "'" },
  { "string/surrogates", "\"😀\"", "\"\\ud83d\\uDE00\"", "'" },
  { "string/slash", "\"a/b\"", "\"a\\/b\"", "'" },
  { "string/case", "\"a\"", "\"A\"", "~" },
  { "string/normalization", "\"é\"", "\"e\u0301\"", "~" },
  { "string/nul", "\"a\\u0000b\"", "\"a\\u0000c\"", "~" },
  { "string/nul-end", "\"a\"", "\"a\\u0000\"", "~" },
  { "string/backslash", "\"\\\\u0041\"", "\"\\u0041\"", "~" },
  { "key/order", "{\"a\":1,\"b\":2,\"c\":[3]}", "{ \"c\" : [ 3 ], \"a\":1, \"b\":2 }", "=" },
  { "key/escape", "{\"A\":1}", "{\"\\u0041\":1}", "(')" },
  { "key/escape-of-container", "{\"A\":[1],\"b\":2}", "{\"b\":2,\"\\u0041\":[ 1 ]}", "(=')" },
  { "key/escape-and-change", "{\"A\":1}", "{\"\\u0041\":2}", "(~)" },
  { "key/empty", "{\"\":1}", "{\"\":2}", "(~)" },
  { "key/prototype", "{\"__proto__\":1}", "{\"__proto__\":{\"x\":1}}", "(!)" },
  { "key/prototype-added", "{}", "{\"__proto__\":{}}", "(+)" },
  { "key/renamed", "{\"a\":1}", "{\"b\":1}", "(-+)" },
  { "key/swapped", "{\"a\":1,\"b\":2}", "{\"a\":2,\"b\":1}", "(~~)" },
  { "key/removed-in-place", "{\"a\":1,\"b\":2,\"c\":3}", "{\"a\":1,\"c\":3}", "(=-=)" },
  { "key/common-end", "{\"xb\":[1],\"c\":2}", "{\"yb\":[1],\"c\":2}", "(-+=)" },
  { "key/crossed-common-end", "{\"b\":[9,9],\"xb\":[1,2]}", "{\"xb\":[9,8],\"b\":[1,2]}",
    "((~~)(~~))" },
  { "type/number-string", "{\"a\":7}", "{\"a\":\"7\"}", "(!)" },
  { "type/null-missing", "{\"a\":null}", "{}", "(-)" },
  { "type/null-false", "[null]", "[false]", "(!)" },
  { "type/boolean", "[true]", "[false]", "(~)" },
  { "type/empty-containers", "[{}]", "[[]]", "(!)" },
  { "type/spaces-only", "[{},[],[ 1 ]]", "[ { } , [ ] , [1] ]", "=" },
  { "root/replaced", "{\"a\":1}", "[1]", "!" },
  { "root/scalar", "1", "2", "~" },
  { "root/same", "null", " null ", "=" },
  { "root/container-gone", "[1,2]", "\"\"", "!" },
  { "array/inserted", "[1,2,3]", "[0,1,2,3]", "(+===)" },
  { "array/removed", "[1,2,3]", "[1,3]", "(=-=)" },
  { "array/removed-before-added", "[1,[2],3]", "[1,{\"a\":1},{\"b\":2},3]", "(=!+=)" },
  { "array/changed", "[1,2,3]", "[1,5,3]", "(=~=)" },
  { "array/moved", "[1,2,3,4,5]", "[5,1,2,3,4]", "(>=====)" },
  { "array/block", "[1,2,3,4,5,6,7]", "[6,7,1,2,3,4,5]", "(>=_======)" },
  { "array/two-blocks", "[1,2,3,4,5,6,7,8,9]", "[9,1,2,3,4,5,7,8,6]", "(>========>=)" },
  { "array/nested", "[[[1]]]", "[[[2]]]", "(((~)))" },
  { "array/nested-inserted", "[[1,2],[3,4]]", "[[1,2],[3,9,4]]", "(=(=+=))" },
  { "array/emptied", "[1,2]", "[]", "(--)" },
  { "array/filled", "[]", "[1]", "(+)" },
  { "array/respelt-inside", "[[1,2],[3]]", "[[1,2.0],[3]]", "((=')=)" },
  { "array/respelt-moved", "[[1],[2],[3]]", "[[3.0],[1],[2]]", "(>(')==)" },
  { "array/repeated", "[1,1]", "[1,1,1]", "(==+)" },
  { "array/edited-by-identity", "[{\"id\":1,\"a\":1},{\"id\":2,\"a\":2}]",
    "[{\"id\":2,\"a\":5},{\"id\":1,\"a\":1}]", "(>(=~)=)" },
  { "array/name", "[{\"name\":\"x\",\"a\":1,\"b\":2},{\"name\":\"y\",\"a\":3,\"b\":4}]",
    "[{\"name\":\"z\",\"a\":7,\"b\":8},{\"name\":\"x\",\"a\":5,\"b\":6},{\"name\":\"y\",\"a\":3,\"b\":4}]",
    "(+(=~~)=)" },
  { "array/identity-itself", "[{\"id\":1,\"a\":1,\"b\":2,\"c\":3}]",
    "[{\"id\":9,\"a\":1,\"b\":2,\"c\":3}]", "((~===))" },
  { "array/alike", "[{\"a\":1,\"b\":2,\"c\":3},{\"x\":1}]", "[{\"y\":1},{\"a\":1,\"b\":2,\"c\":4}]",
    "(+(==~)-)" },
};

static void
test_pair (gconstpointer data)
{
  const Pair *pair = data;

  check_signs (pair->before, pair->after, NULL, pair->expected);
  check_signs (pair->before, pair->before, NULL, "=");
  check_signs (pair->after, pair->after, NULL, "=");
}

static void
test_identity_key (void)
{
  const char *before = "[{\"sku \\\"\":1,\"v\":1},{\"sku \\\"\":2,\"v\":2}]";
  const char *after = "[{\"sku \\\"\":3,\"v\":4},{\"sku \\\"\":1,\"v\":9},{\"sku \\\"\":2,\"v\":8}]";

  check_signs (before, after, "sku \"", "(+(=~)(=~))");
}

/* As PostgreSQL does it. */
static void
test_last_wins (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "{\"a\":1.0,\"a\" : 2}", "{\"a\" : 2}" },
    { "{\"a\":1,\"b\":2,\"a\":3}", "{\"b\":2,\"a\":3}" },
    { "{\"A\":1, \"b\":{}, \"\\u0041\":1, \"A\":1.10}", "{\"b\":{}, \"A\":1.10}" },
    { "[{\"a\":{\"b\":1,\"b\":2},\"a\":{\"c\":1,\"c\":2}}]", "[{\"a\":{\"c\":2}}]" },
    { "{\"a\\u0000b\":1,\"a\\u0000c\":2,\"a\\u0000b\":3}", "{\"a\\u0000c\":2,\"a\\u0000b\":3}" },
    { "{\"a\":1,\"b\":[]}", "{\"a\":1,\"b\":[]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BackstayJson) json = json_random_read (cases[i].text);
      g_autoptr (BackstayJson) result = backstay_json_ref_last_wins (json);
      GBytes *text = backstay_json_get_text (result);

      g_assert_cmpmem (g_bytes_get_data (text, NULL), g_bytes_get_size (text), cases[i].expected, strlen (cases[i].expected));
      g_assert_true (backstay_json_check_duplicate_keys (result, NULL));
    }
}

static void
test_duplicate_keys (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "{\"a\":1,\"a\":2}", "Line 1, column 8: the key “a” is there twice" },
    { "[{},{\"b\":{\"x\":\"secret\",\n\"y\":1,\"x\":1}}]",
      "Line 2, column 7: the key “[1].b.x” is there twice" },
    { "{\"A\":1,\"\\u0041\":1}", "Line 1, column 8: the key “\\u0041” is there twice" },
    { "{\"\":1,\"\":1}", "Line 1, column 7: the key “[\"\"]” is there twice" },
    /* Of several, the first in the text, whatever the objects are in. */
    { "{\"a\":1,\"a\":{\"b\":1,\"b\":2},\"c\":{\"d\":1,\"d\":2}}", "Line 1, column 8: the key “a” is there twice" },
    { "{\"a\":{\"b\":1,\"c\":[{\"d\":1,\"d\":2}],\"b\":2},\"a\":{}}",
      "Line 1, column 25: the key “a.c[0].d” is there twice" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BackstayJson) json = json_random_read (cases[i].text);
      g_autoptr (BackstayJson) other = json_random_read ("{\"a\":1}");

      for (guint side = 0; side < 3; side++)
        {
          g_autoptr (GError) error = NULL;
          BackstayDiff *diff = backstay_diff_new (side == 1 ? other : json, side == 0 ? other : json,
                                                  NULL, NULL, NULL, &error);

          g_assert_error (error, BACKSTAY_JSON_ERROR, BACKSTAY_JSON_ERROR_DUPLICATE_KEY);
          g_assert_null (diff);

          if (i != 2)
            g_assert_cmpstr (error->message, ==, cases[i].message);
        }
    }
}

static void
test_many_keys (void)
{
  g_autoptr (GString) before = g_string_new ("{\"first\":0");
  g_autoptr (GString) after = g_string_new ("{\"last\":0");
  g_autoptr (BackstayDiff) diff = NULL;
  BackstayDiffCounts counts;

  for (guint i = 0; i < 1000; i++)
    {
      g_string_append_printf (before, ",\"k%u\":%u", i * 7 % 1000, i * 7 % 1000);

      if (i != 500)
        g_string_append_printf (after, ",\"k%u\":%u", i * 11 % 1000, i == 30 ? 9999 : i * 11 % 1000);
    }

  g_string_append_c (before, '}');
  g_string_append_c (after, '}');
  diff = make_diff (before->str, after->str, NULL);
  backstay_diff_get_counts (diff, 0, &counts);
  g_assert_cmpuint (counts.n_added, ==, 1);
  g_assert_cmpuint (counts.n_removed, ==, 2);
  g_assert_cmpuint (counts.n_changed, ==, 1);
}

/* Puts a value into so many arrays and objects. */
static char *
nest (const char *value,
      guint       depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, i % 2 == 0 ? "[1," : "{\"k\":");

  g_string_append (text, value);

  for (guint i = depth; i-- > 0;)
    g_string_append (text, i % 2 == 0 ? ",2]" : ",\"z\":3}");

  return g_string_free (text, FALSE);
}

static void
test_deep (void)
{
  static const guint depths[] = { 500, BACKSTAY_JSON_MAX_DEPTH };
  static const char *values[][3] = {
    { "1", "2", "n_changed" },
    { "1", "1.0", "n_respelt" },
    { "[1,2,3]", "[1,3]", "n_removed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    for (guint j = 0; j < G_N_ELEMENTS (values); j++)
      {
        guint            depth = depths[i] - (values[j][0][0] == '[');
        g_autofree char *before = nest (values[j][0], depth);
        g_autofree char *after = nest (values[j][1], depth);
        g_autofree char *spaced = g_strconcat (" ", after, NULL);
        g_autoptr (BackstayDiff) diff = make_diff (before, spaced, NULL);
        BackstayDiffCounts counts;

        backstay_diff_get_counts (diff, 0, &counts);
        g_assert_cmpuint (counts.n_changed, ==, j == 0);
        g_assert_cmpuint (counts.n_respelt, ==, j == 1);
        g_assert_cmpuint (counts.n_removed, ==, j == 2);
        g_assert_cmpuint (counts.n_added + counts.n_moved, ==, 0);
      }
}

typedef struct
{
  guint n_calls;
  guint n_allowed;
  gsize last;
} Progress;

static gboolean
progress_cb (gsize    n_done,
             gsize    n_total,
             gpointer user_data)
{
  Progress *progress = user_data;

  g_assert_cmpuint (n_done, <=, n_total);
  g_assert_cmpuint (n_done, >=, progress->last);
  progress->last = n_done;

  return ++progress->n_calls <= progress->n_allowed;
}

/* Numbers that change their order, and objects of which each is edited, for every phase of the work
 * to take some time. */
static BackstayJson *
make_large (guint factor)
{
  g_autoptr (GString) text = g_string_new ("{\"numbers\":[0");

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, ",%u", i * factor % 100000);

  g_string_append (text, "],\"objects\":[0");

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text, ",{\"a\":%u,\"b\":[%u,%u],\"c\":\"%u\"}", i, i * factor, i * 2, i * 3);

  g_string_append (text, "]}");

  return json_random_read (text->str);
}

/* Whenever it is stopped, there is nothing but an error, and no other call. */
static void
test_cancelled (void)
{
  g_autoptr (BackstayJson) before = make_large (1);
  g_autoptr (BackstayJson) after = make_large (7);
  Progress progress = { .n_allowed = G_MAXUINT };
  g_autoptr (BackstayDiff) diff = backstay_diff_new (before, after, NULL, progress_cb, &progress, NULL);
  guint n_calls = progress.n_calls;

  g_assert_nonnull (diff);
  g_assert_cmpuint (n_calls, >, 10);

  for (guint i = 0; i < n_calls; i++)
    {
      g_autoptr (GError) error = NULL;

      progress = (Progress){ .n_allowed = i };
      g_assert_null (backstay_diff_new (before, after, NULL, progress_cb, &progress, &error));
      g_assert_error (error, BACKSTAY_JSON_ERROR, BACKSTAY_JSON_ERROR_CANCELLED);
      g_assert_cmpuint (progress.n_calls, ==, i + 1);
    }
}

static void
test_references (void)
{
  g_autoptr (BackstayJson) json = json_random_read ("[1]");
  BackstayDiff *diff = backstay_diff_new (json, json, NULL, NULL, NULL, NULL);

  g_assert_true (backstay_diff_ref (diff) == diff);
  g_assert_true (backstay_diff_get_before (diff) == json);
  g_assert_true (backstay_diff_get_after (diff) == json);
  backstay_diff_unref (diff);
  g_assert_cmpuint (backstay_diff_get_n_rows (diff), ==, 1);
  g_assert_cmpuint (backstay_diff_get_before_node (diff, 0), ==, backstay_json_get_root (json));
  g_assert_cmpuint (backstay_diff_find_change (diff, BACKSTAY_DIFF_ROW_NONE, 1), ==,
                    BACKSTAY_DIFF_ROW_NONE);
  backstay_diff_unref (diff);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *path = g_strconcat ("/diff/pair/", pairs[i].name, NULL);

      g_test_add_data_func (path, &pairs[i], test_pair);
    }

  g_test_add_func ("/diff/identity-key", test_identity_key);
  g_test_add_func ("/diff/last-wins", test_last_wins);
  g_test_add_func ("/diff/duplicate-keys", test_duplicate_keys);
  g_test_add_func ("/diff/many-keys", test_many_keys);
  g_test_add_func ("/diff/deep", test_deep);
  g_test_add_func ("/diff/cancelled", test_cancelled);
  g_test_add_func ("/diff/references", test_references);

  return g_test_run ();
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-json-print"

#include "config.h"

#include <string.h>

#include "backstay-json-path.h"
#include "backstay-json-print.h"
#include "json-random.h"

static char *
print (BackstayJson    *json,
       BackstayJsonNode node,
       gboolean         pretty)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (pretty)
    bytes = backstay_json_print_pretty (json, node, NULL, NULL, &error);
  else
    bytes = backstay_json_print_compact (json, node, NULL, NULL, &error);

  g_assert_no_error (error);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_pretty (void)
{
  static const struct
  {
    const char *text;
    const char *pretty;
  } cases[] = {
    { " 1.10 ", "1.10" },
    { "\"a\\u0041\"", "\"a\\u0041\"" },
    { "[ ]", "[]" },
    { "{ }", "{}" },
    { "[1,1e400,-0]", "[\n  1,\n  1e400,\n  -0\n]" },
    { "{\"a\":1,\"b\":{\"c\":[],\"d\":[{}]}}",
      "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": [],\n    \"d\": [\n      {}\n    ]\n  }\n}" },
    { "{\"a\" \n:\t[ [ 1 ] , true ] }", "{\n  \"a\": [\n    [\n      1\n    ],\n    true\n  ]\n}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BackstayJson) json = json_random_read (cases[i].text);
      g_autofree char *pretty = print (json, backstay_json_get_root (json), TRUE);

      g_assert_cmpstr (pretty, ==, cases[i].pretty);
    }
}

static void
test_subtree (void)
{
  g_autoptr (BackstayJson) json =
    json_random_read ("{\"a\": {\"b\": [1, 2], \"c\": {}}, \"d\": 3}");
  BackstayJsonNode node;
  g_autofree char *pretty = NULL;
  g_autofree char *compact = NULL;
  g_autofree char *scalar = NULL;

  /* Neither the key of the node itself nor what follows it is printed. */
  g_assert_true (backstay_json_find_pointer (json, "/a", &node));
  pretty = print (json, node, TRUE);
  compact = print (json, node, FALSE);
  g_assert_cmpstr (pretty, ==, "{\n  \"b\": [\n    1,\n    2\n  ],\n  \"c\": {}\n}");
  g_assert_cmpstr (compact, ==, "{\"b\":[1,2],\"c\":{}}");

  g_assert_true (backstay_json_find_pointer (json, "/d", &node));
  scalar = print (json, node, TRUE);
  g_assert_cmpstr (scalar, ==, "3");
}

/* However a document is spaced, printing it compact gives the one form without spaces. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (JsonRandom) document = json_random_new (rand);
      g_autofree char *spaced = json_random_print (document, rand);
      g_autofree char *compact = json_random_print (document, NULL);
      g_autoptr (BackstayJson) json = json_random_read (spaced);
      g_autofree char *printed = print (json, backstay_json_get_root (json), FALSE);
      g_autofree char *pretty = print (json, backstay_json_get_root (json), TRUE);
      g_autoptr (BackstayJson) again = json_random_read (pretty);
      g_autofree char *printed_again = print (again, backstay_json_get_root (again), FALSE);
      g_autofree char *pretty_again = print (again, backstay_json_get_root (again), TRUE);

      g_assert_cmpstr (printed, ==, compact);
      g_assert_cmpstr (printed_again, ==, compact);
      g_assert_cmpstr (pretty_again, ==, pretty);
    }
}

static void
test_deep (void)
{
  const gsize      longest_line = 2 * BACKSTAY_JSON_MAX_INDENTED_DEPTH + 2;
  g_autofree char *opening = g_strnfill (BACKSTAY_JSON_MAX_DEPTH, '[');
  g_autofree char *closing = g_strnfill (BACKSTAY_JSON_MAX_DEPTH, ']');
  g_autofree char *text = g_strconcat (opening, closing, NULL);
  g_autoptr (BackstayJson) json = json_random_read (text);
  g_autofree char *compact = print (json, backstay_json_get_root (json), FALSE);
  g_autofree char *pretty = print (json, backstay_json_get_root (json), TRUE);

  g_assert_cmpstr (compact, ==, text);
  g_assert_cmpuint (strlen (pretty), <, 2 * BACKSTAY_JSON_MAX_DEPTH * longest_line);
}

static gboolean
stop_cb (gsize    n_done,
         gsize    n_total,
         gpointer user_data)
{
  guint *n_calls = user_data;

  *n_calls += 1;

  return FALSE;
}

static void
test_stop (void)
{
  g_autofree char *letters = g_strnfill (2 * 1024 * 1024, 'x');
  g_autofree char *text = g_strdup_printf ("[\"%s\",1]", letters);
  g_autoptr (BackstayJson) json = json_random_read (text);
  g_autoptr (GError) error = NULL;
  BackstayJsonNode root = backstay_json_get_root (json);
  guint            n_calls = 0;

  g_assert_null (backstay_json_print_pretty (json, root, stop_cb, &n_calls, &error));
  g_assert_error (error, BACKSTAY_JSON_ERROR, BACKSTAY_JSON_ERROR_CANCELLED);
  g_assert_cmpuint (n_calls, ==, 1);
  g_assert_null (backstay_json_print_compact (json, root, stop_cb, &n_calls, NULL));
  g_assert_cmpuint (n_calls, ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-print/pretty", test_pretty);
  g_test_add_func ("/json-print/subtree", test_subtree);
  g_test_add_func ("/json-print/random", test_random);
  g_test_add_func ("/json-print/deep", test_deep);
  g_test_add_func ("/json-print/stop", test_stop);

  return g_test_run ();
}

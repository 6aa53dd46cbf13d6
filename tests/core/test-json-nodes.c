/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-json-nodes"

#include "config.h"

#include <string.h>

#include "json-random.h"

#define N_DOCUMENTS 300

static void
check_lexeme (const char *lexeme,
              gsize       length,
              const char *expected)
{
  g_assert_cmpmem (lexeme, length, expected, strlen (expected));
}

static void
check_kind (BackstayJson     *json,
            BackstayJsonNode  node,
            const JsonRandom *expected)
{
  BackstayJsonKind kind = backstay_json_get_kind (json, node);

  g_assert_true (backstay_json_is_container (json, node) == (expected->scalar == NULL));

  if (expected->is_object)
    g_assert_cmpint (kind, ==, BACKSTAY_JSON_KIND_OBJECT);
  else if (expected->scalar == NULL)
    g_assert_cmpint (kind, ==, BACKSTAY_JSON_KIND_ARRAY);
  else if (g_str_equal (expected->scalar, "null"))
    g_assert_cmpint (kind, ==, BACKSTAY_JSON_KIND_NULL);
  else if (g_str_equal (expected->scalar, "true") || g_str_equal (expected->scalar, "false"))
    g_assert_cmpint (kind, ==, BACKSTAY_JSON_KIND_BOOLEAN);
  else if (*expected->scalar == '"')
    g_assert_cmpint (kind, ==, BACKSTAY_JSON_KIND_STRING);
  else
    g_assert_cmpint (kind, ==, BACKSTAY_JSON_KIND_NUMBER);
}

static void
check_text (BackstayJson     *json,
            BackstayJsonNode  node,
            const JsonRandom *expected)
{
  g_autofree char *compact = json_random_print (expected, NULL);
  gsize            length;
  const char      *lexeme = backstay_json_get_lexeme (json, node, &length);
  const char      *key;

  if (expected->scalar != NULL)
    check_lexeme (lexeme, length, expected->scalar);

  /* A container begins and ends with its brackets, whatever white space is within. */
  g_assert_cmpint (lexeme[0], ==, compact[0]);
  g_assert_cmpint (lexeme[length - 1], ==, compact[strlen (compact) - 1]);

  key = backstay_json_get_key_lexeme (json, node, &length);
  g_assert_true (backstay_json_has_key (json, node) == (expected->key != NULL));

  if (expected->key != NULL)
    check_lexeme (key, length, expected->key);
  else
    g_assert_null (key);
}

/* Checks a node and all below it, and counts along in the order of the text. */
static void
check_node (BackstayJson     *json,
            BackstayJsonNode  node,
            const JsonRandom *expected,
            guint             depth,
            BackstayJsonNode *next)
{
  guint n_children = expected->children != NULL ? expected->children->len : 0;

  g_assert_cmpuint (*next, ==, node);
  *next = backstay_json_get_next (json, node);

  check_kind (json, node, expected);
  check_text (json, node, expected);
  g_assert_cmpuint (backstay_json_get_depth (json, node), ==, depth);
  g_assert_cmpuint (backstay_json_get_n_children (json, node), ==, n_children);
  g_assert_cmpuint (backstay_json_get_child (json, node, n_children), ==, BACKSTAY_JSON_NODE_NONE);

  for (guint i = 0; i < n_children; i++)
    {
      BackstayJsonNode child = backstay_json_get_child (json, node, i);

      /* Siblings are neighbours, and come before their parent. */
      g_assert_cmpuint (child, <, node);
      g_assert_cmpuint (child, ==, backstay_json_get_child (json, node, 0) + i);
      g_assert_cmpuint (backstay_json_get_parent (json, child), ==, node);
      g_assert_cmpuint (backstay_json_get_index (json, child), ==, i);
      check_node (json, child, g_ptr_array_index (expected->children, i), depth + 1, next);
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < N_DOCUMENTS; i++)
    {
      g_autoptr (JsonRandom) expected = json_random_new (rand);
      g_autofree char *text = json_random_print (expected, i % 2 == 0 ? rand : NULL);
      g_autoptr (BackstayJson) json = json_random_read (text);
      BackstayJsonNode next = backstay_json_get_root (json);

      check_node (json, backstay_json_get_root (json), expected, 0, &next);
      g_assert_cmpuint (next, ==, BACKSTAY_JSON_NODE_NONE);
    }
}

/* Enough siblings for every array to grow several times. */
static void
test_wide (void)
{
  const guint n_elements = 300000;
  g_autoptr (GString) text = g_string_new ("[");
  g_autoptr (BackstayJson) json = NULL;
  BackstayJsonNode root;

  for (guint i = 0; i < n_elements; i++)
    g_string_append (text, i > 0 ? ",[1]" : "[1]");

  g_string_append_c (text, ']');
  json = json_random_read (text->str);
  root = backstay_json_get_root (json);

  g_assert_cmpuint (backstay_json_get_n_nodes (json), ==, 2 * n_elements + 1);
  g_assert_cmpuint (backstay_json_get_n_children (json, root), ==, n_elements);

  for (guint i = 0; i < n_elements; i += 997)
    {
      BackstayJsonNode child = backstay_json_get_child (json, root, i);
      BackstayJsonNode grandchild = backstay_json_get_child (json, child, 0);

      g_assert_cmpuint (backstay_json_get_index (json, child), ==, i);
      g_assert_cmpuint (backstay_json_get_parent (json, grandchild), ==, child);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-nodes/random", test_random);
  g_test_add_func ("/json-nodes/wide", test_wide);

  return g_test_run ();
}

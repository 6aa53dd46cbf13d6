/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text that is read beside another one must become the same document as if it were read alone. */

#define G_LOG_DOMAIN "test-json-like"

#include "config.h"

#include <string.h>

#include "backstay-json-duplicates.h"
#include "backstay-json-like.h"
#include "json-edit.h"

#define N_DOCUMENTS 2000

static void
check_same (BackstayJson *json,
            BackstayJson *expected)
{
  g_assert_true (g_bytes_equal (backstay_json_get_text (json), backstay_json_get_text (expected)));
  g_assert_cmpuint (backstay_json_get_n_nodes (json), ==, backstay_json_get_n_nodes (expected));

  for (BackstayJsonNode node = 0; node < backstay_json_get_n_nodes (json); node++)
    {
      const char *data = g_bytes_get_data (backstay_json_get_text (json), NULL);
      const char *expected_data = g_bytes_get_data (backstay_json_get_text (expected), NULL);
      gsize       length;
      gsize       expected_length;

      g_assert_cmpuint (backstay_json_get_lexeme (json, node, &length) - data, ==,
                        backstay_json_get_lexeme (expected, node, &expected_length) - expected_data);
      g_assert_cmpuint (length, ==, expected_length);
      g_assert_cmpuint (backstay_json_get_parent (json, node), ==,
                        backstay_json_get_parent (expected, node));
      g_assert_cmpuint (backstay_json_get_n_children (json, node), ==,
                        backstay_json_get_n_children (expected, node));
      g_assert_cmpuint (backstay_json_get_child (json, node, 0), ==,
                        backstay_json_get_child (expected, node, 0));
      g_assert_true (backstay_json_has_key (json, node) == backstay_json_has_key (expected, node));

      if (backstay_json_has_key (json, node))
        g_assert_cmpuint (backstay_json_get_key_lexeme (json, node, &length) - data, ==,
                          backstay_json_get_key_lexeme (expected, node, &length) - expected_data);
    }
}

/* Whatever the other text is, there is the same document or the same error. */
static void
check_like (const char *like_text,
            const char *text,
            gsize       length)
{
  g_autoptr (BackstayJson) like = json_random_read (like_text);
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) expected_error = NULL;
  g_autoptr (BackstayJson) json = backstay_json_new_like (like, bytes, NULL, NULL, &error);
  g_autoptr (BackstayJson) expected = backstay_json_new (bytes, NULL, NULL, &expected_error);

  if (expected == NULL)
    {
      g_assert_null (json);
      g_assert_error (error, expected_error->domain, expected_error->code);
      g_assert_cmpstr (error->message, ==, expected_error->message);
      return;
    }

  g_assert_no_error (error);
  check_same (json, expected);
  g_assert_cmpuint (backstay_json_find_duplicate_key (json), ==,
                    backstay_json_find_duplicate_key (expected));
}

static void
test_table (void)
{
  static const char *texts[] = {
    "[]",
    "[ ]",
    "[1]",
    "[1,2]",
    "[1, 2]",
    "[11,2]",
    "[1,12,2]",
    "[1,2,]",
    "[1,,2]",
    "[,1,2]",
    "[1 2]",
    "[1,2],[3]",
    "[1,[2],3]",
    "[1,[],3]",
    "[1,[2,[4]],3]",
    "{\"a\":1,\"b\":2}",
    "{\"a\":1,\"a\":2}",
    "{\"a\":1,\"ab\":2}",
    "{\"a\":1,\"b\":{\"c\":1,\"d\":2}}",
    "{\"a\":1,\"b\":{\"c\":1,\"c\":2}}",
    "{\"a\":1,\"b\":{\"c\":[1],\"d\":2},\"b\":1}",
    "{\"a\":[{\"id\":1,\"x\":1},{\"id\":2,\"x\":1}]}",
    "{\"a\":[{\"id\":1,\"x\":1},{\"id\":3,\"x\":1},{\"id\":2,\"x\":1}]}",
    "{\"a\":[{\"id\":0,\"x\":1},{\"id\":1,\"x\":1},{\"id\":2,\"x\":1}]}",
    "{\"a\":[{\"id\":1,\"x\":1},{\"id\":2,\"x\":1},{\"id\":3,\"x\":1}]}",
    "{\"a\":[{\"id\":1,\"x\":1}{\"id\":2,\"x\":1}]}",
    "\"a\"",
    "1",
    "12",
    "",
    " [1] ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (BackstayJson) json = backstay_json_new (bytes, NULL, NULL, NULL);

      for (guint j = 0; json != NULL && j < G_N_ELEMENTS (texts); j++)
        check_like (texts[i], texts[j], strlen (texts[j]));
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (77);

  for (guint i = 0; i < N_DOCUMENTS; i++)
    {
      g_autoptr (JsonRandom) made = json_random_new (rand);
      g_autoptr (JsonRandom) document = json_edit_copy_part (made, rand);
      g_autoptr (JsonRandom) edited = json_edit (json_edit_copy (document), rand, 1 + i % 2);
      g_autofree char *text = json_random_print (document, NULL);
      g_autofree char *edited_text = json_random_print (edited, NULL);
      gsize            length = strlen (edited_text);
      gsize            place = (gsize) g_rand_int_range (rand, 0, (gint32) length);

      check_like (text, edited_text, length);
      check_like (edited_text, text, strlen (text));

      /* A byte that is put in or taken out mostly makes an error. */
      memmove (edited_text + place, edited_text + place + 1, length - place);
      check_like (text, edited_text, length - 1);
      edited_text[place] = "[]{},:\"1 "[i % 9];
      check_like (text, edited_text, length - 1);
    }
}

static void
test_same (void)
{
  g_autoptr (BackstayJson) like = json_random_read ("[1]");
  g_autoptr (GBytes) bytes = g_bytes_new ("[1]", 3);
  g_autoptr (BackstayJson) json = backstay_json_new_like (like, bytes, NULL, NULL, NULL);

  g_assert_true (json == like);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-like/table", test_table);
  g_test_add_func ("/json-like/random", test_random);
  g_test_add_func ("/json-like/same", test_same);

  return g_test_run ();
}

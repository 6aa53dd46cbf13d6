/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-json-path"

#include "config.h"

#include "backstay-json-path.h"
#include "json-random.h"

/* The example of RFC 6901, section 5, with its pointers. */
static void
test_pointer_rfc (void)
{
  static const struct
  {
    const char *pointer;
    const char *lexeme;
  } cases[] = {
    { "/foo", "[\"bar\", \"baz\"]" },
    { "/foo/0", "\"bar\"" },
    { "/", "0" },
    { "/a~1b", "1" },
    { "/c%d", "2" },
    { "/e^f", "3" },
    { "/g|h", "4" },
    { "/i\\j", "5" },
    { "/k\"l", "6" },
    { "/ ", "7" },
    { "/m~0n", "8" },
  };
  g_autoptr (BackstayJson) json =
    json_random_read ("{\"foo\": [\"bar\", \"baz\"], \"\": 0, \"a/b\": 1, \"c%d\": 2, \"e^f\": 3,"
                      " \"g|h\": 4, \"i\\\\j\": 5, \"k\\\"l\": 6, \" \": 7, \"m~n\": 8}");
  BackstayJsonNode node;

  g_assert_true (backstay_json_find_pointer (json, "", &node));
  g_assert_cmpuint (node, ==, backstay_json_get_root (json));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *pointer = NULL;
      g_autofree char *lexeme = NULL;
      gsize            length;
      const char      *bytes;

      g_assert_true (backstay_json_find_pointer (json, cases[i].pointer, &node));
      bytes = backstay_json_get_lexeme (json, node, &length);
      lexeme = g_strndup (bytes, length);
      g_assert_cmpstr (lexeme, ==, cases[i].lexeme);

      pointer = backstay_json_dup_pointer (json, node);
      g_assert_cmpstr (pointer, ==, cases[i].pointer);
    }
}

static void
test_pointer_nothing (void)
{
  static const char *pointers[] = {
    "a",
    "#",
    "/b",
    "/a/0/0",
    "/a/1",
    "/a/-",
    "/a/00",
    "/a/01",
    "/a/+0",
    "/a/-1",
    "/a/ 0",
    "/a/0x0",
    "/a/",
    "/a/4294967295",
    "/a/4294967296",
    "/a/18446744073709551616",
    "/x~",
    "/x~2",
    "/x~01",
    "//",
    "/a/x",
    "/é/",
  };
  g_autoptr (BackstayJson) json =
    json_random_read ("{\"a\":[1],\"x~\":2,\"x~1\":{},\"x/\":4,\"é\":5}");
  g_autoptr (BackstayJson) scalar = json_random_read ("7");
  BackstayJsonNode node = 99;

  for (guint i = 0; i < G_N_ELEMENTS (pointers); i++)
    {
      gboolean found = backstay_json_find_pointer (json, pointers[i], &node);

      g_test_message ("%s", pointers[i]);

      if (g_str_equal (pointers[i], "/x~01"))
        g_assert_cmpuint (backstay_json_get_index (json, node), ==, 2);
      else
        g_assert_false (found);
    }

  g_assert_false (backstay_json_find_pointer (scalar, "/", &node));
  g_assert_true (backstay_json_find_pointer (scalar, "", &node));
}

static void
test_pointer_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (JsonRandom) document = json_random_new (rand);
      g_autofree char *text = json_random_print (document, rand);
      g_autoptr (BackstayJson) json = json_random_read (text);

      for (guint node = 0; node < backstay_json_get_n_nodes (json); node++)
        {
          g_autofree char *pointer = backstay_json_dup_pointer (json, node);
          BackstayJsonNode found;

          g_assert_true (backstay_json_find_pointer (json, pointer, &found));
          g_assert_cmpuint (found, ==, node);
        }
    }
}

static void
test_written (void)
{
  static const struct
  {
    const char *pointer;
    const char *postgres;
    const char *display;
  } cases[] = {
    { "", "config_data", "" },
    { "/default_settings", "config_data->'default_settings'", "default_settings" },
    { "/default_settings/guidance_scale", "config_data->'default_settings'->>'guidance_scale'",
      "default_settings.guidance_scale" },
    { "/items/1/name", "config_data->'items'->1->>'name'", "items[1].name" },
    { "/items/0", "config_data->'items'->>0", "items[0]" },
    { "/items/2", "config_data->'items'->2", "items[2]" },
    { "/items/3", "config_data->'items'->>3", "items[3]" },
    { "/soft focus", "config_data->>'soft focus'", "[\"soft focus\"]" },
    { "/o'clock", "config_data->>'o''clock'", "[\"o'clock\"]" },
    { "/say \"hi\"\\", "config_data->>'say \"hi\"\\'", "[\"say \\\"hi\\\"\\\\\"]" },
    { "/", "config_data->''", "[\"\"]" },
    { "//0", "config_data->''->>'0'", "[\"\"][\"0\"]" },
    { "/schlüssel", "config_data->>'schlüssel'", "[\"schl\\u00fcssel\"]" },
    { "/~0~1", "config_data->>'~/'", "[\"~/\"]" },
  };
  g_autoptr (BackstayJson) json =
    json_random_read ("{\"default_settings\": {\"guidance_scale\": 7.5},"
                      " \"items\": [1, {\"name\": \"x\"}, [], null], \"soft focus\": true,"
                      " \"o'clock\": 1, \"say \\\"hi\\\"\\\\\": 2, \"\": {\"0\": 3},"
                      " \"schl\\u00fcssel\": 4, \"~/\": 5}");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *postgres = NULL;
      g_autofree char *display = NULL;
      BackstayJsonNode node;

      g_assert_true (backstay_json_find_pointer (json, cases[i].pointer, &node));
      postgres = backstay_json_dup_postgres_expression (json, node, "config_data");
      display = backstay_json_dup_display_path (json, node);
      g_assert_cmpstr (postgres, ==, cases[i].postgres);
      g_assert_cmpstr (display, ==, cases[i].display);
    }
}

static void
test_scalar_root (void)
{
  static const char *texts[] = { "7", "\"a\"", "true", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (BackstayJson) json = json_random_read (texts[i]);
      g_autofree char *postgres = backstay_json_dup_postgres_expression (json, 0, "c");
      g_autofree char *pointer = backstay_json_dup_pointer (json, 0);
      g_autofree char *display = backstay_json_dup_display_path (json, 0);

      g_assert_cmpstr (postgres, ==, "c #>> '{}'");
      g_assert_cmpstr (pointer, ==, "");
      g_assert_cmpstr (display, ==, "");
    }
}

/* Such a key has a path to show, but neither a pointer nor an expression. */
static void
test_nul_key (void)
{
  g_autoptr (BackstayJson) json = json_random_read ("{\"a\\u0000b\":[1],\"a\":2}");
  BackstayJsonNode root = backstay_json_get_root (json);
  BackstayJsonNode list = backstay_json_get_child (json, root, 0);
  BackstayJsonNode element = backstay_json_get_child (json, list, 0);
  BackstayJsonNode found;
  g_autofree char *display = backstay_json_dup_display_path (json, element);

  g_assert_null (backstay_json_dup_pointer (json, list));
  g_assert_null (backstay_json_dup_pointer (json, element));
  g_assert_null (backstay_json_dup_postgres_expression (json, element, "config_data"));
  g_assert_cmpstr (display, ==, "[\"a\\u0000b\"][0]");
  g_assert_true (backstay_json_find_pointer (json, "/a", &found));
  g_assert_cmpuint (backstay_json_get_index (json, found), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-path/pointer/rfc", test_pointer_rfc);
  g_test_add_func ("/json-path/pointer/nothing", test_pointer_nothing);
  g_test_add_func ("/json-path/pointer/random", test_pointer_random);
  g_test_add_func ("/json-path/written", test_written);
  g_test_add_func ("/json-path/scalar-root", test_scalar_root);
  g_test_add_func ("/json-path/nul-key", test_nul_key);

  return g_test_run ();
}

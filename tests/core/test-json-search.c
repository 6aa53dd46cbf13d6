/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-json-search"

#include "config.h"

#include <string.h>

#include "backstay-json-path.h"
#include "backstay-json-search.h"
#include "json-random.h"

#define BOTH (BACKSTAY_JSON_SEARCH_FLAGS_KEYS | BACKSTAY_JSON_SEARCH_FLAGS_VALUES)

static GArray *
search (BackstayJson           *json,
        const char             *needle,
        BackstayJsonSearchFlags flags)
{
  g_autoptr (GError) error = NULL;
  GArray *found = backstay_json_search (json, needle, flags, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (found);

  return found;
}

/* The pointers of what was found, with a space before each. */
static char *
list_found (BackstayJson           *json,
            const char             *needle,
            BackstayJsonSearchFlags flags)
{
  g_autoptr (GArray) found = search (json, needle, flags);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      BackstayJsonNode node = g_array_index (found, BackstayJsonNode, i);
      g_autofree char *pointer = backstay_json_dup_pointer (json, node);

      g_string_append_printf (list, " %s", pointer);
    }

  return g_string_free (list, FALSE);
}

static void
test_table (void)
{
  static const struct
  {
    const char             *needle;
    BackstayJsonSearchFlags flags;
    const char             *found;
  } cases[] = {
    { "scale", BOTH, " /Guidance_Scale /note" },
    { "SCALE", BACKSTAY_JSON_SEARCH_FLAGS_KEYS, " /Guidance_Scale" },
    { "scale", BACKSTAY_JSON_SEARCH_FLAGS_VALUES, " /note" },
    { "scale", BACKSTAY_JSON_SEARCH_FLAGS_NONE, "" },
    { "", BOTH, "" },
    { "7.5", BOTH, " /Guidance_Scale" },
    { "7.50", BOTH, " /Guidance_Scale" },
    { "tru", BOTH, " /list/0" },
    { "null", BOTH, " /list/1" },
    { "list", BOTH, " /list" },
    { "straße", BOTH, " /list/2" },
    { "STRASSE", BOTH, " /list/2" },
    { "ÉCOLE", BOTH, " /list/3 /list/4" },
    { "école", BOTH, " /list/3 /list/4" },
    { "kelvin", BOTH, " /list/5" },
    { "\u212aelvin", BOTH, " /list/5" },
    { "\"quoted\" \\", BOTH, " /list/6" },
    { "u0022", BOTH, "" },
    { "tab\tand", BOTH, " /list/7" },
    { "after", BOTH, " /list/8" },
    { "before", BOTH, " /list/8" },
    { "beforeafter", BOTH, "" },
    { "😀", BOTH, " /list/9 /list/10" },
    { "aab", BOTH, " /list/11" },
    { "zzz", BOTH, "" },
  };
  g_autoptr (BackstayJson) json =
    json_random_read ("{\"Guidance_Scale\": 7.50, \"note\": \"Scales well\", \"list\": [true, null,"
                      " \"Straße\", \"École\", \"\\u00c9cole\", \"\u212aelvin\","
                      " \"a \\u0022Quoted\\\" \\\\\", \"tab\\tand\","
                      " \"before\\u0000after\", \"😀\", \"\\ud83d\\ude00\", \"aaab\"]}");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = list_found (json, cases[i].needle, cases[i].flags);

      g_test_message ("%s", cases[i].needle);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

static gboolean
decoded_contains (const char *text,
                  const char *needle)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;
  g_autofree char *folded_needle = g_utf8_casefold (needle, -1);

  return folded != NULL && strstr (folded, folded_needle) != NULL;
}

static gboolean
naive_matches (BackstayJson    *json,
               BackstayJsonNode node,
               const char      *needle)
{
  g_autofree char *key = backstay_json_dup_key (json, node, NULL);
  g_autofree char *value = NULL;
  gsize            length;
  const char      *lexeme = backstay_json_get_lexeme (json, node, &length);

  if (*lexeme == '"')
    value = backstay_json_dup_string (json, node, NULL);
  else if (*lexeme != '{' && *lexeme != '[')
    value = g_strndup (lexeme, length);

  return decoded_contains (key, needle) || decoded_contains (value, needle);
}

static void
test_random (void)
{
  static const char *needles[] = {
    "a",
    "KEY",
    "É",
    "ss",
    "#1",
    "\\",
    "\"",
    "soft f",
    "1",
    "日",
    "/~",
    "\n",
    "€",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (JsonRandom) document = json_random_new (rand);
      g_autofree char *text = json_random_print (document, rand);
      g_autoptr (BackstayJson) json = json_random_read (text);

      for (guint n = 0; n < G_N_ELEMENTS (needles); n++)
        {
          g_autoptr (GArray) found = search (json, needles[n], BOTH);
          BackstayJsonNode node = backstay_json_get_root (json);
          guint            n_found = 0;

          for (; node != BACKSTAY_JSON_NODE_NONE; node = backstay_json_get_next (json, node))
            if (naive_matches (json, node, needles[n]))
              {
                g_assert_cmpuint (n_found, <, found->len);
                g_assert_cmpuint (g_array_index (found, BackstayJsonNode, n_found), ==, node);
                n_found++;
              }

          g_assert_cmpuint (n_found, ==, found->len);
        }
    }
}

static gboolean
stop_cb (gsize    n_done,
         gsize    n_total,
         gpointer user_data)
{
  return FALSE;
}

static void
test_stop (void)
{
  g_autofree char *letters = g_strnfill (2 * 1024 * 1024, 'x');
  g_autofree char *text = g_strdup_printf ("[\"%s\",1]", letters);
  g_autoptr (BackstayJson) json = json_random_read (text);
  g_autoptr (GError) error = NULL;

  g_assert_null (backstay_json_search (json, "x", BOTH, stop_cb, NULL, &error));
  g_assert_error (error, BACKSTAY_JSON_ERROR, BACKSTAY_JSON_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-search/table", test_table);
  g_test_add_func ("/json-search/random", test_random);
  g_test_add_func ("/json-search/stop", test_stop);

  return g_test_run ();
}

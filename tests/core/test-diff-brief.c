/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-diff-brief"

#include "config.h"

#include <string.h>

#include "backstay-diff-brief.h"
#include "json-random.h"

static char *
dup_brief (const char *before,
           const char *after,
           guint       max_changes)
{
  g_autoptr (BackstayJson) before_json = json_random_read (before);
  g_autoptr (BackstayJson) after_json = json_random_read (after);
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayDiff) diff = backstay_diff_new (before_json, after_json, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return backstay_diff_dup_brief (diff, max_changes);
}

static void
test_table (void)
{
  static const struct
  {
    const char *before;
    const char *after;
    const char *brief;
  } cases[] = {
    { "{}", "{ }", "no difference" },
    { "{\"default_settings\":{\"guidance_scale\":7.5}}", "{\"default_settings\":{\"guidance_scale\":99}}",
      "1 changed: guidance_scale 7.5 → 99" },
    { "{\"a\":1,\"b\":2,\"c\":3}", "{\"a\":4,\"b\":5,\"d\":6}",
      "2 changed, 1 added, 1 removed: a 1 → 4, b 2 → 5, …" },
    { "{\"a\":1}", "{\"a\":1,\"b\":[1,2]}", "1 added: b added (an array of 2 elements)" },
    { "{}", "{\"a\":1,\"b\":[],\"c\":{}}", "3 added: a added (1), b added (an empty array), …" },
    { "{\"a\":1,\"c\":2}", "{\"b\":0,\"c\":3}", "1 changed, 1 added, 1 removed: c 2 → 3, a removed, …" },
    { "{\"a\":{\"b\":1}}", "{\"a\":{}}", "1 removed: b removed" },
    { "{\"a\":7}", "{\"a\":\"7\"}", "1 changed: a 7 → \"7\"" },
    { "{\"a\":1}", "{\"a\":1.0}", "spelling only: 1; a 1 → 1.0" },
    { "{\"a\":\"\\u200b\"}", "{\"a\":\"\u200b\"}", "spelling only: 1; a spelt otherwise" },
    { "{\"a\":1,\"b\":2}", "{\"a\":1.0,\"b\":3}", "1 changed, spelling only: 1; b 2 → 3" },
    { "7", "8", "1 changed: the document 7 → 8" },
    { "[1,2]", "[1,3]", "1 changed: [1] 2 → 3" },
    /* What is in an array is known by the array's key. */
    { "{\"s\":{\"loras\":[{\"name\":\"x\",\"weight\":1}]}}", "{\"s\":{\"loras\":[{\"name\":\"x\",\"weight\":2}]}}",
      "1 changed: loras[0].weight 1 → 2" },
    { "{\"s\":{\"grid\":[[1,2],[3,4]]}}", "{\"s\":{\"grid\":[[1,2],[3,5]]}}", "1 changed: grid[1][1] 4 → 5" },
    { "{\"l\":[1,2,3,4,5,6,7]}", "{\"l\":[6,7,1,2,3,4,5]}", "1 moved: l[0] moved" },
    /* A key that is in several places has as many of those above it as tell them apart. */
    { "{\"a\":{\"steps\":1},\"b\":{\"steps\":1}}", "{\"a\":{\"steps\":1},\"b\":{\"steps\":2}}",
      "1 changed: b.steps 1 → 2" },
    { "{\"steps\":1,\"b\":{\"steps\":1}}", "{\"steps\":2,\"b\":{\"steps\":3}}",
      "2 changed: steps 1 → 2, b.steps 1 → 3" },
    { "{\"x\":{\"a\":{\"n\":1}},\"y\":{\"a\":{\"n\":1},\"b\":{\"n\":1}}}",
      "{\"x\":{\"a\":{\"n\":1}},\"y\":{\"a\":{\"n\":2},\"b\":{\"n\":3}}}",
      "2 changed: y.a.n 1 → 2, b.n 1 → 3" },
    { "{\"a\":{\"l\":[1]},\"b\":{\"l\":[1]}}", "{\"a\":{\"l\":[2]},\"b\":{\"l\":[1]}}", "1 changed: a.l[0] 1 → 2" },
    { "{\"steps\":1,\"l\":[{\"steps\":1}]}", "{\"steps\":2,\"l\":[{\"steps\":1}]}", "1 changed: steps 1 → 2" },
    { "{\"a\":{\"steps\":1},\"b\":{}}", "{\"a\":{\"steps\":1},\"b\":{\"steps\":2}}", "1 added: b.steps added (2)" },
    /* Nothing that reorders the line, or hides. */
    { "{\"a\":1}", "{\"a\":\"\u202e\"}", "1 changed: a 1 → \"\\u202e\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *brief = dup_brief (cases[i].before, cases[i].after, 2);

      g_assert_cmpstr (brief, ==, cases[i].brief);
    }
}

/* What differs is seen also where the values are long. */
static void
test_long (void)
{
  g_autofree char *filling = g_strnfill (500, 'y');
  g_autofree char *before = g_strdup_printf ("{\"prompt\":\"%s red fox %s\"}", filling, filling);
  g_autofree char *after = g_strdup_printf ("{\"prompt\":\"%s blue fox %s\"}", filling, filling);
  g_autofree char *brief = dup_brief (before, after, 3);

  g_assert_nonnull (strstr (brief, " red fox"));
  g_assert_nonnull (strstr (brief, " blue fox"));
  g_assert_cmpint (g_utf8_strlen (brief, -1), <, 110);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diff-brief/table", test_table);
  g_test_add_func ("/diff-brief/long", test_long);

  return g_test_run ();
}

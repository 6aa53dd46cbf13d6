/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-model-diff-value"

#include "config.h"

#include "json-random.h"

#include "backstay-diff-value.h"

#include <string.h>

/* Writes a text with what is marked between brackets. */
static char *
dup_marked (const BackstayDiffValue *value)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint from = 0;

  for (guint i = 0; i < value->marks->len; i++)
    {
      const BackstayDiffMark *mark = &g_array_index (value->marks, BackstayDiffMark, i);

      g_string_append_len (out, value->text + from, mark->begin - from);
      g_string_append_c (out, '[');
      g_string_append_len (out, value->text + mark->begin, mark->end - mark->begin);
      g_string_append_c (out, ']');
      from = mark->end;
    }

  g_string_append (out, value->text + from);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
check (const char *before_text,
       const char *after_text,
       gboolean    whole,
       const char *before_expected,
       const char *after_expected,
       const char *words_expected)
{
  g_autoptr (BackstayJson) before = json_random_read (before_text);
  g_autoptr (BackstayJson) after = json_random_read (after_text);
  g_auto (BackstayDiffValue) before_value = { NULL };
  g_auto (BackstayDiffValue) after_value = { NULL };
  g_autofree char *before_marked = NULL;
  g_autofree char *after_marked = NULL;
  g_autofree char *words = NULL;

  g_assert_true (backstay_diff_value_init_marked (&before_value, &after_value,
                                                  before, backstay_json_get_root (before),
                                                  after, backstay_json_get_root (after),
                                                  whole, &words));
  before_marked = dup_marked (&before_value);
  after_marked = dup_marked (&after_value);

  if (before_expected != NULL)
    g_assert_cmpstr (before_marked, ==, before_expected);
  if (after_expected != NULL)
    g_assert_cmpstr (after_marked, ==, after_expected);
  if (words_expected != NULL)
    g_assert_cmpstr (words, ==, words_expected);
  g_assert_true (g_utf8_validate (before_value.text, -1, NULL));
  g_assert_true (g_utf8_validate (after_value.text, -1, NULL));
}

static void
test_numbers (void)
{
  check ("99", "7.5", FALSE, "[99]", "[7.5]", NULL);
  check ("1.10", "1.20", FALSE, "[1.10]", "[1.20]", NULL);
  check ("123456789012345678901234567890", "123456789012345678901234567899", FALSE,
         "12345678901234567890123456789[0]", "12345678901234567890123456789[9]", NULL);
  check ("1234567", "-1234567", FALSE, "1234567", "[-]1234567", NULL);
  check ("1000000", "1000000000", FALSE, "1000000", "1000000[000]", NULL);
  check ("0.30000000000000004", "0.3", FALSE, "[0.30000000000000004]", "[0.3]", NULL);
}

static void
test_words (void)
{
  check ("\"soft light, fog\"", "\"hard light\"", FALSE,
         "\"[soft] light[, fog]\"", "\"[hard] light\"", "“soft” became “hard”; “, fog” was removed");
  check ("\"a\"", "\"a\\u202eb\"", FALSE, NULL, NULL, NULL);
  check ("\"\"", "\"x\"", FALSE, "\"\"", "\"[x]\"", "“x” was added");
}

static void
test_lines (void)
{
  check ("\"one\\ntwo\"", "\"one\\nthree\"", FALSE, "\"one↵[two]\"", "\"one↵[three]\"", NULL);
  check ("\"one\\ntwo\"", "\"one\\nthree\"", TRUE, "\"one↵\n[two]\"", "\"one↵\n[three]\"", NULL);
}

/* Of a long one the surroundings of the changes are shown. */
static void
test_excerpt (void)
{
  g_autofree char *filling = g_strnfill (300, '.');
  g_autofree char *before = g_strdup_printf ("\"%s one %s\"", filling, filling);
  g_autofree char *after = g_strdup_printf ("\"%s two %s\"", filling, filling);
  g_autofree char *before_whole = g_strdup_printf ("\"%s [one] %s\"", filling, filling);

  check (before, after, FALSE,
         "\"…............... [one] ...............…\"", "\"…............... [two] ...............…\"", NULL);
  check (before, after, TRUE, before_whole, NULL, NULL);
}

/* What is cut is never cut through a character or an escape sequence. */
static void
test_cuts (void)
{
  static const char *const pieces[] = { "x", "é", "\\n", "\\\\", "\\ud83d\\ude00", "😀", "\\u00e9" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      for (guint n = 0; n < 15; n++)
        {
          g_autoptr (GString) before = g_string_new ("\"");
          g_autoptr (GString) after = NULL;
          g_autofree char *same = NULL;

          for (guint j = 0; j < n; j++)
            g_string_append_c (before, 'a');
          for (guint j = 0; j < 20000; j++)
            g_string_append (before, pieces[i]);

          same = g_strdup (before->str + 1);
          after = g_string_new (before->str);
          g_string_append (before, " one ");
          g_string_append (after, " two ");
          g_string_append (before, same);
          g_string_append (after, same);
          g_string_append (before, "\"");
          g_string_append (after, "\"");

          check (before->str, after->str, FALSE, NULL, NULL, "“one” became “two”");
          check (before->str, after->str, TRUE, NULL, NULL, NULL);
        }
    }
}

static void
test_long (void)
{
  static const struct
  {
    const char *text;
    gboolean    is_long;
  } cases[] = {
    { "1", FALSE },
    { "\"short\"", FALSE },
    { "\"two\\nlines\"", TRUE },
    { "\"0123456789012345678901234567890123456789012345678901234567890\"", TRUE },
    { "[]", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BackstayJson) json = json_random_read (cases[i].text);

      g_assert_cmpint (backstay_diff_value_is_long (json, backstay_json_get_root (json)), ==, cases[i].is_long);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diff-value/numbers", test_numbers);
  g_test_add_func ("/diff-value/words", test_words);
  g_test_add_func ("/diff-value/lines", test_lines);
  g_test_add_func ("/diff-value/excerpt", test_excerpt);
  g_test_add_func ("/diff-value/cuts", test_cuts);
  g_test_add_func ("/diff-value/long", test_long);

  return g_test_run ();
}

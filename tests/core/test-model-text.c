/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-model-text"

#include "config.h"

#include "backstay-display-text.h"
#include "backstay-text-lines.h"
#include "backstay-timestamp.h"

#include <string.h>

static void
test_names (void)
{
  static const struct
  {
    const char *text;
    const char *shown;
  } cases[] = {
    { "", "(empty)" },
    { "SDXL Production v2.1", "SDXL Production v2.1" },
    { "Zoë 日本 🚀", "Zoë 日本 🚀" },
    { "sdxl ", "sdxl␣" },
    { "  sdxl", "␣␣sdxl" },
    { " a b ", "␣a b␣" },
    { "   ", "␣␣␣" },
    { "a\nb\tc", "a↵b⇥c" },
    { "a\r\n", "a⟨U+000D⟩↵" },
    { "\x01\x1f\x7f", "⟨U+0001⟩⟨U+001F⟩⟨U+007F⟩" },
    { "\xc2\x85", "⟨U+0085⟩" },
    { "user\xe2\x80\xaegpj.exe", "user⟨U+202E⟩gpj.exe" },
    { "\xe2\x81\xa6x\xe2\x81\xa9", "⟨U+2066⟩x⟨U+2069⟩" },
    { "sd\xe2\x80\x8bxl", "sd⟨U+200B⟩xl" },
    { "\xef\xbb\xbfsdxl", "⟨U+FEFF⟩sdxl" },
    { "\xf3\xa0\x81\x81", "⟨U+E0041⟩" },
    { "sd\xe3\x85\xa4xl", "sd⟨U+3164⟩xl" },
    { "sd\xe2\x81\xa3xl", "sd⟨U+2063⟩xl" },
    { "\xe2\x80\xa8", "⟨U+2028⟩" },
    { "v\xc2\xa0"
      "2\xe2\x80\xaf.\xe2\x80\x89"
      "1",
      "v⟨U+00A0⟩2⟨U+202F⟩.⟨U+2009⟩1" },
    { "v\xe3\x80\x80"
      "2",
      "v\xe3\x80\x80"
      "2" },
    { "\xc2\xad\xcd\x8f", "⟨U+00AD⟩⟨U+034F⟩" },
    { "\xe0\xa4\x95\xe2\x80\x8d \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80",
      "\xe0\xa4\x95\xe2\x80\x8d \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80" },
    { "a\xff\xfe z", "a⟨FF⟩⟨FE⟩ z" },
    { "cut \xe2\x82", "cut ⟨E2⟩⟨82⟩" },
    { "\xc0\xaf", "⟨C0⟩⟨AF⟩" },
    { "\xed\xa0\x80", "⟨ED⟩⟨A0⟩⟨80⟩" },
    { "<b>&amp;</b>", "<b>&amp;</b>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = backstay_display_text (cases[i].text);

      g_assert_cmpstr (shown, ==, cases[i].shown);
      g_assert_true (g_utf8_validate (shown, -1, NULL));
    }
}

static void
test_limit (void)
{
  const char       with_nul[] = "a\0b";
  g_autofree char *long_text = g_strnfill (5000, 'x');
  g_autofree char *shown = backstay_display_text (long_text);
  g_autofree char *nul = backstay_display_text_len (with_nul, 3, 10);
  g_autofree char *exact = backstay_display_text_len ("äöü", strlen ("äöü"), 3);
  g_autofree char *cut = backstay_display_text_len ("äöü", strlen ("äöü"), 2);
  g_autofree char *none = backstay_display_text_len ("", 0, 5);

  g_assert_cmpint (g_utf8_strlen (shown, -1), ==, 1001);
  g_assert_true (g_str_has_suffix (shown, "x…"));
  g_assert_cmpstr (nul, ==, "a⟨00⟩b");
  g_assert_cmpstr (exact, ==, "äöü");
  g_assert_cmpstr (cut, ==, "äö…");
  g_assert_cmpstr (none, ==, "");
}

static void
test_first_line (void)
{
  g_autofree char *second = backstay_display_text_line ("\n \t\r\nsecond\nthird");
  g_autofree char *windows = backstay_display_text_line ("first\r\nsecond");

  g_assert_null (backstay_display_text_line (NULL));
  g_assert_null (backstay_display_text_line (""));
  g_assert_null (backstay_display_text_line (" \n\t "));
  g_assert_cmpstr (second, ==, "second");
  g_assert_cmpstr (windows, ==, "first");
}

/* Whatever the bytes are, what is shown is UTF-8 without control characters. */
static void
test_random_bytes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (guint i = 0; i < 2000; i++)
    {
      guint8           bytes[64];
      gsize            length = (gsize) g_rand_int_range (rand, 0, sizeof bytes);
      g_autofree char *shown = NULL;

      for (gsize j = 0; j < length; j++)
        bytes[j] = (guint8) g_rand_int_range (rand, 0, 256);

      shown = backstay_display_text_len ((char *) bytes, length, 1000);
      g_assert_true (g_utf8_validate (shown, -1, NULL));

      for (const char *p = shown; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
    }
}

static void
assert_relative (const char *text,
                 const char *expected)
{
  g_autoptr (GDateTime) now = backstay_timestamp_parse ("2025-08-30 12:00:00+00");
  g_autofree char *words = backstay_timestamp_dup_relative (text, now);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_relative_times (void)
{
  assert_relative (NULL, "no time recorded");
  assert_relative ("infinity", "at infinity");
  assert_relative ("-infinity", "before all time");
  assert_relative ("0044-03-15 12:00:00+00 BC", "0044-03-15 12:00:00+00 BC");
  assert_relative ("12345-06-07 00:00:00+00", "12345-06-07 00:00:00+00");
  assert_relative ("2025-08-30 12:00:00+00", "just now");
  assert_relative ("2025-08-30 11:59:00.000001+00", "just now");
  assert_relative ("2025-08-30 12:00:59.999999+00", "just now");
  assert_relative ("2025-08-30 11:59:00+00", "1 minute ago");
  assert_relative ("2025-08-30 11:00:00.000001+00", "59 minutes ago");
  assert_relative ("2025-08-30 11:00:00+00", "1 hour ago");
  assert_relative ("2025-08-29 12:00:00.000001+00", "23 hours ago");
  assert_relative ("2025-08-30 13:00:00+02", "1 hour ago");
  assert_relative ("2025-08-30 12:01:00+00", "in 1 minute");
  assert_relative ("2025-08-30 12:30:00+00", "in 30 minutes");
  assert_relative ("2025-08-31 11:00:00+00", "in 23 hours");
  assert_relative ("2025-08-29 12:00:00+00", "29 Aug, 12:00");
  assert_relative ("2025-01-01 00:00:00+00", "1 Jan, 00:00");
  assert_relative ("2025-12-31 23:59:00+00", "31 Dec, 23:59");
  assert_relative ("2024-12-31 23:59:59+00", "31 Dec 2024");
  assert_relative ("2026-01-01 00:00:00+00", "1 Jan 2026");
  assert_relative ("0001-01-01 00:00:00+00", "1 Jan 1");
  assert_relative ("9999-12-31 23:59:59.999999+00", "31 Dec 9999");
}

static void
test_parse (void)
{
  g_autoptr (GDateTime) time = backstay_timestamp_parse ("2025-08-30 10:00:00.000001+00");
  g_autofree char *iso = g_date_time_format_iso8601 (time);

  g_assert_cmpstr (iso, ==, "2025-08-30T10:00:00.000001Z");
  g_assert_null (backstay_timestamp_parse (NULL));
  g_assert_null (backstay_timestamp_parse (""));
  g_assert_null (backstay_timestamp_parse ("infinity"));
  g_assert_null (backstay_timestamp_parse ("0044-03-15 12:00:00+00 BC"));
  g_assert_null (backstay_timestamp_parse ("12345-06-07 00:00:00+00"));
}

static void
test_exact_times (void)
{
  g_autofree char *words = backstay_timestamp_dup_exact ("2025-08-30 10:00:00.5+00");
  g_autofree char *none = backstay_timestamp_dup_exact (NULL);
  g_autofree char *infinity = backstay_timestamp_dup_exact ("infinity");
  g_autofree char *bc = backstay_timestamp_dup_exact ("0044-03-15 12:00:00+00 BC");

  g_assert_cmpstr (words, ==, "Saturday, 30 August 2025, 10:00:00 UTC\n2025-08-30 10:00:00.5+00");
  g_assert_cmpstr (none, ==, "no time recorded");
  g_assert_cmpstr (infinity, ==, "at infinity");
  g_assert_cmpstr (bc, ==, "0044-03-15 12:00:00+00 BC");
}

static void
test_lines (void)
{
  static const struct
  {
    const char *text;
    guint       n_lines;
  } cases[] = {
    { "", 0 },
    { "\n", 1 },
    { "a", 1 },
    { "a\n", 1 },
    { "a\nb", 2 },
    { "\n\n", 2 },
    { "\na\n\nb", 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (cases[i].text, strlen (cases[i].text));
      g_autoptr (BackstayTextLines) lines = backstay_text_lines_new (bytes);
      GListModel *model = G_LIST_MODEL (lines);
      g_auto (GStrv) expected = g_strsplit (cases[i].text, "\n", -1);

      g_assert_cmpuint (g_list_model_get_n_items (model), ==, cases[i].n_lines);
      g_assert_true (g_list_model_get_item_type (model) == BACKSTAY_TYPE_TEXT_LINE);

      for (guint j = 0; j < cases[i].n_lines; j++)
        {
          g_autoptr (BackstayTextLine) line = g_list_model_get_item (model, j);

          g_assert_cmpuint (backstay_text_line_get_number (line), ==, j + 1);
          g_assert_cmpstr (backstay_text_line_get_text (line), ==, expected[j]);
        }

      /* The last one is what GTK asks for to get nothing. */
      g_assert_null (g_list_model_get_item (model, cases[i].n_lines));
      g_assert_null (g_list_model_get_item (model, G_MAXUINT));
    }
}

static void
test_long_line (void)
{
  g_autofree char *text = g_strnfill (1000000, 'x');
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, 1000000);
  g_autoptr (BackstayTextLines) lines = backstay_text_lines_new (bytes);
  g_autoptr (BackstayTextLine) line = g_list_model_get_item (G_LIST_MODEL (lines), 0);

  g_assert_cmpuint (strlen (backstay_text_line_get_text (line)), <, 10000);
  g_assert_true (g_str_has_suffix (backstay_text_line_get_text (line), "…"));
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/display-text/names", test_names);
  g_test_add_func ("/display-text/limit", test_limit);
  g_test_add_func ("/display-text/first-line", test_first_line);
  g_test_add_func ("/display-text/random-bytes", test_random_bytes);
  g_test_add_func ("/timestamp/relative", test_relative_times);
  g_test_add_func ("/timestamp/parse", test_parse);
  g_test_add_func ("/timestamp/exact", test_exact_times);
  g_test_add_func ("/text-lines/lines", test_lines);
  g_test_add_func ("/text-lines/long-line", test_long_line);

  return g_test_run ();
}

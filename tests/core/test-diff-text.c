/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-diff-text"

#include "config.h"

#include <string.h>

#include "backstay-diff-text.h"

/* Writes segments as "same[-removed-]{+added+}", after checking that they give both texts. */
static char *
mark (const char *before,
      gsize       before_length,
      const char *after,
      gsize       after_length)
{
  g_autoptr (GArray) segments = backstay_diff_text_compare (before, before_length, after, after_length);
  GString             *marked = g_string_new (NULL);
  BackstayDiffTextKind last = BACKSTAY_DIFF_TEXT_KIND_ADDED;
  gsize                before_done = 0;
  gsize                after_done = 0;

  for (guint i = 0; i < segments->len; i++)
    {
      const BackstayDiffTextSegment *segment = &g_array_index (segments, BackstayDiffTextSegment, i);

      g_assert_cmpuint (segment->before_offset, ==, before_done);
      g_assert_cmpuint (segment->after_offset, ==, after_done);
      g_assert_true (i == 0 || segment->kind != last);
      g_assert_true (i == 0 || segment->kind != BACKSTAY_DIFF_TEXT_KIND_REMOVED ||
                     last == BACKSTAY_DIFF_TEXT_KIND_SAME);

      switch (segment->kind)
        {
        case BACKSTAY_DIFF_TEXT_KIND_SAME:
          g_assert_cmpmem (before + before_done, segment->before_length,
                           after + after_done, segment->after_length);
          g_string_append_len (marked, before + before_done, (gssize) segment->before_length);
          break;

        case BACKSTAY_DIFF_TEXT_KIND_REMOVED:
          g_assert_cmpuint (segment->after_length, ==, 0);
          g_string_append (marked, "[-");
          g_string_append_len (marked, before + before_done, (gssize) segment->before_length);
          g_string_append (marked, "-]");
          break;

        case BACKSTAY_DIFF_TEXT_KIND_ADDED:
        default:
          g_assert_cmpuint (segment->before_length, ==, 0);
          g_string_append (marked, "{+");
          g_string_append_len (marked, after + after_done, (gssize) segment->after_length);
          g_string_append (marked, "+}");
          break;
        }

      g_assert_cmpuint (segment->before_length + segment->after_length, >, 0);
      before_done += segment->before_length;
      after_done += segment->after_length;
      last = segment->kind;
    }

  g_assert_cmpuint (before_done, ==, before_length);
  g_assert_cmpuint (after_done, ==, after_length);

  return g_string_free (marked, FALSE);
}

static void
test_table (void)
{
  static const struct
  {
    const char *before;
    const char *after;
    const char *marked;
  } cases[] = {
    { "", "", "" },
    { "a", "", "[-a-]" },
    { "", "a", "{+a+}" },
    { "same words", "same words", "same words" },
    { "a red fox", "a blue fox", "a [-red-]{+blue+} fox" },
    { "a red fox jumps", "a red fox", "a red fox[- jumps-]" },
    { "fox", "a fox", "{+a +}fox" },
    /* Two words for two words, but not across a word that stays. */
    { "a red fox", "a blue cat", "a [-red fox-]{+blue cat+}" },
    { "one and two", "three and four", "[-one-]{+three+} and [-two-]{+four+}" },
    { "one\ntwo", "three\nfour", "[-one-]{+three+}\n[-two-]{+four+}" },
    /* Punctuation is apart from words. */
    { "cat, dog", "cat; dog", "cat[-,-]{+;+} dog" },
    { "(cat:1.2)", "(cat:1.35)", "(cat:[-1.2-]{+1.35+})" },
    { "v1.10.2", "v1.10.3", "[-v1.10.2-]{+v1.10.3+}" },
    { "10,000 steps", "10,001 steps", "[-10,000-]{+10,001+} steps" },
    { "end. New", "end, New", "end[-.-]{+,+} New" },
    { "don't go", "do go", "[-don't-]{+do+} go" },
    { "don\xe2\x80\x99t go", "don't go", "[-don\xe2\x80\x99t-]{+don't+} go" },
    { "snake_case_name", "snake_case", "[-snake_case_name-]{+snake_case+}" },
    { "well-known", "well-done", "well-[-known-]{+done+}" },
    /* White space is compared too: runs of blanks, and each line break. */
    { "a b", "a  b", "a[- -]{+  +}b" },
    { "a\tb", "a b", "a[-\t-]{+ +}b" },
    { "a\nb", "a\n\nb", "a\n{+\n+}b" },
    { "a\nb", "a\r\nb", "a[-\n-]{+\r\n+}b" },
    { "a\u00a0b", "a b", "a[-\u00a0-]{+ +}b" },
    /* What people see as one character is never torn apart, and looks do not count. */
    { "caf\u00e9", "cafe", "[-caf\u00e9-]{+cafe+}" },
    { "caf\u00e9 x", "cafe\u0301 x", "[-caf\u00e9-]{+cafe\u0301+} x" },
    { "!\u0301", "!", "[-!\u0301-]{+!+}" },
    { "\U0001f44d\U0001f3fb", "\U0001f44d\U0001f3ff", "[-\U0001f44d\U0001f3fb-]{+\U0001f44d\U0001f3ff+}" },
    { "\u2764\ufe0f", "\u2764", "[-\u2764\ufe0f-]{+\u2764+}" },
    { "\U0001f468\u200d\U0001f469\u200d\U0001f467x", "\U0001f468\u200d\U0001f469x",
      "[-\U0001f468\u200d\U0001f469\u200d\U0001f467-]{+\U0001f468\u200d\U0001f469+}x" },
    { "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7", "\U0001f1e9\U0001f1ea\U0001f1ee\U0001f1f9",
      "\U0001f1e9\U0001f1ea[-\U0001f1eb\U0001f1f7-]{+\U0001f1ee\U0001f1f9+}" },
    { "1\ufe0f\u20e3 a", "2\ufe0f\u20e3 a", "[-1\ufe0f\u20e3-]{+2\ufe0f\u20e3+} a" },
    /* Scripts without spaces: sign by sign. */
    { "日本語", "日本人", "日本[-語-]{+人+}" },
    { "ひらがな", "ひらかな", "ひら[-が-]{+か+}な" },
    { "\u0e01\u0e34\u0e19", "\u0e01\u0e34\u0e14", "\u0e01\u0e34[-\u0e19-]{+\u0e14+}" },
    { "한국어 말", "한국인 말", "[-한국어-]{+한국인+} 말" },
    { "Grüße, Welt", "Grüße, Mond", "Grüße, [-Welt-]{+Mond+}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char      *before = cases[i].before;
      const char      *after = cases[i].after;
      g_autofree char *marked = mark (before, strlen (before), after, strlen (after));

      g_assert_cmpstr (marked, ==, cases[i].marked);
    }
}

/* U+0000 is a character like any other. */
static void
test_nul (void)
{
  g_autofree char *marked = mark ("a\0b c", 5, "a\0b d", 5);

  g_assert_cmpmem (marked, 4, "a\0b ", 4);
  g_assert_cmpstr (marked + 4, ==, "[-c-]{+d+}");
}

static char *
make_text (GRand *rand,
           guint  n_words,
           guint  n_different)
{
  static const char *gaps[] = { " ", " ", " ", ", ", ". ", "\n", "  ", "\u00a0" };
  GString           *text = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    {
      if (g_rand_int_range (rand, 0, 20) == 0)
        g_string_append (text, "\U0001f468\u200d\U0001f469");

      g_string_append_printf (text, "w%d", g_rand_int_range (rand, 0, (gint32) n_different));
      g_string_append (text, gaps[g_rand_int_range (rand, 0, G_N_ELEMENTS (gaps))]);
    }

  return g_string_free (text, FALSE);
}

/* Replaces about so many words at random with new ones, and tells how many bytes that were. */
static char *
edit (GRand      *rand,
      const char *text,
      guint       n_words,
      guint       n_edits,
      gsize      *n_removed)
{
  const char *end = text + strlen (text);
  GString    *edited = g_string_new (NULL);

  *n_removed = 0;

  for (const char *word = text, *next; word < end; word = next)
    {
      const char *space = memchr (word, ' ', (gsize) (end - word));

      next = space != NULL ? space + 1 : end;

      if (g_rand_int_range (rand, 0, (gint32) n_words) < (gint32) n_edits)
        {
          g_string_append_printf (edited, "new%u ", g_rand_int (rand));
          *n_removed += (gsize) (next - word);
        }
      else
        {
          g_string_append_len (edited, word, next - word);
        }
    }

  return g_string_free (edited, FALSE);
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 3000; i++)
    {
      guint            n_words = (guint) g_rand_int_range (rand, 0, 40);
      guint            n_different = (guint) g_rand_int_range (rand, 1, 8);
      g_autofree char *before = make_text (rand, n_words, n_different);
      g_autofree char *after = make_text (rand, n_words, n_different);
      g_autofree char *marked = mark (before, strlen (before), after, strlen (after));
      g_autofree char *same = mark (before, strlen (before), before, strlen (before));

      g_assert_nonnull (marked);
      g_assert_cmpstr (same, ==, before);
    }
}

static gsize
measure (GArray              *segments,
         BackstayDiffTextKind kind)
{
  gsize length = 0;

  for (guint i = 0; i < segments->len; i++)
    {
      const BackstayDiffTextSegment *segment = &g_array_index (segments, BackstayDiffTextSegment, i);

      if (segment->kind == kind)
        length += MAX (segment->before_length, segment->after_length);
    }

  return length;
}

/* Large texts: what was not edited is not marked, whether the edits are few or many. */
static void
test_large (void)
{
  static const guint n_edits[] = { 3, 100, 1000, 5000 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  const guint      n_words = 150000;
  g_autofree char *before = make_text (rand, n_words, 40000);

  for (guint i = 0; i < G_N_ELEMENTS (n_edits); i++)
    {
      gsize            n_removed;
      g_autofree char *after = edit (rand, before, n_words, n_edits[i], &n_removed);
      gint64           begin = g_get_monotonic_time ();
      g_autoptr (GArray) segments =
        backstay_diff_text_compare (before, strlen (before), after, strlen (after));

      g_test_message ("%u edits in %" G_GSIZE_FORMAT " bytes: %" G_GINT64_FORMAT " ms", n_edits[i],
                      strlen (before), (g_get_monotonic_time () - begin) / 1000);
      g_assert_cmpuint (measure (segments, BACKSTAY_DIFF_TEXT_KIND_REMOVED), <=, n_removed + n_removed / 10);
    }
}

/* Texts that make a search for the fewest edits take forever are given up in time. */
static void
test_no_cliff (void)
{
  static const guint n_different[] = { 2, 3, 50, 1000, 1000000 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < G_N_ELEMENTS (n_different); i++)
    {
      g_autofree char *before = make_text (rand, 150000, n_different[i]);
      g_autofree char *after = make_text (rand, 150000, n_different[i]);
      gint64           one_begin = g_get_monotonic_time ();
      g_autofree char *marked = mark (before, strlen (before), after, strlen (after));

      g_assert_nonnull (marked);
      g_test_message ("%u different words: %" G_GINT64_FORMAT " ms", n_different[i],
                      (g_get_monotonic_time () - one_begin) / 1000);
    }

  /* Two seconds are usual, and hours are what would go wrong. */
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 120 * G_TIME_SPAN_SECOND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diff-text/table", test_table);
  g_test_add_func ("/diff-text/nul", test_nul);
  g_test_add_func ("/diff-text/random", test_random);
  g_test_add_func ("/diff-text/large", test_large);
  g_test_add_func ("/diff-text/no-cliff", test_no_cliff);

  return g_test_run ();
}

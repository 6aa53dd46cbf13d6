/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-model-filter"

#include "config.h"

#include "backstay-history-filter-text.h"

#define ALICE "00000000-0000-4000-8000-0000000000a1"

/* Filters as they are saved, and what their chips say, one after the other. */
static const struct
{
  const char *saved;
  const char *chips;
} cases[] = {
  { "{}", "" },
  { "{'show': 'active'}", "[Active]" },
  { "{'show': 'inactive', 'distinct': 'true'}", "[Not active][No configuration twice]" },
  { "{'show': 'candidates'}", "[Rollback candidates]" },
  { "{'period': '1'}", "[Last 24 hours]" },
  { "{'period': '7'}", "[Last 7 days]" },
  { "{'period': '30'}", "[Last 30 days]" },
  { "{'period': '90'}", "[Last 90 days]" },
  { "{'period': 'range', 'first-day': '2026-01-31'}", "[Since 2026-01-31]" },
  { "{'period': 'range', 'last-day': '2024-02-29'}", "[Until 2024-02-29]" },
  { "{'period': 'range', 'first-day': '2026-01-31', 'last-day': '2026-02-01'}", "[2026-01-31 to 2026-02-01]" },
  { "{'creator': 'none'}", "[No creator recorded]" },
  { "{'creator': 'unknown'}", "[Unknown user]" },
  { "{'creator': '" ALICE "', 'creator-label': 'alice'}", "[By alice]" },
  { "{'creator': '" ALICE "', 'creator-label': 'a\\u202eb'}", "[By a⟨U+202E⟩b]" },
  { "{'creator': '" ALICE "'}", "[By unknown user 00000000]" },
  { "{'words': \"it's \\\"x\\\"\"}", "[“it's \"x\"”]" },
};

/* What cannot be read is left out. */
static const struct
{
  const char *saved;
  const char *read;
} broken[] = {
  { NULL, "{}" },
  { "", "{}" },
  { "nonsense", "{}" },
  { "[1, 2]", "{}" },
  { "{'show': 'tomorrow'}", "{}" },
  { "{'period': '8'}", "{}" },
  { "{'period': 'range'}", "{}" },
  { "{'period': 'range', 'first-day': '2026-02-30'}", "{}" },
  { "{'period': 'range', 'first-day': '2026-13-01', 'last-day': '2026-01-31'}",
    "{'period': 'range', 'last-day': '2026-01-31'}" },
  { "{'period': '7', 'first-day': '2026-01-31'}", "{'period': '7'}" },
  { "{'creator': \"'; DROP TABLE\"}", "{}" },
  { "{'creator-label': 'alice'}", "{}" },
  { "{'words': ''}", "{}" },
  { "{'later': 'yes', 'show': 'active'}", "{'show': 'active'}" },
};

static char *
dup_chips (BackstayHistoryFilter *filter)
{
  GString *chips = g_string_new (NULL);

  for (guint i = 0; i < BACKSTAY_HISTORY_N_CRITERIA; i++)
    {
      g_autofree char *label = backstay_history_filter_text_dup_label (filter, i);

      if (backstay_history_filter_has (filter, i))
        g_string_append_printf (chips, "[%s]", label);
    }

  return g_string_free (chips, FALSE);
}

/* Saved the same way as something else that is the same. */
static char *
normalize (const char *saved)
{
  g_autoptr (GVariant) variant = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), saved, NULL, NULL, NULL);

  g_assert_nonnull (variant);

  return g_variant_print (variant, TRUE);
}

static void
test_saved (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BackstayHistoryFilter) filter = backstay_history_filter_new_from_string (cases[i].saved);
      g_autoptr (BackstayHistoryFilter) again = NULL;
      g_autofree char *chips = dup_chips (filter);
      g_autofree char *saved = backstay_history_filter_to_string (filter);

      g_test_message ("%s", cases[i].saved);
      g_assert_cmpstr (chips, ==, cases[i].chips);
      g_assert_true (backstay_history_filter_is_empty (filter) == (i == 0));

      again = backstay_history_filter_new_from_string (saved);
      g_assert_true (backstay_history_filter_equal (filter, again));
      g_assert_cmpstr (backstay_history_filter_get_creator_label (again), ==,
                       backstay_history_filter_get_creator_label (filter));

      for (guint j = 0; j < i; j++)
        {
          g_autoptr (BackstayHistoryFilter) other = backstay_history_filter_new_from_string (cases[j].saved);

          /* A user is the same under another name. */
          if (backstay_history_filter_get_creator_label (filter) == NULL || !backstay_history_filter_has (other, BACKSTAY_HISTORY_CRITERION_CREATOR))
            g_assert_true (!backstay_history_filter_equal (filter, other) ||
                           g_strcmp0 (backstay_history_filter_get_creator (other), ALICE) == 0);
        }
    }
}

static void
test_broken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (BackstayHistoryFilter) filter = backstay_history_filter_new_from_string (broken[i].saved);
      g_autoptr (BackstayHistoryFilter) read = backstay_history_filter_new_from_string (broken[i].read);
      g_autofree char *saved = backstay_history_filter_to_string (filter);
      g_autofree char *expected = NULL;

      g_test_message ("%s", broken[i].saved);
      g_assert_true (backstay_history_filter_equal (filter, read));

      if (!backstay_history_filter_is_empty (filter))
        {
          expected = normalize (broken[i].read);
          g_assert_cmpstr (saved, ==, expected);
        }
    }
}

/* Removing every chip leaves nothing, and each takes away only itself. */
static void
test_without (void)
{
  g_autoptr (BackstayHistoryFilter) filter = backstay_history_filter_new_from_string (
    "{'show': 'candidates', 'period': '7', 'creator': 'none', 'words': 'a b', 'distinct': 'true'}");

  for (guint i = 0; i < BACKSTAY_HISTORY_N_CRITERIA; i++)
    {
      BackstayHistoryFilter *other;

      g_assert_true (backstay_history_filter_has (filter, i));
      other = backstay_history_filter_without (filter, i);
      g_assert_false (backstay_history_filter_has (other, i));
      g_assert_true (backstay_history_filter_is_empty (other) == (i == BACKSTAY_HISTORY_N_CRITERIA - 1));
      g_object_unref (filter);
      filter = other;
    }
}

static void
test_days (void)
{
  static const char *const wrong[] = { "", "2026-1-31", "2026-01-32", "2025-02-29", "2026/01/31", "2026-01-31 ", "-026-01-31", "0000-01-01" };
  g_autoptr (BackstayHistoryFilter) filter = NULL;
  g_autoptr (GDateTime) begin = NULL;
  g_autoptr (GDateTime) end = NULL;
  g_autofree char *begin_text = NULL;
  g_autofree char *end_text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (backstay_history_filter_check_day (wrong[i]));
  g_assert_false (backstay_history_filter_check_day (NULL));
  g_assert_true (backstay_history_filter_check_day ("2024-02-29"));

  /* The last day is a part of it. */
  filter = backstay_history_filter_new_from_string ("{'period': 'range', 'first-day': '2026-01-31', 'last-day': '2026-02-28'}");
  begin = backstay_history_filter_dup_begin (filter);
  end = backstay_history_filter_dup_end (filter);
  begin_text = g_date_time_format (begin, "%F %T");
  end_text = g_date_time_format (end, "%F %T");
  g_assert_cmpstr (begin_text, ==, "2026-01-31 00:00:00");
  g_assert_cmpstr (end_text, ==, "2026-03-01 00:00:00");
}

/* Rollback candidates are of the last 90 days, or of fewer. */
static void
test_n_days (void)
{
  static const struct
  {
    const char *saved;
    guint       n_days;
  } days[] = {
    { "{}", 0 },
    { "{'show': 'inactive'}", 0 },
    { "{'show': 'candidates'}", 90 },
    { "{'show': 'candidates', 'period': '7'}", 7 },
    { "{'show': 'candidates', 'period': '90'}", 90 },
    { "{'show': 'candidates', 'period': 'range', 'first-day': '2020-01-01'}", 90 },
    { "{'period': '30'}", 30 },
    { "{'period': 'range', 'first-day': '2020-01-01'}", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (BackstayHistoryFilter) filter = backstay_history_filter_new_from_string (days[i].saved);

      g_assert_cmpuint (backstay_history_filter_get_n_days (filter), ==, days[i].n_days);
    }
}

static void
test_words (void)
{
  static const struct
  {
    const char *words;
    const char *array;
  } words[] = {
    { NULL, "{}" },
    { " \t ", "{}" },
    { "a", "{\"a\"}" },
    { "  a   b\tc ", "{\"a\",\"b\",\"c\"}" },
    { "a\"b c\\d {e,f}", "{\"a\\\"b\",\"c\\\\d\",\"{e,f}\"}" },
  };
  g_autoptr (BackstayHistoryFilter) empty = backstay_history_filter_new ();

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (BackstayHistoryFilter) filter = backstay_history_filter_with_words (empty, words[i].words);
      g_autofree char *array = backstay_history_filter_dup_word_array (filter);

      g_assert_cmpstr (array, ==, words[i].array);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("TZ", "America/New_York", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model-filter/saved", test_saved);
  g_test_add_func ("/model-filter/broken", test_broken);
  g_test_add_func ("/model-filter/without", test_without);
  g_test_add_func ("/model-filter/days", test_days);
  g_test_add_func ("/model-filter/n-days", test_n_days);
  g_test_add_func ("/model-filter/words", test_words);

  return g_test_run ();
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-model-recent"

#include "config.h"

#include "backstay-change-counts.h"
#include "backstay-model-type.h"
#include "backstay-time-buckets.h"
#include "backstay-timestamp.h"

static GDateTime *
parse (const char *zone,
       const char *text)
{
  g_autoptr (GTimeZone) time_zone = g_time_zone_new_identifier (zone);
  GDateTime *time;

  g_assert_nonnull (time_zone);
  time = g_date_time_new_from_iso8601 (text, time_zone);
  g_assert_nonnull (time);

  return time;
}

static int
get_minutes (BackstayTimeBuckets *buckets,
             guint                bucket)
{
  return (int) (g_date_time_difference (backstay_time_buckets_get_end (buckets, bucket),
                                        backstay_time_buckets_get_start (buckets, bucket)) /
                G_TIME_SPAN_MINUTE);
}

/* Spans of time in zones whose clocks are put forward or back in them. */
static void
test_buckets (void)
{
  static const struct
  {
    const char      *zone;
    const char      *from;
    const char      *to;
    BackstayTimeUnit unit;
    guint            n;
    guint            special; /* A bucket, and how long it is. */
    int              minutes;
    const char      *first_edge; /* In UTC */
  } cases[] = {
    /* A week: the days that it begins and ends in are whole ones. */
    { "UTC", "2026-11-15 16:30:00", "2026-11-22 16:30:00", BACKSTAY_TIME_UNIT_DAY, 8, 0, 1440, "2026-11-15 00:00:00" },
    /* Up to midnight there is no further day. */
    { "UTC", "2026-11-15 00:00:00", "2026-11-22 00:00:00", BACKSTAY_TIME_UNIT_DAY, 7, 6, 1440, "2026-11-15 00:00:00" },
    { "Europe/Berlin", "2026-03-28 12:00:00", "2026-03-30 12:00:00", BACKSTAY_TIME_UNIT_DAY, 3, 1, 1380, "2026-03-27 23:00:00" },
    { "Europe/Berlin", "2026-10-24 12:00:00", "2026-10-26 12:00:00", BACKSTAY_TIME_UNIT_DAY, 3, 1, 1500, "2026-10-23 22:00:00" },
    /* Here the hour after midnight is left out, and so the day begins at one. */
    { "America/Sao_Paulo", "2018-11-03 12:00:00", "2018-11-05 12:00:00", BACKSTAY_TIME_UNIT_DAY, 3, 1, 1380, "2018-11-03 03:00:00" },
    { "Australia/Lord_Howe", "2026-04-04 12:00:00", "2026-04-06 12:00:00", BACKSTAY_TIME_UNIT_DAY, 3, 1, 1470, "2026-04-03 13:00:00" },
    /* The hours of a day; one that the clock shows twice is two. */
    { "UTC", "2026-11-21 16:30:00", "2026-11-22 16:30:00", BACKSTAY_TIME_UNIT_HOUR, 25, 0, 60, "2026-11-21 16:00:00" },
    { "Europe/Berlin", "2026-10-25 00:00:00", "2026-10-26 00:00:00", BACKSTAY_TIME_UNIT_HOUR, 25, 3, 60, "2026-10-24 22:00:00" },
    { "Europe/Berlin", "2026-03-29 00:00:00", "2026-03-30 00:00:00", BACKSTAY_TIME_UNIT_HOUR, 23, 2, 60, "2026-03-28 23:00:00" },
    { "Asia/Kolkata", "2026-11-21 16:45:10", "2026-11-22 16:45:10", BACKSTAY_TIME_UNIT_HOUR, 25, 0, 60, "2026-11-21 10:30:00" },
    /* A long time, and one that is no time at all. */
    { "UTC", "2026-01-31 12:00:00", "2026-12-01 00:00:00", BACKSTAY_TIME_UNIT_MONTH, 11, 1, 28 * 1440, "2026-01-01 00:00:00" },
    { "UTC", "2026-01-31 12:00:00", "2026-01-31 12:00:00", BACKSTAY_TIME_UNIT_HOUR, 1, 0, 60, "2026-01-31 12:00:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GDateTime) from = parse (cases[i].zone, cases[i].from);
      g_autoptr (GDateTime) to = parse (cases[i].zone, cases[i].to);
      g_autoptr (BackstayTimeBuckets) buckets = backstay_time_buckets_new (from, to);
      g_autofree char *edges = backstay_time_buckets_dup_edges (buckets);
      g_autofree char *head = g_strdup_printf ("{%s.000000+00,", cases[i].first_edge);

      g_test_message ("%s %s: %s", cases[i].zone, cases[i].from, edges);
      g_assert_cmpint (backstay_time_buckets_get_unit (buckets), ==, cases[i].unit);
      g_assert_cmpuint (backstay_time_buckets_get_n (buckets), ==, cases[i].n);
      g_assert_cmpint (get_minutes (buckets, cases[i].special), ==, cases[i].minutes);
      g_assert_true (g_str_has_prefix (edges, head));

      /* All of the span is in them, and no bucket is for nothing. */
      g_assert_cmpint (g_date_time_compare (backstay_time_buckets_get_start (buckets, 0), from), <=, 0);
      g_assert_cmpint (g_date_time_compare (backstay_time_buckets_get_end (buckets, cases[i].n - 1), to), >=, 0);
      if (cases[i].n > 1)
        g_assert_cmpint (g_date_time_compare (backstay_time_buckets_get_start (buckets, cases[i].n - 1), to), <, 0);
    }
}

/* Whenever one looks, there is no gap between two buckets, and each is a day or an hour of the
 * calendar. */
static void
test_buckets_all_year (void)
{
  static const char *const zones[] = { "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu" };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (GDateTime) time = parse (zones[i], "2018-01-01 00:00:30");

      for (guint hours = 0; hours < 366 * 24; hours += 5)
        {
          g_autoptr (GDateTime) to = g_date_time_add (time, hours * G_TIME_SPAN_HOUR);
          g_autoptr (GDateTime) from = g_date_time_add (to, (hours % 2 == 0 ? -24 : -7 * 24) * G_TIME_SPAN_HOUR);
          g_autoptr (BackstayTimeBuckets) buckets = backstay_time_buckets_new (from, to);
          guint n = backstay_time_buckets_get_n (buckets);

          if (hours % 2 == 0)
            g_assert_cmpuint (n, ==, 25);
          else
            g_assert_true (n == 8 || n == 7 || n == 9);

          for (guint bucket = 0; bucket < n; bucket++)
            {
              g_assert_cmpint (get_minutes (buckets, bucket), >, 0);
              g_assert_cmpint (get_minutes (buckets, bucket), <=, 25 * 60);
            }
        }
    }
}

static void
test_labels (void)
{
  g_autoptr (GDateTime) now = parse ("UTC", "2026-11-22 16:30:00");
  g_autoptr (GDateTime) week = g_date_time_add_days (now, -7);
  g_autoptr (GDateTime) day = g_date_time_add_days (now, -1);
  g_autoptr (GDateTime) year = g_date_time_add_years (now, -1);
  g_autoptr (BackstayTimeBuckets) days = backstay_time_buckets_new (week, now);
  g_autoptr (BackstayTimeBuckets) hours = backstay_time_buckets_new (day, now);
  g_autoptr (BackstayTimeBuckets) months = backstay_time_buckets_new (year, now);
  g_autofree char *day_label = backstay_time_buckets_dup_label (days, 7);
  g_autofree char *hour_label = backstay_time_buckets_dup_label (hours, 24);
  g_autofree char *month_label = backstay_time_buckets_dup_label (months, 0);
  g_autofree char *short_day = backstay_time_buckets_dup_short_label (days, 0);
  g_autofree char *short_hour = backstay_time_buckets_dup_short_label (hours, 0);
  g_autofree char *short_month = backstay_time_buckets_dup_short_label (months, 12);

  g_assert_cmpstr (day_label, ==, "Sunday, 22 November 2026");
  g_assert_cmpstr (hour_label, ==, "Sunday, 22 November, 16:00–17:00");
  g_assert_cmpstr (month_label, ==, "November 2025");
  g_assert_cmpstr (short_day, ==, "15 Nov");
  g_assert_cmpstr (short_hour, ==, "16:00");
  g_assert_cmpstr (short_month, ==, "Nov 2026");
}

static BackstayChangeCounts *
create_counts (void)
{
  g_autoptr (GDateTime) from = parse ("UTC", "2026-11-20 12:00:00");
  g_autoptr (GDateTime) to = parse ("UTC", "2026-11-22 12:00:00");
  g_autoptr (BackstayTimeBuckets) buckets = backstay_time_buckets_new (from, to);
  BackstayChangeCounts *counts = backstay_change_counts_new (buckets);

  backstay_change_counts_add (counts, 0, "flux", "b", "bob", 1);
  backstay_change_counts_add (counts, 1, "flux", "a", "alice", 2);
  backstay_change_counts_add (counts, 3, "flux", NULL, NULL, 3);
  backstay_change_counts_add (counts, 3, "wan", "u", NULL, 4);
  backstay_change_counts_add (counts, 4, "wan", "a", "alice", 5);

  return counts;
}

static void
assert_sums (BackstayChangeSums *sums,
             guint               first,
             guint               last_flux,
             guint               last_wan,
             guint               later)
{
  g_assert_cmpuint (backstay_change_sums_get_n_series (sums), ==, 2);
  g_assert_cmpuint (backstay_change_sums_get (sums, 0, 0), ==, first);
  g_assert_cmpuint (backstay_change_sums_get_total (sums, 1), ==, 0);
  g_assert_cmpuint (backstay_change_sums_get (sums, 2, 0), ==, last_flux);
  g_assert_cmpuint (backstay_change_sums_get (sums, 2, 1), ==, last_wan);
  g_assert_cmpuint (backstay_change_sums_get_n_later (sums), ==, later);
}

static void
test_sums (void)
{
  g_autoptr (BackstayChangeCounts) counts = create_counts ();
  g_autoptr (BackstayChangeSums) all = backstay_change_counts_sum (counts, TRUE, NULL);
  g_autoptr (BackstayChangeSums) alice = backstay_change_counts_sum (counts, FALSE, "a");
  g_autoptr (BackstayChangeSums) nobody = backstay_change_counts_sum (counts, FALSE, NULL);
  g_autofree char *full = backstay_change_sums_dup_sentence (all, 2);
  g_autofree char *none = backstay_change_sums_dup_sentence (all, 1);

  assert_sums (all, 3, 3, 4, 5);
  assert_sums (alice, 2, 0, 0, 5);
  assert_sums (nobody, 0, 3, 0, 0);
  g_assert_cmpuint (backstay_change_sums_get_highest (all), ==, 7);
  g_assert_cmpstr (full, ==, "Sunday, 22 November 2026: 7 changes (flux 3, wan 4)");
  g_assert_cmpstr (none, ==, "Saturday, 21 November 2026: 0 changes");
}

static void
test_creators (void)
{
  g_autoptr (BackstayChangeCounts) counts = create_counts ();
  g_autoptr (GPtrArray) creators = backstay_change_counts_list_creators (counts);
  static const struct
  {
    const char *id;
    guint       n;
  } expected[] = { { "a", 7 }, { "b", 1 }, { "u", 4 }, { NULL, 3 } };

  g_assert_cmpuint (creators->len, ==, G_N_ELEMENTS (expected));

  for (guint i = 0; i < creators->len; i++)
    {
      BackstayChangeCreator *creator = g_ptr_array_index (creators, i);

      g_assert_cmpstr (creator->id, ==, expected[i].id);
      g_assert_cmpuint (creator->n, ==, expected[i].n);
    }
}

/* More types than colours: those that changed least are one. */
static void
test_many_types (void)
{
  g_autoptr (GDateTime) now = parse ("UTC", "2026-11-22 12:00:00");
  g_autoptr (BackstayTimeBuckets) buckets = backstay_time_buckets_new (now, now);
  g_autoptr (BackstayChangeCounts) counts = backstay_change_counts_new (buckets);
  g_autoptr (BackstayChangeSums) sums = NULL;
  g_autofree char *first = NULL;
  g_autofree char *rest = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *type = g_strdup_printf ("type %02u", i);

      backstay_change_counts_add (counts, 1, type, NULL, NULL, i + 1);
    }

  sums = backstay_change_counts_sum (counts, TRUE, NULL);
  g_assert_cmpuint (backstay_change_sums_get_n_series (sums), ==, BACKSTAY_CHANGE_SERIES_MAX);
  first = backstay_change_sums_dup_series_label (sums, 0);
  rest = backstay_change_sums_dup_series_label (sums, BACKSTAY_CHANGE_SERIES_MAX - 1);
  g_assert_cmpstr (first, ==, "type 14");
  g_assert_cmpstr (rest, ==, "other types");
  g_assert_cmpuint (backstay_change_sums_get (sums, 0, BACKSTAY_CHANGE_SERIES_MAX - 1), ==, 14 * 15 / 2);
  g_assert_cmpuint (backstay_change_sums_get_total (sums, 0), ==, 20 * 21 / 2);
}

static void
test_headings (void)
{
  static const struct
  {
    const char *text;
    const char *heading;
  } cases[] = {
    { "2026-11-22 00:00:00+00", "Today" },
    { "2026-11-21 23:59:59.999999+00", "Yesterday" },
    { "2026-11-20 23:59:59+00", "Friday, 20 November 2026" },
    { "2026-11-23 00:00:00+00", "Monday, 23 November 2026" },
    { "infinity", "at infinity" },
    { NULL, "no time recorded" },
  };
  g_autoptr (GDateTime) now = parse ("UTC", "2026-11-22 00:00:10");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *heading = backstay_timestamp_dup_heading (cases[i].text, now);

      g_assert_cmpstr (heading, ==, cases[i].heading);
    }
}

static void
test_ages (void)
{
  static const struct
  {
    const char *text;
    const char *age;
  } cases[] = {
    { "2026-11-22 15:00:00+00", "1 hour ago" },
    { "2026-11-21 16:00:00+00", "1 day ago" },
    { "2026-08-30 10:00:00+00", "84 days ago" },
    { "2026-12-02 16:00:00+00", "in 10 days" },
    { "-infinity", "before all time" },
  };
  g_autoptr (GDateTime) now = parse ("UTC", "2026-11-22 16:00:00");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *age = backstay_timestamp_dup_age (cases[i].text, now);

      g_assert_cmpstr (age, ==, cases[i].age);
    }
}

static void
test_days (void)
{
  static const char *const wrong[] = {
    "",
    "2026",
    "2026-02-30",
    "2026-13-01",
    "2026-1-1",
    "26-01-01",
    "2026-01-01x",
    "2026-01-0",
    "0000-01-01",
    "-1-01-01",
  };
  g_autoptr (GDateTime) day = backstay_timestamp_parse_day (" 2024-02-29 ");

  g_assert_nonnull (day);
  g_assert_cmpint (g_date_time_get_day_of_month (day), ==, 29);
  g_assert_cmpint (g_date_time_get_hour (day), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_null (backstay_timestamp_parse_day (wrong[i]));
}

static BackstayChangeSums *
create_sums (const char *const *names,
             gboolean           has_rest)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) since = g_date_time_new (utc, 2025, 8, 1, 0, 0, 0);
  g_autoptr (GDateTime) until = g_date_time_new (utc, 2025, 8, 2, 0, 0, 0);
  g_autoptr (BackstayTimeBuckets) buckets = backstay_time_buckets_new (since, until);
  g_autoptr (GPtrArray) series = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (series, g_strdup (names[i]));
  if (has_rest)
    g_ptr_array_add (series, NULL);

  return backstay_change_sums_new (buckets, series);
}

/* A type keeps its color when others come and go, and no two have the same. */
static void
test_colors (void)
{
  static const char *const all[] = { "flux", "llama", "sdxl", "t5", "vae", "wan", "whisper", NULL };
  static const char *const six[] = { "flux", "llama", "sdxl", "t5", "vae", "wan", NULL };
  static const char *const none[] = { NULL };
  g_autoptr (BackstayChangeSums) whole = create_sums (all, FALSE);
  g_autoptr (BackstayChangeSums) fewer = create_sums (six, FALSE);
  g_autoptr (BackstayChangeSums) rest = create_sums (six, TRUE);
  g_autoptr (BackstayChangeSums) only_rest = create_sums (none, TRUE);
  guint seen = 0;

  for (guint i = 0; i < G_N_ELEMENTS (all) - 1; i++)
    seen |= 1u << backstay_change_sums_get_color (whole, i);
  g_assert_cmpuint (seen, ==, (1u << BACKSTAY_CHANGE_SERIES_MAX) - 1);

  for (guint i = 0; i < 6; i++)
    {
      const char *one[] = { all[i], NULL };
      g_autoptr (BackstayChangeSums) alone = create_sums (one, FALSE);

      g_assert_cmpuint (backstay_change_sums_get_color (alone, 0), ==, g_str_hash (all[i]) % BACKSTAY_CHANGE_SERIES_MAX);
      g_assert_cmpuint (backstay_change_sums_get_color (fewer, i), ==, backstay_change_sums_get_color (whole, i));
      g_assert_cmpuint (backstay_change_sums_get_color (rest, i), <, BACKSTAY_CHANGE_SERIES_MAX - 1);
    }

  g_assert_cmpuint (backstay_change_sums_get_color (rest, 6), ==, BACKSTAY_CHANGE_SERIES_MAX - 1);
  g_assert_cmpuint (backstay_change_sums_get_color (only_rest, 0), ==, BACKSTAY_CHANGE_SERIES_MAX - 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model-recent/buckets", test_buckets);
  g_test_add_func ("/model-recent/buckets-all-year", test_buckets_all_year);
  g_test_add_func ("/model-recent/labels", test_labels);
  g_test_add_func ("/model-recent/sums", test_sums);
  g_test_add_func ("/model-recent/creators", test_creators);
  g_test_add_func ("/model-recent/many-types", test_many_types);
  g_test_add_func ("/model-recent/headings", test_headings);
  g_test_add_func ("/model-recent/ages", test_ages);
  g_test_add_func ("/model-recent/days", test_days);
  g_test_add_func ("/model-recent/colors", test_colors);

  return g_test_run ();
}

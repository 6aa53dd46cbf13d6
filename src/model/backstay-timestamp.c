/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-timestamp"

#include "config.h"

#include "backstay-timestamp.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* The server's own spelling of a timestamp stays the truth, as a GDateTime knows neither infinity
 * nor the years before 1 and after 9999. These functions make it readable. */

/**
 * backstay_timestamp_parse:
 * @text: (nullable): a `timestamptz` as the server spells it with `DateStyle` ISO in UTC
 *
 * Reads a time of the server's.
 *
 * Returns: (transfer full) (nullable): the time, %NULL for null, infinity and years that GLib does
 *   not know
 */
GDateTime *
backstay_timestamp_parse (const char *text)
{
  g_autoptr (GTimeZone) utc = NULL;

  if (text == NULL || g_str_has_suffix (text, " BC"))
    return NULL;

  utc = g_time_zone_new_utc ();

  return g_date_time_new_from_iso8601 (text, utc);
}

/* A year before 1 is negative. */
static gint64
get_year (const char *text)
{
  gint64 year = g_ascii_strtoll (text, NULL, 10);

  return g_str_has_suffix (text, " BC") ? -year : year;
}

/* What no calendar has. */
static int
get_rank (const char *text)
{
  if (text == NULL)
    return -2;

  if (strcmp (text, "-infinity") == 0)
    return -1;

  return strcmp (text, "infinity") == 0 ? 1 : 0;
}

/**
 * backstay_timestamp_compare:
 * @a: (nullable): a `timestamptz` as the server spells it with `DateStyle` ISO in UTC
 * @b: (nullable): another one
 *
 * Compares two times in the order of a history: null is before all of them.
 *
 * Returns: less than, equal to, or greater than 0
 */
int
backstay_timestamp_compare (const char *a,
                            const char *b)
{
  int    order = get_rank (a) - get_rank (b);
  gint64 year_a;
  gint64 year_b;
  g_autoptr (GDateTime) time_a = NULL;
  g_autoptr (GDateTime) time_b = NULL;

  if (order != 0 || get_rank (a) != 0)
    return order;

  year_a = get_year (a);
  year_b = get_year (b);
  if (year_a != year_b)
    return year_a < year_b ? -1 : 1;

  time_a = backstay_timestamp_parse (a);
  time_b = backstay_timestamp_parse (b);
  if (time_a != NULL && time_b != NULL)
    return g_date_time_compare (time_a, time_b);

  /* Within a year that GLib does not know all is of one length, but for the fraction's digits. */
  return strcmp (a, b);
}

/* For what is not a time that GLib knows. */
static char *
dup_word (const char *text)
{
  if (text == NULL)
    return g_strdup (_ ("no time recorded"));

  if (strcmp (text, "infinity") == 0)
    return g_strdup (_ ("at infinity"));

  if (strcmp (text, "-infinity") == 0)
    return g_strdup (_ ("before all time"));

  return g_strdup (text);
}

static char *
dup_minutes (GTimeSpan span)
{
  guint minutes = (guint) (ABS (span) / G_TIME_SPAN_MINUTE);

  if (span < 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "in %u minute", "in %u minutes", minutes),
                            minutes);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute ago", "%u minutes ago", minutes),
                          minutes);
}

static char *
dup_hours (GTimeSpan span)
{
  guint hours = (guint) (ABS (span) / G_TIME_SPAN_HOUR);

  if (span < 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "in %u hour", "in %u hours", hours),
                            hours);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u hour ago", "%u hours ago", hours),
                          hours);
}

static char *
dup_local (GDateTime *time,
           GDateTime *now)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (time);

  if (g_date_time_get_year (local) == g_date_time_get_year (now))
    {
      /* Translators: a day of this year and a time, as g_date_time_format() writes it. */
      return g_date_time_format (local, _ ("%-d %b, %H:%M"));
    }

  /* Translators: a day of another year, as g_date_time_format() writes it. */
  return g_date_time_format (local, _ ("%-d %b %Y"));
}

/**
 * backstay_timestamp_dup_short:
 * @text: (nullable): a `timestamptz` as the server spells it
 *
 * Says when something was, in a few words that stay true.
 *
 * Returns: (transfer full): words
 */
char *
backstay_timestamp_dup_short (const char *text)
{
  g_autoptr (GDateTime) time = backstay_timestamp_parse (text);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return time != NULL ? dup_local (time, now) : dup_word (text);
}

/**
 * backstay_timestamp_dup_relative:
 * @text: (nullable): a `timestamptz` as the server spells it
 * @now: the time to compare it with
 *
 * Says when something was, as short as one would say it.
 *
 * Returns: (transfer full): words
 */
char *
backstay_timestamp_dup_relative (const char *text,
                                 GDateTime  *now)
{
  g_autoptr (GDateTime) time = backstay_timestamp_parse (text);
  GTimeSpan span;

  g_return_val_if_fail (now != NULL, NULL);

  if (time == NULL)
    return dup_word (text);

  span = g_date_time_difference (now, time);

  if (ABS (span) < G_TIME_SPAN_MINUTE)
    return g_strdup (_ ("just now"));

  if (ABS (span) < G_TIME_SPAN_HOUR)
    return dup_minutes (span);

  if (ABS (span) < G_TIME_SPAN_DAY)
    return dup_hours (span);

  return dup_local (time, now);
}

/**
 * backstay_timestamp_dup_exact:
 * @text: (nullable): a `timestamptz` as the server spells it
 *
 * Says when something was, in full: in local time, and as the server has it.
 *
 * Returns: (transfer full): words
 */
char *
backstay_timestamp_dup_exact (const char *text)
{
  g_autoptr (GDateTime) time = backstay_timestamp_parse (text);
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *words = NULL;

  if (time == NULL)
    return dup_word (text);

  local = g_date_time_to_local (time);
  /* Translators: a day, a time and the time zone, as g_date_time_format() writes it. */
  words = g_date_time_format (local, _ ("%A, %-d %B %Y, %H:%M:%S %Z"));

  return g_strdup_printf ("%s\n%s", words, text);
}

static char *
dup_days (GTimeSpan span)
{
  guint days = (guint) (ABS (span) / G_TIME_SPAN_DAY);

  if (span < 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "in %u day", "in %u days", days), days);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day ago", "%u days ago", days), days);
}

/**
 * backstay_timestamp_dup_age:
 * @text: (nullable): a `timestamptz` as the server spells it
 * @now: the time to compare it with
 *
 * Says how long ago something was, in minutes, hours or days.
 *
 * Returns: (transfer full): words
 */
char *
backstay_timestamp_dup_age (const char *text,
                            GDateTime  *now)
{
  g_autoptr (GDateTime) time = backstay_timestamp_parse (text);
  GTimeSpan span;

  g_return_val_if_fail (now != NULL, NULL);

  span = time != NULL ? g_date_time_difference (now, time) : 0;

  if (ABS (span) < G_TIME_SPAN_DAY)
    return backstay_timestamp_dup_relative (text, now);

  return dup_days (span);
}

/**
 * backstay_timestamp_dup_day:
 * @time: a time
 *
 * Names a day, in the time's own zone.
 *
 * Returns: (transfer full): words
 */
char *
backstay_timestamp_dup_day (GDateTime *time)
{
  g_return_val_if_fail (time != NULL, NULL);

  /* Translators: a day, as g_date_time_format() writes it. */
  return g_date_time_format (time, _ ("%A, %-d %B %Y"));
}

/**
 * backstay_timestamp_parse_day:
 * @text: a day as somebody typed it, such as "2026-11-22"
 *
 * Reads a day.
 *
 * Returns: (transfer full) (nullable): its beginning in local time; %NULL if it is no day of the
 *   calendar, or not spelt like this
 */
GDateTime *
backstay_timestamp_parse_day (const char *text)
{
  g_autofree char *day = g_strstrip (g_strdup (text));
  g_autofree char *spelt = NULL;
  int              year;
  int              month;
  int              day_of_month;

  if (sscanf (day, "%4d-%2d-%2d", &year, &month, &day_of_month) != 3 || year < 1 || month < 1 ||
      month > 12 || day_of_month < 1 || !g_date_valid_dmy ((GDateDay) day_of_month, month, (GDateYear) year))
    return NULL;

  spelt = g_strdup_printf ("%04d-%02d-%02d", year, month, day_of_month);

  return strcmp (spelt, day) == 0 ? g_date_time_new_local (year, month, day_of_month, 0, 0, 0) : NULL;
}

static gboolean
is_same_day (GDateTime *a,
             GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b) &&
         g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

/**
 * backstay_timestamp_dup_heading:
 * @text: (nullable): a `timestamptz` as the server spells it
 * @now: the time to compare it with, in the time zone that matters
 *
 * Names the day on which something was, for a heading above all that was on that day.
 *
 * Returns: (transfer full): words
 */
char *
backstay_timestamp_dup_heading (const char *text,
                                GDateTime  *now)
{
  g_autoptr (GDateTime) time = backstay_timestamp_parse (text);
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) yesterday = NULL;

  g_return_val_if_fail (now != NULL, NULL);

  if (time == NULL)
    return dup_word (text);

  local = g_date_time_to_timezone (time, g_date_time_get_timezone (now));
  yesterday = g_date_time_add_days (now, -1);

  if (is_same_day (local, now))
    return g_strdup (_ ("Today"));

  if (is_same_day (local, yesterday))
    return g_strdup (_ ("Yesterday"));

  return backstay_timestamp_dup_day (local);
}

/**
 * backstay_timestamp_dup_sql:
 * @time: a time
 *
 * Returns: (transfer full): the same moment as a `timestamptz`
 */
char *
backstay_timestamp_dup_sql (GDateTime *time)
{
  g_autoptr (GDateTime) utc = NULL;

  g_return_val_if_fail (time != NULL, NULL);

  utc = g_date_time_to_utc (time);

  return g_date_time_format (utc, "%Y-%m-%d %H:%M:%S.%f+00");
}

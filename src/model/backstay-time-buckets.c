/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-time-buckets"

#include "config.h"

#include "backstay-time-buckets.h"

#include "backstay-timestamp.h"

#include <glib/gi18n-lib.h>

/* One day, be it the longest of the year. */
#define MAX_HOURS 26

/* More bars than this cannot be told apart. */
#define MAX_DAYS 120

/**
 * BackstayTimeBuckets:
 *
 * A span of time, cut into hours, days or months of one time zone. Immutable.
 */
struct _BackstayTimeBuckets
{
  gatomicrefcount  ref_count;
  BackstayTimeUnit unit;
  GPtrArray       *edges; /* One more than there are buckets. */
};

static BackstayTimeUnit
find_unit (GDateTime *from,
           GDateTime *to)
{
  GTimeSpan span = g_date_time_difference (to, from);

  if (span <= MAX_HOURS * G_TIME_SPAN_HOUR)
    return BACKSTAY_TIME_UNIT_HOUR;

  return span <= MAX_DAYS * G_TIME_SPAN_DAY ? BACKSTAY_TIME_UNIT_DAY : BACKSTAY_TIME_UNIT_MONTH;
}

/* A day's or a month's own beginning: midnight, or what comes first where there is none. */
static GDateTime *
new_midnight (GDateTime *time,
              int        day)
{
  return g_date_time_new (g_date_time_get_timezone (time),
                          g_date_time_get_year (time), g_date_time_get_month (time), day, 0, 0, 0);
}

static GDateTime *
find_first_edge (GDateTime       *from,
                 BackstayTimeUnit unit)
{
  GTimeSpan past;

  switch (unit)
    {
    case BACKSTAY_TIME_UNIT_HOUR:
      /* The clock's hours, also where the zone is half an hour off. */
      past = g_date_time_get_minute (from) * G_TIME_SPAN_MINUTE +
             g_date_time_get_second (from) * G_TIME_SPAN_SECOND +
             g_date_time_get_microsecond (from);
      return g_date_time_add (from, -past);

    case BACKSTAY_TIME_UNIT_DAY:
      return new_midnight (from, g_date_time_get_day_of_month (from));

    case BACKSTAY_TIME_UNIT_MONTH:
    default:
      return new_midnight (from, 1);
    }
}

static GDateTime *
find_next_edge (GDateTime       *edge,
                BackstayTimeUnit unit)
{
  g_autoptr (GDateTime) inside = NULL;

  switch (unit)
    {
    case BACKSTAY_TIME_UNIT_HOUR:
      /* An hour that the clock shows twice is two. */
      return g_date_time_add (edge, G_TIME_SPAN_HOUR);

    case BACKSTAY_TIME_UNIT_DAY:
      inside = g_date_time_add_days (edge, 1);
      return new_midnight (inside, g_date_time_get_day_of_month (inside));

    case BACKSTAY_TIME_UNIT_MONTH:
    default:
      inside = g_date_time_add_months (edge, 1);
      return new_midnight (inside, 1);
    }
}

/**
 * backstay_time_buckets_new:
 * @from: a moment in the first bucket, in the time zone that matters
 * @to: a later moment, at which or after which the last bucket ends
 *
 * Cuts a span of time into whole hours where it is a day, into whole days where it is some months,
 * and into months where it is longer.
 *
 * Returns: (transfer full): the buckets, at least one
 */
BackstayTimeBuckets *
backstay_time_buckets_new (GDateTime *from,
                           GDateTime *to)
{
  BackstayTimeBuckets *self;

  g_return_val_if_fail (from != NULL, NULL);
  g_return_val_if_fail (to != NULL, NULL);

  self = g_new0 (BackstayTimeBuckets, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->unit = find_unit (from, to);
  self->edges = g_ptr_array_new_with_free_func ((GDestroyNotify) g_date_time_unref);
  g_ptr_array_add (self->edges, find_first_edge (from, self->unit));

  do
    {
      GDateTime *last = g_ptr_array_index (self->edges, self->edges->len - 1);

      g_ptr_array_add (self->edges, find_next_edge (last, self->unit));
    }
  while (g_date_time_compare (g_ptr_array_index (self->edges, self->edges->len - 1), to) < 0);

  return self;
}

/**
 * backstay_time_buckets_ref:
 *
 * Returns: (transfer full): the same
 */
BackstayTimeBuckets *
backstay_time_buckets_ref (BackstayTimeBuckets *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * backstay_time_buckets_unref:
 * @self: (transfer full): buckets
 */
void
backstay_time_buckets_unref (BackstayTimeBuckets *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_ptr_array_unref (self->edges);
  g_free (self);
}

/**
 * backstay_time_buckets_get_unit:
 *
 * Returns: how long a bucket is
 */
BackstayTimeUnit
backstay_time_buckets_get_unit (BackstayTimeBuckets *self)
{
  g_return_val_if_fail (self != NULL, BACKSTAY_TIME_UNIT_DAY);

  return self->unit;
}

/**
 * backstay_time_buckets_get_n:
 *
 * Returns: how many buckets there are
 */
guint
backstay_time_buckets_get_n (BackstayTimeBuckets *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->edges->len - 1;
}

/**
 * backstay_time_buckets_get_start:
 * @bucket: a bucket's number
 *
 * Returns: (transfer none): its first moment
 */
GDateTime *
backstay_time_buckets_get_start (BackstayTimeBuckets *self,
                                 guint                bucket)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (bucket + 1 < self->edges->len, NULL);

  return g_ptr_array_index (self->edges, bucket);
}

/**
 * backstay_time_buckets_get_end:
 * @bucket: a bucket's number
 *
 * Returns: (transfer none): the first moment after it
 */
GDateTime *
backstay_time_buckets_get_end (BackstayTimeBuckets *self,
                               guint                bucket)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (bucket + 1 < self->edges->len, NULL);

  return g_ptr_array_index (self->edges, bucket + 1);
}

/**
 * backstay_time_buckets_dup_edges:
 *
 * Returns: (transfer full): all beginnings and the last end, as an array of SQL's
 */
char *
backstay_time_buckets_dup_edges (BackstayTimeBuckets *self)
{
  g_autoptr (GString) edges = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  edges = g_string_new ("{");

  for (guint i = 0; i < self->edges->len; i++)
    {
      g_autofree char *edge = backstay_timestamp_dup_sql (g_ptr_array_index (self->edges, i));

      g_string_append_printf (edges, "%s%s", i > 0 ? "," : "", edge);
    }

  g_string_append_c (edges, '}');

  return g_string_free (g_steal_pointer (&edges), FALSE);
}

/**
 * backstay_time_buckets_dup_label:
 * @bucket: a bucket's number
 *
 * Returns: (transfer full): what to call it in a sentence
 */
char *
backstay_time_buckets_dup_label (BackstayTimeBuckets *self,
                                 guint                bucket)
{
  GDateTime       *start = backstay_time_buckets_get_start (self, bucket);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (self->unit == BACKSTAY_TIME_UNIT_DAY)
    return backstay_timestamp_dup_day (start);

  if (self->unit == BACKSTAY_TIME_UNIT_MONTH)
    {
      /* Translators: a month of a year, as g_date_time_format() writes it. */
      return g_date_time_format (start, _ ("%B %Y"));
    }

  /* Translators: a day and when an hour of it begins, as g_date_time_format() writes it. */
  from = g_date_time_format (start, _ ("%A, %-d %B, %H:%M"));
  to = g_date_time_format (backstay_time_buckets_get_end (self, bucket), "%H:%M");

  /* Translators: when an hour begins and ends. */
  return g_strdup_printf (_ ("%s–%s"), from, to);
}

/**
 * backstay_time_buckets_dup_short_label:
 * @bucket: a bucket's number
 *
 * Returns: (transfer full): what to call it on an axis
 */
char *
backstay_time_buckets_dup_short_label (BackstayTimeBuckets *self,
                                       guint                bucket)
{
  GDateTime *start = backstay_time_buckets_get_start (self, bucket);

  switch (self->unit)
    {
    case BACKSTAY_TIME_UNIT_HOUR:
      return g_date_time_format (start, "%H:%M");

    case BACKSTAY_TIME_UNIT_DAY:
      /* Translators: a day of a month, short, as g_date_time_format() writes it. */
      return g_date_time_format (start, _ ("%-d %b"));

    case BACKSTAY_TIME_UNIT_MONTH:
    default:
      /* Translators: a month of a year, short, as g_date_time_format() writes it. */
      return g_date_time_format (start, _ ("%b %Y"));
    }
}

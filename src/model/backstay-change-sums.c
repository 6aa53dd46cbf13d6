/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-change-sums"

#include "config.h"

#include "backstay-change-sums.h"

#include "backstay-display-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * BackstayChangeSums:
 *
 * How many versions were made in each bucket of a span of time, by series: a model type, or the
 * rest of them.
 */
struct _BackstayChangeSums
{
  gatomicrefcount      ref_count;
  BackstayTimeBuckets *buckets;
  GPtrArray           *series; /* Names of model types; %NULL is the rest. */
  guint               *sums;   /* Bucket by bucket. */
  guint                colors[BACKSTAY_CHANGE_SERIES_MAX];
  guint                n_later;
};

static guint
find_series (BackstayChangeSums *self,
             const char         *model_type)
{
  for (guint i = 0; i < self->series->len; i++)
    {
      const char *name = g_ptr_array_index (self->series, i);

      if (name == NULL || strcmp (name, model_type) == 0)
        return i;
    }

  return G_MAXUINT;
}

/* A type has the color that its name gives it, whatever the others are, unless one of those before it in the
 * alphabet has it. The last color is the rest's, where there is one. */
static void
assign_colors (BackstayChangeSums *self)
{
  gboolean has_rest = self->series->len > 0 && g_ptr_array_index (self->series, self->series->len - 1) == NULL;
  guint    n_named = self->series->len - (has_rest ? 1 : 0);
  guint    n_colors = BACKSTAY_CHANGE_SERIES_MAX - (has_rest ? 1 : 0);
  guint    used = 0;

  if (has_rest)
    self->colors[n_named] = BACKSTAY_CHANGE_SERIES_MAX - 1;

  for (guint i = 0; i < n_named; i++)
    {
      guint color = g_str_hash (g_ptr_array_index (self->series, i)) % n_colors;

      while (used & (1u << color))
        color = (color + 1) % n_colors;

      used |= 1u << color;
      self->colors[i] = color;
    }
}

/**
 * backstay_change_sums_new:
 * @buckets: the span of time
 * @series: (element-type utf8): the model types that are told apart, at most
 *   %BACKSTAY_CHANGE_SERIES_MAX in the order of their names; %NULL at the end for the rest
 *
 * Returns: (transfer full): sums that are all 0
 */
BackstayChangeSums *
backstay_change_sums_new (BackstayTimeBuckets *buckets,
                          GPtrArray           *series)
{
  BackstayChangeSums *self;

  g_return_val_if_fail (buckets != NULL, NULL);
  g_return_val_if_fail (series != NULL && series->len <= BACKSTAY_CHANGE_SERIES_MAX, NULL);

  self = g_new0 (BackstayChangeSums, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->buckets = backstay_time_buckets_ref (buckets);
  self->series = g_ptr_array_ref (series);
  self->sums = g_new0 (guint, (gsize) backstay_time_buckets_get_n (buckets) * series->len);
  assign_colors (self);

  return self;
}

/**
 * backstay_change_sums_ref:
 *
 * Returns: (transfer full): the same
 */
BackstayChangeSums *
backstay_change_sums_ref (BackstayChangeSums *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * backstay_change_sums_unref:
 * @self: (transfer full): sums
 */
void
backstay_change_sums_unref (BackstayChangeSums *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  backstay_time_buckets_unref (self->buckets);
  g_ptr_array_unref (self->series);
  g_free (self->sums);
  g_free (self);
}

/**
 * backstay_change_sums_add:
 * @number: which bucket, from 1 on; 0 counts as the first, and what is above the last is later
 * @model_type: a model type of one of the series
 * @n: how many versions
 *
 * Adds to a sum.
 */
void
backstay_change_sums_add (BackstayChangeSums *self,
                          gint64              number,
                          const char         *model_type,
                          guint               n)
{
  guint n_buckets = backstay_time_buckets_get_n (self->buckets);
  guint series = find_series (self, model_type);

  g_return_if_fail (series != G_MAXUINT);

  /* The server's clock may be behind ours. */
  number = MAX (number, 1);

  if (number > n_buckets)
    self->n_later += n;
  else
    self->sums[(gsize) (number - 1) * self->series->len + series] += n;
}

/**
 * backstay_change_sums_get_buckets:
 *
 * Returns: (transfer none): the span of time
 */
BackstayTimeBuckets *
backstay_change_sums_get_buckets (BackstayChangeSums *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->buckets;
}

/**
 * backstay_change_sums_get_n_series:
 *
 * Returns: how many series there are, at most %BACKSTAY_CHANGE_SERIES_MAX
 */
guint
backstay_change_sums_get_n_series (BackstayChangeSums *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->series->len;
}

/**
 * backstay_change_sums_dup_series_label:
 * @series: a series' number
 *
 * Returns: (transfer full): what to call it
 */
char *
backstay_change_sums_dup_series_label (BackstayChangeSums *self,
                                       guint               series)
{
  const char *name;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (series < self->series->len, NULL);

  name = g_ptr_array_index (self->series, series);

  return name != NULL ? backstay_display_text (name) : g_strdup (_ ("other types"));
}

/**
 * backstay_change_sums_get_color:
 * @series: a series' number
 *
 * Returns: which color it has, of %BACKSTAY_CHANGE_SERIES_MAX; each has another one
 */
guint
backstay_change_sums_get_color (BackstayChangeSums *self,
                                guint               series)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (series < self->series->len, 0);

  return self->colors[series];
}

/**
 * backstay_change_sums_get:
 * @bucket: a bucket's number, from 0 on
 * @series: a series' number
 *
 * Returns: how many versions were made then
 */
guint
backstay_change_sums_get (BackstayChangeSums *self,
                          guint               bucket,
                          guint               series)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (bucket < backstay_time_buckets_get_n (self->buckets), 0);
  g_return_val_if_fail (series < self->series->len, 0);

  return self->sums[(gsize) bucket * self->series->len + series];
}

/**
 * backstay_change_sums_get_total:
 * @bucket: a bucket's number, from 0 on
 *
 * Returns: how many versions of all series were made then
 */
guint
backstay_change_sums_get_total (BackstayChangeSums *self,
                                guint               bucket)
{
  guint total = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->series->len; i++)
    total += backstay_change_sums_get (self, bucket, i);

  return total;
}

/**
 * backstay_change_sums_get_highest:
 *
 * Returns: the greatest of all buckets' totals
 */
guint
backstay_change_sums_get_highest (BackstayChangeSums *self)
{
  guint highest = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < backstay_time_buckets_get_n (self->buckets); i++)
    highest = MAX (highest, backstay_change_sums_get_total (self, i));

  return highest;
}

/**
 * backstay_change_sums_get_n_later:
 *
 * Returns: how many versions are dated after the last bucket
 */
guint
backstay_change_sums_get_n_later (BackstayChangeSums *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_later;
}

/**
 * backstay_change_sums_dup_sentence:
 * @bucket: a bucket's number, from 0 on
 *
 * Says what a bar of the chart shows.
 *
 * Returns: (transfer full): words
 */
char *
backstay_change_sums_dup_sentence (BackstayChangeSums *self,
                                   guint               bucket)
{
  guint            total = backstay_change_sums_get_total (self, bucket);
  g_autofree char *label = backstay_time_buckets_dup_label (self->buckets, bucket);
  g_autoptr (GString) sentence = g_string_new (NULL);
  const char *separator = " (";

  g_string_printf (sentence,
                   /* Translators: a day or an hour, and how many versions were made then. */
                   g_dngettext (GETTEXT_PACKAGE, "%s: %u change", "%s: %u changes", total),
                   label, total);

  for (guint i = 0; i < self->series->len; i++)
    {
      guint            n = backstay_change_sums_get (self, bucket, i);
      g_autofree char *series = NULL;

      if (n == 0)
        continue;

      series = backstay_change_sums_dup_series_label (self, i);
      g_string_append_printf (sentence, "%s%s %u", separator, series, n);
      separator = ", ";
    }

  if (total > 0)
    g_string_append_c (sentence, ')');

  return g_string_free (g_steal_pointer (&sentence), FALSE);
}

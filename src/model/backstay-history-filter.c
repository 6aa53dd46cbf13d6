/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-history-filter"

#include "config.h"

#include "backstay-history-filter.h"

#include <stdio.h>
#include <string.h>

/**
 * BackstayHistoryFilter:
 *
 * Which versions of a history to show. Immutable: every change gives another one.
 */
struct _BackstayHistoryFilter
{
  GObject parent_instance;

  BackstayHistoryShow   show;
  BackstayHistoryPeriod period;
  char                 *first_day; /* "2026-01-31", in local time; non-%NULL for a range only. */
  char                 *last_day;  /* Likewise; it is a part of the range. */
  char                 *creator;   /* A uuid, or what stands for one; %NULL for everybody. */
  char                 *creator_label;
  char                 *words; /* As they were typed; %NULL where there are none. */
  gboolean              is_distinct;
};

G_DEFINE_FINAL_TYPE (BackstayHistoryFilter, backstay_history_filter, G_TYPE_OBJECT)

static const guint period_days[] = { 0, 1, 7, 30, 90, 0 };

#define CANDIDATE_DAYS 90

static void
backstay_history_filter_finalize (GObject *object)
{
  BackstayHistoryFilter *self = BACKSTAY_HISTORY_FILTER (object);

  g_free (self->first_day);
  g_free (self->last_day);
  g_free (self->creator);
  g_free (self->creator_label);
  g_free (self->words);

  G_OBJECT_CLASS (backstay_history_filter_parent_class)->finalize (object);
}

static void
backstay_history_filter_class_init (BackstayHistoryFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = backstay_history_filter_finalize;
}

static void
backstay_history_filter_init (BackstayHistoryFilter *self)
{
}

static BackstayHistoryFilter *
copy (BackstayHistoryFilter *self)
{
  BackstayHistoryFilter *other = g_object_new (BACKSTAY_TYPE_HISTORY_FILTER, NULL);

  other->show = self->show;
  other->period = self->period;
  other->first_day = g_strdup (self->first_day);
  other->last_day = g_strdup (self->last_day);
  other->creator = g_strdup (self->creator);
  other->creator_label = g_strdup (self->creator_label);
  other->words = g_strdup (self->words);
  other->is_distinct = self->is_distinct;

  return other;
}

/**
 * backstay_history_filter_new:
 *
 * Returns: (transfer full): the filter that every version passes
 */
BackstayHistoryFilter *
backstay_history_filter_new (void)
{
  return g_object_new (BACKSTAY_TYPE_HISTORY_FILTER, NULL);
}

/* Days */

/* Gives the beginning of a day that many days later, in local time. */
static GDateTime *
parse_day (const char *day,
           int         n_later)
{
  g_autoptr (GDateTime) begin = NULL;
  int      year;
  int      month;
  int      day_of_month;
  int      length = 0;
  gboolean is_day;

  /* Not strptime(), which takes what is not there for zero. */
  is_day = day != NULL && strlen (day) == 10 && strspn (day, "0123456789-") == 10 &&
           sscanf (day, "%4d-%2d-%2d%n", &year, &month, &day_of_month, &length) == 3 && length == 10;

  if (!is_day || !g_date_valid_dmy ((GDateDay) day_of_month, (GDateMonth) month, (GDateYear) year))
    return NULL;

  begin = g_date_time_new_local (year, month, day_of_month, 0, 0, 0);

  return begin != NULL ? g_date_time_add_days (begin, n_later) : NULL;
}

/**
 * backstay_history_filter_check_day:
 * @day: text
 *
 * Returns: whether it is a day as a range needs it: year, month, and day as in "2026-01-31"
 */
gboolean
backstay_history_filter_check_day (const char *day)
{
  g_autoptr (GDateTime) begin = parse_day (day, 0);

  return begin != NULL;
}

/**
 * backstay_history_filter_dup_begin:
 *
 * Returns: (transfer full) (nullable): when the range begins; %NULL where it has no beginning
 */
GDateTime *
backstay_history_filter_dup_begin (BackstayHistoryFilter *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), NULL);

  return parse_day (self->first_day, 0);
}

/**
 * backstay_history_filter_dup_end:
 *
 * Returns: (transfer full) (nullable): when the range is over, which is when the day after its last
 *   one begins; %NULL where it has no end
 */
GDateTime *
backstay_history_filter_dup_end (BackstayHistoryFilter *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), NULL);

  return parse_day (self->last_day, 1);
}

/* Other filters */

/**
 * backstay_history_filter_with_show:
 * @show: which versions
 *
 * Returns: (transfer full): the filter with that changed
 */
BackstayHistoryFilter *
backstay_history_filter_with_show (BackstayHistoryFilter *self,
                                   BackstayHistoryShow    show)
{
  BackstayHistoryFilter *other;

  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), NULL);

  other = copy (self);
  other->show = show;

  return other;
}

/**
 * backstay_history_filter_with_period:
 * @period: when
 * @first_day: (nullable): for a range, its first day as "2026-01-31"
 * @last_day: (nullable): for a range, its last day
 *
 * A day that is none is left out, and so is a range without days.
 *
 * Returns: (transfer full): the filter with that changed
 */
BackstayHistoryFilter *
backstay_history_filter_with_period (BackstayHistoryFilter *self,
                                     BackstayHistoryPeriod  period,
                                     const char            *first_day,
                                     const char            *last_day)
{
  BackstayHistoryFilter *other;

  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), NULL);

  other = copy (self);
  other->period = period;
  g_clear_pointer (&other->first_day, g_free);
  g_clear_pointer (&other->last_day, g_free);

  if (period != BACKSTAY_HISTORY_PERIOD_RANGE)
    return other;

  if (backstay_history_filter_check_day (first_day))
    other->first_day = g_strdup (first_day);
  if (backstay_history_filter_check_day (last_day))
    other->last_day = g_strdup (last_day);
  if (other->first_day == NULL && other->last_day == NULL)
    other->period = BACKSTAY_HISTORY_PERIOD_ANY;

  return other;
}

/**
 * backstay_history_filter_with_creator:
 * @creator: (nullable): a profile's uuid, %BACKSTAY_HISTORY_FILTER_NOBODY or
 *   %BACKSTAY_HISTORY_FILTER_UNKNOWN; %NULL for everybody
 * @label: (nullable): what a profile is called
 *
 * Returns: (transfer full): the filter with that changed
 */
BackstayHistoryFilter *
backstay_history_filter_with_creator (BackstayHistoryFilter *self,
                                      const char            *creator,
                                      const char            *label)
{
  BackstayHistoryFilter *other;

  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), NULL);

  other = copy (self);
  g_free (other->creator);
  g_free (other->creator_label);
  other->creator = g_strdup (creator);
  other->creator_label = creator != NULL ? g_strdup (label) : NULL;

  return other;
}

/**
 * backstay_history_filter_with_words:
 * @words: (nullable): words, with blanks between them
 *
 * Returns: (transfer full): the filter with that changed
 */
BackstayHistoryFilter *
backstay_history_filter_with_words (BackstayHistoryFilter *self,
                                    const char            *words)
{
  BackstayHistoryFilter *other;
  g_autofree char       *stripped = g_strstrip (g_strdup (words != NULL ? words : ""));

  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), NULL);

  other = copy (self);
  g_free (other->words);
  other->words = stripped[0] != '\0' ? g_steal_pointer (&stripped) : NULL;

  return other;
}

/**
 * backstay_history_filter_with_distinct:
 * @is_distinct: whether to show only the newest one of the versions that pass the filter and have the same
 *   configuration
 *
 * Returns: (transfer full): the filter with that changed
 */
BackstayHistoryFilter *
backstay_history_filter_with_distinct (BackstayHistoryFilter *self,
                                       gboolean               is_distinct)
{
  BackstayHistoryFilter *other;

  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), NULL);

  other = copy (self);
  other->is_distinct = is_distinct;

  return other;
}

/**
 * backstay_history_filter_without:
 * @criterion: what to leave out
 *
 * Returns: (transfer full): the filter without it
 */
BackstayHistoryFilter *
backstay_history_filter_without (BackstayHistoryFilter   *self,
                                 BackstayHistoryCriterion criterion)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), NULL);

  switch (criterion)
    {
    case BACKSTAY_HISTORY_CRITERION_SHOW:
      return backstay_history_filter_with_show (self, BACKSTAY_HISTORY_SHOW_ALL);
    case BACKSTAY_HISTORY_CRITERION_PERIOD:
      return backstay_history_filter_with_period (self, BACKSTAY_HISTORY_PERIOD_ANY, NULL, NULL);
    case BACKSTAY_HISTORY_CRITERION_CREATOR:
      return backstay_history_filter_with_creator (self, NULL, NULL);
    case BACKSTAY_HISTORY_CRITERION_WORDS:
      return backstay_history_filter_with_words (self, NULL);
    case BACKSTAY_HISTORY_CRITERION_DISTINCT:
      return backstay_history_filter_with_distinct (self, FALSE);
    case BACKSTAY_HISTORY_N_CRITERIA:
    default:
      g_return_val_if_reached (NULL);
    }
}

/* Looking at it */

/**
 * backstay_history_filter_equal:
 * @other: another filter
 *
 * Returns: whether the same versions pass both
 */
gboolean
backstay_history_filter_equal (BackstayHistoryFilter *self,
                               BackstayHistoryFilter *other)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), FALSE);
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (other), FALSE);

  return self->show == other->show &&
         self->period == other->period &&
         g_strcmp0 (self->first_day, other->first_day) == 0 &&
         g_strcmp0 (self->last_day, other->last_day) == 0 &&
         g_strcmp0 (self->creator, other->creator) == 0 &&
         g_strcmp0 (self->words, other->words) == 0 &&
         self->is_distinct == other->is_distinct;
}

/**
 * backstay_history_filter_has:
 * @criterion: a part of a filter
 *
 * Returns: whether it leaves anything out
 */
gboolean
backstay_history_filter_has (BackstayHistoryFilter   *self,
                             BackstayHistoryCriterion criterion)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), FALSE);

  switch (criterion)
    {
    case BACKSTAY_HISTORY_CRITERION_SHOW:
      return self->show != BACKSTAY_HISTORY_SHOW_ALL;
    case BACKSTAY_HISTORY_CRITERION_PERIOD:
      return self->period != BACKSTAY_HISTORY_PERIOD_ANY;
    case BACKSTAY_HISTORY_CRITERION_CREATOR:
      return self->creator != NULL;
    case BACKSTAY_HISTORY_CRITERION_WORDS:
      return self->words != NULL;
    case BACKSTAY_HISTORY_CRITERION_DISTINCT:
      return self->is_distinct;
    case BACKSTAY_HISTORY_N_CRITERIA:
    default:
      g_return_val_if_reached (FALSE);
    }
}

/**
 * backstay_history_filter_is_empty:
 *
 * Returns: whether every version passes it
 */
gboolean
backstay_history_filter_is_empty (BackstayHistoryFilter *self)
{
  for (guint i = 0; i < BACKSTAY_HISTORY_N_CRITERIA; i++)
    {
      if (backstay_history_filter_has (self, (BackstayHistoryCriterion) i))
        return FALSE;
    }

  return TRUE;
}

/**
 * backstay_history_filter_get_show:
 *
 * Returns: which versions
 */
BackstayHistoryShow
backstay_history_filter_get_show (BackstayHistoryFilter *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), BACKSTAY_HISTORY_SHOW_ALL);

  return self->show;
}

/**
 * backstay_history_filter_get_period:
 *
 * Returns: when
 */
BackstayHistoryPeriod
backstay_history_filter_get_period (BackstayHistoryFilter *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), BACKSTAY_HISTORY_PERIOD_ANY);

  return self->period;
}

/**
 * backstay_history_filter_get_first_day:
 *
 * Returns: (transfer none) (nullable): the first day of a range
 */
const char *
backstay_history_filter_get_first_day (BackstayHistoryFilter *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), NULL);

  return self->first_day;
}

/**
 * backstay_history_filter_get_last_day:
 *
 * Returns: (transfer none) (nullable): the last day of a range
 */
const char *
backstay_history_filter_get_last_day (BackstayHistoryFilter *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), NULL);

  return self->last_day;
}

/**
 * backstay_history_filter_get_creator:
 *
 * Returns: (transfer none) (nullable): a profile's uuid, or what stands for one
 */
const char *
backstay_history_filter_get_creator (BackstayHistoryFilter *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), NULL);

  return self->creator;
}

/**
 * backstay_history_filter_get_creator_label:
 *
 * Returns: (transfer none) (nullable): what the profile is called
 */
const char *
backstay_history_filter_get_creator_label (BackstayHistoryFilter *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), NULL);

  return self->creator_label;
}

/**
 * backstay_history_filter_get_words:
 *
 * Returns: (transfer none) (nullable): the words, with blanks between them
 */
const char *
backstay_history_filter_get_words (BackstayHistoryFilter *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), NULL);

  return self->words;
}

/**
 * backstay_history_filter_get_distinct:
 *
 * Returns: whether no configuration is shown twice
 */
gboolean
backstay_history_filter_get_distinct (BackstayHistoryFilter *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), FALSE);

  return self->is_distinct;
}

/**
 * backstay_history_filter_get_n_days:
 *
 * Returns: how many days before now a version may be made at most; 0 where that does not matter
 */
guint
backstay_history_filter_get_n_days (BackstayHistoryFilter *self)
{
  guint n_days;

  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), 0);

  n_days = period_days[self->period];

  if (self->show == BACKSTAY_HISTORY_SHOW_CANDIDATES && (n_days == 0 || n_days > CANDIDATE_DAYS))
    return CANDIDATE_DAYS;

  return n_days;
}

/**
 * backstay_history_filter_dup_word_array:
 *
 * Returns: (transfer full): the words as PostgreSQL reads an array of text
 */
char *
backstay_history_filter_dup_word_array (BackstayHistoryFilter *self)
{
  g_autoptr (GString) array = g_string_new ("{");
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), NULL);

  words = g_strsplit_set (self->words != NULL ? self->words : "", " \t\r\n", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (words[i][0] == '\0')
        continue;

      g_string_append (array, array->len > 1 ? ",\"" : "\"");
      for (const char *c = words[i]; *c != '\0'; c++)
        {
          if (*c == '"' || *c == '\\')
            g_string_append_c (array, '\\');
          g_string_append_c (array, *c);
        }
      g_string_append_c (array, '"');
    }

  g_string_append_c (array, '}');

  return g_string_free (g_steal_pointer (&array), FALSE);
}

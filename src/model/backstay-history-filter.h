/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Matches are not counted beyond this. */
#define BACKSTAY_HISTORY_FILTER_COUNT_LIMIT 1000

/* Stand for a creator's uuid: nobody was recorded; somebody who has no name that can be seen. */
#define BACKSTAY_HISTORY_FILTER_NOBODY "none"
#define BACKSTAY_HISTORY_FILTER_UNKNOWN "unknown"

/**
 * BackstayHistoryShow:
 * @BACKSTAY_HISTORY_SHOW_ALL: every version
 * @BACKSTAY_HISTORY_SHOW_ACTIVE: active ones
 * @BACKSTAY_HISTORY_SHOW_INACTIVE: all others, also where SQL's null says so
 * @BACKSTAY_HISTORY_SHOW_CANDIDATES: what one may want to go back to: not active, and made in the last 90
 *   days
 *
 * Which versions are shown, as far as being active is concerned.
 */
typedef enum
{
  BACKSTAY_HISTORY_SHOW_ALL,
  BACKSTAY_HISTORY_SHOW_ACTIVE,
  BACKSTAY_HISTORY_SHOW_INACTIVE,
  BACKSTAY_HISTORY_SHOW_CANDIDATES,
} BackstayHistoryShow;

/**
 * BackstayHistoryPeriod:
 * @BACKSTAY_HISTORY_PERIOD_ANY: whenever
 * @BACKSTAY_HISTORY_PERIOD_DAY: the last 24 hours
 * @BACKSTAY_HISTORY_PERIOD_WEEK: the last 7 days
 * @BACKSTAY_HISTORY_PERIOD_MONTH: the last 30 days
 * @BACKSTAY_HISTORY_PERIOD_QUARTER: the last 90 days
 * @BACKSTAY_HISTORY_PERIOD_RANGE: from one day to another one
 *
 * When versions were made. One without a time is in no period but the first.
 */
typedef enum
{
  BACKSTAY_HISTORY_PERIOD_ANY,
  BACKSTAY_HISTORY_PERIOD_DAY,
  BACKSTAY_HISTORY_PERIOD_WEEK,
  BACKSTAY_HISTORY_PERIOD_MONTH,
  BACKSTAY_HISTORY_PERIOD_QUARTER,
  BACKSTAY_HISTORY_PERIOD_RANGE,
} BackstayHistoryPeriod;

/**
 * BackstayHistoryCriterion:
 * @BACKSTAY_HISTORY_CRITERION_SHOW: a #BackstayHistoryShow
 * @BACKSTAY_HISTORY_CRITERION_PERIOD: a #BackstayHistoryPeriod
 * @BACKSTAY_HISTORY_CRITERION_CREATOR: who made it
 * @BACKSTAY_HISTORY_CRITERION_WORDS: words of the name or the notes
 * @BACKSTAY_HISTORY_CRITERION_DISTINCT: no configuration twice
 * @BACKSTAY_HISTORY_N_CRITERIA: their number
 *
 * What a filter consists of. A version has to meet each.
 */
typedef enum
{
  BACKSTAY_HISTORY_CRITERION_SHOW,
  BACKSTAY_HISTORY_CRITERION_PERIOD,
  BACKSTAY_HISTORY_CRITERION_CREATOR,
  BACKSTAY_HISTORY_CRITERION_WORDS,
  BACKSTAY_HISTORY_CRITERION_DISTINCT,
  BACKSTAY_HISTORY_N_CRITERIA,
} BackstayHistoryCriterion;

#define BACKSTAY_TYPE_HISTORY_FILTER (backstay_history_filter_get_type ())

G_DECLARE_FINAL_TYPE (BackstayHistoryFilter, backstay_history_filter, BACKSTAY, HISTORY_FILTER, GObject)

BackstayHistoryFilter *backstay_history_filter_new (void) G_GNUC_WARN_UNUSED_RESULT;
BackstayHistoryFilter *backstay_history_filter_new_from_string (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char                  *backstay_history_filter_to_string (BackstayHistoryFilter *self) G_GNUC_WARN_UNUSED_RESULT;
BackstayHistoryFilter *backstay_history_filter_with_show (BackstayHistoryFilter *self,
                                                          BackstayHistoryShow    show) G_GNUC_WARN_UNUSED_RESULT;
BackstayHistoryFilter *backstay_history_filter_with_period (BackstayHistoryFilter *self,
                                                            BackstayHistoryPeriod  period,
                                                            const char            *first_day,
                                                            const char            *last_day) G_GNUC_WARN_UNUSED_RESULT;
BackstayHistoryFilter *backstay_history_filter_with_creator (BackstayHistoryFilter *self,
                                                             const char            *creator,
                                                             const char            *label) G_GNUC_WARN_UNUSED_RESULT;
BackstayHistoryFilter *backstay_history_filter_with_words (BackstayHistoryFilter *self,
                                                           const char            *words) G_GNUC_WARN_UNUSED_RESULT;
BackstayHistoryFilter *backstay_history_filter_with_distinct (BackstayHistoryFilter *self,
                                                              gboolean               is_distinct) G_GNUC_WARN_UNUSED_RESULT;
BackstayHistoryFilter *backstay_history_filter_without (BackstayHistoryFilter   *self,
                                                        BackstayHistoryCriterion criterion) G_GNUC_WARN_UNUSED_RESULT;
gboolean               backstay_history_filter_equal (BackstayHistoryFilter *self,
                                                      BackstayHistoryFilter *other);
gboolean               backstay_history_filter_is_empty (BackstayHistoryFilter *self);
gboolean               backstay_history_filter_has (BackstayHistoryFilter   *self,
                                                    BackstayHistoryCriterion criterion);
BackstayHistoryShow    backstay_history_filter_get_show (BackstayHistoryFilter *self);
BackstayHistoryPeriod  backstay_history_filter_get_period (BackstayHistoryFilter *self);
const char            *backstay_history_filter_get_first_day (BackstayHistoryFilter *self);
const char            *backstay_history_filter_get_last_day (BackstayHistoryFilter *self);
const char            *backstay_history_filter_get_creator (BackstayHistoryFilter *self);
const char            *backstay_history_filter_get_creator_label (BackstayHistoryFilter *self);
const char            *backstay_history_filter_get_words (BackstayHistoryFilter *self);
gboolean               backstay_history_filter_get_distinct (BackstayHistoryFilter *self);
guint                  backstay_history_filter_get_n_days (BackstayHistoryFilter *self);
GDateTime             *backstay_history_filter_dup_begin (BackstayHistoryFilter *self) G_GNUC_WARN_UNUSED_RESULT;
GDateTime             *backstay_history_filter_dup_end (BackstayHistoryFilter *self) G_GNUC_WARN_UNUSED_RESULT;
char                  *backstay_history_filter_dup_word_array (BackstayHistoryFilter *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean               backstay_history_filter_check_day (const char *day);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-history-filter-text"

#include "config.h"

#include "backstay-history-filter-text.h"

#include "backstay-display-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a filter says to a person. */

static char *
dup_period_label (BackstayHistoryFilter *filter)
{
  const char *first_day = backstay_history_filter_get_first_day (filter);
  const char *last_day = backstay_history_filter_get_last_day (filter);

  switch (backstay_history_filter_get_period (filter))
    {
    case BACKSTAY_HISTORY_PERIOD_DAY:
      return g_strdup (_ ("Last 24 hours"));
    case BACKSTAY_HISTORY_PERIOD_WEEK:
      return g_strdup (_ ("Last 7 days"));
    case BACKSTAY_HISTORY_PERIOD_MONTH:
      return g_strdup (_ ("Last 30 days"));
    case BACKSTAY_HISTORY_PERIOD_QUARTER:
      return g_strdup (_ ("Last 90 days"));
    case BACKSTAY_HISTORY_PERIOD_RANGE:
      break;
    case BACKSTAY_HISTORY_PERIOD_ANY:
    default:
      return g_strdup (_ ("Any time"));
    }

  /* Translators: days, as in 2026-01-31. */
  if (last_day == NULL)
    return g_strdup_printf (_ ("Since %s"), first_day);
  if (first_day == NULL)
    return g_strdup_printf (_ ("Until %s"), last_day);

  return g_strdup_printf (_ ("%s to %s"), first_day, last_day);
}

static char *
dup_creator_label (BackstayHistoryFilter *filter)
{
  const char      *creator = backstay_history_filter_get_creator (filter);
  const char      *creator_name = backstay_history_filter_get_creator_label (filter);
  g_autofree char *name = NULL;

  if (creator == NULL)
    return g_strdup (_ ("Anybody"));
  if (strcmp (creator, BACKSTAY_HISTORY_FILTER_NOBODY) == 0)
    return g_strdup (_ ("No creator recorded"));
  if (strcmp (creator, BACKSTAY_HISTORY_FILTER_UNKNOWN) == 0)
    return g_strdup (_ ("Unknown user"));

  if (creator_name == NULL || creator_name[0] == '\0')
    return g_strdup_printf (_ ("By unknown user %.8s"), creator);

  name = backstay_display_text (creator_name);

  /* Translators: a user's name. */
  return g_strdup_printf (_ ("By %s"), name);
}

static char *
dup_show_label (BackstayHistoryFilter *filter)
{
  switch (backstay_history_filter_get_show (filter))
    {
    case BACKSTAY_HISTORY_SHOW_ACTIVE:
      return g_strdup (_ ("Active"));
    case BACKSTAY_HISTORY_SHOW_INACTIVE:
      return g_strdup (_ ("Not active"));
    case BACKSTAY_HISTORY_SHOW_CANDIDATES:
      return g_strdup (_ ("Rollback candidates"));
    case BACKSTAY_HISTORY_SHOW_ALL:
    default:
      return g_strdup (_ ("All versions"));
    }
}

/**
 * backstay_history_filter_text_dup_label:
 * @filter: a filter
 * @criterion: a part of it
 *
 * Says what passes it: "Last 7 days".
 *
 * Returns: (transfer full): text for a label
 */
char *
backstay_history_filter_text_dup_label (BackstayHistoryFilter   *filter,
                                        BackstayHistoryCriterion criterion)
{
  const char      *typed;
  g_autofree char *words = NULL;

  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (filter), NULL);

  switch (criterion)
    {
    case BACKSTAY_HISTORY_CRITERION_SHOW:
      return dup_show_label (filter);
    case BACKSTAY_HISTORY_CRITERION_PERIOD:
      return dup_period_label (filter);
    case BACKSTAY_HISTORY_CRITERION_CREATOR:
      return dup_creator_label (filter);
    case BACKSTAY_HISTORY_CRITERION_WORDS:
      typed = backstay_history_filter_get_words (filter);
      words = backstay_display_text (typed != NULL ? typed : "");
      /* Translators: words that somebody searches for. */
      return g_strdup_printf (_ ("“%s”"), words);
    case BACKSTAY_HISTORY_CRITERION_DISTINCT:
      return g_strdup (_ ("No configuration twice"));
    case BACKSTAY_HISTORY_N_CRITERIA:
    default:
      g_return_val_if_reached (NULL);
    }
}

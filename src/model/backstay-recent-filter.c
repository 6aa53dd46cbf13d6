/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-recent-filter"

#include "config.h"

#include "backstay-recent-filter.h"

static void
set_time (GDateTime **place,
          GDateTime  *time)
{
  g_clear_pointer (place, g_date_time_unref);
  *place = time != NULL ? g_date_time_ref (time) : NULL;
}

/**
 * backstay_recent_filter_new:
 *
 * Returns: (transfer full): a filter that all versions with a time pass
 */
BackstayRecentFilter *
backstay_recent_filter_new (void)
{
  BackstayRecentFilter *self = g_new0 (BackstayRecentFilter, 1);

  self->any_creator = TRUE;

  return self;
}

/**
 * backstay_recent_filter_copy:
 *
 * Returns: (transfer full): the same filter
 */
BackstayRecentFilter *
backstay_recent_filter_copy (const BackstayRecentFilter *self)
{
  BackstayRecentFilter *copy = backstay_recent_filter_new ();

  backstay_recent_filter_set_span (copy, self->age, self->since, self->until);
  backstay_recent_filter_set_creator (copy, self->any_creator, self->creator_id);

  return copy;
}

/**
 * backstay_recent_filter_free:
 * @self: (transfer full): a filter
 */
void
backstay_recent_filter_free (BackstayRecentFilter *self)
{
  g_free (self->age);
  g_clear_pointer (&self->since, g_date_time_unref);
  g_clear_pointer (&self->until, g_date_time_unref);
  g_free (self->creator_id);
  g_free (self);
}

/**
 * backstay_recent_filter_set_span:
 * @age: (nullable): how long ago it begins
 * @since: (nullable): when it begins
 * @until: (nullable): when it ends
 *
 * Says which time is wanted.
 */
void
backstay_recent_filter_set_span (BackstayRecentFilter *self,
                                 const char           *age,
                                 GDateTime            *since,
                                 GDateTime            *until)
{
  g_free (self->age);
  self->age = g_strdup (age);
  set_time (&self->since, since);
  set_time (&self->until, until);
}

/**
 * backstay_recent_filter_set_creator:
 * @any_creator: whether it does not matter who
 * @creator_id: (nullable): who; %NULL for nobody recorded
 *
 * Says whose versions are wanted.
 */
void
backstay_recent_filter_set_creator (BackstayRecentFilter *self,
                                    gboolean              any_creator,
                                    const char           *creator_id)
{
  self->any_creator = any_creator;
  g_free (self->creator_id);
  self->creator_id = g_strdup (creator_id);
}

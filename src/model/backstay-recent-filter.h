/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BackstayRecentFilter:
 * @age: (nullable): how long ago it begins by the server's clock, as SQL spells an interval
 * @since: (nullable): when it begins
 * @until: (nullable): when it ends; this moment is not in it
 * @any_creator: whether it does not matter who made a version
 * @creator_id: (nullable): who made it; %NULL for the versions that have no creator recorded
 *
 * Which versions of all model types are wanted. Where both @age and @since are there, the later of
 * the two is where it begins.
 */
typedef struct
{
  char      *age;
  GDateTime *since;
  GDateTime *until;
  gboolean   any_creator;
  char      *creator_id;
} BackstayRecentFilter;

BackstayRecentFilter *backstay_recent_filter_new (void) G_GNUC_WARN_UNUSED_RESULT;
BackstayRecentFilter *backstay_recent_filter_copy (const BackstayRecentFilter *self) G_GNUC_WARN_UNUSED_RESULT;
void                  backstay_recent_filter_free (BackstayRecentFilter *self);
void                  backstay_recent_filter_set_span (BackstayRecentFilter *self,
                                                       const char           *age,
                                                       GDateTime            *since,
                                                       GDateTime            *until);
void                  backstay_recent_filter_set_creator (BackstayRecentFilter *self,
                                                          gboolean              any_creator,
                                                          const char           *creator_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayRecentFilter, backstay_recent_filter_free)

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-change-sums.h"

G_BEGIN_DECLS

/**
 * BackstayChangeCreator:
 * @id: (nullable): the uuid; %NULL where none is recorded
 * @name: (nullable): the name, where a profile can be seen
 * @n: how many versions are theirs
 *
 * Who made versions in a span of time.
 */
typedef struct
{
  char *id;
  char *name;
  guint n;
} BackstayChangeCreator;

BackstayChangeCreator *backstay_change_creator_new (const char *id,
                                                    const char *name) G_GNUC_WARN_UNUSED_RESULT;
void                   backstay_change_creator_free (BackstayChangeCreator *self);

typedef struct _BackstayChangeCounts BackstayChangeCounts;

BackstayChangeCounts *backstay_change_counts_new (BackstayTimeBuckets *buckets) G_GNUC_WARN_UNUSED_RESULT;
BackstayChangeCounts *backstay_change_counts_ref (BackstayChangeCounts *self) G_GNUC_WARN_UNUSED_RESULT;
void                  backstay_change_counts_unref (BackstayChangeCounts *self);
void                  backstay_change_counts_add (BackstayChangeCounts *self,
                                                  gint64                number,
                                                  const char           *model_type,
                                                  const char           *creator_id,
                                                  const char           *creator_name,
                                                  guint                 n);
GPtrArray            *backstay_change_counts_list_creators (BackstayChangeCounts *self) G_GNUC_WARN_UNUSED_RESULT;
BackstayChangeSums   *backstay_change_counts_sum (BackstayChangeCounts *self,
                                                  gboolean              any_creator,
                                                  const char           *creator_id) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayChangeCounts, backstay_change_counts_unref)

G_END_DECLS

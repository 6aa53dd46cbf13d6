/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BackstayTimeUnit:
 * @BACKSTAY_TIME_UNIT_HOUR: an hour
 * @BACKSTAY_TIME_UNIT_DAY: a day, from midnight to midnight
 * @BACKSTAY_TIME_UNIT_MONTH: a month
 *
 * How long a bucket is.
 */
typedef enum
{
  BACKSTAY_TIME_UNIT_HOUR,
  BACKSTAY_TIME_UNIT_DAY,
  BACKSTAY_TIME_UNIT_MONTH,
} BackstayTimeUnit;

typedef struct _BackstayTimeBuckets BackstayTimeBuckets;

BackstayTimeBuckets *backstay_time_buckets_new (GDateTime *from,
                                                GDateTime *to) G_GNUC_WARN_UNUSED_RESULT;
BackstayTimeBuckets *backstay_time_buckets_ref (BackstayTimeBuckets *self) G_GNUC_WARN_UNUSED_RESULT;
void                 backstay_time_buckets_unref (BackstayTimeBuckets *self);
BackstayTimeUnit     backstay_time_buckets_get_unit (BackstayTimeBuckets *self);
guint                backstay_time_buckets_get_n (BackstayTimeBuckets *self);
GDateTime           *backstay_time_buckets_get_start (BackstayTimeBuckets *self,
                                                      guint                bucket);
GDateTime           *backstay_time_buckets_get_end (BackstayTimeBuckets *self,
                                                    guint                bucket);
char                *backstay_time_buckets_dup_edges (BackstayTimeBuckets *self) G_GNUC_WARN_UNUSED_RESULT;
char                *backstay_time_buckets_dup_label (BackstayTimeBuckets *self,
                                                      guint                bucket) G_GNUC_WARN_UNUSED_RESULT;
char                *backstay_time_buckets_dup_short_label (BackstayTimeBuckets *self,
                                                            guint                bucket) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayTimeBuckets, backstay_time_buckets_unref)

G_END_DECLS

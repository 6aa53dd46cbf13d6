/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-time-buckets.h"

G_BEGIN_DECLS

/* So many model types are told apart; where there are more, the last place is for the rest. */
#define BACKSTAY_CHANGE_SERIES_MAX 7

typedef struct _BackstayChangeSums BackstayChangeSums;

BackstayChangeSums  *backstay_change_sums_new (BackstayTimeBuckets *buckets,
                                               GPtrArray           *series) G_GNUC_WARN_UNUSED_RESULT;
BackstayChangeSums  *backstay_change_sums_ref (BackstayChangeSums *self) G_GNUC_WARN_UNUSED_RESULT;
void                 backstay_change_sums_unref (BackstayChangeSums *self);
void                 backstay_change_sums_add (BackstayChangeSums *self,
                                               gint64              number,
                                               const char         *model_type,
                                               guint               n);
BackstayTimeBuckets *backstay_change_sums_get_buckets (BackstayChangeSums *self);
guint                backstay_change_sums_get_n_series (BackstayChangeSums *self);
char                *backstay_change_sums_dup_series_label (BackstayChangeSums *self,
                                                            guint               series) G_GNUC_WARN_UNUSED_RESULT;
guint                backstay_change_sums_get_color (BackstayChangeSums *self,
                                                     guint               series);
guint                backstay_change_sums_get (BackstayChangeSums *self,
                                               guint               bucket,
                                               guint               series);
guint                backstay_change_sums_get_total (BackstayChangeSums *self,
                                                     guint               bucket);
guint                backstay_change_sums_get_highest (BackstayChangeSums *self);
guint                backstay_change_sums_get_n_later (BackstayChangeSums *self);
char                *backstay_change_sums_dup_sentence (BackstayChangeSums *self,
                                                        guint               bucket) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayChangeSums, backstay_change_sums_unref)

G_END_DECLS

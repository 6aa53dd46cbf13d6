/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-change-counts.h"
#include "backstay-recent-filter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_RECENT_BAR (backstay_recent_bar_get_type ())

G_DECLARE_FINAL_TYPE (BackstayRecentBar, backstay_recent_bar, BACKSTAY, RECENT_BAR, GtkWidget)

BackstayRecentFilter *backstay_recent_bar_dup_filter (BackstayRecentBar *self) G_GNUC_WARN_UNUSED_RESULT;
BackstayTimeBuckets  *backstay_recent_bar_dup_buckets (BackstayRecentBar *self) G_GNUC_WARN_UNUSED_RESULT;
char                 *backstay_recent_bar_dup_span_label (BackstayRecentBar *self) G_GNUC_WARN_UNUSED_RESULT;
void                  backstay_recent_bar_set_counts (BackstayRecentBar    *self,
                                                      BackstayChangeCounts *counts);
const char           *backstay_recent_bar_get_longer (BackstayRecentBar *self);
void                  backstay_recent_bar_choose_longer (BackstayRecentBar *self);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-history-filter.h"

G_BEGIN_DECLS

char *backstay_history_filter_text_dup_label (BackstayHistoryFilter   *filter,
                                              BackstayHistoryCriterion criterion) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

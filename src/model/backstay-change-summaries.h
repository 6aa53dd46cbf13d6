/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-history-list.h"

G_BEGIN_DECLS

#define BACKSTAY_TYPE_CHANGE_SUMMARIES (backstay_change_summaries_get_type ())

G_DECLARE_FINAL_TYPE (BackstayChangeSummaries, backstay_change_summaries, BACKSTAY, CHANGE_SUMMARIES, GObject)

BackstayChangeSummaries *backstay_change_summaries_new (BackstayRepository *repository) G_GNUC_WARN_UNUSED_RESULT;
BackstayRepository      *backstay_change_summaries_get_repository (BackstayChangeSummaries *self);
void                     backstay_change_summaries_set_list (BackstayChangeSummaries *self,
                                                             BackstayHistoryList     *list);
void                     backstay_change_summaries_set_in_sight (BackstayChangeSummaries *self,
                                                                 guint                    position,
                                                                 guint                    n_items);
char                    *backstay_change_summaries_dup_text (BackstayChangeSummaries *self,
                                                             guint                    position) G_GNUC_WARN_UNUSED_RESULT;
gboolean                 backstay_change_summaries_get_loading (BackstayChangeSummaries *self);

G_END_DECLS

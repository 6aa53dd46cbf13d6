/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-history-filter.h"
#include "backstay-repository.h"

G_BEGIN_DECLS

#define BACKSTAY_TYPE_HISTORY_LIST (backstay_history_list_get_type ())

G_DECLARE_FINAL_TYPE (BackstayHistoryList, backstay_history_list, BACKSTAY, HISTORY_LIST, GObject)

BackstayHistoryList *backstay_history_list_new (BackstayRepository *repository,
                                                const char         *model_type) G_GNUC_WARN_UNUSED_RESULT;
BackstayHistoryList *backstay_history_list_new_part (BackstayRepository *repository,
                                                     BackstayVersion    *first,
                                                     guint               n_versions) G_GNUC_WARN_UNUSED_RESULT;
BackstayHistoryList *backstay_history_list_new_recent (BackstayRepository         *repository,
                                                       const BackstayRecentFilter *filter) G_GNUC_WARN_UNUSED_RESULT;
const char          *backstay_history_list_get_model_type (BackstayHistoryList *self);
void                 backstay_history_list_set_filter (BackstayHistoryList   *self,
                                                       BackstayHistoryFilter *filter);
gboolean             backstay_history_list_get_filtered (BackstayHistoryList *self);
gboolean             backstay_history_list_get_has_gaps (BackstayHistoryList *self);
guint                backstay_history_list_get_n_matches (BackstayHistoryList *self);
void                 backstay_history_list_load_more (BackstayHistoryList *self);
void                 backstay_history_list_reload (BackstayHistoryList *self);
void                 backstay_history_list_look (BackstayHistoryList *self);
void                 backstay_history_list_set_active (BackstayHistoryList *self,
                                                       GPtrArray           *active);
gboolean             backstay_history_list_get_outdated (BackstayHistoryList *self);
guint                backstay_history_list_get_n_newer (BackstayHistoryList *self);
void                 backstay_history_list_update (BackstayHistoryList *self);
gboolean             backstay_history_list_get_loading (BackstayHistoryList *self);
gboolean             backstay_history_list_get_at_end (BackstayHistoryList *self);
const GError        *backstay_history_list_get_error (BackstayHistoryList *self);
BackstayVersion     *backstay_history_list_find (BackstayHistoryList *self,
                                                 const char          *id,
                                                 guint               *position);
BackstayVersion     *backstay_history_list_peek (BackstayHistoryList *self,
                                                 guint                position);

G_END_DECLS

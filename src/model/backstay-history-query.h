/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-history-filter.h"
#include "backstay-repository.h"

G_BEGIN_DECLS

/**
 * BackstayHistoryQuery:
 *
 * Which versions a list has: a model type's, all of them or those that pass a filter, or what was made
 * lately of all model types.
 */
typedef struct _BackstayHistoryQuery BackstayHistoryQuery;

BackstayHistoryQuery *backstay_history_query_new (BackstayRepository *repository,
                                                  const char         *model_type) G_GNUC_WARN_UNUSED_RESULT;
BackstayHistoryQuery *backstay_history_query_new_recent (BackstayRepository         *repository,
                                                         const BackstayRecentFilter *filter) G_GNUC_WARN_UNUSED_RESULT;
void                  backstay_history_query_free (BackstayHistoryQuery *self);
const char           *backstay_history_query_get_model_type (BackstayHistoryQuery *self);
void                  backstay_history_query_set_filter (BackstayHistoryQuery  *self,
                                                         BackstayHistoryFilter *filter);
gboolean              backstay_history_query_get_filtered (BackstayHistoryQuery *self);
void                  backstay_history_query_list_async (BackstayHistoryQuery *self,
                                                         BackstayVersion      *before,
                                                         guint                 limit,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
GPtrArray            *backstay_history_query_list_finish (GObject      *object,
                                                          GAsyncResult *result,
                                                          guint        *n_matches,
                                                          GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayHistoryQuery, backstay_history_query_free)

G_END_DECLS

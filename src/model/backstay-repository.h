/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-access.h"
#include "backstay-change-counts.h"
#include "backstay-configuration.h"
#include "backstay-db-connection.h"
#include "backstay-fingerprint.h"
#include "backstay-recent-filter.h"
#include "backstay-rollback.h"

G_BEGIN_DECLS

/* How large a text may be to be sent unasked, and how much of them is sent at once: two of the largest,
 * or there would be nothing to compare. */
#define BACKSTAY_FINGERPRINT_BYTES (512 * 1024)
#define BACKSTAY_FINGERPRINTS_BYTES (2 * BACKSTAY_FINGERPRINT_BYTES)

/* Versions that a rollback undoes are not counted beyond this. */
#define BACKSTAY_UNDONE_LIMIT 1000

#define BACKSTAY_TYPE_REPOSITORY (backstay_repository_get_type ())

G_DECLARE_FINAL_TYPE (BackstayRepository, backstay_repository, BACKSTAY, REPOSITORY, GObject)

BackstayRepository   *backstay_repository_new (BackstayDbConnection *connection,
                                               BackstayIdentity     *identity) G_GNUC_WARN_UNUSED_RESULT;
BackstayDbConnection *backstay_repository_get_connection (BackstayRepository *self);
BackstayIdentity     *backstay_repository_get_identity (BackstayRepository *self);
BackstayAccess       *backstay_repository_get_access (BackstayRepository *self);

void                     backstay_repository_find_access_async (BackstayRepository *self,
                                                                GCancellable       *cancellable,
                                                                GAsyncReadyCallback callback,
                                                                gpointer            user_data);
BackstayAccess          *backstay_repository_find_access_finish (BackstayRepository *self,
                                                                 GAsyncResult       *result,
                                                                 GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void                     backstay_repository_list_profiles_async (BackstayRepository *self,
                                                                  const char         *search,
                                                                  GCancellable       *cancellable,
                                                                  GAsyncReadyCallback callback,
                                                                  gpointer            user_data);
GPtrArray               *backstay_repository_list_profiles_finish (BackstayRepository *self,
                                                                   GAsyncResult       *result,
                                                                   GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void                     backstay_repository_list_types_async (BackstayRepository *self,
                                                               GCancellable       *cancellable,
                                                               GAsyncReadyCallback callback,
                                                               gpointer            user_data);
GPtrArray               *backstay_repository_list_types_finish (BackstayRepository *self,
                                                                GAsyncResult       *result,
                                                                GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void                     backstay_repository_list_history_async (BackstayRepository *self,
                                                                 const char         *model_type,
                                                                 BackstayVersion    *before,
                                                                 guint               limit,
                                                                 GCancellable       *cancellable,
                                                                 GAsyncReadyCallback callback,
                                                                 gpointer            user_data);
GPtrArray               *backstay_repository_list_history_finish (BackstayRepository *self,
                                                                  GAsyncResult       *result,
                                                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void                     backstay_repository_list_active_async (BackstayRepository *self,
                                                                const char         *model_type,
                                                                GCancellable       *cancellable,
                                                                GAsyncReadyCallback callback,
                                                                gpointer            user_data);
GPtrArray               *backstay_repository_list_active_finish (BackstayRepository *self,
                                                                 GAsyncResult       *result,
                                                                 GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void                     backstay_repository_get_live_async (BackstayRepository *self,
                                                             const char         *model_type,
                                                             GCancellable       *cancellable,
                                                             GAsyncReadyCallback callback,
                                                             gpointer            user_data);
BackstayVersion         *backstay_repository_get_live_finish (BackstayRepository *self,
                                                              GAsyncResult       *result,
                                                              GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void                     backstay_repository_get_configuration_async (BackstayRepository *self,
                                                                      const char         *id,
                                                                      GCancellable       *cancellable,
                                                                      GAsyncReadyCallback callback,
                                                                      gpointer            user_data);
BackstayConfiguration   *backstay_repository_get_configuration_finish (BackstayRepository *self,
                                                                       GAsyncResult       *result,
                                                                       GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void                     backstay_repository_list_fingerprints_async (BackstayRepository *self,
                                                                      GPtrArray          *ids,
                                                                      GPtrArray          *others,
                                                                      GCancellable       *cancellable,
                                                                      GAsyncReadyCallback callback,
                                                                      gpointer            user_data);
GPtrArray               *backstay_repository_list_fingerprints_finish (BackstayRepository *self,
                                                                       GAsyncResult       *result,
                                                                       GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void                     backstay_repository_count_undone_async (BackstayRepository *self,
                                                                 BackstayVersion    *target,
                                                                 BackstayVersion    *live,
                                                                 GCancellable       *cancellable,
                                                                 GAsyncReadyCallback callback,
                                                                 gpointer            user_data);
gboolean                 backstay_repository_count_undone_finish (BackstayRepository *self,
                                                                  GAsyncResult       *result,
                                                                  guint              *n_versions,
                                                                  GError            **error);
void                     backstay_repository_roll_back_async (BackstayRepository      *self,
                                                              BackstayRollbackRequest *request,
                                                              gboolean                 rehearse,
                                                              GCancellable            *cancellable,
                                                              GAsyncReadyCallback      callback,
                                                              gpointer                 user_data);
BackstayRollbackOutcome *backstay_repository_roll_back_finish (BackstayRepository *self,
                                                               GAsyncResult       *result,
                                                               GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void                     backstay_repository_undo_async (BackstayRepository      *self,
                                                         BackstayRollbackOutcome *outcome,
                                                         GCancellable            *cancellable,
                                                         GAsyncReadyCallback      callback,
                                                         gpointer                 user_data);
BackstayRollbackOutcome *backstay_repository_undo_finish (BackstayRepository *self,
                                                          GAsyncResult       *result,
                                                          GError            **error) G_GNUC_WARN_UNUSED_RESULT;

void                     backstay_repository_create_async (BackstayRepository      *self,
                                                           BackstayRollbackRequest *request,
                                                           GCancellable            *cancellable,
                                                           GAsyncReadyCallback      callback,
                                                           gpointer                 user_data);
BackstayRollbackOutcome *backstay_repository_create_finish (BackstayRepository *self,
                                                            GAsyncResult       *result,
                                                            GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/* In backstay-repository-recent.c */
void                  backstay_repository_list_recent_async (BackstayRepository         *self,
                                                             const BackstayRecentFilter *filter,
                                                             BackstayVersion            *before,
                                                             guint                       limit,
                                                             GCancellable               *cancellable,
                                                             GAsyncReadyCallback         callback,
                                                             gpointer                    user_data);
GPtrArray            *backstay_repository_list_recent_finish (BackstayRepository *self,
                                                              GAsyncResult       *result,
                                                              GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void                  backstay_repository_count_changes_async (BackstayRepository         *self,
                                                               const BackstayRecentFilter *filter,
                                                               BackstayTimeBuckets        *buckets,
                                                               GCancellable               *cancellable,
                                                               GAsyncReadyCallback         callback,
                                                               gpointer                    user_data);
BackstayChangeCounts *backstay_repository_count_changes_finish (BackstayRepository *self,
                                                                GAsyncResult       *result,
                                                                GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

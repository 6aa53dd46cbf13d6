/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"
#include "support-server.h"

G_BEGIN_DECLS

/* The repository's methods, each with the waiting for its answer. Where there is no place for an
 * error there must be none. */

BackstayRepository      *support_repository_new (BackstayDbConfig *config,
                                                 const char       *profile) G_GNUC_WARN_UNUSED_RESULT;
BackstayRepository      *support_repository_new_alice_on (BackstayDbConfig *config) G_GNUC_WARN_UNUSED_RESULT;
BackstayRepository      *support_repository_new_alice (void) G_GNUC_WARN_UNUSED_RESULT;
BackstayAccess          *support_repository_find_access (BackstayRepository *self,
                                                         GError            **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray               *support_repository_list_profiles (BackstayRepository *self,
                                                           const char         *search) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray               *support_repository_list_types (BackstayRepository *self) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray               *support_repository_list_history (BackstayRepository *self,
                                                          const char         *model_type,
                                                          BackstayVersion    *before,
                                                          guint               limit) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray               *support_repository_list_active (BackstayRepository *self,
                                                         const char         *model_type) G_GNUC_WARN_UNUSED_RESULT;
BackstayVersion         *support_repository_get_live (BackstayRepository *self,
                                                      const char         *model_type) G_GNUC_WARN_UNUSED_RESULT;
BackstayConfiguration   *support_repository_get_configuration (BackstayRepository *self,
                                                               const char         *id,
                                                               GError            **error) G_GNUC_WARN_UNUSED_RESULT;
BackstayRollbackRequest *support_repository_prepare (BackstayRepository *self,
                                                     const char         *target_id,
                                                     const char         *reason) G_GNUC_WARN_UNUSED_RESULT;
BackstayRollbackOutcome *support_repository_roll_back (BackstayRepository      *self,
                                                       BackstayRollbackRequest *request,
                                                       gboolean                 rehearse,
                                                       GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
BackstayRollbackOutcome *support_repository_undo (BackstayRepository      *self,
                                                  BackstayRollbackOutcome *outcome,
                                                  GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
char                    *support_repository_dup_checksum (void) G_GNUC_WARN_UNUSED_RESULT;
char                    *support_repository_dup_id (const char *config_name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-access.h"
#include "backstay-db-rows.h"
#include "backstay-rollback.h"

G_BEGIN_DECLS

gboolean backstay_rollback_can_ask_for_role (BackstayAccess *access);
gboolean backstay_rollback_check_role (BackstayDbRows *role,
                                       GError        **error);
gboolean backstay_rollback_check_active (BackstayRollbackRequest *request,
                                         GPtrArray               *active,
                                         GError                 **error);
gboolean backstay_rollback_check_target (BackstayRollbackRequest *request,
                                         BackstayDbRows          *target,
                                         GError                 **error);
gboolean backstay_rollback_check_deactivated (BackstayDbRows *deactivated,
                                              guint           n_active,
                                              GError        **error);
gboolean backstay_rollback_check_new (BackstayRollbackRequest *request,
                                      BackstayDbRows          *found,
                                      GError                 **error);
gboolean backstay_rollback_check_live (BackstayRollbackRequest *request,
                                       BackstayDbRows          *check,
                                       const char              *hash,
                                       const char              *created_by,
                                       GError                 **error);
gboolean backstay_rollback_check_created (BackstayNewVersion *version,
                                          BackstayDbRows     *check,
                                          const char         *created_by,
                                          GError            **error);
GError  *backstay_rollback_rephrase (GError *error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

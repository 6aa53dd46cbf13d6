/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-access.h"
#include "backstay-rollback.h"

G_BEGIN_DECLS

char       *backstay_rollback_text_dup_act (BackstayRollbackKind kind,
                                            BackstayVersion     *target,
                                            BackstayVersion     *live) G_GNUC_WARN_UNUSED_RESULT;
char       *backstay_rollback_text_dup_version (BackstayVersion *version) G_GNUC_WARN_UNUSED_RESULT;
char       *backstay_rollback_text_dup_active (GPtrArray *active) G_GNUC_WARN_UNUSED_RESULT;
const char *backstay_rollback_text_get_from (BackstayRollbackKind kind,
                                             gboolean             several);
char       *backstay_rollback_text_dup_user (BackstayRollbackKind kind,
                                             BackstayAccess      *access) G_GNUC_WARN_UNUSED_RESULT;
char       *backstay_rollback_text_dup_rehearsal (BackstayRollbackOutcome *outcome) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

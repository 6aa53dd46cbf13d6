/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

G_BEGIN_DECLS

/**
 * BackstayRollbackPlan:
 * @active: (element-type BackstayVersion): what is active now, the live one first
 * @target: the version to make live again, read
 * @live: (nullable): what is live now, read; %NULL where nothing is
 *
 * What somebody has to see who makes another version live, and what the table is compared with then.
 */
typedef struct
{
  GPtrArray             *active;
  BackstayConfiguration *target;
  BackstayConfiguration *live;
} BackstayRollbackPlan;

void                  backstay_rollback_plan_load_async (BackstayRepository *repository,
                                                         BackstayVersion    *target,
                                                         GCancellable       *cancellable,
                                                         GAsyncReadyCallback callback,
                                                         gpointer            user_data);
BackstayRollbackPlan *backstay_rollback_plan_load_finish (GAsyncResult *result,
                                                          GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void                  backstay_rollback_plan_free (BackstayRollbackPlan *self);
gboolean              backstay_rollback_plan_expects_active (BackstayRollbackPlan *self,
                                                             GPtrArray            *active);
gboolean              backstay_rollback_plan_changes_nothing (BackstayRollbackPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayRollbackPlan, backstay_rollback_plan_free)

G_END_DECLS

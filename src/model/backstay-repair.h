/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-version.h"

G_BEGIN_DECLS

typedef struct _BackstayRepair BackstayRepair;

BackstayRepair *backstay_repair_new_keep_newest (GPtrArray *active) G_GNUC_WARN_UNUSED_RESULT;
BackstayRepair *backstay_repair_new_set_inactive (GPtrArray *versions) G_GNUC_WARN_UNUSED_RESULT;
BackstayRepair *backstay_repair_new_undo (BackstayRepair *self) G_GNUC_WARN_UNUSED_RESULT;
BackstayRepair *backstay_repair_ref (BackstayRepair *self);
void            backstay_repair_unref (BackstayRepair *self);
const char     *backstay_repair_get_model_type (BackstayRepair *self);
guint           backstay_repair_get_n_changed (BackstayRepair *self);
char           *backstay_repair_dup_ids (BackstayRepair *self) G_GNUC_WARN_UNUSED_RESULT;
const char     *backstay_repair_get_state_before (BackstayRepair *self);
const char     *backstay_repair_get_state_after (BackstayRepair *self);
gboolean        backstay_repair_expects_before (BackstayRepair *self,
                                                GPtrArray      *active);
gboolean        backstay_repair_expects_after (BackstayRepair *self,
                                               GPtrArray      *active);
char           *backstay_repair_dup_preview (BackstayRepair *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayRepair, backstay_repair_unref)

G_END_DECLS

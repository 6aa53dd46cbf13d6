/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_ROLLBACK_DIALOG (backstay_rollback_dialog_get_type ())

G_DECLARE_FINAL_TYPE (BackstayRollbackDialog, backstay_rollback_dialog, BACKSTAY, ROLLBACK_DIALOG, AdwWindow)

BackstayRollbackDialog *backstay_rollback_dialog_new (GtkWindow          *parent,
                                                      BackstayRepository *repository,
                                                      BackstayVersion    *target,
                                                      const char         *server) G_GNUC_WARN_UNUSED_RESULT;
const char             *backstay_rollback_dialog_get_model_type (BackstayRollbackDialog *self);
void                    backstay_rollback_dialog_tell_active (BackstayRollbackDialog *self,
                                                              GPtrArray              *active);
gboolean                backstay_rollback_dialog_get_busy (BackstayRollbackDialog *self);

G_END_DECLS

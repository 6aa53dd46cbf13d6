/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-model-type.h"
#include "backstay-repository.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_EXPORT_DIALOG (backstay_export_dialog_get_type ())

G_DECLARE_FINAL_TYPE (BackstayExportDialog, backstay_export_dialog, BACKSTAY, EXPORT_DIALOG, AdwWindow)

BackstayExportDialog *backstay_export_dialog_new (GtkWindow          *parent,
                                                  BackstayRepository *repository,
                                                  BackstayModelType  *model_type,
                                                  BackstayVersion    *selected,
                                                  BackstayVersion    *marked);
void                  backstay_export_dialog_export_to (BackstayExportDialog *self,
                                                        GFile                *file);
void                  backstay_export_dialog_end_session (BackstayExportDialog *self);

G_END_DECLS

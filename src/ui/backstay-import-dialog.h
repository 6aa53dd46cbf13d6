/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_IMPORT_DIALOG (backstay_import_dialog_get_type ())

G_DECLARE_FINAL_TYPE (BackstayImportDialog, backstay_import_dialog, BACKSTAY, IMPORT_DIALOG, AdwWindow)

BackstayImportDialog *backstay_import_dialog_new (GtkWindow          *parent,
                                                  BackstayRepository *repository,
                                                  GFile              *file);
void                  backstay_import_dialog_end_session (BackstayImportDialog *self);

G_END_DECLS

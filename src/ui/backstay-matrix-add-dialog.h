/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_MATRIX_ADD_DIALOG (backstay_matrix_add_dialog_get_type ())

G_DECLARE_FINAL_TYPE (BackstayMatrixAddDialog, backstay_matrix_add_dialog, BACKSTAY, MATRIX_ADD_DIALOG, AdwWindow)

BackstayMatrixAddDialog *backstay_matrix_add_dialog_new (GtkWindow          *parent,
                                                         BackstayRepository *repository) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

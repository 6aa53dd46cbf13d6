/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_IDENTITY_DIALOG (backstay_identity_dialog_get_type ())

G_DECLARE_FINAL_TYPE (BackstayIdentityDialog, backstay_identity_dialog, BACKSTAY, IDENTITY_DIALOG, AdwWindow)

BackstayIdentityDialog *backstay_identity_dialog_new (GtkWindow          *parent,
                                                      BackstayRepository *repository) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_PASSWORD_DIALOG (backstay_password_dialog_get_type ())

G_DECLARE_FINAL_TYPE (BackstayPasswordDialog, backstay_password_dialog, BACKSTAY, PASSWORD_DIALOG, AdwWindow)

BackstayPasswordDialog *backstay_password_dialog_new (GtkWindow  *parent,
                                                      const char *text,
                                                      gboolean    can_keep) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

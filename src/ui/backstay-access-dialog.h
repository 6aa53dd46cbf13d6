/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-access.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_ACCESS_DIALOG (backstay_access_dialog_get_type ())

G_DECLARE_FINAL_TYPE (BackstayAccessDialog, backstay_access_dialog, BACKSTAY, ACCESS_DIALOG, AdwWindow)

BackstayAccessDialog *backstay_access_dialog_new (GtkWindow      *parent,
                                                  BackstayAccess *access,
                                                  const char     *server) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_PATH_SET_DIALOG (backstay_path_set_dialog_get_type ())

G_DECLARE_FINAL_TYPE (BackstayPathSetDialog, backstay_path_set_dialog, BACKSTAY, PATH_SET_DIALOG, AdwWindow)

BackstayPathSetDialog *backstay_path_set_dialog_new (GtkWindow         *parent,
                                                     const char        *name,
                                                     const char *const *pointers) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_APPLICATION (backstay_application_get_type ())

G_DECLARE_FINAL_TYPE (BackstayApplication, backstay_application, BACKSTAY, APPLICATION, AdwApplication)

BackstayApplication *backstay_application_new (void) G_GNUC_WARN_UNUSED_RESULT;
int                  backstay_application_get_exit_status (BackstayApplication *self);

G_END_DECLS

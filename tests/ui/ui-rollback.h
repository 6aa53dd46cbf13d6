/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui-support.h"

G_BEGIN_DECLS

/* The version that burns everything, and the one before it. */
#define UI_LIVE "SDXL Production Config v2.2"
#define UI_GOOD "SDXL Production Config v2.1"

gpointer    ui_open_rollback (BackstayWindow *window,
                              const char     *config_name);
void        ui_wait_until_idle (gpointer dialog);
void        ui_roll_back (gpointer    dialog,
                          const char *reason);
const char *ui_get_notice (gpointer root);
char       *ui_dup_checksum (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

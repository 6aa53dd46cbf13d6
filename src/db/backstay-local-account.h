/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean backstay_local_account_leave_root (const char *wanted,
                                            char      **usable);

G_END_DECLS

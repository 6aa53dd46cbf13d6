/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *backstay_look_alike_dup_warning (const char        *name,
                                       const char *const *existing) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *backstay_look_alike_group (GPtrArray *names) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

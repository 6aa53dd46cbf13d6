/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-local-event.h"

G_BEGIN_DECLS

GError *backstay_local_server_error_new (BackstayLocalEvent event,
                                         const char *const *arguments) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

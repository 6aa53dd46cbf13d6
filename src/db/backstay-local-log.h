/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int      backstay_local_log_open (const char *path);
char    *backstay_local_log_read (const char *path) G_GNUC_WARN_UNUSED_RESULT;
char    *backstay_local_log_dup_reason (const char *text) G_GNUC_WARN_UNUSED_RESULT;
gboolean backstay_local_log_tells_of_no_space (const char *text);

G_END_DECLS

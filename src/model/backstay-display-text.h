/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *backstay_display_text (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char *backstay_display_text_len (const char *text,
                                 gsize       length,
                                 gsize       max_chars) G_GNUC_WARN_UNUSED_RESULT;
char *backstay_display_text_line (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char *backstay_display_text_lines (const char *text) G_GNUC_WARN_UNUSED_RESULT;

gboolean backstay_display_text_is_hidden (gunichar c);

G_END_DECLS

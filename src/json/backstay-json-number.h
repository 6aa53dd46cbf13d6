/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean backstay_json_number_equal (const char *a,
                                     gsize       a_length,
                                     const char *b,
                                     gsize       b_length);
guint64  backstay_json_number_hash (const char *lexeme,
                                    gsize       length);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* A text view lays out all of its text, and hangs on long lines: above this there are no colours. */
#define BACKSTAY_SOURCE_LARGE_TEXT (256 * 1024)
#define BACKSTAY_SOURCE_LONG_LINE 8192
#define BACKSTAY_SOURCE_DEEP 250

void     backstay_source_style_set_up (GtkSourceBuffer *buffer);
void     backstay_source_style_set_coloured (GtkSourceBuffer *buffer,
                                             gboolean         coloured);
void     backstay_source_style_release (GtkSourceView *view);
gboolean backstay_source_style_has_long_line (const char *text,
                                              gsize       length,
                                              gsize       limit);
gboolean backstay_source_style_is_too_much (const char *text,
                                            gsize       length);

G_END_DECLS

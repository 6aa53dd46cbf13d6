/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_TEXT_LINE (backstay_text_line_get_type ())

G_DECLARE_FINAL_TYPE (BackstayTextLine, backstay_text_line, BACKSTAY, TEXT_LINE, GObject)

BackstayTextLine *backstay_text_line_new (guint       number,
                                          const char *text,
                                          gsize       length) G_GNUC_WARN_UNUSED_RESULT;
guint             backstay_text_line_get_number (BackstayTextLine *self);
const char       *backstay_text_line_get_text (BackstayTextLine *self);

G_END_DECLS

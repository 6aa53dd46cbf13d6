/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-text-line.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_TEXT_LINES (backstay_text_lines_get_type ())

G_DECLARE_FINAL_TYPE (BackstayTextLines, backstay_text_lines, BACKSTAY, TEXT_LINES, GObject)

BackstayTextLines *backstay_text_lines_new (GBytes *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

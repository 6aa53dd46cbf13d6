/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_TEXT_VIEW (backstay_text_view_get_type ())

G_DECLARE_FINAL_TYPE (BackstayTextView, backstay_text_view, BACKSTAY, TEXT_VIEW, GtkWidget)

void backstay_text_view_set_json (BackstayTextView *self,
                                  BackstayJson     *json);

G_END_DECLS

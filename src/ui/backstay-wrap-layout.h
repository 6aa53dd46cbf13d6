/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_WRAP_LAYOUT (backstay_wrap_layout_get_type ())

G_DECLARE_FINAL_TYPE (BackstayWrapLayout, backstay_wrap_layout, BACKSTAY, WRAP_LAYOUT, GtkLayoutManager)

G_END_DECLS

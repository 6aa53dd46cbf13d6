/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_LOADING (backstay_loading_get_type ())
G_DECLARE_FINAL_TYPE (BackstayLoading, backstay_loading, BACKSTAY, LOADING, GtkWidget)

G_END_DECLS

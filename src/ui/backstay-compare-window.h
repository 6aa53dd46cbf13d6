/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-document.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_COMPARE_WINDOW (backstay_compare_window_get_type ())

G_DECLARE_FINAL_TYPE (BackstayCompareWindow, backstay_compare_window, BACKSTAY, COMPARE_WINDOW, AdwApplicationWindow)

BackstayCompareWindow *backstay_compare_window_new (GtkApplication *application) G_GNUC_WARN_UNUSED_RESULT;
void                   backstay_compare_window_compare (BackstayCompareWindow *self,
                                                        BackstayDocument      *before,
                                                        BackstayDocument      *after);
gboolean               backstay_compare_window_get_busy (BackstayCompareWindow *self);
gboolean               backstay_compare_window_get_ready (BackstayCompareWindow *self);

G_END_DECLS

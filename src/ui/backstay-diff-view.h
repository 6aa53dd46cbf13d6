/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_DIFF_VIEW (backstay_diff_view_get_type ())

G_DECLARE_FINAL_TYPE (BackstayDiffView, backstay_diff_view, BACKSTAY, DIFF_VIEW, GtkWidget)

void     backstay_diff_view_show_loading (BackstayDiffView *self);
void     backstay_diff_view_show_message (BackstayDiffView *self,
                                          const char       *title,
                                          const char       *text);
void     backstay_diff_view_compare (BackstayDiffView *self,
                                     BackstayJson     *before,
                                     BackstayJson     *after,
                                     const char       *before_title,
                                     const char       *after_title);
void     backstay_diff_view_follow (BackstayDiffView *self,
                                    BackstayJson     *before,
                                    BackstayJson     *after,
                                    const char       *before_title,
                                    const char       *after_title);
gboolean backstay_diff_view_get_loading (BackstayDiffView *self);

G_END_DECLS

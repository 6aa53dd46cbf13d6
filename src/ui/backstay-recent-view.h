/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_RECENT_VIEW (backstay_recent_view_get_type ())

G_DECLARE_FINAL_TYPE (BackstayRecentView, backstay_recent_view, BACKSTAY, RECENT_VIEW, GtkWidget)

void     backstay_recent_view_show (BackstayRecentView *self,
                                    BackstayRepository *repository);
void     backstay_recent_view_reload (BackstayRecentView *self);
void     backstay_recent_view_tell_changed (BackstayRecentView *self);
gboolean backstay_recent_view_get_loading (BackstayRecentView *self);

G_END_DECLS

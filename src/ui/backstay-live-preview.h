/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-rollback-plan.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_LIVE_PREVIEW (backstay_live_preview_get_type ())

G_DECLARE_FINAL_TYPE (BackstayLivePreview, backstay_live_preview, BACKSTAY, LIVE_PREVIEW, GtkWidget)

void backstay_live_preview_show_loading (BackstayLivePreview *self);
void backstay_live_preview_show (BackstayLivePreview  *self,
                                 BackstayRollbackPlan *plan);

G_END_DECLS

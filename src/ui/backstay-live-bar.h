/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-model-type.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_LIVE_BAR (backstay_live_bar_get_type ())

G_DECLARE_FINAL_TYPE (BackstayLiveBar, backstay_live_bar, BACKSTAY, LIVE_BAR, GtkWidget)

void backstay_live_bar_set_model_type (BackstayLiveBar   *self,
                                       BackstayModelType *model_type);
void backstay_live_bar_update_time (BackstayLiveBar *self);

G_END_DECLS

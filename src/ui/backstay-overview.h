/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-type-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_OVERVIEW (backstay_overview_get_type ())

G_DECLARE_FINAL_TYPE (BackstayOverview, backstay_overview, BACKSTAY, OVERVIEW, GtkWidget)

void     backstay_overview_show (BackstayOverview   *self,
                                 BackstayRepository *repository,
                                 BackstayTypeList   *types);
void     backstay_overview_update_times (BackstayOverview *self);
gboolean backstay_overview_get_loading (BackstayOverview *self);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-model-type.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_OVERVIEW_ROW (backstay_overview_row_get_type ())

G_DECLARE_FINAL_TYPE (BackstayOverviewRow, backstay_overview_row, BACKSTAY, OVERVIEW_ROW, GtkListBoxRow)

BackstayOverviewRow *backstay_overview_row_new (BackstayModelType *model_type);
BackstayModelType   *backstay_overview_row_get_model_type (BackstayOverviewRow *self);
void                 backstay_overview_row_set_active (BackstayOverviewRow *self,
                                                       GPtrArray           *versions);
void                 backstay_overview_row_update_time (BackstayOverviewRow *self);

G_END_DECLS

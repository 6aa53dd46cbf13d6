/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-change-sums.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_CHANGES_LEGEND (backstay_changes_legend_get_type ())

G_DECLARE_FINAL_TYPE (BackstayChangesLegend, backstay_changes_legend, BACKSTAY, CHANGES_LEGEND, GtkWidget)

void backstay_changes_legend_set_sums (BackstayChangesLegend *self,
                                       BackstayChangeSums    *sums);

G_END_DECLS

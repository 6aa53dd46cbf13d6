/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-change-sums.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* In place of a bucket's number. */
#define BACKSTAY_CHANGES_CHART_NONE G_MAXUINT

#define BACKSTAY_TYPE_CHANGES_CHART (backstay_changes_chart_get_type ())

G_DECLARE_FINAL_TYPE (BackstayChangesChart, backstay_changes_chart, BACKSTAY, CHANGES_CHART, GtkWidget)

void  backstay_changes_chart_set_sums (BackstayChangesChart *self,
                                       BackstayChangeSums   *sums);
void  backstay_changes_chart_set_selected (BackstayChangesChart *self,
                                           guint                 bucket);
guint backstay_changes_chart_get_pointed (BackstayChangesChart *self);

G_END_DECLS

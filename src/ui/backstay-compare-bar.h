/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-version.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_COMPARE_BAR (backstay_compare_bar_get_type ())

G_DECLARE_FINAL_TYPE (BackstayCompareBar, backstay_compare_bar, BACKSTAY, COMPARE_BAR, GtkWidget)

void             backstay_compare_bar_set_list_view (BackstayCompareBar *self,
                                                     GtkListView        *list_view);
void             backstay_compare_bar_set_selected (BackstayCompareBar *self,
                                                    BackstayVersion    *selected);
void             backstay_compare_bar_set_marked (BackstayCompareBar *self,
                                                  BackstayVersion    *marked);
BackstayVersion *backstay_compare_bar_get_marked (BackstayCompareBar *self);

G_END_DECLS

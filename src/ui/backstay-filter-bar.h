/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-history-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_FILTER_BAR (backstay_filter_bar_get_type ())

G_DECLARE_FINAL_TYPE (BackstayFilterBar, backstay_filter_bar, BACKSTAY, FILTER_BAR, GtkWidget)

void                   backstay_filter_bar_show (BackstayFilterBar   *self,
                                                 BackstayRepository  *repository,
                                                 BackstayHistoryList *list);
BackstayHistoryFilter *backstay_filter_bar_get_filter (BackstayFilterBar *self);
void                   backstay_filter_bar_set_filter (BackstayFilterBar     *self,
                                                       BackstayHistoryFilter *filter);
void                   backstay_filter_bar_put_off (BackstayFilterBar *self,
                                                    const char        *reason);

G_END_DECLS

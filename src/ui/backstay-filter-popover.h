/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-history-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_FILTER_POPOVER (backstay_filter_popover_get_type ())

G_DECLARE_FINAL_TYPE (BackstayFilterPopover, backstay_filter_popover, BACKSTAY, FILTER_POPOVER, GtkPopover)

void backstay_filter_popover_set_place (BackstayFilterPopover *self,
                                        BackstayRepository    *repository,
                                        BackstayHistoryList   *list);

G_END_DECLS

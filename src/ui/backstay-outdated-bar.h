/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-history-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_OUTDATED_BAR (backstay_outdated_bar_get_type ())

G_DECLARE_FINAL_TYPE (BackstayOutdatedBar, backstay_outdated_bar, BACKSTAY, OUTDATED_BAR, GtkWidget)

void backstay_outdated_bar_set_list (BackstayOutdatedBar *self,
                                     BackstayHistoryList *list);

G_END_DECLS

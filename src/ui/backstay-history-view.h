/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-history-list.h"
#include "backstay-model-type.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_HISTORY_VIEW (backstay_history_view_get_type ())

G_DECLARE_FINAL_TYPE (BackstayHistoryView, backstay_history_view, BACKSTAY, HISTORY_VIEW, GtkWidget)

void             backstay_history_view_show (BackstayHistoryView *self,
                                             BackstayRepository  *repository,
                                             BackstayModelType   *model_type,
                                             const char          *select_id);
void             backstay_history_view_select_newest (BackstayHistoryView *self);
void             backstay_history_view_reload (BackstayHistoryView *self,
                                               const char          *select_id);
void             backstay_history_view_reload_with (BackstayHistoryView *self,
                                                    const char          *id);
void             backstay_history_view_look (BackstayHistoryView *self,
                                             GPtrArray           *active);
void             backstay_history_view_update_times (BackstayHistoryView *self);
gboolean         backstay_history_view_select (BackstayHistoryView *self,
                                               const char          *id);
BackstayVersion *backstay_history_view_get_selected (BackstayHistoryView *self);
GStrv            backstay_history_view_list_names (BackstayHistoryView *self) G_GNUC_WARN_UNUSED_RESULT;
BackstayVersion *backstay_history_view_get_marked (BackstayHistoryView *self);
gboolean         backstay_history_view_get_loading (BackstayHistoryView *self);

G_END_DECLS

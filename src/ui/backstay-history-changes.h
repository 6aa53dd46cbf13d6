/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-history-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_HISTORY_CHANGES (backstay_history_changes_get_type ())

G_DECLARE_FINAL_TYPE (BackstayHistoryChanges, backstay_history_changes, BACKSTAY, HISTORY_CHANGES, GObject)

BackstayHistoryChanges *backstay_history_changes_new (GtkListView        *list_view,
                                                      GtkListItemFactory *factory) G_GNUC_WARN_UNUSED_RESULT;
void                    backstay_history_changes_show (BackstayHistoryChanges *self,
                                                       BackstayRepository     *repository,
                                                       BackstayHistoryList    *list);
gboolean                backstay_history_changes_get_loading (BackstayHistoryChanges *self);

G_END_DECLS

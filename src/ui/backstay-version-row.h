/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-list-row.h"
#include "backstay-version.h"

G_BEGIN_DECLS

#define BACKSTAY_TYPE_VERSION_ROW (backstay_version_row_get_type ())

G_DECLARE_FINAL_TYPE (BackstayVersionRow, backstay_version_row, BACKSTAY, VERSION_ROW, BackstayListRow)

void       backstay_version_row_update_time (BackstayVersionRow *self);
void       backstay_version_row_set_changes (BackstayVersionRow *self,
                                             const char         *text);
void       backstay_version_row_set_marked (BackstayVersionRow *self,
                                            gboolean            marked);
GtkWidget *backstay_version_row_find (GtkListView     *list_view,
                                      BackstayVersion *version);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_VERSION_VIEW (backstay_version_view_get_type ())

G_DECLARE_FINAL_TYPE (BackstayVersionView, backstay_version_view, BACKSTAY, VERSION_VIEW, GtkWidget)

void             backstay_version_view_show (BackstayVersionView *self,
                                             BackstayRepository  *repository,
                                             BackstayVersion     *version,
                                             BackstayVersion     *live);
void             backstay_version_view_update_active (BackstayVersionView *self,
                                                      GPtrArray           *active);
BackstayVersion *backstay_version_view_get_version (BackstayVersionView *self);
gboolean         backstay_version_view_get_loading (BackstayVersionView *self);
void             backstay_version_view_show_changes (BackstayVersionView *self);
void             backstay_version_view_open_search (BackstayVersionView *self);
void             backstay_version_view_run_on_changes (BackstayVersionView *self,
                                                       const char          *action_name);
void             backstay_version_view_update_times (BackstayVersionView *self);

G_END_DECLS

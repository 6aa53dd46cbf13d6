/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_CHANGES_VIEW (backstay_changes_view_get_type ())

G_DECLARE_FINAL_TYPE (BackstayChangesView, backstay_changes_view, BACKSTAY, CHANGES_VIEW, GtkWidget)

void     backstay_changes_view_show (BackstayChangesView   *self,
                                     BackstayRepository    *repository,
                                     BackstayConfiguration *configuration,
                                     BackstayVersion       *live);
void     backstay_changes_view_update_live (BackstayChangesView *self,
                                            BackstayVersion     *live);
gboolean backstay_changes_view_get_loading (BackstayChangesView *self);
void     backstay_changes_view_run (BackstayChangesView *self,
                                    const char          *action_name);

G_END_DECLS

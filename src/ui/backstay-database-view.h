/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-finding.h"
#include "backstay-repository.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_DATABASE_VIEW (backstay_database_view_get_type ())

G_DECLARE_FINAL_TYPE (BackstayDatabaseView, backstay_database_view, BACKSTAY, DATABASE_VIEW, GtkWidget)

void        backstay_database_view_show (BackstayDatabaseView *self,
                                         BackstayRepository   *repository,
                                         const char           *server);
void        backstay_database_view_reload (BackstayDatabaseView *self);
gboolean    backstay_database_view_get_loading (BackstayDatabaseView *self);
guint       backstay_database_view_get_n_problems (BackstayDatabaseView *self);
const char *backstay_database_view_get_warning (BackstayDatabaseView *self);
void        backstay_database_view_save_to (BackstayDatabaseView *self,
                                            BackstayFinding      *finding,
                                            GFile                *file);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_INTEGRITY_VIEW (backstay_integrity_view_get_type ())

G_DECLARE_FINAL_TYPE (BackstayIntegrityView, backstay_integrity_view, BACKSTAY, INTEGRITY_VIEW, GtkWidget)

void     backstay_integrity_view_show (BackstayIntegrityView *self,
                                       BackstayRepository    *repository);
void     backstay_integrity_view_reload (BackstayIntegrityView *self);
gboolean backstay_integrity_view_get_loading (BackstayIntegrityView *self);
guint    backstay_integrity_view_get_n_issues (BackstayIntegrityView *self);

G_END_DECLS

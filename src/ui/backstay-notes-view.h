/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-version.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_NOTES_VIEW (backstay_notes_view_get_type ())

G_DECLARE_FINAL_TYPE (BackstayNotesView, backstay_notes_view, BACKSTAY, NOTES_VIEW, GtkWidget)

void backstay_notes_view_show (BackstayNotesView *self,
                               BackstayVersion   *version);

G_END_DECLS

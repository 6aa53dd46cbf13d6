/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_JSON_VIEW (backstay_json_view_get_type ())

G_DECLARE_FINAL_TYPE (BackstayJsonView, backstay_json_view, BACKSTAY, JSON_VIEW, GtkWidget)

void          backstay_json_view_set_json (BackstayJsonView *self,
                                           BackstayJson     *json);
BackstayJson *backstay_json_view_get_json (BackstayJsonView *self);
void          backstay_json_view_set_search_mode (BackstayJsonView *self,
                                                  gboolean          search_mode);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-secrets.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_START_VIEW (backstay_start_view_get_type ())

G_DECLARE_FINAL_TYPE (BackstayStartView, backstay_start_view, BACKSTAY, START_VIEW, GtkWidget)

void        backstay_start_view_show_connect (BackstayStartView *self,
                                              BackstaySecrets   *secrets);
void        backstay_start_view_show_loading (BackstayStartView *self,
                                              const char        *text);
void        backstay_start_view_show_failure (BackstayStartView *self,
                                              const char        *title,
                                              const char        *text);
void        backstay_start_view_show_refusal (BackstayStartView *self,
                                              const char        *title,
                                              const char        *user,
                                              const char        *server,
                                              const char        *text,
                                              gboolean           can_sign_in);
const char *backstay_start_view_get_page (BackstayStartView *self);

G_END_DECLS

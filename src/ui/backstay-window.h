/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"
#include "backstay-secrets.h"
#include "backstay-server.h"
#include "backstay-watcher.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_WINDOW (backstay_window_get_type ())

G_DECLARE_FINAL_TYPE (BackstayWindow, backstay_window, BACKSTAY, WINDOW, AdwApplicationWindow)

BackstayWindow  *backstay_window_new (GtkApplication *application) G_GNUC_WARN_UNUSED_RESULT;
void             backstay_window_open (BackstayWindow   *self,
                                       BackstayDbConfig *config,
                                       BackstayIdentity *identity,
                                       gboolean          is_sample);
void             backstay_window_open_server (BackstayWindow *self,
                                              BackstayServer *server);
void             backstay_window_set_secrets (BackstayWindow  *self,
                                              BackstaySecrets *secrets);
void             backstay_window_open_sample (BackstayWindow *self);
void             backstay_window_show_connect (BackstayWindow *self);
void             backstay_window_show_progress (BackstayWindow *self,
                                                const char     *text);
void             backstay_window_show_failure (BackstayWindow *self,
                                               const char     *title,
                                               const char     *text);
void             backstay_window_show_type (BackstayWindow *self,
                                            const char     *model_type);
void             backstay_window_save_report (BackstayWindow *self,
                                              const char     *id,
                                              GFile          *file);
BackstayWatcher *backstay_window_get_watcher (BackstayWindow *self);
gboolean         backstay_window_get_busy (BackstayWindow *self);
gboolean         backstay_window_get_ready (BackstayWindow *self);
gboolean         backstay_window_get_wants_sample (BackstayWindow *self);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

G_BEGIN_DECLS

#define BACKSTAY_TYPE_WATCHER (backstay_watcher_get_type ())

G_DECLARE_FINAL_TYPE (BackstayWatcher, backstay_watcher, BACKSTAY, WATCHER, GObject)

BackstayWatcher *backstay_watcher_new (BackstayDbConfig   *config,
                                       BackstayIdentity   *identity,
                                       BackstayRepository *reader) G_GNUC_WARN_UNUSED_RESULT;
void             backstay_watcher_look (BackstayWatcher *self);
void             backstay_watcher_look_anew (BackstayWatcher *self);
void             backstay_watcher_set_background (BackstayWatcher *self,
                                                  gboolean         background);
gboolean         backstay_watcher_get_watching (BackstayWatcher *self);
gboolean         backstay_watcher_get_listening (BackstayWatcher *self);

G_END_DECLS

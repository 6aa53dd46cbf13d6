/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-draft.h"
#include "backstay-repository.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_EDITOR_WINDOW (backstay_editor_window_get_type ())

G_DECLARE_FINAL_TYPE (BackstayEditorWindow, backstay_editor_window, BACKSTAY, EDITOR_WINDOW, AdwWindow)

BackstayEditorWindow *backstay_editor_window_new (GtkApplication     *application,
                                                  BackstayRepository *repository,
                                                  const char *const  *model_types,
                                                  BackstayDraft      *draft,
                                                  gboolean            modified) G_GNUC_WARN_UNUSED_RESULT;
void                  backstay_editor_window_follow (BackstayEditorWindow *self,
                                                     BackstayRepository   *repository,
                                                     const char           *server_key);
const char           *backstay_editor_window_get_server (BackstayEditorWindow *self);
BackstayRepository   *backstay_editor_window_get_repository (BackstayEditorWindow *self);
gboolean              backstay_editor_window_get_busy (BackstayEditorWindow *self);
gboolean              backstay_editor_window_ask_all (GtkApplication *application);

G_END_DECLS

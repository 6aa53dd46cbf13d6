/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_MATRIX_WINDOW (backstay_matrix_window_get_type ())

G_DECLARE_FINAL_TYPE (BackstayMatrixWindow, backstay_matrix_window, BACKSTAY, MATRIX_WINDOW, AdwWindow)

BackstayMatrixWindow *backstay_matrix_window_new (GtkWindow  *parent,
                                                  const char *server,
                                                  const char *server_key) G_GNUC_WARN_UNUSED_RESULT;
void                  backstay_matrix_window_show_live (BackstayMatrixWindow *self,
                                                        BackstayRepository   *repository);
void                  backstay_matrix_window_show_versions (BackstayMatrixWindow *self,
                                                            BackstayRepository   *repository,
                                                            GPtrArray            *versions);
gboolean              backstay_matrix_window_get_loading (BackstayMatrixWindow *self);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-window-matrix"

#include "config.h"

#include "backstay-window-private.h"

#include "backstay-matrix-window.h"

void
backstay_window_compare_live_action (GtkWidget  *widget,
                                     const char *action_name,
                                     GVariant   *parameter)
{
  BackstayWindow       *self = BACKSTAY_WINDOW (widget);
  BackstayMatrixWindow *matrix_window;

  matrix_window = backstay_matrix_window_new (GTK_WINDOW (self), backstay_window_get_server_label (self),
                                              backstay_window_get_server_key (self));

  /* It shows what only this user may see, and only from this server. */
  g_signal_connect_object (self, "content-cleared", G_CALLBACK (gtk_window_destroy), matrix_window,
                           G_CONNECT_SWAPPED);
  backstay_matrix_window_show_live (matrix_window, self->repository);
  gtk_window_present (GTK_WINDOW (matrix_window));
}

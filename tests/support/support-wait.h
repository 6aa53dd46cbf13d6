/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the condition depends on may change in the main loop or outside of this program. */
typedef gboolean (*SupportCondition) (gpointer user_data);

void          support_keep_result_cb (GObject      *object,
                                      GAsyncResult *result,
                                      gpointer      user_data);
GAsyncResult *support_wait_for_result (GAsyncResult **result);
void          support_wait_until (SupportCondition condition,
                                  gpointer         user_data);
void          support_run_pending (void);
gboolean      support_is_zero (gpointer counter);
guint         support_count_entries (const char *directory);

G_END_DECLS

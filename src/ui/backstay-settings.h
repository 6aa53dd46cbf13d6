/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void     backstay_settings_restore_window (GtkWindow *window);
void     backstay_settings_save_window (GtkWindow *window);
void     backstay_settings_adopt_server (const char *name,
                                         const char *server);
char    *backstay_settings_dup_identity (const char *server) G_GNUC_WARN_UNUSED_RESULT;
void     backstay_settings_save_identity (const char *server,
                                          const char *identity);
gboolean backstay_settings_get_notifications (void);
GAction *backstay_settings_create_notifications_action (void) G_GNUC_WARN_UNUSED_RESULT;

GVariant *backstay_settings_dup_path_sets (const char *server) G_GNUC_WARN_UNUSED_RESULT;
void      backstay_settings_save_path_sets (const char *server,
                                            GVariant   *sets);

gboolean backstay_settings_get_needs_notes (void);

char *backstay_settings_dup_filter (const char *server,
                                    const char *model_type) G_GNUC_WARN_UNUSED_RESULT;
void  backstay_settings_save_filter (const char *server,
                                     const char *model_type,
                                     const char *filter);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a user finds in a window, and what a user does there. */

gpointer    ui_find (gpointer    root,
                     const char *id);
gpointer    ui_find_type (gpointer root,
                          GType    type);
gboolean    ui_has_button (gpointer    root,
                           const char *label);
gpointer    ui_find_button (gpointer    root,
                            const char *label);
gpointer    ui_find_row (gpointer list_view,
                         guint    position);
guint       ui_count (gpointer root,
                      GType    type);
gboolean    ui_shows (gpointer    root,
                      const char *text);
const char *ui_get_label (gpointer    root,
                          const char *id);
const char *ui_get_page (gpointer    root,
                         const char *id);
GListModel *ui_get_model (gpointer list_view);
char       *ui_dup_name (gpointer widget) G_GNUC_WARN_UNUSED_RESULT;
void        ui_click (gpointer button);
gboolean    ui_press (gpointer        window,
                      guint           keyval,
                      GdkModifierType modifiers);
void        ui_type (gpointer    editable,
                     const char *text);
gboolean    ui_drop (gpointer    widget,
                     const char *path,
                     const char *second_path);

G_END_DECLS

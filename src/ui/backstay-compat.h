/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*BackstayCompatFileFunc) (GFile   *file,
                                        gpointer user_data);

void backstay_compat_guard_scrolling (GtkScrolledWindow *scrolled_window);
void backstay_compat_scroll_to (GtkListView *list_view,
                                guint        position);
void backstay_compat_name_list_item (GtkListItem *list_item,
                                     const char  *name);
void backstay_compat_describe_list_item (GtkListItem *list_item,
                                         const char  *description);
void backstay_compat_name_menu_buttons (GtkWidget *widget);
void backstay_compat_dispose_template (GtkWidget *widget,
                                       GType      type);
void backstay_compat_show_message (GtkWindow  *parent,
                                   const char *heading,
                                   const char *body);
void backstay_compat_choose_file (GtkWindow             *parent,
                                  const char            *title,
                                  BackstayCompatFileFunc func,
                                  gpointer               user_data);

GtkNativeDialog *backstay_compat_new_file_chooser (GtkWindow  *parent,
                                                   const char *title) G_GNUC_WARN_UNUSED_RESULT;
GtkNativeDialog *backstay_compat_new_save_chooser (GtkWindow  *parent,
                                                   const char *title,
                                                   const char *name) G_GNUC_WARN_UNUSED_RESULT;
GFile           *backstay_compat_get_chosen_file (GtkNativeDialog *chooser) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

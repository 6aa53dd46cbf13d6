/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_MAIN_MENU (backstay_main_menu_get_type ())

G_DECLARE_FINAL_TYPE (BackstayMainMenu, backstay_main_menu, BACKSTAY, MAIN_MENU, GtkWidget)

G_END_DECLS

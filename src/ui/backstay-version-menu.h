/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-version.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BackstayVersionMenuFunc:
 * @version: the version that a menu is wanted for
 * @user_data: data of the caller
 *
 * Called before the menu is shown, to make it be about this version.
 */
typedef void (*BackstayVersionMenuFunc) (BackstayVersion *version,
                                         gpointer         user_data);

void backstay_version_menu_name_rollback (GMenu           *menu,
                                          BackstayVersion *version,
                                          BackstayVersion *live);
void backstay_version_menu_attach (GtkPopover             *popover,
                                   GtkListView            *list_view,
                                   BackstayVersionMenuFunc func,
                                   gpointer                user_data);

G_END_DECLS

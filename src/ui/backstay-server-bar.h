/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-access.h"
#include "backstay-server.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_SERVER_BAR (backstay_server_bar_get_type ())

G_DECLARE_FINAL_TYPE (BackstayServerBar, backstay_server_bar, BACKSTAY, SERVER_BAR, GtkWidget)

void        backstay_server_bar_show (BackstayServerBar *self,
                                      const char        *name,
                                      BackstayServer    *server,
                                      BackstayAccess    *access);
const char *backstay_server_bar_get_text (BackstayServerBar *self);

G_END_DECLS

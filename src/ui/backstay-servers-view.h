/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-secrets.h"
#include "backstay-server-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_SERVERS_VIEW (backstay_servers_view_get_type ())

G_DECLARE_FINAL_TYPE (BackstayServersView, backstay_servers_view, BACKSTAY, SERVERS_VIEW, GtkWidget)

void backstay_servers_view_set_model (BackstayServersView *self,
                                      BackstayServerList  *servers,
                                      BackstaySecrets     *secrets);

G_END_DECLS

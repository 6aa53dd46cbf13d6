/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-secrets.h"
#include "backstay-server-list.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_SERVER_DIALOG (backstay_server_dialog_get_type ())

G_DECLARE_FINAL_TYPE (BackstayServerDialog, backstay_server_dialog, BACKSTAY, SERVER_DIALOG, AdwWindow)

BackstayServerDialog *backstay_server_dialog_new (GtkWindow          *parent,
                                                  BackstayServer     *server,
                                                  gboolean            is_new,
                                                  BackstayServerList *servers,
                                                  BackstaySecrets    *secrets) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

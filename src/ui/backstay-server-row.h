/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-server.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_SERVER_ROW (backstay_server_row_get_type ())

G_DECLARE_FINAL_TYPE (BackstayServerRow, backstay_server_row, BACKSTAY, SERVER_ROW, AdwActionRow)

BackstayServerRow *backstay_server_row_new (BackstayServer *server) G_GNUC_WARN_UNUSED_RESULT;
BackstayServer    *backstay_server_row_get_server (BackstayServerRow *self);
const char        *backstay_server_color_get_class (BackstayServerColor color);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-server.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_SERVER_LIST (backstay_server_list_get_type ())

G_DECLARE_FINAL_TYPE (BackstayServerList, backstay_server_list, BACKSTAY, SERVER_LIST, GObject)

BackstayServerList *backstay_server_list_new (const char *path) G_GNUC_WARN_UNUSED_RESULT;
void                backstay_server_list_reload (BackstayServerList *self);
void                backstay_server_list_put (BackstayServerList *self,
                                              BackstayServer     *server);
void                backstay_server_list_remove (BackstayServerList *self,
                                                 BackstayServer     *server);
void                backstay_server_list_move (BackstayServerList *self,
                                               BackstayServer     *server,
                                               guint               position);
BackstayServer     *backstay_server_list_find (BackstayServerList *self,
                                               const char         *id,
                                               guint              *position);
gboolean            backstay_server_list_has_name (BackstayServerList *self,
                                                   const char         *name,
                                                   const char         *except_id);
gboolean            backstay_server_list_get_loading (BackstayServerList *self);
gboolean            backstay_server_list_get_loaded (BackstayServerList *self);
const GError       *backstay_server_list_get_error (BackstayServerList *self);

G_END_DECLS

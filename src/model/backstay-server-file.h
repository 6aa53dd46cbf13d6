/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-server.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* How a file of servers is changed. Both block, and are for a thread. */
typedef enum
{
  BACKSTAY_SERVER_CHANGE_NONE,
  BACKSTAY_SERVER_CHANGE_PUT,    /* In the place of the one with its id, or at the end. */
  BACKSTAY_SERVER_CHANGE_REMOVE, /* The one with its id. */
  BACKSTAY_SERVER_CHANGE_MOVE,   /* The one with its id, up or down. */
} BackstayServerChange;

char      *backstay_server_file_dup_path (void) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *backstay_server_file_load (const char *path,
                                      GError    **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *backstay_server_file_change (const char          *path,
                                        BackstayServerChange change,
                                        BackstayServer      *server,
                                        const char          *before_id,
                                        GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

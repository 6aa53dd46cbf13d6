/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-config.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BackstayLocalServerError:
 * @BACKSTAY_LOCAL_SERVER_ERROR_NOT_FOUND: PostgreSQL's server programs are not installed
 * @BACKSTAY_LOCAL_SERVER_ERROR_TOO_OLD: only a version that is too old is installed
 * @BACKSTAY_LOCAL_SERVER_ERROR_OTHER_VERSION: the local database belongs to a major version of
 *   PostgreSQL that is not installed
 * @BACKSTAY_LOCAL_SERVER_ERROR_NO_SPACE: the disk is full
 * @BACKSTAY_LOCAL_SERVER_ERROR_IN_USE: another Backstay uses the same local database
 * @BACKSTAY_LOCAL_SERVER_ERROR_FAILED: anything else
 *
 * Why there is no local server. The message is a sentence for the user.
 */
typedef enum
{
  BACKSTAY_LOCAL_SERVER_ERROR_NOT_FOUND,
  BACKSTAY_LOCAL_SERVER_ERROR_TOO_OLD,
  BACKSTAY_LOCAL_SERVER_ERROR_OTHER_VERSION,
  BACKSTAY_LOCAL_SERVER_ERROR_NO_SPACE,
  BACKSTAY_LOCAL_SERVER_ERROR_IN_USE,
  BACKSTAY_LOCAL_SERVER_ERROR_FAILED,
} BackstayLocalServerError;

#define BACKSTAY_LOCAL_SERVER_ERROR (backstay_local_server_error_quark ())

GQuark backstay_local_server_error_quark (void);

#define BACKSTAY_TYPE_LOCAL_SERVER (backstay_local_server_get_type ())

G_DECLARE_FINAL_TYPE (BackstayLocalServer, backstay_local_server, BACKSTAY, LOCAL_SERVER, GObject)

BackstayLocalServer *backstay_local_server_new (const char *directory) G_GNUC_WARN_UNUSED_RESULT;
BackstayLocalServer *backstay_local_server_new_throw_away (void) G_GNUC_WARN_UNUSED_RESULT;
char                *backstay_local_server_dup_default_directory (void) G_GNUC_WARN_UNUSED_RESULT;
void                 backstay_local_server_add_script (BackstayLocalServer *self,
                                                       const char          *status,
                                                       GBytes              *sql);
const char          *backstay_local_server_get_status (BackstayLocalServer *self);
void                 backstay_local_server_start_async (BackstayLocalServer *self,
                                                        GCancellable        *cancellable,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
BackstayDbConfig    *backstay_local_server_start_finish (BackstayLocalServer *self,
                                                         GAsyncResult        *result,
                                                         GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void                 backstay_local_server_stop_async (BackstayLocalServer *self,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
gboolean             backstay_local_server_stop_finish (BackstayLocalServer *self,
                                                        GAsyncResult        *result,
                                                        GError             **error);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-config.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BackstayLocalScript:
 * @status: what to tell the user while it runs
 * @sql: the statements
 *
 * A file of SQL.
 */
typedef struct
{
  char   *status;
  GBytes *sql;
} BackstayLocalScript;

/**
 * BackstayLocalStatusFunc:
 * @status: what is being done now
 * @user_data: the data
 *
 * Is told of the progress.
 */
typedef void (*BackstayLocalStatusFunc) (const char *status,
                                         gpointer    user_data);

BackstayLocalScript *backstay_local_script_new (const char *status,
                                                GBytes     *sql) G_GNUC_WARN_UNUSED_RESULT;
void                 backstay_local_script_free (gpointer self);
void                 backstay_local_scripts_load_async (GPtrArray              *scripts,
                                                        BackstayDbConfig       *config,
                                                        BackstayLocalStatusFunc status_func,
                                                        gpointer                status_data,
                                                        GCancellable           *cancellable,
                                                        GAsyncReadyCallback     callback,
                                                        gpointer                user_data);
gboolean             backstay_local_scripts_load_finish (GAsyncResult *result,
                                                         GError      **error);

G_END_DECLS

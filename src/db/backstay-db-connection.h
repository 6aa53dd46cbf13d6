/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-config.h"
#include "backstay-db-error.h"
#include "backstay-db-rows.h"
#include "backstay-db-session.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BackstayDbState:
 * @BACKSTAY_DB_STATE_IDLE: never connected
 * @BACKSTAY_DB_STATE_CONNECTED: the server answers
 * @BACKSTAY_DB_STATE_LOST: the server could not be reached, or the connection broke; the next job
 *   connects again
 */
typedef enum
{
  BACKSTAY_DB_STATE_IDLE,
  BACKSTAY_DB_STATE_CONNECTED,
  BACKSTAY_DB_STATE_LOST,
} BackstayDbState;

/**
 * BackstayDbJobFunc:
 * @session: the open connection; valid during the call only
 * @data: the job's data
 * @result: (out): where to put the job's result
 * @error: return location for an error
 *
 * A job: straight-line code in the connection's worker thread. A transaction that it leaves open
 * is rolled back.
 *
 * Returns: whether it succeeded
 */
typedef gboolean (*BackstayDbJobFunc) (BackstayDbSession *session,
                                       gpointer           data,
                                       gpointer          *result,
                                       GError           **error);

#define BACKSTAY_TYPE_DB_CONNECTION (backstay_db_connection_get_type ())

G_DECLARE_FINAL_TYPE (BackstayDbConnection, backstay_db_connection, BACKSTAY, DB_CONNECTION, GObject)

BackstayDbConnection *backstay_db_connection_new (BackstayDbConfig *config) G_GNUC_WARN_UNUSED_RESULT;
BackstayDbConfig     *backstay_db_connection_get_config (BackstayDbConnection *self);
BackstayDbState       backstay_db_connection_get_state (BackstayDbConnection *self);
gsize                 backstay_db_connection_get_received (BackstayDbConnection *self);
void                  backstay_db_connection_run_async (BackstayDbConnection *self,
                                                        BackstayDbJobFunc     func,
                                                        gpointer              data,
                                                        GDestroyNotify        data_free,
                                                        GDestroyNotify        result_free,
                                                        guint                 milliseconds,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gpointer              backstay_db_connection_run_finish (BackstayDbConnection *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);

G_END_DECLS

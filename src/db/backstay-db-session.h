/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-config.h"
#include "backstay-db-rows.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BackstayDbSession:
 *
 * One connection to a server, as a job sees it in the connection's worker thread. Calls wait for
 * the server, but no longer than the job's deadline, and end at once when the job is cancelled.
 */
typedef struct _BackstayDbSession BackstayDbSession;

/**
 * BackstayDbSecurity:
 * @BACKSTAY_DB_SECURITY_NONE: everybody on the way can read and change what is sent
 * @BACKSTAY_DB_SECURITY_ENCRYPTED: encrypted, but whoever is on the way may pose as the server
 * @BACKSTAY_DB_SECURITY_SIGNER: encrypted, and the server's certificate is signed by one that is trusted;
 *   it may be another server's
 * @BACKSTAY_DB_SECURITY_VERIFIED: encrypted, and the server is who it says
 * @BACKSTAY_DB_SECURITY_LOCAL: it does not leave this computer
 *
 * How a connection is protected.
 */
typedef enum
{
  BACKSTAY_DB_SECURITY_NONE,
  BACKSTAY_DB_SECURITY_ENCRYPTED,
  BACKSTAY_DB_SECURITY_SIGNER,
  BACKSTAY_DB_SECURITY_VERIFIED,
  BACKSTAY_DB_SECURITY_LOCAL,
} BackstayDbSecurity;

/**
 * BackstayDbStatement:
 * @sql: one statement, with `$1`… for its parameters
 * @params: (array length=n_params) (nullable): the parameters as text, %NULL for SQL's null
 * @n_params: their number
 */
typedef struct
{
  const char        *sql;
  const char *const *params;
  guint              n_params;
} BackstayDbStatement;

GPtrArray  *backstay_db_session_run (BackstayDbSession         *self,
                                     const BackstayDbStatement *statements,
                                     guint                      n_statements,
                                     GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    backstay_db_session_run_script (BackstayDbSession *self,
                                            const char        *script,
                                            GError           **error);
gboolean    backstay_db_session_commit (BackstayDbSession *self,
                                        GError           **error);
gboolean    backstay_db_session_rollback (BackstayDbSession *self);
void        backstay_db_session_set_deadline (BackstayDbSession *self,
                                              guint              milliseconds);
const char *backstay_db_session_get_host (BackstayDbSession *self);
const char *backstay_db_session_get_database (BackstayDbSession *self);
const char *backstay_db_session_get_user (BackstayDbSession *self);
int         backstay_db_session_get_server_version (BackstayDbSession *self);
int         backstay_db_session_get_backend_pid (BackstayDbSession *self);

BackstayDbSecurity backstay_db_session_get_security (BackstayDbSession *self);
BackstayDbConfig  *backstay_db_session_get_config (BackstayDbSession *self);

G_END_DECLS

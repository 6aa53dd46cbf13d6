/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BackstayDbError:
 * @BACKSTAY_DB_ERROR_CONNECT: no connection could be made; nothing was sent
 * @BACKSTAY_DB_ERROR_AUTH: the server refused the login; trying again by itself is no use
 * @BACKSTAY_DB_ERROR_LOST: the connection broke while no commit was under way; nothing was changed
 * @BACKSTAY_DB_ERROR_UNKNOWN: the connection broke during a commit; whether it took effect is not known
 * @BACKSTAY_DB_ERROR_TIMEOUT: the server did not answer in time; nothing was changed
 * @BACKSTAY_DB_ERROR_BUSY: somebody else holds a lock that is needed; nothing was changed
 * @BACKSTAY_DB_ERROR_CONFLICT: the data changed since it was shown; nothing was changed
 * @BACKSTAY_DB_ERROR_OTHER_SERVER: the server may lack what was seen on the one before; nothing was changed
 * @BACKSTAY_DB_ERROR_NOT_ADMIN: the signed-in user is not an administrator
 * @BACKSTAY_DB_ERROR_DENIED: the login lacks a privilege
 * @BACKSTAY_DB_ERROR_READ_ONLY: the server takes no writes (a standby, or read-only by choice)
 * @BACKSTAY_DB_ERROR_SQL: the server refused the statement for any other reason
 *
 * What went wrong between Backstay and the server, as far as somebody has to act differently.
 */
typedef enum
{
  BACKSTAY_DB_ERROR_CONNECT,
  BACKSTAY_DB_ERROR_AUTH,
  BACKSTAY_DB_ERROR_LOST,
  BACKSTAY_DB_ERROR_UNKNOWN,
  BACKSTAY_DB_ERROR_TIMEOUT,
  BACKSTAY_DB_ERROR_BUSY,
  BACKSTAY_DB_ERROR_CONFLICT,
  BACKSTAY_DB_ERROR_OTHER_SERVER,
  BACKSTAY_DB_ERROR_NOT_ADMIN,
  BACKSTAY_DB_ERROR_DENIED,
  BACKSTAY_DB_ERROR_READ_ONLY,
  BACKSTAY_DB_ERROR_SQL,
} BackstayDbError;

#define BACKSTAY_DB_ERROR (backstay_db_error_quark ())

GQuark          backstay_db_error_quark (void);
BackstayDbError backstay_db_error_from_sqlstate (const char *sqlstate);
GError         *backstay_db_error_new_sql (const char *sqlstate,
                                           const char *message) G_GNUC_WARN_UNUSED_RESULT;
const char     *backstay_db_error_get_sqlstate (const GError *error);
GError         *backstay_db_error_new_no_writes (void) G_GNUC_WARN_UNUSED_RESULT;
void            backstay_db_error_set_wants_password (GError *error);
gboolean        backstay_db_error_get_wants_password (const GError *error);

G_END_DECLS

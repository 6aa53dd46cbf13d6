/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-db-session-info"

#include "config.h"

#include "backstay-db-session-private.h"

#include "backstay-db-tls.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

/* What is known of a session's connection without asking the server. */

/* Private: for the worker. Gives whether there was one more notification. What it says beside its
 * channel is dropped: anybody who may connect may send one, so it can only be a reason to look. */
gboolean
backstay_db_session_take_notification (BackstayDbSession *self,
                                       char             **channel)
{
  PGnotify *notification = self->conn != NULL ? PQnotifies (self->conn) : NULL;

  if (notification == NULL)
    return FALSE;

  *channel = g_strdup (notification->relname);
  PQfreemem (notification);

  return TRUE;
}

/**
 * backstay_db_session_get_host:
 *
 * Returns: (nullable): the host, or the socket's folder, that libpq connected to
 */
const char *
backstay_db_session_get_host (BackstayDbSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->conn != NULL ? PQhost (self->conn) : NULL;
}

/**
 * backstay_db_session_get_database:
 *
 * Returns: (nullable): the database's name
 */
const char *
backstay_db_session_get_database (BackstayDbSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->conn != NULL ? PQdb (self->conn) : NULL;
}

/**
 * backstay_db_session_get_user:
 *
 * Returns: (nullable): the login's name
 */
const char *
backstay_db_session_get_user (BackstayDbSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->conn != NULL ? PQuser (self->conn) : NULL;
}

/**
 * backstay_db_session_get_server_version:
 *
 * Returns: the server's version as a number, such as 150004; 0 without a connection
 */
int
backstay_db_session_get_server_version (BackstayDbSession *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->conn != NULL ? PQserverVersion (self->conn) : 0;
}

/**
 * backstay_db_session_get_backend_pid:
 *
 * Returns: the process that serves this connection, as the server told when it began; 0 without one
 */
int
backstay_db_session_get_backend_pid (BackstayDbSession *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->conn != NULL ? PQbackendPID (self->conn) : 0;
}

/**
 * backstay_db_session_get_config:
 *
 * Returns: (transfer none): where it connects to
 */
BackstayDbConfig *
backstay_db_session_get_config (BackstayDbSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->config;
}

/**
 * backstay_db_session_get_security:
 *
 * Returns: how the connection is protected
 */
BackstayDbSecurity
backstay_db_session_get_security (BackstayDbSession *self)
{
  g_return_val_if_fail (self != NULL, BACKSTAY_DB_SECURITY_NONE);

  return self->conn != NULL ? backstay_db_tls_get_security (self->conn) : BACKSTAY_DB_SECURITY_NONE;
}

/* libpq does not tell how much of a long answer has come, and TCP does. It stays 0 on a Unix socket,
 * where nobody waits for long. */
guint64
backstay_db_session_count_received (BackstayDbSession *self)
{
  struct tcp_info info;
  socklen_t       size = sizeof info;

  if (self->conn == NULL || getsockopt (PQsocket (self->conn), IPPROTO_TCP, TCP_INFO, &info, &size) < 0 ||
      size < G_STRUCT_OFFSET (struct tcp_info, tcpi_bytes_received) + sizeof info.tcpi_bytes_received)
    return 0;

  return info.tcpi_bytes_received;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-config.h"

G_BEGIN_DECLS

/**
 * BackstayServerField:
 * @BACKSTAY_SERVER_NAME: what to call it
 * @BACKSTAY_SERVER_HOST: one host or several, separated by commas, or a socket's folder
 * @BACKSTAY_SERVER_PORT: one port for all hosts or one for each
 * @BACKSTAY_SERVER_DATABASE: the database
 * @BACKSTAY_SERVER_USER: the login
 * @BACKSTAY_SERVER_SCHEMA: the schema that the table is in
 * @BACKSTAY_SERVER_TLS_MODE: libpq's `sslmode`
 * @BACKSTAY_SERVER_ROOT_CERTIFICATE: libpq's `sslrootcert`
 * @BACKSTAY_SERVER_TARGET: libpq's `target_session_attrs`
 * @BACKSTAY_SERVER_SERVICE: a section of libpq's service file
 * @BACKSTAY_SERVER_MORE: other parameters, as libpq's `keyword=value` string
 * @BACKSTAY_SERVER_N_FIELDS: their number
 *
 * What is known of a server as text. An empty one is left to libpq, but for the name and the schema.
 */
typedef enum
{
  BACKSTAY_SERVER_NAME,
  BACKSTAY_SERVER_HOST,
  BACKSTAY_SERVER_PORT,
  BACKSTAY_SERVER_DATABASE,
  BACKSTAY_SERVER_USER,
  BACKSTAY_SERVER_SCHEMA,
  BACKSTAY_SERVER_TLS_MODE,
  BACKSTAY_SERVER_ROOT_CERTIFICATE,
  BACKSTAY_SERVER_TARGET,
  BACKSTAY_SERVER_SERVICE,
  BACKSTAY_SERVER_MORE,
  BACKSTAY_SERVER_N_FIELDS,
} BackstayServerField;

/**
 * BackstayServerColor:
 * @BACKSTAY_SERVER_COLOR_NONE: none
 * @BACKSTAY_SERVER_COLOR_RED: production
 * @BACKSTAY_SERVER_COLOR_ORANGE: staging
 * @BACKSTAY_SERVER_COLOR_GREEN: development
 * @BACKSTAY_SERVER_COLOR_BLUE: no meaning of its own
 * @BACKSTAY_SERVER_COLOR_PURPLE: no meaning of its own
 * @BACKSTAY_SERVER_N_COLORS: their number
 *
 * What a server is marked with wherever it is shown.
 */
typedef enum
{
  BACKSTAY_SERVER_COLOR_NONE,
  BACKSTAY_SERVER_COLOR_RED,
  BACKSTAY_SERVER_COLOR_ORANGE,
  BACKSTAY_SERVER_COLOR_GREEN,
  BACKSTAY_SERVER_COLOR_BLUE,
  BACKSTAY_SERVER_COLOR_PURPLE,
  BACKSTAY_SERVER_N_COLORS,
} BackstayServerColor;

/**
 * BackstayServerPassword:
 * @BACKSTAY_SERVER_PASSWORD_KEYRING: kept in the Secret Service
 * @BACKSTAY_SERVER_PASSWORD_ASK: asked for each time that the server wants one
 * @BACKSTAY_SERVER_N_PASSWORDS: their number
 *
 * Where a server's password is. Either way libpq's own ways come first where they say one.
 */
typedef enum
{
  BACKSTAY_SERVER_PASSWORD_KEYRING,
  BACKSTAY_SERVER_PASSWORD_ASK,
  BACKSTAY_SERVER_N_PASSWORDS,
} BackstayServerPassword;

#define BACKSTAY_TYPE_SERVER (backstay_server_get_type ())

G_DECLARE_FINAL_TYPE (BackstayServer, backstay_server, BACKSTAY, SERVER, GObject)

BackstayServer        *backstay_server_new (const char *id) G_GNUC_WARN_UNUSED_RESULT;
BackstayServer        *backstay_server_copy (BackstayServer *self,
                                             const char     *id) G_GNUC_WARN_UNUSED_RESULT;
gboolean               backstay_server_equal (BackstayServer *self,
                                              BackstayServer *other);
const char            *backstay_server_get_id (BackstayServer *self);
const char            *backstay_server_get_text (BackstayServer     *self,
                                                 BackstayServerField field);
void                   backstay_server_set_text (BackstayServer     *self,
                                                 BackstayServerField field,
                                                 const char         *text);
BackstayServerColor    backstay_server_get_color (BackstayServer *self);
void                   backstay_server_set_color (BackstayServer     *self,
                                                  BackstayServerColor color);
BackstayDbSafeMode     backstay_server_get_safe_mode (BackstayServer *self);
void                   backstay_server_set_safe_mode (BackstayServer    *self,
                                                      BackstayDbSafeMode safe_mode);
BackstayServerPassword backstay_server_get_password (BackstayServer *self);
void                   backstay_server_set_password (BackstayServer        *self,
                                                     BackstayServerPassword password);
const char            *backstay_server_color_get_label (BackstayServerColor color);
char                  *backstay_server_dup_place (BackstayServer *self) G_GNUC_WARN_UNUSED_RESULT;

/* In backstay-server-parameters.c */
char             *backstay_server_dup_problem (BackstayServer     *self,
                                               BackstayServerField field) G_GNUC_WARN_UNUSED_RESULT;
gboolean          backstay_server_take_uri (BackstayServer *self,
                                            const char     *uri,
                                            char          **password,
                                            GError        **error);
BackstayDbConfig *backstay_server_create_config (BackstayServer *self,
                                                 GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

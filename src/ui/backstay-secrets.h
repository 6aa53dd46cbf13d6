/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-server.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_SECRETS (backstay_secrets_get_type ())

G_DECLARE_INTERFACE (BackstaySecrets, backstay_secrets, BACKSTAY, SECRETS, GObject)

/**
 * BackstaySecretsInterface:
 *
 * Where passwords are kept.
 */
struct _BackstaySecretsInterface
{
  GTypeInterface parent_iface;

  void (*look_up_async) (BackstaySecrets    *self,
                         BackstayServer     *server,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data);
  char *(*look_up_finish) (BackstaySecrets *self,
                           GAsyncResult    *result,
                           GError         **error);
  void (*store_async) (BackstaySecrets    *self,
                       BackstayServer     *server,
                       const char         *password,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data);
  gboolean (*store_finish) (BackstaySecrets *self,
                            GAsyncResult    *result,
                            GError         **error);
};

void     backstay_secrets_look_up_async (BackstaySecrets    *self,
                                         BackstayServer     *server,
                                         GCancellable       *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data);
char    *backstay_secrets_look_up_finish (BackstaySecrets *self,
                                          GAsyncResult    *result,
                                          GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void     backstay_secrets_store_async (BackstaySecrets    *self,
                                       BackstayServer     *server,
                                       const char         *password,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
gboolean backstay_secrets_store_finish (BackstaySecrets *self,
                                        GAsyncResult    *result,
                                        GError         **error);
void     backstay_secrets_free_password (char *password);

G_END_DECLS

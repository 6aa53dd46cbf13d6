/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-secrets"

#include "config.h"

#include "backstay-secrets.h"

#include <string.h>

G_DEFINE_INTERFACE (BackstaySecrets, backstay_secrets, G_TYPE_OBJECT)

static void
backstay_secrets_default_init (BackstaySecretsInterface *iface)
{
}

/**
 * backstay_secrets_look_up_async:
 * @server: a server
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Looks for a server's password. The user may be asked to unlock something.
 */
void
backstay_secrets_look_up_async (BackstaySecrets    *self,
                                BackstayServer     *server,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_return_if_fail (BACKSTAY_IS_SECRETS (self));
  g_return_if_fail (BACKSTAY_IS_SERVER (server));

  BACKSTAY_SECRETS_GET_IFACE (self)->look_up_async (self, server, cancellable, callback, user_data);
}

/**
 * backstay_secrets_look_up_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_secrets_look_up_async() began.
 *
 * Returns: (transfer full) (nullable): the password, for backstay_secrets_free_password(); %NULL where none
 *   is kept, and with an error
 */
char *
backstay_secrets_look_up_finish (BackstaySecrets *self,
                                 GAsyncResult    *result,
                                 GError         **error)
{
  g_return_val_if_fail (BACKSTAY_IS_SECRETS (self), NULL);

  return BACKSTAY_SECRETS_GET_IFACE (self)->look_up_finish (self, result, error);
}

/**
 * backstay_secrets_store_async:
 * @server: a server
 * @password: (nullable): its password; %NULL to forget it
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Keeps a server's password.
 */
void
backstay_secrets_store_async (BackstaySecrets    *self,
                              BackstayServer     *server,
                              const char         *password,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_return_if_fail (BACKSTAY_IS_SECRETS (self));
  g_return_if_fail (BACKSTAY_IS_SERVER (server));

  BACKSTAY_SECRETS_GET_IFACE (self)->store_async (self, server, password, cancellable, callback, user_data);
}

/**
 * backstay_secrets_store_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_secrets_store_async() began. With an error the password is kept for as long as Backstay
 * runs, and no longer.
 *
 * Returns: whether it is kept
 */
gboolean
backstay_secrets_store_finish (BackstaySecrets *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_return_val_if_fail (BACKSTAY_IS_SECRETS (self), FALSE);

  return BACKSTAY_SECRETS_GET_IFACE (self)->store_finish (self, result, error);
}

/**
 * backstay_secrets_free_password:
 * @password: (nullable) (transfer full): a password
 *
 * Frees a password, and leaves nothing of it where it was.
 */
void
backstay_secrets_free_password (char *password)
{
  if (password == NULL)
    return;

  explicit_bzero (password, strlen (password));
  g_free (password);
}

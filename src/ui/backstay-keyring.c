/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-keyring"

#include "config.h"

#include "backstay-keyring.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

/**
 * BackstayKeyring:
 *
 * Passwords in the desktop's Secret Service, such as GNOME's keyring. What it does not take, as there is
 * none or it stays locked, is kept for as long as Backstay runs.
 */
struct _BackstayKeyring
{
  GObject parent_instance;

  GHashTable *for_this_run; /* Passwords by the servers' uuids. */
};

static const SecretSchema schema = {
  BACKSTAY_APP_ID ".Server",
  SECRET_SCHEMA_NONE,
  {
    { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

static void secrets_iface_init (BackstaySecretsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BackstayKeyring, backstay_keyring, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BACKSTAY_TYPE_SECRETS, secrets_iface_init))

static const char *
get_id (GTask *task)
{
  return backstay_server_get_id (g_task_get_task_data (task));
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  BackstayKeyring *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  char       *found = secret_password_lookup_finish (result, &error);
  const char *kept = g_hash_table_lookup (self->for_this_run, get_id (task));

  if (found != NULL)
    g_task_return_pointer (task, g_strdup (found), (GDestroyNotify) backstay_secrets_free_password);
  else if (kept != NULL)
    g_task_return_pointer (task, g_strdup (kept), (GDestroyNotify) backstay_secrets_free_password);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, NULL, NULL);

  secret_password_free (found);
}

static GTask *
create_task (BackstaySecrets    *secrets,
             BackstayServer     *server,
             GCancellable       *cancellable,
             GAsyncReadyCallback callback,
             gpointer            user_data,
             gpointer            source_tag)
{
  GTask *task = g_task_new (secrets, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, g_object_ref (server), g_object_unref);

  return task;
}

static void
backstay_keyring_look_up_async (BackstaySecrets    *secrets,
                                BackstayServer     *server,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  GTask *task = create_task (secrets, server, cancellable, callback, user_data, backstay_keyring_look_up_async);

  secret_password_lookup (&schema, cancellable, looked_up_cb, task,
                          "server", backstay_server_get_id (server),
                          NULL);
}

static char *
backstay_keyring_look_up_finish (BackstaySecrets *secrets,
                                 GAsyncResult    *result,
                                 GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, secrets), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  BackstayKeyring *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!secret_password_store_finish (result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_hash_table_remove (self->for_this_run, get_id (task));
  g_task_return_boolean (task, TRUE);
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  /* That none was there is as good. */
  secret_password_clear_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
backstay_keyring_store_async (BackstaySecrets    *secrets,
                              BackstayServer     *server,
                              const char         *password,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  BackstayKeyring *self = BACKSTAY_KEYRING (secrets);
  GTask           *task = create_task (secrets, server, cancellable, callback, user_data, backstay_keyring_store_async);
  const char      *id = backstay_server_get_id (server);
  g_autofree char *label = NULL;

  if (password == NULL)
    {
      g_hash_table_remove (self->for_this_run, id);
      secret_password_clear (&schema, cancellable, cleared_cb, task, "server", id, NULL);
      return;
    }

  /* Until the service has it. */
  g_hash_table_replace (self->for_this_run, g_strdup (id), g_strdup (password));
  /* Translators: what a password is called in the desktop's keyring; %s is a server's name. */
  label = g_strdup_printf (_ ("Backstay: %s"), backstay_server_get_text (server, BACKSTAY_SERVER_NAME));
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, password, cancellable, stored_cb, task,
                         "server", id,
                         NULL);
}

static gboolean
backstay_keyring_store_finish (BackstaySecrets *secrets,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, secrets), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
secrets_iface_init (BackstaySecretsInterface *iface)
{
  iface->look_up_async = backstay_keyring_look_up_async;
  iface->look_up_finish = backstay_keyring_look_up_finish;
  iface->store_async = backstay_keyring_store_async;
  iface->store_finish = backstay_keyring_store_finish;
}

static void
backstay_keyring_finalize (GObject *object)
{
  g_hash_table_unref (BACKSTAY_KEYRING (object)->for_this_run);

  G_OBJECT_CLASS (backstay_keyring_parent_class)->finalize (object);
}

static void
backstay_keyring_class_init (BackstayKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = backstay_keyring_finalize;
}

static void
backstay_keyring_init (BackstayKeyring *self)
{
  self->for_this_run = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                              (GDestroyNotify) backstay_secrets_free_password);
}

/**
 * backstay_keyring_new:
 *
 * Returns: (transfer full): the desktop's Secret Service
 */
BackstayKeyring *
backstay_keyring_new (void)
{
  return g_object_new (BACKSTAY_TYPE_KEYRING, NULL);
}

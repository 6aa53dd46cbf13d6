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
  guint       patience;     /* In milliseconds. */
};

/* Somebody may have to find and type a master password. A service that asks nobody and answers nothing must
 * not keep anybody waiting for ever. */
#define PATIENCE_MSEC 60000

/* What a task is about. */
typedef struct
{
  BackstayServer *server;
  GCancellable   *cancellable; /* Of the question to the service. */
  GCancellable   *outer;       /* (nullable): whoever asked for it. */
  gulong          outer_id;
  guint           timeout_id;
  gboolean        given_up;
} Question;

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

static void
question_free (gpointer data)
{
  Question *question = data;

  g_cancellable_disconnect (question->outer, question->outer_id);
  g_clear_object (&question->outer);
  g_clear_handle_id (&question->timeout_id, g_source_remove);
  g_object_unref (question->cancellable);
  g_object_unref (question->server);
  g_free (question);
}

static const char *
get_id (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  return backstay_server_get_id (question->server);
}

static gboolean
give_up_cb (gpointer user_data)
{
  GTask    *task = user_data;
  Question *question = g_task_get_task_data (task);

  question->timeout_id = 0;
  question->given_up = TRUE;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _ ("The keyring does not answer."));
  g_cancellable_cancel (question->cancellable);

  return G_SOURCE_REMOVE;
}

/* An answer came; or it comes too late, and nobody waits for it any more. The next time it may be another
 * service: one that was started again knows nothing of the session that libsecret had with the one before. */
static gboolean
end_question (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  secret_service_disconnect ();
  g_clear_handle_id (&question->timeout_id, g_source_remove);

  return !question->given_up;
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

  if (!end_question (task))
    {
      secret_password_free (found);
      return;
    }

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
  GTask    *task = g_task_new (secrets, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->server = g_object_ref (server);
  question->cancellable = g_cancellable_new ();
  g_set_object (&question->outer, cancellable);
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, question, question_free);

  question->timeout_id = g_timeout_add (BACKSTAY_KEYRING (secrets)->patience, give_up_cb, task);
  if (cancellable != NULL)
    question->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (g_cancellable_cancel), question->cancellable,
                                                NULL);

  return task;
}

static GCancellable *
get_cancellable (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  return question->cancellable;
}

static void
backstay_keyring_look_up_async (BackstaySecrets    *secrets,
                                BackstayServer     *server,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  GTask *task = create_task (secrets, server, cancellable, callback, user_data, backstay_keyring_look_up_async);

  secret_password_lookup (&schema, get_cancellable (task), looked_up_cb, task,
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
  gboolean is_stored = secret_password_store_finish (result, &error);

  if (!end_question (task))
    return;

  if (!is_stored)
    {
      /* Whoever was asked to unlock it did not want to, or nobody could be asked. */
      if (error == NULL)
        g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The keyring stays locked."));
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
  if (!end_question (task))
    return;

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
      secret_password_clear (&schema, get_cancellable (task), cleared_cb, task, "server", id, NULL);
      return;
    }

  /* Until the service has it. */
  g_hash_table_replace (self->for_this_run, g_strdup (id), g_strdup (password));
  /* Translators: what a password is called in the desktop's keyring; %s is a server's name. */
  label = g_strdup_printf (_ ("Backstay: %s"), backstay_server_get_text (server, BACKSTAY_SERVER_NAME));
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, password, get_cancellable (task), stored_cb,
                         task,
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
  self->patience = PATIENCE_MSEC;
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

/**
 * backstay_keyring_set_patience:
 * @milliseconds: how long the service may take for an answer
 *
 * Sets how long is waited for the service, which may ask the user to unlock the keyring.
 */
void
backstay_keyring_set_patience (BackstayKeyring *self,
                               guint            milliseconds)
{
  g_return_if_fail (BACKSTAY_IS_KEYRING (self));

  self->patience = milliseconds;
}

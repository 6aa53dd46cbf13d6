/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-server-test"

#include "config.h"

#include "backstay-server-test.h"

#include "backstay-access-facts.h"
#include "backstay-display-text.h"
#include "backstay-repository.h"
#include "backstay-settings.h"

#include <glib/gi18n-lib.h>

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  BackstayAccess *access = backstay_repository_find_access_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (access != NULL)
    g_task_return_pointer (task, access, (GDestroyNotify) backstay_access_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
try_password (GTask      *task,
              const char *password)
{
  BackstayServer  *server = g_task_get_task_data (task);
  g_autofree char *identity_id = backstay_settings_dup_identity (backstay_server_get_id (server));
  g_autoptr (BackstayIdentity) identity = NULL;
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autoptr (BackstayDbConfig) with_password = NULL;
  g_autoptr (BackstayDbConnection) connection = NULL;
  g_autoptr (BackstayRepository) repository = NULL;
  GError *error = NULL;

  if ((config = backstay_server_create_config (server, &error)) == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  if (password != NULL && password[0] != '\0')
    with_password = backstay_db_config_new_with_password (config, password);

  if (identity_id != NULL)
    identity = backstay_identity_new (identity_id, NULL);

  connection = backstay_db_connection_new (with_password != NULL ? with_password : config);
  repository = backstay_repository_new (connection, identity);
  backstay_repository_find_access_async (repository, g_task_get_cancellable (task), found_cb, task);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  char  *password = backstay_secrets_look_up_finish (BACKSTAY_SECRETS (object), result, NULL);

  /* Without one the server says whether it wants one. */
  if (g_task_return_error_if_cancelled (task))
    g_object_unref (task);
  else
    try_password (task, password);

  backstay_secrets_free_password (password);
}

/**
 * backstay_server_test_async:
 * @server: a server
 * @password: (nullable): its password; none or an empty one for the one that is kept
 * @secrets: where that is
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Connects to a server for a moment, as whoever was signed in there the last time.
 */
void
backstay_server_test_async (BackstayServer     *server,
                            const char         *password,
                            BackstaySecrets    *secrets,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask *task;

  g_return_if_fail (BACKSTAY_IS_SERVER (server));
  g_return_if_fail (BACKSTAY_IS_SECRETS (secrets));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_server_test_async);
  g_task_set_task_data (task, g_object_ref (server), g_object_unref);

  if ((password == NULL || password[0] == '\0') &&
      backstay_server_get_password (server) == BACKSTAY_SERVER_PASSWORD_KEYRING)
    backstay_secrets_look_up_async (secrets, server, cancellable, looked_up_cb, task);
  else
    try_password (task, password);
}

/**
 * backstay_server_test_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_server_test_async() began.
 *
 * Returns: (transfer full): what was found, or %NULL with an error
 */
BackstayAccess *
backstay_server_test_finish (GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static const char *
get_rights (BackstayAccess *access)
{
  if (access->kind == BACKSTAY_ACCESS_ADMIN)
    return _ ("You are an administrator there.");

  if (backstay_access_can_write (access))
    return _ ("You may change configurations there.");

  return _ ("You may look at the configurations there, but not change them.");
}

/**
 * backstay_server_test_describe:
 * @access: what was found
 *
 * Says what was found: the server's version, who one is there, how the connection is protected, whether the
 * table is there, and what one may do with it.
 *
 * Returns: (transfer full): sentences
 */
char *
backstay_server_test_describe (BackstayAccess *access)
{
  g_autofree char *login = NULL;
  g_autofree char *first = NULL;
  g_autofree char *refusal = NULL;
  g_autofree char *warning = NULL;

  g_return_val_if_fail (access != NULL, NULL);

  login = backstay_display_text (access->login);
  refusal = backstay_access_dup_refusal (access);
  warning = backstay_access_dup_warning (access);
  /* Translators: two parts of a version, a login, and a sentence. */
  first = g_strdup_printf (_ ("PostgreSQL %d.%d answers, and lets %s in. %s"),
                           access->server_version / 10000, access->server_version % 10000, login,
                           backstay_access_describe_security (access));

  if (access->kind != BACKSTAY_ACCESS_NO_TABLE && access->identity == NULL && access->may_sign_in)
    return g_strdup_printf ("%s %s", first,
                            _ ("The table is there. Once you connect you choose which profile you are."));

  if (refusal != NULL)
    return g_strdup_printf ("%s %s", first, refusal);

  /* Translators: sentences. */
  return g_strdup_printf (_ ("%s The table is there. %s%s%s"), first, get_rights (access),
                          warning != NULL ? " " : "", warning != NULL ? warning : "");
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-repository"

#include "config.h"

#include "backstay-repository-private.h"

#include "backstay-transaction.h"

/**
 * BackstayRepository:
 *
 * The table of configurations, as one user sees it: every statement that Backstay sends is behind
 * one of these methods. A repository is bound to one identity; to be somebody else, make another.
 */
struct _BackstayRepository
{
  GObject parent_instance;

  BackstayDbConnection *connection;
  BackstayDbConnection *downloads; /* %NULL until it is needed. */
  BackstayIdentity     *identity;
  BackstayAccess       *access;     /* %NULL until it was found out. */
  GCancellable         *background; /* Of what gives way; %NULL while there is nothing. */
};

enum
{
  PROP_0,
  PROP_ACCESS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayRepository, backstay_repository, G_TYPE_OBJECT)

static void
backstay_repository_dispose (GObject *object)
{
  BackstayRepository *self = BACKSTAY_REPOSITORY (object);

  g_clear_object (&self->connection);
  g_clear_object (&self->downloads);
  g_clear_object (&self->identity);
  g_clear_object (&self->background);
  g_clear_pointer (&self->access, backstay_access_unref);

  G_OBJECT_CLASS (backstay_repository_parent_class)->dispose (object);
}

static void
backstay_repository_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  BackstayRepository *self = BACKSTAY_REPOSITORY (object);

  switch (prop_id)
    {
    case PROP_ACCESS:
      g_value_set_boxed (value, self->access);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_repository_class_init (BackstayRepositoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = backstay_repository_dispose;
  object_class->get_property = backstay_repository_get_property;

  /**
   * BackstayRepository:access:
   *
   * Who one is and what one may do here, as it was last found out.
   */
  properties[PROP_ACCESS] =
    g_param_spec_boxed ("access", NULL, NULL,
                        BACKSTAY_TYPE_ACCESS,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
backstay_repository_init (BackstayRepository *self)
{
}

/* Hands the answer of the connection's job on. The task's data is the job's. */
static void
read_done_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  BackstayDbConnection *connection = BACKSTAY_DB_CONNECTION (object);
  g_autoptr (GTask) task = user_data;
  BackstayReadJob *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gpointer value;

  value = backstay_db_connection_run_finish (connection, result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, value, job->result_free);
}

/* Makes a job that is done as the one who is signed in. */
BackstayReadJob *
backstay_repository_read_job_new (BackstayRepository *self,
                                  GDestroyNotify      result_free)
{
  BackstayReadJob *job = g_new0 (BackstayReadJob, 1);

  g_set_object (&job->identity, self->identity);
  job->result_free = result_free;

  return job;
}

/* Runs a job on the first connection. Takes the job. */
void
backstay_repository_read_async (BackstayRepository *self,
                                BackstayDbJobFunc   func,
                                BackstayReadJob    *job,
                                guint               milliseconds,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data,
                                gpointer            source_tag)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, job, (GDestroyNotify) backstay_read_job_free);

  backstay_db_connection_run_async (self->connection,
                                    func,
                                    job,
                                    NULL,
                                    job->result_free,
                                    milliseconds,
                                    cancellable,
                                    read_done_cb,
                                    g_steal_pointer (&task));
}

/**
 * backstay_repository_new:
 * @connection: the server
 * @identity: (nullable): the profile to be signed in as; %NULL is the login itself
 *
 * Returns: (transfer full): the repository
 */
BackstayRepository *
backstay_repository_new (BackstayDbConnection *connection,
                         BackstayIdentity     *identity)
{
  BackstayRepository *self;

  g_return_val_if_fail (BACKSTAY_IS_DB_CONNECTION (connection), NULL);
  g_return_val_if_fail (identity == NULL || BACKSTAY_IS_IDENTITY (identity), NULL);

  self = g_object_new (BACKSTAY_TYPE_REPOSITORY, NULL);
  self->connection = g_object_ref (connection);
  g_set_object (&self->identity, identity);

  return self;
}

/**
 * backstay_repository_get_connection:
 *
 * Returns: (transfer none): the server
 */
BackstayDbConnection *
backstay_repository_get_connection (BackstayRepository *self)
{
  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (self), NULL);

  return self->connection;
}

/**
 * backstay_repository_get_identity:
 *
 * Returns: (transfer none) (nullable): the profile that is signed in
 */
BackstayIdentity *
backstay_repository_get_identity (BackstayRepository *self)
{
  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (self), NULL);

  return self->identity;
}

/**
 * backstay_repository_get_access:
 *
 * Returns: (transfer none) (nullable): what backstay_repository_find_access_async() last found
 */
BackstayAccess *
backstay_repository_get_access (BackstayRepository *self)
{
  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (self), NULL);

  return self->access;
}

/* The connection that configurations come through. They can be huge, and the line can hang with one
 * of them, while lists and rollbacks must not wait. It connects when it is first used. */
BackstayDbConnection *
backstay_repository_get_downloads (BackstayRepository *self)
{
  if (self->downloads == NULL)
    self->downloads = backstay_db_connection_new (backstay_db_connection_get_config (self->connection));

  return self->downloads;
}

/* Notes what is to be cancelled when something comes that somebody waits for. */
void
backstay_repository_set_background (BackstayRepository *self,
                                    GCancellable       *cancellable)
{
  g_set_object (&self->background, cancellable);
}

void
backstay_repository_give_way (BackstayRepository *self)
{
  g_autoptr (GCancellable) background = g_steal_pointer (&self->background);

  if (background != NULL)
    g_cancellable_cancel (background);
}

/**
 * backstay_repository_find_access_async:
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds out who one is on the server and what one may do there. This comes before all else, as a
 * refusal looks like an empty table.
 */
void
backstay_repository_find_access_async (BackstayRepository *self,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data)
{
  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));

  backstay_repository_read_async (self,
                                  backstay_read_job_access,
                                  backstay_repository_read_job_new (self, (GDestroyNotify) backstay_access_unref),
                                  BACKSTAY_JOB_MSEC,
                                  cancellable, callback, user_data,
                                  backstay_repository_find_access_async);
}

/**
 * backstay_repository_find_access_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_find_access_async() began.
 *
 * Returns: (transfer full): the access, or %NULL with an error
 */
BackstayAccess *
backstay_repository_find_access_finish (BackstayRepository *self,
                                        GAsyncResult       *result,
                                        GError            **error)
{
  BackstayAccess *access;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  access = g_task_propagate_pointer (G_TASK (result), error);

  if (access == NULL)
    return NULL;

  g_clear_pointer (&self->access, backstay_access_unref);
  self->access = backstay_access_ref (access);

  /* The same one, but the name is known now, and whether the login takes a role. */
  g_set_object (&self->identity, access->identity);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCESS]);

  return access;
}

/**
 * backstay_repository_list_profiles_async:
 * @search: a part of the name, or a whole uuid; empty for the first ones
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Lists who one can be signed in as.
 */
void
backstay_repository_list_profiles_async (BackstayRepository *self,
                                         const char         *search,
                                         GCancellable       *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data)
{
  BackstayReadJob *job;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (search != NULL);

  job = backstay_repository_read_job_new (self, (GDestroyNotify) g_ptr_array_unref);
  job->search = g_strdup (search);

  /* A login that owns nothing can still look as somebody who is signed in as nobody. */
  if (job->identity == NULL && self->access != NULL &&
      self->access->may_sign_in && !self->access->has_profiles)
    job->identity = backstay_identity_new ("", NULL);

  backstay_repository_read_async (self,
                                  backstay_read_job_profiles,
                                  job,
                                  BACKSTAY_JOB_MSEC,
                                  cancellable, callback, user_data,
                                  backstay_repository_list_profiles_async);
}

/**
 * backstay_repository_list_profiles_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_list_profiles_async() began.
 *
 * Returns: (transfer full) (element-type BackstayIdentity): the profiles, or %NULL with an error
 */
GPtrArray *
backstay_repository_list_profiles_finish (BackstayRepository *self,
                                          GAsyncResult       *result,
                                          GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * backstay_repository_list_types_async:
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Lists the model types with their live versions and counts.
 */
void
backstay_repository_list_types_async (BackstayRepository *self,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data)
{
  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));

  backstay_repository_read_async (self,
                                  backstay_read_job_types,
                                  backstay_repository_read_job_new (self, (GDestroyNotify) g_ptr_array_unref),
                                  BACKSTAY_JOB_MSEC,
                                  cancellable, callback, user_data,
                                  backstay_repository_list_types_async);
}

/**
 * backstay_repository_list_types_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_list_types_async() began.
 *
 * Returns: (transfer full) (element-type BackstayModelType): the types, or %NULL with an error
 */
GPtrArray *
backstay_repository_list_types_finish (BackstayRepository *self,
                                       GAsyncResult       *result,
                                       GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * backstay_repository_list_history_async:
 * @model_type: the model type
 * @before: (nullable): the last version of the page before; %NULL for the first page
 * @limit: how many versions a page has at most
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Lists one page of a type's history, newest first, without the configurations.
 */
void
backstay_repository_list_history_async (BackstayRepository *self,
                                        const char         *model_type,
                                        BackstayVersion    *before,
                                        guint               limit,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data)
{
  BackstayReadJob *job;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (model_type != NULL);
  g_return_if_fail (before == NULL || BACKSTAY_IS_VERSION (before));

  job = backstay_repository_read_job_new (self, (GDestroyNotify) g_ptr_array_unref);
  job->model_type = g_strdup (model_type);
  job->limit = limit;
  backstay_read_job_set_before (job, before);

  backstay_repository_read_async (self,
                                  backstay_read_job_history,
                                  job,
                                  BACKSTAY_JOB_MSEC,
                                  cancellable, callback, user_data,
                                  backstay_repository_list_history_async);
}

/**
 * backstay_repository_list_history_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_list_history_async() began.
 *
 * Returns: (transfer full) (element-type BackstayVersion): the page, or %NULL with an error
 */
GPtrArray *
backstay_repository_list_history_finish (BackstayRepository *self,
                                         GAsyncResult       *result,
                                         GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * backstay_repository_list_active_async:
 * @model_type: (nullable): the model type; %NULL for all of them
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Lists the active versions, newest first within a type.
 */
void
backstay_repository_list_active_async (BackstayRepository *self,
                                       const char         *model_type,
                                       GCancellable       *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data)
{
  BackstayReadJob *job;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));

  job = backstay_repository_read_job_new (self, (GDestroyNotify) g_ptr_array_unref);
  job->model_type = g_strdup (model_type);

  backstay_repository_read_async (self,
                                  backstay_read_job_active,
                                  job,
                                  BACKSTAY_JOB_MSEC,
                                  cancellable, callback, user_data,
                                  backstay_repository_list_active_async);
}

/**
 * backstay_repository_list_active_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_list_active_async() began.
 *
 * Returns: (transfer full) (element-type BackstayVersion): the versions, or %NULL with an error
 */
GPtrArray *
backstay_repository_list_active_finish (BackstayRepository *self,
                                        GAsyncResult       *result,
                                        GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * backstay_repository_get_live_async:
 * @model_type: the model type
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds the version that a service reads.
 */
void
backstay_repository_get_live_async (BackstayRepository *self,
                                    const char         *model_type,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  BackstayReadJob *job;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (model_type != NULL);

  job = backstay_repository_read_job_new (self, g_object_unref);
  job->model_type = g_strdup (model_type);

  backstay_repository_read_async (self,
                                  backstay_read_job_live,
                                  job,
                                  BACKSTAY_JOB_MSEC,
                                  cancellable, callback, user_data,
                                  backstay_repository_get_live_async);
}

/**
 * backstay_repository_get_live_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_get_live_async() began.
 *
 * Returns: (transfer full) (nullable): the live version; %NULL where there is none, and with an
 *   error
 */
BackstayVersion *
backstay_repository_get_live_finish (BackstayRepository *self,
                                     GAsyncResult       *result,
                                     GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

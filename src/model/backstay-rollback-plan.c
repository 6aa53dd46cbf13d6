/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-rollback-plan"

#include "config.h"

#include "backstay-rollback-plan.h"

#include <string.h>

/* Reads what a rollback or an activation is agreed to on: what is active, then the version that is to
 * be live, then the one that is. */
typedef struct
{
  BackstayRollbackPlan *plan; /* As far as it has come. */
  char                 *target_id;
} Load;

static void
load_free (Load *load)
{
  g_clear_pointer (&load->plan, backstay_rollback_plan_free);
  g_free (load->target_id);
  g_free (load);
}

static void get_configuration (GTask      *task,
                               const char *id);

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Load                 *load = g_task_get_task_data (task);
  BackstayRollbackPlan *plan = load->plan;
  g_autoptr (GError) error = NULL;

  if (backstay_configuration_read_finish (BACKSTAY_CONFIGURATION (object), result, &error) == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (plan->live == NULL && plan->active->len > 0)
    get_configuration (task, backstay_version_get_id (g_ptr_array_index (plan->active, 0)));
  else
    g_task_return_pointer (task, g_steal_pointer (&load->plan), (GDestroyNotify) backstay_rollback_plan_free);
}

static void
configuration_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  g_autoptr (BackstayConfiguration) configuration = NULL;
  g_autoptr (GError) error = NULL;

  configuration = backstay_repository_get_configuration_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (configuration == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_set_object (load->plan->target == NULL ? &load->plan->target : &load->plan->live, configuration);
  backstay_configuration_read_async (configuration, g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

static void
get_configuration (GTask      *task,
                   const char *id)
{
  backstay_repository_get_configuration_async (g_task_get_source_object (task), id,
                                               g_task_get_cancellable (task),
                                               configuration_cb, g_object_ref (task));
}

static void
active_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  load->plan->active = backstay_repository_list_active_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (load->plan->active == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    get_configuration (task, load->target_id);
}

/**
 * backstay_rollback_plan_load_async:
 * @repository: where to read
 * @target: the version to make live again
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads what is live now, and what would be.
 */
void
backstay_rollback_plan_load_async (BackstayRepository *repository,
                                   BackstayVersion    *target,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Load *load;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (repository));
  g_return_if_fail (BACKSTAY_IS_VERSION (target));

  load = g_new0 (Load, 1);
  load->plan = g_new0 (BackstayRollbackPlan, 1);
  load->target_id = g_strdup (backstay_version_get_id (target));

  task = g_task_new (repository, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_rollback_plan_load_async);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);

  backstay_repository_list_active_async (repository, backstay_version_get_model_type (target), cancellable,
                                         active_cb, g_object_ref (task));
}

/**
 * backstay_rollback_plan_load_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_rollback_plan_load_async() began.
 *
 * Returns: (transfer full): what was read, or %NULL with an error
 */
BackstayRollbackPlan *
backstay_rollback_plan_load_finish (GAsyncResult *result,
                                    GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, backstay_rollback_plan_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * backstay_rollback_plan_free: (skip)
 *
 * Frees it.
 */
void
backstay_rollback_plan_free (BackstayRollbackPlan *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->active, g_ptr_array_unref);
  g_clear_object (&self->target);
  g_clear_object (&self->live);
  g_free (self);
}

/**
 * backstay_rollback_plan_expects_active:
 * @active: (element-type BackstayVersion): what is active now, the live one first
 *
 * Returns: whether that is what was active when it was read
 */
gboolean
backstay_rollback_plan_expects_active (BackstayRollbackPlan *self,
                                       GPtrArray            *active)
{
  g_return_val_if_fail (self != NULL && active != NULL, FALSE);

  if (self->active->len != active->len)
    return FALSE;

  for (guint i = 0; i < active->len; i++)
    {
      if (strcmp (backstay_version_get_id (g_ptr_array_index (self->active, i)),
                  backstay_version_get_id (g_ptr_array_index (active, i))) != 0)
        return FALSE;
    }

  return TRUE;
}

/**
 * backstay_rollback_plan_changes_nothing:
 *
 * Returns: whether exactly one version is active, and has the same configuration already
 */
gboolean
backstay_rollback_plan_changes_nothing (BackstayRollbackPlan *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->active->len == 1 && self->live != NULL &&
         strcmp (backstay_configuration_get_hash (self->live),
                 backstay_configuration_get_hash (self->target)) == 0;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-repository-report"

#include "config.h"

#include "backstay-repository-report.h"

#include "backstay-db-error.h"
#include "backstay-rollback-report.h"

#include <glib/gi18n-lib.h>

/* The repository's method that reports a rollback: it reads the new version, then the one that it was
 * copied from, then the one that was live, and writes the report in a thread. */

typedef struct
{
  BackstayRollbackReport *report;
  char                   *source_id; /* (nullable): once it was asked for. */
  char                   *before_id; /* (nullable) */
} Work;

static void
work_free (Work *work)
{
  backstay_rollback_report_free (work->report);
  g_free (work->source_id);
  g_free (work->before_id);
  g_free (work);
}

static void
write_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Work *work = task_data;

  g_task_return_pointer (task, backstay_rollback_report_dup_text (work->report), g_free);
}

static void got_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data);

/* Goes on with what is not there yet. */
static void
go_on (GTask *task)
{
  Work            *work = g_task_get_task_data (task);
  g_autofree char *id = NULL;

  if ((id = g_steal_pointer (&work->source_id)) == NULL && (id = g_steal_pointer (&work->before_id)) == NULL)
    {
      g_task_run_in_thread (task, write_thread);
      return;
    }

  backstay_repository_get_configuration_async (g_task_get_source_object (task), id, g_task_get_cancellable (task),
                                               got_cb, g_object_ref (task));
}

static void
got_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  g_autoptr (BackstayConfiguration) configuration = NULL;
  g_autoptr (GError) error = NULL;

  configuration = backstay_repository_get_configuration_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (work->report->after == NULL && configuration != NULL)
    {
      BackstayVersion *version = backstay_configuration_get_version (configuration);

      g_set_object (&work->report->after, configuration);

      if (!backstay_rollback_report_parse_notes (backstay_version_get_notes (version), &work->source_id,
                                                 &work->before_id))
        {
          g_task_return_new_error (task, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                                   _ ("The notes of this version do not say that a rollback made it, so there is nothing "
                                      "to report."));
          return;
        }
    }
  else if (configuration == NULL && (work->report->after == NULL ||
                                     !g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT)))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  else if (configuration != NULL)
    {
      /* What is gone is reported as that. */
      const char      *id = backstay_version_get_id (backstay_configuration_get_version (configuration));
      g_autofree char *source_id = NULL;

      backstay_rollback_report_parse_notes (
        backstay_version_get_notes (backstay_configuration_get_version (work->report->after)), &source_id, NULL);

      if (g_strcmp0 (id, source_id) == 0)
        g_set_object (&work->report->source, configuration);
      else
        g_set_object (&work->report->before, configuration);
    }

  go_on (task);
}

/**
 * backstay_repository_report_async:
 * @id: a version that a rollback made
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Writes a report of a rollback: what was live before and after, what changed, who did it and why, and the
 * SQL of it.
 */
void
backstay_repository_report_async (BackstayRepository *self,
                                  const char         *id,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Work *work;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (backstay_repository_get_access (self) != NULL);

  work = g_new0 (Work, 1);
  work->report = g_new0 (BackstayRollbackReport, 1);
  work->report->access = backstay_access_ref (backstay_repository_get_access (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_repository_report_async);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  backstay_repository_get_configuration_async (self, id, cancellable, got_cb, g_steal_pointer (&task));
}

/**
 * backstay_repository_report_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_report_async() began.
 *
 * Returns: (transfer full): Markdown, or %NULL with an error
 */
char *
backstay_repository_report_finish (BackstayRepository *self,
                                   GAsyncResult       *result,
                                   GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

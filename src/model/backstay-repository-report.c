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
  char                   *source_id; /* (nullable): until it was asked for. */
  guint                   n_asked;   /* Of those that were active before. */
  gboolean                is_gone;   /* Whether one of them is. */
} Work;

static void
work_free (Work *work)
{
  backstay_rollback_report_free (work->report);
  g_free (work->source_id);
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

static void got_before_cb (GObject      *object,
                           GAsyncResult *result,
                           gpointer      user_data);

/* Asks for the next version, or ends. */
static void
go_on (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  GStrv before_ids = work->report->before_ids;

  if (before_ids[work->n_asked] == NULL)
    {
      if (work->is_gone)
        g_clear_object (&work->report->before);
      g_task_run_in_thread (task, write_thread);
      return;
    }

  backstay_repository_get_configuration_async (g_task_get_source_object (task), before_ids[work->n_asked++],
                                               g_task_get_cancellable (task), got_before_cb, g_object_ref (task));
}

/* What is gone is reported as that. Gives whether it goes on. */
static gboolean
got (GTask                  *task,
     GAsyncResult           *result,
     BackstayConfiguration **configuration)
{
  g_autoptr (GError) error = NULL;

  *configuration = backstay_repository_get_configuration_finish (g_task_get_source_object (task), result, &error);

  if (*configuration != NULL || g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT))
    return TRUE;

  g_task_return_error (task, g_steal_pointer (&error));

  return FALSE;
}

/* As a service's query has them, which takes one without a time for the newest. */
static gboolean
is_read_before (BackstayConfiguration *configuration,
                BackstayConfiguration *other)
{
  BackstayVersion *version = backstay_configuration_get_version (configuration);
  BackstayVersion *other_version = backstay_configuration_get_version (other);
  gboolean         has_time = backstay_version_get_created_at (version) != NULL;

  if (has_time != (backstay_version_get_created_at (other_version) != NULL))
    return !has_time;

  return backstay_version_is_older (other_version, version);
}

static void
got_before_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  g_autoptr (BackstayConfiguration) configuration = NULL;

  if (!got (task, result, &configuration))
    return;

  if (configuration == NULL)
    work->is_gone = TRUE;
  else if (work->report->before == NULL || is_read_before (configuration, work->report->before))
    g_set_object (&work->report->before, configuration);

  go_on (task);
}

static void
got_source_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);

  if (got (task, result, &work->report->source))
    go_on (task);
}

static void
got_after_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work                   *work = g_task_get_task_data (task);
  BackstayRollbackReport *report = work->report;
  g_autoptr (GError) error = NULL;

  report->after = backstay_repository_get_configuration_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (report->after == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!backstay_rollback_report_parse_notes (
             backstay_version_get_notes (backstay_configuration_get_version (report->after)), &work->source_id,
             &report->before_ids))
    g_task_return_new_error (task, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                             _ ("The notes of this version do not say that a rollback made it, so there is nothing "
                                "to report."));
  else
    backstay_repository_get_configuration_async (BACKSTAY_REPOSITORY (object), work->source_id,
                                                 g_task_get_cancellable (task), got_source_cb, g_object_ref (task));
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
  backstay_repository_get_configuration_async (self, id, cancellable, got_after_cb, g_steal_pointer (&task));
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

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-repository-recent"

#include "config.h"

#include "backstay-repository-private.h"
#include "backstay-timestamp.h"
#include "backstay-transaction.h"

/* The repository's methods that read what was made lately, of all model types. */

static char *
dup_time (GDateTime  *time,
          const char *fallback)
{
  return time != NULL ? backstay_timestamp_dup_sql (time) : g_strdup (fallback);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static gboolean
recent_job (BackstayDbSession *session,
            gpointer           data,
            gpointer          *result,
            GError           **error)
{
  BackstayReadJob      *job = data;
  BackstayRecentFilter *filter = job->filter;
  g_autoptr (BackstayBatch) batch = NULL;
  g_autoptr (BackstayDbRows) rows = NULL;
  g_autofree char *since = dup_time (filter->since, "-infinity");
  g_autofree char *until = dup_time (filter->until, "infinity");
  g_autofree char *limit = g_strdup_printf ("%u", job->limit);
  gboolean         is_first = job->before_id == NULL;

  batch = backstay_transaction_begin_read (job->identity, BACKSTAY_STATEMENT_MSEC);
  backstay_batch_add (batch, "list-recent",
                      "age", or_empty (filter->age),
                      "since", since,
                      "until", until,
                      "any_creator", filter->any_creator ? "true" : "false",
                      "creator", or_empty (filter->creator_id),
                      "before_created_at", is_first ? "infinity" : job->before_created_at,
                      "before_id", is_first ? BACKSTAY_READ_JOB_LAST_ID : job->before_id,
                      "limit", limit,
                      NULL);

  if ((rows = backstay_read_job_run (batch, session, error)) == NULL)
    return FALSE;

  *result = backstay_read_job_list_versions (rows, NULL);

  return TRUE;
}

/**
 * backstay_repository_list_recent_async:
 * @filter: which versions
 * @before: (nullable): the last version of the page before; %NULL for the first page
 * @limit: how many versions a page has at most
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Lists one page of what was made in a span of time, newest first, without the configurations.
 */
void
backstay_repository_list_recent_async (BackstayRepository         *self,
                                       const BackstayRecentFilter *filter,
                                       BackstayVersion            *before,
                                       guint                       limit,
                                       GCancellable               *cancellable,
                                       GAsyncReadyCallback         callback,
                                       gpointer                    user_data)
{
  BackstayReadJob *job;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (filter != NULL);
  g_return_if_fail (before == NULL || BACKSTAY_IS_VERSION (before));

  job = backstay_repository_read_job_new (self, (GDestroyNotify) g_ptr_array_unref);
  job->filter = backstay_recent_filter_copy (filter);
  job->limit = limit;
  backstay_read_job_set_before (job, before);

  backstay_repository_read_async (self,
                                  recent_job,
                                  job,
                                  BACKSTAY_JOB_MSEC,
                                  cancellable, callback, user_data,
                                  backstay_repository_list_recent_async);
}

/**
 * backstay_repository_list_recent_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_list_recent_async() began.
 *
 * Returns: (transfer full) (element-type BackstayVersion): the page, or %NULL with an error
 */
GPtrArray *
backstay_repository_list_recent_finish (BackstayRepository *self,
                                        GAsyncResult       *result,
                                        GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
counts_job (BackstayDbSession *session,
            gpointer           data,
            gpointer          *result,
            GError           **error)
{
  BackstayReadJob      *job = data;
  BackstayRecentFilter *filter = job->filter;
  g_autoptr (BackstayBatch) batch = NULL;
  g_autoptr (BackstayDbRows) rows = NULL;
  g_autoptr (BackstayChangeCounts) counts = NULL;
  g_autofree char *since = dup_time (filter->since, "-infinity");
  g_autofree char *until = dup_time (filter->until, "infinity");
  g_autofree char *edges = backstay_time_buckets_dup_edges (job->buckets);

  batch = backstay_transaction_begin_read (job->identity, BACKSTAY_STATEMENT_MSEC);
  backstay_batch_add (batch, "count-changes",
                      "age", or_empty (filter->age),
                      "since", since,
                      "until", until,
                      "edges", edges,
                      NULL);

  if ((rows = backstay_read_job_run (batch, session, error)) == NULL)
    return FALSE;

  counts = backstay_change_counts_new (job->buckets);

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    backstay_change_counts_add (counts,
                                backstay_db_rows_get_int64 (rows, row, 0),
                                backstay_db_rows_get_text (rows, row, 1),
                                backstay_db_rows_get_text (rows, row, 2),
                                backstay_db_rows_get_text (rows, row, 3),
                                (guint) backstay_db_rows_get_int64 (rows, row, 4));

  *result = g_steal_pointer (&counts);

  return TRUE;
}

/**
 * backstay_repository_count_changes_async:
 * @filter: which span of time; of all creators
 * @buckets: what the span is cut into
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Counts what was made in a span of time, by bucket, model type and creator.
 */
void
backstay_repository_count_changes_async (BackstayRepository         *self,
                                         const BackstayRecentFilter *filter,
                                         BackstayTimeBuckets        *buckets,
                                         GCancellable               *cancellable,
                                         GAsyncReadyCallback         callback,
                                         gpointer                    user_data)
{
  BackstayReadJob *job;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (filter != NULL);
  g_return_if_fail (buckets != NULL);

  job = backstay_repository_read_job_new (self, (GDestroyNotify) backstay_change_counts_unref);
  job->filter = backstay_recent_filter_copy (filter);
  job->buckets = backstay_time_buckets_ref (buckets);

  backstay_repository_read_async (self,
                                  counts_job,
                                  job,
                                  BACKSTAY_JOB_MSEC,
                                  cancellable, callback, user_data,
                                  backstay_repository_count_changes_async);
}

/**
 * backstay_repository_count_changes_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_count_changes_async() began.
 *
 * Returns: (transfer full): the counts, or %NULL with an error
 */
BackstayChangeCounts *
backstay_repository_count_changes_finish (BackstayRepository *self,
                                          GAsyncResult       *result,
                                          GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

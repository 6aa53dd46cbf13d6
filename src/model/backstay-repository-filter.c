/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-repository-filter"

#include "config.h"

#include "backstay-repository-filter.h"

#include "backstay-repository-private.h"
#include "backstay-transaction.h"

/* The repository's methods for a history of which only a part is shown. */

/* Nobody's. */
#define NO_ID "00000000-0000-0000-0000-000000000000"

/* Nobody chooses among more. */
#define MAX_CREATORS "500"

typedef struct
{
  GPtrArray *versions;
  guint      n_matches;
} Page;

static void
page_free (gpointer data)
{
  Page *page = data;

  g_clear_pointer (&page->versions, g_ptr_array_unref);
  g_free (page);
}

typedef struct
{
  GPtrArray *identities;
  gboolean   has_nobody;
} Creators;

static void
creators_free (gpointer data)
{
  Creators *creators = data;

  g_clear_pointer (&creators->identities, g_ptr_array_unref);
  g_free (creators);
}

static char *
dup_time (GDateTime  *time,
          const char *otherwise)
{
  g_autoptr (GDateTime) utc = NULL;

  if (time == NULL)
    return g_strdup (otherwise);

  utc = g_date_time_to_utc (time);

  return g_date_time_format (utc, "%Y-%m-%d %H:%M:%S+00");
}

static const char *
get_show (BackstayHistoryFilter *filter)
{
  switch (backstay_history_filter_get_show (filter))
    {
    case BACKSTAY_HISTORY_SHOW_ACTIVE:
      return "active";
    case BACKSTAY_HISTORY_SHOW_INACTIVE:
    case BACKSTAY_HISTORY_SHOW_CANDIDATES:
      return "inactive";
    case BACKSTAY_HISTORY_SHOW_ALL:
    default:
      return "all";
    }
}

/* Adds the statement. The count is only wanted with the first page. */
static void
add_list (BackstayBatch   *batch,
          BackstayReadJob *job)
{
  BackstayHistoryFilter *filter = job->history_filter;
  g_autoptr (GDateTime) begin = backstay_history_filter_dup_begin (filter);
  g_autoptr (GDateTime) end = backstay_history_filter_dup_end (filter);
  g_autofree char *since = dup_time (begin, "-infinity");
  g_autofree char *until = dup_time (end, "infinity");
  g_autofree char *days = g_strdup_printf ("%u", backstay_history_filter_get_n_days (filter));
  g_autofree char *words = backstay_history_filter_dup_word_array (filter);
  const char      *creator = backstay_history_filter_get_creator (filter);
  gboolean         is_one;
  gboolean         is_first = job->before_id == NULL;
  gboolean         in_nulls = !is_first && job->before_created_at == NULL;
  guint            n_counted = is_first ? MAX (job->limit, BACKSTAY_HISTORY_FILTER_COUNT_LIMIT) : job->limit;
  g_autofree char *limit = g_strdup_printf ("%u", job->limit);
  g_autofree char *bound = g_strdup_printf ("%u", n_counted);

  is_one = creator != NULL && !g_str_equal (creator, BACKSTAY_HISTORY_FILTER_NOBODY) &&
           !g_str_equal (creator, BACKSTAY_HISTORY_FILTER_UNKNOWN);

  backstay_batch_add (batch, "list-history-filtered",
                      "model_type", job->model_type,
                      "show", get_show (filter),
                      "days", days,
                      "since", since,
                      "until", until,
                      "creator_kind", creator == NULL ? "all" : (is_one ? "one" : creator),
                      "created_by", is_one ? creator : NO_ID,
                      "words", words,
                      "distinct", backstay_history_filter_get_distinct (filter) ? "true" : "false",
                      "nulls", in_nulls ? "true" : "false",
                      "before_created_at", is_first || in_nulls ? "infinity" : job->before_created_at,
                      "before_id", is_first ? BACKSTAY_READ_JOB_LAST_ID : job->before_id,
                      "limit", limit,
                      "bound", bound,
                      NULL);
}

static gboolean
list_filtered_job (BackstayDbSession *session,
                   gpointer           data,
                   gpointer          *result,
                   GError           **error)
{
  BackstayReadJob *job = data;
  g_autoptr (BackstayBatch) batch = backstay_transaction_begin_read (job->identity, BACKSTAY_STATEMENT_MSEC);
  g_autoptr (GPtrArray) all_rows = NULL;
  BackstayDbRows *rows;
  Page           *page;

  add_list (batch, job);

  if ((all_rows = backstay_transaction_end_read (batch, session, error)) == NULL)
    return FALSE;

  rows = g_ptr_array_index (all_rows, BACKSTAY_TRANSACTION_FIRST);
  *result = page = g_new0 (Page, 1);
  page->versions = backstay_read_job_list_versions (rows, job->model_type);

  if (page->versions->len > 0)
    page->n_matches = (guint) backstay_db_rows_get_int64 (rows, 0, 7);

  return TRUE;
}

/**
 * backstay_repository_list_filtered_async:
 * @model_type: the model type
 * @filter: which versions
 * @before: (nullable): the last version of the page before; %NULL for the first page
 * @limit: how many versions
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Lists the versions that pass a filter, newest first, a page at a time. The server does the filtering.
 */
void
backstay_repository_list_filtered_async (BackstayRepository    *self,
                                         const char            *model_type,
                                         BackstayHistoryFilter *filter,
                                         BackstayVersion       *before,
                                         guint                  limit,
                                         GCancellable          *cancellable,
                                         GAsyncReadyCallback    callback,
                                         gpointer               user_data)
{
  BackstayReadJob *job;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (model_type != NULL);
  g_return_if_fail (BACKSTAY_IS_HISTORY_FILTER (filter));

  job = backstay_repository_read_job_new (self, page_free);
  job->model_type = g_strdup (model_type);
  job->history_filter = g_object_ref (filter);
  job->limit = limit;
  backstay_read_job_set_before (job, before);

  backstay_repository_read_async (self,
                                  list_filtered_job,
                                  job,
                                  BACKSTAY_JOB_MSEC,
                                  cancellable, callback, user_data,
                                  backstay_repository_list_filtered_async);
}

/**
 * backstay_repository_list_filtered_finish:
 * @result: the result
 * @n_matches: (out) (optional): with the first page, how many versions pass the filter;
 *   %BACKSTAY_HISTORY_FILTER_COUNT_LIMIT stands for as many or more
 * @error: return location for an error
 *
 * Ends what backstay_repository_list_filtered_async() began.
 *
 * Returns: (transfer full) (element-type BackstayVersion): the page, or %NULL with an error
 */
GPtrArray *
backstay_repository_list_filtered_finish (BackstayRepository *self,
                                          GAsyncResult       *result,
                                          guint              *n_matches,
                                          GError            **error)
{
  Page      *page;
  GPtrArray *versions;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  page = g_task_propagate_pointer (G_TASK (result), error);
  if (page == NULL)
    return NULL;

  if (n_matches != NULL)
    *n_matches = page->n_matches;
  versions = g_steal_pointer (&page->versions);
  page_free (page);

  return versions;
}

static gboolean
list_creators_job (BackstayDbSession *session,
                   gpointer           data,
                   gpointer          *result,
                   GError           **error)
{
  BackstayReadJob *job = data;
  g_autoptr (BackstayBatch) batch = backstay_transaction_begin_read (job->identity, BACKSTAY_STATEMENT_MSEC);
  g_autoptr (GPtrArray) all_rows = NULL;
  BackstayDbRows *rows;
  Creators       *creators;

  backstay_batch_add (batch, "list-creators", "model_type", job->model_type, "limit", MAX_CREATORS, NULL);

  if ((all_rows = backstay_transaction_end_read (batch, session, error)) == NULL)
    return FALSE;

  rows = g_ptr_array_index (all_rows, BACKSTAY_TRANSACTION_FIRST);
  *result = creators = g_new0 (Creators, 1);
  creators->identities = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    {
      const char *id = backstay_db_rows_get_text (rows, row, 0);

      if (id == NULL)
        creators->has_nobody = TRUE;
      else
        g_ptr_array_add (creators->identities,
                         backstay_identity_new (id, backstay_db_rows_get_text (rows, row, 1)));
    }

  return TRUE;
}

/**
 * backstay_repository_list_creators_async:
 * @model_type: the model type
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Lists who made versions of a model type.
 */
void
backstay_repository_list_creators_async (BackstayRepository *self,
                                         const char         *model_type,
                                         GCancellable       *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data)
{
  BackstayReadJob *job;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (model_type != NULL);

  job = backstay_repository_read_job_new (self, creators_free);
  job->model_type = g_strdup (model_type);

  backstay_repository_read_async (self,
                                  list_creators_job,
                                  job,
                                  BACKSTAY_JOB_MSEC,
                                  cancellable, callback, user_data,
                                  backstay_repository_list_creators_async);
}

/**
 * backstay_repository_list_creators_finish:
 * @result: the result
 * @has_nobody: (out): whether there are versions without a creator
 * @error: return location for an error
 *
 * Ends what backstay_repository_list_creators_async() began.
 *
 * Returns: (transfer full) (element-type BackstayIdentity): the creators, by name; or %NULL with an
 *   error
 */
GPtrArray *
backstay_repository_list_creators_finish (BackstayRepository *self,
                                          GAsyncResult       *result,
                                          gboolean           *has_nobody,
                                          GError            **error)
{
  Creators  *creators;
  GPtrArray *identities;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (has_nobody != NULL, NULL);

  creators = g_task_propagate_pointer (G_TASK (result), error);
  if (creators == NULL)
    return NULL;

  *has_nobody = creators->has_nobody;
  identities = g_steal_pointer (&creators->identities);
  creators_free (creators);

  return identities;
}

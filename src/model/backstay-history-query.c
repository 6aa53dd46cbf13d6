/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-history-query"

#include "config.h"

#include "backstay-history-query.h"

#include "backstay-repository-filter.h"

struct _BackstayHistoryQuery
{
  BackstayRepository    *repository;
  char                  *model_type; /* %NULL for all of them, */
  BackstayRecentFilter  *recent;     /* as far as they pass this. */
  BackstayHistoryFilter *filter;     /* Of a model type's; %NULL where every version passes. */
};

/**
 * backstay_history_query_new:
 * @repository: where to load from
 * @model_type: whose versions
 *
 * Returns: (transfer full): all versions of a model type
 */
BackstayHistoryQuery *
backstay_history_query_new (BackstayRepository *repository,
                            const char         *model_type)
{
  BackstayHistoryQuery *self;

  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (repository), NULL);
  g_return_val_if_fail (model_type != NULL, NULL);

  self = g_new0 (BackstayHistoryQuery, 1);
  self->repository = g_object_ref (repository);
  self->model_type = g_strdup (model_type);

  return self;
}

/**
 * backstay_history_query_new_recent:
 * @repository: where to load from
 * @filter: which versions
 *
 * Returns: (transfer full): versions of all model types
 */
BackstayHistoryQuery *
backstay_history_query_new_recent (BackstayRepository         *repository,
                                   const BackstayRecentFilter *filter)
{
  BackstayHistoryQuery *self;

  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (repository), NULL);
  g_return_val_if_fail (filter != NULL, NULL);

  self = g_new0 (BackstayHistoryQuery, 1);
  self->repository = g_object_ref (repository);
  self->recent = backstay_recent_filter_copy (filter);

  return self;
}

/**
 * backstay_history_query_free:
 *
 * Frees it. A page that is on its way has to be cancelled.
 */
void
backstay_history_query_free (BackstayHistoryQuery *self)
{
  g_return_if_fail (self != NULL);

  g_object_unref (self->repository);
  g_free (self->model_type);
  g_clear_pointer (&self->recent, backstay_recent_filter_free);
  g_clear_object (&self->filter);
  g_free (self);
}

/**
 * backstay_history_query_get_model_type:
 *
 * Returns: (transfer none) (nullable): whose versions; %NULL for all of them
 */
const char *
backstay_history_query_get_model_type (BackstayHistoryQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->model_type;
}

/**
 * backstay_history_query_set_filter:
 * @filter: (nullable): which versions of the model type; %NULL for all of them
 *
 * Sets what is asked for from now on.
 */
void
backstay_history_query_set_filter (BackstayHistoryQuery  *self,
                                   BackstayHistoryFilter *filter)
{
  g_return_if_fail (self != NULL);

  if (filter != NULL && backstay_history_filter_is_empty (filter))
    filter = NULL;

  g_set_object (&self->filter, filter);
}

/**
 * backstay_history_query_get_filtered:
 *
 * Returns: whether a filter may leave versions of the model type out
 */
gboolean
backstay_history_query_get_filtered (BackstayHistoryQuery *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->filter != NULL;
}

/**
 * backstay_history_query_list_async:
 * @before: (nullable): the last version of the page before; %NULL for the first page
 * @limit: how many versions a page has
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Loads a page.
 */
void
backstay_history_query_list_async (BackstayHistoryQuery *self,
                                   BackstayVersion      *before,
                                   guint                 limit,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data)
{
  g_return_if_fail (self != NULL);

  if (self->recent != NULL)
    backstay_repository_list_recent_async (self->repository, self->recent, before, limit,
                                           cancellable, callback, user_data);
  else if (self->filter != NULL)
    backstay_repository_list_filtered_async (self->repository, self->model_type, self->filter, before, limit,
                                             cancellable, callback, user_data);
  else
    backstay_repository_list_history_async (self->repository, self->model_type, before, limit,
                                            cancellable, callback, user_data);
}

/**
 * backstay_history_query_list_finish:
 * @object: what the callback got
 * @result: the result
 * @n_matches: (out): how many versions pass the filter, where there is one and this is the first page;
 *   %BACKSTAY_HISTORY_FILTER_COUNT_LIMIT stands for as many or more
 * @error: return location for an error
 *
 * Ends what backstay_history_query_list_async() began, also after the query was freed.
 *
 * Returns: (transfer full) (element-type BackstayVersion): the page, newest first, or %NULL with an
 *   error
 */
GPtrArray *
backstay_history_query_list_finish (GObject      *object,
                                    GAsyncResult *result,
                                    guint        *n_matches,
                                    GError      **error)
{
  BackstayRepository *repository = BACKSTAY_REPOSITORY (object);

  g_return_val_if_fail (n_matches != NULL, NULL);

  *n_matches = 0;

  if (g_async_result_is_tagged (result, backstay_repository_list_recent_async))
    return backstay_repository_list_recent_finish (repository, result, error);

  if (g_async_result_is_tagged (result, backstay_repository_list_filtered_async))
    return backstay_repository_list_filtered_finish (repository, result, n_matches, error);

  return backstay_repository_list_history_finish (repository, result, error);
}

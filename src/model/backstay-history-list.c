/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-history-list"

#include "config.h"

#include "backstay-history-list-private.h"

#include <string.h>

/**
 * BackstayHistoryList:
 *
 * A [iface@Gio.ListModel] of [class@Version], newest first, that grows one page at a time: the
 * history of a model type, or what was made lately of all of them.
 *
 * Asking for one of the last items starts the next page; `items-changed` is never emitted from
 * inside of g_list_model_get_item().
 */

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_OUTDATED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GType
backstay_history_list_get_item_type (GListModel *model)
{
  return BACKSTAY_TYPE_VERSION;
}

static guint
backstay_history_list_get_n_items (GListModel *model)
{
  return BACKSTAY_HISTORY_LIST (model)->items->len;
}

static gpointer
backstay_history_list_get_item (GListModel *model,
                                guint       position)
{
  BackstayHistoryList *self = BACKSTAY_HISTORY_LIST (model);

  if (position >= self->items->len)
    return NULL;

  /* After an error the user decides when to try again. */
  if (self->error == NULL && position + BACKSTAY_HISTORY_LIST_PAGE_SIZE / 2 >= self->items->len)
    backstay_history_list_load_more (self);

  return g_object_ref (g_ptr_array_index (self->items, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = backstay_history_list_get_item_type;
  iface->get_n_items = backstay_history_list_get_n_items;
  iface->get_item = backstay_history_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BackstayHistoryList, backstay_history_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* What was asked for is what the query asks for still: setting a filter means loading again. */
static void
take_page (BackstayHistoryList *self,
           GPtrArray           *page)
{
  guint position = self->reloading ? 0 : self->items->len;
  guint n_removed = self->reloading ? self->items->len : 0;
  guint n_added = page->len;

  if (n_removed > 0)
    g_ptr_array_remove_range (self->items, 0, n_removed);
  if (position == 0)
    self->has_gaps = backstay_history_query_get_filtered (self->query);

  if (n_added > self->max_items - position)
    g_ptr_array_set_size (page, (int) (self->max_items - position));

  self->at_end = n_added < BACKSTAY_HISTORY_LIST_PAGE_SIZE || page->len < n_added;
  n_added = page->len;
  g_ptr_array_extend_and_steal (self->items, page);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);

  if (self->reloading)
    backstay_history_list_set_outdated (self, NULL, 0);
}

static void
page_listed_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  BackstayHistoryList *self = user_data; /* Dangling if cancelled. */
  GError              *error = NULL;
  guint                n_matches;
  GPtrArray           *page = backstay_history_query_list_finish (object, result, &n_matches, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      return;
    }

  g_clear_error (&self->error);
  self->error = error;

  /* Later pages do not count. */
  if (page != NULL && (self->reloading || self->items->len == 0))
    self->n_matches = n_matches;

  /* Still loading while the page goes in, so that whoever looks at it does not ask for more. */
  if (page != NULL)
    take_page (self, page);

  g_clear_object (&self->cancellable);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
load_page (BackstayHistoryList *self,
           gboolean             reloading)
{
  BackstayVersion *before = NULL;

  if (!reloading && self->items->len > 0)
    before = g_ptr_array_index (self->items, self->items->len - 1);

  if (reloading)
    backstay_history_list_stop_looking (self);

  self->reloading = reloading;
  self->cancellable = g_cancellable_new ();

  backstay_history_query_list_async (self->query, before, BACKSTAY_HISTORY_LIST_PAGE_SIZE, self->cancellable,
                                     page_listed_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
backstay_history_list_dispose (GObject *object)
{
  BackstayHistoryList *self = BACKSTAY_HISTORY_LIST (object);

  backstay_history_list_stop_looking (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->query, backstay_history_query_free);

  G_OBJECT_CLASS (backstay_history_list_parent_class)->dispose (object);
}

static void
backstay_history_list_finalize (GObject *object)
{
  BackstayHistoryList *self = BACKSTAY_HISTORY_LIST (object);

  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->first_page, g_ptr_array_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (backstay_history_list_parent_class)->finalize (object);
}

static void
backstay_history_list_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  BackstayHistoryList *self = BACKSTAY_HISTORY_LIST (object);

  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, backstay_history_list_get_loading (self));
      break;

    case PROP_OUTDATED:
      g_value_set_boolean (value, backstay_history_list_get_outdated (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_history_list_class_init (BackstayHistoryListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = backstay_history_list_dispose;
  object_class->finalize = backstay_history_list_finalize;
  object_class->get_property = backstay_history_list_get_property;

  /**
   * BackstayHistoryList:loading:
   *
   * Whether a page is being loaded. When this changes to false, the list or its error is new.
   */
  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * BackstayHistoryList:outdated:
   *
   * Whether the table has something else by now. Notified also when there is more of it.
   */
  properties[PROP_OUTDATED] =
    g_param_spec_boolean ("outdated", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
backstay_history_list_init (BackstayHistoryList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->max_items = G_MAXUINT;
}

/**
 * backstay_history_list_new:
 * @repository: where to load from
 * @model_type: whose history
 *
 * Returns: (transfer full): an empty list; see backstay_history_list_load_more()
 */
BackstayHistoryList *
backstay_history_list_new (BackstayRepository *repository,
                           const char         *model_type)
{
  BackstayHistoryList *self;

  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (repository), NULL);
  g_return_val_if_fail (model_type != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_HISTORY_LIST, NULL);
  self->query = backstay_history_query_new (repository, model_type);

  return self;
}

/**
 * backstay_history_list_new_part:
 * @repository: where to load from
 * @first: the newest version of the part
 * @n_versions: how many versions it has, @first included
 *
 * Returns: (transfer full): a list with @first, and what is older on further pages. It cannot be
 *   loaded again.
 */
BackstayHistoryList *
backstay_history_list_new_part (BackstayRepository *repository,
                                BackstayVersion    *first,
                                guint               n_versions)
{
  BackstayHistoryList *self;

  g_return_val_if_fail (BACKSTAY_IS_VERSION (first), NULL);
  g_return_val_if_fail (n_versions > 0, NULL);

  self = backstay_history_list_new (repository, backstay_version_get_model_type (first));
  g_ptr_array_add (self->items, g_object_ref (first));
  self->max_items = n_versions;
  self->at_end = n_versions == 1;

  return self;
}

/**
 * backstay_history_list_new_recent:
 * @repository: where to load from
 * @filter: which versions
 *
 * Returns: (transfer full): an empty list of what was made lately, of all model types; see
 *   backstay_history_list_load_more()
 */
BackstayHistoryList *
backstay_history_list_new_recent (BackstayRepository         *repository,
                                  const BackstayRecentFilter *filter)
{
  BackstayHistoryList *self;

  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (repository), NULL);
  g_return_val_if_fail (filter != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_HISTORY_LIST, NULL);
  self->query = backstay_history_query_new_recent (repository, filter);

  return self;
}

/**
 * backstay_history_list_get_model_type:
 *
 * Returns: (transfer none) (nullable): whose history it is; %NULL for all of them
 */
const char *
backstay_history_list_get_model_type (BackstayHistoryList *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_LIST (self), NULL);

  return backstay_history_query_get_model_type (self->query);
}

/**
 * backstay_history_list_set_filter:
 * @filter: (nullable): which versions to list; %NULL for all of them
 *
 * Sets what is loaded from now on. What is in the list stays until it is loaded again, and what is on its
 * way does not come: see backstay_history_list_reload().
 */
void
backstay_history_list_set_filter (BackstayHistoryList   *self,
                                  BackstayHistoryFilter *filter)
{
  g_return_if_fail (BACKSTAY_IS_HISTORY_LIST (self));

  backstay_history_query_set_filter (self->query, filter);
  self->n_matches = 0;

  /* What it found is not what is asked for any more. */
  backstay_history_list_stop_looking (self);
}

/**
 * backstay_history_list_get_filtered:
 *
 * Returns: whether there may be versions that are not listed
 */
gboolean
backstay_history_list_get_filtered (BackstayHistoryList *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_LIST (self), FALSE);

  return backstay_history_query_get_filtered (self->query);
}

/**
 * backstay_history_list_get_has_gaps:
 *
 * Returns: whether there may be other versions between those that are in the list now
 */
gboolean
backstay_history_list_get_has_gaps (BackstayHistoryList *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_LIST (self), FALSE);

  return self->has_gaps;
}

/**
 * backstay_history_list_get_n_matches:
 *
 * Returns: how many versions pass the filter, as of when its first page was loaded, 0 before;
 *   %BACKSTAY_HISTORY_FILTER_COUNT_LIMIT stands for as many or more
 */
guint
backstay_history_list_get_n_matches (BackstayHistoryList *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_LIST (self), 0);

  return self->n_matches;
}

/**
 * backstay_history_list_load_more:
 *
 * Loads the next page, unless one is being loaded or the last one was. After an error it tries
 * again.
 */
void
backstay_history_list_load_more (BackstayHistoryList *self)
{
  gboolean again;

  g_return_if_fail (BACKSTAY_IS_HISTORY_LIST (self));

  if (self->cancellable != NULL)
    return;

  /* The page that failed may have been the first one, loaded again. */
  again = self->error != NULL && self->reloading;

  if (again || !self->at_end)
    load_page (self, again);
}

/**
 * backstay_history_list_reload:
 *
 * Loads the first page again. What is shown stays until it has come.
 */
void
backstay_history_list_reload (BackstayHistoryList *self)
{
  g_return_if_fail (BACKSTAY_IS_HISTORY_LIST (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  load_page (self, TRUE);
}

/**
 * backstay_history_list_get_loading:
 *
 * Returns: whether a page is being loaded
 */
gboolean
backstay_history_list_get_loading (BackstayHistoryList *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_LIST (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * backstay_history_list_get_at_end:
 *
 * Returns: whether all of the history is in the list
 */
gboolean
backstay_history_list_get_at_end (BackstayHistoryList *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_LIST (self), FALSE);

  return self->at_end;
}

/**
 * backstay_history_list_get_error:
 *
 * Returns: (transfer none) (nullable): why the last page could not be loaded
 */
const GError *
backstay_history_list_get_error (BackstayHistoryList *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_LIST (self), NULL);

  return self->error;
}

/**
 * backstay_history_list_find:
 * @id: a version's uuid
 * @position: (out) (optional): its place
 *
 * Returns: (transfer none) (nullable): the version, if it is on one of the loaded pages
 */
BackstayVersion *
backstay_history_list_find (BackstayHistoryList *self,
                            const char          *id,
                            guint               *position)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_LIST (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      BackstayVersion *version = g_ptr_array_index (self->items, i);

      if (strcmp (backstay_version_get_id (version), id) == 0)
        {
          if (position != NULL)
            *position = i;
          return version;
        }
    }

  return NULL;
}

/**
 * backstay_history_list_peek:
 * @position: a place
 *
 * Looks at an item without starting the next page.
 *
 * Returns: (transfer none) (nullable): the version, %NULL past the end of what is loaded
 */
BackstayVersion *
backstay_history_list_peek (BackstayHistoryList *self,
                            guint                position)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_LIST (self), NULL);

  return position < self->items->len ? g_ptr_array_index (self->items, position) : NULL;
}

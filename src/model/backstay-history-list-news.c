/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-history-list-news"

#include "config.h"

#include "backstay-history-list-private.h"

#include "backstay-history-update.h"

/* What others did since the list was loaded: to find it out, and to take it over. */

/* Takes @first_page; %NULL where what is shown is what is there. */
void
backstay_history_list_set_outdated (BackstayHistoryList *self,
                                    GPtrArray           *first_page,
                                    guint                n_newer)
{
  g_clear_pointer (&self->first_page, g_ptr_array_unref);
  self->first_page = first_page;
  self->n_newer = n_newer;
  g_object_notify (G_OBJECT (self), "outdated");
}

void
backstay_history_list_stop_looking (BackstayHistoryList *self)
{
  g_cancellable_cancel (self->look_cancellable);
  g_clear_object (&self->look_cancellable);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BackstayHistoryList *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayHistoryUpdate) update = NULL;
  guint n_matches;

  page = backstay_history_query_list_finish (object, result, &n_matches, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->look_cancellable);

  /* Nobody asked for it, so nobody needs to hear that it failed. */
  if (page == NULL)
    return;

  self->first_page_n_matches = n_matches;
  update = backstay_history_update_new (self->items, page, page->len < BACKSTAY_HISTORY_LIST_PAGE_SIZE);

  if (backstay_history_update_is_needed (update))
    backstay_history_list_set_outdated (self, g_steal_pointer (&page), update->n_newer);
  else
    backstay_history_list_set_outdated (self, NULL, 0);
}

/**
 * backstay_history_list_look:
 *
 * Looks whether the list, which is a whole history, is outdated. It stays as it is; see
 * backstay_history_list_update().
 */
void
backstay_history_list_look (BackstayHistoryList *self)
{
  g_return_if_fail (BACKSTAY_IS_HISTORY_LIST (self));

  backstay_history_list_stop_looking (self);
  self->look_cancellable = g_cancellable_new ();

  backstay_history_query_list_async (self->query, NULL, BACKSTAY_HISTORY_LIST_PAGE_SIZE, self->look_cancellable,
                                     looked_cb, self);
}

/**
 * backstay_history_list_set_active:
 * @active: (element-type BackstayVersion): the versions of the type that are active now, all of
 *   them
 *
 * Tells the list's versions whether they are active.
 */
void
backstay_history_list_set_active (BackstayHistoryList *self,
                                  GPtrArray           *active)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_if_fail (BACKSTAY_IS_HISTORY_LIST (self));
  g_return_if_fail (active != NULL);

  for (guint i = 0; i < active->len; i++)
    g_hash_table_add (ids, (gpointer) backstay_version_get_id (g_ptr_array_index (active, i)));

  for (guint i = 0; i < self->items->len; i++)
    {
      BackstayVersion *version = g_ptr_array_index (self->items, i);

      backstay_version_set_active (version, g_hash_table_contains (ids, backstay_version_get_id (version)));
    }
}

/**
 * backstay_history_list_get_outdated:
 *
 * Returns: whether backstay_history_list_look() found something that is not in the list, or gone
 */
gboolean
backstay_history_list_get_outdated (BackstayHistoryList *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_LIST (self), FALSE);

  return self->first_page != NULL;
}

/**
 * backstay_history_list_get_n_newer:
 *
 * Returns: how many versions come before the list's first one; 0 also where it is outdated for
 *   another reason. It counts no more than one page.
 */
guint
backstay_history_list_get_n_newer (BackstayHistoryList *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_LIST (self), 0);

  return self->n_newer;
}

/**
 * backstay_history_list_update:
 *
 * Takes over what backstay_history_list_look() found. Versions that were in the list already stay
 * the same objects.
 */
void
backstay_history_list_update (BackstayHistoryList *self)
{
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (BackstayHistoryUpdate) update = NULL;
  gboolean is_all;

  g_return_if_fail (BACKSTAY_IS_HISTORY_LIST (self));

  if (self->first_page == NULL)
    return;

  page = g_steal_pointer (&self->first_page);
  is_all = page->len < BACKSTAY_HISTORY_LIST_PAGE_SIZE;
  update = backstay_history_update_new (self->items, page, is_all);

  if (update->n_kept == 0)
    self->at_end = is_all;

  self->n_matches = self->first_page_n_matches;
  backstay_history_update_apply (update, self->items);
  g_list_model_items_changed (G_LIST_MODEL (self), update->position, update->n_removed,
                              update->added->len);
  backstay_history_list_set_outdated (self, NULL, 0);
}

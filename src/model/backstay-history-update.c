/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-history-update"

#include "config.h"

#include "backstay-history-update.h"

/* Where each version of a page is, from 1. */
static GHashTable *
index_page (GPtrArray *page)
{
  GHashTable *places = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < page->len; i++)
    g_hash_table_insert (places,
                         (gpointer) backstay_version_get_id (g_ptr_array_index (page, i)),
                         GUINT_TO_POINTER (i + 1));

  return places;
}

/* Puts the objects that are in the list already into the page, unless something is said otherwise by
 * now. Gives how much of the list the page speaks of. */
static guint
keep_objects (GPtrArray *items,
              GPtrArray *merged,
              gboolean   is_all,
              guint     *first_known,
              guint     *n_kept)
{
  g_autoptr (GHashTable) places = index_page (merged);
  guint n_covered = 0;

  *first_known = merged->len;
  *n_kept = 0;

  for (guint i = 0; i < items->len; i++)
    {
      BackstayVersion *item = g_ptr_array_index (items, i);
      guint            place = GPOINTER_TO_UINT (g_hash_table_lookup (places, backstay_version_get_id (item)));
      BackstayVersion *now;

      if (place == 0)
        continue;

      n_covered = i + 1;
      *first_known = MIN (*first_known, place - 1);
      (*n_kept)++;
      now = g_ptr_array_index (merged, place - 1);
      backstay_version_set_active (item, backstay_version_get_active (now));

      if (backstay_version_equal (item, now))
        g_set_object ((BackstayVersion **) &merged->pdata[place - 1], item);
    }

  /* A page that has nothing of the list comes in its place. */
  return is_all || *n_kept == 0 ? items->len : n_covered;
}

/* Leaves only what differs between the list's beginning and what it will be. */
static void
trim (BackstayHistoryUpdate *self,
      GPtrArray             *items)
{
  while (self->n_removed > 0 && self->added->len > 0 &&
         items->pdata[self->position] == self->added->pdata[0])
    {
      g_ptr_array_remove_index (self->added, 0);
      self->position++;
      self->n_removed--;
    }

  while (self->n_removed > 0 && self->added->len > 0 &&
         items->pdata[self->position + self->n_removed - 1] == self->added->pdata[self->added->len - 1])
    {
      g_ptr_array_set_size (self->added, (int) self->added->len - 1);
      self->n_removed--;
    }
}

/**
 * backstay_history_update_new:
 * @items: (element-type BackstayVersion): the list, newest first
 * @page: (element-type BackstayVersion): the first versions that the table has now
 * @is_all: whether it has no more
 *
 * Finds out what differs. The list's versions are told whether they are active now.
 *
 * Returns: (transfer full): the difference
 */
BackstayHistoryUpdate *
backstay_history_update_new (GPtrArray *items,
                             GPtrArray *page,
                             gboolean   is_all)
{
  BackstayHistoryUpdate *self;

  g_return_val_if_fail (items != NULL && page != NULL, NULL);

  self = g_new0 (BackstayHistoryUpdate, 1);
  self->added = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < page->len; i++)
    g_ptr_array_add (self->added, g_object_ref (g_ptr_array_index (page, i)));

  self->n_removed = keep_objects (items, self->added, is_all, &self->n_newer, &self->n_kept);
  trim (self, items);

  return self;
}

/**
 * backstay_history_update_free:
 *
 * Frees the difference.
 */
void
backstay_history_update_free (BackstayHistoryUpdate *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->added);
  g_free (self);
}

/**
 * backstay_history_update_is_needed:
 *
 * Returns: whether there is a difference
 */
gboolean
backstay_history_update_is_needed (BackstayHistoryUpdate *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_removed > 0 || self->added->len > 0;
}

/**
 * backstay_history_update_apply:
 * @items: (element-type BackstayVersion): the list that it was made for
 *
 * Changes the list.
 */
void
backstay_history_update_apply (BackstayHistoryUpdate *self,
                               GPtrArray             *items)
{
  g_return_if_fail (self != NULL && items != NULL);

  if (self->n_removed > 0)
    g_ptr_array_remove_range (items, self->position, self->n_removed);

  for (guint i = 0; i < self->added->len; i++)
    g_ptr_array_insert (items, (int) (self->position + i), g_object_ref (self->added->pdata[i]));
}

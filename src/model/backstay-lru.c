/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-lru"

#include "config.h"

#include "backstay-lru.h"

/**
 * BackstayLru:
 *
 * A table that forgets what was not looked up for longest when all of it costs too much.
 */
struct _BackstayLru
{
  GHashTable    *links; /* Of a GList in the queue, by its entry's key. */
  GQueue         entries;
  gsize          cost;
  gsize          max_cost;
  GDestroyNotify value_free;
};

typedef struct
{
  char    *key;
  gpointer value;
  gsize    cost;
} Entry;

/**
 * backstay_lru_new:
 * @max_cost: how much all values may cost, in whatever unit
 * @value_free: frees a value
 *
 * Returns: (transfer full): an empty table
 */
BackstayLru *
backstay_lru_new (gsize          max_cost,
                  GDestroyNotify value_free)
{
  BackstayLru *self;

  g_return_val_if_fail (value_free != NULL, NULL);

  self = g_new0 (BackstayLru, 1);
  self->links = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->entries);
  self->max_cost = max_cost;
  self->value_free = value_free;

  return self;
}

static void
drop (BackstayLru *self,
      GList       *link)
{
  Entry *entry = link->data;

  g_hash_table_remove (self->links, entry->key);
  g_queue_delete_link (&self->entries, link);
  self->cost -= entry->cost;
  self->value_free (entry->value);
  g_free (entry->key);
  g_free (entry);
}

/**
 * backstay_lru_free:
 *
 * Frees the table and all values.
 */
void
backstay_lru_free (BackstayLru *self)
{
  g_return_if_fail (self != NULL);

  while (self->entries.head != NULL)
    drop (self, self->entries.head);

  g_hash_table_unref (self->links);
  g_free (self);
}

/**
 * backstay_lru_lookup:
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the value, until the next backstay_lru_take()
 */
gpointer
backstay_lru_lookup (BackstayLru *self,
                     const char  *key)
{
  GList *link;

  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  link = g_hash_table_lookup (self->links, key);
  if (link == NULL)
    return NULL;

  g_queue_unlink (&self->entries, link);
  g_queue_push_head_link (&self->entries, link);

  return ((Entry *) link->data)->value;
}

/**
 * backstay_lru_take:
 * @key: a key
 * @value: (transfer full): its value
 * @cost: what it costs to keep it
 *
 * Keeps a value, in place of an older one. The newest value stays whatever it costs.
 */
void
backstay_lru_take (BackstayLru *self,
                   const char  *key,
                   gpointer     value,
                   gsize        cost)
{
  GList *old;
  Entry *entry;

  g_return_if_fail (self != NULL && key != NULL);

  old = g_hash_table_lookup (self->links, key);
  if (old != NULL)
    drop (self, old);

  entry = g_new0 (Entry, 1);
  entry->key = g_strdup (key);
  entry->value = value;
  entry->cost = cost;

  g_queue_push_head (&self->entries, entry);
  g_hash_table_insert (self->links, entry->key, self->entries.head);
  self->cost += cost;

  while (self->cost > self->max_cost && self->entries.length > 1)
    drop (self, self->entries.tail);
}

/**
 * backstay_lru_get_n_values:
 *
 * Returns: how many values are kept
 */
guint
backstay_lru_get_n_values (BackstayLru *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->entries.length;
}

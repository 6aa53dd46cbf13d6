/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-change-counts"

#include "config.h"

#include "backstay-change-counts.h"

#include <string.h>

/* One row of count-changes.sql. */
typedef struct
{
  gint64 number;
  char  *model_type;
  char  *creator_id;
  char  *creator_name;
  guint  n;
} Count;

typedef struct
{
  const char *name;
  guint       n;
} Type;

/**
 * BackstayChangeCounts:
 *
 * How many versions were made in a span of time, by bucket, model type and creator.
 */
struct _BackstayChangeCounts
{
  gatomicrefcount      ref_count;
  BackstayTimeBuckets *buckets;
  GPtrArray           *counts;
};

static void
count_free (Count *count)
{
  g_free (count->model_type);
  g_free (count->creator_id);
  g_free (count->creator_name);
  g_free (count);
}

/**
 * backstay_change_creator_new:
 * @id: (nullable): the uuid; %NULL where none is recorded
 * @name: (nullable): the name, where a profile can be seen
 *
 * Returns: (transfer full): a creator of nothing yet
 */
BackstayChangeCreator *
backstay_change_creator_new (const char *id,
                             const char *name)
{
  BackstayChangeCreator *self = g_new0 (BackstayChangeCreator, 1);

  self->id = g_strdup (id);
  self->name = g_strdup (name);

  return self;
}

/**
 * backstay_change_creator_free:
 * @self: (transfer full): a creator
 */
void
backstay_change_creator_free (BackstayChangeCreator *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

/**
 * backstay_change_counts_new:
 * @buckets: the span of time
 *
 * Returns: (transfer full): counts without any
 */
BackstayChangeCounts *
backstay_change_counts_new (BackstayTimeBuckets *buckets)
{
  BackstayChangeCounts *self;

  g_return_val_if_fail (buckets != NULL, NULL);

  self = g_new0 (BackstayChangeCounts, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->buckets = backstay_time_buckets_ref (buckets);
  self->counts = g_ptr_array_new_with_free_func ((GDestroyNotify) count_free);

  return self;
}

/**
 * backstay_change_counts_ref:
 *
 * Returns: (transfer full): the same
 */
BackstayChangeCounts *
backstay_change_counts_ref (BackstayChangeCounts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * backstay_change_counts_unref:
 * @self: (transfer full): counts
 */
void
backstay_change_counts_unref (BackstayChangeCounts *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  backstay_time_buckets_unref (self->buckets);
  g_ptr_array_unref (self->counts);
  g_free (self);
}

/**
 * backstay_change_counts_add:
 * @number: which bucket, from 1 on; one more than there are for what is later
 * @model_type: the model type
 * @creator_id: (nullable): who made them
 * @creator_name: (nullable): the name of who made them
 * @n: how many there are
 *
 * Adds a count.
 */
void
backstay_change_counts_add (BackstayChangeCounts *self,
                            gint64                number,
                            const char           *model_type,
                            const char           *creator_id,
                            const char           *creator_name,
                            guint                 n)
{
  Count *count;

  g_return_if_fail (self != NULL);
  g_return_if_fail (model_type != NULL);

  count = g_new0 (Count, 1);
  count->number = number;
  count->model_type = g_strdup (model_type);
  count->creator_id = g_strdup (creator_id);
  count->creator_name = g_strdup (creator_name);
  count->n = n;
  g_ptr_array_add (self->counts, count);
}

/* Names first, then those who have none, then nobody. */
static int
compare_creators (gconstpointer a,
                  gconstpointer b)
{
  const BackstayChangeCreator *first = *(const BackstayChangeCreator *const *) a;
  const BackstayChangeCreator *second = *(const BackstayChangeCreator *const *) b;

  if ((first->name == NULL) != (second->name == NULL))
    return first->name == NULL ? 1 : -1;

  if (first->name != NULL && strcmp (first->name, second->name) != 0)
    return g_utf8_collate (first->name, second->name);

  if ((first->id == NULL) != (second->id == NULL))
    return first->id == NULL ? 1 : -1;

  return g_strcmp0 (first->id, second->id);
}

static BackstayChangeCreator *
ensure_creator (GPtrArray *creators,
                Count     *count)
{
  BackstayChangeCreator *creator;

  for (guint i = 0; i < creators->len; i++)
    {
      creator = g_ptr_array_index (creators, i);

      if (g_strcmp0 (creator->id, count->creator_id) == 0)
        return creator;
    }

  creator = backstay_change_creator_new (count->creator_id, count->creator_name);
  g_ptr_array_add (creators, creator);

  return creator;
}

/**
 * backstay_change_counts_list_creators:
 *
 * Lists who made the versions.
 *
 * Returns: (transfer full) (element-type BackstayChangeCreator): the creators
 */
GPtrArray *
backstay_change_counts_list_creators (BackstayChangeCounts *self)
{
  GPtrArray *creators = g_ptr_array_new_with_free_func ((GDestroyNotify) backstay_change_creator_free);

  for (guint i = 0; i < self->counts->len; i++)
    {
      Count *count = g_ptr_array_index (self->counts, i);

      ensure_creator (creators, count)->n += count->n;
    }

  g_ptr_array_sort (creators, compare_creators);

  return creators;
}

static int
compare_by_number (gconstpointer a,
                   gconstpointer b)
{
  const Type *first = a;
  const Type *second = b;

  if (first->n != second->n)
    return first->n > second->n ? -1 : 1;

  return strcmp (first->name, second->name);
}

static int
compare_by_name (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (((const Type *) a)->name, ((const Type *) b)->name);
}

/* The counts come ordered by model type. */
static GArray *
count_types (BackstayChangeCounts *self)
{
  GArray *types = g_array_new (FALSE, FALSE, sizeof (Type));

  for (guint i = 0; i < self->counts->len; i++)
    {
      Count *count = g_ptr_array_index (self->counts, i);
      Type  *last = types->len > 0 ? &g_array_index (types, Type, types->len - 1) : NULL;

      if (last != NULL && strcmp (last->name, count->model_type) == 0)
        {
          last->n += count->n;
        }
      else
        {
          Type type = { count->model_type, count->n };

          g_array_append_val (types, type);
        }
    }

  return types;
}

/* The same whoever is chosen, so that no type changes its colour: those that changed most, by
 * name. */
static GPtrArray *
list_series (BackstayChangeCounts *self)
{
  GPtrArray *series = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) types = count_types (self);
  gboolean has_rest = types->len > BACKSTAY_CHANGE_SERIES_MAX;

  if (has_rest)
    {
      g_array_sort (types, compare_by_number);
      g_array_set_size (types, BACKSTAY_CHANGE_SERIES_MAX - 1);
    }

  g_array_sort (types, compare_by_name);

  for (guint i = 0; i < types->len; i++)
    g_ptr_array_add (series, g_strdup (g_array_index (types, Type, i).name));

  if (has_rest)
    g_ptr_array_add (series, NULL);

  return series;
}

/**
 * backstay_change_counts_sum:
 * @any_creator: whether it does not matter who made a version
 * @creator_id: (nullable): who made it; %NULL for nobody recorded
 *
 * Sums up what one creator or all of them did.
 *
 * Returns: (transfer full): the sums
 */
BackstayChangeSums *
backstay_change_counts_sum (BackstayChangeCounts *self,
                            gboolean              any_creator,
                            const char           *creator_id)
{
  g_autoptr (GPtrArray) series = NULL;
  BackstayChangeSums *sums;

  g_return_val_if_fail (self != NULL, NULL);

  series = list_series (self);
  sums = backstay_change_sums_new (self->buckets, series);

  for (guint i = 0; i < self->counts->len; i++)
    {
      Count *count = g_ptr_array_index (self->counts, i);

      if (any_creator || g_strcmp0 (count->creator_id, creator_id) == 0)
        backstay_change_sums_add (sums, count->number, count->model_type, count->n);
    }

  return sums;
}

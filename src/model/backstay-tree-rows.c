/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-tree-rows"

#include "config.h"

#include "backstay-tree-rows.h"

/**
 * BackstayTreeRows:
 *
 * The rows of a tree that are shown, in order, with the items that are alive: what the list models
 * of trees have in common. How the rows are kept is each tree's own.
 *
 * Selections and list views look for what they hold among all rows that take its place, and so make
 * an item for each of a million. Each change has its price, too. So where many rows come, those that
 * somebody holds either stay or are gone before.
 */
struct _BackstayTreeRows
{
  GListModel                  *model; /* Not owned. */
  const BackstayTreeRowsFuncs *funcs;
  gpointer                     rows;
  GHashTable                  *items; /* Of Holder, by its key. */

  /* While they are being replaced: up to here the new ones are there already. */
  gpointer new_rows;
  guint    n_new;
  guint    n_old; /* How many of @rows these take the place of. */
};

/* An item that somebody holds. */
typedef struct
{
  guint64           key;
  GObject          *item; /* Not owned. */
  BackstayTreeRows *rows;
} Holder;

/* A row that stays. */
typedef struct
{
  guint old_position;
  guint new_position;
} Fixed;

/* Rows that stay, and what few others are between them. */
typedef struct
{
  Fixed begin;
  Fixed end; /* The last one. */
  guint n_fixed;
} Block;

/* How many rows from one that is held to the next are few enough to be looked through, and how many
 * changes to make beside each other. */
#define MAX_GAP 32
#define MAX_BLOCKS 4

/**
 * backstay_tree_rows_new:
 * @model: (transfer none): whom to tell of changes, which must live as long
 * @funcs: how the rows are kept
 * @rows: (transfer full): the rows at first
 *
 * Returns: (transfer full): the rows of a tree
 */
BackstayTreeRows *
backstay_tree_rows_new (GListModel                  *model,
                        const BackstayTreeRowsFuncs *funcs,
                        gpointer                     rows)
{
  BackstayTreeRows *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);
  g_return_val_if_fail (funcs != NULL, NULL);

  self = g_new0 (BackstayTreeRows, 1);
  self->model = model;
  self->funcs = funcs;
  self->rows = rows;
  self->items = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);

  return self;
}

static void
item_gone_cb (gpointer data,
              GObject *where_the_item_was)
{
  Holder *holder = data;

  g_hash_table_remove (holder->rows->items, &holder->key);
}

/**
 * backstay_tree_rows_free:
 *
 * Frees the list. Items that somebody holds live on.
 */
void
backstay_tree_rows_free (BackstayTreeRows *self)
{
  GHashTableIter iter;
  gpointer       holder;

  g_return_if_fail (self != NULL);

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &holder))
    g_object_weak_unref (((Holder *) holder)->item, item_gone_cb, holder);

  g_hash_table_unref (self->items);
  self->funcs->free (self->rows);
  g_free (self);
}

/**
 * backstay_tree_rows_get_n:
 *
 * Returns: how many rows there are
 */
guint
backstay_tree_rows_get_n (BackstayTreeRows *self)
{
  return self->n_new + self->funcs->get_n (self->rows) - self->n_old;
}

/**
 * backstay_tree_rows_get_rows:
 *
 * Gets the rows to change them, which the tree then tells of itself.
 *
 * Returns: (transfer none): the rows
 */
gpointer
backstay_tree_rows_get_rows (BackstayTreeRows *self)
{
  g_return_val_if_fail (self->new_rows == NULL, NULL);

  return self->rows;
}

/**
 * backstay_tree_rows_locate:
 * @position: (inout): a place in the list; the place in what is returned
 *
 * Finds where a row is kept, also while others take the rows' place.
 *
 * Returns: (transfer none) (nullable): the rows that have it; %NULL behind the last one
 */
gconstpointer
backstay_tree_rows_locate (BackstayTreeRows *self,
                           guint            *position)
{
  if (*position < self->n_new)
    return self->new_rows;

  if (*position >= backstay_tree_rows_get_n (self))
    return NULL;

  *position = *position - self->n_new + self->n_old;

  return self->rows;
}

/* Adds a row that is in both. */
static void
add_fixed (BackstayTreeRows *self,
           gconstpointer     new_rows,
           guint             new_position,
           GArray           *fixed)
{
  Fixed row = { .new_position = new_position };

  if (self->funcs->search (self->rows, self->funcs->get_key (new_rows, new_position), &row.old_position))
    g_array_append_val (fixed, row);
}

static int
compare_fixed (gconstpointer a,
               gconstpointer b)
{
  const Fixed *one = a;
  const Fixed *other = b;

  return one->old_position < other->old_position ? -1 : one->old_position > other->old_position;
}

/* Lists the rows that are held, as far as they stay, or else the next ones before and after that do. */
static GArray *
list_fixed (BackstayTreeRows *self,
            gconstpointer     new_rows)
{
  g_autoptr (GArray) fixed = g_array_new (FALSE, FALSE, sizeof (Fixed));
  GArray        *unique = g_array_new (FALSE, FALSE, sizeof (Fixed));
  guint          n_new = self->funcs->get_n (new_rows);
  GHashTableIter iter;
  gpointer       key;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint    position;
      gboolean stays;

      if (!self->funcs->search (self->rows, *(guint64 *) key, &position))
        continue;

      stays = self->funcs->search (new_rows, *(guint64 *) key, &position);

      if (!stays && position > 0)
        add_fixed (self, new_rows, position - 1, fixed);
      if (position < n_new)
        add_fixed (self, new_rows, position, fixed);
    }

  g_array_sort (fixed, compare_fixed);

  for (guint i = 0; i < fixed->len; i++)
    {
      const Fixed *row = &g_array_index (fixed, Fixed, i);

      if (i == 0 || row[-1].old_position < row->old_position)
        g_array_append_val (unique, *row);
    }

  return unique;
}

/* Takes over the new rows up to there. */
static void
advance (BackstayTreeRows *self,
         guint             n_old,
         guint             n_new)
{
  guint position = self->n_new;
  guint n_removed = n_old - self->n_old;
  guint n_added = n_new - self->n_new;

  self->n_old = n_old;
  self->n_new = n_new;

  /* As none takes another's place, as many are the same. */
  if (n_removed != n_added)
    g_list_model_items_changed (self->model, position, n_removed, n_added);
}

static void
finish (BackstayTreeRows *self)
{
  self->funcs->free (self->rows);
  self->rows = g_steal_pointer (&self->new_rows);
  self->n_new = 0;
  self->n_old = 0;
}

/* Puts rows that stay, with few others between them, together. */
static GArray *
list_blocks (GArray *fixed)
{
  GArray *blocks = g_array_new (FALSE, FALSE, sizeof (Block));

  for (guint i = 0; i < fixed->len; i++)
    {
      const Fixed *row = &g_array_index (fixed, Fixed, i);
      Block       *last = blocks->len > 0 ? &g_array_index (blocks, Block, blocks->len - 1) : NULL;
      Block        block = { *row, *row, 0 };

      if (last != NULL && row->new_position - last->end.new_position <= MAX_GAP)
        last->end = *row;
      else
        g_array_append_val (blocks, block);

      g_array_index (blocks, Block, blocks->len - 1).n_fixed++;
    }

  return blocks;
}

static void
remove_smallest (GArray *blocks)
{
  guint smallest = 0;

  for (guint i = 1; i < blocks->len; i++)
    {
      if (g_array_index (blocks, Block, i).n_fixed < g_array_index (blocks, Block, smallest).n_fixed)
        smallest = i;
    }

  g_array_remove_index (blocks, smallest);
}

/* Takes away all rows but those of the blocks, so that nobody who held one of them looks for it. */
static void
reduce (BackstayTreeRows *self,
        GArray           *blocks)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = 0;

  for (guint i = 0; i < blocks->len; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);
      guint        end = block->end.old_position + 1;

      g_array_append_val (ranges, block->begin.old_position);
      g_array_append_val (ranges, end);
    }

  self->new_rows = self->funcs->copy_ranges (self->rows, ranges);

  for (guint i = 0; i < blocks->len; i++)
    {
      Block *block = &g_array_index (blocks, Block, i);
      guint  length = block->end.old_position - block->begin.old_position;

      advance (self, block->begin.old_position, n);
      advance (self, block->end.old_position + 1, n + length + 1);
      block->begin.old_position = n;
      block->end.old_position = n + length;
      n += length + 1;
    }

  advance (self, self->funcs->get_n (self->rows), n);
  finish (self);
}

/**
 * backstay_tree_rows_replace:
 * @rows: (transfer full): the new rows
 *
 * Takes over other rows: all that there are and more between them, or fewer of them.
 */
void
backstay_tree_rows_replace (BackstayTreeRows *self,
                            gpointer          rows)
{
  g_autoptr (GArray) fixed = NULL;
  g_autoptr (GArray) blocks = NULL;

  g_return_if_fail (self->new_rows == NULL);

  fixed = list_fixed (self, rows);
  blocks = list_blocks (fixed);

  if (blocks->len > MAX_BLOCKS)
    {
      while (blocks->len > MAX_BLOCKS)
        remove_smallest (blocks);
      reduce (self, blocks);
    }

  self->new_rows = rows;

  for (guint i = 0; i < blocks->len; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);

      advance (self, block->begin.old_position, block->begin.new_position);
      advance (self, block->end.old_position + 1, block->end.new_position + 1);
    }

  advance (self, self->funcs->get_n (self->rows), self->funcs->get_n (rows));
  finish (self);
}

/**
 * backstay_tree_rows_lookup_item:
 * @key: a row's key
 *
 * Returns: (transfer none) (nullable) (type GObject): the row's item, if somebody holds it
 */
gpointer
backstay_tree_rows_lookup_item (BackstayTreeRows *self,
                                guint64           key)
{
  Holder *holder = g_hash_table_lookup (self->items, &key);

  return holder != NULL ? holder->item : NULL;
}

/**
 * backstay_tree_rows_add_item:
 * @key: a row's key
 * @item: (transfer none) (type GObject): its item
 *
 * Remembers an item for as long as it lives.
 */
void
backstay_tree_rows_add_item (BackstayTreeRows *self,
                             guint64           key,
                             gpointer          item)
{
  Holder *holder = g_new0 (Holder, 1);

  holder->key = key;
  holder->item = item;
  holder->rows = self;

  g_object_weak_ref (item, item_gone_cb, holder);
  g_hash_table_insert (self->items, &holder->key, holder);
}

/**
 * backstay_tree_rows_foreach_item:
 * @func: (scope call): what to do with an item; it must not let one go
 * @user_data: for @func
 *
 * Goes through the items that somebody holds.
 */
void
backstay_tree_rows_foreach_item (BackstayTreeRows *self,
                                 GFunc             func,
                                 gpointer          user_data)
{
  GHashTableIter iter;
  gpointer       holder;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &holder))
    func (((Holder *) holder)->item, user_data);
}

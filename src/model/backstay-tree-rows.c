/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-tree-rows"

#include "config.h"

#include "backstay-tree-rows.h"

/**
 * BackstayTreeRows:
 *
 * The rows of a tree that are shown, in order, with the items that are alive: what the list models
 * of trees have in common.
 *
 * Selections and list views look for what they hold among all rows that take its place, and so make
 * an item for each of a million. Each change has its price, too. So where many rows come, those that
 * somebody holds either stay or are gone before.
 */
struct _BackstayTreeRows
{
  GListModel             *model; /* Not owned. */
  BackstayTreeRowsKeyFunc get_key;
  GArray                 *rows;
  GHashTable             *items; /* Of Holder, by its key. */

  /* While they are being replaced: up to here the new ones are there already. */
  GArray *new_rows;
  guint   n_new;
  guint   n_old; /* How many of @rows these take the place of. */
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
 * @row_size: the size of a row
 * @get_key: what tells rows apart
 *
 * Returns: (transfer full): an empty list
 */
BackstayTreeRows *
backstay_tree_rows_new (GListModel             *model,
                        gsize                   row_size,
                        BackstayTreeRowsKeyFunc get_key)
{
  BackstayTreeRows *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);
  g_return_val_if_fail (get_key != NULL, NULL);

  self = g_new0 (BackstayTreeRows, 1);
  self->model = model;
  self->get_key = get_key;
  self->rows = g_array_new (FALSE, FALSE, (guint) row_size);
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
  g_array_unref (self->rows);
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
  return self->n_new + self->rows->len - self->n_old;
}

static inline gpointer
get_row (GArray *rows,
         guint   position)
{
  return rows->data + (gsize) position * g_array_get_element_size (rows);
}

/**
 * backstay_tree_rows_get:
 * @position: a place
 *
 * Returns: (transfer none) (nullable): the row there, %NULL behind the last; it stays until the
 *   rows change
 */
gpointer
backstay_tree_rows_get (BackstayTreeRows *self,
                        guint             position)
{
  if (position < self->n_new)
    return get_row (self->new_rows, position);

  position = position - self->n_new + self->n_old;

  return position < self->rows->len ? get_row (self->rows, position) : NULL;
}

/**
 * backstay_tree_rows_find:
 * @key: a row's key
 * @position: (out) (optional): its place
 *
 * Returns: whether it is there
 */
gboolean
backstay_tree_rows_find (BackstayTreeRows *self,
                         guint64           key,
                         guint            *position)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      if (self->get_key (get_row (self->rows, i)) == key)
        {
          if (position != NULL)
            *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * backstay_tree_rows_splice:
 * @position: a place
 * @n_removed: how many rows to take away there
 * @added: the rows to put there
 *
 * Changes the rows in one place.
 */
void
backstay_tree_rows_splice (BackstayTreeRows *self,
                           guint             position,
                           guint             n_removed,
                           GArray           *added)
{
  g_return_if_fail (self->new_rows == NULL);

  if (n_removed > 0)
    g_array_remove_range (self->rows, position, n_removed);
  g_array_insert_vals (self->rows, position, added->data, added->len);

  g_list_model_items_changed (self->model, position, n_removed, added->len);
}

static void
add_fixed (GArray *fixed,
           guint   old_position,
           guint   new_position)
{
  Fixed row = { old_position, new_position };

  if (fixed->len == 0 || g_array_index (fixed, Fixed, fixed->len - 1).old_position < old_position)
    g_array_append_val (fixed, row);
}

/* Where rows are only added, all that are held stay. */
static void
fix_growing (BackstayTreeRows *self,
             GArray           *new_rows,
             GArray           *fixed)
{
  guint n_held = g_hash_table_size (self->items);
  guint j = 0;

  for (guint i = 0; i < self->rows->len && n_held > 0; i++, j++)
    {
      guint64 key = self->get_key (get_row (self->rows, i));

      while (j < new_rows->len && self->get_key (get_row (new_rows, j)) != key)
        j++;

      g_return_if_fail (j < new_rows->len);

      if (g_hash_table_contains (self->items, &key))
        {
          add_fixed (fixed, i, j);
          n_held--;
        }
    }
}

/* Where rows are only taken away: those that are held, or else the next ones before and after. */
static void
fix_shrinking (BackstayTreeRows *self,
               GArray           *new_rows,
               GArray           *fixed)
{
  guint    n_held = g_hash_table_size (self->items);
  guint    last = 0; /* Where the last row that stays was. */
  guint    j = 0;
  gboolean fix_next = FALSE;

  for (guint i = 0; i < self->rows->len && (n_held > 0 || fix_next); i++)
    {
      guint64  key = self->get_key (get_row (self->rows, i));
      gboolean stays = j < new_rows->len && self->get_key (get_row (new_rows, j)) == key;
      gboolean is_held = n_held > 0 && g_hash_table_contains (self->items, &key);

      if (stays)
        {
          last = i;
          j++;
        }

      if (stays ? is_held || fix_next : is_held && j > 0)
        add_fixed (fixed, last, j - 1);

      fix_next = !stays && (is_held || fix_next);
      n_held -= is_held ? 1 : 0;
    }
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
  g_array_unref (self->rows);
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
  guint n = 0;

  self->new_rows = g_array_new (FALSE, FALSE, g_array_get_element_size (self->rows));

  for (guint i = 0; i < blocks->len; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);

      g_array_append_vals (self->new_rows, get_row (self->rows, block->begin.old_position),
                           block->end.old_position - block->begin.old_position + 1);
    }

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

  advance (self, self->rows->len, n);
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
                            GArray           *rows)
{
  g_autoptr (GArray) fixed = g_array_new (FALSE, FALSE, sizeof (Fixed));
  g_autoptr (GArray) blocks = NULL;

  g_return_if_fail (self->new_rows == NULL);

  if (rows->len >= self->rows->len)
    fix_growing (self, rows, fixed);
  else
    fix_shrinking (self, rows, fixed);

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

  advance (self, self->rows->len, rows->len);
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

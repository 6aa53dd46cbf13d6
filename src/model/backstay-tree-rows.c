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
  GHashTable                  *items;    /* Of Holder, by its key. */
  guint                        limit;    /* How many of the rows are in the list at most. */
  gboolean                     complete; /* Whether all of them have to be. */

  /* While they are being replaced, from the end: how many of them are left, and from where on the new
   * ones are there already. */
  gpointer new_rows;
  guint    n_old;
  guint    begin_new;
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

/* How far to look for a row that stays beside one that does not. */
#define MAX_STEPS 64

/* GLib's own looks at one half only. */
static guint
hash_key (gconstpointer key)
{
  guint64 value = *(const guint64 *) key;

  return (guint) (value ^ value >> 32);
}

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
  self->limit = G_MAXUINT;
  self->items = g_hash_table_new_full (hash_key, g_int64_equal, NULL, g_free);

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
  if (self->new_rows == NULL)
    return MIN (self->funcs->get_n (self->rows), self->limit);

  return self->n_old + self->funcs->get_n (self->new_rows) - self->begin_new;
}

/**
 * backstay_tree_rows_set_limit:
 * @limit: how many of the rows are in the list at most, more than before
 *
 * Lets there be only the first rows for now. Whatever is done with the rows brings all of them, and
 * ends this.
 */
void
backstay_tree_rows_set_limit (BackstayTreeRows *self,
                              guint             limit)
{
  guint n_before;
  guint n;

  g_return_if_fail (self->new_rows == NULL);

  if (self->complete)
    return;

  n_before = backstay_tree_rows_get_n (self);
  self->limit = limit;
  self->complete = limit == G_MAXUINT;
  n = backstay_tree_rows_get_n (self);

  if (n > n_before)
    g_list_model_items_changed (self->model, n_before, 0, n - n_before);
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

  backstay_tree_rows_set_limit (self, G_MAXUINT);

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
  if (*position >= backstay_tree_rows_get_n (self))
    return NULL;

  if (self->new_rows == NULL || *position < self->n_old)
    return self->rows;

  *position = *position - self->n_old + self->begin_new;

  return self->new_rows;
}

/* Adds a row if it is in both. */
static gboolean
add_fixed (BackstayTreeRows *self,
           gconstpointer     new_rows,
           guint             new_position,
           GArray           *fixed)
{
  Fixed row = { .new_position = new_position };

  if (!self->funcs->search (self->rows, self->funcs->get_key (new_rows, new_position), &row.old_position))
    return FALSE;

  g_array_append_val (fixed, row);

  return TRUE;
}

/* Adds the rows that stay before and after one that does not, and would be at @position. Returns
 * whether they are near. */
static gboolean
add_neighbours (BackstayTreeRows *self,
                gconstpointer     new_rows,
                guint             position,
                GArray           *fixed)
{
  guint n_new = self->funcs->get_n (new_rows);
  guint n_before = 0;
  guint n_after = 0;

  while (n_before < MAX_STEPS && n_before < position &&
         !add_fixed (self, new_rows, position - n_before - 1, fixed))
    n_before++;
  while (n_after < MAX_STEPS && n_after < n_new - position &&
         !add_fixed (self, new_rows, position + n_after, fixed))
    n_after++;

  return n_before < MAX_STEPS && n_after < MAX_STEPS;
}

static int
compare_fixed (gconstpointer a,
               gconstpointer b)
{
  const Fixed *one = a;
  const Fixed *other = b;

  return one->old_position < other->old_position ? -1 : one->old_position > other->old_position;
}

/* Lists the rows that are held, as far as they stay, or else the next ones before and after that do;
 * %NULL where those are far away. */
static GArray *
list_fixed (BackstayTreeRows *self,
            gconstpointer     new_rows)
{
  g_autoptr (GArray) fixed = g_array_new (FALSE, FALSE, sizeof (Fixed));
  GArray        *unique;
  GHashTableIter iter;
  gpointer       key;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint position;

      if (!self->funcs->search (self->rows, *(guint64 *) key, &position))
        continue;

      if (self->funcs->search (new_rows, *(guint64 *) key, &position))
        add_fixed (self, new_rows, position, fixed);
      else if (!add_neighbours (self, new_rows, position, fixed))
        return NULL;
    }

  unique = g_array_new (FALSE, FALSE, sizeof (Fixed));
  g_array_sort (fixed, compare_fixed);

  for (guint i = 0; i < fixed->len; i++)
    {
      const Fixed *row = &g_array_index (fixed, Fixed, i);

      if (i == 0 || row[-1].old_position < row->old_position)
        g_array_append_val (unique, *row);
    }

  return unique;
}

static void
begin (BackstayTreeRows *self,
       gpointer          new_rows)
{
  self->new_rows = new_rows;
  self->n_old = self->funcs->get_n (self->rows);
  self->begin_new = self->funcs->get_n (new_rows);
}

/* Takes over the new rows from there on. It goes from the end to the beginning: a list view that has
 * lost a row takes the next one for it, and would look for that again. */
static void
advance (BackstayTreeRows *self,
         guint             n_old,
         guint             begin_new)
{
  guint n_removed = self->n_old - n_old;
  guint n_added = self->begin_new - begin_new;

  self->n_old = n_old;
  self->begin_new = begin_new;

  if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (self->model, n_old, n_removed, n_added);
}

static void
finish (BackstayTreeRows *self)
{
  advance (self, 0, 0);
  self->funcs->free (self->rows);
  self->rows = g_steal_pointer (&self->new_rows);
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

/* Whether nothing changes in a block. */
static gboolean
is_same (BackstayTreeRows *self,
         gconstpointer     new_rows,
         const Block      *block)
{
  guint n = block->end.old_position - block->begin.old_position;

  if (block->end.new_position - block->begin.new_position != n)
    return FALSE;

  for (guint i = 0; i <= n; i++)
    {
      if (self->funcs->get_key (self->rows, block->begin.old_position + i) !=
          self->funcs->get_key (new_rows, block->begin.new_position + i))
        return FALSE;
    }

  return TRUE;
}

/* Goes on to the beginning of a block that is in both. */
static void
skip (BackstayTreeRows *self,
      const Block      *block)
{
  self->n_old = block->begin.old_position;
  self->begin_new = block->begin.new_position;
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

  begin (self, self->funcs->copy_ranges (self->rows, ranges));
  n = self->begin_new;

  for (guint i = blocks->len; i-- > 0;)
    {
      Block *block = &g_array_index (blocks, Block, i);
      guint  length = block->end.old_position + 1 - block->begin.old_position;

      /* What is behind it goes, and the block stays as it is. */
      advance (self, block->end.old_position + 1, n);
      n -= length;
      self->n_old -= length;
      self->begin_new = n;
      block->begin.old_position = n;
      block->end.old_position = n + length - 1;
    }

  finish (self);
}

/**
 * backstay_tree_rows_replace:
 * @rows: (transfer full): the new rows
 *
 * Takes over other rows.
 */
void
backstay_tree_rows_replace (BackstayTreeRows *self,
                            gpointer          rows)
{
  g_autoptr (GArray) fixed = NULL;
  g_autoptr (GArray) blocks = NULL;

  g_return_if_fail (self->new_rows == NULL);

  backstay_tree_rows_set_limit (self, G_MAXUINT);
  fixed = list_fixed (self, rows);

  if (fixed == NULL)
    {
      /* First what goes, then what comes. */
      backstay_tree_rows_replace (self, self->funcs->intersect (self->rows, rows));
      backstay_tree_rows_replace (self, rows);
      return;
    }

  blocks = list_blocks (fixed);

  if (blocks->len > MAX_BLOCKS)
    {
      while (blocks->len > MAX_BLOCKS)
        remove_smallest (blocks);
      reduce (self, blocks);
    }

  begin (self, rows);

  for (guint i = blocks->len; i-- > 0;)
    {
      const Block *block = &g_array_index (blocks, Block, i);

      advance (self, block->end.old_position + 1, block->end.new_position + 1);
      if (is_same (self, rows, block))
        skip (self, block);
      else
        advance (self, block->begin.old_position, block->begin.new_position);
    }

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

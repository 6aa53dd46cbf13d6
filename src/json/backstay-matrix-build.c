/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-build"

#include "config.h"

#include <string.h>

#include "backstay-diff-hash.h"
#include "backstay-matrix-build.h"

/* A row that is still to be made. */
typedef struct
{
  guint32 parent;
  guint32 depth;
  guint32 first_cell;
  guint32 present;
} Pending;

/* A child of the row that is being made: a key of objects, or an index of arrays. */
typedef struct
{
  guint32 document; /* The first that has it, and its node there. */
  guint32 node;
  guint32 present;
  guint32 next_cell;
} Slot;

/* What one document has for a slot. */
typedef struct
{
  guint32 slot;
  guint32 document;
  guint32 node;
} Entry;

typedef struct
{
  BackstayMatrix *matrix;
  GArray         *stack;   /* Of Pending, the next one last. */
  GArray         *slots;   /* Of Slot. */
  GArray         *entries; /* Of Entry, one document after the other. */
  GArray         *table;   /* Of guint32: by a key's hash its slot, plus one. */
} Builder;

static inline const BackstayJsonRecord *
get_node (Builder *builder,
          guint    document,
          guint32  node)
{
  return &builder->matrix->documents[document]->nodes[node];
}

static guint32
add_slot (Builder *builder,
          guint32  document,
          guint32  node)
{
  Slot slot = { .document = document, .node = node };

  g_array_append_val (builder->slots, slot);

  return builder->slots->len - 1;
}

static void
add_entry (Builder *builder,
           guint32  slot,
           guint32  document,
           guint32  node)
{
  Entry entry = { slot, document, node };

  g_array_append_val (builder->entries, entry);
  g_array_index (builder->slots, Slot, slot).present |= 1u << document;
}

static gboolean
slot_has_key (Builder                  *builder,
              guint32                   slot,
              guint                     document,
              const BackstayJsonRecord *member)
{
  const Slot *other;

  if (slot >= builder->slots->len)
    return FALSE;

  other = &g_array_index (builder->slots, Slot, slot);

  return backstay_diff_keys_equal (builder->matrix->documents[other->document],
                                   get_node (builder, other->document, other->node),
                                   builder->matrix->documents[document], member);
}

/* Finds or makes the slot of a member's key. */
static guint32
find_slot (Builder *builder,
           guint    document,
           guint32  node)
{
  BackstayJson             *json = builder->matrix->documents[document];
  const BackstayJsonRecord *member = &json->nodes[node];
  guint32                  *table = (guint32 *) builder->table->data;
  gsize                     mask = builder->table->len - 1;
  gsize                     place;

  place = backstay_diff_hash_string (json->data + member->key,
                                     backstay_json_key_length_of (json, member)) &
          mask;

  for (; table[place] != 0; place = (place + 1) & mask)
    if (slot_has_key (builder, table[place] - 1, document, member))
      return table[place] - 1;

  table[place] = add_slot (builder, document, node) + 1;

  return table[place] - 1;
}

/* Keys mostly come in the same order in all documents, so that the next one is likely the one that
 * is next there. */
static void
add_members (Builder                  *builder,
             guint                     document,
             const BackstayJsonRecord *object)
{
  guint32 slot = G_MAXUINT32;

  for (guint32 i = 0; i < object->n_children; i++)
    {
      guint32 node = object->first_child + i;

      if (!slot_has_key (builder, slot + 1, document, get_node (builder, document, node)))
        slot = find_slot (builder, document, node);
      else
        slot++;

      add_entry (builder, slot, document, node);
    }
}

static void
add_elements (Builder                  *builder,
              guint                     document,
              const BackstayJsonRecord *array,
              guint32                   first_slot)
{
  for (guint32 i = 0; i < array->n_children; i++)
    {
      guint32 slot = first_slot + i;

      if (slot == builder->slots->len)
        add_slot (builder, document, array->first_child + i);

      add_entry (builder, slot, document, array->first_child + i);
    }
}

/* Makes room for twice as many keys as there can be. */
static void
clear_table (Builder *builder,
             gsize    n_members)
{
  gsize size = (gsize) 2 << g_bit_storage (n_members);

  g_array_set_size (builder->table, (guint) size);
  memset (builder->table->data, 0, size * sizeof (guint32));
}

/* Finds what goes together below a row: first the members of those of its values that are objects,
 * then the elements of those that are arrays. */
static void
group_children (Builder       *builder,
                const Pending *row)
{
  BackstayMatrix *matrix = builder->matrix;
  gsize           n_members = 0;
  guint32         first_slot;

  g_array_set_size (builder->slots, 0);
  g_array_set_size (builder->entries, 0);

  for (guint pass = 0; pass < 3; pass++)
    {
      guint32 cell = row->first_cell;

      if (pass == 1 && n_members == 0)
        continue;
      if (pass == 1)
        clear_table (builder, n_members);
      first_slot = builder->slots->len;

      for (guint i = 0; i < matrix->n_documents; i++)
        {
          const BackstayJsonRecord *record;
          gboolean                  is_object;

          if ((row->present & (1u << i)) == 0)
            continue;

          record = get_node (builder, i, g_array_index (matrix->cells, guint32, cell++));
          is_object = backstay_json_kind_of (matrix->documents[i], record) == BACKSTAY_JSON_KIND_OBJECT;

          if (pass == 0 && is_object)
            n_members += record->n_children;
          else if (pass == 1 && is_object)
            add_members (builder, i, record);
          else if (pass == 2 && !is_object)
            add_elements (builder, i, record, first_slot);
        }
    }
}

/* Gives each slot its cells, and lists it as a row to be made. */
static void
push_children (Builder       *builder,
               guint32        parent,
               const Pending *row)
{
  GArray *cells = builder->matrix->cells;
  guint32 next_cell = cells->len;

  g_array_set_size (cells, cells->len + builder->entries->len);

  for (guint32 i = 0; i < builder->slots->len; i++)
    {
      Slot *slot = &g_array_index (builder->slots, Slot, i);

      slot->next_cell = next_cell;
      next_cell += (guint32) __builtin_popcount (slot->present);
    }

  for (guint32 i = builder->slots->len; i > 0; i--)
    {
      const Slot *slot = &g_array_index (builder->slots, Slot, i - 1);
      Pending     child = { parent, row->depth + 1, slot->next_cell, slot->present };

      g_array_append_val (builder->stack, child);
    }

  for (guint32 i = 0; i < builder->entries->len; i++)
    {
      const Entry *entry = &g_array_index (builder->entries, Entry, i);
      Slot        *slot = &g_array_index (builder->slots, Slot, entry->slot);

      g_array_index (cells, guint32, slot->next_cell++) = entry->node;
    }
}

static void
push_roots (Builder *builder)
{
  BackstayMatrix *matrix = builder->matrix;
  Pending         root = { .parent = BACKSTAY_MATRIX_ROW_NONE };

  for (guint i = 0; i < matrix->n_documents; i++)
    {
      BackstayJsonNode node = backstay_json_get_root (matrix->documents[i]);

      root.present |= 1u << i;
      g_array_append_val (matrix->cells, node);
    }

  g_array_append_val (builder->stack, root);
}

static void
make_row (Builder       *builder,
          const Pending *pending)
{
  BackstayMatrixRecord record = {
    .first_cell = pending->first_cell,
    .present = pending->present,
    .parent = pending->parent,
    .depth = pending->depth,
  };

  g_array_append_val (builder->matrix->rows, record);
  group_children (builder, pending);
  push_children (builder, builder->matrix->rows->len - 1, pending);
}

/*
 * backstay_matrix_build:
 * @matrix: a matrix without rows
 * @progress: what is told how far it is
 *
 * Makes the rows and their cells.
 *
 * Returns: %FALSE if it was stopped
 */
gboolean
backstay_matrix_build (BackstayMatrix         *matrix,
                       BackstayMatrixProgress *progress)
{
  Builder builder = {
    .matrix = matrix,
    .stack = g_array_new (FALSE, FALSE, sizeof (Pending)),
    .slots = g_array_new (FALSE, FALSE, sizeof (Slot)),
    .entries = g_array_new (FALSE, FALSE, sizeof (Entry)),
    .table = g_array_new (FALSE, FALSE, sizeof (guint32)),
  };
  gboolean go_on = TRUE;

  push_roots (&builder);

  while (builder.stack->len > 0 && go_on)
    {
      Pending pending = g_array_index (builder.stack, Pending, builder.stack->len - 1);

      g_array_set_size (builder.stack, builder.stack->len - 1);
      make_row (&builder, &pending);
      go_on = backstay_matrix_progress_step (progress, (gsize) __builtin_popcount (pending.present));
    }

  g_array_unref (builder.stack);
  g_array_unref (builder.slots);
  g_array_unref (builder.entries);
  g_array_unref (builder.table);

  return go_on;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-build"

#include "config.h"

#include <string.h>

#include "backstay-diff-hash.h"
#include "backstay-json-number.h"
#include "backstay-matrix-build.h"

/* A row that is still to be made. */
typedef struct
{
  guint32 parent;
  guint32 depth;
  guint32 first_cell;
  guint32 present;
  guint32 identity;
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

  /* Of the row that is being made. */
  guint32 first_element; /* The first slot that is an element of arrays. */
  guint32 first_entry;   /* Where their entries begin. */
  guint32 identity;      /* What they go by. */
} Builder;

const char *const backstay_matrix_identity_keys[] = { NULL, "id", "name", "key" };

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

/* Finds what tells an element apart: a member that is a string or a number. */
static guint32
find_identity (Builder *builder,
               guint    document,
               guint32  element,
               guint32  identity)
{
  BackstayJson    *json = builder->matrix->documents[document];
  BackstayJsonNode member;
  BackstayJsonKind kind;

  if (backstay_json_get_kind (json, element) != BACKSTAY_JSON_KIND_OBJECT)
    return BACKSTAY_JSON_NODE_NONE;

  member = backstay_json_find_member (json, element, backstay_matrix_identity_keys[identity]);
  if (member == BACKSTAY_JSON_NODE_NONE)
    return BACKSTAY_JSON_NODE_NONE;

  kind = backstay_json_get_kind (json, member);

  return kind == BACKSTAY_JSON_KIND_STRING || kind == BACKSTAY_JSON_KIND_NUMBER ? member : BACKSTAY_JSON_NODE_NONE;
}

static gboolean
slot_has_identity (Builder *builder,
                   guint32  slot,
                   guint    document,
                   guint32  member)
{
  const Slot   *other = &g_array_index (builder->slots, Slot, slot);
  BackstayJson *json = builder->matrix->documents[document];
  BackstayJson *other_json = builder->matrix->documents[other->document];
  guint32       other_member = find_identity (builder, other->document, other->node, builder->identity);

  return backstay_json_get_kind (json, member) == backstay_json_get_kind (other_json, other_member) &&
         backstay_diff_scalars_equal (json, &json->nodes[member], other_json, &other_json->nodes[other_member]);
}

static gsize
hash_identity (Builder *builder,
               guint    document,
               guint32  member)
{
  BackstayJson             *json = builder->matrix->documents[document];
  const BackstayJsonRecord *record = &json->nodes[member];

  if (json->data[record->value] == '"')
    return backstay_diff_hash_string (json->data + record->value, record->length);

  return backstay_json_number_hash (json->data + record->value, record->length);
}

/* Adds one document's elements, each to the slot of its identity. Returns whether each has one, and
 * none the same as another. */
static gboolean
add_identified (Builder                  *builder,
                guint                     document,
                const BackstayJsonRecord *array)
{
  guint32 *table = (guint32 *) builder->table->data;
  gsize    mask = builder->table->len - 1;

  for (guint32 node = array->first_child; node < array->first_child + array->n_children; node++)
    {
      guint32 member = find_identity (builder, document, node, builder->identity);
      gsize   place;

      if (member == BACKSTAY_JSON_NODE_NONE)
        return FALSE;

      place = hash_identity (builder, document, member) & mask;
      while (table[place] != 0 && !slot_has_identity (builder, table[place] - 1, document, member))
        place = (place + 1) & mask;

      if (table[place] == 0)
        table[place] = add_slot (builder, document, node) + 1;
      if ((g_array_index (builder->slots, Slot, table[place] - 1).present & (1u << document)) != 0)
        return FALSE;

      add_entry (builder, table[place] - 1, document, node);
    }

  return TRUE;
}

/* Calls @add for each array of a row. */
static gboolean
add_arrays (Builder       *builder,
            const Pending *row)
{
  BackstayMatrix *matrix = builder->matrix;
  guint32         cell = row->first_cell;

  for (guint i = 0; i < matrix->n_documents; i++)
    {
      const BackstayJsonRecord *record;

      if ((row->present & (1u << i)) == 0)
        continue;

      record = get_node (builder, i, g_array_index (matrix->cells, guint32, cell++));
      if (backstay_json_kind_of (matrix->documents[i], record) != BACKSTAY_JSON_KIND_ARRAY)
        continue;

      if (builder->identity == 0)
        add_elements (builder, i, record, builder->first_element);
      else if (!add_identified (builder, i, record))
        return FALSE;
    }

  return TRUE;
}

/* Finds what goes together of arrays: by the first key that tells the elements of each apart, or else
 * by their index. */
static void
group_elements (Builder       *builder,
                const Pending *row,
                gsize          n_elements,
                guint          n_arrays)
{
  builder->first_element = builder->slots->len;
  builder->first_entry = builder->entries->len;
  builder->identity = n_arrays > 1 && n_elements > 0 ? 1 : 0;

  if (builder->identity > 0)
    clear_table (builder, n_elements);

  while (!add_arrays (builder, row))
    {
      gboolean is_table_used = builder->slots->len > builder->first_element;

      g_array_set_size (builder->slots, builder->first_element);
      g_array_set_size (builder->entries, builder->first_entry);
      builder->identity = (builder->identity + 1) % G_N_ELEMENTS (backstay_matrix_identity_keys);
      if (builder->identity > 0 && is_table_used)
        clear_table (builder, n_elements);
    }
}

/* Finds what goes together below a row: first the members of those of its values that are objects,
 * then the elements of those that are arrays. */
static void
group_children (Builder       *builder,
                const Pending *row)
{
  BackstayMatrix *matrix = builder->matrix;
  gsize           n_members = 0;
  gsize           n_elements = 0;
  guint           n_arrays = 0;

  g_array_set_size (builder->slots, 0);
  g_array_set_size (builder->entries, 0);

  for (guint pass = 0; pass < 2; pass++)
    {
      guint32 cell = row->first_cell;

      if (pass == 1 && n_members == 0)
        continue;
      if (pass == 1)
        clear_table (builder, n_members);

      for (guint i = 0; i < matrix->n_documents; i++)
        {
          const BackstayJsonRecord *record;
          BackstayJsonKind          kind;

          if ((row->present & (1u << i)) == 0)
            continue;

          record = get_node (builder, i, g_array_index (matrix->cells, guint32, cell++));
          kind = backstay_json_kind_of (matrix->documents[i], record);

          if (pass == 1 && kind == BACKSTAY_JSON_KIND_OBJECT)
            add_members (builder, i, record);
          else if (kind == BACKSTAY_JSON_KIND_OBJECT)
            n_members += record->n_children;
          else if (pass == 0 && kind == BACKSTAY_JSON_KIND_ARRAY)
            {
              n_elements += record->n_children;
              n_arrays++;
            }
        }
    }

  group_elements (builder, row, n_elements, n_arrays);
}

/* Orders */

/* Whether two documents have the elements that both have in the same order. @places has room for each
 * slot, and is cleared again. */
static gboolean
has_same_order (Builder *builder,
                guint    document,
                guint    other,
                guint32 *places)
{
  const Entry *entries = (const Entry *) builder->entries->data;
  guint32      last = 0;
  gboolean     is_same = TRUE;

  for (guint32 i = builder->first_entry; i < builder->entries->len; i++)
    if (entries[i].document == other)
      places[entries[i].slot] = i + 1;

  for (guint32 i = builder->first_entry; i < builder->entries->len; i++)
    {
      guint32 place = entries[i].document == document ? places[entries[i].slot] : 0;

      is_same &= place == 0 || place > last;
      last = MAX (last, place);
    }

  for (guint32 i = builder->first_entry; i < builder->entries->len; i++)
    places[entries[i].slot] = 0;

  return is_same;
}

static gboolean
is_one_order (Builder *builder)
{
  const Entry *entries = (const Entry *) builder->entries->data;

  for (guint32 i = builder->first_entry + 1; i < builder->entries->len; i++)
    if (entries[i].document == entries[i - 1].document && entries[i].slot < entries[i - 1].slot)
      return FALSE;

  return TRUE;
}

/* Each document goes with the first ones that have the same order as all of them. */
static void
find_order (Builder          *builder,
            BackstayMatrixRow row)
{
  guint               n_documents = builder->matrix->n_documents;
  BackstayMatrixOrder order = { .n_classes = 0 };
  g_autofree guint32 *places = NULL;

  if (builder->identity == 0 || is_one_order (builder))
    return;

  places = g_new0 (guint32, builder->slots->len);

  for (guint i = 0; i < n_documents; i++)
    {
      guint8 number = 0;

      for (guint other = 0; other < i; other++)
        if (order.classes[other] == number && !has_same_order (builder, i, other, places))
          {
            number++;
            other = G_MAXUINT; /* Begins anew. */
          }

      order.classes[i] = number;
      order.n_classes = MAX (order.n_classes, number + 1);
    }

  if (order.n_classes > 1)
    g_hash_table_insert (builder->matrix->orders, GUINT_TO_POINTER (row), g_memdup2 (&order, sizeof order));
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
      Pending     child = {
            parent, row->depth + 1, slot->next_cell, slot->present,
        i - 1 >= builder->first_element ? builder->identity : 0
      };

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
    .identity = pending->identity,
  };

  g_array_append_val (builder->matrix->rows, record);
  group_children (builder, pending);
  find_order (builder, builder->matrix->rows->len - 1);
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

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-like"

#include "config.h"

#include <string.h>

#include "backstay-json-duplicates.h"
#include "backstay-json-like.h"
#include "backstay-json-overlap.h"
#include "backstay-json-private.h"
#include "backstay-json-reader.h"
#include "backstay-json-records.h"
#include "backstay-json-scan.h"

/* With more than so many bytes that differ, or so many containers around them, all is read. Then no
 * nesting in the one and around it can go beyond the limit. */
#define MAX_MIDDLE ((gsize) 64 * 1024)
#define MAX_DEPTH (BACKSTAY_JSON_MAX_DEPTH - MAX_MIDDLE)

/* A new text beside one that was read. They differ only within one container, in the children
 * between its first and its last ones. */
typedef struct
{
  BackstayJson             *like;
  const char               *data; /* The new text. */
  gsize                     size;
  gsize                     like_size;
  BackstayJsonOverlap       overlap;
  const BackstayJsonRecord *container;
  guint32                   n_first; /* How many children come before what differs, */
  guint32                   n_last;  /* and how many after it. */
  guint32                   low;     /* Where the nodes below the container begin, */
  guint32                   old_low; /* where those below what differed do, */
  guint32                   old_end; /* and where they end. */

  /* What stands there now, read for itself, in an array or object of its own, the last node. */
  gsize               middle;
  gsize               middle_end;
  BackstayJsonRecord *inner;
  guint32             n_inner;
  guint32             shift;      /* How far nodes are moved behind what is below, */
  guint32             shift_last; /* and behind all of it; either may be negative. */
} Like;

/* Where a member with its key, or an element begins. */
static inline guint32
get_begin (const BackstayJsonRecord *record)
{
  return record->key != 0 ? record->key : record->value;
}

static inline gsize
get_end (const BackstayJsonRecord *record)
{
  return (gsize) record->value + record->length;
}

/* Counts the children that end, with what comes next, before a place. */
static guint32
count_ended (const Like               *self,
             const BackstayJsonRecord *container,
             gsize                     place)
{
  const BackstayJsonRecord *children = self->like->nodes + container->first_child;
  guint32                   first = 0;
  guint32                   end = container->n_children;

  while (first < end)
    {
      guint32 middle = first + (end - first) / 2;

      if (get_end (&children[middle]) < place)
        first = middle + 1;
      else
        end = middle;
    }

  return first;
}

/* Counts the children that begin before a place. */
static guint32
count_begun (const Like               *self,
             const BackstayJsonRecord *container,
             gsize                     place)
{
  const BackstayJsonRecord *children = self->like->nodes + container->first_child;
  guint32                   first = 0;
  guint32                   end = container->n_children;

  while (first < end)
    {
      guint32 middle = first + (end - first) / 2;

      if (get_begin (&children[middle]) < place)
        first = middle + 1;
      else
        end = middle;
    }

  return first;
}

/* Where the nodes below some children end, which is where the next ones begin. */
static guint32
find_low (const Like               *self,
          const BackstayJsonRecord *container,
          guint32                   n_children,
          guint32                   low)
{
  const BackstayJsonRecord *children = self->like->nodes + container->first_child;

  /* Nothing is below any of them. */
  if (container->first_child == low)
    return low;

  while (n_children-- > 0)
    if (children[n_children].n_children > 0)
      return children[n_children].first_child + children[n_children].n_children;

  return low;
}

/* Whether a container has its brackets in what is common. */
static gboolean
encloses (const Like               *self,
          const BackstayJsonRecord *record)
{
  char first = self->like->data[record->value];

  return (first == '{' || first == '[') && record->value < self->overlap.prefix &&
         get_end (record) > self->like_size - self->overlap.suffix;
}

/* Finds the innermost container around what differs. */
static gboolean
find_container (Like *self)
{
  const BackstayJsonRecord *nodes = self->like->nodes;
  const BackstayJsonRecord *record = &nodes[self->like->n_nodes - 1];
  gsize                     depth = 0;

  if (!encloses (self, record))
    return FALSE;

  while (self->container != record && ++depth < MAX_DEPTH)
    {
      guint32 next;

      self->container = record;
      next = count_ended (self, record, self->overlap.prefix);

      if (next < record->n_children && encloses (self, &nodes[record->first_child + next]))
        {
          self->low = find_low (self, record, next, self->low);
          record = &nodes[record->first_child + next];
        }
    }

  self->n_first = count_ended (self, record, self->overlap.prefix);
  self->n_last = record->n_children -
                 MAX (count_begun (self, record, self->like_size - self->overlap.suffix),
                      self->n_first);
  self->old_low = find_low (self, record, self->n_first, self->low);
  self->old_end = find_low (self, record, record->n_children - self->n_last, self->low);

  return depth < MAX_DEPTH;
}

/* Finds the text of the children that are new, without the commas around it. Returns FALSE if those
 * are not as they must be. */
static gboolean
find_middle (Like *self)
{
  const BackstayJsonRecord *children = self->like->nodes + self->container->first_child;
  guint32                   last = self->container->n_children - self->n_last;
  gsize                     old_end = get_end (self->container) - 1;

  self->middle = self->container->value + 1;

  if (self->n_first > 0)
    self->middle = get_end (&children[self->n_first - 1]);
  if (self->n_last > 0)
    old_end = get_begin (&children[last]);

  self->middle_end = old_end + self->size - self->like_size;

  return backstay_json_overlap_trim (self->data, &self->middle, &self->middle_end, self->n_first > 0,
                                     self->n_last > 0);
}

/* Reads the new children, between brackets of their own. */
static gboolean
read_middle (Like *self)
{
  gsize            length = self->middle_end - self->middle;
  g_autofree char *text = g_malloc (length + 2);

  text[0] = self->like->data[self->container->value];
  memcpy (text + 1, self->data + self->middle, length);
  text[length + 1] = text[0] == '{' ? '}' : ']';

  self->inner = backstay_json_read (text, length + 2, NULL, NULL, &self->n_inner, NULL);

  return self->inner != NULL;
}

static inline guint32
shift_node (const Like *self,
            guint32     node)
{
  if (node < self->old_low)
    return node;

  if (node < self->container->first_child + self->container->n_children - self->n_last)
    return node + self->shift;

  return node + self->shift_last;
}

static inline guint32
shift_offset (const Like *self,
              guint32     offset)
{
  return offset < self->overlap.prefix ? offset
                                       : (guint32) (offset + self->size - self->like_size);
}

/* Copies nodes of the other document, at which the text is the same. */
static BackstayJsonRecord *
copy_old (const Like         *self,
          BackstayJsonRecord *to,
          guint32             first,
          guint32             end)
{
  for (guint32 node = first; node < end; node++, to++)
    {
      *to = self->like->nodes[node];
      to->length += shift_offset (self, to->value + to->length - 1) -
                    shift_offset (self, to->value) - (to->length - 1);
      to->value = shift_offset (self, to->value);
      to->key = shift_offset (self, to->key);
      to->first_child = shift_node (self, to->first_child);
      to->parent = shift_node (self, to->parent);
    }

  return to;
}

/* Copies nodes that were read for themselves. */
static BackstayJsonRecord *
copy_inner (const Like         *self,
            BackstayJsonRecord *to,
            guint32             first,
            guint32             end)
{
  const BackstayJsonRecord *inner = &self->inner[self->n_inner - 1];
  guint32                   container = (guint32) (self->container - self->like->nodes);
  guint32                   offset = (guint32) self->middle - 1;
  guint32                   level = self->container->first_child + self->shift + self->n_first;

  for (guint32 node = first; node < end; node++, to++)
    {
      *to = self->inner[node];
      to->value += offset;
      to->first_child += self->old_low;

      if (to->key != 0)
        to->key += offset;

      if (to->parent == self->n_inner - 1)
        to->parent = shift_node (self, container);
      else if (to->parent >= inner->first_child)
        to->parent += level - inner->first_child;
      else
        to->parent += self->old_low;
    }

  return to;
}

/* Puts the nodes together. Returns NULL if there is not enough memory. */
static BackstayJsonRecord *
assemble (Like    *self,
          guint32 *n_nodes)
{
  const BackstayJsonRecord *inner = &self->inner[self->n_inner - 1];
  const BackstayJsonRecord *old = self->container;
  guint32                   old_middle = old->n_children - self->n_first - self->n_last;
  guint32                   last = old->first_child + old->n_children - self->n_last;
  BackstayJsonRecords       records = { NULL };
  BackstayJsonRecord       *to;

  self->shift = self->n_inner - 1 - inner->n_children - (self->old_end - self->old_low);
  self->shift_last = self->shift + inner->n_children - old_middle;
  *n_nodes = self->like->n_nodes + self->shift_last;

  if (!backstay_json_records_reserve (&records, *n_nodes))
    return NULL;

  to = copy_old (self, records.items, 0, self->old_low);
  to = copy_inner (self, to, 0, self->n_inner - 1 - inner->n_children);
  to = copy_old (self, to, self->old_end, old->first_child + self->n_first);
  to = copy_inner (self, to, self->n_inner - 1 - inner->n_children, self->n_inner - 1);
  copy_old (self, to, last, self->like->n_nodes);

  to = &records.items[shift_node (self, (guint32) (old - self->like->nodes))];
  to->n_children = self->n_first + inner->n_children + self->n_last;
  to->first_child = old->first_child + self->shift;
  records.items[*n_nodes - 1].parent = BACKSTAY_JSON_NODE_NONE;

  return records.items;
}

/* Looks for the place where the texts differ, with so much in common. */
static gboolean
try_overlap (Like *self,
             gsize prefix,
             gsize suffix)
{
  self->overlap.prefix = prefix;
  self->overlap.suffix = suffix;
  self->container = NULL;
  self->low = 0;

  return find_container (self) && find_middle (self) &&
         self->middle_end - self->middle <= MAX_MIDDLE && read_middle (self);
}

/* Where an object is new beside others like it, the bytes with which all of them begin can be taken
 * for the end of the prefix or of the suffix, and only one of the two makes sense. */
static gboolean
find_difference (Like *self)
{
  BackstayJsonOverlap most = self->overlap;
  gsize               least = MIN (self->size, self->like_size);

  if (try_overlap (self, most.prefix, MIN (most.suffix, least - most.prefix)))
    return TRUE;

  return most.prefix + most.suffix > least &&
         try_overlap (self, least - most.suffix, most.suffix);
}

/* What was not in the other document is looked through for duplicate keys now, as all the rest need
 * not be any more. */
static void
check_keys (const Like   *self,
            BackstayJson *json)
{
  BackstayJsonNode container = shift_node (self, (guint32) (self->container - self->like->nodes));
  BackstayJsonNode middle = self->container->first_child + self->shift + self->n_first;
  BackstayJsonNode middle_end = json->nodes[container].first_child +
                                json->nodes[container].n_children - self->n_last;

  json->keys_are_unique =
    backstay_json_find_duplicate_key (self->like) == BACKSTAY_JSON_NODE_NONE &&
    backstay_json_keys_are_unique (json, self->old_low, self->old_end + self->shift) &&
    backstay_json_keys_are_unique (json, middle, middle_end) &&
    backstay_json_keys_are_unique (json, container, container + 1);
}

/* Returns NULL if the text has to be read. */
static BackstayJson *
make_like (Like   *self,
           GBytes *text)
{
  BackstayJsonRecord *nodes;
  BackstayJson       *json;
  guint32             n_nodes;

  if (!find_difference (self))
    return NULL;

  nodes = assemble (self, &n_nodes);
  g_free (self->inner);

  if (nodes == NULL)
    return NULL;

  json = g_new0 (BackstayJson, 1);
  g_atomic_ref_count_init (&json->ref_count);
  json->text = g_bytes_ref (text);
  json->data = self->data;
  json->nodes = nodes;
  json->n_nodes = n_nodes;
  check_keys (self, json);

  return json;
}

/**
 * backstay_json_new_like:
 * @like: a document
 * @text: UTF-8, not necessarily with a final NUL
 * @progress: (nullable) (scope call): called about every MiB
 * @user_data: data for @progress
 * @error: return location of a %BACKSTAY_JSON_ERROR
 *
 * Reads a JSON text that may differ little from one that was read before.
 *
 * Where it differs only in a few neighbours in one object or array, just these are
 * read, and all else is taken from @like, several times as fast. The result is the
 * same as that of [ctor@Json.new], whatever @text is; for the same text it is @like
 * itself.
 *
 * Returns: (transfer full) (nullable): the document
 */
BackstayJson *
backstay_json_new_like (BackstayJson            *like,
                        GBytes                  *text,
                        BackstayJsonProgressFunc progress,
                        gpointer                 user_data,
                        GError                 **error)
{
  Like          self = { .like = like };
  BackstayJson *json;

  g_return_val_if_fail (like != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if ((self.data = g_bytes_get_data (text, &self.size)) == NULL ||
      self.size > BACKSTAY_JSON_MAX_SIZE)
    return backstay_json_new (text, progress, user_data, error);

  self.like_size = g_bytes_get_size (like->text);
  self.overlap = backstay_json_overlap (like->data, self.like_size, self.data, self.size);

  if (self.overlap.prefix == self.size && self.size == self.like_size)
    return backstay_json_ref (like);

  if ((json = make_like (&self, text)) == NULL)
    return backstay_json_new (text, progress, user_data, error);

  return json;
}

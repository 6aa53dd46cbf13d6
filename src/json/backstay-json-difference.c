/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-difference"

#include "config.h"

#include "backstay-diff-hash.h"
#include "backstay-json-difference.h"
#include "backstay-json-duplicates.h"
#include "backstay-json-overlap.h"
#include "backstay-json-reader.h"

/* With more bytes than that between what both texts begin and end with alike, or so many pairs of
 * keys to compare, no time would be won. */
#define MAX_MIDDLE ((gsize) 64 * 1024)
#define MAX_KEY_PAIRS ((guint64) 1024 * 1024)

/* Two texts that differ only within one container, in the children between its first and its last
 * ones. Index 0 is the text before, 1 the one after. */
typedef struct
{
  const char         *data[2];
  gsize               size[2];
  BackstayJsonOverlap overlap;
  BackstayJsonSpot   *spot;
  gsize               middle[2];
  gsize               middle_end[2];
} Difference;

static const BackstayJsonRecord *
get_around (const Difference *self,
            guint             i)
{
  return &g_array_index (self->spot->around, BackstayJsonRecord, i);
}

static const BackstayJsonSpotLevel *
get_level (const Difference *self,
           guint             i)
{
  return &g_array_index (self->spot->around_level, BackstayJsonSpotLevel, i);
}

/* Whether enough of the container is common for its being the same one to be beyond doubt, however
 * its place is told. So it is for all around it. */
static gboolean
is_mostly_common (const Difference *self)
{
  const BackstayJsonRecord *container = get_around (self, 0);
  gsize                     end = (gsize) container->value + container->length;
  gsize                     n_common = self->overlap.prefix - container->value +
                   (self->overlap.suffix - (self->size[0] - end));
  gsize after_length = container->length + self->size[1] - self->size[0];

  return n_common >= MAX (container->length, after_length) / 2;
}

/* Finds the text of the children that differ, on one side. */
static gboolean
find_middle (Difference *self,
             guint       side)
{
  const BackstayJsonRecord    *container = get_around (self, 0);
  const BackstayJsonSpotLevel *level = get_level (self, 0);
  gsize                        end = (gsize) container->value + container->length - 1;

  if (level->first_after != 0)
    end = level->first_after;

  self->middle[side] = level->n_before > 0 ? level->last_end : (gsize) container->value + 1;
  self->middle_end[side] = end + self->size[side] - self->size[0];

  return backstay_json_overlap_trim (self->data[side], &self->middle[side], &self->middle_end[side],
                                     level->n_before > 0, level->first_after != 0);
}

/* Writes the containers around the difference, each with nothing else in it. */
static GBytes *
write_part (const Difference *self,
            guint             side)
{
  GString *text = g_string_new (NULL);
  guint    n = self->spot->around->len;

  for (guint i = n; i-- > 0;)
    {
      const BackstayJsonRecord *record = get_around (self, i);

      if (record->key != 0)
        g_string_append_len (text, self->data[0] + record->key, (gssize) (record->value - record->key));

      g_string_append_c (text, self->data[0][record->value]);
    }

  g_string_append_len (text, self->data[side] + self->middle[side],
                       (gssize) (self->middle_end[side] - self->middle[side]));

  for (guint i = 0; i < n; i++)
    g_string_append_c (text, self->data[0][get_around (self, i)->value] == '{' ? '}' : ']');

  return g_string_free_to_bytes (text);
}

static BackstayJson *
read_part (const Difference *self,
           guint             side)
{
  g_autoptr (GBytes) text = write_part (self, side);
  g_autoptr (BackstayJson) json = backstay_json_new (text, NULL, NULL, NULL);
  BackstayJsonNode node;

  if (json == NULL)
    return NULL;

  json->left_out = g_array_new (FALSE, FALSE, sizeof (BackstayJsonLeftOut));
  node = backstay_json_get_root (json);

  for (guint i = self->spot->around->len; i-- > 0;)
    {
      BackstayJsonLeftOut left_out = { node, get_level (self, i)->n_before };

      g_array_append_val (json->left_out, left_out);

      if (i == 0)
        break;

      /* What is put in may end the innermost container and begin another one, such as "2],[3". */
      if (backstay_json_get_n_children (json, node) != 1)
        return NULL;

      node = backstay_json_get_child (json, node, 0);
    }

  return g_steal_pointer (&json);
}

/* Whether none of the new members has a key that a member has that is left out. */
static gboolean
keys_are_new (const Difference *self,
              BackstayJson     *part)
{
  const BackstayJsonSpotLevel *level = get_level (self, 0);
  const BackstayJsonLeftOut   *innermost = &g_array_index (part->left_out, BackstayJsonLeftOut,
                                                           part->left_out->len - 1);
  const BackstayJsonRecord    *container = &part->nodes[innermost->container];
  BackstayJson                 whole = { .data = self->data[0] };

  if ((guint64) container->n_children * self->spot->members->len > MAX_KEY_PAIRS)
    return FALSE;

  for (guint i = 0; i < self->spot->members->len; i++)
    {
      const BackstayJsonRecord *member = &g_array_index (self->spot->members, BackstayJsonRecord, i);

      if (i >= level->n_before && (level->first_after == 0 || member->key < level->first_after))
        continue;

      for (guint32 j = 0; j < container->n_children; j++)
        if (backstay_diff_keys_equal (&whole, member, part, &part->nodes[container->first_child + j]))
          return FALSE;
    }

  return TRUE;
}

static gboolean
is_empty (const Difference *self,
          guint             side)
{
  return self->middle[side] == self->middle_end[side];
}

/* Tries one of the places where the texts can be taken to differ: any for the @first, and for the
 * others only where children were put in or taken out. */
static gboolean
try_spot (Difference       *self,
          BackstayJsonSpot *spot,
          gboolean          first,
          BackstayJson    **before_part,
          BackstayJson    **after_part)
{
  g_autoptr (BackstayJson) before = NULL;
  g_autoptr (BackstayJson) after = NULL;

  self->spot = spot;
  self->overlap.prefix = spot->begin;
  self->overlap.suffix = self->size[0] - spot->end;

  if (!spot->found || !is_mostly_common (self) || !find_middle (self, 0) || !find_middle (self, 1) ||
      !(first || is_empty (self, 0) || is_empty (self, 1)) ||
      (before = read_part (self, 0)) == NULL || (after = read_part (self, 1)) == NULL ||
      !keys_are_new (self, after) ||
      backstay_json_find_duplicate_key (after) != BACKSTAY_JSON_NODE_NONE)
    return FALSE;

  *before_part = g_steal_pointer (&before);
  *after_part = g_steal_pointer (&after);

  return TRUE;
}

/* Finds the place behind the comma behind the last bracket that closes something within a part of
 * the text that may belong to what is before or to what is after the difference. */
static gsize
find_boundary (const Difference *self,
               gsize             first,
               gsize             last)
{
  for (gsize place = last; place >= MAX (first, 2); place--)
    if (self->data[0][place - 2] == '}' || self->data[0][place - 2] == ']')
      return place;

  return last;
}

/* Reads the first text. Where an object is new beside others like it, the bytes with which all of
 * them begin can be taken for the end of the prefix, and those with which they end for the start of
 * the suffix. Where it really begins is one of those extremes or between two objects. */
static gboolean
find_difference (Difference    *self,
                 BackstayJson **before_part,
                 BackstayJson **after_part)
{
  gsize              least = MIN (self->size[0], self->size[1]);
  gsize              first = MIN (self->overlap.prefix, least - self->overlap.suffix);
  gsize              last = self->overlap.prefix;
  const gsize        begins[] = { last, first, find_boundary (self, first, last) };
  BackstayJsonSpot   spots[G_N_ELEMENTS (begins)];
  BackstayJsonRecord root;
  gboolean           is_right;
  gboolean           found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (begins); i++)
    {
      gsize suffix = MIN (self->overlap.suffix, least - begins[i]);

      backstay_json_spot_init (&spots[i], begins[i], self->size[0] - suffix);

      if (i > 0 && first < last)
        spots[i - 1].next = &spots[i];
    }

  is_right = backstay_json_read_root (self->data[0], self->size[0], &spots[0], &root);

  for (BackstayJsonSpot *spot = &spots[0]; is_right && !found && spot != NULL; spot = spot->next)
    found = try_spot (self, spot, spot == &spots[0], before_part, after_part);

  for (guint i = 0; i < G_N_ELEMENTS (begins); i++)
    backstay_json_spot_clear (&spots[i]);

  return found;
}

/*
 * backstay_json_read_difference:
 * @before: a text
 * @after: another one
 * @before_part: (out) (transfer full): what is before around and in the place where they differ
 * @after_part: (out) (transfer full): the same after
 *
 * Reads two texts that differ in one place. All else is checked, but not kept: in the containers
 * around the difference, all other children are left out. [method@Json.get_index] counts them. So
 * the parts differ in just what the documents do, their paths are the same, and hardly any memory
 * is needed.
 *
 * Returns: %FALSE if the texts differ in more, are not right, or have a key twice: then they have
 *   to be read one by one
 */
gboolean
backstay_json_read_difference (GBytes        *before,
                               GBytes        *after,
                               BackstayJson **before_part,
                               BackstayJson **after_part)
{
  Difference self = { 0 };
  gsize      n_common;

  self.data[0] = g_bytes_get_data (before, &self.size[0]);
  self.data[1] = g_bytes_get_data (after, &self.size[1]);

  if (MIN (self.size[0], self.size[1]) == 0 || MAX (self.size[0], self.size[1]) > BACKSTAY_JSON_MAX_SIZE)
    return FALSE;

  self.overlap = backstay_json_overlap (self.data[0], self.size[0], self.data[1], self.size[1]);
  n_common = MIN (self.overlap.prefix + self.overlap.suffix, MIN (self.size[0], self.size[1]));

  return MAX (self.size[0], self.size[1]) - n_common <= MAX_MIDDLE &&
         find_difference (&self, before_part, after_part);
}

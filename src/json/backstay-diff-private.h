/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff.h"
#include "backstay-json-overlap.h"
#include "backstay-json-private.h"
#include "backstay-run-index.h"

G_BEGIN_DECLS

/* A row, or some of them to which the same happened, and whose values are neighbours on each side
 * that has them. So what is as it was hardly takes memory. */
typedef struct
{
  BackstayDiffRow  row; /* The first one; the next record tells where they end. */
  BackstayJsonNode before;
  BackstayJsonNode after;
  BackstayDiffRow  parent;
  guint32          container; /* For a modified row, its place among the containers. */
  guint8           kind;
  guint8           moved;       /* Whether it is an element that was moved. */
  guint8           moved_first; /* Whether it is the first of a block that was moved. */
} BackstayDiffRecord;

G_STATIC_ASSERT (sizeof (BackstayDiffRecord) == 24);

/* What a modified row has more than others. */
typedef struct
{
  BackstayDiffCounts counts;
  BackstayDiffRow    end;
} BackstayDiffContainer;

struct _BackstayDiff
{
  gatomicrefcount  ref_count;
  BackstayJson    *before;
  BackstayJson    *after;
  guint            n_rows;
  GArray          *records;    /* Of BackstayDiffRecord. */
  BackstayRunIndex index;      /* Of the records. */
  GArray          *containers; /* Of BackstayDiffContainer. */
  GArray          *changes;    /* The rows that are changes, in order. */
};

/* How a child of one container goes with one of the other, and as many more neighbours of each as
 * @n says: one of the two can be missing. */
typedef struct
{
  BackstayJsonNode before;
  BackstayJsonNode after;
  guint32          moved : 1;
  guint32          moved_first : 1;
  guint32          same : 1; /* Whether they are known to be the same bytes, with their keys. */
  guint32          n : 29;
} BackstayDiffStep;

/* The work of comparing. Index 0 is the document before, 1 the one after. */
typedef struct
{
  BackstayJson       *json[2];
  const char         *identity_keys[4]; /* As JSON strings; NULL if there is none. */
  char               *identity_key;
  gsize               size[2];
  BackstayJsonOverlap overlap; /* What both texts begin and end with alike. */
  gboolean            hashed;  /* Whether all nodes that are still compared have hashes. */
  guint64            *hashes[2];
  guint32             low[2]; /* Until they are hashed: where nodes below the current ones begin. */
  GArray             *steps;  /* Of BackstayDiffStep: a stack of what is still to be compared. */

  BackstayJsonProgressFunc progress;
  gpointer                 user_data;
  gsize                    n_done;
  gsize                    n_reported;
  gsize                    n_total;
  gboolean                 stopped;
} BackstayDiffContext;

BackstayDiffRecord backstay_diff_look_up (BackstayDiff   *self,
                                          BackstayDiffRow row);

gboolean backstay_diff_context_report (BackstayDiffContext *self,
                                       gsize                n_more);
void     backstay_diff_context_count_same (const BackstayDiffContext *self,
                                           BackstayJsonNode           before,
                                           BackstayJsonNode           after,
                                           guint32                   *n_first,
                                           guint32                   *n_last);

static inline const BackstayJsonRecord *
backstay_diff_get_record (const BackstayDiffContext *self,
                          guint                      side,
                          BackstayJsonNode           node)
{
  return &self->json[side]->nodes[node];
}

static inline BackstayJsonKind
backstay_diff_kind_of (const BackstayDiffContext *self,
                       guint                      side,
                       BackstayJsonNode           node)
{
  return backstay_json_kind_of (self->json[side], &self->json[side]->nodes[node]);
}

/* Whether two values stand, with their keys, at the same place in what both texts begin with. Then
 * they are the same bytes, and need no further look. */
static inline gboolean
backstay_diff_in_prefix (const BackstayDiffContext *self,
                         BackstayJsonNode           before,
                         BackstayJsonNode           after)
{
  const BackstayJsonRecord *a = backstay_diff_get_record (self, 0, before);
  const BackstayJsonRecord *b = backstay_diff_get_record (self, 1, after);

  return a->value == b->value && a->length == b->length && a->key == b->key &&
         (gsize) a->value + a->length <= self->overlap.prefix;
}

/* The same for what both texts end with. */
static inline gboolean
backstay_diff_in_suffix (const BackstayDiffContext *self,
                         BackstayJsonNode           before,
                         BackstayJsonNode           after)
{
  const BackstayJsonRecord *a = backstay_diff_get_record (self, 0, before);
  const BackstayJsonRecord *b = backstay_diff_get_record (self, 1, after);
  guint32                   begin = a->key != 0 ? a->key : a->value;

  return a->length == b->length && self->size[0] - a->value == self->size[1] - b->value &&
         (a->key == 0 || a->value - a->key == b->value - b->key) &&
         self->size[0] - begin <= self->overlap.suffix;
}

static inline gboolean
backstay_diff_same_place (const BackstayDiffContext *self,
                          BackstayJsonNode           before,
                          BackstayJsonNode           after)
{
  return backstay_diff_in_prefix (self, before, after) ||
         backstay_diff_in_suffix (self, before, after);
}

/* Whether two values have the same hash. What has none, as it stands outside of what differs, has
 * the hash 0, and is like nothing else. */
static inline gboolean
backstay_diff_same_hash (const BackstayDiffContext *self,
                         BackstayJsonNode           before,
                         BackstayJsonNode           after)
{
  return self->hashed && self->hashes[0][before] == self->hashes[1][after] &&
         self->hashes[0][before] != 0;
}

/* Whether two values have hashes, and not the same. */
static inline gboolean
backstay_diff_hashes_differ (const BackstayDiffContext *self,
                             BackstayJsonNode           before,
                             BackstayJsonNode           after)
{
  return self->hashed && self->hashes[0][before] != self->hashes[1][after] &&
         self->hashes[0][before] != 0 && self->hashes[1][after] != 0;
}

/* Whether two values promise to be equal. */
static inline gboolean
backstay_diff_seem_equal (const BackstayDiffContext *self,
                          BackstayJsonNode           before,
                          BackstayJsonNode           after)
{
  return backstay_diff_same_place (self, before, after) ||
         backstay_diff_same_hash (self, before, after);
}

static inline void
backstay_diff_count (BackstayDiffCounts *counts,
                     BackstayDiffKind    kind)
{
  counts->n_added += kind == BACKSTAY_DIFF_KIND_ADDED;
  counts->n_removed += kind == BACKSTAY_DIFF_KIND_REMOVED;
  counts->n_changed += kind == BACKSTAY_DIFF_KIND_CHANGED || kind == BACKSTAY_DIFF_KIND_TYPE_CHANGED;
  counts->n_respelt += kind == BACKSTAY_DIFF_KIND_RESPELT;
}

/* The @n-th neighbour of a node that may be missing. */
static inline BackstayJsonNode
backstay_diff_neighbour (BackstayJsonNode node,
                         guint32          n)
{
  return node != BACKSTAY_JSON_NODE_NONE ? node + n : node;
}

/* Adds a step, or lets the last one go on. That one cannot be of another container, as nodes below
 * others never come right after them. */
static inline void
backstay_diff_add_step (BackstayDiffContext *self,
                        BackstayJsonNode     before,
                        BackstayJsonNode     after)
{
  BackstayDiffStep  step = { .before = before, .after = after, .n = 1 };
  BackstayDiffStep *last = NULL;

  if (self->steps->len > 0)
    last = &g_array_index (self->steps, BackstayDiffStep, self->steps->len - 1);

  if (last != NULL && !last->same && !last->moved &&
      before == backstay_diff_neighbour (last->before, last->n) &&
      after == backstay_diff_neighbour (last->after, last->n))
    last->n++;
  else
    g_array_append_val (self->steps, step);
}

static inline void
backstay_diff_add_same (BackstayDiffContext *self,
                        BackstayJsonNode     before,
                        BackstayJsonNode     after,
                        guint32              n)
{
  BackstayDiffStep step = { .before = before, .after = after, .same = TRUE, .n = n };

  if (n > 0)
    g_array_append_val (self->steps, step);
}

G_END_DECLS

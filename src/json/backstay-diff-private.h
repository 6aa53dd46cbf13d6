/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff.h"
#include "backstay-json-overlap.h"
#include "backstay-json-private.h"

G_BEGIN_DECLS

typedef struct
{
  BackstayJsonNode before;
  BackstayJsonNode after;
  BackstayDiffRow  parent;
  guint32          container; /* For a modified row, its place among the containers. */
  guint8           kind;
  guint8           moved;       /* Whether it is an element that was moved. */
  guint8           moved_first; /* Whether it is the first of a block that was moved. */
} BackstayDiffRecord;

G_STATIC_ASSERT (sizeof (BackstayDiffRecord) == 20);

/* What a modified row has more than others. */
typedef struct
{
  BackstayDiffCounts counts;
  BackstayDiffRow    end;
} BackstayDiffContainer;

struct _BackstayDiff
{
  gatomicrefcount ref_count;
  BackstayJson   *before;
  BackstayJson   *after;
  GArray         *rows;       /* Of BackstayDiffRecord. */
  GArray         *containers; /* Of BackstayDiffContainer. */
  GArray         *changes;    /* The rows that are changes, in order. */
};

/* How a child of one container goes with one of the other: one of the two can be missing. */
typedef struct
{
  BackstayJsonNode before;
  BackstayJsonNode after;
  guint32          moved : 1;
  guint32          moved_first : 1;
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

gboolean backstay_diff_context_report (BackstayDiffContext *self,
                                       gsize                n_more);

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

/* Whether two values stand, with their keys, in the parts that both texts have in common, and at the
 * same place there. They are the same bytes then, and need no further look. */
static inline gboolean
backstay_diff_same_place (const BackstayDiffContext *self,
                          BackstayJsonNode           before,
                          BackstayJsonNode           after)
{
  const BackstayJsonRecord *a = backstay_diff_get_record (self, 0, before);
  const BackstayJsonRecord *b = backstay_diff_get_record (self, 1, after);
  guint32                   begin = a->key != 0 ? a->key : a->value;

  if (a->length != b->length || (a->key != 0 && a->value - a->key != b->value - b->key))
    return FALSE;

  if (a->value == b->value && (gsize) a->value + a->length <= self->overlap.prefix)
    return TRUE;

  return self->size[0] - a->value == self->size[1] - b->value &&
         self->size[0] - begin <= self->overlap.suffix;
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

static inline void
backstay_diff_add_step (BackstayDiffContext *self,
                        BackstayJsonNode     before,
                        BackstayJsonNode     after)
{
  BackstayDiffStep step = { .before = before, .after = after };

  g_array_append_val (self->steps, step);
}

G_END_DECLS

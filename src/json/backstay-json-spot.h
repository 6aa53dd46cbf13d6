/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json-records.h"

G_BEGIN_DECLS

/* An open container, while a text is read. */
typedef struct
{
  guint32 n_before;    /* How many of its children end before the spot, */
  guint32 last_end;    /* where the last of those ends; 0 if there is none, */
  guint32 first_after; /* and where the first one behind the spot begins, or 0. */
} BackstayJsonSpotLevel;

/* Looks for the innermost container around a part of a text while that is read: where two texts
 * differ, all that has to be known of the rest is which children of which containers it is in. */
typedef struct _BackstayJsonSpot BackstayJsonSpot;

struct _BackstayJsonSpot
{
  BackstayJsonSpot *next; /* Another one to look for on the way, or NULL. */
  gsize             begin;
  gsize             end;
  GArray           *levels; /* Of BackstayJsonSpotLevel: the open containers. */
  gboolean          found;
  GArray           *around;       /* Of BackstayJsonRecord: once found, it and those around it, */
  GArray           *around_level; /* and what was found out about each; the root is the last. */
  GArray           *members;      /* Of BackstayJsonRecord: its members, if it is an object. */
};

void backstay_json_spot_init (BackstayJsonSpot *self,
                              gsize             begin,
                              gsize             end);
void backstay_json_spot_clear (BackstayJsonSpot *self);
void backstay_json_spot_open (BackstayJsonSpot *self);
void backstay_json_spot_close (BackstayJsonSpot          *self,
                               const BackstayJsonRecords *pending,
                               guint32                    container,
                               gsize                      end,
                               gboolean                   is_object);

static inline BackstayJsonSpotLevel *
backstay_json_spot_get_level (BackstayJsonSpot *self)
{
  return &g_array_index (self->levels, BackstayJsonSpotLevel, self->levels->len - 1);
}

/* Notes where a child begins, with its key. */
static inline void
backstay_json_spot_begin_child (BackstayJsonSpot *self,
                                guint32           place)
{
  for (; self != NULL; self = self->next)
    if (place >= self->end && self->levels->len > 0)
      {
        BackstayJsonSpotLevel *level = backstay_json_spot_get_level (self);

        if (level->first_after == 0)
          level->first_after = place;
      }
}

/* Notes where a child ends. */
static inline void
backstay_json_spot_end_child (BackstayJsonSpot *self,
                              guint32           place)
{
  for (; self != NULL; self = self->next)
    if (place < self->begin && self->levels->len > 0)
      {
        BackstayJsonSpotLevel *level = backstay_json_spot_get_level (self);

        level->n_before++;
        level->last_end = place;
      }
}

G_END_DECLS

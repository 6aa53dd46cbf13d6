/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many places one entry of an index is for. */
#define BACKSTAY_RUN_INDEX_BLOCK 64

/* Where many places are kept as runs, each of at least one place, finds the run of a place in a
 * number of steps that does not depend on how many there are: the index has the run of every 64th
 * place, so that at most 65 runs are left to search. A run is a struct that begins with a guint32,
 * its first place; the first run begins at 0. */
typedef struct
{
  guint32 *runs; /* NULL if there are so few that none is needed. */
  guint32  n_runs;
} BackstayRunIndex;

void backstay_run_index_init (BackstayRunIndex *self,
                              gconstpointer     runs,
                              gsize             run_size,
                              guint             n_runs,
                              guint             n_places);
void backstay_run_index_clear (BackstayRunIndex *self);

/* To be called with a constant @run_size. @place must be one of the places. */
static inline guint
backstay_run_index_find (const BackstayRunIndex *self,
                         gconstpointer           runs,
                         gsize                   run_size,
                         guint                   place)
{
  guint first = 0;
  guint end = self->n_runs;

  if (self->runs != NULL)
    {
      first = self->runs[place / BACKSTAY_RUN_INDEX_BLOCK];
      end = self->runs[place / BACKSTAY_RUN_INDEX_BLOCK + 1] + 1;

      /* Each place has a run of its own. */
      if (end - first > BACKSTAY_RUN_INDEX_BLOCK)
        return first + place % BACKSTAY_RUN_INDEX_BLOCK;
    }

  while (end - first > 1)
    {
      guint          middle = first + (end - first) / 2;
      const guint32 *begin = (gconstpointer) ((const guint8 *) runs + middle * run_size);

      if (*begin <= place)
        first = middle;
      else
        end = middle;
    }

  return first;
}

G_END_DECLS

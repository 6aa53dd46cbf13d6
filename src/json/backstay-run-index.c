/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-run-index"

#include "config.h"

#include "backstay-run-index.h"

/*
 * backstay_run_index_init:
 * @self: (out caller-allocates): an index
 * @runs: (array length=n_runs): the runs, in the order of their places
 * @run_size: the size of one in bytes
 * @n_runs: how many
 * @n_places: how many places they have together
 *
 * Makes an index, in time with the runs and a 64th of the places. When a run changes, it has to be
 * made again.
 */
void
backstay_run_index_init (BackstayRunIndex *self,
                         gconstpointer     runs,
                         gsize             run_size,
                         guint             n_runs,
                         guint             n_places)
{
  guint n_blocks = n_places / BACKSTAY_RUN_INDEX_BLOCK + 1;
  guint block = 0;

  *self = (BackstayRunIndex){ .n_runs = n_runs };

  if (n_runs <= BACKSTAY_RUN_INDEX_BLOCK)
    return;

  self->runs = g_new (guint32, (gsize) n_blocks + 1);

  for (guint i = 0; i < n_runs; i++)
    {
      const guint32 *begin = (gconstpointer) ((const guint8 *) runs + i * run_size);

      /* The run before this one has the places up to here. */
      for (; (guint64) block * BACKSTAY_RUN_INDEX_BLOCK < *begin; block++)
        self->runs[block] = i - 1;
    }

  for (; block <= n_blocks; block++)
    self->runs[block] = n_runs - 1;
}

void
backstay_run_index_clear (BackstayRunIndex *self)
{
  g_clear_pointer (&self->runs, g_free);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-records"

#include "config.h"

#include <sys/mman.h>
#include <unistd.h>

#include "backstay-json-records.h"

/* Below this size an array may share its pages with other memory. */
#define LARGE_SIZE (4 * 1024 * 1024)

/* Asks for large pages: the first touch of every 4 KiB costs the kernel about as much time as
 * reading costs us. Where the advice is not heard, nothing but that time is lost. */
static void
advise_large_pages (gpointer memory,
                    gsize    size)
{
#ifdef MADV_HUGEPAGE
  gsize   page_size = (gsize) sysconf (_SC_PAGESIZE);
  guint8 *begin = memory;

  begin += (page_size - (guintptr) memory % page_size) % page_size;

  if (size >= LARGE_SIZE)
    madvise (begin, size - page_size, MADV_HUGEPAGE);
#endif
}

/*
 * backstay_json_records_reserve:
 * @self: an array
 * @n_more: how many nodes will be added
 *
 * Makes room at the end. Pages that are never written cost no memory, so growth may be generous.
 *
 * Returns: %FALSE if there is not enough memory
 */
gboolean
backstay_json_records_reserve (BackstayJsonRecords *self,
                               gsize                n_more)
{
  gsize               room;
  BackstayJsonRecord *items;

  if (G_LIKELY (self->room - self->n_items >= n_more))
    return TRUE;

  room = MAX (self->room * 2, self->n_items + n_more);

  if ((items = g_try_realloc_n (self->items, room, sizeof *items)) == NULL)
    return FALSE;

  if (!self->is_scratch)
    advise_large_pages (items, room * sizeof *items);

  self->items = items;
  self->room = room;

  return TRUE;
}

/*
 * backstay_json_records_steal:
 * @self: an array that is not empty
 *
 * Takes the nodes out, without the room that was not needed.
 *
 * Returns: (transfer full): the nodes
 */
BackstayJsonRecord *
backstay_json_records_steal (BackstayJsonRecords *self)
{
  BackstayJsonRecord *items = g_steal_pointer (&self->items);

  return g_realloc_n (items, self->n_items, sizeof *items);
}

void
backstay_json_records_clear (BackstayJsonRecords *self)
{
  g_clear_pointer (&self->items, g_free);
}

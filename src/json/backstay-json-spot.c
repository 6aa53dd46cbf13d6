/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-spot"

#include "config.h"

#include "backstay-json-spot.h"

/*
 * backstay_json_spot_init:
 * @self: (out caller-allocates): a search
 * @begin: where the spot begins in the text
 * @end: where it ends
 *
 * Gets ready to look for what is around a part of a text.
 */
void
backstay_json_spot_init (BackstayJsonSpot *self,
                         gsize             begin,
                         gsize             end)
{
  *self = (BackstayJsonSpot){
    .begin = begin,
    .end = end,
    .levels = g_array_new (FALSE, TRUE, sizeof (BackstayJsonSpotLevel)),
    .around = g_array_new (FALSE, FALSE, sizeof (BackstayJsonRecord)),
    .around_level = g_array_new (FALSE, FALSE, sizeof (BackstayJsonSpotLevel)),
    .members = g_array_new (FALSE, FALSE, sizeof (BackstayJsonRecord)),
  };
}

void
backstay_json_spot_clear (BackstayJsonSpot *self)
{
  g_clear_pointer (&self->levels, g_array_unref);
  g_clear_pointer (&self->around, g_array_unref);
  g_clear_pointer (&self->around_level, g_array_unref);
  g_clear_pointer (&self->members, g_array_unref);
}

void
backstay_json_spot_open (BackstayJsonSpot *self)
{
  for (; self != NULL; self = self->next)
    g_array_set_size (self->levels, self->levels->len + 1);
}

/* Remembers a container with those around it, which are all open and have a level each. */
static void
remember (BackstayJsonSpot          *self,
          const BackstayJsonRecords *pending,
          guint32                    container)
{
  for (guint i = self->levels->len; i > 0; i--)
    {
      g_array_append_val (self->around, pending->items[container]);
      g_array_append_val (self->around_level, g_array_index (self->levels, BackstayJsonSpotLevel, i - 1));
      container = pending->items[container].parent;
    }
}

/*
 * backstay_json_spot_close:
 * @self: a search
 * @pending: the open containers, each below its children
 * @container: the innermost one
 * @end: where it ends in the text
 * @is_object: whether it is an object, all members of which are pending
 *
 * Notes the end of a container.
 */
void
backstay_json_spot_close (BackstayJsonSpot          *self,
                          const BackstayJsonRecords *pending,
                          guint32                    container,
                          gsize                      end,
                          gboolean                   is_object)
{
  const BackstayJsonRecord *record = &pending->items[container];

  for (BackstayJsonSpot *spot = self; spot != NULL; spot = spot->next)
    {
      if (!spot->found && record->value < spot->begin && end > spot->end)
        {
          spot->found = TRUE;
          remember (spot, pending, container);

          if (is_object)
            g_array_append_vals (spot->members, record + 1, (guint) (pending->n_items - container - 1));
        }

      g_array_set_size (spot->levels, spot->levels->len - 1);
    }

  backstay_json_spot_end_child (self, (guint32) end);
}

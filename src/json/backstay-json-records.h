/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json-private.h"

G_BEGIN_DECLS

/* A growing array of nodes. Unlike a GArray it survives a lack of memory, which a text of a GiB can
 * bring about. */
typedef struct
{
  BackstayJsonRecord *items;
  gsize               n_items;
  gsize               room;
  gboolean            is_scratch; /* Whether most of the room is probably not needed. */
} BackstayJsonRecords;

gboolean backstay_json_records_reserve (BackstayJsonRecords *self,
                                        gsize                n_more);
void     backstay_json_records_clear (BackstayJsonRecords *self);

BackstayJsonRecord *backstay_json_records_steal (BackstayJsonRecords *self)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

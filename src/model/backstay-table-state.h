/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-rows.h"

G_BEGIN_DECLS

/**
 * BackstayTableState:
 * @fingerprints: (element-type utf8 utf8): one a model type
 * @counters: the server's own count of what was written; another one means that something was
 * @backend_pid: the server's process that answered
 * @listening: whether that process tells of changes
 *
 * What the table looked like at one moment, in a few hundred bytes.
 */
typedef struct
{
  GHashTable *fingerprints;
  char       *counters;
  int         backend_pid;
  gboolean    listening;
} BackstayTableState;

BackstayTableState *backstay_table_state_new_from_rows (BackstayDbRows *rows) G_GNUC_WARN_UNUSED_RESULT;
void                backstay_table_state_free (BackstayTableState *self);
GPtrArray          *backstay_table_state_compare (BackstayTableState *self,
                                                  BackstayTableState *before) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayTableState, backstay_table_state_free)

G_END_DECLS

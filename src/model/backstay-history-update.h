/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-version.h"

G_BEGIN_DECLS

/**
 * BackstayHistoryUpdate:
 * @n_newer: how many versions come before all that were there
 * @n_kept: how many stay
 * @position: where the list becomes another one
 * @n_removed: how many of its versions go there
 * @added: (element-type BackstayVersion): those that come in their place
 *
 * How to make a list of versions into what the table has by now.
 */
typedef struct
{
  guint      n_newer;
  guint      n_kept;
  guint      position;
  guint      n_removed;
  GPtrArray *added;
} BackstayHistoryUpdate;

BackstayHistoryUpdate *backstay_history_update_new (GPtrArray *items,
                                                    GPtrArray *page,
                                                    gboolean   is_all) G_GNUC_WARN_UNUSED_RESULT;
void                   backstay_history_update_free (BackstayHistoryUpdate *self);
gboolean               backstay_history_update_is_needed (BackstayHistoryUpdate *self);
void                   backstay_history_update_apply (BackstayHistoryUpdate *self,
                                                      GPtrArray             *items);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayHistoryUpdate, backstay_history_update_free)

G_END_DECLS

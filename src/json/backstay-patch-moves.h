/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes the element at one index out of an array, then puts it in at another one. */
typedef struct
{
  guint32 from;
  guint32 to;
} BackstayPatchMove;

GArray *backstay_patch_list_moves (const guint32 *order,
                                   guint32        n_elements) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

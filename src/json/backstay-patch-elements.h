/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff.h"

G_BEGIN_DECLS

#define BACKSTAY_PATCH_NO_ELEMENT G_MAXUINT32

/* What becomes of the elements of an array. */
typedef struct
{
  guint32  n_before;
  guint32  n_after;
  guint32 *targets;  /* For every element before its index after; removed without one. */
  guint32 *sources;  /* For every element after its index before; added without one. */
  guint8  *replaced; /* For every element after with a source whether it is another value. */
} BackstayPatchElements;

void    backstay_patch_elements_init (BackstayPatchElements *self,
                                      BackstayDiff          *diff,
                                      BackstayDiffRow        array);
void    backstay_patch_elements_clear (BackstayPatchElements *self);
GArray *backstay_patch_elements_list_moves (const BackstayPatchElements *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

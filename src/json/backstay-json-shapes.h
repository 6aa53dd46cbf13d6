/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json-private.h"

G_BEGIN_DECLS

/* Objects of so many shapes are remembered, by their number of members. */
#define BACKSTAY_JSON_N_SHAPES 64

/* The members of an object that has no key twice. */
typedef struct
{
  const BackstayJsonRecord *members;
  guint32                   n_members;
} BackstayJsonShape;

typedef struct
{
  BackstayJsonShape shapes[BACKSTAY_JSON_N_SHAPES];
  gboolean          copies; /* Whether members are copied, as they do not stay where they are. */
} BackstayJsonShapes;

void    backstay_json_shapes_clear (BackstayJsonShapes *self);
guint32 backstay_json_shapes_find_duplicate (BackstayJsonShapes       *self,
                                             BackstayJson             *json,
                                             const BackstayJsonRecord *members,
                                             guint32                   n_members);

G_END_DECLS

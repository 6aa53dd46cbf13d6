/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

/* A document to apply patches to. It knows nothing of how they are made, and forgives nothing. */
typedef struct _JsonPatcher JsonPatcher;

JsonPatcher *json_patcher_new (BackstayJson *json);
void         json_patcher_free (JsonPatcher *self);
guint        json_patcher_apply (JsonPatcher *self,
                                 GBytes      *patch);
void         json_patcher_merge (JsonPatcher *self,
                                 GBytes      *patch);
char        *json_patcher_print (JsonPatcher *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JsonPatcher, json_patcher_free)

G_END_DECLS

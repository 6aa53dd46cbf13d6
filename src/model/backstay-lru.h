/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _BackstayLru BackstayLru;

BackstayLru *backstay_lru_new (gsize          max_cost,
                               GDestroyNotify value_free) G_GNUC_WARN_UNUSED_RESULT;
void         backstay_lru_free (BackstayLru *self);
gpointer     backstay_lru_lookup (BackstayLru *self,
                                  const char  *key);
void         backstay_lru_take (BackstayLru *self,
                                const char  *key,
                                gpointer     value,
                                gsize        cost);
guint        backstay_lru_get_n_values (BackstayLru *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayLru, backstay_lru_free)

G_END_DECLS

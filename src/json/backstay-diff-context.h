/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff-private.h"

G_BEGIN_DECLS

void backstay_diff_context_init (BackstayDiffContext     *self,
                                 BackstayJson            *before,
                                 BackstayJson            *after,
                                 const char              *identity_key,
                                 BackstayJsonProgressFunc progress,
                                 gpointer                 user_data);
void backstay_diff_context_clear (BackstayDiffContext *self);
void backstay_diff_context_descend (BackstayDiffContext *self,
                                    BackstayJsonNode     before,
                                    BackstayJsonNode     after);

G_END_DECLS

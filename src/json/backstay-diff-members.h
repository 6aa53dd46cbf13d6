/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff-private.h"

G_BEGIN_DECLS

void             backstay_diff_pair_members (BackstayDiffContext *context,
                                             BackstayJsonNode     before,
                                             BackstayJsonNode     after);
BackstayJsonNode backstay_diff_find_member (BackstayJson             *json,
                                            const BackstayJsonRecord *object,
                                            const char               *key,
                                            gsize                     length);

G_END_DECLS

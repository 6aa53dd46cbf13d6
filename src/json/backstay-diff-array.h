/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff-private.h"

G_BEGIN_DECLS

void backstay_diff_pair_elements (BackstayDiffContext *context,
                                  BackstayJsonNode     before,
                                  BackstayJsonNode     after);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff-private.h"

G_BEGIN_DECLS

gboolean backstay_diff_walk (BackstayDiff        *diff,
                             BackstayDiffContext *context);

G_END_DECLS

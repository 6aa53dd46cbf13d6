/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff.h"

G_BEGIN_DECLS

BackstayDiff *diff_check_new (BackstayJson *before,
                              BackstayJson *after) G_GNUC_WARN_UNUSED_RESULT;
void          diff_check_pair (BackstayJson *before,
                               BackstayJson *after);

G_END_DECLS

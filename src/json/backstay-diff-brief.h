/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff.h"

G_BEGIN_DECLS

char *backstay_diff_dup_brief (BackstayDiff *diff,
                               guint         max_changes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

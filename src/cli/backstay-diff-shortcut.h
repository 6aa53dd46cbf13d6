/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff-output.h"
#include "backstay-json.h"

G_BEGIN_DECLS

gboolean backstay_diff_shortcut_load (const char        *before_path,
                                      const char        *after_path,
                                      BackstayDiffFormat format,
                                      BackstayJson     **before,
                                      BackstayJson     **after);

G_END_DECLS

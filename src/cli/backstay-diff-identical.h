/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

BackstayJson *backstay_diff_identical_load (const char *before_path,
                                            const char *after_path,
                                            gboolean    needs_root) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

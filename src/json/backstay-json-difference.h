/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

gboolean backstay_json_read_difference (GBytes        *before,
                                        GBytes        *after,
                                        BackstayJson **before_part,
                                        BackstayJson **after_part);

G_END_DECLS

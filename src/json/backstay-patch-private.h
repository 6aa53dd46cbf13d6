/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

void backstay_patch_append_value (GString         *out,
                                  BackstayJson    *json,
                                  BackstayJsonNode node);

G_END_DECLS

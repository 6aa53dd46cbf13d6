/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

char       *backstay_json_label_dup_key (BackstayJson    *json,
                                         BackstayJsonNode node) G_GNUC_WARN_UNUSED_RESULT;
char       *backstay_json_label_dup_value (BackstayJson    *json,
                                           BackstayJsonNode node) G_GNUC_WARN_UNUSED_RESULT;
const char *backstay_json_label_get_kind_word (BackstayJsonKind kind);

G_END_DECLS

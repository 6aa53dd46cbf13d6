/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

BackstayJsonNode backstay_json_find_duplicate_key (BackstayJson *json);
gboolean         backstay_json_check_duplicate_keys (BackstayJson *json,
                                                     GError      **error);
BackstayJson    *backstay_json_ref_last_wins (BackstayJson *json) G_GNUC_WARN_UNUSED_RESULT;
gboolean         backstay_json_keys_are_unique (BackstayJson    *json,
                                                BackstayJsonNode first,
                                                BackstayJsonNode end);

G_END_DECLS

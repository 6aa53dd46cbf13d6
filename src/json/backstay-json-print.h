/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

/**
 * BACKSTAY_JSON_MAX_INDENTED_DEPTH:
 *
 * The depth from which on pretty lines go no further to the right. With more, the
 * spaces before 100,000 nested arrays would take gigabytes.
 */
#define BACKSTAY_JSON_MAX_INDENTED_DEPTH 256

GBytes *backstay_json_print_pretty (BackstayJson            *json,
                                    BackstayJsonNode         node,
                                    BackstayJsonProgressFunc progress,
                                    gpointer                 user_data,
                                    GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *backstay_json_print_compact (BackstayJson            *json,
                                     BackstayJsonNode         node,
                                     BackstayJsonProgressFunc progress,
                                     gpointer                 user_data,
                                     GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

void  backstay_diff_excerpt_append_path (GString    *out,
                                         const char *path,
                                         gsize       length);
void  backstay_diff_excerpt_append_value (GString         *out,
                                          BackstayJson    *json,
                                          BackstayJsonNode node);
void  backstay_diff_excerpt_append_values (GString         *before_out,
                                           GString         *after_out,
                                           BackstayJson    *before,
                                           BackstayJsonNode before_node,
                                           BackstayJson    *after,
                                           BackstayJsonNode after_node);
char *backstay_diff_excerpt_path (BackstayJson    *json,
                                  BackstayJsonNode node) G_GNUC_WARN_UNUSED_RESULT;
char *backstay_diff_excerpt_value (BackstayJson    *json,
                                   BackstayJsonNode node) G_GNUC_WARN_UNUSED_RESULT;
void  backstay_diff_excerpt_values (BackstayJson    *before,
                                    BackstayJsonNode before_node,
                                    BackstayJson    *after,
                                    BackstayJsonNode after_node,
                                    char           **before_value,
                                    char           **after_value);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

char    *backstay_json_dup_pointer (BackstayJson    *json,
                                    BackstayJsonNode node) G_GNUC_WARN_UNUSED_RESULT;
gboolean backstay_json_find_pointer (BackstayJson     *json,
                                     const char       *pointer,
                                     BackstayJsonNode *node);
char    *backstay_json_dup_postgres_expression (BackstayJson    *json,
                                                BackstayJsonNode node,
                                                const char      *column) G_GNUC_WARN_UNUSED_RESULT;
char    *backstay_json_dup_display_path (BackstayJson    *json,
                                         BackstayJsonNode node) G_GNUC_WARN_UNUSED_RESULT;
gboolean backstay_json_decode_pointer_token (char *token);
void     backstay_json_append_display_step (GString         *path,
                                            BackstayJson    *json,
                                            BackstayJsonNode node);

G_END_DECLS

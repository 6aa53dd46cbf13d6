/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

#define BACKSTAY_DIFF_INPUT_STANDARD "-"

BackstayJson *backstay_diff_input_load (const char   *path,
                                        BackstayJson *like,
                                        GError      **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes       *backstay_diff_input_read (int                      fd,
                                        BackstayJsonProgressFunc progress,
                                        gpointer                 user_data,
                                        GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
void          backstay_diff_input_name_error (GError    **error,
                                              const char *path);

G_END_DECLS

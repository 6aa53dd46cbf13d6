/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

gboolean backstay_json_check_storable (BackstayJson            *json,
                                       BackstayJsonProgressFunc progress,
                                       gpointer                 user_data,
                                       GError                 **error);
GError  *backstay_json_new_nesting_error (BackstayJson *json) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

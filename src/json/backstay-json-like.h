/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

BackstayJson *backstay_json_new_like (BackstayJson            *like,
                                      GBytes                  *text,
                                      BackstayJsonProgressFunc progress,
                                      gpointer                 user_data,
                                      GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

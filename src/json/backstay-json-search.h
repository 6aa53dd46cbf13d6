/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

/**
 * BackstayJsonSearchFlags:
 * @BACKSTAY_JSON_SEARCH_FLAGS_NONE: nowhere
 * @BACKSTAY_JSON_SEARCH_FLAGS_KEYS: in keys
 * @BACKSTAY_JSON_SEARCH_FLAGS_VALUES: in strings, numbers, booleans and null
 *
 * Where to search.
 */
typedef enum
{
  BACKSTAY_JSON_SEARCH_FLAGS_NONE = 0,
  BACKSTAY_JSON_SEARCH_FLAGS_KEYS = 1 << 0,
  BACKSTAY_JSON_SEARCH_FLAGS_VALUES = 1 << 1,
} BackstayJsonSearchFlags;

GArray *backstay_json_search (BackstayJson            *json,
                              const char              *needle,
                              BackstayJsonSearchFlags  flags,
                              BackstayJsonProgressFunc progress,
                              gpointer                 user_data,
                              GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json-item.h"
#include "backstay-list-row.h"

G_BEGIN_DECLS

#define BACKSTAY_TYPE_JSON_ROW (backstay_json_row_get_type ())

G_DECLARE_FINAL_TYPE (BackstayJsonRow, backstay_json_row, BACKSTAY, JSON_ROW, BackstayListRow)

G_END_DECLS

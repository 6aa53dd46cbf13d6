/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-list-row.h"
#include "backstay-model-type.h"

G_BEGIN_DECLS

#define BACKSTAY_TYPE_TYPE_ROW (backstay_type_row_get_type ())

G_DECLARE_FINAL_TYPE (BackstayTypeRow, backstay_type_row, BACKSTAY, TYPE_ROW, BackstayListRow)

G_END_DECLS

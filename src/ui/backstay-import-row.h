/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-import-item.h"
#include "backstay-list-row.h"

G_BEGIN_DECLS

#define BACKSTAY_TYPE_IMPORT_ROW (backstay_import_row_get_type ())

G_DECLARE_FINAL_TYPE (BackstayImportRow, backstay_import_row, BACKSTAY, IMPORT_ROW, BackstayListRow)

G_END_DECLS

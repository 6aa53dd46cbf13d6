/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-list-row.h"
#include "backstay-version.h"

G_BEGIN_DECLS

#define BACKSTAY_TYPE_RECENT_ROW (backstay_recent_row_get_type ())

G_DECLARE_FINAL_TYPE (BackstayRecentRow, backstay_recent_row, BACKSTAY, RECENT_ROW, BackstayListRow)

void backstay_recent_row_set_previous (BackstayRecentRow *self,
                                       BackstayVersion   *previous);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-finding.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_FINDING_ROW (backstay_finding_row_get_type ())

G_DECLARE_FINAL_TYPE (BackstayFindingRow, backstay_finding_row, BACKSTAY, FINDING_ROW, AdwExpanderRow)

BackstayFindingRow *backstay_finding_row_new (BackstayFinding *finding) G_GNUC_WARN_UNUSED_RESULT;
BackstayFinding    *backstay_finding_row_get_finding (BackstayFindingRow *self);

G_END_DECLS

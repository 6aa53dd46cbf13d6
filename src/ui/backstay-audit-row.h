/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-list-row.h"

G_BEGIN_DECLS

#define BACKSTAY_TYPE_AUDIT_ROW (backstay_audit_row_get_type ())

G_DECLARE_FINAL_TYPE (BackstayAuditRow, backstay_audit_row, BACKSTAY, AUDIT_ROW, BackstayListRow)

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-issue.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_ISSUE_ROW (backstay_issue_row_get_type ())

G_DECLARE_FINAL_TYPE (BackstayIssueRow, backstay_issue_row, BACKSTAY, ISSUE_ROW, AdwExpanderRow)

BackstayIssueRow *backstay_issue_row_new (BackstayIssue *issue,
                                          gboolean       can_write) G_GNUC_WARN_UNUSED_RESULT;
BackstayIssue    *backstay_issue_row_get_issue (BackstayIssueRow *self);

G_END_DECLS

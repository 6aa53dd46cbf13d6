/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff-item.h"
#include "backstay-list-row.h"

G_BEGIN_DECLS

#define BACKSTAY_TYPE_DIFF_LINE (backstay_diff_line_get_type ())

G_DECLARE_FINAL_TYPE (BackstayDiffLine, backstay_diff_line, BACKSTAY, DIFF_LINE, BackstayListRow)

void backstay_diff_line_set_narrow (BackstayDiffLine *self,
                                    gboolean          narrow);

G_END_DECLS

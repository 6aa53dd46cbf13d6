/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_UNDONE_ROW (backstay_undone_row_get_type ())

G_DECLARE_FINAL_TYPE (BackstayUndoneRow, backstay_undone_row, BACKSTAY, UNDONE_ROW, AdwExpanderRow)

void backstay_undone_row_show (BackstayUndoneRow  *self,
                               BackstayRepository *repository,
                               BackstayVersion    *target,
                               BackstayVersion    *live);

G_END_DECLS

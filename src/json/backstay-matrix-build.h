/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-matrix-private.h"

G_BEGIN_DECLS

gboolean backstay_matrix_build (BackstayMatrix         *matrix,
                                BackstayMatrixProgress *progress);

G_END_DECLS

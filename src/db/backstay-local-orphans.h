/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-local-watch.h"

G_BEGIN_DECLS

void backstay_local_orphans_end (BackstayLocalWatch *watch,
                                 const char         *cluster);

G_END_DECLS

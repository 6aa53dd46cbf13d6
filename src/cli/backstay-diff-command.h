/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int backstay_diff_command_run (int    argc,
                               char **argv);

G_END_DECLS

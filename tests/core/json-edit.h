/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "json-random.h"

G_BEGIN_DECLS

JsonRandom *json_edit_copy (const JsonRandom *document);
JsonRandom *json_edit_copy_part (const JsonRandom *document,
                                 GRand            *rand);
JsonRandom *json_edit (JsonRandom *document,
                       GRand      *rand,
                       guint       n_edits);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BackstaySetLimitFunc:
 * @model: a model
 * @limit: how many rows there are at most
 *
 * Lets a model have more rows.
 */
typedef void (*BackstaySetLimitFunc) (gpointer model,
                                      guint    limit);

void backstay_gradual_rows_begin (GListModel          *model,
                                  BackstaySetLimitFunc set_limit);

G_END_DECLS

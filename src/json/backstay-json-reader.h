/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json-private.h"
#include "backstay-json-spot.h"

G_BEGIN_DECLS

BackstayJsonRecord *backstay_json_read (const char              *text,
                                        gsize                    length,
                                        BackstayJsonProgressFunc progress,
                                        gpointer                 user_data,
                                        guint32                 *n_nodes,
                                        GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean backstay_json_read_root (const char         *text,
                                  gsize               length,
                                  BackstayJsonSpot   *spot,
                                  BackstayJsonRecord *root);

G_END_DECLS

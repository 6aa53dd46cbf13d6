/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"
#include "backstay-version.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_CONFIGURATION (backstay_configuration_get_type ())

G_DECLARE_FINAL_TYPE (BackstayConfiguration, backstay_configuration, BACKSTAY, CONFIGURATION, GObject)

BackstayConfiguration *backstay_configuration_new (BackstayVersion *version,
                                                   GBytes          *text) G_GNUC_WARN_UNUSED_RESULT;
BackstayVersion       *backstay_configuration_get_version (BackstayConfiguration *self);
GBytes                *backstay_configuration_get_text (BackstayConfiguration *self);
const char            *backstay_configuration_get_hash (BackstayConfiguration *self);
BackstayJson          *backstay_configuration_get_json (BackstayConfiguration *self);
void                   backstay_configuration_read_async (BackstayConfiguration *self,
                                                          GCancellable          *cancellable,
                                                          GAsyncReadyCallback    callback,
                                                          gpointer               user_data);
BackstayJson          *backstay_configuration_read_finish (BackstayConfiguration *self,
                                                           GAsyncResult          *result,
                                                           GError               **error);

G_END_DECLS

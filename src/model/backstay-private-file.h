/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _BackstayPrivateFile BackstayPrivateFile;

BackstayPrivateFile *backstay_private_file_new (const char *path,
                                                GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void                 backstay_private_file_free (BackstayPrivateFile *self);
gboolean             backstay_private_file_write (BackstayPrivateFile *self,
                                                  const char          *data,
                                                  gsize                length,
                                                  GError             **error);
gboolean             backstay_private_file_finish (BackstayPrivateFile *self,
                                                   GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayPrivateFile, backstay_private_file_free)

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-session.h"
#include "backstay-identity.h"
#include "backstay-import-item.h"
#include "backstay-transfer-progress.h"

G_BEGIN_DECLS

/* A file with more lines is refused: each takes some memory. */
#define BACKSTAY_IMPORT_MAX_LINES 500000

/* What the dry run of an import needs, in the connection's thread. */
typedef struct
{
  char                     *path;
  BackstayIdentity         *identity; /* (nullable) */
  BackstayTransferProgress *progress;
  GCancellable             *cancellable; /* (nullable) */
} BackstayImportCheck;

BackstayImportCheck *backstay_import_check_new (const char               *path,
                                                BackstayIdentity         *identity,
                                                BackstayTransferProgress *progress,
                                                GCancellable             *cancellable) G_GNUC_WARN_UNUSED_RESULT;
void                 backstay_import_check_free (BackstayImportCheck *job);
gboolean             backstay_import_check_run (BackstayDbSession *session,
                                                gpointer           data,
                                                gpointer          *result,
                                                GError           **error);

G_END_DECLS

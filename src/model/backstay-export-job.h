/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-access.h"
#include "backstay-db-session.h"
#include "backstay-export.h"
#include "backstay-transfer-progress.h"

G_BEGIN_DECLS

/* What an export needs, in the connection's thread. */
typedef struct
{
  BackstayExportRequest    *request;
  char                     *path;
  BackstayIdentity         *identity; /* (nullable) */
  BackstayTransferProgress *progress;
  GCancellable             *cancellable; /* (nullable) */
} BackstayExportJob;

BackstayExportJob *backstay_export_job_new (BackstayExportRequest    *request,
                                            const char               *path,
                                            BackstayIdentity         *identity,
                                            BackstayTransferProgress *progress,
                                            GCancellable             *cancellable) G_GNUC_WARN_UNUSED_RESULT;
void               backstay_export_job_free (BackstayExportJob *job);
gboolean           backstay_export_job_run (BackstayDbSession *session,
                                            gpointer           data,
                                            gpointer          *result,
                                            GError           **error);

G_END_DECLS

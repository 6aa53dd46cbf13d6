/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-session.h"
#include "backstay-identity.h"
#include "backstay-import-item.h"
#include "backstay-transfer-progress.h"

G_BEGIN_DECLS

/* What an import needs, in the connection's thread, and how far it came: it can be run again, and then
 * goes on. */
typedef struct
{
  char                     *path;
  GPtrArray                *items;    /* Of BackstayImportItem; the thread does not change them. */
  BackstayIdentity         *identity; /* (nullable) */
  BackstayTransferProgress *progress;
  GCancellable             *cancellable; /* (nullable) */
  guint8                   *states;      /* What became of each item, as BackstayImportState. */
  guint                     next;        /* The first item that is not settled. */
  guint                     n_doubtful;  /* The items before it may have been written by a commit without answer. */
  guint                     n_alone;     /* The items before it are written one by one. */
  guint                     n_written;
} BackstayImportJob;

BackstayImportJob *backstay_import_job_new (const char               *path,
                                            GPtrArray                *items,
                                            BackstayIdentity         *identity,
                                            BackstayTransferProgress *progress,
                                            GCancellable             *cancellable) G_GNUC_WARN_UNUSED_RESULT;
void               backstay_import_job_free (BackstayImportJob *job);
gboolean           backstay_import_job_run (BackstayDbSession *session,
                                            gpointer           data,
                                            gpointer          *result,
                                            GError           **error);

G_END_DECLS

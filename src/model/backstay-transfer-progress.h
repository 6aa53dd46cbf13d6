/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BackstayTransferProgress:
 *
 * How far an export or an import is. A thread writes it while another one reads it.
 */
typedef struct _BackstayTransferProgress BackstayTransferProgress;

BackstayTransferProgress *backstay_transfer_progress_new (void) G_GNUC_WARN_UNUSED_RESULT;
BackstayTransferProgress *backstay_transfer_progress_ref (BackstayTransferProgress *self);
void                      backstay_transfer_progress_unref (BackstayTransferProgress *self);
void                      backstay_transfer_progress_set (BackstayTransferProgress *self,
                                                          guint                     n_versions,
                                                          guint64                   n_bytes,
                                                          double                    fraction);
double                    backstay_transfer_progress_get (BackstayTransferProgress *self,
                                                          guint                    *n_versions,
                                                          guint64                  *n_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayTransferProgress, backstay_transfer_progress_unref)

G_END_DECLS

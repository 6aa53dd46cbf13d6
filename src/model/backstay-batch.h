/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-session.h"

G_BEGIN_DECLS

typedef struct _BackstayBatch BackstayBatch;

BackstayBatch *backstay_batch_new (void) G_GNUC_WARN_UNUSED_RESULT;
void           backstay_batch_free (BackstayBatch *self);
void           backstay_batch_add (BackstayBatch *self,
                                   const char    *name,
                                   ...) G_GNUC_NULL_TERMINATED;
guint          backstay_batch_get_length (BackstayBatch *self);
GPtrArray     *backstay_batch_run (BackstayBatch     *self,
                                   BackstayDbSession *session,
                                   GError           **error) G_GNUC_WARN_UNUSED_RESULT;
char          *backstay_batch_translate (const char *sql,
                                         GPtrArray  *names) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayBatch, backstay_batch_free)

G_END_DECLS

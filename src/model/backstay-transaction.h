/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-access.h"
#include "backstay-batch.h"

G_BEGIN_DECLS

/* How long the server may work on a statement, and wait for a lock. */
#define BACKSTAY_STATEMENT_MSEC 8000
#define BACKSTAY_LOCK_MSEC 4000

/* How long a job may take in all, the network included. */
#define BACKSTAY_JOB_MSEC 12000

/* A configuration of some 60 MB over a slow line. */
#define BACKSTAY_DOWNLOAD_MSEC 180000

BackstayBatch *backstay_transaction_begin_read (BackstayIdentity *identity,
                                                guint             statement_msec) G_GNUC_WARN_UNUSED_RESULT;
BackstayBatch *backstay_transaction_begin_snapshot (BackstayIdentity *identity,
                                                    guint             statement_msec) G_GNUC_WARN_UNUSED_RESULT;
BackstayBatch *backstay_transaction_begin_write (BackstayIdentity *identity,
                                                 guint             statement_msec,
                                                 guint             lock_msec) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray     *backstay_transaction_end_read (BackstayBatch     *batch,
                                              BackstayDbSession *session,
                                              GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* Where a transaction's own statements begin among the rows that it gives back. */
#define BACKSTAY_TRANSACTION_FIRST 2

G_END_DECLS

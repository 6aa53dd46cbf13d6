/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-access.h"
#include "backstay-db-session.h"
#include "backstay-rollback.h"

G_BEGIN_DECLS

typedef struct
{
  BackstayRollbackRequest *request;
  BackstayAccess          *access;  /* Who one is, as it was last found out. */
  BackstayRollbackOutcome *outcome; /* What was done so far; %NULL before it is run. */
  gboolean                 rehearse;
  gboolean                 absent; /* Whether the server was asked, and knows of no change. */
} BackstayRollbackJob;

BackstayRollbackJob *backstay_rollback_job_new (BackstayRollbackRequest *request,
                                                BackstayAccess          *access,
                                                gboolean                 rehearse) G_GNUC_WARN_UNUSED_RESULT;
void                 backstay_rollback_job_free (BackstayRollbackJob *job);
gboolean             backstay_rollback_job_run (BackstayDbSession *session,
                                                gpointer           data,
                                                gpointer          *result,
                                                GError           **error);
gboolean             backstay_rollback_job_run_resolve (BackstayDbSession *session,
                                                        gpointer           data,
                                                        gpointer          *result,
                                                        GError           **error);

G_END_DECLS

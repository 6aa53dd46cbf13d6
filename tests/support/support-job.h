/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-connection.h"

G_BEGIN_DECLS

/* Far more than any of the tests' statements takes. */
#define SUPPORT_JOB_MSEC 30000

gboolean support_job_query (BackstayDbSession *session,
                            gpointer           data,
                            gpointer          *result,
                            GError           **error);
void     support_job_start (BackstayDbConnection *connection,
                            const char           *sql,
                            guint                 milliseconds,
                            GCancellable         *cancellable,
                            GAsyncResult        **result);
char    *support_job_finish (GAsyncResult **result,
                             GError       **error) G_GNUC_WARN_UNUSED_RESULT;
char    *support_job_run_sql (BackstayDbConnection *connection,
                              const char           *sql,
                              GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gpointer support_job_run (BackstayDbConnection *connection,
                          BackstayDbJobFunc     func,
                          gpointer              data,
                          GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void     support_job_assert_works (BackstayDbConnection *connection);
int      support_job_get_pid (BackstayDbConnection *connection);

G_END_DECLS

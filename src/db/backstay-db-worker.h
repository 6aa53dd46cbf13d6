/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-connection.h"

G_BEGIN_DECLS

typedef struct _BackstayDbWorker BackstayDbWorker;

/* Called in the worker's thread. */
typedef void (*BackstayDbWorkerStateFunc) (BackstayDbState state,
                                           gpointer        user_data);

BackstayDbWorker *backstay_db_worker_new (BackstayDbConfig         *config,
                                          BackstayDbWorkerStateFunc state_func,
                                          gpointer                  user_data,
                                          GDestroyNotify            user_data_free);
void              backstay_db_worker_stop (BackstayDbWorker *self);
void              backstay_db_worker_push (BackstayDbWorker *self,
                                           GTask            *task,
                                           BackstayDbJobFunc func,
                                           gpointer          data,
                                           GDestroyNotify    data_free,
                                           GDestroyNotify    result_free,
                                           guint             milliseconds);

G_END_DECLS

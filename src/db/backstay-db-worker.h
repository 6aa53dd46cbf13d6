/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-connection.h"

G_BEGIN_DECLS

typedef struct _BackstayDbWorker BackstayDbWorker;

/* What the worker tells, in its own thread. */
typedef struct
{
  void (*state_changed) (BackstayDbState state,
                         gpointer        user_data);
  void (*notified) (const char *channel,
                    gpointer    user_data);
} BackstayDbWorkerListener;

BackstayDbWorker *backstay_db_worker_new (BackstayDbConfig               *config,
                                          const BackstayDbWorkerListener *listener,
                                          gpointer                        user_data,
                                          GDestroyNotify                  user_data_free);
void              backstay_db_worker_stop (BackstayDbWorker *self);
gsize             backstay_db_worker_get_received (BackstayDbWorker *self);
void              backstay_db_worker_push (BackstayDbWorker *self,
                                           GTask            *task,
                                           BackstayDbJobFunc func,
                                           gpointer          data,
                                           GDestroyNotify    data_free,
                                           GDestroyNotify    result_free,
                                           guint             milliseconds);

G_END_DECLS

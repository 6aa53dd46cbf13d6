/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-config.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

/* Waits until the connection's socket is ready, or gives up with an error. */
typedef gboolean (*BackstayDbWaitFunc) (PGconn  *conn,
                                        short    events,
                                        gint64   limit,
                                        gpointer user_data,
                                        GError **error);

PGconn *backstay_db_connect (BackstayDbConfig  *config,
                             gint64             limit,
                             BackstayDbWaitFunc wait,
                             gpointer           user_data,
                             GError           **error);

G_END_DECLS

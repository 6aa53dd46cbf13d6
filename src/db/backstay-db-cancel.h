/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

typedef struct _BackstayDbCancel BackstayDbCancel;

BackstayDbCancel *backstay_db_cancel_send (PGconn *conn);
gboolean          backstay_db_cancel_wait (BackstayDbCancel *self,
                                           gint64            limit);
void              backstay_db_cancel_unref (BackstayDbCancel *self);

G_END_DECLS

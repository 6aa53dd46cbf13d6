/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-config.h"
#include "backstay-db-session.h"

G_BEGIN_DECLS

BackstayDbSession *backstay_db_session_new (BackstayDbConfig *config,
                                            int               wake_fd);
void               backstay_db_session_free (BackstayDbSession *self);
void               backstay_db_session_begin_job (BackstayDbSession *self,
                                                  GCancellable      *cancellable,
                                                  const int         *abandoned,
                                                  gint64             deadline);
gboolean           backstay_db_session_open (BackstayDbSession *self,
                                             GError           **error);
void               backstay_db_session_end_job (BackstayDbSession *self);
gboolean           backstay_db_session_is_open (BackstayDbSession *self);
gboolean           backstay_db_session_check_alive (BackstayDbSession *self);
int                backstay_db_session_get_fd (BackstayDbSession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayDbSession, backstay_db_session_free)

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-cancel.h"
#include "backstay-db-config.h"
#include "backstay-db-session.h"

G_BEGIN_DECLS

struct _BackstayDbSession
{
  BackstayDbConfig *config;
  PGconn           *conn;     /* %NULL while there is no connection. */
  int               wake_fd;  /* Borrowed; becomes readable when a job may have been cancelled. */
  gsize            *received; /* Borrowed; how many bytes came since the job began. Atomic. */

  BackstayDbCancel *cancel; /* %NULL unless a request may still be on its way. */

  /* The current job's. */
  GCancellable *cancellable;
  const int    *abandoned;       /* Becomes non-zero when nobody waits for the job any more. */
  gint64        deadline;        /* In microseconds of the monotonic clock. */
  guint64       received_before; /* By the connection, before the job began. */
  guint         cancel_sent : 1;
  guint         in_commit : 1;
};

/* In backstay-db-session.c */
void     backstay_db_session_close_connection (BackstayDbSession *self);
void     backstay_db_session_settle_cancel (BackstayDbSession *self);
gboolean backstay_db_session_is_cancelled (BackstayDbSession *self);
void     backstay_db_session_set_cancelled (GError **error);
gboolean backstay_db_session_poll_socket (BackstayDbSession *self,
                                          PGconn            *conn,
                                          short              events,
                                          gint64             limit);

/* In backstay-db-session-open.c */
BackstayDbSession *backstay_db_session_new (BackstayDbConfig *config,
                                            int               wake_fd,
                                            gsize            *received);
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

/* In backstay-db-session-info.c */
guint64  backstay_db_session_count_received (BackstayDbSession *self);
gboolean backstay_db_session_take_notification (BackstayDbSession *self,
                                                char             **channel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayDbSession, backstay_db_session_free)

G_END_DECLS

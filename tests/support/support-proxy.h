/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-config.h"

G_BEGIN_DECLS

/**
 * SupportFault:
 * @SUPPORT_FAULT_NONE: all goes through
 * @SUPPORT_FAULT_CUT_BEFORE: the round trip never reaches the server, and the line breaks
 * @SUPPORT_FAULT_CUT_AFTER: the server does its work, and the line breaks before its answer
 * @SUPPORT_FAULT_HANG_BEFORE: as CUT_BEFORE, but the line stays open in silence
 * @SUPPORT_FAULT_HANG_AFTER: as CUT_AFTER, but the line stays open in silence
 * @SUPPORT_FAULT_CALL_BEFORE: a function is called, and then the round trip goes on
 *
 * What happens to a round trip.
 */
typedef enum
{
  SUPPORT_FAULT_NONE,
  SUPPORT_FAULT_CUT_BEFORE,
  SUPPORT_FAULT_CUT_AFTER,
  SUPPORT_FAULT_HANG_BEFORE,
  SUPPORT_FAULT_HANG_AFTER,
  SUPPORT_FAULT_CALL_BEFORE,
} SupportFault;

/* Called in a thread of the proxy's. */
typedef void (*SupportProxyFunc) (gpointer user_data);

/**
 * SupportProxy:
 *
 * Stands between a client and the server's socket. It counts the client's round trips, each of
 * which ends with a Sync message, and lets one of them go wrong.
 * https://www.postgresql.org/docs/15/protocol-message-formats.html
 */
typedef struct _SupportProxy SupportProxy;

SupportProxy     *support_proxy_new (void) G_GNUC_WARN_UNUSED_RESULT;
void              support_proxy_free (SupportProxy *self);
BackstayDbConfig *support_proxy_dup_config (SupportProxy *self) G_GNUC_WARN_UNUSED_RESULT;
void              support_proxy_arm (SupportProxy *self,
                                     guint         round_trip,
                                     SupportFault  fault);
void              support_proxy_arm_call (SupportProxy    *self,
                                          guint            round_trip,
                                          SupportProxyFunc func,
                                          gpointer         user_data);
void              support_proxy_arm_next (SupportProxy *self,
                                          guint         round_trip,
                                          SupportFault  fault);
void              support_proxy_arm_next_call (SupportProxy    *self,
                                               guint            round_trip,
                                               SupportProxyFunc func,
                                               gpointer         user_data);
void              support_proxy_pretend_to_pool (SupportProxy *self);
gboolean          support_proxy_has_fired (SupportProxy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SupportProxy, support_proxy_free)

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-local-event.h"

G_BEGIN_DECLS

/**
 * BackstayLocalKeeperFunc:
 * @event: what happened
 * @arguments: the event's arguments
 * @user_data: the data
 *
 * Is told what the keeper reports.
 */
typedef void (*BackstayLocalKeeperFunc) (BackstayLocalEvent event,
                                         const char *const *arguments,
                                         gpointer           user_data);

/**
 * BackstayLocalKeeperEndedFunc:
 * @user_data: the data
 *
 * Is told that the keeper has ended, and with it the server.
 */
typedef void (*BackstayLocalKeeperEndedFunc) (gpointer user_data);

/**
 * BackstayLocalKeeper:
 *
 * The keeper's process as Backstay sees it.
 */
typedef struct _BackstayLocalKeeper BackstayLocalKeeper;

BackstayLocalKeeper *backstay_local_keeper_new (const char                  *directory,
                                                BackstayLocalKeeperFunc      event_func,
                                                BackstayLocalKeeperEndedFunc ended_func,
                                                gpointer                     user_data,
                                                GError                     **error) G_GNUC_WARN_UNUSED_RESULT;
void                 backstay_local_keeper_dismiss (BackstayLocalKeeper *self);
void                 backstay_local_keeper_free (BackstayLocalKeeper *self);

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-access.h"
#include "backstay-secrets.h"

G_BEGIN_DECLS

/* Tries a server that need not be saved. */
void            backstay_server_test_async (BackstayServer     *server,
                                            const char         *password,
                                            BackstaySecrets    *secrets,
                                            GCancellable       *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer            user_data);
BackstayAccess *backstay_server_test_finish (GAsyncResult *result,
                                             GError      **error) G_GNUC_WARN_UNUSED_RESULT;
char           *backstay_server_test_describe (BackstayAccess *access) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

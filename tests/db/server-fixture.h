/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-connection.h"
#include "backstay-local-server.h"

G_BEGIN_DECLS

BackstayDbConfig *server_fixture_start (BackstayLocalServer *server,
                                        GCancellable        *cancellable,
                                        GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void              server_fixture_stop (BackstayLocalServer *server);
const char       *server_fixture_get_host (BackstayDbConfig *config);
char             *server_fixture_query (BackstayDbConfig *config,
                                        const char       *sql) G_GNUC_WARN_UNUSED_RESULT;
void              server_fixture_run (BackstayDbConfig *config,
                                      const char       *sql);

G_END_DECLS

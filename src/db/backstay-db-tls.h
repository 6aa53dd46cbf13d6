/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-config.h"
#include "backstay-db-session.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

/**
 * BackstayDbTls:
 * @mode: (nullable): the `sslmode` to set; %NULL to leave it as it is
 * @root_certificate: (nullable): the `sslrootcert` to set; %NULL to leave it as it is
 *
 * What has to be added to a configuration, so that it is as safe as it should be.
 */
typedef struct
{
  const char *mode;
  const char *root_certificate;
} BackstayDbTls;

gboolean           backstay_db_tls_is_this_computer (const char *hosts);
BackstayDbTls      backstay_db_tls_find (BackstayDbConfig *config);
BackstayDbSecurity backstay_db_tls_get_security (PGconn *conn);

G_END_DECLS

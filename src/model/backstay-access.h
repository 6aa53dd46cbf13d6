/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-session.h"
#include "backstay-identity.h"

G_BEGIN_DECLS

/**
 * BackstayAccessKind:
 * @BACKSTAY_ACCESS_ADMIN: the policies bind this user, who is an administrator
 * @BACKSTAY_ACCESS_NOT_ADMIN: the policies bind this user, and hide everything
 * @BACKSTAY_ACCESS_NO_IDENTITY: the policies bind this login, which is nobody's
 * @BACKSTAY_ACCESS_UNKNOWN: the policies bind this login by rules that Backstay does not know
 * @BACKSTAY_ACCESS_BYPASS: the policies do not bind this login
 * @BACKSTAY_ACCESS_UNPROTECTED: row-level security is switched off
 * @BACKSTAY_ACCESS_DENIED: the login may not read the table
 * @BACKSTAY_ACCESS_NO_TABLE: this database has no such table
 *
 * Why somebody sees what they see: under row-level security a refusal looks like emptiness.
 */
typedef enum
{
  BACKSTAY_ACCESS_ADMIN,
  BACKSTAY_ACCESS_NOT_ADMIN,
  BACKSTAY_ACCESS_NO_IDENTITY,
  BACKSTAY_ACCESS_UNKNOWN,
  BACKSTAY_ACCESS_BYPASS,
  BACKSTAY_ACCESS_UNPROTECTED,
  BACKSTAY_ACCESS_DENIED,
  BACKSTAY_ACCESS_NO_TABLE,
} BackstayAccessKind;

/**
 * BackstayAccess:
 * @kind: what the signed-in user may see
 * @identity: (nullable): the signed-in profile, with its name where it could be read
 * @login: the role that the server authenticated
 * @database: the database
 * @host: the server, or the folder of its socket
 * @schema: the schema of the table
 * @server_version: such as 150004
 * @security: how the connection is protected
 * @may_write: whether the table's privileges allow a rollback
 * @may_sign_in: whether the login can become a profile, and a profile may see the table
 * @has_profiles: whether profiles can be listed
 * @has_uid: whether `auth.uid()` can be asked
 * @has_roles: whether `has_role()` can be asked
 * @security_on: whether row-level security is switched on
 * @standby: whether the server is one that only follows another
 * @read_only: whether the server takes no writes, or the user wants none
 * @no_writes: whether it is the user who wants none
 *
 * Who one is on a server, and what one may do there.
 */
typedef struct
{
  gatomicrefcount    ref_count;
  BackstayAccessKind kind;
  BackstayIdentity  *identity;
  char              *login;
  char              *database;
  char              *host;
  char              *schema;
  int                server_version;
  BackstayDbSecurity security;
  guint              may_write : 1;
  guint              may_sign_in : 1;
  guint              has_profiles : 1;
  guint              has_uid : 1;
  guint              has_roles : 1;
  guint              security_on : 1;
  guint              standby : 1;
  guint              read_only : 1;
  guint              no_writes : 1;
} BackstayAccess;

#define BACKSTAY_TYPE_ACCESS (backstay_access_get_type ())

GType           backstay_access_get_type (void);
BackstayAccess *backstay_access_new (void) G_GNUC_WARN_UNUSED_RESULT;
BackstayAccess *backstay_access_ref (BackstayAccess *self);
void            backstay_access_unref (BackstayAccess *self);
gboolean        backstay_access_can_browse (BackstayAccess *self);
gboolean        backstay_access_can_write (BackstayAccess *self);
gboolean        backstay_access_can_choose_identity (BackstayAccess *self);
char           *backstay_access_dup_user (BackstayAccess *self) G_GNUC_WARN_UNUSED_RESULT;
const char     *backstay_access_get_rank (BackstayAccess *self);
char           *backstay_access_dup_refusal (BackstayAccess *self) G_GNUC_WARN_UNUSED_RESULT;
char           *backstay_access_dup_warning (BackstayAccess *self) G_GNUC_WARN_UNUSED_RESULT;
const char     *backstay_access_get_security (BackstayAccess *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayAccess, backstay_access_unref)

G_END_DECLS

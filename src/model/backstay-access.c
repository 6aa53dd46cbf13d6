/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-access"

#include "config.h"

#include "backstay-access.h"

#include "backstay-display-text.h"

#include <glib/gi18n-lib.h>

G_DEFINE_BOXED_TYPE (BackstayAccess, backstay_access, backstay_access_ref, backstay_access_unref)

/**
 * backstay_access_new: (skip)
 *
 * Returns: (transfer full): an access that allows nothing, to be filled in before it is shared
 */
BackstayAccess *
backstay_access_new (void)
{
  BackstayAccess *self = g_new0 (BackstayAccess, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = BACKSTAY_ACCESS_NO_TABLE;

  return self;
}

/**
 * backstay_access_ref:
 *
 * Returns: (transfer full): the same access
 */
BackstayAccess *
backstay_access_ref (BackstayAccess *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * backstay_access_unref:
 *
 * Gives up one reference.
 */
void
backstay_access_unref (BackstayAccess *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_object (&self->identity);
  g_free (self->login);
  g_free (self->database);
  g_free (self->host);
  g_free (self->schema);
  g_free (self);
}

/**
 * backstay_access_can_browse:
 *
 * Returns: whether lists show what is there
 */
gboolean
backstay_access_can_browse (BackstayAccess *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  switch (self->kind)
    {
    case BACKSTAY_ACCESS_ADMIN:
    case BACKSTAY_ACCESS_UNKNOWN:
    case BACKSTAY_ACCESS_BYPASS:
    case BACKSTAY_ACCESS_UNPROTECTED:
      return TRUE;

    case BACKSTAY_ACCESS_NOT_ADMIN:
    case BACKSTAY_ACCESS_NO_IDENTITY:
    case BACKSTAY_ACCESS_DENIED:
    case BACKSTAY_ACCESS_NO_TABLE:
    default:
      return FALSE;
    }
}

/**
 * backstay_access_can_write:
 *
 * Returns: whether rolling back can succeed, as far as is known
 */
gboolean
backstay_access_can_write (BackstayAccess *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return backstay_access_can_browse (self) && self->may_write && !self->read_only;
}

/**
 * backstay_access_can_choose_identity:
 *
 * Returns: whether one can say which profile one is, be it only to be recorded as it
 */
gboolean
backstay_access_can_choose_identity (BackstayAccess *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->may_sign_in || self->has_profiles;
}

/**
 * backstay_access_dup_user:
 *
 * Returns: (transfer full): the name of the profile, or of the login that acts as itself
 */
char *
backstay_access_dup_user (BackstayAccess *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->identity != NULL)
    return backstay_identity_dup_label (self->identity);

  return backstay_display_text (self->login != NULL ? self->login : "");
}

/**
 * backstay_access_get_rank:
 *
 * Returns: (transfer none): one or two words for what the user is here
 */
const char *
backstay_access_get_rank (BackstayAccess *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (self->kind)
    {
    case BACKSTAY_ACCESS_ADMIN:
      return _ ("Admin");
    case BACKSTAY_ACCESS_NOT_ADMIN:
      return _ ("Not an admin");
    case BACKSTAY_ACCESS_NO_IDENTITY:
      return _ ("Not signed in");
    case BACKSTAY_ACCESS_BYPASS:
      return _ ("Bypasses row security");
    case BACKSTAY_ACCESS_UNPROTECTED:
      return _ ("Row security is off");
    case BACKSTAY_ACCESS_UNKNOWN:
      return _ ("Login");
    case BACKSTAY_ACCESS_DENIED:
    case BACKSTAY_ACCESS_NO_TABLE:
    default:
      return _ ("No access");
    }
}

/**
 * backstay_access_dup_refusal:
 *
 * Says why there is nothing to be seen, and what to do about it.
 *
 * Returns: (transfer full) (nullable): sentences, %NULL where one can browse
 */
char *
backstay_access_dup_refusal (BackstayAccess *self)
{
  g_autofree char *user = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  user = backstay_access_dup_user (self);

  switch (self->kind)
    {
    case BACKSTAY_ACCESS_NOT_ADMIN:
      return g_strdup_printf (_ ("You are signed in as %s, who is not an administrator, so the "
                                 "server hides every configuration. Sign in as somebody else, or "
                                 "ask an administrator for the role."),
                              user);

    case BACKSTAY_ACCESS_NO_IDENTITY:
      return g_strdup_printf (_ ("The login %s is nobody's profile, so the server hides every "
                                 "configuration. Choose who you are."),
                              user);

    case BACKSTAY_ACCESS_DENIED:
      return g_strdup_printf (_ ("The login %s may not read the table model_config_history. Ask "
                                 "the database's owner for the right, or sign in as somebody "
                                 "else."),
                              user);

    case BACKSTAY_ACCESS_NO_TABLE:
      return g_strdup_printf (_ ("The database %s has no table model_config_history in the schema "
                                 "%s. Check that this is the right database."),
                              self->database != NULL ? self->database : "",
                              self->schema != NULL ? self->schema : BACKSTAY_DB_CONFIG_SCHEMA);

    case BACKSTAY_ACCESS_ADMIN:
    case BACKSTAY_ACCESS_UNKNOWN:
    case BACKSTAY_ACCESS_BYPASS:
    case BACKSTAY_ACCESS_UNPROTECTED:
    default:
      return NULL;
    }
}

static char *
dup_bypass_warning (BackstayAccess *self)
{
  g_autofree char *login = backstay_display_text (self->login);
  g_autofree char *user = backstay_access_dup_user (self);

  if (self->identity != NULL)
    return g_strdup_printf (_ ("The login %s bypasses row security: the server's policies do not bind it. What "
                               "you do is recorded as %s."),
                            login, user);

  return g_strdup_printf (_ ("The login %s bypasses row security: the server's policies do not bind it. What you "
                             "do is recorded as no profile."),
                          login);
}

/**
 * backstay_access_dup_warning:
 *
 * Says what one should know before one changes something here.
 *
 * Returns: (transfer full) (nullable): a sentence, %NULL where all is as it should be
 */
char *
backstay_access_dup_warning (BackstayAccess *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->no_writes)
    return g_strdup (_ ("Safe mode: you chose that nothing is changed on this server."));

  if (self->standby)
    return g_strdup (_ ("This server is a standby, which takes no changes: you can look, but not roll back."));

  if (self->read_only)
    return g_strdup (_ ("This server takes no changes: you can look, but not roll back."));

  if (self->kind == BACKSTAY_ACCESS_UNPROTECTED)
    return g_strdup (_ ("Row security is off: everyone with a login can change configurations."));

  if (self->kind == BACKSTAY_ACCESS_BYPASS)
    return dup_bypass_warning (self);

  if (backstay_access_can_browse (self) && !self->may_write)
    return g_strdup (_ ("You may look here, but not roll back: the right to change is missing."));

  return NULL;
}

/**
 * backstay_access_get_security:
 *
 * Returns: (transfer none): how the connection is protected, in a word or two
 */
const char *
backstay_access_get_security (BackstayAccess *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (self->security)
    {
    case BACKSTAY_DB_SECURITY_LOCAL:
      return _ ("this computer");
    case BACKSTAY_DB_SECURITY_VERIFIED:
      return _ ("encrypted");
    case BACKSTAY_DB_SECURITY_SIGNER:
      return _ ("encrypted, host name not verified");
    case BACKSTAY_DB_SECURITY_ENCRYPTED:
      return _ ("encrypted, server not verified");
    case BACKSTAY_DB_SECURITY_NONE:
    default:
      return _ ("not encrypted");
    }
}

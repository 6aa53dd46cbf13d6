/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-identity"

#include "config.h"

#include "backstay-identity.h"

#include "backstay-display-text.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

/**
 * BackstayIdentity:
 *
 * A profile to be signed in as; or, where a login cannot be signed in as one, the profile of whoever
 * uses that login. Immutable once built.
 */
struct _BackstayIdentity
{
  GObject parent_instance;

  char    *id;
  char    *name;
  gboolean of_login;
};

G_DEFINE_FINAL_TYPE (BackstayIdentity, backstay_identity, G_TYPE_OBJECT)

static void
backstay_identity_finalize (GObject *object)
{
  BackstayIdentity *self = BACKSTAY_IDENTITY (object);

  g_free (self->id);
  g_free (self->name);

  G_OBJECT_CLASS (backstay_identity_parent_class)->finalize (object);
}

static void
backstay_identity_class_init (BackstayIdentityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = backstay_identity_finalize;
}

static void
backstay_identity_init (BackstayIdentity *self)
{
}

/**
 * backstay_identity_new:
 * @id: the profile's uuid
 * @name: (nullable): the profile's name, where it is known
 *
 * Returns: (transfer full): the identity
 */
BackstayIdentity *
backstay_identity_new (const char *id,
                       const char *name)
{
  BackstayIdentity *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_IDENTITY, NULL);
  /* The server's own spelling, as ids are compared with what it says. */
  self->id = g_ascii_strdown (id, -1);
  self->name = g_strdup (name);

  return self;
}

/**
 * backstay_identity_new_of_login:
 * @id: the profile's uuid
 * @name: (nullable): the profile's name, where it is known
 *
 * Makes the identity of somebody whose login stays what it is: it takes no other role, and what it does is
 * recorded as this profile's.
 *
 * Returns: (transfer full): the identity
 */
BackstayIdentity *
backstay_identity_new_of_login (const char *id,
                                const char *name)
{
  BackstayIdentity *self = backstay_identity_new (id, name);

  g_return_val_if_fail (self != NULL, NULL);

  self->of_login = TRUE;

  return self;
}

/**
 * backstay_identity_get_of_login:
 *
 * Returns: whether the login stays what it is
 */
gboolean
backstay_identity_get_of_login (BackstayIdentity *self)
{
  g_return_val_if_fail (BACKSTAY_IS_IDENTITY (self), FALSE);

  return self->of_login;
}

/**
 * backstay_identity_get_id:
 *
 * Returns: (transfer none): the profile's uuid
 */
const char *
backstay_identity_get_id (BackstayIdentity *self)
{
  g_return_val_if_fail (BACKSTAY_IS_IDENTITY (self), NULL);

  return self->id;
}

/**
 * backstay_identity_get_name:
 *
 * Returns: (transfer none) (nullable): the profile's name
 */
const char *
backstay_identity_get_name (BackstayIdentity *self)
{
  g_return_val_if_fail (BACKSTAY_IS_IDENTITY (self), NULL);

  return self->name;
}

/**
 * backstay_identity_dup_label:
 *
 * Returns: (transfer full): what to call the user in the window
 */
char *
backstay_identity_dup_label (BackstayIdentity *self)
{
  g_return_val_if_fail (BACKSTAY_IS_IDENTITY (self), NULL);

  if (self->name == NULL || self->name[0] == '\0')
    return g_strdup_printf (_ ("unknown user %.8s"), self->id);

  return backstay_display_text (self->name);
}

/**
 * backstay_identity_dup_claims:
 *
 * Makes the claims that `auth.uid()` reads, as PostgREST sets them.
 *
 * Returns: (transfer full): a JSON object
 */
char *
backstay_identity_dup_claims (BackstayIdentity *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (BACKSTAY_IS_IDENTITY (self), NULL);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "sub");
  json_builder_add_string_value (builder, self->id);
  if (!self->of_login)
    {
      json_builder_set_member_name (builder, "role");
      json_builder_add_string_value (builder, "authenticated");
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-server"

#include "config.h"

#include "backstay-server.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayServer:
 *
 * A server that the user saved: where it is, how to go there, and how careful to be. Its password is no
 * part of it.
 */
struct _BackstayServer
{
  GObject parent_instance;

  char                  *id;
  char                  *texts[BACKSTAY_SERVER_N_FIELDS]; /* Never %NULL. */
  BackstayServerColor    color;
  BackstayDbSafeMode     safe_mode;
  BackstayServerPassword password;
};

G_DEFINE_FINAL_TYPE (BackstayServer, backstay_server, G_TYPE_OBJECT)

static void
backstay_server_finalize (GObject *object)
{
  BackstayServer *self = BACKSTAY_SERVER (object);

  g_free (self->id);
  for (guint i = 0; i < BACKSTAY_SERVER_N_FIELDS; i++)
    g_free (self->texts[i]);

  G_OBJECT_CLASS (backstay_server_parent_class)->finalize (object);
}

static void
backstay_server_class_init (BackstayServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = backstay_server_finalize;
}

static void
backstay_server_init (BackstayServer *self)
{
  for (guint i = 0; i < BACKSTAY_SERVER_N_FIELDS; i++)
    self->texts[i] = g_strdup (i == BACKSTAY_SERVER_SCHEMA ? BACKSTAY_DB_CONFIG_SCHEMA : "");
}

/**
 * backstay_server_new:
 * @id: (nullable): its uuid; %NULL for a new one
 *
 * Returns: (transfer full): a server of which nothing is known
 */
BackstayServer *
backstay_server_new (const char *id)
{
  BackstayServer *self = g_object_new (BACKSTAY_TYPE_SERVER, NULL);

  self->id = id != NULL ? g_strdup (id) : g_uuid_string_random ();

  return self;
}

/**
 * backstay_server_copy:
 * @id: (nullable): the copy's uuid; %NULL for a new one
 *
 * Returns: (transfer full): another server of which the same is known
 */
BackstayServer *
backstay_server_copy (BackstayServer *self,
                      const char     *id)
{
  BackstayServer *copy;

  g_return_val_if_fail (BACKSTAY_IS_SERVER (self), NULL);

  copy = backstay_server_new (id);
  for (guint i = 0; i < BACKSTAY_SERVER_N_FIELDS; i++)
    backstay_server_set_text (copy, (BackstayServerField) i, self->texts[i]);
  copy->color = self->color;
  copy->safe_mode = self->safe_mode;
  copy->password = self->password;

  return copy;
}

/**
 * backstay_server_equal:
 * @other: another server
 *
 * Returns: whether both are the same one, and nothing is known of one but not of the other
 */
gboolean
backstay_server_equal (BackstayServer *self,
                       BackstayServer *other)
{
  g_return_val_if_fail (BACKSTAY_IS_SERVER (self), FALSE);
  g_return_val_if_fail (BACKSTAY_IS_SERVER (other), FALSE);

  for (guint i = 0; i < BACKSTAY_SERVER_N_FIELDS; i++)
    {
      if (!g_str_equal (self->texts[i], other->texts[i]))
        return FALSE;
    }

  return g_str_equal (self->id, other->id) && self->color == other->color &&
         self->safe_mode == other->safe_mode && self->password == other->password;
}

/**
 * backstay_server_get_id:
 *
 * Returns: (transfer none): its uuid
 */
const char *
backstay_server_get_id (BackstayServer *self)
{
  g_return_val_if_fail (BACKSTAY_IS_SERVER (self), NULL);

  return self->id;
}

/**
 * backstay_server_get_text:
 * @field: what to know
 *
 * Returns: (transfer none): it; empty where it is left to libpq
 */
const char *
backstay_server_get_text (BackstayServer     *self,
                          BackstayServerField field)
{
  g_return_val_if_fail (BACKSTAY_IS_SERVER (self), NULL);
  g_return_val_if_fail (field < BACKSTAY_SERVER_N_FIELDS, NULL);

  return self->texts[field];
}

/**
 * backstay_server_set_text:
 * @field: what to set
 * @text: (nullable): it; spaces around it are left away
 *
 * Sets what is known as text.
 */
void
backstay_server_set_text (BackstayServer     *self,
                          BackstayServerField field,
                          const char         *text)
{
  g_return_if_fail (BACKSTAY_IS_SERVER (self));
  g_return_if_fail (field < BACKSTAY_SERVER_N_FIELDS);

  g_free (self->texts[field]);
  self->texts[field] = g_strstrip (g_strdup (text != NULL ? text : ""));

  if (field == BACKSTAY_SERVER_SCHEMA && self->texts[field][0] == '\0')
    {
      g_free (self->texts[field]);
      self->texts[field] = g_strdup (BACKSTAY_DB_CONFIG_SCHEMA);
    }
}

/**
 * backstay_server_get_color:
 *
 * Returns: what it is marked with
 */
BackstayServerColor
backstay_server_get_color (BackstayServer *self)
{
  g_return_val_if_fail (BACKSTAY_IS_SERVER (self), BACKSTAY_SERVER_COLOR_NONE);

  return self->color;
}

/**
 * backstay_server_set_color:
 * @color: what to mark it with
 *
 * Marks the server.
 */
void
backstay_server_set_color (BackstayServer     *self,
                           BackstayServerColor color)
{
  g_return_if_fail (BACKSTAY_IS_SERVER (self));
  g_return_if_fail (color < BACKSTAY_SERVER_N_COLORS);

  self->color = color;
}

/**
 * backstay_server_get_safe_mode:
 *
 * Returns: how careful to be
 */
BackstayDbSafeMode
backstay_server_get_safe_mode (BackstayServer *self)
{
  g_return_val_if_fail (BACKSTAY_IS_SERVER (self), BACKSTAY_DB_SAFE_MODE_OFF);

  return self->safe_mode;
}

/**
 * backstay_server_set_safe_mode:
 * @safe_mode: how careful to be
 *
 * Sets how careful to be.
 */
void
backstay_server_set_safe_mode (BackstayServer    *self,
                               BackstayDbSafeMode safe_mode)
{
  g_return_if_fail (BACKSTAY_IS_SERVER (self));
  g_return_if_fail (safe_mode < BACKSTAY_DB_N_SAFE_MODES);

  self->safe_mode = safe_mode;
}

/**
 * backstay_server_get_password:
 *
 * Returns: where the password is
 */
BackstayServerPassword
backstay_server_get_password (BackstayServer *self)
{
  g_return_val_if_fail (BACKSTAY_IS_SERVER (self), BACKSTAY_SERVER_PASSWORD_ASK);

  return self->password;
}

/**
 * backstay_server_set_password:
 * @password: where the password is
 *
 * Sets where the password is.
 */
void
backstay_server_set_password (BackstayServer        *self,
                              BackstayServerPassword password)
{
  g_return_if_fail (BACKSTAY_IS_SERVER (self));
  g_return_if_fail (password < BACKSTAY_SERVER_N_PASSWORDS);

  self->password = password;
}

/**
 * backstay_server_color_get_label:
 * @color: a color
 *
 * Returns: (transfer none) (nullable): the word for servers that are marked so; %NULL for a color without
 *   a meaning
 */
const char *
backstay_server_color_get_label (BackstayServerColor color)
{
  switch (color)
    {
    case BACKSTAY_SERVER_COLOR_RED:
      return _ ("Production");
    case BACKSTAY_SERVER_COLOR_ORANGE:
      return _ ("Staging");
    case BACKSTAY_SERVER_COLOR_GREEN:
      return _ ("Development");
    case BACKSTAY_SERVER_COLOR_NONE:
    case BACKSTAY_SERVER_COLOR_BLUE:
    case BACKSTAY_SERVER_COLOR_PURPLE:
    case BACKSTAY_SERVER_N_COLORS:
    default:
      return NULL;
    }
}

/**
 * backstay_server_dup_place:
 *
 * Returns: (transfer full): where it is, in a few words
 */
char *
backstay_server_dup_place (BackstayServer *self)
{
  const char      *host;
  const char      *database;
  g_autofree char *place = NULL;

  g_return_val_if_fail (BACKSTAY_IS_SERVER (self), NULL);

  host = self->texts[BACKSTAY_SERVER_HOST];
  database = self->texts[BACKSTAY_SERVER_DATABASE];

  if (host[0] == '\0' && self->texts[BACKSTAY_SERVER_SERVICE][0] != '\0')
    /* Translators: a section of the file pg_service.conf. */
    place = g_strdup_printf (_ ("service %s"), self->texts[BACKSTAY_SERVER_SERVICE]);
  else
    place = g_strdup (host[0] == '\0' || host[0] == '/' ? _ ("this computer") : host);

  return database[0] != '\0' ? g_strdup_printf (_ ("%s on %s"), database, place)
                             : g_steal_pointer (&place);
}

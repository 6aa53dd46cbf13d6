/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-server-parameters"

#include "config.h"

#include "backstay-server.h"

#include "backstay-db-error.h"

#include <glib/gi18n-lib.h>
#include <libpq-fe.h>
#include <string.h>

/* What a server's fields are for libpq, and what may be in them. */

/* Longer names PostgreSQL cuts. */
#define MAX_IDENTIFIER 63

/* By field; the others have a field each, or are no parameter. */
static const char *const keywords[BACKSTAY_SERVER_N_FIELDS] = {
  [BACKSTAY_SERVER_HOST] = "host",
  [BACKSTAY_SERVER_PORT] = "port",
  [BACKSTAY_SERVER_DATABASE] = "dbname",
  [BACKSTAY_SERVER_USER] = "user",
  [BACKSTAY_SERVER_TLS_MODE] = "sslmode",
  [BACKSTAY_SERVER_ROOT_CERTIFICATE] = "sslrootcert",
  [BACKSTAY_SERVER_TARGET] = "target_session_attrs",
  [BACKSTAY_SERVER_SERVICE] = "service",
};

static const char *const tls_modes[] = {
  "", "disable", "allow", "prefer", "require", "verify-ca", "verify-full", NULL
};

static const char *const targets[] = {
  "", "any", "read-write", "read-only", "primary", "standby", "prefer-standby", NULL
};

static int
find_field (const char *keyword)
{
  for (int i = 0; i < BACKSTAY_SERVER_N_FIELDS; i++)
    {
      if (g_strcmp0 (keywords[i], keyword) == 0)
        return i;
    }

  return -1;
}

static gboolean
is_secret (const char *keyword)
{
  return strcmp (keyword, "password") == 0 || strcmp (keyword, "sslpassword") == 0;
}

static guint
count_parts (const char *text)
{
  guint n = 1;

  for (; *text != '\0'; text++)
    n += *text == ',';

  return n;
}

static gboolean
is_port (const char *text)
{
  guint64 port;

  return g_ascii_string_to_unsigned (text, 10, 1, 65535, &port, NULL);
}

static char *
dup_port_problem (BackstayServer *self,
                  const char     *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  guint n_parts = g_strv_length (parts);

  for (guint i = 0; i < n_parts; i++)
    {
      if (!is_port (g_strstrip (parts[i])))
        return g_strdup (_ ("A port is a number from 1 to 65535."));
    }

  if (n_parts > 1 && n_parts != count_parts (backstay_server_get_text (self, BACKSTAY_SERVER_HOST)))
    return g_strdup (_ ("Give one port for all hosts, or one for each."));

  return NULL;
}

static char *
dup_host_problem (const char *text)
{
  if (strstr (text, "://") != NULL)
    return g_strdup (_ ("This is a whole connection URI: paste it into the field at the top."));

  if (strchr (text, '@') != NULL && text[0] != '@')
    return g_strdup (_ ("There is an “@” in the host's name. The user and the password have fields of their "
                        "own."));

  if (text[0] != '/' && text[strcspn (text, " \t:")] != '\0' && strchr (text, ':') == strrchr (text, ':'))
    return g_strdup (_ ("A host's name has no spaces and no “:”. Several hosts are separated by commas, and "
                        "ports have a field of their own."));

  return NULL;
}

/* Other parameters are stored in clear text, and each has one place. */
static char *
dup_more_problem (const char *text)
{
  PQconninfoOption *options = strchr (text, '=') != NULL ? PQconninfoParse (text, NULL) : NULL;
  char             *problem = NULL;

  if (options == NULL || strstr (text, "://") != NULL)
    problem = g_strdup (_ ("PostgreSQL does not understand this. It looks like connect_timeout=5 "
                           "options='-c geqo=off'."));

  for (guint i = 0; problem == NULL && options[i].keyword != NULL; i++)
    {
      if (options[i].val == NULL)
        continue;

      if (is_secret (options[i].keyword))
        problem = g_strdup (_ ("A password does not belong here: this is stored where others may read it."));
      else if (find_field (options[i].keyword) >= 0)
        problem = g_strdup_printf (_ ("“%s” has a field of its own."), options[i].keyword);
    }

  if (options != NULL)
    PQconninfoFree (options);

  return problem;
}

static char *
dup_name_problem (const char *text)
{
  if (text[0] == '\0')
    return g_strdup (_ ("Give the server a name."));

  if (!g_utf8_validate (text, -1, NULL) || g_utf8_strlen (text, -1) > 60)
    return g_strdup (_ ("A name has 60 characters at most."));

  return NULL;
}

/**
 * backstay_server_dup_problem:
 * @field: which one
 *
 * Says what is wrong with a field.
 *
 * Returns: (transfer full) (nullable): a sentence; %NULL where all is well
 */
char *
backstay_server_dup_problem (BackstayServer     *self,
                             BackstayServerField field)
{
  const char *text = backstay_server_get_text (self, field);

  g_return_val_if_fail (text != NULL, NULL);

  if (field == BACKSTAY_SERVER_NAME)
    return dup_name_problem (text);

  if (text[0] == '\0')
    return NULL;

  switch (field)
    {
    case BACKSTAY_SERVER_HOST:
      return dup_host_problem (text);

    case BACKSTAY_SERVER_PORT:
      return dup_port_problem (self, text);

    case BACKSTAY_SERVER_DATABASE:
    case BACKSTAY_SERVER_USER:
      if (strstr (text, "://") != NULL)
        return g_strdup (_ ("This is a whole connection URI: paste it into the field at the top."));
      return NULL;

    case BACKSTAY_SERVER_SCHEMA:
      if (strlen (text) > MAX_IDENTIFIER)
        return g_strdup (_ ("A schema's name has 63 bytes at most."));
      return NULL;

    case BACKSTAY_SERVER_TLS_MODE:
      if (!g_strv_contains (tls_modes, text))
        return g_strdup (_ ("There is no such TLS mode."));
      return NULL;

    case BACKSTAY_SERVER_ROOT_CERTIFICATE:
      if (!g_path_is_absolute (text))
        return g_strdup (_ ("Give the whole path of the file, beginning with “/”."));
      return NULL;

    case BACKSTAY_SERVER_TARGET:
      if (!g_strv_contains (targets, text))
        return g_strdup (_ ("There is no such kind of server."));
      return NULL;

    case BACKSTAY_SERVER_MORE:
      return dup_more_problem (text);

    case BACKSTAY_SERVER_NAME:
    case BACKSTAY_SERVER_SERVICE:
    case BACKSTAY_SERVER_N_FIELDS:
    default:
      return NULL;
    }
}

/* As libpq reads it back. */
static void
append_parameter (GString    *more,
                  const char *keyword,
                  const char *value)
{
  g_string_append_printf (more, "%s%s='", more->len > 0 ? " " : "", keyword);

  for (; *value != '\0'; value++)
    {
      if (*value == '\'' || *value == '\\')
        g_string_append_c (more, '\\');
      g_string_append_c (more, *value);
    }

  g_string_append_c (more, '\'');
}

/**
 * backstay_server_take_uri:
 * @uri: a connection URI (`postgresql://…`) or libpq's `keyword=value` string
 * @password: (out) (transfer full) (nullable): the password that was in it
 * @error: return location for an error, which never quotes the URI
 *
 * Replaces what says where to connect to by what a URI says. The name, unless there is none, the schema,
 * the color and what else concerns only Backstay stay as they are.
 *
 * Returns: %FALSE with %BACKSTAY_DB_ERROR_CONNECT, where nothing was replaced
 */
gboolean
backstay_server_take_uri (BackstayServer *self,
                          const char     *uri,
                          char          **password,
                          GError        **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (uri));
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autoptr (GString) more = g_string_new (NULL);
  PQconninfoOption *options;

  g_return_val_if_fail (BACKSTAY_IS_SERVER (self), FALSE);
  g_return_val_if_fail (password != NULL, FALSE);

  *password = NULL;

  if ((config = backstay_db_config_new_from_uri (stripped, error)) == NULL)
    return FALSE;

  options = PQconninfoParse (stripped, NULL);
  g_assert (options != NULL);

  for (guint i = 0; options[i].keyword != NULL; i++)
    {
      int field = find_field (options[i].keyword);

      if (field >= 0)
        backstay_server_set_text (self, (BackstayServerField) field, options[i].val);
      else if (options[i].val == NULL || options[i].val[0] == '\0')
        continue;
      else if (strcmp (options[i].keyword, "password") == 0)
        *password = g_strdup (options[i].val);
      else if (!is_secret (options[i].keyword))
        append_parameter (more, options[i].keyword, options[i].val);
    }

  PQconninfoFree (options);
  backstay_server_set_text (self, BACKSTAY_SERVER_MORE, more->str);

  if (backstay_server_get_text (self, BACKSTAY_SERVER_NAME)[0] == '\0')
    backstay_server_set_text (self, BACKSTAY_SERVER_NAME, backstay_db_config_get_label (config));

  return TRUE;
}

static void
add_parameter (GPtrArray  *names,
               GPtrArray  *values,
               const char *name,
               const char *value)
{
  g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_add (values, g_strdup (value));
}

static void
add_more (BackstayServer *self,
          GPtrArray      *names,
          GPtrArray      *values)
{
  const char       *more = backstay_server_get_text (self, BACKSTAY_SERVER_MORE);
  PQconninfoOption *options = more[0] != '\0' ? PQconninfoParse (more, NULL) : NULL;

  for (guint i = 0; options != NULL && options[i].keyword != NULL; i++)
    {
      if (options[i].val != NULL)
        add_parameter (names, values, options[i].keyword, options[i].val);
    }

  if (options != NULL)
    PQconninfoFree (options);
}

/**
 * backstay_server_create_config:
 * @error: return location for an error
 *
 * Makes what a connection needs, but for a password.
 *
 * Returns: (transfer full): the configuration; %NULL with %BACKSTAY_DB_ERROR_CONNECT where a field has a
 *   problem
 */
BackstayDbConfig *
backstay_server_create_config (BackstayServer *self,
                               GError        **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (BACKSTAY_IS_SERVER (self), NULL);

  for (int i = 0; i < BACKSTAY_SERVER_N_FIELDS; i++)
    {
      const char      *text = backstay_server_get_text (self, (BackstayServerField) i);
      g_autofree char *problem = backstay_server_dup_problem (self, (BackstayServerField) i);

      if (problem != NULL)
        {
          g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONNECT, problem);
          return NULL;
        }

      if (keywords[i] != NULL && text[0] != '\0')
        add_parameter (names, values, keywords[i], text);
    }

  add_more (self, names, values);
  g_ptr_array_add (names, NULL);
  g_ptr_array_add (values, NULL);

  return backstay_db_config_new_for_parameters (backstay_server_get_id (self),
                                                backstay_server_get_text (self, BACKSTAY_SERVER_NAME),
                                                backstay_server_get_text (self, BACKSTAY_SERVER_SCHEMA),
                                                backstay_server_get_safe_mode (self),
                                                (const char *const *) names->pdata,
                                                (const char *const *) values->pdata);
}

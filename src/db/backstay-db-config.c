/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-db-config"

#include "config.h"

#include "backstay-db-config.h"

#include "backstay-db-error.h"

#include <glib/gi18n-lib.h>
#include <libpq-fe.h>
#include <string.h>

/**
 * BackstayDbConfig:
 *
 * Where to connect to, and how. What it does not say, libpq finds by its own ways: the `PG*`
 * environment, the service file and the password file. Immutable, but for what was found out about the
 * server by one of its connections, so that the others know it, too.
 */
struct _BackstayDbConfig
{
  GObject parent_instance;

  char              *key; /* %NULL for the label. */
  char              *label;
  char              *schema;
  GPtrArray         *keywords; /* %NULL-terminated, as libpq wants them. */
  GPtrArray         *values;
  gboolean           has_password;
  BackstayDbSafeMode safe_mode;
  int                lacks_profiles; /* Atomic, as it is found out in a thread. */
  BackstayDbLineage *lineage;
};

G_DEFINE_FINAL_TYPE (BackstayDbConfig, backstay_db_config, G_TYPE_OBJECT)

/* What Backstay sets unless the user did. A peer that vanishes without a word is noticed within
 * seconds. How long connecting may take is the session's business: libpq's connect_timeout has no
 * effect on its asynchronous connect. */
static const struct
{
  const char *keyword;
  const char *value;
} defaults[] = {
  { "fallback_application_name", "backstay" },
  { "keepalives_idle", "30" },
  { "keepalives_interval", "5" },
  { "keepalives_count", "3" },
  { "tcp_user_timeout", "10000" },
};

static void
backstay_db_config_finalize (GObject *object)
{
  BackstayDbConfig *self = BACKSTAY_DB_CONFIG (object);

  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->schema, g_free);
  g_clear_pointer (&self->keywords, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_object (&self->lineage);

  G_OBJECT_CLASS (backstay_db_config_parent_class)->finalize (object);
}

static void
backstay_db_config_class_init (BackstayDbConfigClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = backstay_db_config_finalize;
}

static void
backstay_db_config_init (BackstayDbConfig *self)
{
  self->schema = g_strdup (BACKSTAY_DB_CONFIG_SCHEMA);
  self->keywords = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func (g_free);
  self->lineage = backstay_db_lineage_new ();
}

static const char *
lookup (BackstayDbConfig *self,
        const char       *keyword)
{
  for (guint i = 0; i < self->keywords->len; i++)
    {
      const char *candidate = g_ptr_array_index (self->keywords, i);

      if (g_strcmp0 (candidate, keyword) == 0)
        return g_ptr_array_index (self->values, i);
    }

  return NULL;
}

static void
set (BackstayDbConfig *self,
     const char       *keyword,
     const char       *value)
{
  g_ptr_array_add (self->keywords, g_strdup (keyword));
  g_ptr_array_add (self->values, g_strdup (value));
}

static void
replace (BackstayDbConfig *self,
         const char       *keyword,
         const char       *value)
{
  for (guint i = 0; i < self->keywords->len; i++)
    {
      if (strcmp (g_ptr_array_index (self->keywords, i), keyword) == 0)
        {
          g_free (g_ptr_array_index (self->values, i));
          g_ptr_array_index (self->values, i) = g_strdup (value);
          return;
        }
    }

  set (self, keyword, value);
}

static const char *
lookup_with_environment (BackstayDbConfig *self,
                         const char       *keyword,
                         const char       *variable)
{
  const char *value = lookup (self, keyword);

  return value != NULL ? value : g_getenv (variable);
}

/* "models on db.example.org", or what is known of it before the server has answered. */
static char *
dup_label (BackstayDbConfig *self)
{
  const char *service = lookup_with_environment (self, "service", "PGSERVICE");
  const char *host = lookup_with_environment (self, "host", "PGHOST");
  const char *database = lookup_with_environment (self, "dbname", "PGDATABASE");

  if (host == NULL && service != NULL)
    return g_strdup (service);

  if (host == NULL || host[0] == '\0' || host[0] == '/')
    host = _ ("this computer");

  if (database == NULL || database[0] == '\0')
    return g_strdup (host);

  return g_strdup_printf (_ ("%s on %s"), database, host);
}

static void
complete (BackstayDbConfig *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    {
      if (lookup (self, defaults[i].keyword) == NULL)
        set (self, defaults[i].keyword, defaults[i].value);
    }

  /* Not the user's to say: all text is taken for it and sent as it, so that with any other one the server
   * would store something else than was typed. */
  replace (self, "client_encoding", "UTF8");

  if (self->label == NULL)
    self->label = dup_label (self);
  self->has_password = lookup (self, "password") != NULL;
  g_ptr_array_add (self->keywords, NULL);
  g_ptr_array_add (self->values, NULL);
}

static void
set_malformed (GError **error)
{
  g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONNECT,
                       _ ("This is no connection URI that PostgreSQL understands. It looks "
                          "like postgresql://user@host:5432/database; special characters "
                          "in a name are written as %-codes."));
}

static void
set_stray_at (GError **error)
{
  g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONNECT,
                       _ ("There is an “@” where none belongs. In a user's name or a password "
                          "an “@” is written as %40, and a “/” as %2F."));
}

/* Whether an "@" stands where libpq does not take it for the end of a user's name and password:
 * what follows one that is a part of a password, or a "/" in it, becomes host, port and database. */
static gboolean
has_stray_at (const char *uri)
{
  const char *start = strstr (uri, "://");
  gsize       length;

  if (start == NULL)
    return FALSE;

  start += strlen ("://");
  start += strcspn (start, "@/");
  if (start[0] == '@')
    start++;

  length = strcspn (start, "?");

  return memchr (start, '@', length) != NULL;
}

/* Whether all parts are what they are for. libpq would quote a port that is no number, and a label
 * shows host and database: a part of a password must not pass for either. */
static gboolean
check_parts (BackstayDbConfig *self,
             GError          **error)
{
  const char *host = lookup (self, "host");
  const char *port = lookup (self, "port");
  const char *database = lookup (self, "dbname");

  if (host != NULL && strchr (host, '@') != NULL)
    {
      set_stray_at (error);
      return FALSE;
    }

  if ((port != NULL && port[strspn (port, "0123456789, ")] != '\0') ||
      (database != NULL && (strchr (database, '=') != NULL || strstr (database, "://") != NULL)))
    {
      set_malformed (error);
      return FALSE;
    }

  return TRUE;
}

/**
 * backstay_db_config_new_from_uri:
 * @uri: a connection URI (`postgresql://…`) or libpq's `keyword=value` string
 * @error: return location for an error
 *
 * Reads a connection string. The error never quotes it, because it can hold a password.
 * https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING
 *
 * Returns: (transfer full): the configuration, or %NULL with %BACKSTAY_DB_ERROR_CONNECT set
 */
BackstayDbConfig *
backstay_db_config_new_from_uri (const char *uri,
                                 GError    **error)
{
  g_autoptr (BackstayDbConfig) self = NULL;
  PQconninfoOption *options = NULL;

  g_return_val_if_fail (uri != NULL, NULL);

  if (has_stray_at (uri))
    {
      set_stray_at (error);
      return NULL;
    }

  if (strchr (uri, '=') != NULL || strstr (uri, "://") != NULL)
    options = PQconninfoParse (uri, NULL);

  if (options == NULL)
    {
      set_malformed (error);
      return NULL;
    }

  self = g_object_new (BACKSTAY_TYPE_DB_CONFIG, NULL);

  for (guint i = 0; options[i].keyword != NULL; i++)
    {
      if (options[i].val != NULL && options[i].val[0] != '\0')
        set (self, options[i].keyword, options[i].val);
    }

  PQconninfoFree (options);

  if (!check_parts (self, error))
    return NULL;

  complete (self);

  return g_steal_pointer (&self);
}

/**
 * backstay_db_config_new_for_parameters:
 * @key: what the server stays to be, whatever it is called
 * @label: what to call the server
 * @schema: where the table is
 * @safe_mode: how careful to be there
 * @keywords: (array zero-terminated=1): libpq's keywords
 * @values: (array zero-terminated=1): their values
 *
 * Takes parameters that somebody else has checked.
 * https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-PARAMKEYWORDS
 *
 * Returns: (transfer full): the configuration
 */
BackstayDbConfig *
backstay_db_config_new_for_parameters (const char        *key,
                                       const char        *label,
                                       const char        *schema,
                                       BackstayDbSafeMode safe_mode,
                                       const char *const *keywords,
                                       const char *const *values)
{
  BackstayDbConfig *self;

  g_return_val_if_fail (key != NULL && label != NULL && schema != NULL, NULL);
  g_return_val_if_fail (keywords != NULL && values != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_DB_CONFIG, NULL);
  self->key = g_strdup (key);
  self->label = g_strdup (label);
  g_free (self->schema);
  self->schema = g_strdup (schema);
  self->safe_mode = safe_mode;

  for (guint i = 0; keywords[i] != NULL; i++)
    set (self, keywords[i], values[i]);
  complete (self);

  return self;
}

/**
 * backstay_db_config_new_with_password:
 * @other: where to connect to
 * @password: a password
 *
 * Makes the same with a password.
 *
 * Returns: (transfer full): the configuration
 */
BackstayDbConfig *
backstay_db_config_new_with_password (BackstayDbConfig *other,
                                      const char       *password)
{
  BackstayDbConfig *self;

  g_return_val_if_fail (BACKSTAY_IS_DB_CONFIG (other), NULL);
  g_return_val_if_fail (password != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_DB_CONFIG, NULL);
  self->key = g_strdup (other->key);
  self->label = g_strdup (other->label);
  g_free (self->schema);
  self->schema = g_strdup (other->schema);
  self->safe_mode = other->safe_mode;
  g_set_object (&self->lineage, other->lineage);

  for (guint i = 0; g_ptr_array_index (other->keywords, i) != NULL; i++)
    {
      if (g_strcmp0 (g_ptr_array_index (other->keywords, i), "password") != 0)
        set (self, g_ptr_array_index (other->keywords, i), g_ptr_array_index (other->values, i));
    }
  set (self, "password", password);
  complete (self);

  return self;
}

/**
 * backstay_db_config_new_from_environment:
 *
 * Leaves everything to libpq: `PGHOST`, `PGSERVICE`, `~/.pgpass` and so on.
 *
 * Returns: (transfer full): the configuration
 */
BackstayDbConfig *
backstay_db_config_new_from_environment (void)
{
  BackstayDbConfig *self = g_object_new (BACKSTAY_TYPE_DB_CONFIG, NULL);

  complete (self);

  return self;
}

/**
 * backstay_db_config_new_for_socket:
 * @directory: the folder with the server's socket
 * @port: the port's number, a part of the socket's name
 * @user: the login
 * @database: the database
 *
 * Describes a server that is reached through a unix socket, and only that server: what the `PG*`
 * environment says of a password or of other options does not hold for it.
 *
 * Returns: (transfer full): the configuration
 */
BackstayDbConfig *
backstay_db_config_new_for_socket (const char *directory,
                                   guint16     port,
                                   const char *user,
                                   const char *database)
{
  BackstayDbConfig *self;
  g_autofree char  *port_text = g_strdup_printf ("%u", port);

  g_return_val_if_fail (directory != NULL && user != NULL && database != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_DB_CONFIG, NULL);
  set (self, "host", directory);
  set (self, "port", port_text);
  set (self, "user", user);
  set (self, "dbname", database);
  /* A file that cannot be: libpq warns of any other that is none. */
  set (self, "passfile", "/dev/null/none");
  set (self, "sslmode", "disable");
  set (self, "gssencmode", "disable");
  set (self, "target_session_attrs", "any");
  set (self, "options", "-c search_path=public");
  complete (self);

  return self;
}

/**
 * backstay_db_config_environment_is_set:
 *
 * Tells whether libpq's environment names a server, so that Backstay can go there unasked.
 *
 * Returns: whether it does
 */
gboolean
backstay_db_config_environment_is_set (void)
{
  static const char *const variables[] = { "PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE" };

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      const char *value = g_getenv (variables[i]);

      if (value != NULL && value[0] != '\0')
        return TRUE;
    }

  return FALSE;
}

/**
 * backstay_db_config_get_key:
 *
 * Returns: (transfer none): what settings of the server are kept by: the uuid of a saved one, or what it is called
 */
const char *
backstay_db_config_get_key (BackstayDbConfig *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DB_CONFIG (self), NULL);

  return self->key != NULL ? self->key : self->label;
}

/**
 * backstay_db_config_get_label:
 *
 * Returns: (transfer none): what to call this server in the window; holds no secret
 */
const char *
backstay_db_config_get_label (BackstayDbConfig *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DB_CONFIG (self), NULL);

  return self->label;
}

/**
 * backstay_db_config_get_has_password:
 *
 * Returns: whether the connection string itself held a password
 */
gboolean
backstay_db_config_get_has_password (BackstayDbConfig *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DB_CONFIG (self), FALSE);

  return self->has_password;
}

/**
 * backstay_db_config_get_schema:
 *
 * Returns: (transfer none): the schema that the table is in
 */
const char *
backstay_db_config_get_schema (BackstayDbConfig *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DB_CONFIG (self), NULL);

  return self->schema;
}

/**
 * backstay_db_config_get_safe_mode:
 *
 * Returns: how careful the user wants to be there
 */
BackstayDbSafeMode
backstay_db_config_get_safe_mode (BackstayDbConfig *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DB_CONFIG (self), BACKSTAY_DB_SAFE_MODE_OFF);

  return self->safe_mode;
}

/**
 * backstay_db_config_get_parameter:
 * @keyword: one of libpq's keywords
 *
 * Returns: (transfer none) (nullable): its value; %NULL where libpq finds one by its own ways
 */
const char *
backstay_db_config_get_parameter (BackstayDbConfig *self,
                                  const char       *keyword)
{
  g_return_val_if_fail (BACKSTAY_IS_DB_CONFIG (self), NULL);
  g_return_val_if_fail (keyword != NULL, NULL);

  return lookup (self, keyword);
}

/**
 * backstay_db_config_is_same_place:
 * @other: another configuration
 *
 * Tells whether both lead to the same table, as far as can be known without going there. As whom does not
 * matter, nor what it is called.
 *
 * Returns: whether they do
 */
gboolean
backstay_db_config_is_same_place (BackstayDbConfig *self,
                                  BackstayDbConfig *other)
{
  static const char *const keywords[] = { "host", "hostaddr", "port", "dbname", "service" };

  g_return_val_if_fail (BACKSTAY_IS_DB_CONFIG (self), FALSE);
  g_return_val_if_fail (BACKSTAY_IS_DB_CONFIG (other), FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (keywords); i++)
    {
      if (g_strcmp0 (lookup (self, keywords[i]), lookup (other, keywords[i])) != 0)
        return FALSE;
    }

  return g_str_equal (self->schema, other->schema);
}

/**
 * backstay_db_config_set_lacks_profiles:
 * @lacks_profiles: whether there is no table of profiles that may be read
 *
 * Remembers what was found out. It may be called in any thread.
 */
void
backstay_db_config_set_lacks_profiles (BackstayDbConfig *self,
                                       gboolean          lacks_profiles)
{
  g_return_if_fail (BACKSTAY_IS_DB_CONFIG (self));

  g_atomic_int_set (&self->lacks_profiles, lacks_profiles);
}

/**
 * backstay_db_config_get_lacks_profiles:
 *
 * Returns: what backstay_db_config_set_lacks_profiles() was told last; it may be called in any thread
 */
gboolean
backstay_db_config_get_lacks_profiles (BackstayDbConfig *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DB_CONFIG (self), FALSE);

  return g_atomic_int_get (&self->lacks_profiles);
}

/**
 * backstay_db_config_get_lineage:
 *
 * Returns: (transfer none): what was seen of the server's data through connections of this
 *   configuration; it may be called in any thread
 */
BackstayDbLineage *
backstay_db_config_get_lineage (BackstayDbConfig *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DB_CONFIG (self), NULL);

  return self->lineage;
}

/**
 * backstay_db_config_dup_psql_command:
 *
 * Says how to look at the same database with psql. A password is not a part of it.
 *
 * Returns: (transfer full): a command for a shell
 */
char *
backstay_db_config_dup_psql_command (BackstayDbConfig *self)
{
  static const struct
  {
    const char *keyword;
    const char *option;
  } options[] = {
    { "host", "-h" },
    { "port", "-p" },
    { "user", "-U" },
    { "dbname", "-d" },
  };
  g_autoptr (GString) command = g_string_new ("psql");

  g_return_val_if_fail (BACKSTAY_IS_DB_CONFIG (self), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      const char      *value = lookup (self, options[i].keyword);
      g_autofree char *quoted = NULL;

      if (value == NULL)
        continue;

      quoted = g_shell_quote (value);
      g_string_append_printf (command, " %s %s", options[i].option, quoted);
    }

  return g_string_free (g_steal_pointer (&command), FALSE);
}

/**
 * backstay_db_config_get_keywords: (skip)
 *
 * Returns: (transfer none): the keywords for `PQconnectStartParams()`
 */
const char *const *
backstay_db_config_get_keywords (BackstayDbConfig *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DB_CONFIG (self), NULL);

  return (const char *const *) self->keywords->pdata;
}

/**
 * backstay_db_config_get_values: (skip)
 *
 * Returns: (transfer none): the values for `PQconnectStartParams()`
 */
const char *const *
backstay_db_config_get_values (BackstayDbConfig *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DB_CONFIG (self), NULL);

  return (const char *const *) self->values->pdata;
}

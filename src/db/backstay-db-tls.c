/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-db-tls"

#include "config.h"

#include "backstay-db-tls.h"

#include <string.h>

/* libpq's own default sends everything in clear text to a server that wants it so, or to somebody who
 * poses as it. What leaves this computer is encrypted and the server verified, unless somebody asked for
 * less. https://www.postgresql.org/docs/15/libpq-ssl.html#LIBPQ-SSL-PROTECTION */

/* Those of Debian and its kin, Fedora's, openSUSE's, Alpine's. libpq 15 cannot be told to find them. */
static const char *const bundles[] = {
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
};

static gboolean
is_this_computer (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (host[0] == '\0' || host[0] == '/' || host[0] == '@' || g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

/**
 * backstay_db_tls_is_this_computer:
 * @hosts: (nullable): one host or several, separated by commas; none is a socket of this computer
 *
 * Tells whether what is sent there stays on this computer.
 *
 * Returns: whether it does for all of them
 */
gboolean
backstay_db_tls_is_this_computer (const char *hosts)
{
  g_auto (GStrv) parts = g_strsplit (hosts != NULL ? hosts : "", ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (!is_this_computer (g_strstrip (parts[i])))
        return FALSE;
    }

  return TRUE;
}

static const char *
get_option (const PQconninfoOption *options,
            const char             *keyword)
{
  for (guint i = 0; options != NULL && options[i].keyword != NULL; i++)
    {
      if (strcmp (options[i].keyword, keyword) == 0)
        return options[i].val != NULL && options[i].val[0] != '\0' ? options[i].val : NULL;
    }

  return NULL;
}

/* What libpq makes of the configuration, the environment and the service file together: it tells when
 * it begins to connect. A value that cannot be keeps it from doing so; and it is not to look for a
 * password. */
static PQconninfoOption *
resolve (BackstayDbConfig *config)
{
  g_autoptr (GPtrArray) keywords = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  const char *const *given = backstay_db_config_get_keywords (config);
  PQconninfoOption  *options;
  PGconn            *conn;

  for (guint i = 0; given[i] != NULL; i++)
    {
      g_ptr_array_add (keywords, (gpointer) given[i]);
      g_ptr_array_add (values, (gpointer) backstay_db_config_get_values (config)[i]);
    }

  /* Of two the later one counts. */
  g_ptr_array_add (keywords, (gpointer) "passfile");
  g_ptr_array_add (values, (gpointer) "/dev/null/none");
  g_ptr_array_add (keywords, (gpointer) "channel_binding");
  g_ptr_array_add (values, (gpointer) "only resolve");
  g_ptr_array_add (keywords, NULL);
  g_ptr_array_add (values, NULL);

  conn = PQconnectStartParams ((const char *const *) keywords->pdata,
                               (const char *const *) values->pdata,
                               FALSE);
  options = PQconninfo (conn);
  PQfinish (conn);

  return options;
}

static const char *
find_bundle (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bundles); i++)
    {
      if (g_file_test (bundles[i], G_FILE_TEST_IS_REGULAR))
        return bundles[i];
    }

  return NULL;
}

static gboolean
has_own_roots (void)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), ".postgresql", "root.crt", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/**
 * backstay_db_tls_find:
 * @config: where to connect to
 *
 * Finds what is missing to it. It reads files.
 *
 * Returns: what to add
 */
BackstayDbTls
backstay_db_tls_find (BackstayDbConfig *config)
{
  PQconninfoOption *options = resolve (config);
  const char       *hosts = get_option (options, "host");
  const char       *mode = get_option (options, "sslmode");
  BackstayDbTls     tls = { NULL, NULL };
  gboolean          is_chosen;

  /* That libpq's default holds may be because nobody said anything. */
  is_chosen = backstay_db_config_get_parameter (config, "sslmode") != NULL ||
              g_getenv ("PGSSLMODE") != NULL || g_strcmp0 (mode, "prefer") != 0;

  /* An address is what is connected to, whatever the name. A name that is not this computer's is verified
   * also where its address is, as of a tunnel. */
  if (!is_chosen && !(backstay_db_tls_is_this_computer (hosts) &&
                      backstay_db_tls_is_this_computer (get_option (options, "hostaddr"))))
    mode = tls.mode = "verify-full";

  if (mode != NULL && g_str_has_prefix (mode, "verify-") &&
      get_option (options, "sslrootcert") == NULL && !has_own_roots ())
    tls.root_certificate = find_bundle ();

  if (options != NULL)
    PQconninfoFree (options);

  return tls;
}

static gboolean
is_of_this_computer (PGconn *conn)
{
  return backstay_db_tls_is_this_computer (PQhost (conn)) && backstay_db_tls_is_this_computer (PQhostaddr (conn));
}

/**
 * backstay_db_tls_get_security:
 * @conn: an open connection
 *
 * Returns: how it is protected
 */
BackstayDbSecurity
backstay_db_tls_get_security (PGconn *conn)
{
  PQconninfoOption  *options;
  const char        *mode;
  BackstayDbSecurity security = BACKSTAY_DB_SECURITY_ENCRYPTED;

  /* GSSAPI authenticates both sides. */
  if (PQgssEncInUse (conn))
    return BACKSTAY_DB_SECURITY_VERIFIED;

  if (!PQsslInUse (conn))
    return is_of_this_computer (conn) ? BACKSTAY_DB_SECURITY_LOCAL : BACKSTAY_DB_SECURITY_NONE;

  options = PQconninfo (conn);
  mode = get_option (options, "sslmode");

  if (g_strcmp0 (mode, "verify-full") == 0)
    security = BACKSTAY_DB_SECURITY_VERIFIED;
  else if (g_strcmp0 (mode, "verify-ca") == 0)
    security = BACKSTAY_DB_SECURITY_SIGNER;
  else if (is_of_this_computer (conn))
    security = BACKSTAY_DB_SECURITY_LOCAL;

  if (options != NULL)
    PQconninfoFree (options);

  return security;
}

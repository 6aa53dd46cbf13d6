/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-db-error"

#include "config.h"

#include "backstay-db-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  char     sqlstate[6];
  gboolean wants_password;
} BackstayDbErrorPrivate;

static void
backstay_db_error_private_init (BackstayDbErrorPrivate *priv)
{
  priv->sqlstate[0] = '\0';
  priv->wants_password = FALSE;
}

static void
backstay_db_error_private_copy (const BackstayDbErrorPrivate *source,
                                BackstayDbErrorPrivate       *target)
{
  *target = *source;
}

static void
backstay_db_error_private_clear (BackstayDbErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (BackstayDbError, backstay_db_error)

/* A state of five characters stands for itself, one of two for its class. First match wins.
 * https://www.postgresql.org/docs/15/errcodes-appendix.html */
static const struct
{
  const char     *sqlstate;
  BackstayDbError code;
} code_of_sqlstate[] = {
  { "08", BACKSTAY_DB_ERROR_LOST },
  { "57P01", BACKSTAY_DB_ERROR_LOST },
  { "57P02", BACKSTAY_DB_ERROR_LOST },
  { "57P03", BACKSTAY_DB_ERROR_CONNECT },
  { "57P05", BACKSTAY_DB_ERROR_LOST },
  { "25P03", BACKSTAY_DB_ERROR_LOST },
  { "28", BACKSTAY_DB_ERROR_AUTH },
  { "42501", BACKSTAY_DB_ERROR_DENIED },
  { "25006", BACKSTAY_DB_ERROR_READ_ONLY },
  { "55P03", BACKSTAY_DB_ERROR_BUSY },
  { "40", BACKSTAY_DB_ERROR_BUSY },
  { "57014", BACKSTAY_DB_ERROR_TIMEOUT },
};

/**
 * backstay_db_error_from_sqlstate:
 * @sqlstate: (nullable): five characters, as PostgreSQL sends them
 *
 * Finds what a server's error means for Backstay.
 *
 * Returns: the code, %BACKSTAY_DB_ERROR_SQL for what has no meaning of its own
 */
BackstayDbError
backstay_db_error_from_sqlstate (const char *sqlstate)
{
  if (sqlstate == NULL)
    return BACKSTAY_DB_ERROR_SQL;

  for (guint i = 0; i < G_N_ELEMENTS (code_of_sqlstate); i++)
    {
      if (g_str_has_prefix (sqlstate, code_of_sqlstate[i].sqlstate))
        return code_of_sqlstate[i].code;
    }

  return BACKSTAY_DB_ERROR_SQL;
}

static char *
dup_sentence (BackstayDbError code,
              const char     *sqlstate,
              const char     *message)
{
  switch (code)
    {
    case BACKSTAY_DB_ERROR_BUSY:
      return g_strdup (_ ("Somebody else is changing the configurations right now, and did not "
                          "finish in time. Try again in a moment."));

    case BACKSTAY_DB_ERROR_TIMEOUT:
      return g_strdup (_ ("The server took too long and the statement was ended."));

    case BACKSTAY_DB_ERROR_READ_ONLY:
      return g_strdup (_ ("The server takes no changes: it is a read-only standby, or was made "
                          "read-only."));

    case BACKSTAY_DB_ERROR_DENIED:
      return g_strdup_printf (_ ("The server refused: %s. Ask the database's owner for the "
                                 "missing right."),
                              message);

    case BACKSTAY_DB_ERROR_LOST:
      return g_strdup_printf (_ ("The server ended the connection: %s."), message);

    case BACKSTAY_DB_ERROR_CONNECT:
    case BACKSTAY_DB_ERROR_AUTH:
    case BACKSTAY_DB_ERROR_UNKNOWN:
    case BACKSTAY_DB_ERROR_CONFLICT:
    case BACKSTAY_DB_ERROR_OTHER_SERVER:
    case BACKSTAY_DB_ERROR_NOT_ADMIN:
    case BACKSTAY_DB_ERROR_SQL:
    default:
      return g_strdup_printf (_ ("The server refused: %s (SQLSTATE %s)."), message, sqlstate);
    }
}

/**
 * backstay_db_error_new_sql:
 * @sqlstate: (nullable): five characters, as PostgreSQL sends them
 * @message: (nullable): the server's primary message; never its detail, which can quote data
 *
 * Makes an error from a server's answer.
 *
 * Returns: (transfer full): an error of %BACKSTAY_DB_ERROR
 */
GError *
backstay_db_error_new_sql (const char *sqlstate,
                           const char *message)
{
  BackstayDbError code = backstay_db_error_from_sqlstate (sqlstate);
  /* A database without an encoding says what it likes. */
  g_autofree char        *text = message != NULL ? g_utf8_make_valid (message, -1) : NULL;
  g_autofree char        *sentence = NULL;
  GError                 *error;
  BackstayDbErrorPrivate *priv;

  sentence = dup_sentence (code,
                           sqlstate != NULL ? sqlstate : "?????",
                           text != NULL ? text : _ ("no reason given"));
  error = g_error_new_literal (BACKSTAY_DB_ERROR, code, sentence);

  priv = backstay_db_error_get_private (error);
  g_strlcpy (priv->sqlstate, sqlstate != NULL ? sqlstate : "", sizeof priv->sqlstate);

  return error;
}

/**
 * backstay_db_error_get_sqlstate:
 * @error: an error
 *
 * Tells the SQLSTATE that an error came from.
 *
 * Returns: (nullable): five characters, or %NULL where the error did not come from a server
 */
const char *
backstay_db_error_get_sqlstate (const GError *error)
{
  const BackstayDbErrorPrivate *priv;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != BACKSTAY_DB_ERROR)
    return NULL;

  priv = backstay_db_error_get_private (error);

  return priv->sqlstate[0] != '\0' ? priv->sqlstate : NULL;
}

/**
 * backstay_db_error_new_no_writes:
 *
 * Makes the error for what would change something where the user wants that nothing is changed.
 *
 * Returns: (transfer full): an error of %BACKSTAY_DB_ERROR_READ_ONLY
 */
GError *
backstay_db_error_new_no_writes (void)
{
  return g_error_new_literal (BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_READ_ONLY,
                              _ ("Safe mode is on: you chose that nothing is changed on this server. The server "
                                 "was not asked."));
}

/* Private: says that another password is what is needed. */
void
backstay_db_error_set_wants_password (GError *error)
{
  BackstayDbErrorPrivate *priv = backstay_db_error_get_private (error);

  priv->wants_password = TRUE;
}

/**
 * backstay_db_error_get_wants_password:
 * @error: an error
 *
 * Tells whether somebody should be asked for a password: none was given where the server wants one, or
 * it was refused.
 *
 * Returns: whether that is so
 */
gboolean
backstay_db_error_get_wants_password (const GError *error)
{
  const BackstayDbErrorPrivate *priv;

  g_return_val_if_fail (error != NULL, FALSE);

  if (error->domain != BACKSTAY_DB_ERROR)
    return FALSE;

  priv = backstay_db_error_get_private (error);

  return priv->wants_password;
}

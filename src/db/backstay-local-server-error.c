/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-local-server-error"

#include "config.h"

#include "backstay-local-server-private.h"

#include "backstay-local-server.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (backstay - local - server - error - quark, backstay_local_server_error)

static GError *
new_version_error (BackstayLocalEvent event,
                   const char *const *arguments)
{
  if (event == BACKSTAY_LOCAL_EVENT_TOO_OLD)
    return g_error_new (BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_TOO_OLD,
                        _ ("The installed PostgreSQL %s is too old for a local database. Nothing "
                           "was changed. Install PostgreSQL %s or newer and start again."),
                        arguments[0], arguments[1]);

  return g_error_new (BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_OTHER_VERSION,
                      _ ("The local database in “%s” was made by PostgreSQL %s, but only "
                         "PostgreSQL %s is installed. It was left untouched. Install PostgreSQL "
                         "%s (on Debian and Ubuntu: apt install postgresql-%s), or move the folder "
                         "away to start afresh."),
                      arguments[0], arguments[1], arguments[2], arguments[1], arguments[1]);
}

static GError *
new_folder_error (BackstayLocalEvent event,
                  const char *const *arguments)
{
  if (event == BACKSTAY_LOCAL_EVENT_NO_SPACE)
    return g_error_new (BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_NO_SPACE,
                        _ ("The disk with the local database in “%s” is full. Nothing that was "
                           "saved is lost. Free at least 100 MB and start again."),
                        arguments[0]);

  if (event == BACKSTAY_LOCAL_EVENT_IN_USE)
    return g_error_new (BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_IN_USE,
                        _ ("Another Backstay is using the local database in “%s”. It was left "
                           "untouched. Close the other one and start again."),
                        arguments[0]);

  if (event == BACKSTAY_LOCAL_EVENT_NO_ACCESS)
    return g_error_new (BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_FAILED,
                        _ ("“%s” cannot be used for the local database: %s. Nothing was changed. "
                           "Make sure that the folder is yours and can be written to."),
                        arguments[0], g_strerror ((int) g_ascii_strtoll (arguments[1], NULL, 10)));

  return g_error_new (BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_FAILED,
                      _ ("“%s” is in the place of the local database, but is not a database of "
                         "PostgreSQL. It was left untouched. Move it away and start again."),
                      arguments[0]);
}

static GError *
new_server_error (BackstayLocalEvent event,
                  const char *const *arguments)
{
  const char *reason = arguments[1];

  if (event != BACKSTAY_LOCAL_EVENT_TIMED_OUT && reason[0] == '\0')
    reason = _ ("it gave no reason");

  if (event == BACKSTAY_LOCAL_EVENT_NOT_CREATED)
    return g_error_new (BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_FAILED,
                        _ ("PostgreSQL could not create the local database in “%s”: %s. What it "
                           "had begun was removed again."),
                        arguments[0], reason);

  if (event == BACKSTAY_LOCAL_EVENT_NOT_STARTED)
    return g_error_new (BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_FAILED,
                        _ ("PostgreSQL did not start: %2$s. The local database was left as it is. "
                           "More may be in “%1$s”."),
                        arguments[0], reason);

  if (event == BACKSTAY_LOCAL_EVENT_TIMED_OUT)
    return g_error_new (BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_FAILED,
                        _ ("PostgreSQL took too long to start and was stopped. Nothing is lost. "
                           "More may be in “%s”."),
                        arguments[0]);

  return g_error_new (BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_FAILED,
                      _ ("The local database's server ended unexpectedly: %2$s. What was saved "
                         "before is not lost. Start it again; more may be in “%1$s”."),
                      arguments[0], reason);
}

/**
 * backstay_local_server_error_new: (skip)
 * @event: what the keeper reported
 * @arguments: its arguments
 *
 * Puts what the keeper reported into words: what happened, what became of the data, what to do.
 *
 * Returns: (transfer full) (nullable): an error, %NULL for an event that is none
 */
GError *
backstay_local_server_error_new (BackstayLocalEvent event,
                                 const char *const *arguments)
{
  switch (event)
    {
    case BACKSTAY_LOCAL_EVENT_NOT_FOUND:
      return g_error_new (BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_NOT_FOUND,
                          _ ("PostgreSQL's server programs are not installed. Nothing was changed. "
                             "Install PostgreSQL (on Debian and Ubuntu: apt install postgresql) "
                             "and start again."));

    case BACKSTAY_LOCAL_EVENT_NO_USER:
      return g_error_new (BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_FAILED,
                          _ ("PostgreSQL does not run as root, and neither “postgres” nor “nobody” "
                             "can be used in its place. Nothing was changed. Start Backstay as an "
                             "ordinary user."));

    case BACKSTAY_LOCAL_EVENT_TOO_OLD:
    case BACKSTAY_LOCAL_EVENT_OTHER_VERSION:
      return new_version_error (event, arguments);

    case BACKSTAY_LOCAL_EVENT_NO_ACCESS:
    case BACKSTAY_LOCAL_EVENT_NO_SPACE:
    case BACKSTAY_LOCAL_EVENT_IN_USE:
    case BACKSTAY_LOCAL_EVENT_NOT_A_CLUSTER:
      return new_folder_error (event, arguments);

    case BACKSTAY_LOCAL_EVENT_NOT_CREATED:
    case BACKSTAY_LOCAL_EVENT_NOT_STARTED:
    case BACKSTAY_LOCAL_EVENT_TIMED_OUT:
    case BACKSTAY_LOCAL_EVENT_LOST:
      return new_server_error (event, arguments);

    case BACKSTAY_LOCAL_EVENT_WAITING:
    case BACKSTAY_LOCAL_EVENT_CREATING:
    case BACKSTAY_LOCAL_EVENT_STARTING:
    case BACKSTAY_LOCAL_EVENT_READY:
    default:
      return NULL;
    }
}

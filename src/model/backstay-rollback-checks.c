/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-rollback-checks"

#include "config.h"

#include "backstay-rollback-checks.h"

#include "backstay-db-error.h"
#include "backstay-display-text.h"
#include "backstay-timestamp.h"

#include <glib/gi18n-lib.h>

/* What has to be as it was shown, before and after a change; each failure is a sentence. */

/* Where the role can be asked for, it is asked for under the lock too: a user who is no admin any
 * more sees an empty table, which must not be taken for a change by somebody else. */
gboolean
backstay_rollback_can_ask_for_role (BackstayAccess *access)
{
  return access->kind == BACKSTAY_ACCESS_ADMIN ||
         access->kind == BACKSTAY_ACCESS_NOT_ADMIN ||
         access->kind == BACKSTAY_ACCESS_NO_IDENTITY;
}

gboolean
backstay_rollback_check_role (BackstayDbRows *role,
                              GError        **error)
{
  if (backstay_db_rows_get_n_rows (role) == 1 && backstay_db_rows_get_boolean (role, 0, 1))
    return TRUE;

  g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_NOT_ADMIN,
                       _ ("You are not an administrator on this server (any more), so it refuses "
                          "every change. Ask an administrator for the role."));

  return FALSE;
}

static void
set_conflict (BackstayRollbackRequest *request,
              GPtrArray               *active,
              GError                 **error)
{
  BackstayVersion *live;
  g_autofree char *model_type = backstay_display_text (backstay_rollback_request_get_model_type (request));
  g_autofree char *name = NULL;
  g_autofree char *creator = NULL;
  g_autofree char *when = NULL;
  g_autoptr (GDateTime) now = NULL;

  if (active->len == 0)
    {
      g_set_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                   _ ("The active version of %s changed since you looked: none is active any more."),
                   model_type);
      return;
    }

  live = g_ptr_array_index (active, 0);
  now = g_date_time_new_now_local ();
  name = backstay_display_text (backstay_version_get_name (live));
  creator = backstay_version_dup_creator_label (live);
  when = backstay_timestamp_dup_relative (backstay_version_get_created_at (live), now);

  if (active->len > 1)
    g_set_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                 _ ("The active version of %s changed since you looked: now %u are active, the "
                    "newest is “%s” by %s (%s)."),
                 model_type, active->len, name, creator, when);
  else
    g_set_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                 _ ("The active version of %s changed since you looked: now it is “%s” by %s (%s)."),
                 model_type, name, creator, when);
}

gboolean
backstay_rollback_check_active (BackstayRollbackRequest *request,
                                GPtrArray               *active,
                                GError                 **error)
{
  if (backstay_rollback_request_expects_active (request, active))
    return TRUE;

  set_conflict (request, active, error);

  return FALSE;
}

gboolean
backstay_rollback_check_target (BackstayRollbackRequest *request,
                                BackstayDbRows          *target,
                                GError                 **error)
{
  if (backstay_db_rows_get_n_rows (target) != 1)
    {
      g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                           _ ("The version to go back to is not in the table any more."));
      return FALSE;
    }

  if (g_strcmp0 (backstay_db_rows_get_text (target, 0, 2),
                 backstay_rollback_request_get_target_hash (request)) != 0)
    {
      g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                           _ ("The configuration of the version to go back to was changed since "
                              "it was shown."));
      return FALSE;
    }

  return TRUE;
}

gboolean
backstay_rollback_check_deactivated (BackstayDbRows *deactivated,
                                     guint           n_active,
                                     GError        **error)
{
  if (backstay_db_rows_get_n_affected (deactivated) == n_active)
    return TRUE;

  g_set_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_DENIED,
               _ ("The server turned off %u of %u active versions, without giving a reason. "
                  "Its policies may not allow this user to change them."),
               backstay_db_rows_get_n_affected (deactivated), n_active);

  return FALSE;
}

/* A commit of which nobody knew what became may have made the version already. */
gboolean
backstay_rollback_check_new (BackstayRollbackRequest *request,
                             BackstayDbRows          *found,
                             GError                 **error)
{
  if (backstay_db_rows_get_n_rows (found) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
               _ ("It was saved the time before: the version %.8s is in the table already. For another "
                  "one, begin a new version."),
               backstay_rollback_request_get_new_id (request));

  return FALSE;
}

/* Turning a version on does not touch who made it. */
gboolean
backstay_rollback_check_live (BackstayRollbackRequest *request,
                              BackstayDbRows          *check,
                              const char              *hash,
                              const char              *created_by,
                              GError                 **error)
{
  BackstayRollbackKind kind = backstay_rollback_request_get_kind (request);

  if (backstay_db_rows_get_n_rows (check) == 1 &&
      backstay_db_rows_get_int64 (check, 0, 0) == 1 &&
      g_strcmp0 (backstay_db_rows_get_text (check, 0, 1),
                 backstay_rollback_request_get_new_id (request)) == 0 &&
      g_strcmp0 (backstay_db_rows_get_text (check, 0, 2), hash) == 0 &&
      (kind == BACKSTAY_ROLLBACK_KIND_ACTIVATE ||
       g_strcmp0 (backstay_db_rows_get_text (check, 0, 3), created_by) == 0))
    return TRUE;

  g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_SQL,
                       _ ("The server took the new version, but changed it: what a service would "
                          "read is not what was shown. A trigger on the table may do this."));

  return FALSE;
}

/* The configuration itself is not compared here: the server spells it anew, and what that means is
 * told afterwards. Of a version that goes live backstay_rollback_check_live() compares it. */
gboolean
backstay_rollback_check_created (BackstayNewVersion *version,
                                 BackstayDbRows     *check,
                                 const char         *created_by,
                                 GError            **error)
{
  if (backstay_db_rows_get_n_rows (check) == 1 &&
      g_strcmp0 (backstay_db_rows_get_text (check, 0, 0), version->model_type) == 0 &&
      g_strcmp0 (backstay_db_rows_get_text (check, 0, 1), version->config_name) == 0 &&
      backstay_db_rows_get_boolean (check, 0, 2) == version->activate &&
      g_strcmp0 (backstay_db_rows_get_text (check, 0, 3), created_by) == 0 &&
      g_strcmp0 (backstay_db_rows_get_text (check, 0, 4), version->notes) == 0)
    return TRUE;

  g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_SQL,
                       _ ("The server took the new version, but changed it: its type, name, notes, "
                          "creator or state is not what was asked for. A trigger on the table may "
                          "do this."));

  return FALSE;
}

/* What a server refuses in a configuration. Its own messages can quote what they refuse. */
static const struct
{
  const char *sqlstate;
  const char *sentence;
} refusals[] = {
  { "22P02", N_ ("The server does not take this text for JSON.") },
  { "22003", N_ ("The configuration has a number that PostgreSQL cannot store: it has too many digits.") },
  { "22P05", N_ ("The configuration has a character that the server cannot store, such as “\\u0000”.") },
  { "22021", N_ ("The configuration has a character that the server cannot store.") },
  { "54001", N_ ("The configuration is nested more deeply than this server can read.") },
  { "54000", N_ ("The configuration has a text or a list that is too long for the server.") },
  { "22001", N_ ("The model type or the name is too long for the table.") },
};

/**
 * backstay_rollback_rephrase: (skip)
 * @error: (transfer full): why the server refused
 *
 * Says why a configuration was refused without a word of it.
 *
 * Returns: (transfer full): the same error, or a better one with the same SQLSTATE
 */
GError *
backstay_rollback_rephrase (GError *error)
{
  const char *sqlstate = backstay_db_error_get_sqlstate (error);

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      if (g_strcmp0 (sqlstate, refusals[i].sqlstate) == 0)
        {
          g_free (error->message);
          error->message = g_strdup (_ (refusals[i].sentence));
          break;
        }
    }

  return error;
}

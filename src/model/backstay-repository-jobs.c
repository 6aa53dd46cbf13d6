/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-repository-jobs"

#include "config.h"

#include "backstay-repository-private.h"

#include "backstay-configuration.h"
#include "backstay-db-error.h"
#include "backstay-fingerprint.h"
#include "backstay-model-type.h"
#include "backstay-server-look.h"
#include "backstay-transaction.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is stored in more bytes is not looked into for a list. A text that the server compressed is some
 * times larger than what is stored. */
#define FINGERPRINT_STORED "131072"
#define FINGERPRINT_OTHER_STORED "16384"

/* What follows a version's own columns, where there are versions of several model types. */
#define COLUMN_MODEL_TYPE 7

/* What the repository's reading methods do in the connection's thread: each one transaction, in
 * one round trip. */

void
backstay_read_job_free (BackstayReadJob *job)
{
  g_clear_object (&job->identity);
  g_clear_object (&job->history_filter);
  g_free (job->model_type);
  g_free (job->id);
  g_free (job->ids);
  g_free (job->other_ids);
  g_free (job->live_id);
  g_free (job->search);
  g_free (job->before_created_at);
  g_free (job->before_id);
  g_clear_pointer (&job->filter, backstay_recent_filter_free);
  g_clear_pointer (&job->buckets, backstay_time_buckets_unref);
  g_free (job);
}

BackstayDbRows *
backstay_read_job_run (BackstayBatch     *batch,
                       BackstayDbSession *session,
                       GError           **error)
{
  g_autoptr (GPtrArray) rows = backstay_transaction_end_read (batch, session, error);

  if (rows == NULL)
    return NULL;

  return backstay_db_rows_ref (g_ptr_array_index (rows, BACKSTAY_TRANSACTION_FIRST));
}

static BackstayDbRows *
run_query (BackstayDbSession *session,
           BackstayIdentity  *identity,
           const char        *query,
           const char        *variable,
           const char        *value,
           GError           **error)
{
  g_autoptr (BackstayBatch) batch = backstay_transaction_begin_read (identity, BACKSTAY_STATEMENT_MSEC);

  backstay_batch_add (batch, query, variable, value, NULL);

  return backstay_read_job_run (batch, session, error);
}

void
backstay_read_job_set_before (BackstayReadJob *job,
                              BackstayVersion *before)
{
  if (before == NULL)
    return;

  job->before_created_at = g_strdup (backstay_version_get_created_at (before));
  job->before_id = g_strdup (backstay_version_get_id (before));
}

GPtrArray *
backstay_read_job_list_versions (BackstayDbRows *rows,
                                 const char     *model_type)
{
  GPtrArray *versions = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    {
      const char *type = model_type != NULL ? model_type : backstay_db_rows_get_text (rows, row, COLUMN_MODEL_TYPE);

      g_ptr_array_add (versions, backstay_version_new_from_rows (rows, row, 0, type));
    }

  return versions;
}

/* The columns of access.sql. */
enum
{
  COLUMN_LOGIN,
  COLUMN_ROLE,
  COLUMN_TABLE_EXISTS,
  COLUMN_SECURITY_ON,
  COLUMN_SECURITY_BINDS,
  COLUMN_MAY_READ,
  COLUMN_MAY_WRITE,
  COLUMN_HAS_UID,
  COLUMN_HAS_ROLES,
  COLUMN_HAS_PROFILES,
  COLUMN_MAY_SIGN_IN,
  COLUMN_STANDBY,
  COLUMN_READ_ONLY,
};

static BackstayAccess *
read_access (BackstayDbSession *session,
             BackstayDbRows    *rows)
{
  BackstayDbConfig *config = backstay_db_session_get_config (session);
  BackstayAccess   *access = backstay_access_new ();

  access->database = g_strdup (backstay_db_session_get_database (session));
  access->host = g_strdup (backstay_db_session_get_host (session));
  access->login = g_strdup (backstay_db_session_get_user (session));
  access->server_version = backstay_db_session_get_server_version (session);
  access->security = backstay_db_session_get_security (session);
  access->schema = g_strdup (backstay_db_config_get_schema (config));
  access->no_writes = backstay_db_config_get_safe_mode (config) == BACKSTAY_DB_SAFE_MODE_NO_WRITES;

  /* No row: the schema is missing. */
  if (backstay_db_rows_get_n_rows (rows) == 0)
    return access;

  access->may_write = backstay_db_rows_get_boolean (rows, 0, COLUMN_MAY_WRITE);
  access->may_sign_in = backstay_db_rows_get_boolean (rows, 0, COLUMN_MAY_SIGN_IN);
  access->has_profiles = backstay_db_rows_get_boolean (rows, 0, COLUMN_HAS_PROFILES);
  access->has_uid = backstay_db_rows_get_boolean (rows, 0, COLUMN_HAS_UID);
  access->has_roles = backstay_db_rows_get_boolean (rows, 0, COLUMN_HAS_ROLES);
  access->security_on = backstay_db_rows_get_boolean (rows, 0, COLUMN_SECURITY_ON);
  access->standby = backstay_db_rows_get_boolean (rows, 0, COLUMN_STANDBY);
  access->read_only = access->no_writes || access->standby ||
                      backstay_db_rows_get_boolean (rows, 0, COLUMN_READ_ONLY);

  if (!backstay_db_rows_get_boolean (rows, 0, COLUMN_TABLE_EXISTS))
    access->kind = BACKSTAY_ACCESS_NO_TABLE;
  else if (!backstay_db_rows_get_boolean (rows, 0, COLUMN_MAY_READ))
    access->kind = BACKSTAY_ACCESS_DENIED;
  else if (!backstay_db_rows_get_boolean (rows, 0, COLUMN_SECURITY_ON))
    access->kind = BACKSTAY_ACCESS_UNPROTECTED;
  else if (!backstay_db_rows_get_boolean (rows, 0, COLUMN_SECURITY_BINDS))
    access->kind = BACKSTAY_ACCESS_BYPASS;
  else
    access->kind = BACKSTAY_ACCESS_UNKNOWN;

  return access;
}

/* Asks for the role, which only a server with these functions can answer. A function that is called so but
 * is another one, or does not work, is as good as none. */
static gboolean
find_rank (BackstayDbSession *session,
           BackstayAccess    *access,
           GError           **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (BackstayDbRows) rows = run_query (session, access->identity, "access-role", NULL, NULL, &refusal);
  const char *sqlstate = refusal != NULL ? backstay_db_error_get_sqlstate (refusal) : NULL;

  if (sqlstate != NULL && g_str_has_prefix (sqlstate, "42") && backstay_db_session_rollback (session))
    {
      access->has_roles = FALSE;
      return TRUE;
    }

  if (refusal != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }

  if (backstay_db_rows_get_text (rows, 0, 0) == NULL)
    access->kind = BACKSTAY_ACCESS_NO_IDENTITY;
  else if (backstay_db_rows_get_boolean (rows, 0, 1))
    access->kind = BACKSTAY_ACCESS_ADMIN;
  else
    access->kind = BACKSTAY_ACCESS_NOT_ADMIN;

  return TRUE;
}

static gboolean
find_name (BackstayDbSession *session,
           BackstayAccess    *access,
           GError           **error)
{
  g_autoptr (BackstayIdentity) identity = g_steal_pointer (&access->identity);
  const char *id = backstay_identity_get_id (identity);
  const char *name = NULL;
  g_autoptr (BackstayDbRows) rows = run_query (session, identity, "profile", "id", id, error);

  if (rows == NULL)
    return FALSE;

  if (backstay_db_rows_get_n_rows (rows) == 1)
    name = backstay_db_rows_get_text (rows, 0, 1);

  access->identity = backstay_identity_get_of_login (identity) ? backstay_identity_new_of_login (id, name)
                                                               : backstay_identity_new (id, name);

  return TRUE;
}

static BackstayAccess *
look_as (BackstayDbSession *session,
         BackstayIdentity  *identity,
         GError           **error)
{
  g_autoptr (BackstayDbRows) rows = run_query (session, identity, "access", NULL, NULL, error);
  BackstayAccess *access;

  if (rows == NULL)
    return NULL;

  access = read_access (session, rows);
  g_set_object (&access->identity, identity);

  return access;
}

/* Whether the login may not take the role, or there is none. */
static gboolean
is_role_refused (const GError *error)
{
  const char *sqlstate = backstay_db_error_get_sqlstate (error);

  return g_strcmp0 (sqlstate, "42501") == 0 || g_strcmp0 (sqlstate, "22023") == 0;
}

/* A login that cannot be signed in as a profile may be bound by no policy, or by others. Then it stays
 * what it is, and the profile is who it is recorded as. */
static BackstayAccess *
look (BackstayDbSession *session,
      BackstayIdentity  *identity,
      GError           **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (BackstayAccess) access = look_as (session, identity, &refusal);
  g_autoptr (BackstayIdentity) of_login = NULL;

  if (access != NULL)
    return g_steal_pointer (&access);

  if (identity != NULL && is_role_refused (refusal) && backstay_db_session_rollback (session))
    {
      of_login = backstay_identity_new_of_login (backstay_identity_get_id (identity),
                                                 backstay_identity_get_name (identity));
      access = look_as (session, of_login, NULL);

      if (access != NULL && backstay_access_can_browse (access))
        return g_steal_pointer (&access);
    }

  g_propagate_error (error, g_steal_pointer (&refusal));

  return NULL;
}

gboolean
backstay_read_job_access (BackstayDbSession *session,
                          gpointer           data,
                          gpointer          *result,
                          GError           **error)
{
  BackstayReadJob *job = data;
  g_autoptr (BackstayAccess) access = look (session, job->identity, error);

  if (access == NULL)
    return FALSE;

  if (access->kind == BACKSTAY_ACCESS_UNKNOWN && access->has_uid && access->has_roles &&
      !find_rank (session, access, error))
    return FALSE;

  if (access->identity != NULL && access->has_profiles && !find_name (session, access, error))
    return FALSE;

  if (backstay_access_can_browse (access) && !backstay_server_look_run (session, access->identity, error))
    return FALSE;

  /* From now on nothing reads names from there. */
  backstay_db_config_set_lacks_profiles (backstay_db_session_get_config (session), !access->has_profiles);
  *result = g_steal_pointer (&access);

  return TRUE;
}

gboolean
backstay_read_job_profiles (BackstayDbSession *session,
                            gpointer           data,
                            gpointer          *result,
                            GError           **error)
{
  BackstayReadJob *job = data;
  g_autoptr (BackstayDbRows) rows = NULL;
  g_autoptr (GPtrArray) identities = NULL;

  rows = run_query (session, job->identity, "list-profiles", "search", job->search, error);
  if (rows == NULL)
    return FALSE;

  identities = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    g_ptr_array_add (identities,
                     backstay_identity_new (backstay_db_rows_get_text (rows, row, 0),
                                            backstay_db_rows_get_text (rows, row, 1)));

  *result = g_steal_pointer (&identities);

  return TRUE;
}

static BackstayModelType *
read_model_type (BackstayDbRows *rows,
                 guint           row)
{
  const char *name = backstay_db_rows_get_text (rows, row, 0);
  g_autoptr (BackstayVersion) live = NULL;

  if (backstay_db_rows_get_text (rows, row, 3) != NULL)
    live = backstay_version_new_from_rows (rows, row, 3, name);

  return backstay_model_type_new (name,
                                  (guint) backstay_db_rows_get_int64 (rows, row, 1),
                                  (guint) backstay_db_rows_get_int64 (rows, row, 2),
                                  live);
}

gboolean
backstay_read_job_types (BackstayDbSession *session,
                         gpointer           data,
                         gpointer          *result,
                         GError           **error)
{
  BackstayReadJob *job = data;
  g_autoptr (BackstayDbRows) rows = NULL;
  g_autoptr (GPtrArray) types = NULL;

  rows = run_query (session, job->identity, "list-types",
                    "limit", G_STRINGIFY (BACKSTAY_MODEL_TYPE_COUNT_LIMIT), error);
  if (rows == NULL)
    return FALSE;

  types = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    g_ptr_array_add (types, read_model_type (rows, row));

  *result = g_steal_pointer (&types);

  return TRUE;
}

gboolean
backstay_read_job_history (BackstayDbSession *session,
                           gpointer           data,
                           gpointer          *result,
                           GError           **error)
{
  BackstayReadJob *job = data;
  g_autoptr (BackstayBatch) batch = NULL;
  g_autoptr (BackstayDbRows) rows = NULL;
  g_autofree char *limit = g_strdup_printf ("%u", job->limit);
  gboolean         is_first = job->before_id == NULL;
  gboolean         in_nulls = !is_first && job->before_created_at == NULL;

  batch = backstay_transaction_begin_read (job->identity, BACKSTAY_STATEMENT_MSEC);
  backstay_batch_add (batch, "list-history",
                      "model_type", job->model_type,
                      "nulls", in_nulls ? "true" : "false",
                      "before_created_at", is_first || in_nulls ? "infinity" : job->before_created_at,
                      "before_id", is_first ? BACKSTAY_READ_JOB_LAST_ID : job->before_id,
                      "limit", limit,
                      NULL);

  if ((rows = backstay_read_job_run (batch, session, error)) == NULL)
    return FALSE;

  *result = backstay_read_job_list_versions (rows, job->model_type);

  return TRUE;
}

gboolean
backstay_read_job_active (BackstayDbSession *session,
                          gpointer           data,
                          gpointer          *result,
                          GError           **error)
{
  BackstayReadJob *job = data;
  g_autoptr (BackstayDbRows) rows = NULL;

  if (job->model_type != NULL)
    rows = run_query (session, job->identity, "rollback-active", "model_type", job->model_type, error);
  else
    rows = run_query (session, job->identity, "list-active", NULL, NULL, error);

  if (rows == NULL)
    return FALSE;

  *result = backstay_read_job_list_versions (rows, job->model_type);

  return TRUE;
}

gboolean
backstay_read_job_live (BackstayDbSession *session,
                        gpointer           data,
                        gpointer          *result,
                        GError           **error)
{
  BackstayReadJob *job = data;
  g_autoptr (BackstayDbRows) rows = NULL;

  rows = run_query (session, job->identity, "get-live", "model_type", job->model_type, error);
  if (rows == NULL)
    return FALSE;

  if (backstay_db_rows_get_n_rows (rows) > 0)
    *result = backstay_version_new_from_rows (rows, 0, 0, job->model_type);

  return TRUE;
}

gboolean
backstay_read_job_configuration (BackstayDbSession *session,
                                 gpointer           data,
                                 gpointer          *result,
                                 GError           **error)
{
  BackstayReadJob *job = data;
  g_autoptr (BackstayBatch) batch = NULL;
  g_autoptr (BackstayDbRows) rows = NULL;
  g_autoptr (BackstayVersion) version = NULL;
  g_autoptr (GBytes) text = NULL;

  batch = backstay_transaction_begin_read (job->identity, BACKSTAY_DOWNLOAD_MSEC);
  backstay_batch_add (batch, "get-version", "id", job->id, NULL);

  if ((rows = backstay_read_job_run (batch, session, error)) == NULL)
    return FALSE;

  if (backstay_db_rows_get_n_rows (rows) == 0)
    {
      g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                           _ ("This version is not in the table any more, or may not be seen. "
                              "Reload the history."));
      return FALSE;
    }

  version = backstay_version_new_from_rows (rows, 0, 0, backstay_db_rows_get_text (rows, 0, 7));
  text = backstay_db_rows_dup_bytes (rows, 0, 8);
  *result = backstay_configuration_new (version, text);

  return TRUE;
}

/* They need no quotes. */
char *
backstay_read_job_dup_array (GPtrArray *ids)
{
  g_autoptr (GString) array = g_string_new ("{");

  for (guint i = 0; i < ids->len; i++)
    {
      if (i > 0)
        g_string_append_c (array, ',');
      g_string_append (array, g_ptr_array_index (ids, i));
    }

  g_string_append_c (array, '}');

  return g_string_free (g_steal_pointer (&array), FALSE);
}

gboolean
backstay_read_job_fingerprints (BackstayDbSession *session,
                                gpointer           data,
                                gpointer          *result,
                                GError           **error)
{
  BackstayReadJob *job = data;
  g_autoptr (BackstayBatch) batch = backstay_transaction_begin_read (job->identity, BACKSTAY_STATEMENT_MSEC);
  g_autoptr (BackstayDbRows) rows = NULL;
  g_autoptr (GPtrArray) fingerprints = NULL;
  g_autofree char *text = g_strdup_printf ("%d", BACKSTAY_FINGERPRINT_BYTES);
  g_autofree char *budget = g_strdup_printf ("%d", BACKSTAY_FINGERPRINTS_BYTES);

  /* It may have waited behind a download, which is not its own fault. */
  backstay_db_session_set_deadline (session, BACKSTAY_JOB_MSEC);
  backstay_batch_add (batch, "list-texts",
                      "ids", job->ids,
                      "others", job->other_ids,
                      "stored", FINGERPRINT_STORED,
                      "other_stored", FINGERPRINT_OTHER_STORED,
                      "text", text,
                      "budget", budget,
                      NULL);

  if ((rows = backstay_read_job_run (batch, session, error)) == NULL)
    return FALSE;

  fingerprints = g_ptr_array_new_with_free_func ((GDestroyNotify) backstay_fingerprint_free);

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    {
      const char *sent = backstay_db_rows_get_text (rows, row, 3);
      g_autoptr (GBytes) bytes = NULL;

      /* Copied, as each is kept and let go for itself. */
      if (sent != NULL)
        bytes = g_bytes_new (sent, strlen (sent));

      g_ptr_array_add (fingerprints,
                       backstay_fingerprint_new (backstay_db_rows_get_text (rows, row, 0),
                                                 backstay_db_rows_get_text (rows, row, 1),
                                                 bytes,
                                                 backstay_db_rows_get_boolean (rows, row, 2)));
    }

  *result = g_steal_pointer (&fingerprints);

  return TRUE;
}

gboolean
backstay_read_job_count_undone (BackstayDbSession *session,
                                gpointer           data,
                                gpointer          *result,
                                GError           **error)
{
  BackstayReadJob *job = data;
  g_autoptr (BackstayBatch) batch = backstay_transaction_begin_read (job->identity, BACKSTAY_STATEMENT_MSEC);
  g_autoptr (BackstayDbRows) rows = NULL;
  g_autofree char *limit = g_strdup_printf ("%u", job->limit);
  guint           *count;

  backstay_batch_add (batch, "count-undone",
                      "model_type", job->model_type,
                      "id", job->id,
                      "live_id", job->live_id,
                      "limit", limit,
                      NULL);

  if ((rows = backstay_read_job_run (batch, session, error)) == NULL)
    return FALSE;

  *result = count = g_new (guint, 1);
  *count = (guint) backstay_db_rows_get_int64 (rows, 0, 0);

  return TRUE;
}

gboolean
backstay_read_job_predecessors (BackstayDbSession *session,
                                gpointer           data,
                                gpointer          *result,
                                GError           **error)
{
  BackstayReadJob *job = data;
  g_autoptr (BackstayBatch) batch = backstay_transaction_begin_read (job->identity, BACKSTAY_STATEMENT_MSEC);
  g_autoptr (BackstayDbRows) rows = NULL;
  g_autoptr (GHashTable) predecessors = NULL;

  backstay_batch_add (batch, "list-predecessors",
                      "model_type", job->model_type,
                      "ids", job->ids,
                      NULL);

  if ((rows = backstay_read_job_run (batch, session, error)) == NULL)
    return FALSE;

  predecessors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    g_hash_table_insert (predecessors,
                         g_strdup (backstay_db_rows_get_text (rows, row, 0)),
                         g_strdup (backstay_db_rows_get_text (rows, row, 1)));

  *result = g_steal_pointer (&predecessors);

  return TRUE;
}

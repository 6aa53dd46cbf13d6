/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-rollback-job"

#include "config.h"

#include "backstay-rollback-job.h"

#include "backstay-db-error.h"
#include "backstay-rollback-checks.h"
#include "backstay-transaction.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The rollback's transaction, in three round trips:
 *
 *  1. begin, sign in, lock, look: which versions are active, and is the target what was shown?
 *  2. turn all active versions off, copy the target forward (or turn it on, or put in what somebody
 *     wrote), let what was deferred happen, look again;
 *  3. commit;
 *
 * and a fourth, which reads back what was committed. A version that does not go live needs neither
 * the lock nor the comparison: all it does is to be there.
 *
 * Whatever is not as it should be ends it, and the connection then takes the open transaction
 * back. Only the third step can leave an unknown outcome, which is why it stands alone. */

/* Somebody who resolves an outcome waits for the old transaction to end: it can live on for as long
 * as the server does not notice that its client is gone. */
#define RESOLVE_LOCK_MSEC 15000
#define RESOLVE_STATEMENT_MSEC 20000

/* How much of a configuration a slow line and a busy server take in a millisecond, at the least. */
#define BYTES_A_MSEC 500

/* What the first round trip found. */
typedef struct
{
  GPtrArray *active; /* Of BackstayVersion. */
  char      *target_created_at;
} Look;

static void
look_clear (Look *look)
{
  g_clear_pointer (&look->active, g_ptr_array_unref);
  g_clear_pointer (&look->target_created_at, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

/**
 * backstay_rollback_job_new:
 * @request: what to do
 * @access: who one is
 * @rehearse: whether to take all of it back at the end
 *
 * Returns: (transfer full): the data for the job's functions
 */
BackstayRollbackJob *
backstay_rollback_job_new (BackstayRollbackRequest *request,
                           BackstayAccess          *access,
                           gboolean                 rehearse)
{
  BackstayRollbackJob *job = g_new0 (BackstayRollbackJob, 1);

  job->request = backstay_rollback_request_ref (request);
  job->access = backstay_access_ref (access);
  job->rehearse = rehearse;

  return job;
}

/**
 * backstay_rollback_job_free:
 *
 * Frees a job's data.
 */
void
backstay_rollback_job_free (BackstayRollbackJob *job)
{
  g_return_if_fail (job != NULL);

  backstay_rollback_request_unref (job->request);
  backstay_access_unref (job->access);
  g_clear_pointer (&job->outcome, backstay_rollback_outcome_unref);
  g_free (job);
}

static GPtrArray *
read_versions (BackstayDbRows *rows,
               const char     *model_type)
{
  GPtrArray *versions = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    g_ptr_array_add (versions, backstay_version_new_from_rows (rows, row, 0, model_type));

  return versions;
}

/* A large configuration takes its time to arrive and to be read. */
static guint
get_statement_msec (BackstayRollbackRequest *request)
{
  BackstayNewVersion *version = backstay_rollback_request_get_new_version (request);
  gsize               length = version != NULL ? strlen (version->text) : 0;

  return BACKSTAY_STATEMENT_MSEC + (guint) (length / BYTES_A_MSEC);
}

/* The first round trip. */
static gboolean
lock_and_look (BackstayRollbackJob *job,
               BackstayDbSession   *session,
               Look                *look,
               GError             **error)
{
  BackstayRollbackRequest *request = job->request;
  const char              *model_type = backstay_rollback_request_get_model_type (request);
  const char              *target_id = backstay_rollback_request_get_target_id (request);
  gboolean                 goes_live = backstay_rollback_request_goes_live (request);
  gboolean                 can_ask = backstay_rollback_can_ask_for_role (job->access);
  g_autoptr (BackstayBatch) batch = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint next = BACKSTAY_TRANSACTION_FIRST;

  batch = backstay_transaction_begin_write (job->access->identity,
                                            get_statement_msec (request),
                                            BACKSTAY_LOCK_MSEC);
  if (goes_live)
    {
      backstay_batch_add (batch, "rollback-lock", NULL);
      next++; /* It gives nothing back. */
    }
  if (can_ask)
    backstay_batch_add (batch, "access-role", NULL);
  if (goes_live)
    backstay_batch_add (batch, "rollback-active", "model_type", model_type, NULL);
  if (target_id != NULL)
    backstay_batch_add (batch, "rollback-target", "model_type", model_type, "id", target_id, NULL);
  else
    backstay_batch_add (batch, "rollback-resolve",
                        "new_id", backstay_rollback_request_get_new_id (request),
                        NULL);

  if ((rows = backstay_batch_run (batch, session, error)) == NULL)
    return FALSE;

  if (can_ask && !backstay_rollback_check_role (g_ptr_array_index (rows, next++), error))
    return FALSE;

  /* The last one; before the rest, which it explains. */
  if (target_id == NULL && !backstay_rollback_check_new (request, g_ptr_array_index (rows, rows->len - 1), error))
    return FALSE;

  if (!goes_live)
    return TRUE;

  look->active = read_versions (g_ptr_array_index (rows, next++), model_type);

  if (!backstay_rollback_check_active (request, look->active, error))
    return FALSE;

  if (target_id == NULL)
    return TRUE;

  if (!backstay_rollback_check_target (request, g_ptr_array_index (rows, next), error))
    return FALSE;

  look->target_created_at = g_strdup (backstay_db_rows_get_text (g_ptr_array_index (rows, next), 0, 1));

  return TRUE;
}

static const char *
get_creator (BackstayRollbackJob *job)
{
  return job->access->identity != NULL ? backstay_identity_get_id (job->access->identity) : NULL;
}

/* The one statement that makes the request true. */
static void
add_change (BackstayRollbackJob *job,
            Look                *look,
            BackstayBatch       *batch)
{
  BackstayRollbackRequest *request = job->request;
  BackstayNewVersion      *version = backstay_rollback_request_get_new_version (request);
  const char              *model_type = backstay_rollback_request_get_model_type (request);
  const char              *new_id = backstay_rollback_request_get_new_id (request);
  const char              *target_id = backstay_rollback_request_get_target_id (request);
  const char              *creator = get_creator (job) != NULL ? get_creator (job) : "";
  g_autofree char         *notes = NULL;

  switch (backstay_rollback_request_get_kind (request))
    {
    case BACKSTAY_ROLLBACK_KIND_ACTIVATE:
      backstay_batch_add (batch, "activate-version", "model_type", model_type, "id", target_id, NULL);
      break;

    case BACKSTAY_ROLLBACK_KIND_CREATE:
      backstay_batch_add (batch, "create-insert",
                          "new_id", new_id,
                          "model_type", model_type,
                          "config_name", version->config_name,
                          "config", version->text,
                          "active", version->activate ? "true" : "false",
                          "created_by", creator,
                          "notes", version->notes,
                          NULL);
      break;

    case BACKSTAY_ROLLBACK_KIND_COPY:
    default:
      notes = backstay_rollback_request_dup_notes (request, look->target_created_at);
      backstay_batch_add (batch, "rollback-insert",
                          "new_id", new_id,
                          "created_by", creator,
                          "notes", notes,
                          "model_type", model_type,
                          "id", target_id,
                          NULL);
    }
}

/* Which rows of the second round trip are which. */
typedef struct
{
  guint n_rows;
  guint previous;
  guint deactivated;
  guint changed;
  guint live;
  guint created;
} Places;

static BackstayBatch *
write_change (BackstayRollbackJob *job,
              Look                *look,
              Places              *places)
{
  BackstayRollbackRequest *request = job->request;
  const char              *model_type = backstay_rollback_request_get_model_type (request);
  gboolean                 goes_live = backstay_rollback_request_goes_live (request);
  BackstayBatch           *batch = backstay_batch_new ();

  if (job->outcome->previous != NULL)
    {
      backstay_batch_add (batch, "rollback-target",
                          "model_type", model_type,
                          "id", backstay_version_get_id (job->outcome->previous),
                          NULL);
      places->previous = places->n_rows++;
    }

  if (goes_live)
    {
      backstay_batch_add (batch, "rollback-deactivate", "model_type", model_type, NULL);
      places->deactivated = places->n_rows++;
    }

  add_change (job, look, batch);
  places->changed = places->n_rows++;
  backstay_batch_add (batch, "rollback-settle", NULL);
  places->n_rows++; /* It gives nothing back. */

  if (goes_live)
    {
      backstay_batch_add (batch, "rollback-check", "model_type", model_type, NULL);
      places->live = places->n_rows++;
    }

  if (backstay_rollback_request_get_new_version (request) != NULL)
    {
      backstay_batch_add (batch, "create-check",
                          "new_id", backstay_rollback_request_get_new_id (request),
                          NULL);
      places->created = places->n_rows++;
    }

  return batch;
}

static gboolean
check_change (BackstayRollbackJob *job,
              Look                *look,
              GPtrArray           *rows,
              const Places        *places,
              GError             **error)
{
  BackstayRollbackRequest *request = job->request;
  BackstayNewVersion      *version = backstay_rollback_request_get_new_version (request);
  const char              *creator = get_creator (job);
  const char              *hash = backstay_rollback_request_get_target_hash (request);

  if (backstay_rollback_request_goes_live (request) &&
      !backstay_rollback_check_deactivated (g_ptr_array_index (rows, places->deactivated),
                                            look->active->len, error))
    return FALSE;

  if (backstay_db_rows_get_n_affected (g_ptr_array_index (rows, places->changed)) != 1)
    {
      g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_SQL,
                           _ ("The server did not take the version, without giving a reason. Its "
                              "policies may not allow this user to change it, or a trigger may "
                              "keep it out."));
      return FALSE;
    }

  if (version != NULL)
    {
      BackstayDbRows *created = g_ptr_array_index (rows, places->created);

      if (!backstay_rollback_check_created (version, created, creator, error))
        return FALSE;

      job->outcome->stored_text = backstay_db_rows_dup_bytes (created, 0, 5);
    }

  if (!backstay_rollback_request_goes_live (request))
    return TRUE;

  /* Of what was typed, as the server spells it. */
  if (version != NULL)
    hash = backstay_db_rows_get_text (g_ptr_array_index (rows, places->changed), 0, 0);

  return backstay_rollback_check_live (request, g_ptr_array_index (rows, places->live), hash, creator, error);
}

/* The second round trip. */
static gboolean
change (BackstayRollbackJob *job,
        BackstayDbSession   *session,
        Look                *look,
        GError             **error)
{
  BackstayRollbackOutcome *outcome = job->outcome;
  Places                   places = { 0 };
  g_autoptr (BackstayBatch) batch = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) local_error = NULL;

  if (look->active != NULL && look->active->len > 0)
    outcome->previous = g_object_ref (g_ptr_array_index (look->active, 0));
  outcome->n_deactivated = look->active != NULL ? look->active->len : 0;

  batch = write_change (job, look, &places);

  if ((rows = backstay_batch_run (batch, session, &local_error)) == NULL)
    {
      g_propagate_error (error, backstay_rollback_rephrase (g_steal_pointer (&local_error)));
      return FALSE;
    }

  if (outcome->previous != NULL)
    {
      BackstayDbRows *previous = g_ptr_array_index (rows, places.previous);

      if (backstay_db_rows_get_n_rows (previous) == 1)
        outcome->previous_hash = g_strdup (backstay_db_rows_get_text (previous, 0, 2));
    }

  return check_change (job, look, rows, &places, error);
}

/* A version that is only turned on was there before; what tells is whether it is on. */
static gboolean
is_done (BackstayRollbackJob *job,
         BackstayDbRows      *rows)
{
  if (backstay_db_rows_get_n_rows (rows) == 0)
    return FALSE;

  return backstay_rollback_request_get_kind (job->request) != BACKSTAY_ROLLBACK_KIND_ACTIVATE ||
         backstay_db_rows_get_boolean (rows, 0, 0);
}

/* Looks once more, in a transaction of its own. The server said that it is done, so not being able
 * to look is no failure; but a version that is not there is. */
static gboolean
read_back (BackstayRollbackJob *job,
           BackstayDbSession   *session,
           GError             **error)
{
  g_autoptr (BackstayBatch) batch = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  batch = backstay_transaction_begin_read (job->access->identity, BACKSTAY_STATEMENT_MSEC);
  backstay_batch_add (batch, "rollback-resolve",
                      "new_id", backstay_rollback_request_get_new_id (job->request),
                      NULL);

  rows = backstay_transaction_end_read (batch, session, NULL);

  /* Not whether it still is on: who waited for the lock may have turned it off again by now. */
  if (rows == NULL ||
      backstay_db_rows_get_n_rows (g_ptr_array_index (rows, BACKSTAY_TRANSACTION_FIRST)) > 0)
    return TRUE;

  g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN,
                       _ ("The server said that it is done, but the new version is not there."));

  return FALSE;
}

/**
 * backstay_rollback_job_run: (skip)
 *
 * Runs the transaction; a #BackstayDbJobFunc with a #BackstayRollbackJob.
 *
 * Returns: whether it was committed, or for a rehearsal whether it could have been
 */
gboolean
backstay_rollback_job_run (BackstayDbSession *session,
                           gpointer           data,
                           gpointer          *result,
                           GError           **error)
{
  BackstayRollbackJob *job = data;
  g_auto (Look) look = { NULL, NULL };

  job->outcome = backstay_rollback_outcome_new (job->request);

  if (!lock_and_look (job, session, &look, error) ||
      !change (job, session, &look, error))
    return FALSE;

  job->outcome->rehearsed = job->rehearse;

  /* A rehearsal's transaction is taken back when the job ends. */
  if (!job->rehearse &&
      (!backstay_db_session_commit (session, error) || !read_back (job, session, error)))
    return FALSE;

  *result = backstay_rollback_outcome_ref (job->outcome);

  return TRUE;
}

/* A user who is no admin any more sees no version, whether it is there or not. */
static gboolean
check_absence (BackstayRollbackJob *job,
               BackstayDbRows      *role,
               GError             **error)
{
  if (role != NULL && !backstay_rollback_check_role (role, error))
    return FALSE;

  job->absent = TRUE;
  g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_LOST,
                       _ ("The connection broke during the last step. The server was asked "
                          "again: the change did not take effect."));

  return FALSE;
}

/**
 * backstay_rollback_job_run_resolve: (skip)
 *
 * Finds out what became of a commit whose answer was lost; a #BackstayDbJobFunc with a
 * #BackstayRollbackJob that was run. Once the lock is there the old transaction is over, and the
 * new version's own uuid tells. A transaction's number would not: after a failover it can be
 * somebody else's.
 *
 * Returns: whether the new version is there. Where it is known not to be, the error is
 *   %BACKSTAY_DB_ERROR_LOST and the job's `absent` is set.
 */
gboolean
backstay_rollback_job_run_resolve (BackstayDbSession *session,
                                   gpointer           data,
                                   gpointer          *result,
                                   GError           **error)
{
  BackstayRollbackJob *job = data;
  gboolean             can_ask = backstay_rollback_can_ask_for_role (job->access);
  guint                next = BACKSTAY_TRANSACTION_FIRST + 1; /* The lock gives nothing back. */
  g_autoptr (BackstayBatch) batch = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  batch = backstay_transaction_begin_write (job->access->identity,
                                            RESOLVE_STATEMENT_MSEC,
                                            RESOLVE_LOCK_MSEC);
  backstay_batch_add (batch, "rollback-lock", NULL);
  backstay_batch_add (batch, "rollback-resolve",
                      "new_id", backstay_rollback_request_get_new_id (job->request),
                      NULL);
  if (can_ask)
    backstay_batch_add (batch, "access-role", NULL);

  if ((rows = backstay_transaction_end_read (batch, session, error)) == NULL)
    return FALSE;

  if (!is_done (job, g_ptr_array_index (rows, next)))
    return check_absence (job, can_ask ? g_ptr_array_index (rows, next + 1) : NULL, error);

  job->outcome->resolved = TRUE;
  *result = backstay_rollback_outcome_ref (job->outcome);

  return TRUE;
}

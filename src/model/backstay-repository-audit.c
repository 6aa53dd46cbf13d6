/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-repository-audit"

#include "config.h"

#include "backstay-repository-audit.h"

#include "backstay-repository-private.h"
#include "backstay-transaction.h"

#include <string.h>

/* The repository's method that tells who did what. */

#define PAGE_SIZE 100

/* Without a trail a page is what these many versions prove. */
#define PROOF_SIZE 256

#define MAX_TURNS "1000"

typedef struct
{
  BackstayIdentity *identity; /* (nullable) */
  char             *model_type;
  char             *config_id;
  gboolean          is_live;
  char             *actions;
  char             *who;
  char             *age;
  char             *before_id;  /* (nullable): of the trail. */
  char             *before_at;  /* (nullable): without one. */
  char             *before_row; /* (nullable) */
} AuditJob;

static void
audit_job_free (gpointer data)
{
  AuditJob *job = data;

  g_clear_object (&job->identity);
  g_free (job->model_type);
  g_free (job->config_id);
  g_free (job->actions);
  g_free (job->who);
  g_free (job->age);
  g_free (job->before_id);
  g_free (job->before_at);
  g_free (job->before_row);
  g_free (job);
}

/**
 * backstay_audit_page_free:
 *
 * Frees a page.
 */
void
backstay_audit_page_free (BackstayAuditPage *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->entries);
  g_clear_object (&self->last);
  g_free (self->turns);
  g_free (self);
}

static gboolean
read_turns (BackstayDbSession *session,
            AuditJob          *job,
            BackstayAuditPage *page,
            GError           **error)
{
  g_autoptr (BackstayBatch) batch = backstay_transaction_begin_read (job->identity, BACKSTAY_STATEMENT_MSEC);
  g_autoptr (BackstayDbRows) rows = NULL;
  g_autoptr (GPtrArray) times = g_ptr_array_new ();
  g_autoptr (GPtrArray) actions = g_ptr_array_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  backstay_batch_add (batch, "list-audit-turns", "config_id", job->config_id, "limit", MAX_TURNS, NULL);
  if ((rows = backstay_read_job_run (batch, session, error)) == NULL)
    return FALSE;

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    {
      g_ptr_array_add (times, (gpointer) backstay_db_rows_get_text (rows, row, 0));
      g_ptr_array_add (actions, (gpointer) backstay_db_rows_get_text (rows, row, 1));
    }

  g_ptr_array_add (times, NULL);
  g_ptr_array_add (actions, NULL);
  page->turns = backstay_audit_dup_turns ((const char *const *) times->pdata, (const char *const *) actions->pdata,
                                          job->is_live, now);

  return TRUE;
}

static gboolean
read_trail (BackstayDbSession *session,
            AuditJob          *job,
            BackstayAuditPage *page,
            GError           **error)
{
  g_autoptr (BackstayBatch) batch = backstay_transaction_begin_read (job->identity, BACKSTAY_STATEMENT_MSEC);
  g_autoptr (BackstayDbRows) rows = NULL;

  backstay_batch_add (batch, "list-audit",
                      "model_type", job->model_type,
                      "config_id", job->config_id,
                      "actions", job->actions,
                      "who", job->who,
                      "age", job->age,
                      "before_entry", job->before_id != NULL ? job->before_id : "9223372036854775807",
                      "limit", G_STRINGIFY (PAGE_SIZE),
                      NULL);
  if ((rows = backstay_read_job_run (batch, session, error)) == NULL)
    return FALSE;

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    g_ptr_array_add (page->entries, backstay_audit_entry_new_from_rows (rows, row));

  page->has_more = page->entries->len == PAGE_SIZE;

  return job->config_id[0] == '\0' || job->before_id != NULL || read_turns (session, job, page, error);
}

/* Whether a version proves something that is wanted. */
static gboolean
is_wanted (AuditJob           *job,
           BackstayAuditEntry *entry)
{
  BackstayVersion *version = backstay_audit_entry_get_version (entry);
  g_autofree char *folded_who = g_utf8_casefold (job->who, -1);
  g_autofree char *who = backstay_audit_entry_dup_who (entry);
  g_autofree char *folded = g_utf8_casefold (who, -1);

  if (job->model_type[0] != '\0' && g_strcmp0 (backstay_version_get_model_type (version), job->model_type) != 0)
    return FALSE;

  if (job->config_id[0] != '\0' && g_strcmp0 (backstay_version_get_id (version), job->config_id) != 0)
    return FALSE;

  /* Only rollbacks are known to have gone live. */
  if (strstr (job->actions, "activate") != NULL && backstay_audit_entry_get_action (entry) != BACKSTAY_AUDIT_ROLL_BACK)
    return FALSE;

  if (strstr (job->actions, "annotate") != NULL)
    return FALSE;

  return strstr (folded, folded_who) != NULL;
}

static gboolean
read_proofs (BackstayDbSession *session,
             AuditJob          *job,
             BackstayAuditPage *page,
             GError           **error)
{
  g_autoptr (BackstayBatch) batch = backstay_transaction_begin_read (job->identity, BACKSTAY_STATEMENT_MSEC);
  g_autoptr (BackstayDbRows) rows = NULL;
  guint n;

  backstay_batch_add (batch, "list-recent",
                      "age", job->age,
                      "since", "-infinity",
                      "until", "infinity",
                      "any_creator", "true",
                      "creator", "",
                      "before_created_at", job->before_at != NULL ? job->before_at : "infinity",
                      "before_id", job->before_row != NULL ? job->before_row : BACKSTAY_READ_JOB_LAST_ID,
                      "limit", G_STRINGIFY (PROOF_SIZE),
                      NULL);
  if ((rows = backstay_read_job_run (batch, session, error)) == NULL)
    return FALSE;

  n = backstay_db_rows_get_n_rows (rows);

  for (guint row = 0; row < n; row++)
    {
      g_autoptr (BackstayVersion) version = backstay_version_new_from_rows (rows, row, 0,
                                                                            backstay_db_rows_get_text (rows, row, 7));
      g_autoptr (BackstayAuditEntry) entry = backstay_audit_entry_new_from_notes (version);

      if (is_wanted (job, entry))
        g_ptr_array_add (page->entries, g_steal_pointer (&entry));
      g_set_object (&page->last, version);
    }

  page->has_more = n == PROOF_SIZE;

  return TRUE;
}

/* A #BackstayDbJobFunc. */
static gboolean
list_job (BackstayDbSession *session,
          gpointer           data,
          gpointer          *result,
          GError           **error)
{
  AuditJob *job = data;
  g_autoptr (BackstayBatch) batch = backstay_transaction_begin_read (job->identity, BACKSTAY_STATEMENT_MSEC);
  g_autoptr (BackstayDbRows) rows = NULL;
  g_autoptr (BackstayAuditPage) page = NULL;

  backstay_batch_add (batch, "audit-state", NULL);
  if ((rows = backstay_read_job_run (batch, session, error)) == NULL)
    return FALSE;

  page = g_new0 (BackstayAuditPage, 1);
  page->entries = g_ptr_array_new_with_free_func (g_object_unref);
  page->has_trail = backstay_db_rows_get_boolean (rows, 0, 0);

  if (!(page->has_trail ? read_trail (session, job, page, error) : read_proofs (session, job, page, error)))
    return FALSE;

  *result = g_steal_pointer (&page);

  return TRUE;
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gpointer page;

  page = backstay_db_connection_run_finish (BACKSTAY_DB_CONNECTION (object), result, &error);

  if (page == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, page, (GDestroyNotify) backstay_audit_page_free);
}

static char *
dup_text (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

/**
 * backstay_repository_list_audit_async:
 * @filter: what is wanted
 * @before: (nullable): the page before; %NULL for the first one
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Lists who did what, newest first: a page of the guards' audit trail, or without one what the versions and
 * their notes prove.
 */
void
backstay_repository_list_audit_async (BackstayRepository        *self,
                                      const BackstayAuditFilter *filter,
                                      BackstayAuditPage         *before,
                                      GCancellable              *cancellable,
                                      GAsyncReadyCallback        callback,
                                      gpointer                   user_data)
{
  g_autoptr (GTask) task = NULL;
  AuditJob *job;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (filter != NULL);

  job = g_new0 (AuditJob, 1);
  g_set_object (&job->identity, backstay_repository_get_identity (self));
  job->model_type = dup_text (filter->model_type);
  job->config_id = dup_text (filter->version != NULL ? backstay_version_get_id (filter->version) : NULL);
  job->is_live = filter->version != NULL && backstay_version_get_active (filter->version);
  job->actions = g_strdup (filter->actions != NULL ? filter->actions : "{}");
  job->who = dup_text (filter->who);
  job->age = dup_text (filter->age);

  if (before != NULL && before->has_trail && before->entries->len > 0)
    {
      job->before_id = g_strdup (backstay_audit_entry_get_id (g_ptr_array_index (before->entries, before->entries->len - 1)));
    }
  else if (before != NULL && before->last != NULL)
    {
      job->before_at = g_strdup (backstay_version_get_created_at (before->last));
      job->before_row = g_strdup (backstay_version_get_id (before->last));
    }

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_repository_list_audit_async);
  backstay_db_connection_run_async (backstay_repository_get_connection (self),
                                    list_job,
                                    job,
                                    audit_job_free,
                                    (GDestroyNotify) backstay_audit_page_free,
                                    BACKSTAY_JOB_MSEC,
                                    cancellable,
                                    listed_cb,
                                    g_steal_pointer (&task));
}

/**
 * backstay_repository_list_audit_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_list_audit_async() began.
 *
 * Returns: (transfer full): the page, or %NULL with an error
 */
BackstayAuditPage *
backstay_repository_list_audit_finish (BackstayRepository *self,
                                       GAsyncResult       *result,
                                       GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-repository-inspect"

#include "config.h"

#include "backstay-repository-inspect.h"

#include "backstay-inspection.h"
#include "backstay-repository-private.h"
#include "backstay-transaction.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The repository's methods that look at the database itself, and mend it. */

/* An index on a large table takes its time. */
#define APPLY_MSEC 180000
#define APPLY_LOCK_MSEC 5000

/* A #BackstayDbJobFunc. As the login, not as a profile: it is the login's rights that count here. */
static gboolean
inspect_job (BackstayDbSession *session,
             gpointer           data,
             gpointer          *result,
             GError           **error)
{
  g_autoptr (BackstayBatch) batch = backstay_transaction_begin_read (NULL, BACKSTAY_STATEMENT_MSEC);
  g_autoptr (BackstayDbRows) rows = NULL;
  g_autoptr (BackstayFacts) facts = NULL;

  backstay_batch_add (batch, "inspect", NULL);

  if ((rows = backstay_read_job_run (batch, session, error)) == NULL)
    return FALSE;

  facts = backstay_facts_new ();

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    backstay_facts_add (facts,
                        backstay_db_rows_get_text (rows, row, 0),
                        backstay_db_rows_get_text (rows, row, 1),
                        backstay_db_rows_get_text (rows, row, 2),
                        backstay_db_rows_get_text (rows, row, 3));

  *result = backstay_inspection_judge (facts);

  return TRUE;
}

/**
 * backstay_repository_inspect_async:
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Compares the table, what protects it and the guards with what they should be. Any login can do so.
 */
void
backstay_repository_inspect_async (BackstayRepository *self,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));

  backstay_repository_read_async (self,
                                  inspect_job,
                                  backstay_repository_read_job_new (self, (GDestroyNotify) g_ptr_array_unref),
                                  BACKSTAY_JOB_MSEC,
                                  cancellable, callback, user_data,
                                  backstay_repository_inspect_async);
}

/**
 * backstay_repository_inspect_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_inspect_async() began.
 *
 * Returns: (transfer full) (element-type BackstayFinding): the findings, or %NULL with an error
 */
GPtrArray *
backstay_repository_inspect_finish (BackstayRepository *self,
                                    GAsyncResult       *result,
                                    GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The script without its own transaction: it runs in one that knows where the table is. */
static char *
dup_statements (const char *script)
{
  g_auto (GStrv) lines = g_strsplit (script, "\n", -1);
  GString *statements = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (strcmp (lines[i], "BEGIN;") != 0 && strcmp (lines[i], "COMMIT;") != 0)
        g_string_append_printf (statements, "%s\n", lines[i]);
    }

  return g_string_free (statements, FALSE);
}

/* A #BackstayDbJobFunc with the statements. A transaction that is not committed is taken back when the
 * job ends. */
static gboolean
apply_job (BackstayDbSession *session,
           gpointer           data,
           gpointer          *result,
           GError           **error)
{
  g_autoptr (BackstayBatch) batch = backstay_transaction_begin_write (NULL, APPLY_MSEC, APPLY_LOCK_MSEC);
  g_autoptr (GPtrArray) rows = backstay_batch_run (batch, session, error);

  return rows != NULL &&
         backstay_db_session_run_script (session, data, error) &&
         backstay_db_session_commit (session, error);
}

static void
applied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  backstay_db_connection_run_finish (BACKSTAY_DB_CONNECTION (object), result, &error);

  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN))
    g_task_return_new_error (task, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN,
                             _ ("The connection broke during the last step, so it may or may not have been done. Look "
                                "again once the server answers."));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * backstay_repository_apply_fix_async:
 * @finding: a finding with SQL
 * @cancellable: (nullable): cancels it, until it begins to commit
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Runs a finding's SQL, as the login and in one transaction. An error means that nothing was changed;
 * but %BACKSTAY_DB_ERROR_UNKNOWN, where the connection broke during the commit.
 */
void
backstay_repository_apply_fix_async (BackstayRepository *self,
                                     BackstayFinding    *finding,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (BACKSTAY_IS_FINDING (finding));
  g_return_if_fail (backstay_finding_get_sql (finding) != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_repository_apply_fix_async);

  /* A change that was committed is not called cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  backstay_repository_give_way (self);
  backstay_db_connection_run_async (backstay_repository_get_connection (self),
                                    apply_job,
                                    dup_statements (backstay_finding_get_sql (finding)),
                                    g_free,
                                    NULL,
                                    APPLY_MSEC,
                                    cancellable,
                                    applied_cb,
                                    g_steal_pointer (&task));
}

/**
 * backstay_repository_apply_fix_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_repository_apply_fix_async() began.
 *
 * Returns: whether it was done
 */
gboolean
backstay_repository_apply_fix_finish (BackstayRepository *self,
                                      GAsyncResult       *result,
                                      GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-repository-notes"

#include "config.h"

#include "backstay-repository-notes.h"

#include "backstay-db-error.h"
#include "backstay-transaction.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The repository's method that edits notes. */

typedef struct
{
  BackstayDbConnection *connection;
  BackstayIdentity     *identity; /* (nullable) */
  char                 *id;
  char                 *old_notes;
  char                 *new_notes;
  char                 *current_notes; /* Where they are neither of both. */
  gboolean              again;         /* After a commit whose answer was lost. */
} Edit;

static void
edit_free (Edit *edit)
{
  g_clear_object (&edit->connection);
  g_clear_object (&edit->identity);
  g_free (edit->id);
  g_free (edit->old_notes);
  g_free (edit->new_notes);
  g_free (edit->current_notes);
  g_free (edit);
}

/* Finds out why nothing was changed. It is no failure where the notes already are as they should be. */
static gboolean
explain (Edit           *edit,
         BackstayDbRows *rows,
         GError        **error)
{
  const char *current;

  if (backstay_db_rows_get_n_rows (rows) == 0)
    {
      g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                           _ ("This version is not in the table any more, or you may not see it any "
                              "more."));
      return FALSE;
    }

  current = backstay_db_rows_get_text (rows, 0, 0);
  if (current == NULL)
    current = "";

  if (strcmp (current, edit->new_notes) == 0)
    return TRUE;

  if (strcmp (current, edit->old_notes) == 0)
    {
      g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_DENIED,
                           _ ("The server refused to change the notes, without giving a reason. Its "
                              "policies may not allow this user to do so."));
      return FALSE;
    }

  edit->current_notes = g_strdup (current);
  g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT,
                       _ ("Somebody else changed the notes since you looked."));

  return FALSE;
}

/* A transaction that is not committed is taken back when the job ends. */
static gboolean
edit_job (BackstayDbSession *session,
          gpointer           data,
          gpointer          *result,
          GError           **error)
{
  Edit           *edit = data;
  BackstayDbRows *edited;
  g_autoptr (BackstayBatch) batch = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  batch = backstay_transaction_begin_write (edit->identity, BACKSTAY_STATEMENT_MSEC, BACKSTAY_LOCK_MSEC);
  backstay_batch_add (batch, "edit-notes",
                      "id", edit->id,
                      "old_notes", edit->old_notes,
                      "new_notes", edit->new_notes,
                      NULL);
  backstay_batch_add (batch, "get-notes", "id", edit->id, NULL);

  if ((rows = backstay_batch_run (batch, session, error)) == NULL)
    return FALSE;

  edited = g_ptr_array_index (rows, BACKSTAY_TRANSACTION_FIRST);

  if (backstay_db_rows_get_n_rows (edited) != 1)
    return explain (edit, g_ptr_array_index (rows, BACKSTAY_TRANSACTION_FIRST + 1), error);

  if (!backstay_db_rows_get_boolean (edited, 0, 0))
    {
      g_set_error_literal (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_SQL,
                           _ ("The server took the notes, but changed them: a trigger on the table may "
                              "do this."));
      return FALSE;
    }

  return backstay_db_session_commit (session, error);
}

static void run (GTask *task);

static void
edited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Edit *edit = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  backstay_db_connection_run_finish (BACKSTAY_DB_CONNECTION (object), result, &error);

  if (error == NULL)
    {
      g_task_return_boolean (task, TRUE);
    }
  else if (edit->again && !g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT) &&
           !g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_DENIED))
    {
      g_task_return_new_error (task, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN,
                               _ ("The connection broke during the last step, and the server cannot be "
                                  "asked what became of it. Once it answers again, look whether the "
                                  "notes are as you wrote them."));
    }
  else if (g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN))
    {
      /* To do the same once more waits for the old transaction, and finds that it is done or does it. */
      edit->again = TRUE;
      run (task);
    }
  else
    {
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

static void
run (GTask *task)
{
  Edit *edit = g_task_get_task_data (task);

  backstay_db_connection_run_async (edit->connection,
                                    edit_job,
                                    edit,
                                    NULL,
                                    NULL,
                                    BACKSTAY_JOB_MSEC,
                                    edit->again ? NULL : g_task_get_cancellable (task),
                                    edited_cb,
                                    g_object_ref (task));
}

/**
 * backstay_repository_edit_notes_async:
 * @id: a version's uuid
 * @old_notes: (nullable): all of the notes, as they were shown to the user
 * @new_notes: (nullable): what they are to be; %NULL and no text are the same
 * @cancellable: (nullable): cancels it, until it begins to commit
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Replaces the notes of a version, unless they are not as they were shown. An error means that nothing
 * was changed; but %BACKSTAY_DB_ERROR_UNKNOWN, which comes only where the connection broke during the
 * commit and the server could not be asked afterwards.
 */
void
backstay_repository_edit_notes_async (BackstayRepository *self,
                                      const char         *id,
                                      const char         *old_notes,
                                      const char         *new_notes,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  BackstayIdentity *identity;
  Edit             *edit;

  g_return_if_fail (BACKSTAY_IS_REPOSITORY (self));
  g_return_if_fail (id != NULL);

  identity = backstay_repository_get_identity (self);
  edit = g_new0 (Edit, 1);
  edit->connection = g_object_ref (backstay_repository_get_connection (self));
  edit->identity = identity != NULL ? g_object_ref (identity) : NULL;
  edit->id = g_strdup (id);
  edit->old_notes = g_strdup (old_notes != NULL ? old_notes : "");
  edit->new_notes = g_strdup (new_notes != NULL ? new_notes : "");

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_repository_edit_notes_async);
  g_task_set_task_data (task, edit, (GDestroyNotify) edit_free);

  /* A change that was committed is not called cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  run (task);
}

/**
 * backstay_repository_edit_notes_finish:
 * @result: the result
 * @current_notes: (out) (nullable): with %BACKSTAY_DB_ERROR_CONFLICT, the notes that are there now; %NULL
 *   where the version is gone
 * @error: return location for an error
 *
 * Ends what backstay_repository_edit_notes_async() began.
 *
 * Returns: whether the notes are what they were to be
 */
gboolean
backstay_repository_edit_notes_finish (BackstayRepository *self,
                                       GAsyncResult       *result,
                                       char              **current_notes,
                                       GError            **error)
{
  Edit *edit;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (current_notes != NULL, FALSE);

  edit = g_task_get_task_data (G_TASK (result));
  *current_notes = g_strdup (edit->current_notes);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-local-scripts"

#include "config.h"

#include "backstay-local-scripts.h"

#include "backstay-db-connection.h"
#include "backstay-local-server.h"

#include <glib/gi18n-lib.h>

/* The sample data is the most that a script loads: a second or two. */
#define SCRIPT_MILLISECONDS 60000

typedef struct
{
  GPtrArray              *scripts;
  BackstayDbConnection   *connection;
  BackstayLocalStatusFunc status_func;
  gpointer                status_data;
  guint                   n_loaded;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_ptr_array_unref (load->scripts);
  g_object_unref (load->connection);
  g_free (load);
}

/**
 * backstay_local_script_new:
 * @status: what to tell the user while it runs
 * @sql: the statements
 *
 * Returns: (transfer full): the script
 */
BackstayLocalScript *
backstay_local_script_new (const char *status,
                           GBytes     *sql)
{
  BackstayLocalScript *self = g_new0 (BackstayLocalScript, 1);

  self->status = g_strdup (status);
  self->sql = g_bytes_ref (sql);

  return self;
}

/**
 * backstay_local_script_free:
 * @self: a script
 *
 * Frees a script; takes a pointer so that an array can call it.
 */
void
backstay_local_script_free (gpointer self)
{
  BackstayLocalScript *script = self;

  g_free (script->status);
  g_bytes_unref (script->sql);
  g_free (script);
}

/* In the connection's thread. */
static gboolean
run_script_job (BackstayDbSession *session,
                gpointer           data,
                gpointer          *result,
                GError           **error)
{
  return backstay_db_session_run_script (session, data, error);
}

static void run_next_script (GTask *task);

static void
script_run_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Load                *load = g_task_get_task_data (task);
  BackstayLocalScript *script = g_ptr_array_index (load->scripts, load->n_loaded);
  g_autoptr (GError) error = NULL;

  backstay_db_connection_run_finish (BACKSTAY_DB_CONNECTION (object), result, &error);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (error != NULL)
    {
      g_task_return_new_error (task,
                               BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_FAILED,
                               _ ("The local database could not be prepared (%s): %s The step was "
                                  "undone; nothing that was saved is lost."),
                               script->status, error->message);
      return;
    }

  load->n_loaded++;
  run_next_script (task);
}

static void
run_next_script (GTask *task)
{
  Load                *load = g_task_get_task_data (task);
  BackstayLocalScript *script;
  g_autofree char     *sql = NULL;

  if (load->n_loaded == load->scripts->len)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  script = g_ptr_array_index (load->scripts, load->n_loaded);
  sql = g_strndup (g_bytes_get_data (script->sql, NULL), g_bytes_get_size (script->sql));
  load->status_func (script->status, load->status_data);

  backstay_db_connection_run_async (load->connection,
                                    run_script_job,
                                    g_steal_pointer (&sql), g_free, NULL,
                                    SCRIPT_MILLISECONDS,
                                    g_task_get_cancellable (task),
                                    script_run_cb,
                                    g_object_ref (task));
}

/**
 * backstay_local_scripts_load_async:
 * @scripts: (element-type BackstayLocalScript): what to load; must not change meanwhile
 * @config: the server
 * @status_func: is told of each script that begins
 * @status_data: for @status_func; has to stay alive until @callback is called
 * @cancellable: (nullable): ends the loading
 * @callback: called when all are loaded
 * @user_data: for @callback
 *
 * Loads scripts one after the other, up to the first that fails.
 */
void
backstay_local_scripts_load_async (GPtrArray              *scripts,
                                   BackstayDbConfig       *config,
                                   BackstayLocalStatusFunc status_func,
                                   gpointer                status_data,
                                   GCancellable           *cancellable,
                                   GAsyncReadyCallback     callback,
                                   gpointer                user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  g_task_set_source_tag (task, backstay_local_scripts_load_async);

  load->scripts = g_ptr_array_ref (scripts);
  load->connection = backstay_db_connection_new (config);
  load->status_func = status_func;
  load->status_data = status_data;
  g_task_set_task_data (task, load, load_free);

  run_next_script (task);
}

/**
 * backstay_local_scripts_load_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_local_scripts_load_async() began.
 *
 * Returns: whether all scripts are loaded
 */
gboolean
backstay_local_scripts_load_finish (GAsyncResult *result,
                                    GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

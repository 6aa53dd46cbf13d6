/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-local-server"

#include "config.h"

#include "backstay-local-server.h"

#include "backstay-local-keeper.h"
#include "backstay-local-scripts.h"
#include "backstay-local-server-private.h"

#include <glib/gi18n-lib.h>

#define LOGIN "backstay"
#define DATABASE "backstay"

/**
 * BackstayLocalServer:
 *
 * A private PostgreSQL server that lives as long as this object, and never longer than Backstay.
 *
 * A program of its own, the keeper, finds PostgreSQL, makes the cluster, starts the server and
 * stops it. It ends when the pipe from here does, and so also when Backstay is killed. The server
 * has a unix socket that is private to the user, and no network port.
 */
struct _BackstayLocalServer
{
  GObject parent_instance;

  char      *directory; /* %NULL for a throw-away server. */
  GPtrArray *scripts;
  char      *status;

  BackstayLocalKeeper *keeper; /* Non-%NULL until it is known to have ended. */
  BackstayDbConfig    *config;
  GError              *error; /* Why the keeper ends, or was told to. */
  GTask               *start_task;
  GPtrArray           *stop_tasks;
  gboolean             stopping;
};

/* What a start needs beyond the object. */
typedef struct
{
  GSource      *cancelled_source;
  GCancellable *loading; /* Cancelled when the start is over in any way. */
} Start;

enum
{
  PROP_0,
  PROP_STATUS,
  N_PROPS,
};

enum
{
  SIGNAL_LOST,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayLocalServer, backstay_local_server, G_TYPE_OBJECT)

static void
start_free (gpointer data)
{
  Start *start = data;

  if (start->cancelled_source != NULL)
    g_source_destroy (start->cancelled_source);

  g_clear_pointer (&start->cancelled_source, g_source_unref);
  g_clear_object (&start->loading);
  g_free (start);
}

static void
set_status (BackstayLocalServer *self,
            const char          *status)
{
  if (g_strcmp0 (self->status, status) == 0)
    return;

  g_free (self->status);
  self->status = g_strdup (status);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

/* The keeper's end is what a start or a stop then waits for. */
static void
dismiss_keeper (BackstayLocalServer *self)
{
  self->stopping = TRUE;

  if (self->start_task != NULL)
    {
      Start *start = g_task_get_task_data (self->start_task);

      g_cancellable_cancel (start->loading);
    }

  backstay_local_keeper_dismiss (self->keeper);
}

static void
fail (BackstayLocalServer *self,
      GError              *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
}

static void
end_start (BackstayLocalServer *self,
           GTask               *task,
           GError              *error)
{
  g_autoptr (GError) reason = error;

  if (g_task_return_error_if_cancelled (task))
    return;

  if (reason == NULL)
    reason = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The start was stopped."));

  g_task_return_error (task, g_steal_pointer (&reason));
}

static void
keeper_ended_cb (gpointer user_data)
{
  BackstayLocalServer *self = user_data;
  g_autoptr (BackstayLocalServer) guard = g_object_ref (self);
  g_autoptr (GTask) start_task = g_steal_pointer (&self->start_task);
  g_autoptr (GPtrArray) stop_tasks = g_steal_pointer (&self->stop_tasks);
  g_autoptr (GError) error = g_steal_pointer (&self->error);
  gboolean was_asked = self->stopping;

  self->stop_tasks = g_ptr_array_new_with_free_func (g_object_unref);
  self->stopping = FALSE;
  g_clear_pointer (&self->keeper, backstay_local_keeper_free);
  g_clear_object (&self->config);
  set_status (self, NULL);

  if (error == NULL && !was_asked)
    error = g_error_new (BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_FAILED,
                         _ ("The local database's server was ended from outside. What was saved "
                            "before is not lost. Start it again."));

  if (start_task != NULL)
    end_start (self, start_task, g_steal_pointer (&error));
  else if (!was_asked)
    g_signal_emit (self, signals[SIGNAL_LOST], 0, error);

  for (guint i = 0; i < stop_tasks->len; i++)
    g_task_return_boolean (g_ptr_array_index (stop_tasks, i), TRUE);
}

static void
scripts_status_cb (const char *status,
                   gpointer    user_data)
{
  set_status (user_data, status);
}

static void
scripts_loaded_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  BackstayLocalServer *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  gboolean ok = backstay_local_scripts_load_finish (result, &error);

  /* Over already, or about to be: the keeper's end says so. */
  if (self->start_task != task || self->stopping)
    return;

  if (!ok)
    {
      fail (self, g_steal_pointer (&error));
      dismiss_keeper (self);
      return;
    }

  g_clear_object (&self->start_task);
  set_status (self, NULL);
  g_task_return_pointer (task, g_object_ref (self->config), g_object_unref);
}

static void
load_scripts (BackstayLocalServer *self,
              const char          *sockets,
              const char          *port)
{
  Start *start = g_task_get_task_data (self->start_task);

  self->config = backstay_db_config_new_for_socket (sockets,
                                                    (guint16) g_ascii_strtoull (port, NULL, 10),
                                                    LOGIN, DATABASE);

  backstay_local_scripts_load_async (self->scripts,
                                     self->config,
                                     scripts_status_cb,
                                     self,
                                     start->loading,
                                     scripts_loaded_cb,
                                     g_object_ref (self->start_task));
}

static void
keeper_event_cb (BackstayLocalEvent event,
                 const char *const *arguments,
                 gpointer           user_data)
{
  BackstayLocalServer *self = user_data;

  switch (event)
    {
    case BACKSTAY_LOCAL_EVENT_WAITING:
      set_status (self, _ ("Waiting for another Backstay to close the local database…"));
      break;

    case BACKSTAY_LOCAL_EVENT_CREATING:
      set_status (self, _ ("Creating the local database…"));
      break;

    case BACKSTAY_LOCAL_EVENT_STARTING:
      set_status (self, _ ("Starting PostgreSQL…"));
      break;

    case BACKSTAY_LOCAL_EVENT_READY:
      if (self->start_task != NULL && !self->stopping)
        load_scripts (self, arguments[0], arguments[1]);
      break;

    default:
      fail (self, backstay_local_server_error_new (event, arguments));
    }
}

static gboolean
start_cancelled_cb (GCancellable *cancellable,
                    gpointer      user_data)
{
  GTask               *task = user_data;
  BackstayLocalServer *self = g_task_get_source_object (task);

  if (self->start_task == task)
    dismiss_keeper (self);

  return G_SOURCE_REMOVE;
}

static Start *
start_new (GTask *task)
{
  Start        *start = g_new0 (Start, 1);
  GCancellable *cancellable = g_task_get_cancellable (task);

  start->loading = g_cancellable_new ();

  if (cancellable != NULL)
    {
      start->cancelled_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (start->cancelled_source,
                             G_SOURCE_FUNC (start_cancelled_cb), task, NULL);
      g_source_attach (start->cancelled_source, g_task_get_context (task));
    }

  return start;
}

static void
backstay_local_server_dispose (GObject *object)
{
  BackstayLocalServer *self = BACKSTAY_LOCAL_SERVER (object);

  g_clear_pointer (&self->keeper, backstay_local_keeper_free);
  g_clear_object (&self->config);

  G_OBJECT_CLASS (backstay_local_server_parent_class)->dispose (object);
}

static void
backstay_local_server_finalize (GObject *object)
{
  BackstayLocalServer *self = BACKSTAY_LOCAL_SERVER (object);

  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->status, g_free);
  g_clear_pointer (&self->scripts, g_ptr_array_unref);
  g_clear_pointer (&self->stop_tasks, g_ptr_array_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (backstay_local_server_parent_class)->finalize (object);
}

static void
backstay_local_server_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  BackstayLocalServer *self = BACKSTAY_LOCAL_SERVER (object);

  switch (prop_id)
    {
    case PROP_STATUS:
      g_value_set_string (value, self->status);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_local_server_class_init (BackstayLocalServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = backstay_local_server_dispose;
  object_class->finalize = backstay_local_server_finalize;
  object_class->get_property = backstay_local_server_get_property;

  /**
   * BackstayLocalServer:status:
   *
   * What is being done during a start, for the user; %NULL at other times.
   */
  properties[PROP_STATUS] =
    g_param_spec_string ("status", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * BackstayLocalServer::lost:
   * @error: why, in a sentence for the user
   *
   * Emitted when the server ended though nobody stopped it. It can be started again.
   */
  signals[SIGNAL_LOST] =
    g_signal_new ("lost",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
backstay_local_server_init (BackstayLocalServer *self)
{
  self->scripts = g_ptr_array_new_with_free_func (backstay_local_script_free);
  self->stop_tasks = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * backstay_local_server_new:
 * @directory: the folder of the local database
 *
 * Makes a server whose data lasts. The folder is made with the first start.
 *
 * Where root runs Backstay and PostgreSQL's user cannot use the folder, a folder below
 * `/var/lib/backstay` takes its place.
 *
 * Returns: (transfer full): the server, not started
 */
BackstayLocalServer *
backstay_local_server_new (const char *directory)
{
  BackstayLocalServer *self;

  g_return_val_if_fail (directory != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_LOCAL_SERVER, NULL);
  self->directory = g_canonicalize_filename (directory, NULL);

  return self;
}

/**
 * backstay_local_server_new_throw_away:
 *
 * Makes a server with an empty database in a temporary folder, which is removed at its end. It is
 * fast and trades away that the data would survive a crash.
 *
 * Returns: (transfer full): the server, not started
 */
BackstayLocalServer *
backstay_local_server_new_throw_away (void)
{
  return g_object_new (BACKSTAY_TYPE_LOCAL_SERVER, NULL);
}

/**
 * backstay_local_server_dup_default_directory:
 *
 * Returns: (transfer full): the folder for the user's own local database
 */
char *
backstay_local_server_dup_default_directory (void)
{
  return g_build_filename (g_get_user_data_dir (), "backstay", "local", NULL);
}

/**
 * backstay_local_server_add_script:
 * @status: what to tell the user while it runs: “Loading the sample data…”
 * @sql: the statements
 *
 * Adds what every start runs, in the order of adding, before the server counts as started. So it
 * has to leave alone what is there already. Not to be called while the server runs.
 */
void
backstay_local_server_add_script (BackstayLocalServer *self,
                                  const char          *status,
                                  GBytes              *sql)
{
  g_return_if_fail (BACKSTAY_IS_LOCAL_SERVER (self));
  g_return_if_fail (self->keeper == NULL);
  g_return_if_fail (status != NULL && sql != NULL);

  g_ptr_array_add (self->scripts, backstay_local_script_new (status, sql));
}

/**
 * backstay_local_server_get_status:
 *
 * Returns: (nullable) (transfer none): what is being done during a start, for the user
 */
const char *
backstay_local_server_get_status (BackstayLocalServer *self)
{
  g_return_val_if_fail (BACKSTAY_IS_LOCAL_SERVER (self), NULL);

  return self->status;
}

/**
 * backstay_local_server_start_async:
 * @cancellable: (nullable): ends the start; the callback is called when nothing runs any more
 * @callback: called when the server is ready, or there is none
 * @user_data: for @callback
 *
 * Makes the cluster where there is none, starts the server and loads the scripts.
 *
 * The server then runs until it is stopped or the last reference is gone.
 */
void
backstay_local_server_start_async (BackstayLocalServer *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (BACKSTAY_IS_LOCAL_SERVER (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_local_server_start_async);

  if (g_task_return_error_if_cancelled (task))
    return;

  /* A cancellation that comes too late must not hide that the server runs. */
  g_task_set_check_cancellable (task, FALSE);

  if (self->keeper != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING,
                               _ ("The local database's server is running already."));
      return;
    }

  self->keeper = backstay_local_keeper_new (self->directory, keeper_event_cb, keeper_ended_cb, self,
                                            &error);

  if (self->keeper == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_task_set_task_data (task, start_new (task), start_free);
  self->start_task = g_steal_pointer (&task);
}

/**
 * backstay_local_server_start_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_local_server_start_async() began.
 *
 * Returns: (transfer full): where to connect to, %NULL on failure
 */
BackstayDbConfig *
backstay_local_server_start_finish (BackstayLocalServer *self,
                                    GAsyncResult        *result,
                                    GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * backstay_local_server_stop_async:
 * @cancellable: (nullable): ends the waiting, but not the stop
 * @callback: called when the server has ended
 * @user_data: for @callback
 *
 * Stops the server in order, or ends a start that is under way.
 */
void
backstay_local_server_stop_async (BackstayLocalServer *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BACKSTAY_IS_LOCAL_SERVER (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_local_server_stop_async);

  if (self->keeper == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_ptr_array_add (self->stop_tasks, g_steal_pointer (&task));
  dismiss_keeper (self);
}

/**
 * backstay_local_server_stop_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_local_server_stop_async() began.
 *
 * Returns: whether the server has ended; %FALSE only when the waiting was cancelled
 */
gboolean
backstay_local_server_stop_finish (BackstayLocalServer *self,
                                   GAsyncResult        *result,
                                   GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

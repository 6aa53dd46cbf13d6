/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-db-connection"

#include "config.h"

#include "backstay-db-connection.h"

#include "backstay-db-worker.h"

/**
 * BackstayDbConnection:
 *
 * An asynchronous connection to a PostgreSQL server.
 *
 * A thread of its own does everything that libpq does, so that neither a slow name server nor a
 * silent peer can hold the main loop. It connects when the first job comes, and again when a job
 * comes after the connection was lost; it never repeats a job.
 */
struct _BackstayDbConnection
{
  GObject parent_instance;

  BackstayDbConfig *config;
  BackstayDbWorker *worker;
  BackstayDbState   state;
};

enum
{
  PROP_0,
  PROP_STATE,
  N_PROPS,
};

enum
{
  SIGNAL_NOTIFIED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayDbConnection, backstay_db_connection, G_TYPE_OBJECT)

/* What the worker's thread needs to tell the connection something: it must not keep it alive. An
 * atomic reference-counted box. */
typedef struct
{
  GWeakRef      connection;
  GMainContext *context;
} Listener;

/* On its way from the worker's thread. */
typedef struct
{
  Listener       *listener;
  BackstayDbState state;   /* If there is no channel. */
  char           *channel; /* (nullable) */
} Message;

static Listener *
listener_new (BackstayDbConnection *self)
{
  Listener *listener = g_atomic_rc_box_new0 (Listener);

  g_weak_ref_init (&listener->connection, self);
  listener->context = g_main_context_ref_thread_default ();

  return listener;
}

static void
listener_clear (gpointer data)
{
  Listener *listener = data;

  g_weak_ref_clear (&listener->connection);
  g_main_context_unref (listener->context);
}

static void
listener_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, listener_clear);
}

static void
message_free (gpointer data)
{
  Message *message = data;

  listener_unref (message->listener);
  g_free (message->channel);
  g_free (message);
}

static gboolean
message_cb (gpointer data)
{
  Message *message = data;
  g_autoptr (BackstayDbConnection) self = g_weak_ref_get (&message->listener->connection);

  if (self != NULL && message->channel != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_NOTIFIED], 0, message->channel);
    }
  else if (self != NULL && self->state != message->state)
    {
      self->state = message->state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }

  return G_SOURCE_REMOVE;
}

/* In the worker's thread, where the connection itself is not to be touched. */
static void
send_message (Listener       *listener,
              BackstayDbState state,
              const char     *channel)
{
  Message *message = g_new0 (Message, 1);
  g_autoptr (GSource) source = NULL;

  message->listener = g_atomic_rc_box_acquire (listener);
  message->state = state;
  message->channel = g_strdup (channel);

  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, message_cb, message, message_free);
  g_source_attach (source, listener->context);
}

static void
worker_state_changed_cb (BackstayDbState state,
                         gpointer        user_data)
{
  send_message (user_data, state, NULL);
}

static void
worker_notified_cb (const char *channel,
                    gpointer    user_data)
{
  send_message (user_data, BACKSTAY_DB_STATE_IDLE, channel);
}

static const BackstayDbWorkerListener worker_listener = {
  worker_state_changed_cb,
  worker_notified_cb,
};

static void
backstay_db_connection_dispose (GObject *object)
{
  BackstayDbConnection *self = BACKSTAY_DB_CONNECTION (object);

  g_clear_pointer (&self->worker, backstay_db_worker_stop);
  g_clear_object (&self->config);

  G_OBJECT_CLASS (backstay_db_connection_parent_class)->dispose (object);
}

static void
backstay_db_connection_get_property (GObject    *object,
                                     guint       prop_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  BackstayDbConnection *self = BACKSTAY_DB_CONNECTION (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_db_connection_class_init (BackstayDbConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = backstay_db_connection_dispose;
  object_class->get_property = backstay_db_connection_get_property;

  /**
   * BackstayDbConnection:state:
   *
   * A [enum@DbState], as it was last seen.
   */
  properties[PROP_STATE] =
    g_param_spec_int ("state", NULL, NULL,
                      BACKSTAY_DB_STATE_IDLE, BACKSTAY_DB_STATE_LOST, BACKSTAY_DB_STATE_IDLE,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * BackstayDbConnection::notified:
   * @channel: the channel
   *
   * Emitted when the server sent notifications for a channel that a job listens to. Many of them
   * may be told as one.
   */
  signals[SIGNAL_NOTIFIED] =
    g_signal_new ("notified",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
backstay_db_connection_init (BackstayDbConnection *self)
{
}

/**
 * backstay_db_connection_new:
 * @config: where to connect to
 *
 * Makes a connection that connects when it is first used.
 *
 * Returns: (transfer full): the connection
 */
BackstayDbConnection *
backstay_db_connection_new (BackstayDbConfig *config)
{
  BackstayDbConnection *self;

  g_return_val_if_fail (BACKSTAY_IS_DB_CONFIG (config), NULL);

  self = g_object_new (BACKSTAY_TYPE_DB_CONNECTION, NULL);
  self->config = g_object_ref (config);
  self->worker = backstay_db_worker_new (config, &worker_listener, listener_new (self), listener_unref);

  return self;
}

/**
 * backstay_db_connection_get_config:
 *
 * Returns: (transfer none): where it connects to
 */
BackstayDbConfig *
backstay_db_connection_get_config (BackstayDbConnection *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DB_CONNECTION (self), NULL);

  return self->config;
}

/**
 * backstay_db_connection_get_state:
 *
 * Returns: the connection's state, as it was last seen
 */
BackstayDbState
backstay_db_connection_get_state (BackstayDbConnection *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DB_CONNECTION (self), BACKSTAY_DB_STATE_IDLE);

  return self->state;
}

/**
 * backstay_db_connection_get_received:
 *
 * Tells how far a long answer is. Of how much there will be, the server says nothing.
 *
 * Returns: how many bytes have come for the job that runs, as they are on the wire; 0 on a Unix socket
 */
gsize
backstay_db_connection_get_received (BackstayDbConnection *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DB_CONNECTION (self), 0);

  return backstay_db_worker_get_received (self->worker);
}

/**
 * backstay_db_connection_run_async:
 * @func: what to do, in the connection's thread
 * @data: (transfer full): handed to @func
 * @data_free: (nullable): frees @data
 * @result_free: (nullable): frees a result that nobody takes
 * @milliseconds: how long it may take, waiting and connecting included
 * @cancellable: (nullable): cancels it at any moment, on the server too
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Queues a job. Jobs run one after another, in the order in which they came.
 *
 * A job that has begun to commit is not cancelled any more: it ends with what became of it.
 */
void
backstay_db_connection_run_async (BackstayDbConnection *self,
                                  BackstayDbJobFunc     func,
                                  gpointer              data,
                                  GDestroyNotify        data_free,
                                  GDestroyNotify        result_free,
                                  guint                 milliseconds,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BACKSTAY_IS_DB_CONNECTION (self));
  g_return_if_fail (func != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_db_connection_run_async);

  /* What a job says is true: a commit that succeeded is not called cancelled. */
  g_task_set_check_cancellable (task, FALSE);

  backstay_db_worker_push (self->worker, task, func, data, data_free, result_free, milliseconds);
}

/**
 * backstay_db_connection_run_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_db_connection_run_async() began.
 *
 * Returns: (transfer full) (nullable): the job's result, or %NULL with an error
 */
gpointer
backstay_db_connection_run_finish (BackstayDbConnection *self,
                                   GAsyncResult         *result,
                                   GError              **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

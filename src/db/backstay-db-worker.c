/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-db-worker"

#include "config.h"

#include "backstay-db-worker.h"

#include "backstay-db-session-private.h"

#include <glib/gi18n-lib.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define LATE_MSEC 500

/* One thread owns one connection. Jobs go in through a queue; a job's answer goes out through its
 * task. The thread holds the worker alive, so the owner never waits for it: a name server that
 * does not answer may keep it busy for a while after everybody has gone. */
struct _BackstayDbWorker
{
  gatomicrefcount                 ref_count;
  BackstayDbConfig               *config;
  const BackstayDbWorkerListener *listener;
  gpointer                        user_data;
  GDestroyNotify                  user_data_free;
  int                             wake_fd;
  gsize                           received; /* By the job that runs. Atomic. */

  GMutex   mutex; /* For what follows, and for each job's stage. */
  GQueue   queue;
  gboolean stopped;
};

typedef enum
{
  STAGE_QUEUED,
  STAGE_CONNECTING,
  STAGE_RUNNING,
  STAGE_DONE,
} Stage;

typedef struct
{
  gatomicrefcount   ref_count;
  BackstayDbWorker *worker;
  GTask            *task;
  BackstayDbJobFunc func;
  gpointer          data;
  GDestroyNotify    data_free;
  GDestroyNotify    result_free;
  gpointer          result; /* What it gave, until it is answered. */
  GError           *error;
  gint64            deadline; /* In microseconds of the monotonic clock. */
  Stage             stage;
  int               abandoned; /* Atomic. */
  gulong            cancelled_id;
  GSource          *timeout;
} Job;

static void
worker_unref (BackstayDbWorker *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_assert (g_queue_is_empty (&self->queue));

  if (self->user_data_free != NULL)
    self->user_data_free (self->user_data);

  g_object_unref (self->config);
  g_mutex_clear (&self->mutex);
  close (self->wake_fd);
  g_free (self);
}

static void
wake (BackstayDbWorker *self)
{
  const guint64 one = 1;

  /* Fails only when it is full, and then the worker wakes anyway. */
  if (write (self->wake_fd, &one, sizeof one) < 0)
    g_debug ("The worker is awake already");
}

static Job *
job_ref (Job *job)
{
  g_atomic_ref_count_inc (&job->ref_count);

  return job;
}

static void
job_unref (gpointer data)
{
  Job *job = data;

  if (!g_atomic_ref_count_dec (&job->ref_count))
    return;

  if (job->data_free != NULL)
    job->data_free (job->data);

  g_object_unref (job->task);
  worker_unref (job->worker);
  g_free (job);
}

static gboolean
job_set_stage (Job  *job,
               Stage stage)
{
  gboolean was_done;

  g_mutex_lock (&job->worker->mutex);
  was_done = job->stage == STAGE_DONE;
  if (!was_done)
    job->stage = stage;
  g_mutex_unlock (&job->worker->mutex);

  return !was_done;
}

/* What would call into the job again. Not to be called from the cancellable's own handler. */
static void
job_detach (Job *job)
{
  g_cancellable_disconnect (g_task_get_cancellable (job->task), job->cancelled_id);
  job->cancelled_id = 0;
  g_source_destroy (job->timeout);
  g_clear_pointer (&job->timeout, g_source_unref);
}

/* Ends a job that the worker has not begun to run: nothing was sent to the server for it, so the
 * answer need not wait until the worker, which may hang in a name server, comes around to it. */
static void
job_abandon (Job    *job,
             GError *error)
{
  BackstayDbWorker *worker = job->worker;
  gboolean          is_ours;
  gboolean          was_queued;

  g_mutex_lock (&worker->mutex);
  is_ours = job->stage == STAGE_QUEUED || job->stage == STAGE_CONNECTING;
  was_queued = job->stage == STAGE_QUEUED && g_queue_remove (&worker->queue, job);
  if (is_ours)
    job->stage = STAGE_DONE;
  g_mutex_unlock (&worker->mutex);

  if (!is_ours)
    {
      g_error_free (error);
      return;
    }

  g_atomic_int_set (&job->abandoned, TRUE);
  wake (worker);
  job_detach (job);
  g_task_return_error (job->task, error);

  if (was_queued)
    job_unref (job);
}

static gboolean
job_cancelled_idle_cb (gpointer data)
{
  Job *job = data;

  job_abandon (job, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled")));

  return G_SOURCE_REMOVE;
}

static gboolean
job_timeout_cb (gpointer data)
{
  Job *job = data;

  job_abandon (job, g_error_new_literal (BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_TIMEOUT,
                                         _ ("The server did not answer in time.")));

  return G_SOURCE_REMOVE;
}

/* Runs inside of g_cancellable_cancel(), in any thread: there the task must not be answered, lest
 * the caller's callback runs before its call to cancel has come back. */
static void
cancelled_cb (GCancellable *cancellable,
              gpointer      data)
{
  Job *job = data;
  g_autoptr (GSource) idle = g_idle_source_new ();

  g_source_set_priority (idle, g_task_get_priority (job->task));
  g_source_set_callback (idle, job_cancelled_idle_cb, job_ref (job), job_unref);
  g_source_attach (idle, g_task_get_context (job->task));
  wake (job->worker);
}

static gboolean
job_answer_cb (gpointer data)
{
  Job *job = data;

  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->result_free);

  return G_SOURCE_REMOVE;
}

static gboolean
job_drop_cb (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* Takes the job to where its task belongs. The task can hold the last reference to the connection
 * and to much else, which must not be let go in the worker's thread. */
static void
job_leave_worker (Job        *job,
                  GSourceFunc func)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, func, job, job_unref);
  g_source_attach (source, g_task_get_context (job->task));
}

/* Takes the job. Gives whether it was tried in earnest: what somebody gave up says nothing about
 * the server. */
static gboolean
job_run (Job               *job,
         BackstayDbSession *session)
{
  gboolean was_given_up;

  backstay_db_session_begin_job (session,
                                 g_task_get_cancellable (job->task),
                                 &job->abandoned,
                                 job->deadline);

  if (backstay_db_session_open (session, &job->error) && job_set_stage (job, STAGE_RUNNING))
    {
      g_assert (job->error == NULL);
      job->func (session, job->data, &job->result, &job->error);
    }

  backstay_db_session_end_job (session);

  /* Somebody else has answered already, while the connection was being made. */
  if (!job_set_stage (job, STAGE_DONE))
    {
      g_clear_error (&job->error);
      job_leave_worker (job, job_drop_cb);
      return FALSE;
    }

  was_given_up = g_error_matches (job->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  job_detach (job);
  job_leave_worker (job, job_answer_cb);

  return !was_given_up;
}

static Job *
take_job (BackstayDbWorker *self,
          gboolean         *stopped)
{
  Job *job;

  g_mutex_lock (&self->mutex);
  *stopped = self->stopped;
  job = g_queue_pop_head (&self->queue);
  if (job != NULL)
    job->stage = STAGE_CONNECTING;
  g_mutex_unlock (&self->mutex);

  return job;
}

static void
report_state (BackstayDbWorker *self,
              BackstayDbState  *reported,
              BackstayDbState   state)
{
  if (*reported == state)
    return;

  *reported = state;
  self->listener->state_changed (state, self->user_data);
}

/* Many that come at once from one channel are told once. */
static void
report_notifications (BackstayDbWorker  *self,
                      BackstayDbSession *session)
{
  g_autofree char *last = NULL;
  char            *channel;

  while (backstay_db_session_take_notification (session, &channel))
    {
      if (g_strcmp0 (channel, last) != 0)
        self->listener->notified (channel, self->user_data);

      g_free (last);
      last = channel;
    }
}

/* Sleeps until there is something to do. A server that closes the line is noticed here. */
static void
wait_for_work (BackstayDbWorker  *self,
               BackstayDbSession *session)
{
  struct pollfd fds[] = {
    { self->wake_fd, POLLIN, 0 },
    { backstay_db_session_get_fd (session), POLLIN, 0 },
  };

  if (poll (fds, G_N_ELEMENTS (fds), -1) <= 0)
    return;

  if (fds[0].revents != 0)
    {
      guint64 count;

      if (read (self->wake_fd, &count, sizeof count) < 0)
        g_debug ("Woken twice for one reason");
    }

  if (fds[1].revents != 0)
    backstay_db_session_check_alive (session);
}

static gpointer
worker_thread (gpointer data)
{
  BackstayDbWorker *self = data;
  g_autoptr (BackstayDbSession) session = backstay_db_session_new (self->config, self->wake_fd, &self->received);
  BackstayDbState reported = BACKSTAY_DB_STATE_IDLE;

  for (;;)
    {
      gboolean stopped;
      Job     *job = take_job (self, &stopped);
      gboolean was_tried = FALSE;

      if (job != NULL)
        was_tried = job_run (job, session);
      else if (stopped)
        break;
      else
        wait_for_work (self, session);

      report_notifications (self, session);

      if (backstay_db_session_is_open (session))
        report_state (self, &reported, BACKSTAY_DB_STATE_CONNECTED);
      else if (was_tried || reported == BACKSTAY_DB_STATE_CONNECTED)
        report_state (self, &reported, BACKSTAY_DB_STATE_LOST);
    }

  g_clear_pointer (&session, backstay_db_session_free);
  worker_unref (self);

  return NULL;
}

/* Starts the thread. It ends after backstay_db_worker_stop(). */
BackstayDbWorker *
backstay_db_worker_new (BackstayDbConfig               *config,
                        const BackstayDbWorkerListener *listener,
                        gpointer                        user_data,
                        GDestroyNotify                  user_data_free)
{
  BackstayDbWorker *self = g_new0 (BackstayDbWorker, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->config = g_object_ref (config);
  self->listener = listener;
  self->user_data = user_data;
  self->user_data_free = user_data_free;
  self->wake_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  g_assert (self->wake_fd >= 0);
  g_mutex_init (&self->mutex);
  g_queue_init (&self->queue);

  g_atomic_ref_count_inc (&self->ref_count);
  g_thread_unref (g_thread_new ("backstay-db", worker_thread, self));

  return self;
}

/* Ends the worker without waiting for it. */
void
backstay_db_worker_stop (BackstayDbWorker *self)
{
  g_mutex_lock (&self->mutex);
  self->stopped = TRUE;
  g_mutex_unlock (&self->mutex);

  wake (self);
  worker_unref (self);
}

/* How many bytes of the server's answer to the job that runs have come. */
gsize
backstay_db_worker_get_received (BackstayDbWorker *self)
{
  return (gsize) g_atomic_pointer_get (&self->received);
}

/* Takes a reference to @task, and answers it in any case. */
void
backstay_db_worker_push (BackstayDbWorker *self,
                         GTask            *task,
                         BackstayDbJobFunc func,
                         gpointer          data,
                         GDestroyNotify    data_free,
                         GDestroyNotify    result_free,
                         guint             milliseconds)
{
  Job          *job = g_new0 (Job, 1);
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_atomic_ref_count_init (&job->ref_count);
  g_atomic_ref_count_inc (&self->ref_count);
  job->worker = self;
  job->task = g_object_ref (task);
  job->func = func;
  job->data = data;
  job->data_free = data_free;
  job->result_free = result_free;
  job->deadline = g_get_monotonic_time () + milliseconds * G_GINT64_CONSTANT (1000);

  /* The worker itself keeps the deadline, and knows better what was late; this is for when it hangs
   * in libpq, or is busy with another job. */
  job->timeout = g_timeout_source_new (milliseconds + LATE_MSEC);
  g_source_set_callback (job->timeout, job_timeout_cb, job_ref (job), job_unref);
  g_source_attach (job->timeout, g_task_get_context (task));

  if (cancellable != NULL)
    job->cancelled_id = g_cancellable_connect (cancellable,
                                               G_CALLBACK (cancelled_cb),
                                               job_ref (job),
                                               job_unref);

  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->queue, job);
  g_mutex_unlock (&self->mutex);

  wake (self);
}

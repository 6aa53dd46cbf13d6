/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-local-keeper"

#include "config.h"

#include "backstay-local-keeper.h"

#include "backstay-local-server.h"

#include <glib/gi18n-lib.h>

#define PROGRAM "backstay-local-server-keeper"

struct _BackstayLocalKeeper
{
  GSubprocess      *process;
  GDataInputStream *events;
  GCancellable     *freed; /* Whoever finds it cancelled must not touch the rest. */

  BackstayLocalKeeperFunc      event_func;
  BackstayLocalKeeperEndedFunc ended_func;
  gpointer                     user_data;
};

static void read_event (BackstayLocalKeeper *self);

/* The build folder has the keeper beside the program, as "db/…"; an installation in libexec. */
static char *
dup_path (void)
{
  const char      *override = g_getenv ("BACKSTAY_LOCAL_SERVER_KEEPER");
  g_autofree char *program = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  if (override != NULL && override[0] != '\0')
    return g_strdup (override);

  if ((program = g_file_read_link ("/proc/self/exe", NULL)) != NULL)
    {
      folder = g_path_get_dirname (program);
      path = g_build_filename (folder, "db", PROGRAM, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }

  return g_build_filename (BACKSTAY_LIBEXECDIR, PROGRAM, NULL);
}

static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  BackstayLocalKeeper *self = user_data; /* Dangling if cancelled. */

  if (g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL))
    self->ended_func (self->user_data);
}

static void
handle_line (BackstayLocalKeeper *self,
             const char          *line)
{
  BackstayLocalEvent event;
  g_auto (GStrv) arguments = NULL;

  if (backstay_local_event_parse (line, &event, &arguments))
    self->event_func (event, (const char *const *) arguments, self->user_data);
  else
    g_debug ("The keeper said: %s", line);
}

static void
event_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  BackstayLocalKeeper *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GCancellable) freed = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;

  line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (object), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (line == NULL)
    {
      g_subprocess_wait_async (self->process, self->freed, ended_cb, self);
      return;
    }

  freed = g_object_ref (self->freed);
  handle_line (self, line);

  if (!g_cancellable_is_cancelled (freed))
    read_event (self);
}

static void
read_event (BackstayLocalKeeper *self)
{
  g_data_input_stream_read_line_async (self->events,
                                       G_PRIORITY_DEFAULT,
                                       self->freed,
                                       event_read_cb,
                                       self);
}

/**
 * backstay_local_keeper_new:
 * @directory: (nullable): the folder of the local database, %NULL for one that is thrown away
 * @event_func: is told what the keeper reports
 * @ended_func: is told when it has ended; may free the keeper, as may @event_func
 * @user_data: for both
 * @error: return location for an error
 *
 * Starts the keeper.
 *
 * Returns: (transfer full): the keeper, %NULL if it could not be started
 */
BackstayLocalKeeper *
backstay_local_keeper_new (const char                  *directory,
                           BackstayLocalKeeperFunc      event_func,
                           BackstayLocalKeeperEndedFunc ended_func,
                           gpointer                     user_data,
                           GError                     **error)
{
  g_autofree char *path = dup_path ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) reason = NULL;
  BackstayLocalKeeper *self;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                              &reason,
                              path, directory != NULL ? directory : "--throw-away", NULL);

  if (process == NULL)
    {
      g_set_error (error, BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_FAILED,
                   _ ("A part of Backstay, “%s”, could not be started: %s. Nothing was changed. "
                      "Backstay is not installed completely; install it again."),
                   path, reason->message);
      return NULL;
    }

  self = g_new0 (BackstayLocalKeeper, 1);
  self->events = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  self->process = g_steal_pointer (&process);
  self->freed = g_cancellable_new ();
  self->event_func = event_func;
  self->ended_func = ended_func;
  self->user_data = user_data;

  read_event (self);

  return self;
}

/**
 * backstay_local_keeper_dismiss:
 *
 * Lets the keeper stop the server and end. Can be called again.
 */
void
backstay_local_keeper_dismiss (BackstayLocalKeeper *self)
{
  g_return_if_fail (self != NULL);

  /* Closing the pipe is all it takes; that cannot block. */
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
}

/**
 * backstay_local_keeper_free:
 *
 * Dismisses the keeper, and hears no more of it.
 */
void
backstay_local_keeper_free (BackstayLocalKeeper *self)
{
  g_return_if_fail (self != NULL);

  backstay_local_keeper_dismiss (self);
  g_cancellable_cancel (self->freed);

  g_clear_object (&self->process);
  g_clear_object (&self->events);
  g_clear_object (&self->freed);
  g_free (self);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-local-event"

#include "config.h"

#include "backstay-local-event.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* An event's first word, and how many arguments follow it. */
static const struct
{
  const char *word;
  guint       n_arguments;
} events[] = {
  [BACKSTAY_LOCAL_EVENT_WAITING] = { "waiting", 0 },
  [BACKSTAY_LOCAL_EVENT_CREATING] = { "creating", 0 },
  [BACKSTAY_LOCAL_EVENT_STARTING] = { "starting", 0 },
  [BACKSTAY_LOCAL_EVENT_READY] = { "ready", 2 },
  [BACKSTAY_LOCAL_EVENT_NO_USER] = { "no-user", 0 },
  [BACKSTAY_LOCAL_EVENT_NO_ACCESS] = { "no-access", 2 },
  [BACKSTAY_LOCAL_EVENT_NO_SPACE] = { "no-space", 1 },
  [BACKSTAY_LOCAL_EVENT_IN_USE] = { "in-use", 1 },
  [BACKSTAY_LOCAL_EVENT_NOT_FOUND] = { "not-found", 0 },
  [BACKSTAY_LOCAL_EVENT_TOO_OLD] = { "too-old", 2 },
  [BACKSTAY_LOCAL_EVENT_OTHER_VERSION] = { "other-version", 3 },
  [BACKSTAY_LOCAL_EVENT_NOT_A_CLUSTER] = { "not-a-cluster", 1 },
  [BACKSTAY_LOCAL_EVENT_NOT_CREATED] = { "not-created", 2 },
  [BACKSTAY_LOCAL_EVENT_NOT_STARTED] = { "not-started", 2 },
  [BACKSTAY_LOCAL_EVENT_TIMED_OUT] = { "timed-out", 1 },
  [BACKSTAY_LOCAL_EVENT_LOST] = { "lost", 2 },
};

/* One write, so that a line is never seen in part; a reader that is gone is noticed elsewhere. */
static void
write_line (const char *line)
{
  ssize_t n_written;

  do
    n_written = write (STDOUT_FILENO, line, strlen (line));
  while (n_written < 0 && errno == EINTR);
}

/**
 * backstay_local_event_report:
 * @event: what happened
 * @...: its arguments: strings, then %NULL
 *
 * Tells Backstay what happened. Called by the keeper.
 *
 * Returns: %FALSE, so that a function that fails can return it
 */
gboolean
backstay_local_event_report (BackstayLocalEvent event,
                             ...)
{
  g_autoptr (GString) line = g_string_new (events[event].word);
  const char *argument;
  va_list     arguments;

  va_start (arguments, event);

  while ((argument = va_arg (arguments, const char *)) != NULL)
    {
      /* Escaping keeps tabs and line breaks, which a path may hold, out of the line. */
      g_autofree char *escaped = g_strescape (argument, NULL);

      g_string_append_c (line, '\t');
      g_string_append (line, escaped);
    }

  va_end (arguments);

  g_string_append_c (line, '\n');
  write_line (line->str);

  return FALSE;
}

/**
 * backstay_local_event_report_path:
 * @path: a folder or a file
 * @error_number: why it cannot be used, as in `errno`
 *
 * Tells Backstay that a path cannot be used. Called by the keeper.
 *
 * Returns: %FALSE, so that a function that fails can return it
 */
gboolean
backstay_local_event_report_path (const char *path,
                                  int         error_number)
{
  g_autofree char *number = g_strdup_printf ("%d", error_number);

  if (error_number == ENOSPC || error_number == EDQUOT)
    return backstay_local_event_report (BACKSTAY_LOCAL_EVENT_NO_SPACE, path, NULL);

  return backstay_local_event_report (BACKSTAY_LOCAL_EVENT_NO_ACCESS, path, number, NULL);
}

/**
 * backstay_local_event_parse:
 * @line: a line from the keeper, without its end
 * @event: (out): what happened
 * @arguments: (out) (transfer full): as many strings as the event has arguments
 *
 * Reads what the keeper reported.
 *
 * Returns: whether the line is an event
 */
gboolean
backstay_local_event_parse (const char         *line,
                            BackstayLocalEvent *event,
                            GStrv              *arguments)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n_fields = g_strv_length (fields);
  guint i;

  for (i = 0; i < G_N_ELEMENTS (events); i++)
    {
      if (n_fields == events[i].n_arguments + 1 && strcmp (fields[0], events[i].word) == 0)
        break;
    }

  if (i == G_N_ELEMENTS (events))
    return FALSE;

  for (guint j = 1; j < n_fields; j++)
    {
      g_autofree char *argument = g_strcompress (fields[j]);

      g_strv_builder_add (builder, argument);
    }

  *event = i;
  *arguments = g_strv_builder_end (builder);

  return TRUE;
}

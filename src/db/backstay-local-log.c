/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-local-log"

#include "config.h"

#include "backstay-local-log.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

/* How PostgreSQL's programs mark what made them give up. They run in the C locale. */
static const char *const marks[] = { "PANIC:  ", "FATAL:  ", "error: " };

/**
 * backstay_local_log_open:
 * @path: the log's path
 *
 * Starts a new log. The one before is kept under another name: it may tell of a crash.
 *
 * Returns: a file descriptor, -1 on failure with `errno` set
 */
int
backstay_local_log_open (const char *path)
{
  g_autofree char *old_path = g_strconcat (path, ".old", NULL);

  rename (path, old_path);

  return open (path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
}

/**
 * backstay_local_log_read:
 * @path: the log's path
 *
 * Returns: (transfer full): all that is in the log, empty where it cannot be read
 */
char *
backstay_local_log_read (const char *path)
{
  g_autofree char *text = NULL;
  gsize            length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return g_strdup ("");

  return g_utf8_make_valid (text, length);
}

static const char *
find_reason (const char *line)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *mark = strstr (line, marks[i]);

      if (mark != NULL)
        return mark + strlen (marks[i]);
    }

  return NULL;
}

/**
 * backstay_local_log_dup_reason:
 * @text: what one of PostgreSQL's programs printed
 *
 * Finds what the program said of its end: the last line that has a mark of failure, else the last
 * line that is not about the server's ordinary doings.
 *
 * Returns: (transfer full): one line, which can be empty
 */
char *
backstay_local_log_dup_reason (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  const char *last_line = "";
  const char *reason = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *found = find_reason (lines[i]);

      if (found != NULL)
        reason = found;

      if (lines[i][0] != '\0' && strstr (lines[i], "LOG:  ") == NULL)
        last_line = lines[i];
    }

  return g_strdup (reason != NULL ? reason : last_line);
}

/**
 * backstay_local_log_tells_of_no_space:
 * @text: what one of PostgreSQL's programs printed
 *
 * Returns: whether it failed because the disk, or the user's share of it, is full
 */
gboolean
backstay_local_log_tells_of_no_space (const char *text)
{
  return strstr (text, "No space left on device") != NULL ||
         strstr (text, "Disk quota exceeded") != NULL;
}

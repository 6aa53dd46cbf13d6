/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-input"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backstay-diff-input.h"

#include "backstay-json-like.h"

#define CHUNK_SIZE (64 * 1024)

/* How often somebody who waits for input is asked whether to go on. */
#define POLL_MSEC 50

static void
set_error_from_errno (GError **error,
                      int      saved_errno)
{
  g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno),
                       g_strerror (saved_errno));
}

/* Whether to go on. */
static gboolean
report (BackstayJsonProgressFunc progress,
        gpointer                 user_data,
        gsize                    n_done,
        gsize                    n_total,
        GError                 **error)
{
  if (progress == NULL || progress (n_done, n_total, user_data))
    return TRUE;

  g_set_error_literal (error, BACKSTAY_JSON_ERROR, BACKSTAY_JSON_ERROR_CANCELLED,
                       _ ("Reading was stopped"));

  return FALSE;
}

/* Waits until there is something to read, or nothing to come, and asks meanwhile whether to go on. */
static gboolean
wait_for_input (int                      fd,
                BackstayJsonProgressFunc progress,
                gpointer                 user_data,
                gsize                    n_done,
                gsize                    n_total,
                GError                 **error)
{
  struct pollfd pollfd = { fd, POLLIN, 0 };

  do
    {
      if (!report (progress, user_data, n_done, n_total, error))
        return FALSE;
    }
  while (progress != NULL && poll (&pollfd, 1, POLL_MSEC) == 0);

  return TRUE;
}

static gssize
read_chunk (int     fd,
            guint8 *chunk)
{
  gssize n_read;

  do
    n_read = read (fd, chunk, CHUNK_SIZE);
  while (n_read < 0 && errno == EINTR);

  return n_read;
}

/* Reads to the end, or to where it is too large for any document. */
static GBytes *
read_stream (int                      fd,
             gsize                    expected,
             BackstayJsonProgressFunc progress,
             gpointer                 user_data,
             GError                 **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new ((guint) MIN (expected, BACKSTAY_JSON_MAX_SIZE) + CHUNK_SIZE);

  while (bytes->len <= BACKSTAY_JSON_MAX_SIZE)
    {
      guint  length = bytes->len;
      gssize n_read;

      if (!wait_for_input (fd, progress, user_data, length, expected, error))
        return NULL;

      g_byte_array_set_size (bytes, length + CHUNK_SIZE);
      n_read = read_chunk (fd, bytes->data + length);

      if (n_read < 0)
        {
          set_error_from_errno (error, errno);
          return NULL;
        }

      g_byte_array_set_size (bytes, length + (guint) n_read);

      if (n_read == 0)
        break;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* A file is mapped and so never copied. It must not be made shorter meanwhile, as for any program
 * that maps files. */
static GBytes *
map_descriptor (int      fd,
                GError **error)
{
  g_autoptr (GMappedFile) file = NULL;
  struct stat status;

  if (fstat (fd, &status) != 0)
    {
      set_error_from_errno (error, errno);
      return NULL;
    }

  if (!S_ISREG (status.st_mode) || lseek (fd, 0, SEEK_CUR) != 0)
    return read_stream (fd, 0, NULL, NULL, error);

  /* Some file systems cannot map, and files in /proc have no size. */
  if (status.st_size == 0 || (file = g_mapped_file_new_from_fd (fd, FALSE, NULL)) == NULL)
    return read_stream (fd, 0, NULL, NULL, error);

  return g_mapped_file_get_bytes (file);
}

static GBytes *
map_path (const char *path,
          GError    **error)
{
  GBytes *bytes;
  int     fd;

  if (g_str_equal (path, BACKSTAY_DIFF_INPUT_STANDARD))
    return map_descriptor (STDIN_FILENO, error);

  if ((fd = g_open (path, O_RDONLY | O_CLOEXEC, 0)) < 0)
    {
      set_error_from_errno (error, errno);
      return NULL;
    }

  bytes = map_descriptor (fd, error);
  close (fd);

  return bytes;
}

/**
 * backstay_diff_input_name_error:
 * @error: (inout): an error with or without a place in the text
 * @path: the name of the file that it is about
 *
 * Puts the name of the file before a message: "a.json: line 3, column 14: …".
 */
void
backstay_diff_input_name_error (GError    **error,
                                const char *path)
{
  gboolean         is_standard = g_str_equal (path, BACKSTAY_DIFF_INPUT_STANDARD);
  g_autofree char *name = is_standard ? g_strdup (_ ("standard input")) : g_filename_display_name (path);

  /* "Line" begins a sentence of its own, but not here. */
  if ((*error)->domain == BACKSTAY_JSON_ERROR)
    (*error)->message[0] = g_ascii_tolower ((*error)->message[0]);

  g_prefix_error (error, "%s: ", name);
}

/**
 * backstay_diff_input_read:
 * @fd: a file, a pipe or a terminal, open for reading
 * @progress: (nullable): told how many bytes there are and will be (0 if that is not known); asked
 *   whether to go on, also while there is nothing to read
 * @user_data: for @progress
 * @error: return location of a %BACKSTAY_JSON_ERROR or %G_FILE_ERROR
 *
 * Reads a text to its end. Other than with backstay_diff_input_load() it is a copy, which stays as it
 * is whatever becomes of the file.
 *
 * Returns: (transfer full) (nullable): the text
 */
GBytes *
backstay_diff_input_read (int                      fd,
                          BackstayJsonProgressFunc progress,
                          gpointer                 user_data,
                          GError                 **error)
{
  struct stat status;
  gsize       expected = 0;

  g_return_val_if_fail (fd >= 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    expected = (gsize) status.st_size;

  if (expected > BACKSTAY_JSON_MAX_SIZE)
    {
      g_set_error_literal (error, BACKSTAY_JSON_ERROR, BACKSTAY_JSON_ERROR_SIZE,
                           _ ("The file is larger than 1 GiB"));
      return NULL;
    }

  return read_stream (fd, expected, progress, user_data, error);
}

/**
 * backstay_diff_input_load:
 * @path: the name of a file, or %BACKSTAY_DIFF_INPUT_STANDARD
 * @like: (nullable): a document that this one is probably like, which makes it faster
 * @error: return location of a %BACKSTAY_JSON_ERROR or %G_FILE_ERROR
 *
 * Reads a document. A message of an error begins with the name, and goes on with the
 * line and the column where it is about a place in the text.
 *
 * Returns: (transfer full) (nullable): the document
 */
BackstayJson *
backstay_diff_input_load (const char   *path,
                          BackstayJson *like,
                          GError      **error)
{
  g_autoptr (GBytes) text = NULL;
  g_autoptr (BackstayJson) json = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  text = map_path (path, &local_error);

  if (text != NULL && like != NULL)
    json = backstay_json_new_like (like, text, NULL, NULL, &local_error);
  else if (text != NULL)
    json = backstay_json_new (text, NULL, NULL, &local_error);

  if (json == NULL)
    {
      backstay_diff_input_name_error (&local_error, path);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&json);
}

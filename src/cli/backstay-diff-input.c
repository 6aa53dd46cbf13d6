/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-input"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backstay-diff-input.h"

#include "backstay-json-like.h"

#define CHUNK_SIZE (64 * 1024)

static void
set_error_from_errno (GError **error,
                      int      saved_errno)
{
  g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno),
                       g_strerror (saved_errno));
}

/* Reads a pipe, a terminal or the like to its end, or to where it is too large for any document. */
static GBytes *
read_stream (int      fd,
             GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  while (bytes->len <= BACKSTAY_JSON_MAX_SIZE)
    {
      guint   length = bytes->len;
      gssize  n_read;
      guint8 *chunk;

      g_byte_array_set_size (bytes, length + CHUNK_SIZE);
      chunk = bytes->data + length;

      do
        n_read = read (fd, chunk, CHUNK_SIZE);
      while (n_read < 0 && errno == EINTR);

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
read_descriptor (int      fd,
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
    return read_stream (fd, error);

  /* Some file systems cannot map, and files in /proc have no size. */
  if (status.st_size == 0 || (file = g_mapped_file_new_from_fd (fd, FALSE, NULL)) == NULL)
    return read_stream (fd, error);

  return g_mapped_file_get_bytes (file);
}

static GBytes *
read_path (const char *path,
           GError    **error)
{
  GBytes *bytes;
  int     fd;

  if (g_str_equal (path, BACKSTAY_DIFF_INPUT_STANDARD))
    return read_descriptor (STDIN_FILENO, error);

  if ((fd = g_open (path, O_RDONLY | O_CLOEXEC, 0)) < 0)
    {
      set_error_from_errno (error, errno);
      return NULL;
    }

  bytes = read_descriptor (fd, error);
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

  text = read_path (path, &local_error);

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

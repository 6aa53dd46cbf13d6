/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-line-reader"

#include "config.h"

#include "backstay-line-reader.h"

#include "backstay-json.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK_SIZE (256 * 1024)

/**
 * BackstayLineReader:
 *
 * Reads a file line by line. No more than one line of it is in memory, and a little of the next. It is not
 * mapped: somebody may make the file shorter meanwhile.
 */
struct _BackstayLineReader
{
  int     fd;
  goffset size;
  goffset offset; /* Of what is read next. */
  char   *chunk;
  gsize   n_read; /* Bytes in the chunk. */
  gsize   n_used; /* Those that were handed out. */
};

static void
set_error_from_errno (GError **error,
                      int      saved_errno)
{
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno),
               _ ("The file cannot be read: %s."), g_strerror (saved_errno));
}

/**
 * backstay_line_reader_new:
 * @path: a file
 * @error: return location
 *
 * Opens a file. A device or a pipe is refused, as it cannot be read twice.
 *
 * Returns: (transfer full): the reader; %NULL with a %G_FILE_ERROR
 */
BackstayLineReader *
backstay_line_reader_new (const char *path,
                          GError    **error)
{
  BackstayLineReader *self;
  struct stat         status;
  int                 fd;

  g_return_val_if_fail (path != NULL, NULL);

  /* Opening a pipe would wait for its other end. */
  if ((fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0)) < 0)
    {
      set_error_from_errno (error, errno);
      return NULL;
    }

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    {
      close (fd);
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _ ("This is no regular file."));
      return NULL;
    }

  self = g_new0 (BackstayLineReader, 1);
  self->fd = fd;
  self->size = status.st_size;
  self->chunk = g_malloc (CHUNK_SIZE);

  return self;
}

/**
 * backstay_line_reader_free:
 *
 * Closes the file.
 */
void
backstay_line_reader_free (BackstayLineReader *self)
{
  g_return_if_fail (self != NULL);

  close (self->fd);
  g_free (self->chunk);
  g_free (self);
}

/**
 * backstay_line_reader_get_size:
 *
 * Returns: how many bytes the file had when it was opened
 */
goffset
backstay_line_reader_get_size (BackstayLineReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

static gboolean
fill_chunk (BackstayLineReader *self,
            GError            **error)
{
  gssize n_read;

  do
    n_read = read (self->fd, self->chunk, CHUNK_SIZE);
  while (n_read < 0 && errno == EINTR);

  if (n_read < 0)
    {
      set_error_from_errno (error, errno);
      return FALSE;
    }

  self->n_read = (gsize) n_read;
  self->n_used = 0;

  return TRUE;
}

/* Takes what the chunk has of the line. Returns whether that is its end. */
static gboolean
take (BackstayLineReader *self,
      GByteArray         *line)
{
  const char *rest = self->chunk + self->n_used;
  gsize       n_rest = self->n_read - self->n_used;
  const char *end = memchr (rest, '\n', n_rest);
  gsize       n = end != NULL ? (gsize) (end - rest) : n_rest;

  g_byte_array_append (line, (const guint8 *) rest, (guint) n);
  self->n_used += end != NULL ? n + 1 : n;
  self->offset += end != NULL ? n + 1 : n;

  return end != NULL;
}

/**
 * backstay_line_reader_next:
 * @cancellable: (nullable): cancels it
 * @line: (out) (nullable) (transfer full): the line without its end; %NULL after the last one
 * @offset: (out): where it begins
 * @error: return location
 *
 * Reads the next line.
 *
 * Returns: %FALSE with a %G_FILE_ERROR or %G_IO_ERROR
 */
gboolean
backstay_line_reader_next (BackstayLineReader *self,
                           GCancellable       *cancellable,
                           GBytes            **line,
                           goffset            *offset,
                           GError            **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gboolean is_whole = FALSE;

  g_return_val_if_fail (self != NULL && line != NULL && offset != NULL, FALSE);

  *line = NULL;
  *offset = self->offset;

  while (!is_whole)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      if (self->n_used == self->n_read && !fill_chunk (self, error))
        return FALSE;

      if (self->n_read == 0)
        break;

      is_whole = take (self, bytes);

      if (bytes->len > BACKSTAY_JSON_MAX_SIZE)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                               _ ("The file has a line of more than 1 GiB."));
          return FALSE;
        }
    }

  /* The last line needs no end. */
  if (is_whole || bytes->len > 0)
    *line = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));

  return TRUE;
}

/**
 * backstay_line_reader_read_at:
 * @offset: a place in the file
 * @length: how many bytes
 * @error: return location
 *
 * Reads a part of the file again. This does not change which line is next.
 *
 * Returns: (transfer full): the bytes; %NULL with an error, also where the file has become shorter
 */
GBytes *
backstay_line_reader_read_at (BackstayLineReader *self,
                              goffset             offset,
                              gsize               length,
                              GError            **error)
{
  g_autofree char *bytes = g_malloc (length + 1);
  gsize            n_done = 0;

  g_return_val_if_fail (self != NULL, NULL);

  while (n_done < length)
    {
      gssize n_read = pread (self->fd, bytes + n_done, length - n_done, offset + (goffset) n_done);

      if (n_read < 0 && errno == EINTR)
        continue;

      if (n_read < 0)
        {
          set_error_from_errno (error, errno);
          return NULL;
        }

      if (n_read == 0)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, _ ("The file has become shorter."));
          return NULL;
        }

      n_done += (gsize) n_read;
    }

  return g_bytes_new_take (g_steal_pointer (&bytes), length);
}

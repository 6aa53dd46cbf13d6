/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-private-file"

#include "config.h"

#include "backstay-private-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

/**
 * BackstayPrivateFile:
 *
 * A file that is written piece by piece, appears under its name only when it is whole, and may be
 * read by its owner only: a configuration can be confidential.
 *
 * (GIO's output streams put a new file under its name at once, and so could leave a part of it.)
 */
struct _BackstayPrivateFile
{
  char *path;
  char *temporary; /* %NULL once it was renamed. */
  int   fd;
};

static void
set_error_from_errno (BackstayPrivateFile *self,
                      GError             **error,
                      int                  saved_errno)
{
  g_autofree char *name = g_filename_display_basename (self->path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno),
               _ ("The file “%s” cannot be written: %s."), name, g_strerror (saved_errno));
}

/**
 * backstay_private_file_new:
 * @path: what the file is to be called; one that is there stays as it is until the end
 * @error: return location
 *
 * Begins a file.
 *
 * Returns: (transfer full): the file; %NULL with a %G_FILE_ERROR
 */
BackstayPrivateFile *
backstay_private_file_new (const char *path,
                           GError    **error)
{
  g_autoptr (BackstayPrivateFile) self = g_new0 (BackstayPrivateFile, 1);
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  folder = g_path_get_dirname (path);
  self->path = g_strdup (path);
  self->temporary = g_build_filename (folder, ".backstay-XXXXXX", NULL);
  self->fd = g_mkstemp_full (self->temporary, O_RDWR | O_CLOEXEC, 0600);

  if (self->fd < 0)
    {
      int saved_errno = errno;

      g_clear_pointer (&self->temporary, g_free);
      set_error_from_errno (self, error, saved_errno);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * backstay_private_file_free:
 *
 * Closes the file. Unless it was finished, nothing is left of it.
 */
void
backstay_private_file_free (BackstayPrivateFile *self)
{
  g_return_if_fail (self != NULL);

  if (self->temporary != NULL)
    g_unlink (self->temporary);
  if (self->fd >= 0)
    close (self->fd);

  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

/**
 * backstay_private_file_write:
 * @data: (array length=length): what comes next
 * @length: its length
 * @error: return location
 *
 * Writes at the end.
 *
 * Returns: %FALSE with a %G_FILE_ERROR
 */
gboolean
backstay_private_file_write (BackstayPrivateFile *self,
                             const char          *data,
                             gsize                length,
                             GError             **error)
{
  g_return_val_if_fail (self != NULL && self->temporary != NULL, FALSE);

  while (length > 0)
    {
      gssize n_written = write (self->fd, data, length);

      if (n_written < 0 && errno == EINTR)
        continue;

      if (n_written < 0)
        {
          set_error_from_errno (self, error, errno);
          return FALSE;
        }

      data += n_written;
      length -= (gsize) n_written;
    }

  return TRUE;
}

/**
 * backstay_private_file_finish:
 * @error: return location
 *
 * Gives the file its name, once all of it is on the disk.
 *
 * Returns: %FALSE with a %G_FILE_ERROR
 */
gboolean
backstay_private_file_finish (BackstayPrivateFile *self,
                              GError             **error)
{
  g_return_val_if_fail (self != NULL && self->temporary != NULL, FALSE);

  if (fsync (self->fd) != 0 || g_rename (self->temporary, self->path) != 0)
    {
      set_error_from_errno (self, error, errno);
      return FALSE;
    }

  g_clear_pointer (&self->temporary, g_free);

  return TRUE;
}

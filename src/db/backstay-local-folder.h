/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-local-watch.h"

G_BEGIN_DECLS

/**
 * BackstayLocalFolder:
 * @path: the folder itself, private to its owner
 * @cluster: PostgreSQL's cluster in it
 * @log: the server's log in it
 * @sockets: the folder of the server's socket: @path, or another where that is too long
 * @throw_away: whether all of it is removed at the end
 * @lock_fd: held open, and locked, as long as the folder is in use; -1 for none
 *
 * Where a local database lives.
 */
typedef struct
{
  char    *path;
  char    *cluster;
  char    *log;
  char    *sockets;
  gboolean throw_away;
  int      lock_fd;
} BackstayLocalFolder;

gboolean backstay_local_folder_open (BackstayLocalFolder *self,
                                     BackstayLocalWatch  *watch,
                                     const char          *path);
gboolean backstay_local_folder_open_temporary (BackstayLocalFolder *self);
gboolean backstay_local_folder_choose_sockets (BackstayLocalFolder *self);
gboolean backstay_local_folder_is_full (BackstayLocalFolder *self);
void     backstay_local_folder_close (BackstayLocalFolder *self);
void     backstay_local_folder_remove (const char *path);

G_END_DECLS

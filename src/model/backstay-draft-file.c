/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-draft-file"

#include "config.h"

#include "backstay-draft-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define ENDING ".draft"

/* More is no draft of Backstay's. */
#define MAX_SIZE (128 * 1024 * 1024)

/**
 * BackstayDraftFile:
 *
 * Where one draft is kept, which nobody but its user can read.
 *
 * As long as somebody writes the draft, its lock is held, so that no other window offers it. The
 * kernel gives the lock back however the program ends.
 */
struct _BackstayDraftFile
{
  GObject parent_instance;

  char    *id;
  gboolean removing;
  GMutex   mutex; /* Guards what follows, which threads use. */
  int      lock;  /* -1 while it is not held. */
  gboolean removed;
};

G_DEFINE_FINAL_TYPE (BackstayDraftFile, backstay_draft_file, G_TYPE_OBJECT)

static void
backstay_draft_file_finalize (GObject *object)
{
  BackstayDraftFile *self = BACKSTAY_DRAFT_FILE (object);

  if (self->lock >= 0)
    close (self->lock);
  g_mutex_clear (&self->mutex);
  g_free (self->id);

  G_OBJECT_CLASS (backstay_draft_file_parent_class)->finalize (object);
}

static void
backstay_draft_file_class_init (BackstayDraftFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = backstay_draft_file_finalize;
}

static void
backstay_draft_file_init (BackstayDraftFile *self)
{
  g_mutex_init (&self->mutex);
  self->lock = -1;
}

/**
 * backstay_draft_file_dup_directory:
 *
 * Returns: (transfer full): the folder of the drafts
 */
char *
backstay_draft_file_dup_directory (void)
{
  return g_build_filename (g_get_user_data_dir (), "backstay", "drafts", NULL);
}

static char *
dup_path (const char *id,
          const char *ending)
{
  g_autofree char *directory = backstay_draft_file_dup_directory ();
  g_autofree char *name = g_strconcat (id, ending, NULL);

  return g_build_filename (directory, name, NULL);
}

/* Takes a draft's lock, unless somebody has it. */
static int
take_lock (const char *id)
{
  g_autofree char *path = dup_path (id, ".lock");
  int              fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0)
    return -1;

  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;

  close (fd);

  return -1;
}

/**
 * backstay_draft_file_new:
 * @id: a draft's uuid
 *
 * Returns: (transfer full): where that draft is kept; nothing is written yet
 */
BackstayDraftFile *
backstay_draft_file_new (const char *id)
{
  BackstayDraftFile *self;

  g_return_val_if_fail (g_uuid_string_is_valid (id), NULL);

  self = g_object_new (BACKSTAY_TYPE_DRAFT_FILE, NULL);
  self->id = g_strdup (id);

  return self;
}

/**
 * backstay_draft_file_get_id:
 *
 * Returns: (transfer none): the draft's uuid
 */
const char *
backstay_draft_file_get_id (BackstayDraftFile *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DRAFT_FILE (self), NULL);

  return self->id;
}

static gboolean
save (BackstayDraftFile *self,
      BackstayDraft     *draft,
      GError           **error)
{
  g_autofree char *directory = backstay_draft_file_dup_directory ();
  g_autofree char *path = dup_path (self->id, ENDING);
  g_autoptr (GBytes) bytes = backstay_draft_to_bytes (draft);
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                   _ ("The folder %s cannot be made: %s"), directory, g_strerror (code));
      return FALSE;
    }

  if (self->lock < 0)
    self->lock = take_lock (self->id);

  /* Either the old draft or the new one is there, whenever the power fails. */
  return g_file_set_contents_full (path, data, (gssize) size,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

static void
save_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  BackstayDraftFile *self = source_object;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GError *error = NULL;

  if (self->removed || save (self, task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * backstay_draft_file_save_async:
 * @draft: what to write
 * @cancellable: (nullable): cancels it before it begins
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Writes a draft in a thread. Wait for one to be written before the next: of two at once nobody
 * knows which one stays. Once the file was removed, nothing is written any more.
 */
void
backstay_draft_file_save_async (BackstayDraftFile  *self,
                                BackstayDraft      *draft,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BACKSTAY_IS_DRAFT_FILE (self));
  g_return_if_fail (draft != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_draft_file_save_async);
  g_task_set_task_data (task, backstay_draft_ref (draft), (GDestroyNotify) backstay_draft_unref);
  g_task_run_in_thread (task, save_thread);
}

/**
 * backstay_draft_file_save_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_draft_file_save_async() began.
 *
 * Returns: whether it was written
 */
gboolean
backstay_draft_file_save_finish (BackstayDraftFile *self,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
remove_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  BackstayDraftFile *self = source_object;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autofree char *path = dup_path (self->id, ENDING);
  g_autofree char *lock_path = dup_path (self->id, ".lock");

  self->removed = TRUE;
  g_unlink (path);
  g_unlink (lock_path);
  g_task_return_boolean (task, TRUE);
}

/**
 * backstay_draft_file_remove:
 *
 * Removes the file, in a thread, and keeps it from being written again.
 */
void
backstay_draft_file_remove (BackstayDraftFile *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BACKSTAY_IS_DRAFT_FILE (self));

  self->removing = TRUE;
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, backstay_draft_file_remove);
  g_task_run_in_thread (task, remove_thread);
}

/**
 * backstay_draft_file_release:
 *
 * Lets others have the draft, unless something still happens to it; then it is as soon as that is
 * over.
 */
void
backstay_draft_file_release (BackstayDraftFile *self)
{
  g_return_if_fail (BACKSTAY_IS_DRAFT_FILE (self));

  if (self->removing || !g_mutex_trylock (&self->mutex))
    return;

  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;
  g_mutex_unlock (&self->mutex);
}

/* What is on disk */

typedef struct
{
  char *server_key;
  char *server;
  char *identity;
} Owner;

static void
owner_free (Owner *owner)
{
  g_free (owner->server_key);
  g_free (owner->server);
  g_free (owner->identity);
  g_free (owner);
}

static int
compare_saved_at (gconstpointer a,
                  gconstpointer b)
{
  const BackstayDraft *first = *(BackstayDraft *const *) a;
  const BackstayDraft *second = *(BackstayDraft *const *) b;

  return (first->saved_at < second->saved_at) - (first->saved_at > second->saved_at);
}

/* Reads a draft that nobody is writing. */
static BackstayDraft *
load (const char *name)
{
  g_autofree char *id = g_strndup (name, strlen (name) - strlen (ENDING));
  g_autofree char *path = NULL;
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BackstayDraft) draft = NULL;
  int lock;

  if (!g_uuid_string_is_valid (id) || (lock = take_lock (id)) < 0)
    return NULL;

  close (lock);
  path = dup_path (id, ENDING);

  if ((file = g_mapped_file_new (path, FALSE, NULL)) == NULL || g_mapped_file_get_length (file) > MAX_SIZE)
    return NULL;

  bytes = g_mapped_file_get_bytes (file);
  draft = backstay_draft_new_from_bytes (bytes, NULL);

  return draft != NULL && g_strcmp0 (draft->id, id) == 0 ? g_steal_pointer (&draft) : NULL;
}

/* Drafts of earlier versions know the server by its name only. What it is called now is what they are for. */
static gboolean
is_of (BackstayDraft *draft,
       Owner         *owner)
{
  gboolean is_there = draft->server_key[0] != '\0' ? g_str_equal (draft->server_key, owner->server_key)
                                                   : g_str_equal (draft->server, owner->server);

  if (!is_there || !g_str_equal (draft->identity, owner->identity))
    return FALSE;

  g_free (draft->server_key);
  draft->server_key = g_strdup (owner->server_key);
  g_free (draft->server);
  draft->server = g_strdup (owner->server);

  return TRUE;
}

static void
list_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Owner           *owner = task_data;
  g_autofree char *path = backstay_draft_file_dup_directory ();
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  GPtrArray  *drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) backstay_draft_unref);
  const char *name;

  /* No folder is no draft. */
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autoptr (BackstayDraft) draft = NULL;

      if (g_str_has_suffix (name, ENDING) && (draft = load (name)) != NULL &&
          is_of (draft, owner))
        g_ptr_array_add (drafts, g_steal_pointer (&draft));
    }

  g_ptr_array_sort (drafts, compare_saved_at);
  g_task_return_pointer (task, drafts, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * backstay_draft_file_list_async:
 * @server_key: what the server's settings are kept by
 * @server: what it is called
 * @identity: the uuid of who is signed in; empty for the login itself
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds the drafts that belong to somebody on a server, and that no window has open.
 */
void
backstay_draft_file_list_async (const char         *server_key,
                                const char         *server,
                                const char         *identity,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Owner *owner = g_new0 (Owner, 1);

  owner->server_key = g_strdup (server_key);
  owner->server = g_strdup (server);
  owner->identity = g_strdup (identity);

  g_task_set_source_tag (task, backstay_draft_file_list_async);
  g_task_set_task_data (task, owner, (GDestroyNotify) owner_free);
  g_task_run_in_thread (task, list_thread);
}

/**
 * backstay_draft_file_list_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_draft_file_list_async() began.
 *
 * Returns: (transfer full) (element-type BackstayDraft): the drafts, the newest first, or %NULL with
 *   an error
 */
GPtrArray *
backstay_draft_file_list_finish (GAsyncResult *result,
                                 GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-file-document"

#include "config.h"

#include "backstay-file-document.h"

#include "backstay-diff-input.h"
#include "backstay-display-text.h"
#include "backstay-json-duplicates.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gfiledescriptorbased.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reading a file is quick beside making a document of it. */
#define READ_SHARE 0.2

/* What tells a file from what it was. */
typedef struct
{
  gboolean known;
  guint64  inode;
  guint64  size;
  gint64   modified; /* In microseconds. */
} Stamp;

/**
 * BackstayFileDocument:
 *
 * A file, or the standard input of whoever asks for it.
 */
struct _BackstayFileDocument
{
  BackstayDocument parent_instance;

  GFile        *file;    /* %NULL for a stream. */
  GFileMonitor *monitor; /* %NULL until it was loaded first. */
  GInputStream *stream;  /* Has a descriptor; %NULL for a file. */

  GMutex  mutex;
  Stamp   stamp; /* Of the file as it was read last. */
  GBytes *text;  /* What came out of a stream, which can be read only once. */
};

G_DEFINE_FINAL_TYPE (BackstayFileDocument, backstay_file_document, BACKSTAY_TYPE_DOCUMENT)

/* What goes on in the thread. */
typedef struct
{
  BackstayDocument *document;
  GCancellable     *cancellable;
  double            start; /* Where this part of it begins. */
  double            share; /* Of the whole. */
} Progress;

static gboolean
progress_cb (gsize    n_done,
             gsize    n_total,
             gpointer user_data)
{
  Progress *progress = user_data;

  if (n_total > 0)
    backstay_document_set_progress (progress->document,
                                    progress->start + progress->share * MIN (1, (double) n_done / (double) n_total));

  return !g_cancellable_is_cancelled (progress->cancellable);
}

static void
set_stamp (BackstayFileDocument *self,
           const Stamp          *stamp)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->stamp = *stamp;
}

static void
remember (BackstayFileDocument *self,
          int                   fd)
{
  struct stat status;

  if (fstat (fd, &status) == 0)
    set_stamp (self, &(Stamp){ TRUE,
                               status.st_ino,
                               (guint64) status.st_size,
                               status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000 });
}

static GBytes *
read_file (BackstayFileDocument *self,
           Progress             *progress,
           GError              **error)
{
  const char *path = g_file_peek_path (self->file);
  GBytes     *text;
  int         fd;

  if (path == NULL)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                           _ ("Only files on this computer can be compared"));
      return NULL;
    }

  if ((fd = g_open (path, O_RDONLY | O_CLOEXEC, 0)) < 0)
    {
      int saved_errno = errno;

      g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno),
                           g_strerror (saved_errno));
      return NULL;
    }

  remember (self, fd);
  text = backstay_diff_input_read (fd, progress_cb, progress, error);
  close (fd);

  return text;
}

static GBytes *
read_stream (BackstayFileDocument *self,
             Progress             *progress,
             GError              **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  int fd = g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (self->stream));

  if (self->text == NULL)
    self->text = backstay_diff_input_read (fd, progress_cb, progress, error);

  return self->text != NULL ? g_bytes_ref (self->text) : NULL;
}

static BackstayJson *
read_json (BackstayFileDocument *self,
           GCancellable         *cancellable,
           GError              **error)
{
  Progress progress = { BACKSTAY_DOCUMENT (self), cancellable, 0, READ_SHARE };
  g_autoptr (GBytes) text = NULL;
  g_autoptr (BackstayJson) json = NULL;

  text = self->file != NULL ? read_file (self, &progress, error) : read_stream (self, &progress, error);
  if (text == NULL)
    return NULL;

  progress.start = READ_SHARE;
  progress.share = 1 - READ_SHARE;
  json = backstay_json_new (text, progress_cb, &progress, error);

  /* Only files can have a key twice, and only here it is known which of them does. */
  if (json == NULL || !backstay_json_check_duplicate_keys (json, error))
    return NULL;

  return g_steal_pointer (&json);
}

static void
load_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  BackstayFileDocument *self = source_object;
  BackstayJson         *json;
  GError               *error = NULL;
  g_autofree char      *name = NULL;

  json = read_json (self, cancellable, &error);

  if (json != NULL)
    {
      g_task_return_pointer (task, json, (GDestroyNotify) backstay_json_unref);
      return;
    }

  name = backstay_document_dup_name (BACKSTAY_DOCUMENT (self));
  backstay_diff_input_name_error (&error, name);
  g_task_return_error (task, error);
}

/* Whether the file is still the one that was read; so it is while none was. */
static gboolean
is_as_read (BackstayFileDocument *self,
            GFileInfo            *info)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gint64 modified;

  if (!self->stamp.known)
    return TRUE;

  if (info == NULL)
    return FALSE;

  modified = (gint64) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED) * G_USEC_PER_SEC +
             g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC);

  return self->stamp.modified == modified &&
         self->stamp.size == (guint64) g_file_info_get_size (info) &&
         self->stamp.inode == g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_UNIX_INODE);
}

static void
queried_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (BackstayFileDocument) self = user_data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, NULL);

  if (!is_as_read (self, info))
    backstay_document_changed (BACKSTAY_DOCUMENT (self));
}

/* An event can come late, after what it tells of was read. */
static void
monitor_cb (BackstayFileDocument *self)
{
  g_file_query_info_async (self->file,
                           G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC "," G_FILE_ATTRIBUTE_UNIX_INODE,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL, queried_cb, g_object_ref (self));
}

/* Where a file cannot be watched, nothing is said about it. */
static void
watch (BackstayFileDocument *self)
{
  if (self->file == NULL || self->monitor != NULL)
    return;

  self->monitor = g_file_monitor_file (self->file, G_FILE_MONITOR_NONE, NULL, NULL);

  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (monitor_cb), self, G_CONNECT_SWAPPED);
}

static void
backstay_file_document_load (BackstayDocument *document,
                             GTask            *task)
{
  BackstayFileDocument *self = BACKSTAY_FILE_DOCUMENT (document);

  /* Before it is read, so that no change is missed. */
  if (self->file != NULL)
    set_stamp (self, &(Stamp){ FALSE });
  watch (self);

  g_task_run_in_thread (task, load_thread);
  g_object_unref (task);
}

static char *
backstay_file_document_dup_name (BackstayDocument *document)
{
  BackstayFileDocument *self = BACKSTAY_FILE_DOCUMENT (document);
  g_autofree char      *basename = NULL;
  g_autofree char      *name = NULL;

  if (self->file == NULL)
    return g_strdup (_ ("standard input"));

  basename = g_file_get_basename (self->file);
  name = g_filename_display_name (basename);

  return backstay_display_text (name);
}

static char *
backstay_file_document_dup_details (BackstayDocument *document)
{
  BackstayFileDocument *self = BACKSTAY_FILE_DOCUMENT (document);
  g_autoptr (GFile) folder = NULL;
  g_autofree char *name = NULL;

  if (self->file == NULL)
    return g_strdup (_ ("what was given to this command"));

  folder = g_file_get_parent (self->file);
  name = g_file_get_parse_name (folder != NULL ? folder : self->file);

  return backstay_display_text (name);
}

static void
backstay_file_document_finalize (GObject *object)
{
  BackstayFileDocument *self = BACKSTAY_FILE_DOCUMENT (object);

  g_clear_object (&self->file);
  g_clear_object (&self->monitor);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (backstay_file_document_parent_class)->finalize (object);
}

static void
backstay_file_document_class_init (BackstayFileDocumentClass *klass)
{
  GObjectClass          *object_class = G_OBJECT_CLASS (klass);
  BackstayDocumentClass *document_class = BACKSTAY_DOCUMENT_CLASS (klass);

  object_class->finalize = backstay_file_document_finalize;
  document_class->dup_name = backstay_file_document_dup_name;
  document_class->dup_details = backstay_file_document_dup_details;
  document_class->load = backstay_file_document_load;
}

static void
backstay_file_document_init (BackstayFileDocument *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * backstay_file_document_new:
 * @file: a file on this computer
 *
 * Returns: (transfer full): the document; what goes wrong with it is told by loading it
 */
BackstayDocument *
backstay_file_document_new (GFile *file)
{
  BackstayFileDocument *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (BACKSTAY_TYPE_FILE_DOCUMENT, NULL);
  self->file = g_object_ref (file);

  return BACKSTAY_DOCUMENT (self);
}

/**
 * backstay_file_document_new_for_stream:
 * @stream: the standard input of a process, a [iface@Gio.FileDescriptorBased]
 *
 * What comes out of a stream is kept, as it can be read only once.
 *
 * Returns: (transfer full): the document
 */
BackstayDocument *
backstay_file_document_new_for_stream (GInputStream *stream)
{
  BackstayFileDocument *self;

  g_return_val_if_fail (G_IS_FILE_DESCRIPTOR_BASED (stream), NULL);

  self = g_object_new (BACKSTAY_TYPE_FILE_DOCUMENT, NULL);
  self->stream = g_object_ref (stream);

  return BACKSTAY_DOCUMENT (self);
}

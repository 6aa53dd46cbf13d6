/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-window-editor"

#include "config.h"

#include "backstay-window-private.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-editor-view.h"
#include "backstay-editor-window.h"
#include "backstay-json-print.h"
#include "backstay-source-style.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The window's actions that begin a new version. */

/* More is no configuration that a service would want to read. */
#define MAX_FILE_SIZE (64 * 1024 * 1024)

/* Where a new version's text comes from: exactly one of these. */
typedef struct
{
  GWeakRef            window;
  BackstayRepository *repository; /* Of whoever began it. */
  BackstayDraft      *draft;      /* What is known beforehand. */
  GFile              *file;
  GBytes             *bytes;
  gboolean            pretty; /* Whether its white space is of no interest. */
} Source;

static Source *
source_new (BackstayWindow *self,
            const char     *model_type,
            const char     *config_name,
            const char     *base_id)
{
  Source           *source = g_new0 (Source, 1);
  BackstayIdentity *identity = backstay_repository_get_identity (self->repository);

  g_weak_ref_init (&source->window, self);
  source->repository = g_object_ref (self->repository);
  source->draft = backstay_draft_new ();
  source->draft->server = g_strdup (backstay_window_get_server_label (self));
  source->draft->identity = g_strdup (identity != NULL ? backstay_identity_get_id (identity) : "");
  source->draft->model_type = g_strdup (model_type);
  source->draft->config_name = g_strdup (config_name);
  source->draft->base_id = g_strdup (base_id);
  source->draft->notes = g_strdup ("");

  return source;
}

static void
source_free (Source *source)
{
  g_weak_ref_clear (&source->window);
  g_object_unref (source->repository);
  backstay_draft_unref (source->draft);
  g_clear_object (&source->file);
  g_clear_pointer (&source->bytes, g_bytes_unref);
  g_free (source);
}

/* Of the type that is selected, to be compared with what is live there. */
static Source *
source_new_for_type (BackstayWindow *self)
{
  BackstayModelType *type = backstay_sidebar_get_selected (self->sidebar);

  return source_new (self, type != NULL ? backstay_model_type_get_name (type) : "", "", "");
}

static GBytes *
load_file (GFile        *file,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (GFileInfo) info = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                            cancellable, error);
  if (info == NULL)
    return NULL;

  if (g_file_info_get_size (info) > MAX_FILE_SIZE)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _ ("The file is larger than 64 MiB."));
      return NULL;
    }

  return g_file_load_bytes (file, cancellable, NULL, error);
}

/* One value a line, with every value as it is spelt. What is no JSON stays as it is. */
static char *
dup_pretty (GBytes *bytes)
{
  g_autoptr (BackstayJson) json = backstay_json_new (bytes, NULL, NULL, NULL);
  g_autoptr (GBytes) pretty = NULL;

  if (json != NULL)
    pretty = backstay_json_print_pretty (json, backstay_json_get_root (json), NULL, NULL, NULL);

  if (pretty == NULL)
    return NULL;

  return g_strndup (g_bytes_get_data (pretty, NULL), g_bytes_get_size (pretty));
}

static void
prepare_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Source     *source = task_data;
  GError     *error = NULL;
  gsize       size;
  const char *data;

  if (source->file != NULL &&
      (source->bytes = load_file (source->file, cancellable, &error)) == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  data = g_bytes_get_data (source->bytes, &size);

  if (!g_utf8_validate_len (data, size, NULL))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                               _ ("It is not text in UTF-8, and so it cannot be JSON."));
      return;
    }

  /* Programs write all of it into one line, which no text view can show. */
  if (size <= BACKSTAY_EDITOR_MAX_SIZE &&
      (source->pretty || backstay_source_style_has_long_line (data, size, BACKSTAY_EDITOR_MAX_LINE)))
    source->draft->text = dup_pretty (source->bytes);

  if (source->draft->text == NULL)
    source->draft->text = g_strndup (data, size);

  g_task_return_boolean (task, TRUE);
}

static GStrv
dup_type_names (BackstayWindow *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->types)); i++)
    {
      g_autoptr (BackstayModelType) type = g_list_model_get_item (G_LIST_MODEL (self->types), i);

      g_strv_builder_add (builder, backstay_model_type_get_name (type));
    }

  return g_strv_builder_end (builder);
}

static void
saved_cb (BackstayWindow          *self,
          BackstayRollbackOutcome *outcome,
          BackstayEditorWindow    *editor)
{
  g_autofree char *type = backstay_display_text (backstay_rollback_request_get_model_type (outcome->request));
  g_autofree char *title = NULL;

  /* Translators: %s is a model type's name. */
  if (outcome->resolved)
    title = g_strdup_printf (_ ("The connection broke, but the new version of %s was saved"), type);
  else if (backstay_rollback_request_goes_live (outcome->request))
    title = g_strdup_printf (_ ("The new version of %s is live"), type);
  else
    title = g_strdup_printf (_ ("The new version of %s was saved, and is not active"), type);

  backstay_window_end_change (self, backstay_editor_window_get_repository (editor),
                              backstay_editor_window_get_server (editor), outcome, title);
}

/* What was kept as a draft is offered again. */
static void
closed_cb (BackstayWindow *self)
{
  if (self->repository != NULL && backstay_window_has_content (self))
    backstay_window_offer_drafts (self);
}

static void
content_shown_cb (BackstayEditorWindow *editor,
                  BackstayWindow       *self)
{
  backstay_editor_window_follow (editor, self->repository, backstay_window_get_server_label (self));
}

static void
open_editor (BackstayWindow     *self,
             BackstayRepository *repository,
             BackstayDraft      *draft,
             gboolean            modified)
{
  g_auto (GStrv) types = dup_type_names (self);
  BackstayEditorWindow *editor;

  editor = backstay_editor_window_new (gtk_window_get_application (GTK_WINDOW (self)),
                                       repository,
                                       (const char *const *) types,
                                       draft, modified);
  g_signal_connect_object (editor, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "destroy", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "content-shown", G_CALLBACK (content_shown_cb), editor, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (editor));
}

static void
show_failure (BackstayWindow *self,
              const GError   *error)
{
  backstay_compat_show_message (GTK_WINDOW (self), _ ("No New Version Was Begun"), error->message);
}

static void
prepared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Source *source = g_task_get_task_data (G_TASK (result));
  g_autoptr (BackstayWindow) self = g_weak_ref_get (&source->window);
  g_autoptr (GError) error = NULL;
  gboolean prepared = g_task_propagate_boolean (G_TASK (result), &error);

  if (self == NULL || self->types == NULL) /* It was closed, or shows something else. */
    return;

  if (prepared)
    open_editor (self, source->repository, source->draft, FALSE);
  else
    show_failure (self, error);
}

static void
prepare (Source *source)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, prepared_cb, NULL);

  g_task_set_source_tag (task, prepare);
  g_task_set_task_data (task, source, (GDestroyNotify) source_free);
  g_task_run_in_thread (task, prepare_thread);
}

static void
new_from_text (BackstayWindow *self,
               const char     *text)
{
  Source *source = source_new_for_type (self);

  source->bytes = g_bytes_new (text, strlen (text));
  prepare (source);
}

static void
configuration_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Source *source = user_data;
  g_autoptr (BackstayWindow) self = g_weak_ref_get (&source->window);
  g_autoptr (BackstayConfiguration) configuration = NULL;
  g_autoptr (GError) error = NULL;

  configuration = backstay_repository_get_configuration_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (self != NULL && configuration != NULL)
    {
      source->bytes = g_bytes_ref (backstay_configuration_get_text (configuration));
      source->pretty = TRUE;
      prepare (source);
      return;
    }

  if (self != NULL)
    show_failure (self, error);

  source_free (source);
}

static void
new_from_version (BackstayWindow  *self,
                  BackstayVersion *version)
{
  g_auto (GStrv) taken = backstay_history_view_list_names (self->history_view);
  g_autofree char *name = backstay_new_version_dup_name (backstay_version_get_name (version),
                                                         (const char *const *) taken);
  Source          *source = source_new (self,
                                        backstay_version_get_model_type (version),
                                        name,
                                        backstay_version_get_id (version));

  backstay_repository_get_configuration_async (self->repository, backstay_version_get_id (version),
                                               NULL, configuration_cb, source);
}

static void
file_chosen_cb (GFile   *file,
                gpointer user_data)
{
  BackstayWindow *self = user_data;
  Source         *source;

  if (self->types == NULL)
    return;

  source = source_new_for_type (self);
  source->file = g_object_ref (file);
  prepare (source);
}

static void
clipboard_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  GWeakRef *weak_self = user_data;
  g_autoptr (BackstayWindow) self = g_weak_ref_get (weak_self);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_weak_ref_clear (weak_self);
  g_free (weak_self);
  text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, &error);

  if (self == NULL || self->types == NULL)
    return;

  if (text != NULL)
    new_from_text (self, text);
  else
    backstay_compat_show_message (GTK_WINDOW (self), _ ("No New Version Was Begun"),
                                  _ ("There is no text in the clipboard. Copy a configuration first."));
}

void
backstay_window_new_version_action (GtkWidget  *widget,
                                    const char *action_name,
                                    GVariant   *parameter)
{
  BackstayWindow  *self = BACKSTAY_WINDOW (widget);
  BackstayVersion *version = backstay_version_view_get_version (self->version_view);
  GWeakRef        *weak_self;

  if (g_str_equal (action_name, "win.new-version-from-file"))
    {
      backstay_compat_choose_file (GTK_WINDOW (self), _ ("Open a Configuration"), file_chosen_cb, self);
    }
  else if (g_str_equal (action_name, "win.new-version-from-clipboard"))
    {
      weak_self = g_new0 (GWeakRef, 1);
      g_weak_ref_init (weak_self, self);
      gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, clipboard_cb, weak_self);
    }
  else if (g_str_equal (action_name, "win.new-version") && version != NULL)
    {
      new_from_version (self, version);
    }
  else
    {
      new_from_text (self, "{\n  \n}\n");
    }
}

/* Drafts */

static void
restore_cb (BackstayWindow *self,
            BackstayDraft  *draft)
{
  open_editor (self, self->repository, draft, TRUE);
}

/* Offers what was not saved the last time, to whom it belongs. */
void
backstay_window_offer_drafts (BackstayWindow *self)
{
  BackstayIdentity *identity = backstay_repository_get_identity (self->repository);

  g_signal_handlers_disconnect_by_func (self->draft_bar, restore_cb, self);
  g_signal_connect_object (self->draft_bar, "restore", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);
  backstay_draft_bar_look (self->draft_bar, backstay_window_get_server_label (self),
                           identity != NULL ? backstay_identity_get_id (identity) : "");
}

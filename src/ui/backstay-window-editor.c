/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-window-editor"

#include "config.h"

#include "backstay-window-private.h"

#include "backstay-compat.h"
#include "backstay-configuration-text.h"
#include "backstay-display-text.h"
#include "backstay-editor-window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The window's actions that begin a new version. */

/* A new version whose text is on its way. */
typedef struct
{
  GWeakRef            window;
  BackstayRepository *repository; /* Of whoever began it. */
  BackstayDraft      *draft;      /* What is known beforehand. */
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
  source->draft->server_key = g_strdup (backstay_window_get_server_key (self));
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
  g_free (source);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Source, source_free)

/* Of the type that is selected, to be compared with what is live there. */
static Source *
source_new_for_type (BackstayWindow *self)
{
  BackstayModelType *type = backstay_sidebar_get_selected (self->sidebar);

  return source_new (self, type != NULL ? backstay_model_type_get_name (type) : "", "", "");
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
  backstay_editor_window_follow (editor, self->repository, backstay_window_get_server_key (self));
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
  backstay_window_mark (self, ADW_WINDOW (editor));
  gtk_window_present (GTK_WINDOW (editor));
}

static void
show_failure (BackstayWindow *self,
              const GError   *error)
{
  backstay_compat_show_message (GTK_WINDOW (self), _ ("No New Version Was Begun"), error->message);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Source) source = user_data;
  g_autoptr (BackstayWindow) self = g_weak_ref_get (&source->window);
  g_autoptr (GError) error = NULL;

  source->draft->text = backstay_configuration_text_load_finish (result, &error);

  /* It was closed, or is with another server or as somebody else, as which the editor would be marked. */
  if (self == NULL || self->types == NULL || self->repository != source->repository)
    return;

  if (source->draft->text != NULL)
    open_editor (self, source->repository, source->draft, FALSE);
  else
    show_failure (self, error);
}

static void
new_from_text (BackstayWindow *self,
               const char     *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  backstay_configuration_text_load_bytes_async (bytes, FALSE, NULL, loaded_cb, source_new_for_type (self));
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
      /* Its white space is the server's, and of no interest. */
      backstay_configuration_text_load_bytes_async (backstay_configuration_get_text (configuration), TRUE, NULL,
                                                    loaded_cb, source);
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
  backstay_window_new_version_from_file (BACKSTAY_WINDOW (user_data), file);
}

void
backstay_window_new_version_from_file (BackstayWindow *self,
                                       GFile          *file)
{
  if (self->types != NULL)
    backstay_configuration_text_load_file_async (file, NULL, loaded_cb, source_new_for_type (self));
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
  backstay_draft_bar_look (self->draft_bar,
                           backstay_window_get_server_key (self),
                           backstay_window_get_server_label (self),
                           identity != NULL ? backstay_identity_get_id (identity) : "");
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-editor-window-compare"

#include "config.h"

#include "backstay-editor-window-private.h"

#include "backstay-display-text.h"

#include <glib/gi18n-lib.h>

/* What stands beside an editor's text: what is active, and what the text changes. */

/* Shows what the text changes, as far as both sides are there. */
void
backstay_editor_window_compare (BackstayEditorWindow *self)
{
  BackstayJson    *json = backstay_editor_view_get_stored_json (self->editor);
  BackstayJson    *base = self->base != NULL ? backstay_configuration_get_json (self->base) : NULL;
  g_autofree char *name = NULL;
  g_autofree char *before = NULL;

  /* The result of saving stays in sight. */
  if (self->saved)
    return;

  if (base == NULL)
    {
      backstay_diff_view_show_message (self->diff_view, _ ("Nothing to Compare With"),
                                       _ ("This model type has no live version yet."));
      gtk_label_set_label (self->diff_heading, _ ("Changes"));
      return;
    }

  /* What was there before the last mistake stays, but does not pass for what is there now. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->diff_view), json != NULL);
  gtk_label_set_label (self->diff_heading,
                       json != NULL ? _ ("Changes") : _ ("Changes, as of the last valid text"));

  if (json == NULL)
    {
      if (!self->compared)
        backstay_diff_view_show_message (self->diff_view, _ ("Nothing to Compare"),
                                         _ ("What it changes is shown once the text is valid."));
      return;
    }

  self->compared = TRUE;
  name = backstay_display_text (backstay_version_get_name (backstay_configuration_get_version (self->base)));
  /* Translators: a version's name. */
  before = g_strdup_printf (self->base_id[0] == '\0' ? _ ("Before: %s (live)") : _ ("Before: %s"), name);
  backstay_diff_view_follow (self->diff_view, base, json, before, _ ("After: this text"));
}

static void
base_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  BackstayEditorWindow *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GError) error = NULL;

  if (backstay_configuration_read_finish (BACKSTAY_CONFIGURATION (object), result, &error) != NULL)
    {
      g_set_object (&self->base, BACKSTAY_CONFIGURATION (object));
      backstay_editor_window_compare (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      backstay_diff_view_show_message (self->diff_view, _ ("Nothing to Compare With"), error->message);
    }
}

static void
base_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  BackstayEditorWindow *self = user_data; /* Dangling if cancelled. */
  g_autoptr (BackstayConfiguration) base = NULL;
  g_autoptr (GError) error = NULL;

  base = backstay_repository_get_configuration_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (base != NULL)
    backstay_configuration_read_async (base, self->load_cancellable, base_read_cb, self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    backstay_diff_view_show_message (self->diff_view, _ ("Nothing to Compare With"), error->message);
}

static void
active_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BackstayEditorWindow *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GError) error = NULL;
  const char *base_id = NULL;
  GPtrArray  *active;

  active = backstay_repository_list_active_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (active == NULL)
    {
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, _ ("Try Again"));
      backstay_editor_window_update (self);
      return;
    }

  self->active = active;
  if (self->base_id[0] != '\0')
    base_id = self->base_id;
  else if (active->len > 0)
    base_id = backstay_version_get_id (g_ptr_array_index (active, 0));

  if (base_id == NULL || self->base != NULL)
    backstay_editor_window_compare (self);
  else
    backstay_repository_get_configuration_async (self->repository, base_id, self->load_cancellable,
                                                 base_cb, self);

  backstay_editor_window_update (self);
}

/* Reads what is active now, and what the text is compared with. */
void
backstay_editor_window_load (BackstayEditorWindow *self)
{
  g_clear_handle_id (&self->load_id, g_source_remove);
  g_cancellable_cancel (self->load_cancellable);
  g_clear_object (&self->load_cancellable);
  g_clear_pointer (&self->active, g_ptr_array_unref);
  backstay_notice_hide (self->notice);

  if (self->base_id[0] == '\0')
    g_clear_object (&self->base);

  self->load_cancellable = g_cancellable_new ();
  backstay_repository_list_active_async (self->repository,
                                         gtk_editable_get_text (self->type_row),
                                         self->load_cancellable,
                                         active_cb,
                                         self);
  backstay_editor_window_update (self);
}

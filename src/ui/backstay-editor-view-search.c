/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-editor-view-search"

#include "config.h"

#include "backstay-editor-view-private.h"

#include <glib/gi18n-lib.h>

/* The search in the text. */

static void
update_matches (BackstayEditorView *self)
{
  int              n = gtk_source_search_context_get_occurrences_count (self->search_context);
  const char      *needle = gtk_editable_get_text (self->search_entry);
  g_autofree char *text = NULL;

  if (needle[0] == '\0' || n < 0)
    text = g_strdup ("");
  else if (n == 0)
    text = g_strdup (_ ("Not found"));
  else
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d match", "%d matches", (gulong) n), n);

  gtk_label_set_label (self->match_label, text);
}

static void
search_changed_cb (BackstayEditorView *self)
{
  const char *needle = gtk_editable_get_text (self->search_entry);

  gtk_source_search_settings_set_search_text (gtk_source_search_context_get_settings (self->search_context),
                                              needle[0] != '\0' ? needle : NULL);
  update_matches (self);
}

static void
select_match (BackstayEditorView *self,
              gboolean            forward)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter    iter;
  GtkTextIter    start;
  GtkTextIter    end;
  gboolean       found;

  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  iter = forward ? end : start;

  if (forward)
    found = gtk_source_search_context_forward (self->search_context, &iter, &start, &end, NULL);
  else
    found = gtk_source_search_context_backward (self->search_context, &iter, &start, &end, NULL);

  if (!found)
    return;

  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (self->source_view), &start, 0.1, FALSE, 0, 0);
}

static void
next_match_cb (BackstayEditorView *self)
{
  select_match (self, TRUE);
}

static void
previous_match_cb (BackstayEditorView *self)
{
  select_match (self, FALSE);
}

static void
search_stopped_cb (BackstayEditorView *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->source_view));
}

void
backstay_editor_view_bind_search (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorView, search_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorView, search_entry);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorView, match_label);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_match_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_match_cb);
}

void
backstay_editor_view_init_search (BackstayEditorView *self)
{
  g_autoptr (GtkSourceSearchSettings) settings = gtk_source_search_settings_new ();

  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);

  gtk_source_search_settings_set_wrap_around (settings, TRUE);
  self->search_context = gtk_source_search_context_new (self->buffer, settings);
  g_signal_connect_object (self->search_context, "notify::occurrences-count",
                           G_CALLBACK (update_matches), self, G_CONNECT_SWAPPED);
}

/**
 * backstay_editor_view_open_search:
 *
 * Asks what to search for.
 */
void
backstay_editor_view_open_search (BackstayEditorView *self)
{
  g_return_if_fail (BACKSTAY_IS_EDITOR_VIEW (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_select_region (self->search_entry, 0, -1);
}

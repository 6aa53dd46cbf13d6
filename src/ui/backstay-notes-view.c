/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-notes-view"

#include "config.h"

#include "backstay-notes-view.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-version-text.h"

#include <string.h>

/* Notes of more characters or lines than this scroll. */
#define LONG_NOTES 300
#define LONG_NOTES_LINES 5

/* So much of long notes is set at once; the rest comes while there is nothing else to do. */
#define NOTES_PIECE (64 * 1024)

/**
 * BackstayNotesView:
 *
 * A version's notes: short ones take the room they need, long ones scroll.
 */
struct _BackstayNotesView
{
  GtkWidget parent_instance;

  char *notes;   /* Long ones. */
  guint fill_id; /* Fills them in, from there: */
  gsize offset;

  /* Template children */
  GtkLabel    *notes_label;
  GtkWidget   *long_notes_window;
  GtkTextView *long_notes_view;
};

G_DEFINE_FINAL_TYPE (BackstayNotesView, backstay_notes_view, GTK_TYPE_WIDGET)

static guint
count_lines (const char *text)
{
  guint n = 1;

  while ((text = strchr (text, '\n')) != NULL)
    {
      text++;
      n++;
    }

  return n;
}

/* Appends a piece of the notes, which ends between two lines or two characters. */
static gboolean
fill_notes_cb (gpointer user_data)
{
  BackstayNotesView *self = user_data;
  const char        *notes = self->notes + self->offset;
  gsize              length = strlen (notes);
  GtkTextBuffer     *buffer = gtk_text_view_get_buffer (self->long_notes_view);
  GtkTextIter        end;
  g_autofree char   *piece = NULL;
  g_autofree char   *shown = NULL;

  if (length > NOTES_PIECE)
    {
      const char *line = g_strrstr_len (notes, NOTES_PIECE, "\n");
      const char *character = g_utf8_find_prev_char (notes, notes + NOTES_PIECE);

      length = (gsize) ((line != NULL ? line + 1 : character) - notes);
    }

  piece = g_strndup (notes, length);
  shown = backstay_display_text_lines (piece);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, shown, -1);
  self->offset += length;

  if (notes[length] != '\0')
    return G_SOURCE_CONTINUE;

  self->fill_id = 0;

  return G_SOURCE_REMOVE;
}

static void
show_long_notes (BackstayNotesView *self)
{
  gtk_label_set_label (self->notes_label, "");
  gtk_widget_set_visible (GTK_WIDGET (self->notes_label), FALSE);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->long_notes_view), "", 0);
  gtk_widget_set_visible (self->long_notes_window, TRUE);

  self->offset = 0;
  if (fill_notes_cb (self) == G_SOURCE_CONTINUE)
    self->fill_id = g_idle_add (fill_notes_cb, self);
}

static void
backstay_notes_view_dispose (GObject *object)
{
  BackstayNotesView *self = BACKSTAY_NOTES_VIEW (object);

  g_clear_handle_id (&self->fill_id, g_source_remove);
  g_clear_pointer (&self->notes, g_free);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_NOTES_VIEW);

  G_OBJECT_CLASS (backstay_notes_view_parent_class)->dispose (object);
}

static void
backstay_notes_view_class_init (BackstayNotesViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_notes_view_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-notes-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayNotesView, notes_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayNotesView, long_notes_window);
  gtk_widget_class_bind_template_child (widget_class, BackstayNotesView, long_notes_view);
}

static void
backstay_notes_view_init (BackstayNotesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * backstay_notes_view_show:
 * @version: (nullable): the version whose notes to show; %NULL for none
 *
 * Shows notes. The widget is not there where there are none.
 */
void
backstay_notes_view_show (BackstayNotesView *self,
                          BackstayVersion   *version)
{
  const char      *notes = version != NULL ? backstay_version_get_notes (version) : NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (BACKSTAY_IS_NOTES_VIEW (self));

  g_clear_handle_id (&self->fill_id, g_source_remove);
  g_clear_pointer (&self->notes, g_free);
  gtk_widget_set_visible (GTK_WIDGET (self), notes != NULL);

  if (notes != NULL && (g_utf8_strlen (notes, -1) > LONG_NOTES || count_lines (notes) > LONG_NOTES_LINES))
    {
      self->notes = g_strdup (notes);
      show_long_notes (self);
      return;
    }

  text = version != NULL ? backstay_version_text_dup_notes (version) : NULL;
  gtk_label_set_label (self->notes_label, text != NULL ? text : "");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->long_notes_view), "", 0);
  gtk_widget_set_visible (GTK_WIDGET (self->notes_label), text != NULL);
  gtk_widget_set_visible (self->long_notes_window, FALSE);
}

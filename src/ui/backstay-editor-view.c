/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-editor-view"

#include "config.h"

#include "backstay-editor-view-private.h"

#include "backstay-compat.h"
#include "backstay-editor-check.h"
#include "backstay-source-style.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How long somebody has to pause before the text is looked at. */
#define CHECK_MSEC 150

#define MARK_ERROR "error"
#define MARK_WARNING "warning"

/**
 * BackstayEditorView:
 *
 * Where somebody writes a configuration. Every pause in the typing has the text read as it will be
 * read before it is sent, in a thread; what is wrong is said below, and shown in its place.
 */

enum
{
  SIGNAL_CHANGED,
  SIGNAL_CHECKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayEditorView, backstay_editor_view, GTK_TYPE_WIDGET)

/* Whether a text is too much for a text view. */
static gboolean
is_too_large (const char *text,
              gsize       size)
{
  return size > BACKSTAY_EDITOR_MAX_SIZE ||
         backstay_source_style_has_long_line (text, size, BACKSTAY_EDITOR_MAX_LINE);
}

/* What is said below, and shown in its place */

static void
clear_marks (BackstayEditorView *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter    start;
  GtkTextIter    end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag_by_name (buffer, MARK_ERROR, &start, &end);
  gtk_text_buffer_remove_tag_by_name (buffer, MARK_WARNING, &start, &end);
}

/* From the place to the end of what stands there. At the end of a line, where something is missing,
 * it is what stands before. */
static void
mark_fault (BackstayEditorView *self,
            const char         *category)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter    start;
  GtkTextIter    end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) self->fault_at);

  while (gtk_text_iter_ends_line (&start) && gtk_text_iter_backward_char (&start))
    ;

  end = start;
  if (!gtk_text_iter_forward_word_end (&end) || gtk_text_iter_get_line (&end) != gtk_text_iter_get_line (&start))
    {
      end = start;
      gtk_text_iter_forward_char (&end);
    }

  gtk_text_buffer_apply_tag_by_name (buffer, category, &start, &end);
}

static void
show_status (BackstayEditorView *self,
             const char         *icon_name,
             const char         *text,
             const char         *category)
{
  clear_marks (self);
  gtk_image_set_from_icon_name (self->status_image, icon_name);
  gtk_label_set_label (self->status_label, text);
  gtk_widget_set_sensitive (self->status_button, category != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->status_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);

  if (category != NULL && self->large_text == NULL)
    mark_fault (self, category);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  BackstayEditorView *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayEditorCheck) check = backstay_editor_check_finish (result, &error);
  g_autofree char *warning = NULL;

  if (check == NULL) /* Another text is there. */
    return;

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->json, backstay_json_unref);
  g_clear_pointer (&self->stored, backstay_json_unref);
  self->json = g_steal_pointer (&check->json);
  self->stored = g_steal_pointer (&check->stored);
  self->fault_at = check->fault_at;

  backstay_source_style_set_coloured (self->buffer, !check->is_large);
  gtk_widget_set_visible (GTK_WIDGET (self->plain_label), check->is_large && self->large_text == NULL);

  /* Translators: what is wrong, such as that a key is there twice. */
  if (check->warning != NULL)
    warning = g_strdup_printf (_ ("%s; PostgreSQL keeps the last"), check->warning->message);

  if (check->error != NULL)
    show_status (self, "dialog-error-symbolic", check->error->message, MARK_ERROR);
  else if (warning != NULL)
    show_status (self, "dialog-warning-symbolic", warning, MARK_WARNING);
  else
    show_status (self, "emblem-ok-symbolic", _ ("Valid JSON"), NULL);

  g_signal_emit (self, signals[SIGNAL_CHECKED], 0);
}

static gboolean
check_cb (gpointer user_data)
{
  BackstayEditorView *self = user_data;
  char               *text = backstay_editor_view_dup_text (self);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  self->check_id = 0;
  self->cancellable = g_cancellable_new ();
  backstay_editor_check_async (bytes, self->cancellable, checked_cb, self);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (BackstayEditorView *self)
{
  g_clear_handle_id (&self->check_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  self->check_id = g_timeout_add (CHECK_MSEC, check_cb, self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* What is pasted can be too much for the view, which would hang, or for the colours, which come
 * before the text is checked. */
static void
insert_text_cb (BackstayEditorView *self,
                GtkTextIter        *place,
                const char         *text,
                int                 length)
{
  if (is_too_large (text, length))
    {
      show_status (self, "dialog-warning-symbolic",
                   _ ("Nothing was pasted: it is above 2 MiB, or has a line above 16 KiB. Begin a new "
                      "version from the clipboard instead."),
                   NULL);
      g_signal_stop_emission_by_name (self->buffer, "insert-text");
    }
  else if (backstay_source_style_is_too_much (text, length))
    {
      backstay_source_style_set_coloured (self->buffer, FALSE);
    }
}

static void
go_to_fault_cb (BackstayEditorView *self)
{
  GtkTextIter iter;

  if (self->large_text != NULL)
    return;

  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), &iter, (int) self->fault_at);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), &iter);
  gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (self->source_view), &iter, 0.1, FALSE, 0, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->source_view));
}

static void
add_mark_look (BackstayEditorView *self,
               const char         *category,
               const char         *colour)
{
  gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self->buffer), category,
                              "underline", PANGO_UNDERLINE_ERROR,
                              "background", colour,
                              NULL);
}

static gboolean
backstay_editor_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BACKSTAY_EDITOR_VIEW (widget)->source_view));
}

static void
backstay_editor_view_dispose (GObject *object)
{
  BackstayEditorView *self = BACKSTAY_EDITOR_VIEW (object);

  g_clear_handle_id (&self->check_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->search_context);
  g_clear_pointer (&self->json, backstay_json_unref);
  g_clear_pointer (&self->stored, backstay_json_unref);
  backstay_source_style_release (self->source_view);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_EDITOR_VIEW);

  G_OBJECT_CLASS (backstay_editor_view_parent_class)->dispose (object);
}

static void
backstay_editor_view_finalize (GObject *object)
{
  g_free (BACKSTAY_EDITOR_VIEW (object)->large_text);

  G_OBJECT_CLASS (backstay_editor_view_parent_class)->finalize (object);
}

static void
backstay_editor_view_class_init (BackstayEditorViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_editor_view_dispose;
  object_class->finalize = backstay_editor_view_finalize;
  widget_class->grab_focus = backstay_editor_view_grab_focus;

  /**
   * BackstayEditorView::changed:
   *
   * Emitted when the text has changed.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * BackstayEditorView::checked:
   *
   * Emitted when it is known what the text says.
   */
  signals[SIGNAL_CHECKED] =
    g_signal_new ("checked",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  g_type_ensure (GTK_SOURCE_TYPE_BUFFER);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-editor-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorView, stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorView, source_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorView, buffer);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorView, status_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorView, status_image);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorView, status_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayEditorView, plain_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, insert_text_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_to_fault_cb);
  backstay_editor_view_bind_search (widget_class);
}

static void
backstay_editor_view_init (BackstayEditorView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  backstay_editor_view_init_search (self);
  backstay_source_style_set_up (self->buffer);
  add_mark_look (self, MARK_ERROR, "rgba(224, 27, 36, 0.3)");
  add_mark_look (self, MARK_WARNING, "rgba(229, 165, 10, 0.3)");
}

/**
 * backstay_editor_view_set_text:
 * @text: a configuration, which need not be valid
 *
 * Begins with a text. One that is too large for a text view is kept as it is, and cannot be edited.
 */
void
backstay_editor_view_set_text (BackstayEditorView *self,
                               const char         *text)
{
  gsize size;

  g_return_if_fail (BACKSTAY_IS_EDITOR_VIEW (self));
  g_return_if_fail (text != NULL);

  size = strlen (text);
  g_clear_pointer (&self->large_text, g_free);

  if (is_too_large (text, size))
    {
      self->large_text = g_strdup (text);
      gtk_stack_set_visible_child_name (self->stack, "large");
      changed_cb (self);
      return;
    }

  backstay_source_style_set_coloured (self->buffer, !backstay_source_style_is_too_much (text, size));
  gtk_text_buffer_begin_irreversible_action (GTK_TEXT_BUFFER (self->buffer));
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), text, (int) size);
  gtk_text_buffer_end_irreversible_action (GTK_TEXT_BUFFER (self->buffer));
  gtk_stack_set_visible_child_name (self->stack, "text");
  changed_cb (self);
}

/**
 * backstay_editor_view_replace_text:
 * @text: another text
 *
 * Replaces the text as somebody would who types, so that it can be undone; but not where either of
 * them is too large to be edited.
 */
void
backstay_editor_view_replace_text (BackstayEditorView *self,
                                   const char         *text)
{
  GtkTextBuffer *buffer;
  GtkTextIter    start;
  GtkTextIter    end;

  g_return_if_fail (BACKSTAY_IS_EDITOR_VIEW (self));
  g_return_if_fail (text != NULL);

  if (self->large_text != NULL || is_too_large (text, strlen (text)))
    {
      backstay_editor_view_set_text (self, text);
      return;
    }

  buffer = GTK_TEXT_BUFFER (self->buffer);
  backstay_source_style_set_coloured (self->buffer, !backstay_source_style_is_too_much (text, strlen (text)));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, text, -1);
  gtk_text_buffer_end_user_action (buffer);
}

/**
 * backstay_editor_view_dup_text:
 *
 * Returns: (transfer full): the text as it was typed
 */
char *
backstay_editor_view_dup_text (BackstayEditorView *self)
{
  GtkTextIter start;
  GtkTextIter end;

  g_return_val_if_fail (BACKSTAY_IS_EDITOR_VIEW (self), NULL);

  if (self->large_text != NULL)
    return g_strdup (self->large_text);

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);

  return gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->buffer), &start, &end, TRUE);
}

/**
 * backstay_editor_view_get_buffer:
 *
 * Returns: (transfer none): what can be undone and redone
 */
GtkTextBuffer *
backstay_editor_view_get_buffer (BackstayEditorView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_EDITOR_VIEW (self), NULL);

  return GTK_TEXT_BUFFER (self->buffer);
}

/**
 * backstay_editor_view_set_editable:
 * @editable: whether somebody may type
 *
 * Holds the text while it is on its way to the server.
 */
void
backstay_editor_view_set_editable (BackstayEditorView *self,
                                   gboolean            editable)
{
  g_return_if_fail (BACKSTAY_IS_EDITOR_VIEW (self));

  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->source_view), editable);
}

/**
 * backstay_editor_view_get_checking:
 *
 * Returns: whether it is not known yet what the text says
 */
gboolean
backstay_editor_view_get_checking (BackstayEditorView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_EDITOR_VIEW (self), FALSE);

  return self->check_id != 0 || self->cancellable != NULL;
}

/**
 * backstay_editor_view_get_json:
 *
 * Returns: (transfer none) (nullable): what the text says; %NULL where it says nothing that could be
 *   saved, or that is not known yet
 */
BackstayJson *
backstay_editor_view_get_json (BackstayEditorView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_EDITOR_VIEW (self), NULL);

  return backstay_editor_view_get_checking (self) ? NULL : self->json;
}

/**
 * backstay_editor_view_get_stored_json:
 *
 * Returns: (transfer none) (nullable): what the server will make of the text: of two members with one
 *   key it keeps the last; %NULL where backstay_editor_view_get_json() gives %NULL
 */
BackstayJson *
backstay_editor_view_get_stored_json (BackstayEditorView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_EDITOR_VIEW (self), NULL);

  return backstay_editor_view_get_checking (self) ? NULL : self->stored;
}

/**
 * backstay_editor_view_show_error:
 * @error: an error of %BACKSTAY_JSON_ERROR
 *
 * Shows what a server found wrong with the text, in its place.
 */
void
backstay_editor_view_show_error (BackstayEditorView *self,
                                 const GError       *error)
{
  g_autofree char *text = NULL;
  gsize            offset;

  g_return_if_fail (BACKSTAY_IS_EDITOR_VIEW (self));
  g_return_if_fail (error != NULL && error->domain == BACKSTAY_JSON_ERROR);

  text = backstay_editor_view_dup_text (self);
  backstay_json_error_get_position (error, &offset, NULL, NULL);
  self->fault_at = (guint) g_utf8_strlen (text, (gssize) offset);
  show_status (self, "dialog-error-symbolic", error->message, MARK_ERROR);
  go_to_fault_cb (self);
}

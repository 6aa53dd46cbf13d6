/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-text-view"

#include "config.h"

#include "backstay-text-view.h"

#include "backstay-compat.h"
#include "backstay-focus.h"
#include "backstay-json-print.h"
#include "backstay-notice.h"
#include "backstay-source-style.h"
#include "backstay-text-lines.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayTextView:
 *
 * A configuration as text, one value a line. Every value stands as the server spells it; only the
 * white space between them is Backstay's.
 */
struct _BackstayTextView
{
  GtkWidget parent_instance;

  BackstayJson *json;
  GCancellable *cancellable; /* Non-%NULL while the text is being written. */
  gboolean      shown;       /* Whether @json's text is on the page, or on its way there. */

  /* Template children */
  BackstayNotice    *notice;
  GtkStack          *stack;
  GtkSourceBuffer   *buffer;
  GtkScrolledWindow *lines_window;
  GtkListView       *lines_view;
  GtkSourceView     *source_view;
};

G_DEFINE_FINAL_TYPE (BackstayTextView, backstay_text_view, GTK_TYPE_WIDGET)

/* What the thread makes: a text for the text view, or lines for the list. */
typedef struct
{
  GBytes            *text;
  BackstayTextLines *lines; /* %NULL where the text view can take the text. */
} Page;

static void
page_free (Page *page)
{
  g_bytes_unref (page->text);
  g_clear_object (&page->lines);
  g_free (page);
}

static gboolean
go_on (gsize    done,
       gsize    total,
       gpointer cancellable)
{
  return !g_cancellable_is_cancelled (cancellable);
}

static void
print_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  BackstayJson *json = task_data;
  GError       *error = NULL;
  GBytes       *text;
  Page         *page;

  text = backstay_json_print_pretty (json, backstay_json_get_root (json), go_on, cancellable, &error);

  if (text == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  page = g_new0 (Page, 1);
  page->text = text;
  /* A text that is too much for a text view is a lazy list of lines. */
  if (backstay_source_style_is_too_much (g_bytes_get_data (text, NULL), g_bytes_get_size (text)))
    page->lines = backstay_text_lines_new (text);

  g_task_return_pointer (task, page, (GDestroyNotify) page_free);
}

static void
show_lines (BackstayTextView  *self,
            BackstayTextLines *lines)
{
  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (lines)));

  gtk_list_view_set_model (self->lines_view, GTK_SELECTION_MODEL (selection));
  gtk_stack_set_visible_child_name (self->stack, "lines");
}

static void
printed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  BackstayTextView *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GError) error = NULL;
  Page *page = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);

  if (page == NULL)
    {
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, _ ("Try Again"));
      return;
    }

  if (page->lines != NULL)
    {
      show_lines (self, page->lines);
    }
  else
    {
      gsize       size;
      const char *data = g_bytes_get_data (page->text, &size);

      gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), data, (int) size);
      gtk_stack_set_visible_child_name (self->stack, "source");
    }

  page_free (page);
}

/* Writes the text when it is first looked at: most versions are never seen on this page. */
static void
ensure_shown (BackstayTextView *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->shown || self->json == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->shown = TRUE;
  gtk_stack_set_visible_child_name (self->stack, "loading");

  self->cancellable = g_cancellable_new ();
  task = g_task_new (NULL, self->cancellable, printed_cb, self);
  g_task_set_source_tag (task, ensure_shown);
  g_task_set_task_data (task, backstay_json_ref (self->json), (GDestroyNotify) backstay_json_unref);
  g_task_run_in_thread (task, print_thread);
}

static void
retry_cb (BackstayTextView *self)
{
  backstay_notice_hide (self->notice);
  self->shown = FALSE;
  ensure_shown (self);
}

static void
backstay_text_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (backstay_text_view_parent_class)->map (widget);

  ensure_shown (BACKSTAY_TEXT_VIEW (widget));
}

static void
backstay_text_view_dispose (GObject *object)
{
  BackstayTextView *self = BACKSTAY_TEXT_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->json, backstay_json_unref);
  backstay_source_style_release (self->source_view);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_TEXT_VIEW);

  G_OBJECT_CLASS (backstay_text_view_parent_class)->dispose (object);
}

static void
backstay_text_view_class_init (BackstayTextViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_text_view_dispose;
  widget_class->map = backstay_text_view_map;

  g_type_ensure (BACKSTAY_TYPE_NOTICE);
  g_type_ensure (BACKSTAY_TYPE_TEXT_LINE);
  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  g_type_ensure (GTK_SOURCE_TYPE_BUFFER);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-text-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayTextView, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayTextView, stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayTextView, buffer);
  gtk_widget_class_bind_template_child (widget_class, BackstayTextView, lines_window);
  gtk_widget_class_bind_template_child (widget_class, BackstayTextView, lines_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayTextView, source_view);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
backstay_text_view_init (BackstayTextView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  backstay_compat_guard_scrolling (self->lines_window);
  backstay_focus_leaves_with_tab (self->lines_view);
  backstay_source_style_set_up (self->buffer);
}

/**
 * backstay_text_view_set_json:
 * @json: (nullable): the document
 *
 * Shows a document as text.
 */
void
backstay_text_view_set_json (BackstayTextView *self,
                             BackstayJson     *json)
{
  g_return_if_fail (BACKSTAY_IS_TEXT_VIEW (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->json, backstay_json_unref);
  backstay_notice_hide (self->notice);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), "", 0);
  gtk_list_view_set_model (self->lines_view, NULL);
  gtk_stack_set_visible_child_name (self->stack, "loading");

  if (json != NULL)
    self->json = backstay_json_ref (json);

  self->shown = FALSE;
  ensure_shown (self);
}

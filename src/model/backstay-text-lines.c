/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-text-lines"

#include "config.h"

#include "backstay-text-lines.h"

#include <string.h>

/**
 * BackstayTextLines:
 *
 * A [iface@Gio.ListModel] of [class@TextLine]: a text too large for a text view, line by line. A
 * line costs its place in the text; its item is made when somebody looks at it.
 */
struct _BackstayTextLines
{
  GObject parent_instance;

  GBytes *text;
  GArray *starts; /* Of gsize: where the lines begin, and where one after the last would. */
};

static GType
backstay_text_lines_get_item_type (GListModel *model)
{
  return BACKSTAY_TYPE_TEXT_LINE;
}

static guint
backstay_text_lines_get_n_items (GListModel *model)
{
  return BACKSTAY_TEXT_LINES (model)->starts->len - 1;
}

static gpointer
backstay_text_lines_get_item (GListModel *model,
                              guint       position)
{
  BackstayTextLines *self = BACKSTAY_TEXT_LINES (model);
  const char        *text = g_bytes_get_data (self->text, NULL);
  gsize              start;
  gsize              end;

  if (position >= self->starts->len - 1)
    return NULL;

  start = g_array_index (self->starts, gsize, position);
  end = g_array_index (self->starts, gsize, position + 1) - 1;

  return backstay_text_line_new (position + 1, text + start, end - start);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = backstay_text_lines_get_item_type;
  iface->get_n_items = backstay_text_lines_get_n_items;
  iface->get_item = backstay_text_lines_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BackstayTextLines, backstay_text_lines, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
backstay_text_lines_finalize (GObject *object)
{
  BackstayTextLines *self = BACKSTAY_TEXT_LINES (object);

  g_clear_pointer (&self->text, g_bytes_unref);
  g_clear_pointer (&self->starts, g_array_unref);

  G_OBJECT_CLASS (backstay_text_lines_parent_class)->finalize (object);
}

static void
backstay_text_lines_class_init (BackstayTextLinesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = backstay_text_lines_finalize;
}

static void
backstay_text_lines_init (BackstayTextLines *self)
{
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
}

/**
 * backstay_text_lines_new:
 * @text: a text whose lines end with a line feed
 *
 * Finds the lines of a text; for a large one not in the main thread.
 *
 * Returns: (transfer full): the lines
 */
BackstayTextLines *
backstay_text_lines_new (GBytes *text)
{
  BackstayTextLines *self;
  const char        *data;
  const char        *end;
  gsize              size;
  gsize              start = 0;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_TEXT_LINES, NULL);
  self->text = g_bytes_ref (text);
  data = g_bytes_get_data (text, &size);

  g_array_append_val (self->starts, start);

  while (start < size && (end = memchr (data + start, '\n', size - start)) != NULL)
    {
      start = end - data + 1;
      g_array_append_val (self->starts, start);
    }

  if (start < size)
    {
      start = size + 1;
      g_array_append_val (self->starts, start);
    }

  return self;
}

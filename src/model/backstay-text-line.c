/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-text-line"

#include "config.h"

#include "backstay-text-line.h"

#include "backstay-display-text.h"

/* A label hangs on a line of megabytes. */
#define SHOWN_CHARS 2000

/**
 * BackstayTextLine:
 *
 * One line of a text, safe to show. A longer one than a label can take ends in an ellipsis.
 */
struct _BackstayTextLine
{
  GObject parent_instance;

  guint number;
  char *text;
};

enum
{
  PROP_0,
  PROP_NUMBER,
  PROP_TEXT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayTextLine, backstay_text_line, G_TYPE_OBJECT)

static void
backstay_text_line_finalize (GObject *object)
{
  BackstayTextLine *self = BACKSTAY_TEXT_LINE (object);

  g_free (self->text);

  G_OBJECT_CLASS (backstay_text_line_parent_class)->finalize (object);
}

static void
backstay_text_line_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  BackstayTextLine *self = BACKSTAY_TEXT_LINE (object);

  switch (prop_id)
    {
    case PROP_NUMBER:
      g_value_set_uint (value, self->number);
      break;

    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_text_line_class_init (BackstayTextLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = backstay_text_line_finalize;
  object_class->get_property = backstay_text_line_get_property;

  /**
   * BackstayTextLine:number:
   *
   * The line's number, from 1.
   */
  properties[PROP_NUMBER] =
    g_param_spec_uint ("number", NULL, NULL,
                       0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * BackstayTextLine:text:
   *
   * What to show of it.
   */
  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
backstay_text_line_init (BackstayTextLine *self)
{
}

/**
 * backstay_text_line_new:
 * @number: the line's number, from 1
 * @text: the line, without its end
 * @length: its bytes
 *
 * Returns: (transfer full): the line
 */
BackstayTextLine *
backstay_text_line_new (guint       number,
                        const char *text,
                        gsize       length)
{
  BackstayTextLine *self = g_object_new (BACKSTAY_TYPE_TEXT_LINE, NULL);

  self->number = number;
  self->text = backstay_display_text_len (text, length, SHOWN_CHARS);

  return self;
}

/**
 * backstay_text_line_get_number:
 *
 * Returns: the line's number, from 1
 */
guint
backstay_text_line_get_number (BackstayTextLine *self)
{
  g_return_val_if_fail (BACKSTAY_IS_TEXT_LINE (self), 0);

  return self->number;
}

/**
 * backstay_text_line_get_text:
 *
 * Returns: (transfer none): what to show of it
 */
const char *
backstay_text_line_get_text (BackstayTextLine *self)
{
  g_return_val_if_fail (BACKSTAY_IS_TEXT_LINE (self), NULL);

  return self->text;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-import-item"

#include "config.h"

#include "backstay-import-item.h"

/**
 * BackstayImportItem:
 *
 * A line of a file that is imported: where it is and what becomes of it. The line itself stays in the
 * file.
 */
struct _BackstayImportItem
{
  GObject parent_instance;

  guint               line_number;
  goffset             offset;
  gsize               length;
  char               *digest; /* Of the line. */
  char               *model_type;
  char               *config_name;
  char               *new_id;
  BackstayImportState state;
  char               *reason;
  char               *warning;
};

enum
{
  PROP_0,
  PROP_STATE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayImportItem, backstay_import_item, G_TYPE_OBJECT)

static void
backstay_import_item_finalize (GObject *object)
{
  BackstayImportItem *self = BACKSTAY_IMPORT_ITEM (object);

  g_free (self->digest);
  g_free (self->model_type);
  g_free (self->config_name);
  g_free (self->new_id);
  g_free (self->reason);
  g_free (self->warning);

  G_OBJECT_CLASS (backstay_import_item_parent_class)->finalize (object);
}

static void
backstay_import_item_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  BackstayImportItem *self = BACKSTAY_IMPORT_ITEM (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_import_item_class_init (BackstayImportItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = backstay_import_item_finalize;
  object_class->get_property = backstay_import_item_get_property;

  /**
   * BackstayImportItem:state:
   *
   * A [enum@ImportState].
   */
  properties[PROP_STATE] =
    g_param_spec_int ("state", NULL, NULL,
                      0, BACKSTAY_IMPORT_N_STATES - 1, BACKSTAY_IMPORT_STATE_NEW,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
backstay_import_item_init (BackstayImportItem *self)
{
}

/**
 * backstay_import_item_new:
 * @line_number: the line's number in the file, from 1
 * @offset: where in the file it begins, in bytes
 * @text: the line
 * @line: (nullable): what it says, if it could be read
 *
 * Returns: (transfer full): the line as an item of a list. Its state is
 *   %BACKSTAY_IMPORT_STATE_NEW
 */
BackstayImportItem *
backstay_import_item_new (guint                line_number,
                          goffset              offset,
                          GBytes              *text,
                          BackstayVersionLine *line)
{
  BackstayImportItem *self;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_IMPORT_ITEM, NULL);
  self->line_number = line_number;
  self->offset = offset;
  self->length = g_bytes_get_size (text);
  self->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, text);

  if (line != NULL)
    {
      self->model_type = g_strdup (line->model_type);
      self->config_name = g_strdup (line->config_name);
      self->new_id = backstay_version_line_dup_import_id (line);
    }

  return self;
}

/**
 * backstay_import_item_get_line_number:
 *
 * Returns: the line's number in the file, from 1
 */
guint
backstay_import_item_get_line_number (BackstayImportItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_IMPORT_ITEM (self), 0);

  return self->line_number;
}

/**
 * backstay_import_item_get_offset:
 *
 * Returns: where in the file the line begins, in bytes
 */
goffset
backstay_import_item_get_offset (BackstayImportItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_IMPORT_ITEM (self), 0);

  return self->offset;
}

/**
 * backstay_import_item_get_length:
 *
 * Returns: how many bytes the line has, without its end
 */
gsize
backstay_import_item_get_length (BackstayImportItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_IMPORT_ITEM (self), 0);

  return self->length;
}

/**
 * backstay_import_item_is_text:
 * @text: a line that was read again
 *
 * Returns: whether it is what it was
 */
gboolean
backstay_import_item_is_text (BackstayImportItem *self,
                              GBytes             *text)
{
  g_autofree char *digest = NULL;

  g_return_val_if_fail (BACKSTAY_IS_IMPORT_ITEM (self), FALSE);

  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, text);

  return g_str_equal (digest, self->digest);
}

/**
 * backstay_import_item_get_model_type:
 *
 * Returns: (nullable) (transfer none): the version's model type; %NULL if the line could not be read
 */
const char *
backstay_import_item_get_model_type (BackstayImportItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_IMPORT_ITEM (self), NULL);

  return self->model_type;
}

/**
 * backstay_import_item_get_config_name:
 *
 * Returns: (nullable) (transfer none): the version's name; %NULL if the line could not be read
 */
const char *
backstay_import_item_get_config_name (BackstayImportItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_IMPORT_ITEM (self), NULL);

  return self->config_name;
}

/**
 * backstay_import_item_get_new_id:
 *
 * Returns: (nullable) (transfer none): the uuid of the version that the line becomes; %NULL if the line
 *   could not be read
 */
const char *
backstay_import_item_get_new_id (BackstayImportItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_IMPORT_ITEM (self), NULL);

  return self->new_id;
}

/**
 * backstay_import_item_get_state:
 *
 * Returns: what becomes of the line
 */
BackstayImportState
backstay_import_item_get_state (BackstayImportItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_IMPORT_ITEM (self), BACKSTAY_IMPORT_STATE_BAD);

  return self->state;
}

/**
 * backstay_import_item_set_state:
 * @state: what becomes of the line
 * @reason: (nullable): why, as a sentence
 *
 * Says what becomes of the line.
 */
void
backstay_import_item_set_state (BackstayImportItem *self,
                                BackstayImportState state,
                                const char         *reason)
{
  g_return_if_fail (BACKSTAY_IS_IMPORT_ITEM (self));

  g_free (self->reason);
  self->reason = g_strdup (reason);
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/**
 * backstay_import_item_set_warning:
 * @warning: (nullable): a sentence
 *
 * Says what somebody should look at before the line is imported.
 */
void
backstay_import_item_set_warning (BackstayImportItem *self,
                                  const char         *warning)
{
  g_return_if_fail (BACKSTAY_IS_IMPORT_ITEM (self));

  g_free (self->warning);
  self->warning = g_strdup (warning);
}

/**
 * backstay_import_item_get_reason:
 *
 * Returns: (nullable) (transfer none): why the line is in its state, as a sentence
 */
const char *
backstay_import_item_get_reason (BackstayImportItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_IMPORT_ITEM (self), NULL);

  return self->reason;
}

/**
 * backstay_import_item_get_warning:
 *
 * Returns: (nullable) (transfer none): what somebody should look at, as a sentence
 */
const char *
backstay_import_item_get_warning (BackstayImportItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_IMPORT_ITEM (self), NULL);

  return self->warning;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-item"

#include "config.h"

#include "backstay-matrix-item.h"

#include "backstay-display-text.h"
#include "backstay-json-label.h"
#include "backstay-json-path.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayMatrixItem:
 *
 * One path of a matrix, as a row shows it.
 */
struct _BackstayMatrixItem
{
  GObject parent_instance;

  BackstayMatrix   *matrix;
  BackstayMatrixRow row;
  guint             depth;
  gboolean          expanded;
};

enum
{
  PROP_0,
  PROP_EXPANDED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayMatrixItem, backstay_matrix_item, G_TYPE_OBJECT)

static void
backstay_matrix_item_finalize (GObject *object)
{
  backstay_matrix_unref (BACKSTAY_MATRIX_ITEM (object)->matrix);

  G_OBJECT_CLASS (backstay_matrix_item_parent_class)->finalize (object);
}

static void
backstay_matrix_item_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  BackstayMatrixItem *self = BACKSTAY_MATRIX_ITEM (object);

  switch (prop_id)
    {
    case PROP_EXPANDED:
      g_value_set_boolean (value, self->expanded);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_matrix_item_class_init (BackstayMatrixItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = backstay_matrix_item_finalize;
  object_class->get_property = backstay_matrix_item_get_property;

  /**
   * BackstayMatrixItem:expanded:
   *
   * Whether what is below are rows of their own.
   */
  properties[PROP_EXPANDED] =
    g_param_spec_boolean ("expanded", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
backstay_matrix_item_init (BackstayMatrixItem *self)
{
}

/**
 * backstay_matrix_item_new:
 * @matrix: the matrix
 * @row: one of its rows
 * @depth: how far to indent it, in levels
 * @expanded: whether what is below is shown
 *
 * Returns: (transfer full): the item
 */
BackstayMatrixItem *
backstay_matrix_item_new (BackstayMatrix   *matrix,
                          BackstayMatrixRow row,
                          guint             depth,
                          gboolean          expanded)
{
  BackstayMatrixItem *self;

  g_return_val_if_fail (matrix != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_MATRIX_ITEM, NULL);
  self->matrix = backstay_matrix_ref (matrix);
  self->row = row;
  self->depth = depth;
  self->expanded = expanded;

  return self;
}

/**
 * backstay_matrix_item_get_matrix:
 *
 * Returns: (transfer none): the matrix
 */
BackstayMatrix *
backstay_matrix_item_get_matrix (BackstayMatrixItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_ITEM (self), NULL);

  return self->matrix;
}

/**
 * backstay_matrix_item_get_row:
 *
 * Returns: the row
 */
BackstayMatrixRow
backstay_matrix_item_get_row (BackstayMatrixItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_ITEM (self), BACKSTAY_MATRIX_ROW_NONE);

  return self->row;
}

/**
 * backstay_matrix_item_get_depth:
 *
 * Returns: how far to indent it, in levels
 */
guint
backstay_matrix_item_get_depth (BackstayMatrixItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_ITEM (self), 0);

  return self->depth;
}

/**
 * backstay_matrix_item_get_expandable:
 *
 * Returns: whether there is anything below it
 */
gboolean
backstay_matrix_item_get_expandable (BackstayMatrixItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_ITEM (self), FALSE);

  return backstay_matrix_get_end (self->matrix, self->row) > self->row + 1;
}

/**
 * backstay_matrix_item_get_expanded:
 *
 * Returns: whether what is below are rows of their own
 */
gboolean
backstay_matrix_item_get_expanded (BackstayMatrixItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_ITEM (self), FALSE);

  return self->expanded;
}

/**
 * backstay_matrix_item_set_expanded:
 * @expanded: whether what is below are rows of their own
 *
 * Only for the tree that the item is of.
 */
void
backstay_matrix_item_set_expanded (BackstayMatrixItem *self,
                                   gboolean            expanded)
{
  g_return_if_fail (BACKSTAY_IS_MATRIX_ITEM (self));

  if (self->expanded == expanded)
    return;

  self->expanded = expanded;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPANDED]);
}

/* The first document that has the row, which knows what it is called. */
static BackstayJson *
get_origin (BackstayMatrixItem *self,
            BackstayJsonNode   *node)
{
  guint document = backstay_matrix_get_first_document (self->matrix, self->row);

  *node = backstay_matrix_get_node (self->matrix, self->row, document);

  return backstay_matrix_get_document (self->matrix, document);
}

/**
 * backstay_matrix_item_dup_key:
 *
 * Returns: (transfer full): the member's name, or the element's number or what tells it apart, for a
 *   label
 */
char *
backstay_matrix_item_dup_key (BackstayMatrixItem *self)
{
  BackstayJsonNode node;
  BackstayJson    *json;
  g_autofree char *identity = NULL;

  g_return_val_if_fail (BACKSTAY_IS_MATRIX_ITEM (self), NULL);

  identity = backstay_matrix_dup_identity (self->matrix, self->row);
  if (identity != NULL)
    return backstay_display_text (identity);

  json = get_origin (self, &node);

  return backstay_json_label_dup_key (json, node);
}

/**
 * backstay_matrix_item_dup_path:
 *
 * Returns: (transfer full): the whole path, for a label
 */
char *
backstay_matrix_item_dup_path (BackstayMatrixItem *self)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (BACKSTAY_IS_MATRIX_ITEM (self), NULL);

  path = backstay_matrix_dup_path (self->matrix, self->row);

  return backstay_display_text (path);
}

/**
 * backstay_matrix_item_dup_pointer:
 *
 * Returns: (transfer full) (nullable): the path as a JSON Pointer; %NULL if no string of C can hold it
 */
char *
backstay_matrix_item_dup_pointer (BackstayMatrixItem *self)
{
  BackstayJsonNode node;
  BackstayJson    *json;

  g_return_val_if_fail (BACKSTAY_IS_MATRIX_ITEM (self), NULL);

  json = get_origin (self, &node);

  return backstay_json_dup_pointer (json, node);
}

/**
 * backstay_matrix_item_dup_value:
 * @document: a column
 *
 * Gives what stands in a cell: a number exactly as it is spelt, of a container the number of its
 * entries.
 *
 * Returns: (transfer full) (nullable): text for a label; %NULL where the path is missing
 */
char *
backstay_matrix_item_dup_value (BackstayMatrixItem *self,
                                guint               document)
{
  BackstayJsonNode node;
  g_autofree char *value = NULL;

  g_return_val_if_fail (BACKSTAY_IS_MATRIX_ITEM (self), NULL);

  node = backstay_matrix_get_node (self->matrix, self->row, document);

  if (node == BACKSTAY_JSON_NODE_NONE)
    return NULL;

  value = backstay_json_label_dup_value (backstay_matrix_get_document (self->matrix, document), node);

  if (!backstay_matrix_get_reordered (self->matrix, self->row, document))
    return g_steal_pointer (&value);

  /* Translators: an array such as "[ 3 ]" whose elements stand in another order. */
  return g_strdup_printf (_ ("%s, other order"), value);
}

/**
 * backstay_matrix_item_dup_lexeme:
 * @document: a column
 *
 * Gives a cell's value as the server spells it, with all that is below it, to be copied.
 *
 * Returns: (transfer full) (nullable): JSON; %NULL where the path is missing
 */
char *
backstay_matrix_item_dup_lexeme (BackstayMatrixItem *self,
                                 guint               document)
{
  BackstayJsonNode node;
  const char      *lexeme;
  gsize            length;

  g_return_val_if_fail (BACKSTAY_IS_MATRIX_ITEM (self), NULL);

  node = backstay_matrix_get_node (self->matrix, self->row, document);

  if (node == BACKSTAY_JSON_NODE_NONE)
    return NULL;

  lexeme = backstay_json_get_lexeme (backstay_matrix_get_document (self->matrix, document), node,
                                     &length);

  return g_strndup (lexeme, length);
}

/**
 * backstay_matrix_item_dup_summary:
 *
 * Says in a few words how the columns go together: "2 values, 1 missing", "other spelling".
 *
 * Returns: (transfer full) (nullable): text for a label; %NULL where all are the same
 */
char *
backstay_matrix_item_dup_summary (BackstayMatrixItem *self)
{
  guint            n_values;
  guint            n_missing;
  g_autofree char *values = NULL;
  g_autofree char *missing = NULL;

  g_return_val_if_fail (BACKSTAY_IS_MATRIX_ITEM (self), NULL);

  n_values = backstay_matrix_get_n_values (self->matrix, self->row);
  n_missing = backstay_matrix_get_n_missing (self->matrix, self->row);

  if (n_values > 1)
    values = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u value", "%u values", n_values), n_values);
  if (n_missing > 0)
    /* Translators: how many versions do not have a path. */
    missing = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u missing", "%u missing", n_missing), n_missing);

  if (values != NULL && missing != NULL)
    return g_strdup_printf ("%s, %s", values, missing);
  if (values != NULL || missing != NULL)
    return g_strdup (values != NULL ? values : missing);

  if (backstay_matrix_get_respelt (self->matrix, self->row))
    return g_strdup (_ ("other spelling"));

  return NULL;
}

/**
 * backstay_matrix_item_get_word:
 * @document: a column
 *
 * Says how a cell goes with the others of its row.
 *
 * Returns: (transfer none) (nullable): a word; %NULL where all that have the path have the same, and
 *   where it is missing
 */
const char *
backstay_matrix_item_get_word (BackstayMatrixItem *self,
                               guint               document)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_ITEM (self), NULL);

  switch (backstay_matrix_get_role (self->matrix, self->row, document))
    {
    case BACKSTAY_MATRIX_ROLE_OUTLIER:
      return _ ("differs");

    case BACKSTAY_MATRIX_ROLE_SHARED:
      /* Translators: this value is what most of the versions have. */
      return _ ("as most");

    case BACKSTAY_MATRIX_ROLE_VARIED:
      /* Translators: the versions have several values, and none of them is what most have. */
      return _ ("varies");

    case BACKSTAY_MATRIX_ROLE_SAME:
    case BACKSTAY_MATRIX_ROLE_MISSING:
    default:
      return NULL;
    }
}

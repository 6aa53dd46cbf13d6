/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-columns"

#include "config.h"

#include "backstay-matrix-columns-private.h"

#include "backstay-display-text.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  BackstayConfiguration *configuration;
  guint                  document; /* Its place in the matrix. */
  gboolean               live;
  gboolean               pinned;
} Column;

/**
 * BackstayMatrixColumns:
 *
 * The columns of a matrix as one looks at them: which versions, in what order, which of them stay at
 * the left, and where they are on the screen. Headings and rows share it, so that they line up.
 *
 * A column's document is its place in the matrix, which is made of the versions in the order of the
 * documents; to remove or to add one calls for another matrix.
 */

enum
{
  SIGNAL_CHANGED,
  SIGNAL_MOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayMatrixColumns, backstay_matrix_columns, G_TYPE_OBJECT)

static void
column_free (gpointer data)
{
  Column *column = data;

  g_object_unref (column->configuration);
  g_free (column);
}

static Column *
get_column (BackstayMatrixColumns *self,
            guint                  column)
{
  return g_ptr_array_index (self->columns, column);
}

static void
changed (BackstayMatrixColumns *self)
{
  backstay_matrix_columns_update_adjustment (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
value_changed_cb (BackstayMatrixColumns *self)
{
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

static void
backstay_matrix_columns_finalize (GObject *object)
{
  BackstayMatrixColumns *self = BACKSTAY_MATRIX_COLUMNS (object);

  g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_object_unref (self->adjustment);
  g_ptr_array_unref (self->columns);

  G_OBJECT_CLASS (backstay_matrix_columns_parent_class)->finalize (object);
}

static void
backstay_matrix_columns_class_init (BackstayMatrixColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = backstay_matrix_columns_finalize;

  /**
   * BackstayMatrixColumns::changed:
   *
   * Emitted when there are other columns, or in another order.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * BackstayMatrixColumns::moved:
   *
   * Emitted when the columns are elsewhere on the screen.
   */
  signals[SIGNAL_MOVED] =
    g_signal_new ("moved",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
backstay_matrix_columns_init (BackstayMatrixColumns *self)
{
  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->current = BACKSTAY_MATRIX_KEY_COLUMN;
  self->adjustment = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_swapped (self->adjustment, "value-changed", G_CALLBACK (value_changed_cb), self);
}

/**
 * backstay_matrix_columns_new:
 *
 * Returns: (transfer full): no columns
 */
BackstayMatrixColumns *
backstay_matrix_columns_new (void)
{
  return g_object_new (BACKSTAY_TYPE_MATRIX_COLUMNS, NULL);
}

/**
 * backstay_matrix_columns_copy:
 *
 * Returns: (transfer full): the same columns, to be changed for another matrix; their documents are
 *   counted anew, in the order of the columns
 */
BackstayMatrixColumns *
backstay_matrix_columns_copy (BackstayMatrixColumns *self)
{
  BackstayMatrixColumns *copy;

  g_return_val_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self), NULL);

  copy = backstay_matrix_columns_new ();

  for (guint i = 0; i < self->columns->len; i++)
    {
      backstay_matrix_columns_append (copy, get_column (self, i)->configuration,
                                      get_column (self, i)->live);
      get_column (copy, i)->pinned = get_column (self, i)->pinned;
    }

  return copy;
}

/**
 * backstay_matrix_columns_append:
 * @configuration: a version, read
 * @live: whether it is what a service reads
 *
 * Adds a column at the end, for the next document.
 */
void
backstay_matrix_columns_append (BackstayMatrixColumns *self,
                                BackstayConfiguration *configuration,
                                gboolean               live)
{
  Column *column;

  g_return_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self));
  g_return_if_fail (BACKSTAY_IS_CONFIGURATION (configuration));

  column = g_new0 (Column, 1);
  column->configuration = g_object_ref (configuration);
  column->document = self->columns->len;
  column->live = live;
  g_ptr_array_add (self->columns, column);
  changed (self);
}

/**
 * backstay_matrix_columns_remove:
 * @column: a column
 *
 * Takes a column away. The documents of the others are counted anew, in their order.
 */
void
backstay_matrix_columns_remove (BackstayMatrixColumns *self,
                                guint                  column)
{
  g_return_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self));
  g_return_if_fail (column < self->columns->len);

  g_ptr_array_remove_index (self->columns, column);
  for (guint i = 0; i < self->columns->len; i++)
    get_column (self, i)->document = i;

  self->current = MIN (self->current, (int) self->columns->len - 1);
  changed (self);
}

/**
 * backstay_matrix_columns_move:
 * @column: a column
 * @to: where it is to be
 *
 * Moves a column. Pinned ones stay before the others.
 *
 * Returns: whether it is there now
 */
gboolean
backstay_matrix_columns_move (BackstayMatrixColumns *self,
                              guint                  column,
                              guint                  to)
{
  Column *moved;

  g_return_val_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self), FALSE);
  g_return_val_if_fail (column < self->columns->len, FALSE);

  if (to >= self->columns->len || to == column ||
      get_column (self, to)->pinned != get_column (self, column)->pinned)
    return FALSE;

  moved = g_ptr_array_steal_index (self->columns, column);
  g_ptr_array_insert (self->columns, (int) to, moved);

  if (self->current == (int) column)
    self->current = (int) to;

  changed (self);

  return TRUE;
}

/**
 * backstay_matrix_columns_set_pinned:
 * @column: a column
 * @pinned: whether it stays at the left when the others are scrolled
 *
 * Pins a column, which makes it the last of those that are, or lets it go.
 */
void
backstay_matrix_columns_set_pinned (BackstayMatrixColumns *self,
                                    guint                  column,
                                    gboolean               pinned)
{
  Column *moved;

  g_return_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self));
  g_return_if_fail (column < self->columns->len);

  if (get_column (self, column)->pinned == pinned)
    return;

  /* Either way it stands between the pinned ones and the others then. */
  moved = g_ptr_array_steal_index (self->columns, column);
  g_ptr_array_insert (self->columns, (int) backstay_matrix_columns_get_n_pinned (self), moved);
  moved->pinned = pinned;
  changed (self);
}

/**
 * backstay_matrix_columns_get_n:
 *
 * Returns: the number of columns
 */
guint
backstay_matrix_columns_get_n (BackstayMatrixColumns *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self), 0);

  return self->columns->len;
}

/**
 * backstay_matrix_columns_get_n_pinned:
 *
 * Returns: how many of the columns, counted from the first, are pinned
 */
guint
backstay_matrix_columns_get_n_pinned (BackstayMatrixColumns *self)
{
  guint n_pinned = 0;

  g_return_val_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self), 0);

  while (n_pinned < self->columns->len && get_column (self, n_pinned)->pinned)
    n_pinned++;

  return n_pinned;
}

/**
 * backstay_matrix_columns_get_document:
 * @column: a column
 *
 * Returns: its document in the matrix
 */
guint
backstay_matrix_columns_get_document (BackstayMatrixColumns *self,
                                      guint                  column)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self), 0);
  g_return_val_if_fail (column < self->columns->len, 0);

  return get_column (self, column)->document;
}

/**
 * backstay_matrix_columns_get_configuration:
 * @column: a column
 *
 * Returns: (transfer none): the version with its configuration
 */
BackstayConfiguration *
backstay_matrix_columns_get_configuration (BackstayMatrixColumns *self,
                                           guint                  column)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self), NULL);
  g_return_val_if_fail (column < self->columns->len, NULL);

  return get_column (self, column)->configuration;
}

/**
 * backstay_matrix_columns_get_version:
 * @column: a column
 *
 * Returns: (transfer none): the version
 */
BackstayVersion *
backstay_matrix_columns_get_version (BackstayMatrixColumns *self,
                                     guint                  column)
{
  return backstay_configuration_get_version (backstay_matrix_columns_get_configuration (self, column));
}

/**
 * backstay_matrix_columns_get_live:
 * @column: a column
 *
 * Returns: whether it is what a service reads
 */
gboolean
backstay_matrix_columns_get_live (BackstayMatrixColumns *self,
                                  guint                  column)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self), FALSE);
  g_return_val_if_fail (column < self->columns->len, FALSE);

  return get_column (self, column)->live;
}

/**
 * backstay_matrix_columns_dup_name:
 * @column: a column
 *
 * Names a column in one line: "sdxl SDXL Production v2.2".
 *
 * Returns: (transfer full): text for a label
 */
char *
backstay_matrix_columns_dup_name (BackstayMatrixColumns *self,
                                  guint                  column)
{
  BackstayVersion *version = backstay_matrix_columns_get_version (self, column);
  g_autofree char *type = backstay_display_text (backstay_version_get_model_type (version));
  g_autofree char *name = backstay_display_text (backstay_version_get_name (version));

  /* Translators: a model type, and a version's name. */
  return g_strdup_printf (_ ("%s %s"), type, name);
}

/**
 * backstay_matrix_columns_get_current:
 *
 * Returns: the column that the keyboard is in; %BACKSTAY_MATRIX_KEY_COLUMN for the paths
 */
int
backstay_matrix_columns_get_current (BackstayMatrixColumns *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self), BACKSTAY_MATRIX_KEY_COLUMN);

  return self->current;
}

/**
 * backstay_matrix_columns_set_current:
 * @column: a column, or %BACKSTAY_MATRIX_KEY_COLUMN
 *
 * Moves the keyboard to a column, and scrolls there.
 */
void
backstay_matrix_columns_set_current (BackstayMatrixColumns *self,
                                     int                    column)
{
  g_return_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self));
  g_return_if_fail (column < (int) self->columns->len);

  self->current = MAX (column, BACKSTAY_MATRIX_KEY_COLUMN);

  if (column >= 0)
    backstay_matrix_columns_reveal (self, (guint) column);

  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

/**
 * backstay_matrix_columns_set_width:
 * @width: how wide all is on the screen, in pixels
 *
 * Lays the columns out. Those that fit share the width.
 */
void
backstay_matrix_columns_set_width (BackstayMatrixColumns *self,
                                   int                    width)
{
  g_return_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self));

  if (self->width == width)
    return;

  self->width = width;
  backstay_matrix_columns_update_adjustment (self);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

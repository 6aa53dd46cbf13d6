/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-columns-layout"

#include "config.h"

#include "backstay-matrix-columns-private.h"

/* Where the columns are on the screen. */

/* In pixels. A column is at least so wide; the paths take a part of the width between these. */
#define MIN_COLUMN_WIDTH 170
#define MIN_KEY_WIDTH 130
#define MAX_KEY_WIDTH 320
#define KEY_PART 0.28

/* Fits the adjustment to what there is. */
void
backstay_matrix_columns_update_adjustment (BackstayMatrixColumns *self)
{
  int column_width = backstay_matrix_columns_get_column_width (self);
  int first = backstay_matrix_columns_get_scrolled_x (self);
  int n_scrolled = (int) (self->columns->len - backstay_matrix_columns_get_n_pinned (self));
  int page = MAX (self->width - first, 0);
  int upper = MAX (n_scrolled * column_width, page);

  gtk_adjustment_configure (self->adjustment,
                            MIN (gtk_adjustment_get_value (self->adjustment), upper - page),
                            0, upper, column_width, page, page);
}

/**
 * backstay_matrix_columns_get_key_width:
 *
 * Returns: the width of the paths, in pixels
 */
int
backstay_matrix_columns_get_key_width (BackstayMatrixColumns *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self), 0);

  return CLAMP ((int) (self->width * KEY_PART), MIN_KEY_WIDTH, MAX_KEY_WIDTH);
}

/**
 * backstay_matrix_columns_get_column_width:
 *
 * Returns: the width of each version, in pixels
 */
int
backstay_matrix_columns_get_column_width (BackstayMatrixColumns *self)
{
  int available;
  int n_fitting;

  g_return_val_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self), 0);

  available = self->width - backstay_matrix_columns_get_key_width (self);
  n_fitting = CLAMP (available / MIN_COLUMN_WIDTH, 1, MAX ((int) self->columns->len, 1));

  return MAX (available / n_fitting, MIN_COLUMN_WIDTH);
}

/* Where there is no room for more than them, pinned columns are scrolled like all others. */
static guint
get_n_held (BackstayMatrixColumns *self)
{
  guint n_pinned = backstay_matrix_columns_get_n_pinned (self);
  int   available = self->width - backstay_matrix_columns_get_key_width (self);

  return (int) (n_pinned + 1) * backstay_matrix_columns_get_column_width (self) <= available ? n_pinned : 0;
}

/**
 * backstay_matrix_columns_get_scrolled_x:
 *
 * Returns: where the part begins that can be scrolled, in pixels
 */
int
backstay_matrix_columns_get_scrolled_x (BackstayMatrixColumns *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self), 0);

  return backstay_matrix_columns_get_key_width (self) +
         (int) get_n_held (self) * backstay_matrix_columns_get_column_width (self);
}

/**
 * backstay_matrix_columns_get_x:
 * @column: a column
 *
 * Returns: where it begins, in pixels; it may be out of sight
 */
int
backstay_matrix_columns_get_x (BackstayMatrixColumns *self,
                               guint                  column)
{
  int x;

  g_return_val_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self), 0);

  x = backstay_matrix_columns_get_key_width (self) +
      (int) column * backstay_matrix_columns_get_column_width (self);

  return column < get_n_held (self) ? x : x - (int) gtk_adjustment_get_value (self->adjustment);
}

/**
 * backstay_matrix_columns_find:
 * @x: a place, in pixels
 *
 * Returns: the column there, or %BACKSTAY_MATRIX_KEY_COLUMN
 */
int
backstay_matrix_columns_find (BackstayMatrixColumns *self,
                              double                 x)
{
  int column_width;

  g_return_val_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self), BACKSTAY_MATRIX_KEY_COLUMN);

  if (x < backstay_matrix_columns_get_key_width (self))
    return BACKSTAY_MATRIX_KEY_COLUMN;

  column_width = backstay_matrix_columns_get_column_width (self);

  for (guint i = 0; i < self->columns->len; i++)
    {
      int left = backstay_matrix_columns_get_x (self, i);

      if (x >= left && x < left + column_width &&
          (i < get_n_held (self) || x >= backstay_matrix_columns_get_scrolled_x (self)))
        return (int) i;
    }

  return BACKSTAY_MATRIX_KEY_COLUMN;
}

/**
 * backstay_matrix_columns_reveal:
 * @column: a column
 *
 * Scrolls until it is in sight.
 */
void
backstay_matrix_columns_reveal (BackstayMatrixColumns *self,
                                guint                  column)
{
  int column_width;
  int left;

  g_return_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self));

  if (column < get_n_held (self))
    return;

  column_width = backstay_matrix_columns_get_column_width (self);
  left = (int) (column - get_n_held (self)) * column_width;
  gtk_adjustment_clamp_page (self->adjustment, left, left + column_width);
}

/**
 * backstay_matrix_columns_get_adjustment:
 *
 * Returns: (transfer none): how far the columns are scrolled, in pixels
 */
GtkAdjustment *
backstay_matrix_columns_get_adjustment (BackstayMatrixColumns *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (self), NULL);

  return self->adjustment;
}

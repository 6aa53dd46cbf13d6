/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-line"

#include "config.h"

#include "backstay-matrix-line.h"

#include "backstay-matrix-paint.h"
#include "backstay-tree-row.h"

#include <glib/gi18n-lib.h>

/* How far a level is indented. */
#define INDENT 10

#define HEIGHT 28
#define WIDE_KEY_WIDTH 200
#define SUMMARY_WIDTH 124

/**
 * BackstayMatrixLine:
 *
 * A path and what each version has there.
 *
 * A list makes some 200 rows, so that a widget for each of 20 cells would be thousands of them: cells
 * are painted instead, and only those in sight. Assistive technology reads the row, or the cell
 * where the keyboard is. The expander only asks for what it means, with the action
 * `matrix.toggle`.
 */
struct _BackstayMatrixLine
{
  BackstayListRow parent_instance;

  BackstayMatrixColumns *columns;
  char                  *summary; /* Painted beside the path; %NULL for nothing. */

  /* Template children */
  GtkWidget *key_box;
  GtkButton *expander;
  GtkLabel  *key_label;
};

G_DEFINE_FINAL_TYPE (BackstayMatrixLine, backstay_matrix_line, BACKSTAY_TYPE_LIST_ROW)

static BackstayMatrixItem *
get_item (BackstayMatrixLine *self)
{
  return backstay_list_row_get_item (BACKSTAY_LIST_ROW (self));
}

/* Names */

/* A cell in words: "sdxl v2.2: 99, differs". */
static char *
dup_cell_label (BackstayMatrixLine *self,
                guint               column)
{
  guint            document = backstay_matrix_columns_get_document (self->columns, column);
  g_autofree char *name = backstay_matrix_columns_dup_name (self->columns, column);
  g_autofree char *value = backstay_matrix_item_dup_value (get_item (self), document);
  const char      *word = backstay_matrix_item_get_word (get_item (self), document);
  const char      *shown = value != NULL ? value : _ ("missing");

  /* Translators: a version's name, and its value. */
  if (word == NULL)
    return g_strdup_printf (_ ("%s: %s"), name, shown);

  /* Translators: a version's name, its value, and how it goes with those of the others. */
  return g_strdup_printf (_ ("%s: %s, %s"), name, shown, word);
}

static gboolean
is_selected (BackstayMatrixLine *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));

  return row != NULL && (gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED) != 0;
}

static char *
dup_label (BackstayMatrixLine *self)
{
  g_autofree char *key = backstay_matrix_item_dup_key (get_item (self));
  g_autofree char *summary = backstay_matrix_item_dup_summary (get_item (self));
  int              current = backstay_matrix_columns_get_current (self->columns);
  g_autoptr (GString) label = g_string_new (key);

  if (current >= 0 && is_selected (self))
    {
      g_autofree char *cell = dup_cell_label (self, (guint) current);

      g_string_append_printf (label, ", %s", cell);
      return g_string_free (g_steal_pointer (&label), FALSE);
    }

  if (summary != NULL)
    g_string_append_printf (label, ", %s", summary);
  if (backstay_matrix_item_get_expandable (get_item (self)))
    g_string_append_printf (label, ", %s",
                            backstay_matrix_item_get_expanded (get_item (self)) ? _ ("expanded") : _ ("collapsed"));

  for (guint i = 0; i < backstay_matrix_columns_get_n (self->columns); i++)
    {
      g_autofree char *cell = dup_cell_label (self, i);

      g_string_append_printf (label, "; %s", cell);
    }

  return g_string_free (g_steal_pointer (&label), FALSE);
}

static void
update_label (BackstayMatrixLine *self)
{
  if (get_item (self) == NULL || self->columns == NULL)
    return;

  backstay_list_row_take_label (BACKSTAY_LIST_ROW (self), dup_label (self));
}

/* It was opened or closed. */
static void
backstay_matrix_line_item_changed (BackstayListRow *row)
{
  BackstayMatrixLine *self = BACKSTAY_MATRIX_LINE (row);

  backstay_tree_row_set_expander (self->expander,
                                  backstay_matrix_item_get_expandable (get_item (self)),
                                  backstay_matrix_item_get_expanded (get_item (self)));
  update_label (self);
}

static void
backstay_matrix_line_update (BackstayListRow *row)
{
  BackstayMatrixLine *self = BACKSTAY_MATRIX_LINE (row);
  BackstayMatrixItem *item = backstay_list_row_get_item (row);
  g_autofree char    *key = backstay_matrix_item_dup_key (item);
  guint               depth = backstay_matrix_item_get_depth (item);
  gboolean            expandable = backstay_matrix_item_get_expandable (item);

  gtk_label_set_label (self->key_label, key);
  g_free (self->summary);
  self->summary = expandable ? NULL : backstay_matrix_item_dup_summary (item);
  gtk_widget_set_margin_start (GTK_WIDGET (self->expander), backstay_tree_row_get_indent (depth, INDENT));

  backstay_matrix_line_item_changed (row);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
expander_clicked_cb (BackstayMatrixLine *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "matrix.toggle", "u",
                              backstay_matrix_item_get_row (get_item (self)));
}

/* The columns were scrolled, or the keyboard went to another one. */
static void
moved_cb (BackstayMatrixLine *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));

  if (is_selected (self))
    update_label (self);
}

static void
row_state_cb (BackstayMatrixLine *self)
{
  update_label (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
backstay_matrix_line_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (backstay_matrix_line_parent_class)->root (widget);

  g_signal_connect_object (gtk_widget_get_parent (widget), "state-flags-changed",
                           G_CALLBACK (row_state_cb), widget, G_CONNECT_SWAPPED);
}

static void
backstay_matrix_line_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_parent (widget), row_state_cb, widget);

  GTK_WIDGET_CLASS (backstay_matrix_line_parent_class)->unroot (widget);
}

/* Layout and painting */

static void
backstay_matrix_line_measure (GtkWidget     *widget,
                              GtkOrientation orientation,
                              int            for_size,
                              int           *minimum,
                              int           *natural,
                              int           *minimum_baseline,
                              int           *natural_baseline)
{
  BackstayMatrixLine *self = BACKSTAY_MATRIX_LINE (widget);
  int                 key_minimum;
  int                 key_natural;

  gtk_widget_measure (self->key_box, orientation, -1, &key_minimum, &key_natural, NULL, NULL);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = 0;
  else
    *minimum = *natural = MAX (key_minimum, HEIGHT);
}

/* What there is beside the path to say how many values there are. On a narrow window all is the
 * path's. */
static int
get_summary_width (BackstayMatrixLine *self)
{
  int key_width = backstay_matrix_columns_get_key_width (self->columns);

  return self->summary != NULL && key_width >= WIDE_KEY_WIDTH ? SUMMARY_WIDTH : 0;
}

static void
backstay_matrix_line_size_allocate (GtkWidget *widget,
                                    int        width,
                                    int        height,
                                    int        baseline)
{
  BackstayMatrixLine *self = BACKSTAY_MATRIX_LINE (widget);
  int                 minimum;
  int                 key_width = 0;

  if (self->columns != NULL)
    key_width = backstay_matrix_columns_get_key_width (self->columns) - get_summary_width (self);

  gtk_widget_measure (self->key_box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (self->key_box, MAX (key_width, minimum), height, -1, NULL);
}

static void
paint_cell (BackstayMatrixLine *self,
            GtkSnapshot        *snapshot,
            guint               column)
{
  GtkWidget              *widget = GTK_WIDGET (self);
  BackstayMatrixCellPaint cell = {
    .item = get_item (self),
    .document = backstay_matrix_columns_get_document (self->columns, column),
    .is_current = is_selected (self) && backstay_matrix_columns_get_current (self->columns) == (int) column,
    .bounds = GRAPHENE_RECT_INIT ((float) backstay_matrix_columns_get_x (self->columns, column), 0,
                                  (float) backstay_matrix_columns_get_column_width (self->columns),
                                  (float) gtk_widget_get_height (widget)),
  };

  backstay_matrix_paint_cell (widget, snapshot, &cell);
}

static void
backstay_matrix_line_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  BackstayMatrixLine *self = BACKSTAY_MATRIX_LINE (widget);
  int                 width = gtk_widget_get_width (widget);
  int                 height = gtk_widget_get_height (widget);
  int                 left;
  int                 column_width;

  if (get_item (self) == NULL || self->columns == NULL)
    return;

  left = backstay_matrix_columns_get_scrolled_x (self->columns);
  column_width = backstay_matrix_columns_get_column_width (self->columns);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT ((float) left, 0, (float) MAX (width - left, 0), (float) height));
  for (guint i = 0; i < backstay_matrix_columns_get_n (self->columns); i++)
    {
      int x = backstay_matrix_columns_get_x (self->columns, i);

      if (x + column_width > left && x < width)
        paint_cell (self, snapshot, i);
    }
  gtk_snapshot_pop (snapshot);

  /* Those that are held at the left stand before what is scrolled. */
  for (guint i = 0; i < backstay_matrix_columns_get_n_pinned (self->columns); i++)
    {
      if (backstay_matrix_columns_get_x (self->columns, i) + column_width <= left)
        paint_cell (self, snapshot, i);
    }

  gtk_widget_snapshot_child (widget, self->key_box, snapshot);

  if (get_summary_width (self) > 0)
    backstay_matrix_paint_summary (widget, snapshot, self->summary,
                                   &GRAPHENE_RECT_INIT ((float) (backstay_matrix_columns_get_key_width (self->columns) - SUMMARY_WIDTH),
                                                        0, SUMMARY_WIDTH, (float) height));
}

static void
backstay_matrix_line_dispose (GObject *object)
{
  backstay_matrix_line_set_columns (BACKSTAY_MATRIX_LINE (object), NULL);

  G_OBJECT_CLASS (backstay_matrix_line_parent_class)->dispose (object);
}

static void
backstay_matrix_line_finalize (GObject *object)
{
  g_free (BACKSTAY_MATRIX_LINE (object)->summary);

  G_OBJECT_CLASS (backstay_matrix_line_parent_class)->finalize (object);
}

static void
backstay_matrix_line_class_init (BackstayMatrixLineClass *klass)
{
  GObjectClass         *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass       *widget_class = GTK_WIDGET_CLASS (klass);
  BackstayListRowClass *row_class = BACKSTAY_LIST_ROW_CLASS (klass);

  row_class->item_signal = "notify::expanded";
  row_class->update = backstay_matrix_line_update;
  row_class->item_changed = backstay_matrix_line_item_changed;
  object_class->dispose = backstay_matrix_line_dispose;
  object_class->finalize = backstay_matrix_line_finalize;
  widget_class->root = backstay_matrix_line_root;
  widget_class->unroot = backstay_matrix_line_unroot;
  widget_class->measure = backstay_matrix_line_measure;
  widget_class->size_allocate = backstay_matrix_line_size_allocate;
  widget_class->snapshot = backstay_matrix_line_snapshot;

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-matrix-line.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixLine, key_box);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixLine, expander);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixLine, key_label);
  gtk_widget_class_bind_template_callback (widget_class, expander_clicked_cb);
}

static void
backstay_matrix_line_init (BackstayMatrixLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * backstay_matrix_line_set_columns:
 * @columns: (nullable): which versions to show, and where
 *
 * Lets the line follow the columns.
 */
void
backstay_matrix_line_set_columns (BackstayMatrixLine    *self,
                                  BackstayMatrixColumns *columns)
{
  g_return_if_fail (BACKSTAY_IS_MATRIX_LINE (self));

  if (self->columns == columns)
    return;

  if (self->columns != NULL)
    g_signal_handlers_disconnect_by_data (self->columns, self);

  g_set_object (&self->columns, columns);

  if (columns == NULL)
    return;

  g_signal_connect_object (columns, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (columns, "changed", G_CALLBACK (row_state_cb), self, G_CONNECT_SWAPPED);
  update_label (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-grid"

#include "config.h"

#include "backstay-matrix-grid.h"

#include "backstay-compat.h"
#include "backstay-focus.h"
#include "backstay-matrix-headings.h"
#include "backstay-matrix-line.h"
#include "backstay-row-factory.h"

#include <glib/gi18n-lib.h>

/* How far a step of a mouse's wheel scrolls the columns, in pixels. */
#define WHEEL_STEP 60

/**
 * BackstayMatrixGrid:
 *
 * Rows of paths and columns of versions. The headings and the paths stay in sight; the keyboard moves
 * from row to row, and from the path to the cells beside it.
 */
struct _BackstayMatrixGrid
{
  GtkWidget parent_instance;

  BackstayMatrixColumns *columns; /* %NULL while nothing is shown. */
  BackstayMatrixTree    *tree;
  guint                  scrollbar_id;

  /* Template children */
  GtkWidget              *box;
  BackstayMatrixHeadings *headings;
  GtkScrolledWindow      *scrolled_window;
  GtkListView            *list_view;
  GtkScrollbar           *scrollbar;
  GtkPopover             *row_popover;
};

G_DEFINE_FINAL_TYPE (BackstayMatrixGrid, backstay_matrix_grid, GTK_TYPE_WIDGET)

static GtkSingleSelection *
get_selection (BackstayMatrixGrid *self)
{
  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list_view));
}

static void
update_actions (BackstayMatrixGrid *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean   has_selected = backstay_matrix_grid_get_selected (self) != NULL;

  gtk_widget_action_set_enabled (widget, "matrix.copy-value", has_selected);
  gtk_widget_action_set_enabled (widget, "matrix.copy-pointer", has_selected);
  gtk_widget_action_set_enabled (widget, "matrix.expand-all", self->tree != NULL);
  gtk_widget_action_set_enabled (widget, "matrix.collapse-all", self->tree != NULL);
}

static void
toggle (BackstayMatrixGrid *self,
        guint               position)
{
  g_autoptr (BackstayMatrixItem) item = g_list_model_get_item (G_LIST_MODEL (self->tree), position);

  backstay_matrix_tree_set_expanded (self->tree, position, !backstay_matrix_item_get_expanded (item));
}

static void
select_position (BackstayMatrixGrid *self,
                 guint               position)
{
  gtk_single_selection_set_selected (get_selection (self), position);
  backstay_compat_scroll_to (self->list_view, position);
}

/* Columns */

static gboolean
update_scrollbar_cb (gpointer user_data)
{
  BackstayMatrixGrid *self = user_data;
  GtkAdjustment      *adjustment = gtk_scrollbar_get_adjustment (self->scrollbar);

  self->scrollbar_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->scrollbar),
                          gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment));

  return G_SOURCE_REMOVE;
}

/* The adjustment changes during a layout, when nothing may be shown or hidden. */
static void
adjustment_changed_cb (BackstayMatrixGrid *self)
{
  if (self->scrollbar_id == 0)
    self->scrollbar_id = g_idle_add (update_scrollbar_cb, self);
}

static gboolean
scroll_cb (BackstayMatrixGrid       *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  GtkAdjustment  *adjustment;

  if (dx == 0 && (state & GDK_SHIFT_MASK) != 0)
    dx = dy;

  if (dx == 0 || self->columns == NULL)
    return GDK_EVENT_PROPAGATE;

  if (gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL)
    dx *= WHEEL_STEP;

  adjustment = backstay_matrix_columns_get_adjustment (self->columns);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + dx);

  return GDK_EVENT_STOP;
}

static void
move_column_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  BackstayMatrixGrid *self = BACKSTAY_MATRIX_GRID (widget);
  guint               from;
  guint               to;

  g_variant_get (parameter, "(uu)", &from, &to);

  if (backstay_matrix_columns_move (self->columns, from, to))
    backstay_matrix_headings_focus (self->headings, to);
}

static void
pin_column_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  guint    column;
  gboolean pinned;

  g_variant_get (parameter, "(ub)", &column, &pinned);
  backstay_matrix_columns_set_pinned (BACKSTAY_MATRIX_GRID (widget)->columns, column, pinned);
}

/* Rows */

static void
toggle_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BackstayMatrixGrid *self = BACKSTAY_MATRIX_GRID (widget);
  guint               position;

  if (backstay_matrix_tree_find (self->tree, g_variant_get_uint32 (parameter), &position))
    toggle (self, position);
}

static void
expand_all_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  backstay_matrix_tree_set_all_expanded (BACKSTAY_MATRIX_GRID (widget)->tree,
                                         g_str_equal (action_name, "matrix.expand-all"));
}

static void
copy (BackstayMatrixGrid *self,
      const char         *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text != NULL ? text : "");
}

/* In the paths' column it is the path that is copied. */
static void
copy_value_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BackstayMatrixGrid *self = BACKSTAY_MATRIX_GRID (widget);
  BackstayMatrixItem *item = backstay_matrix_grid_get_selected (self);
  int                 current = backstay_matrix_columns_get_current (self->columns);
  g_autofree char    *text = NULL;

  if (current >= 0)
    text = backstay_matrix_item_dup_lexeme (item, backstay_matrix_columns_get_document (self->columns, (guint) current));
  else
    text = backstay_matrix_item_dup_path (item);

  copy (self, text);
}

static void
copy_pointer_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  BackstayMatrixGrid *self = BACKSTAY_MATRIX_GRID (widget);
  g_autofree char    *pointer = backstay_matrix_item_dup_pointer (backstay_matrix_grid_get_selected (self));

  copy (self, pointer);
}

static void
go_right (BackstayMatrixGrid *self,
          BackstayMatrixItem *item)
{
  int current = backstay_matrix_columns_get_current (self->columns);

  if (current == BACKSTAY_MATRIX_KEY_COLUMN && backstay_matrix_item_get_expandable (item) &&
      !backstay_matrix_item_get_expanded (item))
    backstay_matrix_tree_set_expanded (self->tree, gtk_single_selection_get_selected (get_selection (self)), TRUE);
  else if (current + 1 < (int) backstay_matrix_columns_get_n (self->columns))
    backstay_matrix_columns_set_current (self->columns, current + 1);
}

static void
go_left (BackstayMatrixGrid *self,
         BackstayMatrixItem *item)
{
  BackstayMatrixRow parent;
  guint             position = gtk_single_selection_get_selected (get_selection (self));
  int               current = backstay_matrix_columns_get_current (self->columns);

  if (current >= 0)
    {
      backstay_matrix_columns_set_current (self->columns, current - 1);
      return;
    }

  if (backstay_matrix_item_get_expanded (item) && backstay_matrix_item_get_expandable (item))
    {
      backstay_matrix_tree_set_expanded (self->tree, position, FALSE);
      return;
    }

  parent = backstay_matrix_get_parent (backstay_matrix_item_get_matrix (item),
                                       backstay_matrix_item_get_row (item));

  if (parent != BACKSTAY_MATRIX_ROW_NONE && backstay_matrix_tree_find (self->tree, parent, &position))
    select_position (self, position);
}

static void
show_menu (BackstayMatrixGrid *self,
           double              x,
           double              y)
{
  graphene_point_t point;

  if (!gtk_widget_compute_point (GTK_WIDGET (self->list_view), self->box,
                                 &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    return;

  gtk_popover_set_pointing_to (self->row_popover, &(GdkRectangle){ (int) point.x, (int) point.y, 1, 1 });
  gtk_popover_popup (self->row_popover);
}

static void
show_menu_at_focus (BackstayMatrixGrid *self)
{
  GtkWidget      *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list_view));
  graphene_rect_t bounds;

  if (row != NULL && gtk_widget_compute_bounds (row, GTK_WIDGET (self->list_view), &bounds))
    show_menu (self, bounds.origin.x + 24, bounds.origin.y + bounds.size.height / 2);
}

/* The keys of a tree, and of a table: right opens a row, and then goes on to its cells; left goes
 * back, closes the row, and then goes up. */
static gboolean
key_pressed_cb (BackstayMatrixGrid *self,
                guint               keyval,
                guint               keycode,
                GdkModifierType     state)
{
  BackstayMatrixItem *item = backstay_matrix_grid_get_selected (self);
  gboolean            is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (item == NULL || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Right:
    case GDK_KEY_Left:
      if ((keyval == GDK_KEY_Right) != is_rtl)
        go_right (self, item);
      else
        go_left (self, item);
      return GDK_EVENT_STOP;

    case GDK_KEY_Menu:
      show_menu_at_focus (self);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static BackstayMatrixItem *
item_at (BackstayMatrixGrid *self,
         double              x,
         double              y)
{
  BackstayListRow *row = backstay_list_row_find_at (self->list_view, x, y);

  return row != NULL ? backstay_list_row_get_item (row) : NULL;
}

static void
pressed_cb (BackstayMatrixGrid *self,
            int                 n_press,
            double              x,
            double              y,
            GtkGesture         *gesture)
{
  BackstayMatrixItem *item = item_at (self, x, y);
  guint               button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  guint               position;

  if (item == NULL || self->columns == NULL)
    return;

  backstay_matrix_columns_set_current (self->columns, backstay_matrix_columns_find (self->columns, x));

  if (button == GDK_BUTTON_SECONDARY &&
      backstay_matrix_tree_find (self->tree, backstay_matrix_item_get_row (item), &position))
    {
      gtk_single_selection_set_selected (get_selection (self), position);
      show_menu (self, x, y);
    }
}

static void
bind_cb (BackstayMatrixGrid *self,
         GtkListItem        *list_item)
{
  backstay_matrix_line_set_columns (BACKSTAY_MATRIX_LINE (gtk_list_item_get_child (list_item)), self->columns);
}

static gboolean
backstay_matrix_grid_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BACKSTAY_MATRIX_GRID (widget)->list_view));
}

static void
backstay_matrix_grid_dispose (GObject *object)
{
  BackstayMatrixGrid *self = BACKSTAY_MATRIX_GRID (object);

  if (self->list_view != NULL)
    backstay_matrix_grid_show (self, NULL, NULL);
  g_clear_handle_id (&self->scrollbar_id, g_source_remove);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_MATRIX_GRID);
  self->list_view = NULL;

  G_OBJECT_CLASS (backstay_matrix_grid_parent_class)->dispose (object);
}

static void
backstay_matrix_grid_class_init (BackstayMatrixGridClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_matrix_grid_dispose;
  widget_class->grab_focus = backstay_matrix_grid_grab_focus;

  g_type_ensure (BACKSTAY_TYPE_MATRIX_HEADINGS);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-matrix-grid.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixGrid, box);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixGrid, headings);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixGrid, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixGrid, list_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixGrid, scrollbar);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixGrid, row_popover);
  gtk_widget_class_bind_template_callback (widget_class, toggle);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, scroll_cb);

  gtk_widget_class_install_action (widget_class, "matrix.toggle", "u", toggle_action);
  gtk_widget_class_install_action (widget_class, "matrix.expand-all", NULL, expand_all_action);
  gtk_widget_class_install_action (widget_class, "matrix.collapse-all", NULL, expand_all_action);
  gtk_widget_class_install_action (widget_class, "matrix.copy-value", NULL, copy_value_action);
  gtk_widget_class_install_action (widget_class, "matrix.copy-pointer", NULL, copy_pointer_action);
  gtk_widget_class_install_action (widget_class, "matrix.move-column", "(uu)", move_column_action);
  gtk_widget_class_install_action (widget_class, "matrix.pin-column", "(ub)", pin_column_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "matrix.copy-value", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "matrix.copy-pointer", NULL);
}

static void
backstay_matrix_grid_init (BackstayMatrixGrid *self)
{
  GtkListItemFactory *factory;

  gtk_widget_init_template (GTK_WIDGET (self));
  backstay_compat_guard_scrolling (self->scrolled_window);

  factory = backstay_row_factory_new (BACKSTAY_TYPE_MATRIX_LINE);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list_view, factory);
  backstay_focus_leaves_with_tab (self->list_view);
  g_object_unref (factory);
  update_actions (self);
}

static void
set_columns (BackstayMatrixGrid    *self,
             BackstayMatrixColumns *columns)
{
  if (self->columns == columns)
    return;

  if (self->columns != NULL)
    g_signal_handlers_disconnect_by_data (backstay_matrix_columns_get_adjustment (self->columns), self);

  g_set_object (&self->columns, columns);
  backstay_matrix_headings_set_columns (self->headings, columns);

  if (columns == NULL)
    {
      gtk_scrollbar_set_adjustment (self->scrollbar, NULL);
      return;
    }

  g_signal_connect_object (backstay_matrix_columns_get_adjustment (columns), "changed",
                           G_CALLBACK (adjustment_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_scrollbar_set_adjustment (self->scrollbar, backstay_matrix_columns_get_adjustment (columns));
  adjustment_changed_cb (self);
}

/**
 * backstay_matrix_grid_show:
 * @columns: (nullable): the versions
 * @tree: (nullable): the rows, of a matrix of these versions
 *
 * Shows a comparison, or nothing.
 */
void
backstay_matrix_grid_show (BackstayMatrixGrid    *self,
                           BackstayMatrixColumns *columns,
                           BackstayMatrixTree    *tree)
{
  GtkSingleSelection *selection = NULL;

  g_return_if_fail (BACKSTAY_IS_MATRIX_GRID (self));
  g_return_if_fail ((columns == NULL) == (tree == NULL));

  /* No row may stand for a while beside columns that are not its own. */
  gtk_list_view_set_model (self->list_view, NULL);
  g_set_object (&self->tree, tree);
  set_columns (self, columns);

  if (tree != NULL)
    {
      selection = gtk_single_selection_new (NULL);
      gtk_single_selection_set_autoselect (selection, FALSE);
      gtk_single_selection_set_can_unselect (selection, TRUE);
      gtk_single_selection_set_model (selection, G_LIST_MODEL (tree));
      g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (update_actions), self,
                               G_CONNECT_SWAPPED);
      gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
      g_object_unref (selection);
    }

  update_actions (self);
}

/**
 * backstay_matrix_grid_get_columns:
 *
 * Returns: (transfer none) (nullable): the versions
 */
BackstayMatrixColumns *
backstay_matrix_grid_get_columns (BackstayMatrixGrid *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_GRID (self), NULL);

  return self->columns;
}

/**
 * backstay_matrix_grid_get_tree:
 *
 * Returns: (transfer none) (nullable): the rows
 */
BackstayMatrixTree *
backstay_matrix_grid_get_tree (BackstayMatrixGrid *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MATRIX_GRID (self), NULL);

  return self->tree;
}

/**
 * backstay_matrix_grid_get_selected:
 *
 * Returns: (transfer none) (nullable): the row where the keyboard is
 */
BackstayMatrixItem *
backstay_matrix_grid_get_selected (BackstayMatrixGrid *self)
{
  GtkSingleSelection *selection;

  g_return_val_if_fail (BACKSTAY_IS_MATRIX_GRID (self), NULL);

  selection = get_selection (self);

  return selection != NULL ? gtk_single_selection_get_selected_item (selection) : NULL;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-heading"

#include "config.h"

#include "backstay-matrix-heading.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-timestamp.h"
#include "backstay-version-text.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayMatrixHeading:
 *
 * The heading of a column: which version it is, whether it is live, when it was made and by whom;
 * with a menu to pin, move and remove it. It can be dragged onto another one.
 *
 * What changes the columns is asked for with the actions `matrix.move-column`, `matrix.pin-column`
 * and `matrix.remove-column`.
 */
struct _BackstayMatrixHeading
{
  GtkWidget parent_instance;

  BackstayMatrixColumns *columns;
  guint                  column;

  /* Template children */
  GtkMenuButton *button;
  GtkWidget     *pin_image;
  GtkLabel      *type_label;
  GtkLabel      *badge_label;
  GtkLabel      *name_label;
  GtkLabel      *time_label;
};

G_DEFINE_FINAL_TYPE (BackstayMatrixHeading, backstay_matrix_heading, GTK_TYPE_WIDGET)

static void
move_to (BackstayMatrixHeading *self,
         guint                  from,
         guint                  to)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "matrix.move-column", "(uu)", from, to);
}

static void
move_left_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  BackstayMatrixHeading *self = BACKSTAY_MATRIX_HEADING (widget);

  move_to (self, self->column, self->column - 1);
}

static void
move_right_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BackstayMatrixHeading *self = BACKSTAY_MATRIX_HEADING (widget);

  move_to (self, self->column, self->column + 1);
}

static void
pin_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "matrix.pin-column", "(ub)",
                              BACKSTAY_MATRIX_HEADING (widget)->column,
                              g_str_equal (action_name, "heading.pin"));
}

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  gtk_widget_activate_action (widget, "matrix.remove-column", "u",
                              BACKSTAY_MATRIX_HEADING (widget)->column);
}

static GdkContentProvider *
drag_prepare_cb (BackstayMatrixHeading *self,
                 double                 x,
                 double                 y,
                 GtkDragSource         *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);

  return gdk_content_provider_new_typed (BACKSTAY_TYPE_MATRIX_HEADING, self);
}

static gboolean
drop_cb (BackstayMatrixHeading *self,
         const GValue          *value)
{
  BackstayMatrixHeading *dragged = g_value_get_object (value);

  /* One of another window means another column. */
  if (dragged == NULL || dragged->columns != self->columns)
    return FALSE;

  move_to (self, dragged->column, self->column);

  return TRUE;
}

static void
focus_entered_cb (BackstayMatrixHeading *self)
{
  if (self->columns != NULL)
    backstay_matrix_columns_reveal (self->columns, self->column);
}

static gboolean
backstay_matrix_heading_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BACKSTAY_MATRIX_HEADING (widget)->button));
}

static void
backstay_matrix_heading_dispose (GObject *object)
{
  BackstayMatrixHeading *self = BACKSTAY_MATRIX_HEADING (object);

  g_clear_object (&self->columns);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_MATRIX_HEADING);

  G_OBJECT_CLASS (backstay_matrix_heading_parent_class)->dispose (object);
}

static void
backstay_matrix_heading_class_init (BackstayMatrixHeadingClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_matrix_heading_dispose;
  widget_class->grab_focus = backstay_matrix_heading_grab_focus;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-matrix-heading.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixHeading, button);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixHeading, pin_image);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixHeading, type_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixHeading, badge_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixHeading, name_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayMatrixHeading, time_label);
  gtk_widget_class_bind_template_callback (widget_class, drag_prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_entered_cb);

  gtk_widget_class_install_action (widget_class, "heading.pin", NULL, pin_action);
  gtk_widget_class_install_action (widget_class, "heading.unpin", NULL, pin_action);
  gtk_widget_class_install_action (widget_class, "heading.move-left", NULL, move_left_action);
  gtk_widget_class_install_action (widget_class, "heading.move-right", NULL, move_right_action);
  gtk_widget_class_install_action (widget_class, "heading.remove", NULL, remove_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_CONTROL_MASK, "heading.move-left", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_CONTROL_MASK, "heading.move-right", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "heading.remove", NULL);
}

static void
backstay_matrix_heading_init (BackstayMatrixHeading *self)
{
  GtkDropTarget *target;

  gtk_widget_init_template (GTK_WIDGET (self));

  /* The button centres what it shows, but a heading begins where its cells do. */
  gtk_widget_set_halign (gtk_widget_get_parent (gtk_menu_button_get_child (self->button)), GTK_ALIGN_FILL);

  target = gtk_drop_target_new (BACKSTAY_TYPE_MATRIX_HEADING, GDK_ACTION_MOVE);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
update_actions (BackstayMatrixHeading *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  guint      n = backstay_matrix_columns_get_n (self->columns);
  guint      n_pinned = backstay_matrix_columns_get_n_pinned (self->columns);
  gboolean   is_pinned = self->column < n_pinned;

  gtk_widget_set_visible (self->pin_image, is_pinned);
  gtk_widget_action_set_enabled (widget, "heading.pin", !is_pinned);
  gtk_widget_action_set_enabled (widget, "heading.unpin", is_pinned);
  gtk_widget_action_set_enabled (widget, "heading.move-left", self->column > 0 && self->column != n_pinned);
  gtk_widget_action_set_enabled (widget, "heading.move-right",
                                 self->column + 1 < n && self->column + 1 != n_pinned);
  gtk_widget_action_set_enabled (widget, "heading.remove", n > 1);
}

static void
update_badge (BackstayMatrixHeading *self,
              BackstayVersion       *version)
{
  gboolean    is_live = backstay_matrix_columns_get_live (self->columns, self->column);
  gboolean    is_active = backstay_version_get_active (version);
  const char *text = is_live ? _ ("LIVE") : _ ("ACTIVE");

  gtk_label_set_label (self->badge_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->badge_label), is_live || is_active);

  if (is_live)
    gtk_widget_add_css_class (GTK_WIDGET (self->badge_label), "active");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->badge_label), "active");

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->badge_label),
                               is_live ? _ ("What a service reads")
                                       : _ ("Active, but a service reads a newer one"));
}

/**
 * backstay_matrix_heading_show:
 * @columns: the columns
 * @column: which of them
 *
 * Shows a version.
 */
void
backstay_matrix_heading_show (BackstayMatrixHeading *self,
                              BackstayMatrixColumns *columns,
                              guint                  column)
{
  BackstayVersion *version;
  g_autofree char *type = NULL;
  g_autofree char *name = NULL;
  g_autofree char *byline = NULL;
  g_autofree char *time = NULL;
  g_autofree char *when = NULL;
  g_autofree char *label = NULL;
  g_autofree char *tooltip = NULL;

  g_return_if_fail (BACKSTAY_IS_MATRIX_HEADING (self));
  g_return_if_fail (BACKSTAY_IS_MATRIX_COLUMNS (columns));

  g_set_object (&self->columns, columns);
  self->column = column;

  version = backstay_matrix_columns_get_version (columns, column);
  type = backstay_display_text (backstay_version_get_model_type (version));
  name = backstay_display_text (backstay_version_get_name (version));
  byline = backstay_version_text_dup_byline (version);
  time = backstay_timestamp_dup_short (backstay_version_get_created_at (version));
  /* Translators: a time, and who made it then: "30 Aug 10:00 by alice". */
  when = g_strdup_printf (_ ("%s %s"), time, byline);

  gtk_label_set_label (self->type_label, type);
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->time_label, when);
  update_badge (self, version);
  update_actions (self);

  tooltip = g_strdup_printf ("%s\n%s\n%s", type, name, when);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), tooltip);

  /* Translators: a model type, a version's name, whether it is live, and when it was made by whom. */
  label = g_strdup_printf (_ ("%s, %s, %s, %s"), type, name,
                           backstay_matrix_columns_get_live (columns, column) ? _ ("live")
                           : backstay_version_get_active (version)            ? _ ("active")
                                                                              : _ ("not active"),
                           when);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-compare-bar"

#include "config.h"

#include "backstay-compare-bar.h"

#include "backstay-compat.h"
#include "backstay-version-row.h"
#include "backstay-version-text.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayCompareBar:
 *
 * Below the history: the version that is marked, and what it will be compared with.
 *
 * The selected version stays the one that is shown and can be rolled back to; a second one is not
 * selected but marked, with Ctrl and a click or the space bar, or from the menu. The mark stays when
 * another model type is shown, so that versions of two types can be compared.
 */
struct _BackstayCompareBar
{
  GtkWidget parent_instance;

  GtkListView     *list_view; /* Not owned: both are in one template. */
  BackstayVersion *selected;
  BackstayVersion *marked;

  /* Template children */
  GtkLabel *label;
};

enum
{
  PROP_0,
  PROP_MARKED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayCompareBar, backstay_compare_bar, GTK_TYPE_WIDGET)

static gboolean
is_same (BackstayVersion *a,
         BackstayVersion *b)
{
  return a != NULL && b != NULL && g_str_equal (backstay_version_get_id (a), backstay_version_get_id (b));
}

/* Rows */

static void
update_row (BackstayCompareBar *self,
            GtkWidget          *row)
{
  BackstayVersion *version = backstay_list_row_get_item (BACKSTAY_LIST_ROW (row));

  backstay_version_row_set_marked (BACKSTAY_VERSION_ROW (row), is_same (version, self->marked));
}

static void
bind_cb (BackstayCompareBar *self,
         GtkListItem        *list_item)
{
  update_row (self, gtk_list_item_get_child (list_item));
}

static void
update_rows (BackstayCompareBar *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list_view));
       row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *child = gtk_widget_get_first_child (row);

      if (BACKSTAY_IS_VERSION_ROW (child))
        update_row (self, child);
    }
}

/* The bar */

static void
update (BackstayCompareBar *self)
{
  g_autofree char *marked = NULL;
  g_autofree char *selected = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), self->marked != NULL);

  if (self->marked == NULL)
    return;

  marked = backstay_version_text_dup_name_beside (self->marked, self->selected);

  if (self->selected == NULL || is_same (self->selected, self->marked))
    {
      /* Translators: a version's name. */
      text = g_strdup_printf (_ ("Select another version to compare “%s” with."), marked);
    }
  else
    {
      selected = backstay_version_text_dup_name_beside (self->selected, self->marked);
      /* Translators: the names of two versions. */
      text = g_strdup_printf (_ ("“%s” and “%s”"), marked, selected);
    }

  gtk_label_set_label (self->label, text);
}

/* What the user does in the list */

static void
toggle (BackstayCompareBar *self,
        GtkWidget          *row)
{
  BackstayVersion *version = backstay_list_row_get_item (BACKSTAY_LIST_ROW (row));

  backstay_compare_bar_set_marked (self, is_same (version, self->marked) ? NULL : version);
}

static gboolean
key_pressed_cb (BackstayCompareBar *self,
                guint               keyval,
                guint               keycode,
                GdkModifierType     state)
{
  GtkWidget      *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list_view));
  GtkWidget      *child = row != NULL ? gtk_widget_get_first_child (row) : NULL;
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (modifiers == GDK_CONTROL_MASK && (keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space) &&
      BACKSTAY_IS_VERSION_ROW (child))
    {
      toggle (self, child);
      return GDK_EVENT_STOP;
    }

  if (modifiers == 0 && keyval == GDK_KEY_Escape && self->marked != NULL)
    {
      backstay_compare_bar_set_marked (self, NULL);
      return GDK_EVENT_STOP;
    }

  return GDK_EVENT_PROPAGATE;
}

static void
pressed_cb (BackstayCompareBar *self,
            int                 n_press,
            double              x,
            double              y,
            GtkGesture         *gesture)
{
  GdkModifierType  state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  BackstayListRow *row;

  if ((state & gtk_accelerator_get_default_mod_mask ()) != GDK_CONTROL_MASK)
    return;

  row = backstay_list_row_find_at (self->list_view, x, y);

  /* Nobody else may take it for a click that selects. */
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);

  if (row != NULL)
    toggle (self, GTK_WIDGET (row));
}

static void
clear_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  backstay_compare_bar_set_marked (BACKSTAY_COMPARE_BAR (widget), NULL);
}

static void
backstay_compare_bar_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_MARKED:
      g_value_set_object (value, BACKSTAY_COMPARE_BAR (object)->marked);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_compare_bar_dispose (GObject *object)
{
  BackstayCompareBar *self = BACKSTAY_COMPARE_BAR (object);

  g_clear_object (&self->selected);
  g_clear_object (&self->marked);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_COMPARE_BAR);

  G_OBJECT_CLASS (backstay_compare_bar_parent_class)->dispose (object);
}

static void
backstay_compare_bar_class_init (BackstayCompareBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_compare_bar_dispose;
  object_class->get_property = backstay_compare_bar_get_property;

  /**
   * BackstayCompareBar:marked:
   *
   * The version that is to be compared with the selected one.
   */
  properties[PROP_MARKED] =
    g_param_spec_object ("marked", NULL, NULL,
                         BACKSTAY_TYPE_VERSION,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-compare-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayCompareBar, label);

  gtk_widget_class_install_action (widget_class, "mark.clear", NULL, clear_action);
}

static void
backstay_compare_bar_init (BackstayCompareBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * backstay_compare_bar_set_list_view:
 * @list_view: the history, which lives as long as the bar; with its factory
 *
 * Lets versions of a list be marked. To be called once.
 */
void
backstay_compare_bar_set_list_view (BackstayCompareBar *self,
                                    GtkListView        *list_view)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture         *click = gtk_gesture_click_new ();

  g_return_if_fail (BACKSTAY_IS_COMPARE_BAR (self));
  g_return_if_fail (GTK_IS_LIST_VIEW (list_view));

  self->list_view = list_view;
  g_signal_connect_object (gtk_list_view_get_factory (list_view), "bind", G_CALLBACK (bind_cb), self,
                           G_CONNECT_SWAPPED);

  /* Before the list, for which both change the selection. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (list_view), keys);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (list_view), GTK_EVENT_CONTROLLER (click));
}

/**
 * backstay_compare_bar_set_selected:
 * @selected: (nullable): the selected version
 *
 * Says what the marked version would be compared with.
 */
void
backstay_compare_bar_set_selected (BackstayCompareBar *self,
                                   BackstayVersion    *selected)
{
  g_return_if_fail (BACKSTAY_IS_COMPARE_BAR (self));

  if (g_set_object (&self->selected, selected))
    update (self);
}

/**
 * backstay_compare_bar_set_marked:
 * @marked: (nullable): a version; %NULL for none
 *
 * Marks a version, instead of the one that was marked.
 */
void
backstay_compare_bar_set_marked (BackstayCompareBar *self,
                                 BackstayVersion    *marked)
{
  g_return_if_fail (BACKSTAY_IS_COMPARE_BAR (self));

  if (!g_set_object (&self->marked, marked))
    return;

  update (self);
  update_rows (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MARKED]);
}

/**
 * backstay_compare_bar_get_marked:
 *
 * Returns: (transfer none) (nullable): the marked version
 */
BackstayVersion *
backstay_compare_bar_get_marked (BackstayCompareBar *self)
{
  g_return_val_if_fail (BACKSTAY_IS_COMPARE_BAR (self), NULL);

  return self->marked;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-beside-layout"

#include "config.h"

#include "backstay-beside-layout.h"

/* Pixels */
#define SPACING 12
#define MIN_FIRST_WIDTH 240

/**
 * BackstayBesideLayout:
 *
 * Lays out two widgets: the second one beside the first, or below it where there is too little
 * room. What is left goes to the first one if it expands. The first one may get less than it wants, so
 * that they stay beside each other, unless it is told otherwise.
 *
 * What decides is the width that they get, not the window's, so that it never asks for more than the
 * wider one of them needs.
 */
struct _BackstayBesideLayout
{
  GtkLayoutManager parent_instance;

  gboolean shrink_first;
};

enum
{
  PROP_0,
  PROP_SHRINK_FIRST,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayBesideLayout, backstay_beside_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef struct
{
  GtkWidget *widget;
  int        minimum; /* Widths */
  int        natural;
} Child;

static void
measure_children (GtkWidget *widget,
                  Child      children[2])
{
  children[0].widget = gtk_widget_get_first_child (widget);
  children[1].widget = gtk_widget_get_last_child (widget);

  for (guint i = 0; i < 2; i++)
    gtk_widget_measure (children[i].widget, GTK_ORIENTATION_HORIZONTAL, -1,
                        &children[i].minimum, &children[i].natural, NULL, NULL);
}

static gboolean
has_room_beside (BackstayBesideLayout *self,
                 Child                 children[2],
                 int                   width)
{
  int first = self->shrink_first ? MAX (children[0].minimum, MIN_FIRST_WIDTH) : children[0].natural;

  return width - SPACING - children[1].natural >= first;
}

static int
measure_height (Child *child,
                int    width)
{
  int minimum;

  gtk_widget_measure (child->widget, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);

  return minimum;
}

static GtkSizeRequestMode
backstay_beside_layout_get_request_mode (GtkLayoutManager *layout,
                                         GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
backstay_beside_layout_measure (GtkLayoutManager *layout,
                                GtkWidget        *widget,
                                GtkOrientation    orientation,
                                int               for_size,
                                int              *minimum,
                                int              *natural,
                                int              *minimum_baseline,
                                int              *natural_baseline)
{
  Child children[2];
  int   beside;

  measure_children (widget, children);
  beside = children[0].natural + SPACING + children[1].natural;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (children[0].minimum, children[1].minimum);
      *natural = MAX (beside, *minimum);
      return;
    }

  if (for_size < 0)
    for_size = beside;

  if (has_room_beside (BACKSTAY_BESIDE_LAYOUT (layout), children, for_size))
    *minimum = MAX (measure_height (&children[0], for_size - SPACING - children[1].natural),
                    measure_height (&children[1], children[1].natural));
  else
    *minimum = measure_height (&children[0], for_size) + SPACING + measure_height (&children[1], for_size);

  *natural = *minimum;
}

static void
backstay_beside_layout_allocate (GtkLayoutManager *layout,
                                 GtkWidget        *widget,
                                 int               width,
                                 int               height,
                                 int               baseline)
{
  gboolean      is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Child         children[2];
  GtkAllocation first = { 0, 0, width, height };
  GtkAllocation second = { 0, 0, width, height };

  measure_children (widget, children);

  if (has_room_beside (BACKSTAY_BESIDE_LAYOUT (layout), children, width))
    {
      first.width = width - SPACING - children[1].natural;
      if (!gtk_widget_compute_expand (children[0].widget, GTK_ORIENTATION_HORIZONTAL))
        first.width = MIN (first.width, children[0].natural);
      second.width = children[1].natural;
      first.x = is_mirrored ? width - first.width : 0;
      second.x = is_mirrored ? first.x - SPACING - second.width : first.width + SPACING;
    }
  else
    {
      first.height = measure_height (&children[0], width);
      second.y = first.height + SPACING;
      second.height = height - second.y;
    }

  gtk_widget_size_allocate (children[0].widget, &first, -1);
  gtk_widget_size_allocate (children[1].widget, &second, -1);
}

static void
backstay_beside_layout_set_property (GObject      *object,
                                     guint         prop_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SHRINK_FIRST:
      BACKSTAY_BESIDE_LAYOUT (object)->shrink_first = g_value_get_boolean (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_beside_layout_class_init (BackstayBesideLayoutClass *klass)
{
  GObjectClass          *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->set_property = backstay_beside_layout_set_property;
  layout_class->get_request_mode = backstay_beside_layout_get_request_mode;
  layout_class->measure = backstay_beside_layout_measure;
  layout_class->allocate = backstay_beside_layout_allocate;

  /**
   * BackstayBesideLayout:shrink-first:
   *
   * Whether the first one gets less than it wants before the second one goes below it.
   */
  properties[PROP_SHRINK_FIRST] =
    g_param_spec_boolean ("shrink-first", NULL, NULL,
                          TRUE,
                          G_PARAM_WRITABLE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
backstay_beside_layout_init (BackstayBesideLayout *self)
{
}

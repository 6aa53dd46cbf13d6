/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-changes-chart"

#include "config.h"

#include "backstay-changes-chart.h"

#include <adwaita.h>

/* Pixels */
#define HEIGHT 132
#define MIN_WIDTH 200
#define TOP 8
#define GAP 4
#define MAX_BAR 40

#define NONE BACKSTAY_CHANGES_CHART_NONE

/**
 * BackstayChangesChart:
 *
 * How many versions were made in each hour, day or month: a bar each, with the model types stacked.
 *
 * A bar can be clicked on. With the keyboard, the arrow keys point to a bar and Enter chooses it;
 * to assistive technology the chart is a slider, whose value is what the bar says in words.
 */
struct _BackstayChangesChart
{
  GtkWidget parent_instance;

  BackstayChangeSums *sums;
  guint               selected;
  guint               hovered; /* With the mouse. */
  guint               cursor;  /* With the keyboard. */
};

enum
{
  SIGNAL_BUCKET_ACTIVATED,
  SIGNAL_POINTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayChangesChart, backstay_changes_chart, GTK_TYPE_WIDGET)

/* Where the bars are. */
typedef struct
{
  float x;
  float y;
  float width;
  float height;
  float step;
} Plot;

static guint
get_n_buckets (BackstayChangesChart *self)
{
  return self->sums != NULL ? backstay_time_buckets_get_n (backstay_change_sums_get_buckets (self->sums)) : 0;
}

static PangoLayout *
create_text (BackstayChangesChart *self,
             const char           *text)
{
  PangoLayout   *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);

  return layout;
}

static PangoLayout *
create_number (BackstayChangesChart *self,
               guint                 number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  return create_text (self, text);
}

static Plot
find_plot (BackstayChangesChart *self)
{
  guint n_buckets = MAX (get_n_buckets (self), 1);
  guint highest = self->sums != NULL ? backstay_change_sums_get_highest (self->sums) : 0;
  g_autoptr (PangoLayout) layout = create_number (self, highest);
  Plot plot;
  int  text_width;
  int  text_height;

  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  plot.x = (float) (text_width + GAP);
  plot.y = TOP;
  plot.width = MAX ((float) gtk_widget_get_width (GTK_WIDGET (self)) - plot.x, 1.0f);
  plot.height = MAX ((float) (gtk_widget_get_height (GTK_WIDGET (self)) - TOP - GAP - text_height), 1.0f);
  plot.step = plot.width / (float) n_buckets;

  return plot;
}

static guint
bucket_at (BackstayChangesChart *self,
           double                x)
{
  Plot   plot = find_plot (self);
  double bucket = (x - plot.x) / plot.step;

  return bucket >= 0 && bucket < get_n_buckets (self) ? (guint) bucket : NONE;
}

static GdkRGBA
get_color (BackstayChangesChart *self,
           const char           *name)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA          color;

  if (!gtk_style_context_lookup_color (context, name, &color))
    gtk_style_context_get_color (context, &color);

  return color;
}

static void
draw_text (GtkSnapshot   *snapshot,
           PangoLayout   *layout,
           float          x,
           float          y,
           const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

/* A line at each end, and the number that the upper one stands for. */
static void
draw_scale (BackstayChangesChart *self,
            GtkSnapshot          *snapshot,
            const Plot           *plot,
            const GdkRGBA        *color)
{
  g_autoptr (PangoLayout) highest = create_number (self, backstay_change_sums_get_highest (self->sums));
  g_autoptr (PangoLayout) zero = create_number (self, 0);
  GdkRGBA line = *color;
  int     width;
  int     height;

  line.alpha *= 0.25f;
  gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (plot->x, plot->y, plot->width, 1));
  gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (plot->x, plot->y + plot->height, plot->width, 1));

  pango_layout_get_pixel_size (highest, &width, &height);
  draw_text (snapshot, highest, plot->x - GAP - (float) width, MAX (plot->y - (float) height / 2, 0), color);
  pango_layout_get_pixel_size (zero, &width, &height);
  draw_text (snapshot, zero, plot->x - GAP - (float) width, plot->y + plot->height - (float) height / 2, color);
}

/* As many names of buckets as there is room for, so that the last one has its own. */
static void
draw_axis (BackstayChangesChart *self,
           GtkSnapshot          *snapshot,
           const Plot           *plot,
           const GdkRGBA        *color)
{
  BackstayTimeBuckets *buckets = backstay_change_sums_get_buckets (self->sums);
  float                free_until = plot->x + plot->width;

  for (guint i = get_n_buckets (self); i-- > 0;)
    {
      g_autofree char *label = backstay_time_buckets_dup_short_label (buckets, i);
      g_autoptr (PangoLayout) layout = create_text (self, label);
      int   width;
      float x;

      pango_layout_get_pixel_size (layout, &width, NULL);
      x = plot->x + plot->step * ((float) i + 0.5f) - (float) width / 2;
      if (i == get_n_buckets (self) - 1)
        x = MIN (x, free_until - (float) width);

      if (x < plot->x || x + (float) width > free_until)
        continue;

      draw_text (snapshot, layout, x, plot->y + plot->height + GAP, color);
      free_until = x - 4 * GAP;
    }
}

static void
draw_bar (BackstayChangesChart *self,
          GtkSnapshot          *snapshot,
          const Plot           *plot,
          guint                 bucket,
          const GdkRGBA        *color)
{
  gboolean is_outlined = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  float    gap = MIN (plot->step * 0.2f, 6.0f);
  float    width = MIN (plot->step - gap, MAX_BAR);
  float    x = plot->x + plot->step * ((float) bucket + 0.5f) - width / 2;
  float    unit = plot->height / (float) MAX (backstay_change_sums_get_highest (self->sums), 1);
  float    y = plot->y + plot->height;

  for (guint i = 0; i < backstay_change_sums_get_n_series (self->sums); i++)
    {
      guint            n = backstay_change_sums_get (self->sums, bucket, i);
      float            height = (float) n * unit;
      g_autofree char *name = g_strdup_printf ("chart_%u", backstay_change_sums_get_color (self->sums, i));
      GdkRGBA          fill = get_color (self, name);
      graphene_rect_t  rect;
      GskRoundedRect   outline;

      if (n == 0)
        continue;

      y -= height;
      /* A line of the background between two of them, where there is room. */
      rect = GRAPHENE_RECT_INIT (x, y, width, height > 4 ? height - 1 : height);
      gtk_snapshot_append_color (snapshot, &fill, &rect);

      if (is_outlined)
        {
          gsk_rounded_rect_init_from_rect (&outline, &rect, 0);
          gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 },
                                      (GdkRGBA[4]){ *color, *color, *color, *color });
        }
    }
}

static void
draw_bucket (BackstayChangesChart *self,
             GtkSnapshot          *snapshot,
             const Plot           *plot,
             guint                 bucket,
             const GdkRGBA        *color)
{
  graphene_rect_t column;
  GskRoundedRect  outline;
  GdkRGBA         shade = *color;
  gboolean        is_dimmed = self->selected != NONE && self->selected != bucket;

  column = GRAPHENE_RECT_INIT (plot->x + plot->step * (float) bucket, plot->y, plot->step, plot->height);
  shade.alpha *= 0.1f;

  if (bucket == backstay_changes_chart_get_pointed (self) || bucket == self->selected)
    gtk_snapshot_append_color (snapshot, &shade, &column);

  if (is_dimmed)
    gtk_snapshot_push_opacity (snapshot, 0.45);
  draw_bar (self, snapshot, plot, bucket, color);
  if (is_dimmed)
    gtk_snapshot_pop (snapshot);

  /* What is chosen is framed, too. */
  if (bucket == self->selected)
    {
      gsk_rounded_rect_init_from_rect (&outline, &column, 0);
      gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 },
                                  (GdkRGBA[4]){ *color, *color, *color, *color });
    }
}

static void
backstay_changes_chart_snapshot (GtkWidget   *widget,
                                 GtkSnapshot *snapshot)
{
  BackstayChangesChart *self = BACKSTAY_CHANGES_CHART (widget);
  Plot                  plot = find_plot (self);
  GdkRGBA               color;

  if (self->sums == NULL)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  draw_scale (self, snapshot, &plot, &color);
  draw_axis (self, snapshot, &plot, &color);

  for (guint i = 0; i < get_n_buckets (self); i++)
    draw_bucket (self, snapshot, &plot, i, &color);
}

static void
backstay_changes_chart_measure (GtkWidget     *widget,
                                GtkOrientation orientation,
                                int            for_size,
                                int           *minimum,
                                int           *natural,
                                int           *minimum_baseline,
                                int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : HEIGHT;
  *natural = *minimum;
}

static void
update_value (BackstayChangesChart *self)
{
  guint            n_buckets = get_n_buckets (self);
  guint            bucket = self->cursor != NONE ? self->cursor : n_buckets - 1;
  g_autofree char *sentence = NULL;

  if (n_buckets == 0)
    return;

  sentence = backstay_change_sums_dup_sentence (self->sums, bucket);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 1.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) n_buckets,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, bucket + 1.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, sentence,
                                  -1);
}

static void
point_to (BackstayChangesChart *self,
          guint                *place,
          guint                 bucket)
{
  if (*place == bucket)
    return;

  *place = bucket;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_POINTED], 0);
}

static void
set_cursor (BackstayChangesChart *self,
            guint                 bucket)
{
  point_to (self, &self->cursor, bucket);
  update_value (self);
}

static void
activate (BackstayChangesChart *self,
          guint                 bucket)
{
  if (bucket != NONE)
    g_signal_emit (self, signals[SIGNAL_BUCKET_ACTIVATED], 0, bucket);
}

static void
motion_cb (BackstayChangesChart *self,
           double                x)
{
  point_to (self, &self->hovered, bucket_at (self, x));
}

static void
leave_cb (BackstayChangesChart *self)
{
  point_to (self, &self->hovered, NONE);
}

static void
released_cb (BackstayChangesChart *self,
             int                   n_press,
             double                x)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  activate (self, bucket_at (self, x));
}

static void
focus_left_cb (BackstayChangesChart *self)
{
  set_cursor (self, NONE);
}

static void
focus_entered_cb (BackstayChangesChart *self)
{
  if (self->cursor == NONE && get_n_buckets (self) > 0)
    set_cursor (self, self->selected != NONE ? self->selected : get_n_buckets (self) - 1);
}

static gboolean
key_pressed_cb (BackstayChangesChart *self,
                guint                 keyval)
{
  guint last = get_n_buckets (self) - 1;
  guint cursor = self->cursor;

  if (self->sums == NULL || cursor == NONE)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      set_cursor (self, cursor > 0 ? cursor - 1 : 0);
      return GDK_EVENT_STOP;

    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      set_cursor (self, MIN (cursor + 1, last));
      return GDK_EVENT_STOP;

    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      set_cursor (self, 0);
      return GDK_EVENT_STOP;

    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      set_cursor (self, last);
      return GDK_EVENT_STOP;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      activate (self, cursor);
      return GDK_EVENT_STOP;

    case GDK_KEY_Escape:
      if (self->selected == NONE)
        return GDK_EVENT_PROPAGATE;
      /* Once more, which chooses none. */
      activate (self, self->selected);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
backstay_changes_chart_dispose (GObject *object)
{
  g_clear_pointer (&BACKSTAY_CHANGES_CHART (object)->sums, backstay_change_sums_unref);

  G_OBJECT_CLASS (backstay_changes_chart_parent_class)->dispose (object);
}

static void
backstay_changes_chart_class_init (BackstayChangesChartClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_changes_chart_dispose;
  widget_class->measure = backstay_changes_chart_measure;
  widget_class->snapshot = backstay_changes_chart_snapshot;

  /**
   * BackstayChangesChart::bucket-activated:
   * @bucket: its number
   *
   * Emitted when the user chooses a bar.
   */
  signals[SIGNAL_BUCKET_ACTIVATED] =
    g_signal_new ("bucket-activated",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT);

  /**
   * BackstayChangesChart::pointed:
   *
   * Emitted when the user points to another bar, or to none.
   */
  signals[SIGNAL_POINTED] =
    g_signal_new ("pointed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "changeschart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
add_controller (BackstayChangesChart *self,
                GtkEventController   *controller)
{
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
backstay_changes_chart_init (BackstayChangesChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->selected = NONE;
  self->hovered = NONE;
  self->cursor = NONE;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (focus_entered_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  add_controller (self, motion);
  add_controller (self, GTK_EVENT_CONTROLLER (click));
  add_controller (self, key);
  add_controller (self, focus);
}

/**
 * backstay_changes_chart_set_sums:
 * @sums: (nullable): what to show
 *
 * Shows other sums. No bar is chosen then.
 */
void
backstay_changes_chart_set_sums (BackstayChangesChart *self,
                                 BackstayChangeSums   *sums)
{
  g_return_if_fail (BACKSTAY_IS_CHANGES_CHART (self));

  g_clear_pointer (&self->sums, backstay_change_sums_unref);
  self->sums = sums != NULL ? backstay_change_sums_ref (sums) : NULL;
  self->selected = NONE;
  self->hovered = NONE;
  self->cursor = NONE;

  if (gtk_widget_is_focus (GTK_WIDGET (self)))
    focus_entered_cb (self);

  update_value (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * backstay_changes_chart_set_selected:
 * @bucket: a bucket's number, or %BACKSTAY_CHANGES_CHART_NONE
 *
 * Shows which bar is chosen.
 */
void
backstay_changes_chart_set_selected (BackstayChangesChart *self,
                                     guint                 bucket)
{
  g_return_if_fail (BACKSTAY_IS_CHANGES_CHART (self));
  g_return_if_fail (bucket == NONE || bucket < get_n_buckets (self));

  self->selected = bucket;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * backstay_changes_chart_get_pointed:
 *
 * Returns: the bucket that the user points to, or %BACKSTAY_CHANGES_CHART_NONE
 */
guint
backstay_changes_chart_get_pointed (BackstayChangesChart *self)
{
  g_return_val_if_fail (BACKSTAY_IS_CHANGES_CHART (self), NONE);

  return self->hovered != NONE ? self->hovered : self->cursor;
}

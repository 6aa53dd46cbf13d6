/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-recent-bar"

#include "config.h"

#include "backstay-recent-bar.h"

#include "backstay-beside-layout.h"
#include "backstay-compat.h"
#include "backstay-timestamp.h"
#include "backstay-version.h"

#include <glib/gi18n-lib.h>

/* More months than this are no chart. */
#define MAX_YEARS 10

/* What a custom range begins with. */
#define CUSTOM_DAYS 30

/* In the drop-down's order. */
enum
{
  RANGE_DAY,
  RANGE_WEEK,
  RANGE_MONTH,
  RANGE_QUARTER,
  RANGE_CUSTOM,
};

/* The ranges that end now: how long they are to the server and to us, and what to call them. */
static const struct
{
  const char *age;
  int         hours;
  const char *label;
  const char *longer; /* What leads to it from a shorter one. */
} ranges[] = {
  { "24 hours", 24, N_ ("in the last 24 hours"), NULL },
  { "7 days", 7 * 24, N_ ("in the last 7 days"), N_ ("Show the Last 7 Days") },
  { "30 days", 30 * 24, N_ ("in the last 30 days"), N_ ("Show the Last 30 Days") },
  { "90 days", 90 * 24, N_ ("in the last 90 days"), N_ ("Show the Last 90 Days") },
};

/* The first entry of the creators' drop-down is anybody. */
#define ANYBODY 0

/**
 * BackstayRecentBar:
 *
 * Which versions of all model types are wanted: of what time, and by whom.
 */
struct _BackstayRecentBar
{
  GtkWidget parent_instance;

  GDateTime *since;      /* The custom range: the first moment in it, */
  GDateTime *until;      /* and the first after it. */
  GPtrArray *creators;   /* What the drop-down has below anybody. */
  char      *creator_id; /* Who is chosen, */
  char      *creator_name;
  gboolean   any_creator; /* unless it is anybody. */
  gboolean   updating;    /* While the drop-down is filled. */

  /* Template children */
  GtkDropDown *range_drop_down;
  GtkDropDown *creator_drop_down;
  GtkWidget   *custom_box;
  GtkEntry    *from_entry;
  GtkEntry    *to_entry;
  GtkLabel    *error_label;
};

enum
{
  SIGNAL_SPAN_CHANGED,
  SIGNAL_CREATOR_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayRecentBar, backstay_recent_bar, GTK_TYPE_WIDGET)

static guint
get_range (BackstayRecentBar *self)
{
  return gtk_drop_down_get_selected (self->range_drop_down);
}

/* The custom range */

static void
show_error (BackstayRecentBar *self,
            const char        *text)
{
  gtk_label_set_label (self->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), text != NULL);
}

static void
take_span (BackstayRecentBar *self,
           GDateTime         *since,
           GDateTime         *until)
{
  g_clear_pointer (&self->since, g_date_time_unref);
  g_clear_pointer (&self->until, g_date_time_unref);
  self->since = since;
  self->until = until;
}

/* The beginning of the day after. */
static GDateTime *
new_next_day (GDateTime *day)
{
  g_autoptr (GDateTime) next = g_date_time_add_days (day, 1);

  return next != NULL ? g_date_time_new_local (g_date_time_get_year (next), g_date_time_get_month (next),
                                               g_date_time_get_day_of_month (next), 0, 0, 0)
                      : NULL;
}

static const char *
read_span (BackstayRecentBar *self)
{
  g_autoptr (GDateTime) from = backstay_timestamp_parse_day (gtk_editable_get_text (GTK_EDITABLE (self->from_entry)));
  g_autoptr (GDateTime) to = backstay_timestamp_parse_day (gtk_editable_get_text (GTK_EDITABLE (self->to_entry)));
  g_autoptr (GDateTime) until = NULL;

  if (from == NULL)
    return _ ("The first date is no day of the calendar. Write it like 2026-01-31.");

  if (to == NULL || (until = new_next_day (to)) == NULL)
    return _ ("The second date is no day of the calendar. Write it like 2026-01-31.");

  if (g_date_time_compare (from, to) > 0)
    return _ ("The second date is before the first one.");

  if (g_date_time_difference (until, from) > (GTimeSpan) MAX_YEARS * 366 * G_TIME_SPAN_DAY)
    return _ ("Ten years are the most that can be shown at once.");

  take_span (self, g_steal_pointer (&from), g_steal_pointer (&until));

  return NULL;
}

static void
apply_cb (BackstayRecentBar *self)
{
  const char *problem = read_span (self);

  show_error (self, problem);

  if (problem == NULL)
    g_signal_emit (self, signals[SIGNAL_SPAN_CHANGED], 0);
}

static void
set_day (GtkEntry  *entry,
         GDateTime *day)
{
  g_autofree char *text = g_date_time_format (day, "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
begin_custom (BackstayRecentBar *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) before = g_date_time_add_days (now, -CUSTOM_DAYS);

  set_day (self->from_entry, before);
  set_day (self->to_entry, now);
}

static void
range_selected_cb (BackstayRecentBar *self)
{
  gboolean is_custom = get_range (self) == RANGE_CUSTOM;

  gtk_widget_set_visible (self->custom_box, is_custom);
  show_error (self, NULL);

  if (!is_custom)
    {
      g_signal_emit (self, signals[SIGNAL_SPAN_CHANGED], 0);
      return;
    }

  begin_custom (self);
  apply_cb (self);
}

/* The creator */

static void
creator_selected_cb (BackstayRecentBar *self)
{
  guint                  selected = gtk_drop_down_get_selected (self->creator_drop_down);
  BackstayChangeCreator *creator = NULL;

  if (self->updating || selected == GTK_INVALID_LIST_POSITION)
    return;

  if (selected != ANYBODY)
    creator = g_ptr_array_index (self->creators, selected - 1);

  self->any_creator = creator == NULL;
  g_free (self->creator_id);
  g_free (self->creator_name);
  self->creator_id = creator != NULL ? g_strdup (creator->id) : NULL;
  self->creator_name = creator != NULL ? g_strdup (creator->name) : NULL;
  g_signal_emit (self, signals[SIGNAL_CREATOR_CHANGED], 0);
}

static guint
find_creator (BackstayRecentBar *self)
{
  for (guint i = 0; !self->any_creator && i < self->creators->len; i++)
    {
      BackstayChangeCreator *creator = g_ptr_array_index (self->creators, i);

      if (g_strcmp0 (creator->id, self->creator_id) == 0)
        return i + 1;
    }

  return ANYBODY;
}

static void
backstay_recent_bar_dispose (GObject *object)
{
  backstay_compat_dispose_template (GTK_WIDGET (object), BACKSTAY_TYPE_RECENT_BAR);

  G_OBJECT_CLASS (backstay_recent_bar_parent_class)->dispose (object);
}

static void
backstay_recent_bar_finalize (GObject *object)
{
  BackstayRecentBar *self = BACKSTAY_RECENT_BAR (object);

  take_span (self, NULL, NULL);
  g_clear_pointer (&self->creators, g_ptr_array_unref);
  g_free (self->creator_id);
  g_free (self->creator_name);

  G_OBJECT_CLASS (backstay_recent_bar_parent_class)->finalize (object);
}

static void
backstay_recent_bar_class_init (BackstayRecentBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_recent_bar_dispose;
  object_class->finalize = backstay_recent_bar_finalize;

  /**
   * BackstayRecentBar::span-changed:
   *
   * Emitted when the user chooses another time.
   */
  signals[SIGNAL_SPAN_CHANGED] =
    g_signal_new ("span-changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * BackstayRecentBar::creator-changed:
   *
   * Emitted when the user chooses another creator.
   */
  signals[SIGNAL_CREATOR_CHANGED] =
    g_signal_new ("creator-changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  g_type_ensure (BACKSTAY_TYPE_BESIDE_LAYOUT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-recent-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentBar, range_drop_down);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentBar, creator_drop_down);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentBar, custom_box);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentBar, from_entry);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentBar, to_entry);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentBar, error_label);
  gtk_widget_class_bind_template_callback (widget_class, range_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, creator_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
backstay_recent_bar_init (BackstayRecentBar *self)
{
  self->any_creator = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  backstay_recent_bar_set_counts (self, NULL);
}

/**
 * backstay_recent_bar_dup_filter:
 *
 * Returns: (transfer full): what is chosen
 */
BackstayRecentFilter *
backstay_recent_bar_dup_filter (BackstayRecentBar *self)
{
  BackstayRecentFilter *filter;
  guint                 range;

  g_return_val_if_fail (BACKSTAY_IS_RECENT_BAR (self), NULL);

  range = get_range (self);
  filter = backstay_recent_filter_new ();

  if (range == RANGE_CUSTOM)
    backstay_recent_filter_set_span (filter, NULL, self->since, self->until);
  else
    backstay_recent_filter_set_span (filter, ranges[range].age, NULL, NULL);

  backstay_recent_filter_set_creator (filter, self->any_creator, self->creator_id);

  return filter;
}

/**
 * backstay_recent_bar_dup_buckets:
 *
 * Returns: (transfer full): the chosen time, cut into hours, days or months
 */
BackstayTimeBuckets *
backstay_recent_bar_dup_buckets (BackstayRecentBar *self)
{
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GDateTime) since = NULL;
  guint range;

  g_return_val_if_fail (BACKSTAY_IS_RECENT_BAR (self), NULL);

  range = get_range (self);

  if (range == RANGE_CUSTOM)
    return backstay_time_buckets_new (self->since, self->until);

  now = g_date_time_new_now_local ();
  since = g_date_time_add (now, -ranges[range].hours * G_TIME_SPAN_HOUR);

  return backstay_time_buckets_new (since, now);
}

/**
 * backstay_recent_bar_dup_span_label:
 *
 * Returns: (transfer full): which time is chosen, for the end of a sentence
 */
char *
backstay_recent_bar_dup_span_label (BackstayRecentBar *self)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  guint            range;

  g_return_val_if_fail (BACKSTAY_IS_RECENT_BAR (self), NULL);

  range = get_range (self);

  if (range != RANGE_CUSTOM)
    return g_strdup (_ (ranges[range].label));

  from = g_date_time_format (self->since, "%Y-%m-%d");
  to = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->to_entry))));

  /* Translators: two days. */
  return g_strdup_printf (_ ("from %s to %s"), from, to);
}

/**
 * backstay_recent_bar_set_counts:
 * @counts: (nullable): what there is in the chosen time
 *
 * Offers the creators that are there.
 */
void
backstay_recent_bar_set_counts (BackstayRecentBar    *self,
                                BackstayChangeCounts *counts)
{
  g_autoptr (GtkStringList) labels = NULL;

  g_return_if_fail (BACKSTAY_IS_RECENT_BAR (self));

  g_clear_pointer (&self->creators, g_ptr_array_unref);
  self->creators = counts != NULL ? backstay_change_counts_list_creators (counts)
                                  : g_ptr_array_new_with_free_func ((GDestroyNotify) backstay_change_creator_free);

  /* Who is chosen stays so, also where nothing of theirs is in this time. */
  if (!self->any_creator && find_creator (self) == ANYBODY)
    g_ptr_array_add (self->creators, backstay_change_creator_new (self->creator_id, self->creator_name));

  labels = gtk_string_list_new (NULL);
  gtk_string_list_append (labels, _ ("Everybody"));

  for (guint i = 0; i < self->creators->len; i++)
    {
      BackstayChangeCreator *creator = g_ptr_array_index (self->creators, i);
      g_autofree char       *name = backstay_version_label_creator (creator->id, creator->name);

      gtk_string_list_append (labels, name);
    }

  self->updating = TRUE;
  gtk_drop_down_set_model (self->creator_drop_down, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->creator_drop_down, find_creator (self));
  self->updating = FALSE;
}

/**
 * backstay_recent_bar_get_longer:
 *
 * Returns: (transfer none) (nullable): what a button says that chooses more time; %NULL where that
 *   is for the user to say
 */
const char *
backstay_recent_bar_get_longer (BackstayRecentBar *self)
{
  guint range;

  g_return_val_if_fail (BACKSTAY_IS_RECENT_BAR (self), NULL);

  range = get_range (self);

  return range + 1 < G_N_ELEMENTS (ranges) ? _ (ranges[range + 1].longer) : NULL;
}

/**
 * backstay_recent_bar_choose_longer:
 *
 * Chooses more time.
 */
void
backstay_recent_bar_choose_longer (BackstayRecentBar *self)
{
  g_return_if_fail (BACKSTAY_IS_RECENT_BAR (self));
  g_return_if_fail (backstay_recent_bar_get_longer (self) != NULL);

  gtk_drop_down_set_selected (self->range_drop_down, get_range (self) + 1);
}

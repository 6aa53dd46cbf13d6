/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-recent-row"

#include "config.h"

#include "backstay-recent-row.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-timestamp.h"
#include "backstay-version-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * BackstayRecentRow:
 *
 * A version among those of all model types. The first one of a day has the day above it.
 */
struct _BackstayRecentRow
{
  GtkWidget parent_instance;

  BackstayVersion *item;
  char            *label;

  /* Template children */
  GtkLabel *day_label;
  GtkLabel *type_label;
  GtkLabel *name_label;
  GtkLabel *badge_label;
  GtkLabel *creator_label;
  GtkLabel *time_label;
  GtkLabel *notes_label;
};

enum
{
  PROP_0,
  PROP_ITEM,
  PROP_LABEL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayRecentRow, backstay_recent_row, GTK_TYPE_WIDGET)

static char *
dup_day (BackstayVersion *version)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return backstay_timestamp_dup_heading (backstay_version_get_created_at (version), now);
}

/* Its day is above it. */
static char *
dup_clock_time (BackstayVersion *version)
{
  g_autoptr (GDateTime) time = backstay_timestamp_parse (backstay_version_get_created_at (version));
  g_autoptr (GDateTime) local = NULL;

  if (time == NULL)
    return g_strdup ("");

  local = g_date_time_to_local (time);

  return g_date_time_format (local, "%H:%M:%S");
}

static void
show_badge (BackstayRecentRow *self,
            gboolean           active)
{
  gtk_label_set_label (self->badge_label, active ? _ ("ACTIVE") : _ ("INACTIVE"));

  if (active)
    gtk_widget_add_css_class (GTK_WIDGET (self->badge_label), "active");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->badge_label), "active");
}

/* Each row tells its day, as one may get to it from anywhere. */
static void
update_label (BackstayRecentRow *self)
{
  g_autofree char *day = dup_day (self->item);

  g_free (self->label);
  /* Translators: model type, version's name, whether it is active, day, time, creator, note. */
  self->label = g_strdup_printf (_ ("%s, %s, %s, %s %s, %s, %s"),
                                 gtk_label_get_label (self->type_label),
                                 gtk_label_get_label (self->name_label),
                                 backstay_version_get_active (self->item) ? _ ("active")
                                                                          : _ ("not active"),
                                 day,
                                 gtk_label_get_label (self->time_label),
                                 gtk_label_get_label (self->creator_label),
                                 gtk_label_get_label (self->notes_label));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

static void
update (BackstayRecentRow *self)
{
  g_autofree char *type = backstay_display_text (backstay_version_get_model_type (self->item));
  g_autofree char *name = backstay_display_text (backstay_version_get_name (self->item));
  g_autofree char *creator = backstay_version_text_dup_byline (self->item);
  g_autofree char *time = dup_clock_time (self->item);
  g_autofree char *exact = backstay_timestamp_dup_exact (backstay_version_get_created_at (self->item));
  g_autofree char *notes = backstay_version_text_dup_summary (self->item);

  gtk_label_set_label (self->type_label, type);
  gtk_label_set_label (self->name_label, name);
  show_badge (self, backstay_version_get_active (self->item));
  gtk_label_set_label (self->creator_label, creator);
  gtk_label_set_label (self->time_label, time);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time_label), exact);
  gtk_label_set_label (self->notes_label, notes != NULL ? notes : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notes_label), notes != NULL);
  update_label (self);
}

static void
backstay_recent_row_dispose (GObject *object)
{
  BackstayRecentRow *self = BACKSTAY_RECENT_ROW (object);

  g_clear_object (&self->item);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_RECENT_ROW);

  G_OBJECT_CLASS (backstay_recent_row_parent_class)->dispose (object);
}

static void
backstay_recent_row_finalize (GObject *object)
{
  g_free (BACKSTAY_RECENT_ROW (object)->label);

  G_OBJECT_CLASS (backstay_recent_row_parent_class)->finalize (object);
}

static void
backstay_recent_row_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  BackstayRecentRow *self = BACKSTAY_RECENT_ROW (object);

  switch (prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;

    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_recent_row_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  BackstayRecentRow *self = BACKSTAY_RECENT_ROW (object);

  switch (prop_id)
    {
    case PROP_ITEM:
      if (g_set_object (&self->item, g_value_get_object (value)) && self->item != NULL)
        update (self);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_recent_row_class_init (BackstayRecentRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_recent_row_dispose;
  object_class->finalize = backstay_recent_row_finalize;
  object_class->get_property = backstay_recent_row_get_property;
  object_class->set_property = backstay_recent_row_set_property;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL,
                         BACKSTAY_TYPE_VERSION,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-recent-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentRow, day_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentRow, type_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentRow, badge_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentRow, creator_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentRow, time_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentRow, notes_label);
}

static void
backstay_recent_row_init (BackstayRecentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * backstay_recent_row_set_previous:
 * @previous: (nullable): the version in the row above; %NULL for the first row
 *
 * Tells what the day is above this row, if it is not the same one.
 */
void
backstay_recent_row_set_previous (BackstayRecentRow *self,
                                  BackstayVersion   *previous)
{
  g_autofree char *day = NULL;
  g_autofree char *previous_day = NULL;

  g_return_if_fail (BACKSTAY_IS_RECENT_ROW (self));
  g_return_if_fail (self->item != NULL);

  day = dup_day (self->item);
  previous_day = previous != NULL ? dup_day (previous) : NULL;
  gtk_label_set_label (self->day_label, day);
  gtk_widget_set_visible (GTK_WIDGET (self->day_label), g_strcmp0 (day, previous_day) != 0);
}

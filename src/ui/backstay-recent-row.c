/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-recent-row"

#include "config.h"

#include "backstay-recent-row.h"

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
  BackstayListRow parent_instance;

  /* Template children */
  GtkLabel *day_label;
  GtkLabel *type_label;
  GtkLabel *name_label;
  GtkLabel *badge_label;
  GtkLabel *creator_label;
  GtkLabel *time_label;
  GtkLabel *notes_label;
};

G_DEFINE_FINAL_TYPE (BackstayRecentRow, backstay_recent_row, BACKSTAY_TYPE_LIST_ROW)

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
static char *
dup_label (BackstayRecentRow *self,
           BackstayVersion   *version)
{
  g_autofree char *day = dup_day (version);

  /* Translators: model type, version's name, whether it is active, day, time, creator, note. */
  return g_strdup_printf (_ ("%s, %s, %s, %s %s, %s, %s"),
                          gtk_label_get_label (self->type_label),
                          gtk_label_get_label (self->name_label),
                          backstay_version_get_active (version) ? _ ("active") : _ ("not active"),
                          day,
                          gtk_label_get_label (self->time_label),
                          gtk_label_get_label (self->creator_label),
                          gtk_label_get_label (self->notes_label));
}

static void
backstay_recent_row_update (BackstayListRow *row)
{
  BackstayRecentRow *self = BACKSTAY_RECENT_ROW (row);
  BackstayVersion   *version = backstay_list_row_get_item (row);
  g_autofree char   *type = backstay_display_text (backstay_version_get_model_type (version));
  g_autofree char   *name = backstay_display_text (backstay_version_get_name (version));
  g_autofree char   *creator = backstay_version_text_dup_byline (version);
  g_autofree char   *time = dup_clock_time (version);
  g_autofree char   *exact = backstay_timestamp_dup_exact (backstay_version_get_created_at (version));
  g_autofree char   *notes = backstay_version_text_dup_summary (version);

  gtk_label_set_label (self->type_label, type);
  gtk_label_set_label (self->name_label, name);
  show_badge (self, backstay_version_get_active (version));
  gtk_label_set_label (self->creator_label, creator);
  gtk_label_set_label (self->time_label, time);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time_label), exact);
  gtk_label_set_label (self->notes_label, notes != NULL ? notes : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notes_label), notes != NULL);
  backstay_list_row_take_label (row, dup_label (self, version));
}

static void
backstay_recent_row_class_init (BackstayRecentRowClass *klass)
{
  GtkWidgetClass       *widget_class = GTK_WIDGET_CLASS (klass);
  BackstayListRowClass *row_class = BACKSTAY_LIST_ROW_CLASS (klass);

  row_class->update = backstay_recent_row_update;

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
  BackstayVersion *version = backstay_list_row_get_item (BACKSTAY_LIST_ROW (self));
  g_autofree char *day = NULL;
  g_autofree char *previous_day = NULL;

  g_return_if_fail (BACKSTAY_IS_RECENT_ROW (self));
  g_return_if_fail (version != NULL);

  day = dup_day (version);
  previous_day = previous != NULL ? dup_day (previous) : NULL;
  gtk_label_set_label (self->day_label, day);
  gtk_widget_set_visible (GTK_WIDGET (self->day_label), g_strcmp0 (day, previous_day) != 0);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-overview-row"

#include "config.h"

#include "backstay-overview-row.h"

#include "backstay-beside-layout.h"
#include "backstay-display-text.h"
#include "backstay-timestamp.h"
#include "backstay-version-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * BackstayOverviewRow:
 *
 * What a service reads for a model type, since when and by whom; what is wrong with it; and where
 * to go from here.
 */
struct _BackstayOverviewRow
{
  GtkListBoxRow parent_instance;

  BackstayModelType *model_type;

  /* Template children */
  GtkImage  *image;
  GtkLabel  *type_label;
  GtkLabel  *live_label;
  GtkLabel  *since_label;
  GtkLabel  *notes_label;
  GtkLabel  *warning_label;
  GtkLabel  *others_label;
  GtkWidget *open_button;
  GtkWidget *compare_button;
  GtkWidget *roll_back_button;
};

G_DEFINE_FINAL_TYPE (BackstayOverviewRow, backstay_overview_row, GTK_TYPE_LIST_BOX_ROW)

static void
show_text (GtkLabel   *label,
           const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static char *
dup_live (BackstayModelType *type)
{
  BackstayVersion *live = backstay_model_type_get_live (type);
  g_autofree char *name = NULL;

  if (live == NULL)
    return g_strdup (_ ("Nothing is live"));

  name = backstay_display_text (backstay_version_get_name (live));

  if (backstay_model_type_get_n_active (type) == 1)
    return g_steal_pointer (&name);

  /* Translators: a version's name. */
  return g_strdup_printf (_ ("A service reads %s"), name);
}

/* How long ago, when exactly, and by whom. */
static char *
dup_since (BackstayVersion *version,
           GDateTime       *now)
{
  const char      *created_at = backstay_version_get_created_at (version);
  g_autofree char *age = backstay_timestamp_dup_age (created_at, now);
  g_autofree char *exact = backstay_timestamp_dup_exact (created_at);
  g_autofree char *byline = backstay_version_text_dup_byline (version);
  char            *line_end = strchr (exact, '\n');

  /* The server's own spelling, in the second line, is for the tooltip. */
  if (line_end == NULL)
    return g_strdup_printf ("%s · %s", exact, byline);

  *line_end = '\0';

  return g_strdup_printf ("%s · %s · %s", age, exact, byline);
}

static char *
dup_warning (BackstayModelType *type,
             GDateTime         *now)
{
  g_autofree char *count = backstay_model_type_dup_warning (type);
  g_autofree char *time = backstay_model_type_dup_time_warning (type, now);

  if (count != NULL && time != NULL)
    return g_strdup_printf ("%s\n%s", count, time);

  return count != NULL ? g_steal_pointer (&count) : g_steal_pointer (&time);
}

static void
update_name (BackstayOverviewRow *self)
{
  GtkLabel *labels[] = { self->type_label, self->live_label, self->since_label,
                         self->notes_label, self->warning_label, self->others_label };
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (!gtk_widget_get_visible (GTK_WIDGET (labels[i])))
        continue;

      if (labels[i] == self->warning_label)
        g_string_append_printf (name, ", %s", _ ("warning"));
      g_string_append_printf (name, "%s%s", name->len > 0 ? ", " : "", gtk_label_get_label (labels[i]));
    }

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
}

/* Buttons of the same name in every row: which type it is for is told, too. */
static void
name_button (GtkWidget  *button,
             const char *type)
{
  g_autofree char *label = NULL;

  /* Translators: what a button does, and the model type that it does it for. */
  label = g_strdup_printf (_ ("%s: %s"), gtk_button_get_label (GTK_BUTTON (button)), type);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update (BackstayOverviewRow *self)
{
  BackstayVersion *live = backstay_model_type_get_live (self->model_type);
  g_autofree char *name = dup_live (self->model_type);
  g_autofree char *notes = live != NULL ? backstay_version_text_dup_summary (live) : NULL;
  g_autofree char *exact = NULL;

  if (live != NULL)
    exact = backstay_timestamp_dup_exact (backstay_version_get_created_at (live));

  gtk_label_set_label (self->live_label, name);
  show_text (self->notes_label, notes);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->since_label), exact);
  gtk_widget_set_visible (self->compare_button, live != NULL);
  backstay_overview_row_update_time (self);
}

static void
backstay_overview_row_dispose (GObject *object)
{
  g_clear_object (&BACKSTAY_OVERVIEW_ROW (object)->model_type);

  G_OBJECT_CLASS (backstay_overview_row_parent_class)->dispose (object);
}

static void
backstay_overview_row_class_init (BackstayOverviewRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_overview_row_dispose;

  g_type_ensure (BACKSTAY_TYPE_BESIDE_LAYOUT);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-overview-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayOverviewRow, image);
  gtk_widget_class_bind_template_child (widget_class, BackstayOverviewRow, type_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayOverviewRow, live_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayOverviewRow, since_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayOverviewRow, notes_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayOverviewRow, warning_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayOverviewRow, others_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayOverviewRow, open_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayOverviewRow, compare_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayOverviewRow, roll_back_button);
}

static void
backstay_overview_row_init (BackstayOverviewRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * backstay_overview_row_new:
 * @model_type: a model type
 *
 * Returns: (transfer none): a row that shows it, and follows what it becomes
 */
BackstayOverviewRow *
backstay_overview_row_new (BackstayModelType *model_type)
{
  BackstayOverviewRow *self;
  const char          *name;
  g_autofree char     *label = NULL;

  g_return_val_if_fail (BACKSTAY_IS_MODEL_TYPE (model_type), NULL);

  self = g_object_new (BACKSTAY_TYPE_OVERVIEW_ROW, NULL);
  self->model_type = g_object_ref (model_type);
  name = backstay_model_type_get_name (model_type);
  label = backstay_display_text (name);
  gtk_label_set_label (self->type_label, label);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open_button), "s", name);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->compare_button), "s", name);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->roll_back_button), "s", name);
  name_button (self->open_button, label);
  name_button (self->compare_button, label);
  name_button (self->roll_back_button, label);

  g_signal_connect_object (model_type, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return self;
}

/**
 * backstay_overview_row_get_model_type:
 *
 * Returns: (transfer none): the model type
 */
BackstayModelType *
backstay_overview_row_get_model_type (BackstayOverviewRow *self)
{
  g_return_val_if_fail (BACKSTAY_IS_OVERVIEW_ROW (self), NULL);

  return self->model_type;
}

/**
 * backstay_overview_row_set_active:
 * @versions: (nullable) (element-type BackstayVersion): the active versions of all model types
 *
 * Names the versions that are active, too, but that no service reads.
 */
void
backstay_overview_row_set_active (BackstayOverviewRow *self,
                                  GPtrArray           *versions)
{
  BackstayVersion *live;
  g_autoptr (GString) others = g_string_new (NULL);

  g_return_if_fail (BACKSTAY_IS_OVERVIEW_ROW (self));

  live = backstay_model_type_get_live (self->model_type);

  for (guint i = 0; live != NULL && versions != NULL && i < versions->len; i++)
    {
      BackstayVersion *version = g_ptr_array_index (versions, i);
      g_autofree char *name = NULL;
      g_autofree char *byline = NULL;
      g_autofree char *when = NULL;

      if (strcmp (backstay_version_get_model_type (version), backstay_version_get_model_type (live)) != 0 ||
          strcmp (backstay_version_get_id (version), backstay_version_get_id (live)) == 0)
        continue;

      name = backstay_display_text (backstay_version_get_name (version));
      when = backstay_timestamp_dup_short (backstay_version_get_created_at (version));
      byline = backstay_version_text_dup_byline (version);
      /* Translators: a version's name, when it was made, and by whom. */
      g_string_append_printf (others, _ ("Active, too: %s · %s · %s"), name, when, byline);
      g_string_append_c (others, '\n');
    }

  if (others->len > 0)
    g_string_truncate (others, others->len - 1);

  show_text (self->others_label, others->len > 0 ? others->str : NULL);
  update_name (self);
}

/**
 * backstay_overview_row_update_time:
 *
 * Says anew how long the live version has been there.
 */
void
backstay_overview_row_update_time (BackstayOverviewRow *self)
{
  BackstayVersion *live;
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *since = NULL;
  g_autofree char *warning = NULL;

  g_return_if_fail (BACKSTAY_IS_OVERVIEW_ROW (self));

  live = backstay_model_type_get_live (self->model_type);
  now = g_date_time_new_now_local ();
  since = live != NULL ? dup_since (live, now) : NULL;
  warning = dup_warning (self->model_type, now);

  show_text (self->since_label, since);
  show_text (self->warning_label, warning);
  gtk_image_set_from_icon_name (self->image,
                                warning != NULL ? "dialog-warning-symbolic" : "emblem-ok-symbolic");

  if (warning != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->image), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->image), "warning");

  update_name (self);
}

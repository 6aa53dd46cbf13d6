/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-live-bar"

#include "config.h"

#include "backstay-live-bar.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-timestamp.h"
#include "backstay-version-text.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayLiveBar:
 *
 * What a service reads for a model type: since when, and by whom; and what is wrong where no
 * version or several are active.
 */
struct _BackstayLiveBar
{
  GtkWidget parent_instance;

  BackstayModelType *model_type;

  /* Template children */
  GtkWidget *box;
  GtkImage  *image;
  GtkLabel  *title_label;
  GtkLabel  *subtitle_label;
  GtkLabel  *warning_label;
  GtkWidget *go_to_button;
};

G_DEFINE_FINAL_TYPE (BackstayLiveBar, backstay_live_bar, GTK_TYPE_WIDGET)

static void
show_live (BackstayLiveBar *self,
           BackstayVersion *live)
{
  g_autofree char *name = backstay_display_text (backstay_version_get_name (live));
  g_autofree char *title = g_strdup_printf (_ ("Live: %s"), name);
  g_autofree char *exact = backstay_timestamp_dup_exact (backstay_version_get_created_at (live));

  gtk_label_set_label (self->title_label, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title_label), name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->subtitle_label), exact);
  backstay_live_bar_update_time (self);
}

static void
update (BackstayLiveBar *self)
{
  BackstayVersion *live = backstay_model_type_get_live (self->model_type);
  g_autofree char *warning = backstay_model_type_dup_warning (self->model_type);

  if (live != NULL)
    show_live (self, live);
  else
    gtk_label_set_label (self->title_label, _ ("Nothing is live"));

  gtk_widget_set_visible (GTK_WIDGET (self->subtitle_label), live != NULL);
  gtk_widget_set_visible (self->go_to_button, live != NULL);

  gtk_label_set_label (self->warning_label, warning != NULL ? warning : "");
  gtk_widget_set_visible (GTK_WIDGET (self->warning_label), warning != NULL);
  gtk_image_set_from_icon_name (self->image,
                                warning != NULL ? "dialog-warning-symbolic" : "emblem-ok-symbolic");

  if (warning != NULL)
    gtk_widget_add_css_class (self->box, "warning");
  else
    gtk_widget_remove_css_class (self->box, "warning");
}

static void
backstay_live_bar_dispose (GObject *object)
{
  BackstayLiveBar *self = BACKSTAY_LIVE_BAR (object);

  backstay_live_bar_set_model_type (self, NULL);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_LIVE_BAR);

  G_OBJECT_CLASS (backstay_live_bar_parent_class)->dispose (object);
}

static void
backstay_live_bar_class_init (BackstayLiveBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_live_bar_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-live-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayLiveBar, box);
  gtk_widget_class_bind_template_child (widget_class, BackstayLiveBar, image);
  gtk_widget_class_bind_template_child (widget_class, BackstayLiveBar, title_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayLiveBar, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayLiveBar, warning_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayLiveBar, go_to_button);
}

static void
backstay_live_bar_init (BackstayLiveBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * backstay_live_bar_set_model_type:
 * @model_type: (nullable): whose live version to show
 */
void
backstay_live_bar_set_model_type (BackstayLiveBar   *self,
                                  BackstayModelType *model_type)
{
  g_return_if_fail (BACKSTAY_IS_LIVE_BAR (self));
  g_return_if_fail (model_type == NULL || BACKSTAY_IS_MODEL_TYPE (model_type));

  if (self->model_type != NULL)
    g_signal_handlers_disconnect_by_func (self->model_type, update, self);

  g_set_object (&self->model_type, model_type);

  if (model_type == NULL)
    return;

  g_signal_connect_object (model_type, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * backstay_live_bar_update_time:
 *
 * Says anew how long the live version has been there.
 */
void
backstay_live_bar_update_time (BackstayLiveBar *self)
{
  BackstayVersion *live;
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *when = NULL;
  g_autofree char *byline = NULL;
  g_autofree char *subtitle = NULL;

  g_return_if_fail (BACKSTAY_IS_LIVE_BAR (self));

  live = self->model_type != NULL ? backstay_model_type_get_live (self->model_type) : NULL;
  if (live == NULL)
    return;

  now = g_date_time_new_now_local ();
  when = backstay_timestamp_dup_relative (backstay_version_get_created_at (live), now);
  byline = backstay_version_text_dup_byline (live);
  /* Translators: when the live version was made, and by whom. */
  subtitle = g_strdup_printf (_ ("%s · %s"), when, byline);
  gtk_label_set_label (self->subtitle_label, subtitle);
}

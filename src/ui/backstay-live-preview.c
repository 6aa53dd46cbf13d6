/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-live-preview"

#include "config.h"

#include "backstay-live-preview.h"

#include "backstay-compat.h"
#include "backstay-diff-view.h"
#include "backstay-display-text.h"
#include "backstay-json-view.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayLivePreview:
 *
 * What differs between what is live and what will be; where nothing is live, all of what will be.
 */
struct _BackstayLivePreview
{
  GtkWidget parent_instance;

  /* Template children */
  GtkStack         *stack;
  BackstayDiffView *diff_view;
  BackstayJsonView *json_view;
};

G_DEFINE_FINAL_TYPE (BackstayLivePreview, backstay_live_preview, GTK_TYPE_WIDGET)

static void
backstay_live_preview_dispose (GObject *object)
{
  backstay_compat_dispose_template (GTK_WIDGET (object), BACKSTAY_TYPE_LIVE_PREVIEW);

  G_OBJECT_CLASS (backstay_live_preview_parent_class)->dispose (object);
}

static void
backstay_live_preview_class_init (BackstayLivePreviewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_live_preview_dispose;

  g_type_ensure (BACKSTAY_TYPE_DIFF_VIEW);
  g_type_ensure (BACKSTAY_TYPE_JSON_VIEW);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-live-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayLivePreview, stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayLivePreview, diff_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayLivePreview, json_view);
}

static void
backstay_live_preview_init (BackstayLivePreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * backstay_live_preview_show_loading:
 *
 * Shows that it is on its way.
 */
void
backstay_live_preview_show_loading (BackstayLivePreview *self)
{
  g_return_if_fail (BACKSTAY_IS_LIVE_PREVIEW (self));

  backstay_diff_view_show_loading (self->diff_view);
}

/**
 * backstay_live_preview_show:
 * @plan: what is live and what will be
 *
 * Shows it.
 */
void
backstay_live_preview_show (BackstayLivePreview  *self,
                            BackstayRollbackPlan *plan)
{
  BackstayJson    *json;
  g_autofree char *live_name = NULL;
  g_autofree char *target_name = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_return_if_fail (BACKSTAY_IS_LIVE_PREVIEW (self));
  g_return_if_fail (plan != NULL);

  json = backstay_configuration_get_json (plan->target);

  if (plan->live == NULL)
    {
      backstay_json_view_set_json (self->json_view, json);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->json_view));
      return;
    }

  live_name = backstay_display_text (backstay_version_get_name (backstay_configuration_get_version (plan->live)));
  target_name = backstay_display_text (backstay_version_get_name (backstay_configuration_get_version (plan->target)));
  /* Translators: a version's name. */
  before = g_strdup_printf (_ ("Before: %s (live)"), live_name);
  after = g_strdup_printf (_ ("After: %s"), target_name);
  backstay_diff_view_compare (self->diff_view, backstay_configuration_get_json (plan->live), json, before, after);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->diff_view));
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-loading"

#include "config.h"

#include "backstay-loading.h"

#include "backstay-compat.h"

/* Most answers come sooner; words that flash up and go would only be in the way. */
#define WORDS_MSEC 700

/**
 * BackstayLoading:
 *
 * Says that something is on its way: a spinner, and after a moment what it waits for, in words.
 */
struct _BackstayLoading
{
  GtkWidget parent_instance;

  guint words_id; /* Shows them. */

  /* Template children */
  GtkLabel *label;
};

enum
{
  PROP_0,
  PROP_TEXT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayLoading, backstay_loading, GTK_TYPE_WIDGET)

static gboolean
words_cb (gpointer user_data)
{
  BackstayLoading *self = BACKSTAY_LOADING (user_data);

  self->words_id = 0;
  gtk_widget_set_opacity (GTK_WIDGET (self->label), 1);

  return G_SOURCE_REMOVE;
}

static void
backstay_loading_map (GtkWidget *widget)
{
  BackstayLoading *self = BACKSTAY_LOADING (widget);

  GTK_WIDGET_CLASS (backstay_loading_parent_class)->map (widget);

  self->words_id = g_timeout_add (WORDS_MSEC, words_cb, self);
}

static void
backstay_loading_unmap (GtkWidget *widget)
{
  BackstayLoading *self = BACKSTAY_LOADING (widget);

  g_clear_handle_id (&self->words_id, g_source_remove);
  gtk_widget_set_opacity (GTK_WIDGET (self->label), 0);

  GTK_WIDGET_CLASS (backstay_loading_parent_class)->unmap (widget);
}

static void
backstay_loading_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_TEXT:
      gtk_label_set_label (BACKSTAY_LOADING (object)->label, g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_loading_dispose (GObject *object)
{
  backstay_compat_dispose_template (GTK_WIDGET (object), BACKSTAY_TYPE_LOADING);

  G_OBJECT_CLASS (backstay_loading_parent_class)->dispose (object);
}

static void
backstay_loading_class_init (BackstayLoadingClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_loading_dispose;
  object_class->set_property = backstay_loading_set_property;
  widget_class->map = backstay_loading_map;
  widget_class->unmap = backstay_loading_unmap;

  /**
   * BackstayLoading:text:
   *
   * What is on its way, such as "Loading the history…".
   */
  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL,
                         NULL,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-loading.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayLoading, label);
}

static void
backstay_loading_init (BackstayLoading *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

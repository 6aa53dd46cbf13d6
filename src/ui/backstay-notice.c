/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-notice"

#include "config.h"

#include "backstay-notice.h"

#include "backstay-compat.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayNotice:
 *
 * A line that says something about what is below it, by an icon, a word and a colour, with a button
 * for what can be done about it. It is not there while there is nothing to say.
 */
struct _BackstayNotice
{
  GtkWidget parent_instance;

  /* Template children */
  GtkWidget *box;
  GtkImage  *image;
  GtkLabel  *label;
  GtkButton *button;
};

enum
{
  PROP_0,
  PROP_STACKED,
  N_PROPS,
};

enum
{
  SIGNAL_BUTTON_CLICKED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayNotice, backstay_notice, GTK_TYPE_WIDGET)

static const struct
{
  const char *css_class;
  const char *icon_name;
} looks[] = {
  [BACKSTAY_NOTICE_INFO] = { "info", "dialog-information-symbolic" },
  [BACKSTAY_NOTICE_SUCCESS] = { "success", "emblem-ok-symbolic" },
  [BACKSTAY_NOTICE_WARNING] = { "warning", "dialog-warning-symbolic" },
  [BACKSTAY_NOTICE_ERROR] = { "error", "dialog-error-symbolic" },
};

static void
button_clicked_cb (BackstayNotice *self)
{
  g_signal_emit (self, signals[SIGNAL_BUTTON_CLICKED], 0);
}

static void
backstay_notice_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  BackstayNotice *self = BACKSTAY_NOTICE (object);

  switch (prop_id)
    {
    case PROP_STACKED:
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                      g_value_get_boolean (value) ? GTK_ORIENTATION_VERTICAL
                                                                  : GTK_ORIENTATION_HORIZONTAL);
      gtk_label_set_max_width_chars (self->label, g_value_get_boolean (value) ? 16 : 24);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_notice_dispose (GObject *object)
{
  backstay_compat_dispose_template (GTK_WIDGET (object), BACKSTAY_TYPE_NOTICE);

  G_OBJECT_CLASS (backstay_notice_parent_class)->dispose (object);
}

static void
backstay_notice_class_init (BackstayNoticeClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_notice_dispose;
  object_class->set_property = backstay_notice_set_property;

  /**
   * BackstayNotice:stacked:
   *
   * Whether the button stands below the words, where there is little room beside them.
   */
  properties[PROP_STACKED] =
    g_param_spec_boolean ("stacked", NULL, NULL,
                          FALSE,
                          G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * BackstayNotice::button-clicked:
   *
   * Emitted when the button is clicked.
   */
  signals[SIGNAL_BUTTON_CLICKED] =
    g_signal_new ("button-clicked",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayNotice, box);
  gtk_widget_class_bind_template_child (widget_class, BackstayNotice, image);
  gtk_widget_class_bind_template_child (widget_class, BackstayNotice, label);
  gtk_widget_class_bind_template_child (widget_class, BackstayNotice, button);
  gtk_widget_class_bind_template_callback (widget_class, button_clicked_cb);
}

static void
backstay_notice_init (BackstayNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * backstay_notice_show:
 * @kind: how it is to be taken
 * @text: sentences
 * @button_label: (nullable): what can be done about it
 *
 * Says something. Assistive technology reads it out.
 */
void
backstay_notice_show (BackstayNotice    *self,
                      BackstayNoticeKind kind,
                      const char        *text,
                      const char        *button_label)
{
  g_return_if_fail (BACKSTAY_IS_NOTICE (self));
  g_return_if_fail (text != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (self->box, looks[i].css_class);

  gtk_widget_add_css_class (self->box, looks[kind].css_class);
  gtk_image_set_from_icon_name (self->image, looks[kind].icon_name);
  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);

  if (button_label != NULL)
    gtk_button_set_label (self->button, button_label);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button_label != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/**
 * backstay_notice_hide:
 *
 * Takes back what was said.
 */
void
backstay_notice_hide (BackstayNotice *self)
{
  g_return_if_fail (BACKSTAY_IS_NOTICE (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * backstay_notice_get_text:
 *
 * Returns: (transfer none) (nullable): what it says, %NULL while it says nothing
 */
const char *
backstay_notice_get_text (BackstayNotice *self)
{
  g_return_val_if_fail (BACKSTAY_IS_NOTICE (self), NULL);

  return gtk_widget_get_visible (GTK_WIDGET (self)) ? gtk_label_get_label (self->label) : NULL;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-page"

#include "config.h"

#include "backstay-page.h"

#include "backstay-compat.h"
#include "backstay-loading.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/**
 * BackstayPage:
 *
 * What pages beside the model types have in common: a header bar, a notice, and the states that a list
 * can be in. In a template, its child is what it shows once there is something.
 */
struct _BackstayPage
{
  GtkWidget parent_instance;

  /* Template children */
  AdwHeaderBar   *header_bar;
  AdwWindowTitle *window_title;
  GtkWidget      *back_button;
  BackstayNotice *notice;
  GtkStack       *page_stack;
  AdwStatusPage  *empty_page;
  AdwStatusPage  *failed_page;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_FOLDED,
  PROP_CONTENT,
  N_PROPS,
};

enum
{
  SIGNAL_NOTICE_CLICKED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayPage, backstay_page, GTK_TYPE_WIDGET)

static void
notice_clicked_cb (BackstayPage *self)
{
  g_signal_emit (self, signals[SIGNAL_NOTICE_CLICKED], 0);
}

static void
set_folded (BackstayPage *self,
            gboolean      folded)
{
  gtk_widget_set_visible (self->back_button, folded);
  g_object_set (self->notice, "stacked", folded, NULL);
  adw_header_bar_set_show_start_title_buttons (self->header_bar, folded);
}

static void
backstay_page_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  BackstayPage *self = BACKSTAY_PAGE (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      adw_window_title_set_title (self->window_title, g_value_get_string (value));
      break;

    case PROP_FOLDED:
      set_folded (self, g_value_get_boolean (value));
      break;

    case PROP_CONTENT:
      gtk_stack_add_named (self->page_stack, g_value_get_object (value), "content");
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_page_dispose (GObject *object)
{
  backstay_compat_dispose_template (GTK_WIDGET (object), BACKSTAY_TYPE_PAGE);

  G_OBJECT_CLASS (backstay_page_parent_class)->dispose (object);
}

static void
backstay_page_class_init (BackstayPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_page_dispose;
  object_class->set_property = backstay_page_set_property;

  /**
   * BackstayPage:title:
   *
   * What the page is called.
   */
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL,
                         NULL,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  /**
   * BackstayPage:folded:
   *
   * Whether the page stands alone, so that it needs a way back.
   */
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL,
                          FALSE,
                          G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  /**
   * BackstayPage:content:
   *
   * What is shown once there is something; to be set once.
   */
  properties[PROP_CONTENT] =
    g_param_spec_object ("content", NULL, NULL,
                         GTK_TYPE_WIDGET,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * BackstayPage::notice-clicked:
   *
   * Emitted when the button of the notice is clicked.
   */
  signals[SIGNAL_NOTICE_CLICKED] =
    g_signal_new ("notice-clicked",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  g_type_ensure (BACKSTAY_TYPE_LOADING);
  g_type_ensure (BACKSTAY_TYPE_NOTICE);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayPage, header_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, BackstayPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayPage, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayPage, page_stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, BackstayPage, failed_page);
  gtk_widget_class_bind_template_callback (widget_class, notice_clicked_cb);
}

static void
backstay_page_init (BackstayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * backstay_page_set_subtitle:
 * @subtitle: (nullable): a few words
 *
 * Says something below the title.
 */
void
backstay_page_set_subtitle (BackstayPage *self,
                            const char   *subtitle)
{
  g_return_if_fail (BACKSTAY_IS_PAGE (self));

  adw_window_title_set_subtitle (self->window_title, subtitle != NULL ? subtitle : "");
}

/**
 * backstay_page_get_notice:
 *
 * Returns: (transfer none): the notice above the content
 */
BackstayNotice *
backstay_page_get_notice (BackstayPage *self)
{
  g_return_val_if_fail (BACKSTAY_IS_PAGE (self), NULL);

  return self->notice;
}

/**
 * backstay_page_show_loading:
 *
 * Says that what is to be shown is on its way.
 */
void
backstay_page_show_loading (BackstayPage *self)
{
  g_return_if_fail (BACKSTAY_IS_PAGE (self));

  gtk_stack_set_visible_child_name (self->page_stack, "loading");
}

/**
 * backstay_page_show_content:
 *
 * Shows the content.
 */
void
backstay_page_show_content (BackstayPage *self)
{
  g_return_if_fail (BACKSTAY_IS_PAGE (self));

  gtk_stack_set_visible_child_name (self->page_stack, "content");
}

/**
 * backstay_page_show_empty:
 * @title: that there is nothing
 * @description: why, or what to do; plain text
 *
 * Says that there is nothing to show.
 */
void
backstay_page_show_empty (BackstayPage *self,
                          const char   *title,
                          const char   *description)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (BACKSTAY_IS_PAGE (self));

  escaped = g_markup_escape_text (description, -1);
  adw_status_page_set_title (self->empty_page, title);
  adw_status_page_set_description (self->empty_page, escaped);
  gtk_stack_set_visible_child_name (self->page_stack, "empty");
}

/**
 * backstay_page_show_failure:
 * @error: why there is nothing to show
 *
 * Says what went wrong: instead of the content, or above it where there is some.
 */
void
backstay_page_show_failure (BackstayPage *self,
                            const GError *error)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (BACKSTAY_IS_PAGE (self));

  if (g_strcmp0 (backstay_page_get_state (self), "content") == 0)
    {
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, _ ("Try Again"));
      return;
    }

  escaped = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->failed_page, escaped);
  gtk_stack_set_visible_child_name (self->page_stack, "failed");
}

/**
 * backstay_page_get_state:
 *
 * Returns: (transfer none): "loading", "empty", "failed" or "content"
 */
const char *
backstay_page_get_state (BackstayPage *self)
{
  g_return_val_if_fail (BACKSTAY_IS_PAGE (self), NULL);

  return gtk_stack_get_visible_child_name (self->page_stack);
}

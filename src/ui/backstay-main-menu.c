/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-main-menu"

#include "config.h"

#include "backstay-main-menu.h"

#include "backstay-compat.h"

/**
 * BackstayMainMenu:
 *
 * The button of the main menu, which is the same wherever the window has a header bar for it.
 */
struct _BackstayMainMenu
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (BackstayMainMenu, backstay_main_menu, GTK_TYPE_WIDGET)

static void
backstay_main_menu_dispose (GObject *object)
{
  backstay_compat_dispose_template (GTK_WIDGET (object), BACKSTAY_TYPE_MAIN_MENU);

  G_OBJECT_CLASS (backstay_main_menu_parent_class)->dispose (object);
}

static void
backstay_main_menu_class_init (BackstayMainMenuClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_main_menu_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-main-menu.ui");
}

static void
backstay_main_menu_init (BackstayMainMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

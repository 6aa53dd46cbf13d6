/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-outdated-bar"

#include "config.h"

#include "backstay-outdated-bar.h"

#include "backstay-notice.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayOutdatedBar:
 *
 * Says above a history that the table has newer versions, and shows them when one wants to see
 * them: a list must not move under the eyes of who reads it. For the same reason it floats, but at
 * the list's beginning, where that makes room for it.
 */
struct _BackstayOutdatedBar
{
  GtkWidget parent_instance;

  BackstayHistoryList *list;
  BackstayNotice      *notice;
};

enum
{
  SIGNAL_UPDATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayOutdatedBar, backstay_outdated_bar, GTK_TYPE_WIDGET)

static char *
dup_text (BackstayHistoryList *list)
{
  guint n = backstay_history_list_get_n_newer (list);

  if (n == 0)
    return g_strdup (_ ("This history has changed"));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u newer version", "%u newer versions", n), n);
}

static void
update (BackstayOutdatedBar *self)
{
  g_autofree char *text = NULL;

  if (self->list == NULL || !backstay_history_list_get_outdated (self->list))
    {
      backstay_notice_hide (self->notice);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }

  /* Assistive technology reads out each change, so there must be one. */
  text = dup_text (self->list);
  if (g_strcmp0 (text, backstay_notice_get_text (self->notice)) != 0)
    backstay_notice_show (self->notice, BACKSTAY_NOTICE_INFO, text, _ ("Show"));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
button_clicked_cb (BackstayOutdatedBar *self)
{
  backstay_history_list_update (self->list);
  g_signal_emit (self, signals[SIGNAL_UPDATED], 0);
}

static void
backstay_outdated_bar_dispose (GObject *object)
{
  BackstayOutdatedBar *self = BACKSTAY_OUTDATED_BAR (object);

  if (self->notice != NULL)
    {
      backstay_outdated_bar_set_list (self, NULL);
      gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->notice)));
    }

  G_OBJECT_CLASS (backstay_outdated_bar_parent_class)->dispose (object);
}

static void
backstay_outdated_bar_class_init (BackstayOutdatedBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_outdated_bar_dispose;

  /**
   * BackstayOutdatedBar::updated:
   *
   * Emitted when the list has just become what the table has.
   */
  signals[SIGNAL_UPDATED] =
    g_signal_new ("updated",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
backstay_outdated_bar_init (BackstayOutdatedBar *self)
{
  self->notice = g_object_new (BACKSTAY_TYPE_NOTICE, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->notice), GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "outdated-bar");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (self->notice, "button-clicked", G_CALLBACK (button_clicked_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * backstay_outdated_bar_set_list:
 * @list: (nullable): the history below it
 *
 * Watches a history.
 */
void
backstay_outdated_bar_set_list (BackstayOutdatedBar *self,
                                BackstayHistoryList *list)
{
  g_return_if_fail (BACKSTAY_IS_OUTDATED_BAR (self));
  g_return_if_fail (list == NULL || BACKSTAY_IS_HISTORY_LIST (list));

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (self->list, update, self);

  g_set_object (&self->list, list);

  if (list != NULL)
    g_signal_connect_object (list, "notify::outdated", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  update (self);
}

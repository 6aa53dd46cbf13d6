/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-start-view"

#include "config.h"

#include "backstay-start-view.h"

#include "backstay-compat.h"
#include "backstay-focus.h"
#include "backstay-db-config.h"
#include "backstay-main-menu.h"
#include "backstay-notice.h"
#include "backstay-servers-view.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/**
 * BackstayStartView:
 *
 * All that comes before there is something to see: where to connect to, the way there, and why it
 * led nowhere.
 */
struct _BackstayStartView
{
  GtkWidget parent_instance;

  BackstayServerList *servers; /* %NULL until they are asked for. */

  /* Template children */
  AdwWindowTitle      *title;
  GtkStack            *stack;
  BackstayServersView *servers_view;
  GtkEditable         *uri_row;
  BackstayNotice      *uri_notice;
  GtkSpinner          *spinner;
  GtkLabel            *loading_label;
  AdwStatusPage       *failed_page;
  GtkWidget           *try_again_button;
  AdwStatusPage       *refused_page;
  GtkWidget           *sign_in_button;
  GtkWidget           *another_button;
};

enum
{
  SIGNAL_CONFIG_CHOSEN,
  SIGNAL_SERVER_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayStartView, backstay_start_view, GTK_TYPE_WIDGET)

static void
uri_changed_cb (BackstayStartView *self)
{
  const char *uri = gtk_editable_get_text (self->uri_row);

  backstay_notice_hide (self->uri_notice);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "start.connect", uri[0] != '\0');
}

static void
uri_activated_cb (BackstayStartView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "start.connect", NULL);
}

static void
connect_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BackstayStartView *self = BACKSTAY_START_VIEW (widget);
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  config = backstay_db_config_new_from_uri (gtk_editable_get_text (self->uri_row), &error);

  if (config == NULL)
    {
      backstay_notice_show (self->uri_notice, BACKSTAY_NOTICE_ERROR, error->message, NULL);
      return;
    }

  g_signal_emit (self, signals[SIGNAL_CONFIG_CHOSEN], 0, config);
}

static void
server_activated_cb (BackstayStartView *self,
                     BackstayServer    *server)
{
  g_signal_emit (self, signals[SIGNAL_SERVER_CHOSEN], 0, server);
}

static void
show_page (BackstayStartView *self,
           const char        *page,
           const char        *title,
           const char        *subtitle)
{
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (page, "loading"));
  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
backstay_start_view_dispose (GObject *object)
{
  g_clear_object (&BACKSTAY_START_VIEW (object)->servers);
  backstay_compat_dispose_template (GTK_WIDGET (object), BACKSTAY_TYPE_START_VIEW);

  G_OBJECT_CLASS (backstay_start_view_parent_class)->dispose (object);
}

static void
backstay_start_view_class_init (BackstayStartViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_start_view_dispose;

  /**
   * BackstayStartView::config-chosen:
   * @config: where to connect to
   *
   * Emitted when the user wants to connect.
   */
  signals[SIGNAL_CONFIG_CHOSEN] =
    g_signal_new ("config-chosen",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, BACKSTAY_TYPE_DB_CONFIG);

  /**
   * BackstayStartView::server-chosen:
   * @server: a server that the user saved
   *
   * Emitted when the user wants to connect to it.
   */
  signals[SIGNAL_SERVER_CHOSEN] =
    g_signal_new ("server-chosen",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, BACKSTAY_TYPE_SERVER);

  g_type_ensure (BACKSTAY_TYPE_MAIN_MENU);
  g_type_ensure (BACKSTAY_TYPE_NOTICE);
  g_type_ensure (BACKSTAY_TYPE_SERVERS_VIEW);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-start-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayStartView, title);
  gtk_widget_class_bind_template_child (widget_class, BackstayStartView, stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayStartView, servers_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayStartView, uri_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayStartView, uri_notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayStartView, spinner);
  gtk_widget_class_bind_template_child (widget_class, BackstayStartView, loading_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayStartView, failed_page);
  gtk_widget_class_bind_template_child (widget_class, BackstayStartView, try_again_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayStartView, refused_page);
  gtk_widget_class_bind_template_child (widget_class, BackstayStartView, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayStartView, another_button);
  gtk_widget_class_bind_template_callback (widget_class, server_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, uri_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, uri_activated_cb);

  gtk_widget_class_install_action (widget_class, "start.connect", NULL, connect_action);
}

static void
backstay_start_view_init (BackstayStartView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  uri_changed_cb (self);
}

/**
 * backstay_start_view_show_connect:
 * @secrets: where the passwords of saved servers are
 *
 * Asks where to connect to.
 */
void
backstay_start_view_show_connect (BackstayStartView *self,
                                  BackstaySecrets   *secrets)
{
  g_return_if_fail (BACKSTAY_IS_START_VIEW (self));
  g_return_if_fail (BACKSTAY_IS_SECRETS (secrets));

  if (self->servers == NULL)
    {
      self->servers = backstay_server_list_new (NULL);
      backstay_servers_view_set_model (self->servers_view, self->servers, secrets);
    }

  show_page (self, "connect", _ ("Backstay"), "");
  backstay_focus_into (GTK_WIDGET (self->servers_view));
}

/**
 * backstay_start_view_show_loading:
 * @text: what is going on
 *
 * Shows that something is going on.
 */
void
backstay_start_view_show_loading (BackstayStartView *self,
                                  const char        *text)
{
  g_return_if_fail (BACKSTAY_IS_START_VIEW (self));

  gtk_label_set_label (self->loading_label, text);
  show_page (self, "loading", _ ("Backstay"), "");
}

/**
 * backstay_start_view_show_failure:
 * @title: what failed
 * @text: why, and what to do
 *
 * Shows that something failed.
 */
void
backstay_start_view_show_failure (BackstayStartView *self,
                                  const char        *title,
                                  const char        *text)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (BACKSTAY_IS_START_VIEW (self));

  /* A status page's description is markup. */
  escaped = g_markup_escape_text (text, -1);
  adw_status_page_set_title (self->failed_page, title);
  adw_status_page_set_description (self->failed_page, escaped);
  show_page (self, "failed", _ ("Backstay"), "");
  gtk_widget_grab_focus (self->try_again_button);
}

/**
 * backstay_start_view_show_refusal:
 * @title: what it comes to
 * @user: who one is
 * @server: what to call the server
 * @text: why there is nothing to be seen, and what to do
 * @can_sign_in: whether it can help to be somebody else
 *
 * Shows that the server hides everything.
 */
void
backstay_start_view_show_refusal (BackstayStartView *self,
                                  const char        *title,
                                  const char        *user,
                                  const char        *server,
                                  const char        *text,
                                  gboolean           can_sign_in)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (BACKSTAY_IS_START_VIEW (self));

  escaped = g_markup_escape_text (text, -1);
  adw_status_page_set_title (self->refused_page, title);
  adw_status_page_set_description (self->refused_page, escaped);
  gtk_widget_set_visible (self->sign_in_button, can_sign_in);
  if (can_sign_in)
    gtk_widget_remove_css_class (self->another_button, "suggested-action");
  else
    gtk_widget_add_css_class (self->another_button, "suggested-action");

  show_page (self, "refused", user, server);
  gtk_widget_grab_focus (can_sign_in ? self->sign_in_button : self->another_button);
}

/**
 * backstay_start_view_get_page:
 *
 * Returns: (transfer none): the page that is shown: `connect`, `loading`, `failed` or `refused`
 */
const char *
backstay_start_view_get_page (BackstayStartView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_START_VIEW (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}

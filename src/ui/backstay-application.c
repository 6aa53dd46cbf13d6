/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-application"

#include "config.h"

#include "backstay-application-private.h"

#include "backstay-editor-window.h"
#include "backstay-settings.h"
#include "backstay-ui-resources.h"

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>
#include <stdlib.h>

/**
 * BackstayApplication:
 *
 * Opens windows, and runs the server with the sample data for those that want it.
 */

G_DEFINE_FINAL_TYPE (BackstayApplication, backstay_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *accels[3];
} accels[] = {
  { "app.quit", { "<Control>q", NULL } },
  { "window.close", { "<Control>w", NULL } },
  { "win.new-version", { "<Control>n", NULL } },
  { "win.roll-back", { "<Control><Shift>r", NULL } },
  { "win.reload", { "F5", "<Control>r", NULL } },
  { "win.search", { "<Control>f", NULL } },
  { "win.next-change", { "F8", NULL } },
  { "win.previous-change", { "<Shift>F8", NULL } },
  { "win.compare-live", { "<Control><Shift>l", NULL } },
  { "win.swap-sides", { "<Control><Shift>x", NULL } },
  { "win.compare-marked", { "<Control>d", NULL } },
  { "win.compare-with", { "<Control><Shift>d", NULL } },
  { "app.compare-files", { "<Control>o", NULL } },
  { "win.export", { "<Control>e", NULL } },
  { "win.import", { "<Control><Shift>e", NULL } },
  { "win.next-pane", { "F6", NULL } },
  { "win.back", { "<Alt>Left", NULL } },
  { "win.show-overview", { "<Control>1", NULL } },
  { "win.show-recent", { "<Control>2", NULL } },
  { "win.show-audit", { "<Control>3", NULL } },
  { "win.show-integrity", { "<Control>4", NULL } },
  { "win.show-database", { "<Control>5", NULL } },
  { "win.go-to-live", { "<Control>l", NULL } },
  { "win.sign-in", { "<Control>i", NULL } },
  { "win.show-access", { "<Control><Shift>i", NULL } },
  { "win.show-help-overlay", { "<Control>question", NULL } },
};

/* Windows */

/* Without a session bus there is no desktop to tell. */
static void
live_changed_cb (BackstayApplication *self,
                 const char          *model_type,
                 const char          *title,
                 const char          *body,
                 BackstayWindow      *window)
{
  guint            window_id = gtk_application_window_get_id (GTK_APPLICATION_WINDOW (window));
  g_autofree char *id = g_strdup_printf ("live-%u-%s", window_id, model_type);
  g_autoptr (GNotification) notification = NULL;

  if (!backstay_settings_get_notifications () ||
      g_application_get_dbus_connection (G_APPLICATION (self)) == NULL)
    return;

  notification = g_notification_new (title);
  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show-model-type", "(us)",
                                                window_id, model_type);
  g_application_send_notification (G_APPLICATION (self), id, notification);
}

BackstayWindow *
backstay_application_create_window (BackstayApplication *self)
{
  BackstayWindow *window = backstay_window_new (GTK_APPLICATION (self));

  if (self->keyring == NULL)
    self->keyring = backstay_keyring_new ();
  backstay_window_set_secrets (window, BACKSTAY_SECRETS (self->keyring));

  g_signal_connect_object (window, "live-changed", G_CALLBACK (live_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "sample-requested", G_CALLBACK (backstay_application_show_sample), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));

  return window;
}

BackstayCompareWindow *
backstay_application_create_compare_window (BackstayApplication *self)
{
  BackstayCompareWindow *window = backstay_compare_window_new (GTK_APPLICATION (self));

  gtk_window_present (GTK_WINDOW (window));

  return window;
}

static void
backstay_application_activate (GApplication *application)
{
  BackstayApplication *self = BACKSTAY_APPLICATION (application);
  BackstayWindow      *window = backstay_application_create_window (self);
  g_autoptr (BackstayDbConfig) config = NULL;

  if (!backstay_db_config_environment_is_set ())
    {
      backstay_window_show_connect (window);
      return;
    }

  config = backstay_db_config_new_from_environment ();
  backstay_window_open (window, config, NULL, FALSE);
}

/* Actions */

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  /* Who has something to lose is asked first. */
  if (!backstay_editor_window_ask_all (GTK_APPLICATION (user_data)))
    g_application_quit (G_APPLICATION (user_data));
}

static void
compare_files_action (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  backstay_application_create_compare_window (BACKSTAY_APPLICATION (user_data));
}

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (user_data)),
                         "application-name", _ ("Backstay"),
                         "application-icon", BACKSTAY_APP_ID,
                         "developer-name", _ ("The Backstay developers"),
                         "version", PACKAGE_VERSION,
                         "comments", _ ("See what is live, see what changed, and put an earlier "
                                        "configuration back."),
                         "copyright", "© 2026 The Backstay developers",
                         "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}

static void
show_model_type_action (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  GtkWindow  *window;
  guint       window_id;
  const char *model_type;

  g_variant_get (parameter, "(u&s)", &window_id, &model_type);
  window = gtk_application_get_window_by_id (GTK_APPLICATION (user_data), window_id);

  /* It may have been closed since. */
  if (BACKSTAY_IS_WINDOW (window))
    backstay_window_show_type (BACKSTAY_WINDOW (window), model_type);
}

static void
add_notifications_action (GApplication *application)
{
  g_autoptr (GAction) action = backstay_settings_create_notifications_action ();

  if (action != NULL)
    g_action_map_add_action (G_ACTION_MAP (application), action);
}

static const GActionEntry action_entries[] = {
  { "show-model-type", show_model_type_action, "(us)" },
  { "quit", quit_action },
  { "compare-files", compare_files_action },
  { "about", about_action },
};

static void
backstay_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (backstay_application_parent_class)->startup (application);

  gtk_source_init ();
  gtk_window_set_default_icon_name (BACKSTAY_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), action_entries,
                                   G_N_ELEMENTS (action_entries), application);
  add_notifications_action (application);

  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accels[i].action,
                                           (const char *const *) accels[i].accels);
}

static void
backstay_application_dispose (GObject *object)
{
  BackstayApplication *self = BACKSTAY_APPLICATION (object);

  /* Without its owner the server stops by itself. */
  g_clear_object (&self->keyring);
  g_clear_object (&self->server);
  g_clear_object (&self->sample_config);
  g_clear_pointer (&self->waiting_windows, g_ptr_array_unref);

  G_OBJECT_CLASS (backstay_application_parent_class)->dispose (object);
}

static void
backstay_application_class_init (BackstayApplicationClass *klass)
{
  GObjectClass      *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  /* Templates are found by their path alone; this makes the linker keep them. */
  g_resources_register (backstay_ui_get_resource ());

  object_class->dispose = backstay_application_dispose;
  application_class->startup = backstay_application_startup;
  application_class->activate = backstay_application_activate;
  application_class->command_line = backstay_application_command_line;
  application_class->handle_local_options = backstay_application_handle_local_options;
}

static void
backstay_application_init (BackstayApplication *self)
{
  self->waiting_windows = g_ptr_array_new_with_free_func (g_object_unref);
  backstay_application_add_options (G_APPLICATION (self));
}

/**
 * backstay_application_new:
 *
 * Returns: (transfer full): the application
 */
BackstayApplication *
backstay_application_new (void)
{
  return g_object_new (BACKSTAY_TYPE_APPLICATION,
                       "application-id", BACKSTAY_APP_ID,
                       "resource-base-path", BACKSTAY_RESOURCE_PATH,
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       NULL);
}

/**
 * backstay_application_get_exit_status:
 *
 * Returns: what went wrong after the command line was read, as an exit status
 */
int
backstay_application_get_exit_status (BackstayApplication *self)
{
  g_return_val_if_fail (BACKSTAY_IS_APPLICATION (self), EXIT_FAILURE);

  return self->exit_status;
}

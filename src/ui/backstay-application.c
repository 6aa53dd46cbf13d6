/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-application"

#include "config.h"

#include "backstay-application.h"

#include "backstay-compare-window.h"
#include "backstay-diff-input.h"
#include "backstay-file-document.h"
#include "backstay-editor-window.h"
#include "backstay-keyring.h"
#include "backstay-local-server.h"
#include "backstay-screenshot.h"
#include "backstay-settings.h"
#include "backstay-ui-resources.h"
#include "backstay-window.h"

#include <glib/gi18n-lib.h>
#include <gtksourceview/gtksource.h>
#include <stdlib.h>

/* Who the sample data begin with: an administrator of data/sql/sample.sql. */
#define SAMPLE_ADMIN_ID "00000000-0000-4000-8000-0000000000a1"
#define SAMPLE_ADMIN_NAME "alice"

/**
 * BackstayApplication:
 *
 * Opens windows, and runs the server with the sample data for those that want it.
 */
struct _BackstayApplication
{
  AdwApplication parent_instance;

  BackstayKeyring     *keyring; /* All windows', as it can keep passwords for this run. */
  BackstayLocalServer *server;
  BackstayDbConfig    *sample_config;   /* %NULL while the server does not run. */
  GPtrArray           *waiting_windows; /* For the server to run. */
  gboolean             throw_away;      /* Whether the sample data are gone afterwards. */
  int                  exit_status;
};

G_DEFINE_FINAL_TYPE (BackstayApplication, backstay_application, ADW_TYPE_APPLICATION)

static const GOptionEntry option_entries[] = {
  { "sample", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Show sample data, on a PostgreSQL server of Backstay's own"), NULL },
  { "screenshot", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_ ("Save a picture of the window once the data are shown, and quit"), N_ ("FILE.png") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Show the version, and quit"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, NULL },
  { NULL },
};

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

/* The sample data */

static void
add_script (BackstayApplication *self,
            const char          *name,
            const char          *status)
{
  g_autofree char *path = g_strdup_printf (BACKSTAY_RESOURCE_PATH "/sql/%s", name);
  g_autoptr (GBytes) sql = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (sql != NULL);
  backstay_local_server_add_script (self->server, status, sql);
}

static void
server_lost_cb (BackstayApplication *self)
{
  g_clear_object (&self->sample_config);
}

static void
server_status_cb (BackstayApplication *self)
{
  const char *status = backstay_local_server_get_status (self->server);

  for (guint i = 0; status != NULL && i < self->waiting_windows->len; i++)
    {
      BackstayWindow *window = g_ptr_array_index (self->waiting_windows, i);

      if (backstay_window_get_wants_sample (window))
        backstay_window_show_progress (window, status);
    }
}

static void
ensure_server (BackstayApplication *self)
{
  g_autofree char *directory = backstay_local_server_dup_default_directory ();

  if (self->server != NULL)
    return;

  if (self->throw_away)
    self->server = backstay_local_server_new_throw_away ();
  else
    self->server = backstay_local_server_new (directory);

  add_script (self, "schema.sql", _ ("Preparing the database…"));
  add_script (self, "sample.sql", _ ("Loading the sample data…"));

  g_signal_connect_object (self->server, "lost", G_CALLBACK (server_lost_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->server, "notify::status", G_CALLBACK (server_status_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
show_sample (BackstayApplication *self,
             BackstayWindow      *window)
{
  g_autoptr (BackstayIdentity) admin = backstay_identity_new (SAMPLE_ADMIN_ID, SAMPLE_ADMIN_NAME);

  backstay_window_open (window, self->sample_config, admin, TRUE);
}

/* For whoever started Backstay in a terminal. */
static void
say_where (BackstayDbConfig *config)
{
  g_autofree char *command = backstay_db_config_dup_psql_command (config);

  g_print (_ ("The sample data are in a PostgreSQL server of Backstay's own:\n  %s\n"), command);
}

static void
server_started_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (BackstayApplication) self = user_data;
  g_autoptr (GPtrArray) windows = g_steal_pointer (&self->waiting_windows);
  g_autoptr (GError) error = NULL;

  self->waiting_windows = g_ptr_array_new_with_free_func (g_object_unref);
  self->sample_config = backstay_local_server_start_finish (BACKSTAY_LOCAL_SERVER (object), result, &error);

  if (self->sample_config != NULL && !self->throw_away)
    say_where (self->sample_config);

  for (guint i = 0; i < windows->len; i++)
    {
      BackstayWindow *window = g_ptr_array_index (windows, i);

      /* Its user may have thought better of it, or closed it. */
      if (!backstay_window_get_wants_sample (window))
        continue;

      if (self->sample_config != NULL)
        show_sample (self, window);
      else
        backstay_window_show_failure (window, _ ("The Sample Data Cannot Be Shown"), error->message);
    }

  g_application_release (G_APPLICATION (self));
}

static void
sample_requested_cb (BackstayApplication *self,
                     BackstayWindow      *window)
{
  if (self->sample_config != NULL)
    {
      show_sample (self, window);
      return;
    }

  ensure_server (self);
  backstay_window_show_progress (window, _ ("Starting PostgreSQL…"));
  g_ptr_array_add (self->waiting_windows, g_object_ref (window));

  /* The first one starts it for all. */
  if (self->waiting_windows->len > 1)
    return;

  g_application_hold (G_APPLICATION (self));
  backstay_local_server_start_async (self->server, NULL, server_started_cb, g_object_ref (self));
}

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

static BackstayWindow *
create_window (BackstayApplication *self)
{
  BackstayWindow *window = backstay_window_new (GTK_APPLICATION (self));

  if (self->keyring == NULL)
    self->keyring = backstay_keyring_new ();
  backstay_window_set_secrets (window, BACKSTAY_SECRETS (self->keyring));

  g_signal_connect_object (window, "live-changed", G_CALLBACK (live_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "sample-requested", G_CALLBACK (sample_requested_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));

  return window;
}

static BackstayCompareWindow *
create_compare_window (BackstayApplication *self)
{
  BackstayCompareWindow *window = backstay_compare_window_new (GTK_APPLICATION (self));

  gtk_window_present (GTK_WINDOW (window));

  return window;
}

static void
screenshot_taken_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  BackstayApplication *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!backstay_screenshot_take_finish (GTK_WINDOW (object), result, &error))
    {
      g_printerr ("%s\n", error->message);
      self->exit_status = EXIT_FAILURE;
    }

  g_application_quit (G_APPLICATION (self));
}

static void
backstay_application_activate (GApplication *application)
{
  BackstayApplication *self = BACKSTAY_APPLICATION (application);
  BackstayWindow      *window = create_window (self);
  g_autoptr (BackstayDbConfig) config = NULL;

  if (!backstay_db_config_environment_is_set ())
    {
      backstay_window_show_connect (window);
      return;
    }

  config = backstay_db_config_new_from_environment ();
  backstay_window_open (window, config, NULL, FALSE);
}

/* What is left of the command line without its options: a URI, or two files. */
static const char **
dup_arguments (GVariantDict *options)
{
  const char **arguments = NULL;

  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &arguments);

  return arguments;
}

static gboolean
is_postgresql_uri (const char *argument)
{
  return g_str_has_prefix (argument, "postgresql://") || g_str_has_prefix (argument, "postgres://");
}

/* Says what is wrong with the arguments without a display, as that needs none. */
static const char *
find_usage_error (const char *const *arguments,
                  gboolean           is_sample)
{
  guint n = arguments != NULL ? g_strv_length ((char **) arguments) : 0;

  if (n > 2)
    return _ ("Too many arguments: two files are compared, and one connection URI is enough.");

  if (n == 2 && (is_postgresql_uri (arguments[0]) || is_postgresql_uri (arguments[1])))
    return _ ("One connection URI is enough, and two files are compared without one.");

  if (n == 2 && is_sample)
    return _ ("Two files are compared without the sample data.");

  if (n == 2 &&
      g_str_equal (arguments[0], BACKSTAY_DIFF_INPUT_STANDARD) &&
      g_str_equal (arguments[1], BACKSTAY_DIFF_INPUT_STANDARD))
    return _ ("Only one of the files can be the standard input.");

  if (n == 1 && (g_str_equal (arguments[0], BACKSTAY_DIFF_INPUT_STANDARD) ||
                 g_file_test (arguments[0], G_FILE_TEST_EXISTS)))
    return _ ("Two files are needed to compare.");

  return NULL;
}

static gboolean
open_uri (BackstayApplication     *self,
          GApplicationCommandLine *command_line,
          const char              *uri)
{
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  if ((config = backstay_db_config_new_from_uri (uri, &error)) == NULL)
    {
      g_application_command_line_printerr (command_line, "%s\n", error->message);
      return FALSE;
    }

  if (backstay_db_config_get_has_password (config))
    g_application_command_line_printerr (command_line, "%s\n",
                                         _ ("The URI holds a password, which everybody on this "
                                            "computer can read in the list of processes. Put it "
                                            "into the file ~/.pgpass instead."));

  backstay_window_open (create_window (self), config, NULL, FALSE);

  return TRUE;
}

/* Returns %NULL if the standard input cannot be had. */
static BackstayDocument *
document_for_argument (GApplicationCommandLine *command_line,
                       const char              *argument)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GFile) file = NULL;

  if (!g_str_equal (argument, BACKSTAY_DIFF_INPUT_STANDARD))
    {
      file = g_application_command_line_create_file_for_arg (command_line, argument);
      return backstay_file_document_new (file);
    }

  /* That of the process with this command line, which need not be this one. */
  stream = g_application_command_line_get_stdin (command_line);

  return stream != NULL ? backstay_file_document_new_for_stream (stream) : NULL;
}

static gboolean
compare_files (BackstayApplication     *self,
               GApplicationCommandLine *command_line,
               const char              *before,
               const char              *after)
{
  g_autoptr (BackstayDocument) before_document = document_for_argument (command_line, before);
  g_autoptr (BackstayDocument) after_document = document_for_argument (command_line, after);

  if (before_document == NULL || after_document == NULL)
    {
      g_application_command_line_printerr (command_line, "%s\n",
                                           _ ("The standard input cannot be handed to the Backstay that is "
                                              "running already."));
      return FALSE;
    }

  backstay_compare_window_compare (create_compare_window (self), before_document, after_document);

  return TRUE;
}

static int
backstay_application_command_line (GApplication            *application,
                                   GApplicationCommandLine *command_line)
{
  BackstayApplication    *self = BACKSTAY_APPLICATION (application);
  GVariantDict           *options = g_application_command_line_get_options_dict (command_line);
  const char             *screenshot = NULL;
  g_autofree const char **arguments = dup_arguments (options);
  guint                   n_arguments = arguments != NULL ? g_strv_length ((char **) arguments) : 0;

  g_variant_dict_lookup (options, "screenshot", "^&ay", &screenshot);
  self->throw_away = screenshot != NULL;

  if (n_arguments == 2)
    {
      if (!compare_files (self, command_line, arguments[0], arguments[1]))
        return EXIT_FAILURE;
    }
  else if (n_arguments == 1)
    {
      if (!open_uri (self, command_line, arguments[0]))
        return EXIT_FAILURE;
    }
  else if (g_variant_dict_contains (options, "sample"))
    {
      backstay_window_open_sample (create_window (self));
    }
  else
    {
      g_application_activate (application);
    }

  if (screenshot != NULL)
    backstay_screenshot_take_async (gtk_application_get_active_window (GTK_APPLICATION (self)),
                                    screenshot, screenshot_taken_cb, self);

  return EXIT_SUCCESS;
}

static int
backstay_application_handle_local_options (GApplication *application,
                                           GVariantDict *options)
{
  g_autofree const char **arguments = NULL;
  const char             *usage_error;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Backstay %s\n", PACKAGE_VERSION);
      return EXIT_SUCCESS;
    }

  arguments = dup_arguments (options);
  usage_error = find_usage_error (arguments, g_variant_dict_contains (options, "sample"));

  if (usage_error != NULL)
    {
      g_printerr (_ ("%s: %s\nTry “%s --help”.\n"), g_get_prgname (), usage_error, g_get_prgname ());
      return EXIT_FAILURE;
    }

  /* A picture is taken by a program of its own. */
  if (g_variant_dict_contains (options, "screenshot"))
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);

  return -1;
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
  create_compare_window (BACKSTAY_APPLICATION (user_data));
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
  GApplication *application = G_APPLICATION (self);

  self->waiting_windows = g_ptr_array_new_with_free_func (g_object_unref);
  g_application_add_main_option_entries (application, option_entries);
  g_application_set_option_context_parameter_string (application, _ ("[URI | BEFORE.json AFTER.json]"));
  g_application_set_option_context_summary (application,
                                            _ ("Shows and rolls back the configurations of a "
                                               "model-serving platform.\n\nThe URI says where to "
                                               "connect to, such as "
                                               "postgresql://me@host:5432/database. Without one the "
                                               "environment decides (PGHOST, PGSERVICE, …), or "
                                               "Backstay asks.\n\nTwo JSON files of up to "
                                               "1 GiB each are compared in a window; “-” is the "
                                               "standard input. “backstay diff” says what differs "
                                               "between them without a window; see backstay diff "
                                               "--help."));
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

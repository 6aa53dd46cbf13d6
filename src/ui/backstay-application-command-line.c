/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-application-command-line"

#include "config.h"

#include "backstay-application-private.h"

#include "backstay-diff-input.h"
#include "backstay-file-document.h"
#include "backstay-screenshot.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

/* What can be asked for on the command line. */

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

  backstay_window_open (backstay_application_create_window (self), config, NULL, FALSE);

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

  backstay_compare_window_compare (backstay_application_create_compare_window (self), before_document, after_document);

  return TRUE;
}

int
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
      backstay_window_open_sample (backstay_application_create_window (self));
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

int
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

void
backstay_application_add_options (GApplication *application)
{
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

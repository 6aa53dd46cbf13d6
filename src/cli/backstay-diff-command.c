/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-command"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "backstay-diff-command.h"
#include "backstay-diff-input.h"
#include "backstay-diff-output.h"
#include "backstay-diff-shortcut.h"
#include "backstay-json-duplicates.h"

/* The exit statuses of diff. */
#define STATUS_SAME 0
#define STATUS_DIFFERENT 1
#define STATUS_TROUBLE 2

typedef struct
{
  char   **paths;
  char    *format_name;
  char    *colour_name;
  char    *identity_key;
  gboolean ignore_spelling;

  BackstayDiffFormat format;
  gboolean           with_colour;
} Options;

/* In the order of BackstayDiffFormat. */
static const char *const format_names[] = { "sentences", "json-patch", "merge-patch", "summary", NULL };

typedef enum
{
  COLOUR_AUTO,
  COLOUR_ALWAYS,
  COLOUR_NEVER,
} Colour;

static const char *const colour_names[] = { "auto", "always", "never", NULL };

static void
options_clear (Options *self)
{
  g_strfreev (self->paths);
  g_free (self->format_name);
  g_free (self->colour_name);
  g_free (self->identity_key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Finds one of the words that an option takes; the first one is meant where none is given. */
static gboolean
find_word (const char        *option,
           const char        *word,
           const char *const *words,
           guint             *index,
           GError           **error)
{
  g_autofree char *list = NULL;

  *index = 0;

  if (word == NULL)
    return TRUE;

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], word))
      {
        *index = i;
        return TRUE;
      }

  list = g_strjoinv (", ", (char **) words);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("%s takes one of these, not “%s”: %s"), option, word, list);

  return FALSE;
}

/* See https://no-color.org. */
static gboolean
wants_colour (Colour colour)
{
  const char *no_color = g_getenv ("NO_COLOR");

  if (colour != COLOUR_AUTO)
    return colour == COLOUR_ALWAYS;

  return isatty (STDOUT_FILENO) &&
         (no_color == NULL || *no_color == '\0') &&
         g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

static gboolean
options_check (Options *self,
               GError **error)
{
  guint format;
  guint colour;

  if (self->paths == NULL || g_strv_length (self->paths) != 2)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                           _ ("Two files are needed"));
      return FALSE;
    }

  if (g_str_equal (self->paths[0], BACKSTAY_DIFF_INPUT_STANDARD) &&
      g_str_equal (self->paths[1], BACKSTAY_DIFF_INPUT_STANDARD))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                           _ ("Only one of the files can be the standard input"));
      return FALSE;
    }

  if (!find_word ("--format", self->format_name, format_names, &format, error) ||
      !find_word ("--color", self->colour_name, colour_names, &colour, error))
    return FALSE;

  self->format = (BackstayDiffFormat) format;
  self->with_colour = wants_colour ((Colour) colour);

  return TRUE;
}

static gboolean
options_parse (Options *self,
               int      argc,
               char   **argv,
               GError **error)
{
  const GOptionEntry entries[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &self->format_name,
      N_ ("What to print: sentences (as without this option), json-patch (RFC 6902), merge-patch "
          "(RFC 7396), or summary"),
      N_ ("FORMAT") },
    { "key", 'k', 0, G_OPTION_ARG_STRING, &self->identity_key,
      N_ ("Which member tells the objects in an array apart, if not id, name or key"), N_ ("NAME") },
    { "ignore-spelling", 's', 0, G_OPTION_ARG_NONE, &self->ignore_spelling,
      N_ ("Take values that are only spelt otherwise, such as 1 and 1.0, for the same"), NULL },
    { "color", 0, 0, G_OPTION_ARG_STRING, &self->colour_name,
      N_ ("When to colour the sentences: auto (on a terminal), always, or never"), N_ ("WHEN") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->paths, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("BEFORE.json AFTER.json"));

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context,
                                _ ("Says what differs between two JSON documents. A file named “-” "
                                   "is the standard input."));
  g_option_context_set_description (context,
                                    _ ("The order of keys and white space make no difference, and "
                                       "numbers are compared with every digit.\n\n"
                                       "The exit status is 0 if the documents are the same, 1 if "
                                       "they differ, and 2 in case of trouble."));

  return g_option_context_parse (context, &argc, &argv, error) && options_check (self, error);
}

static BackstayDiff *
compare (const Options *options,
         GError       **error)
{
  g_autoptr (BackstayJson) before = NULL;
  g_autoptr (BackstayJson) after = NULL;
  g_autoptr (GError) local_error = NULL;
  BackstayDiff *diff;

  if (backstay_diff_shortcut_load (options->paths[0], options->paths[1], options->format, &before, &after))
    return backstay_diff_new (before, after, options->identity_key, NULL, NULL, error);

  if ((before = backstay_diff_input_load (options->paths[0], NULL, error)) == NULL ||
      (after = backstay_diff_input_load (options->paths[1], before, error)) == NULL)
    return NULL;

  if ((diff = backstay_diff_new (before, after, options->identity_key, NULL, NULL, &local_error)) != NULL)
    return diff;

  /* The only one that is about one of the documents. */
  if (g_error_matches (local_error, BACKSTAY_JSON_ERROR, BACKSTAY_JSON_ERROR_DUPLICATE_KEY))
    {
      gboolean is_before = backstay_json_find_duplicate_key (before) != BACKSTAY_JSON_NODE_NONE;

      backstay_diff_input_name_error (&local_error, options->paths[is_before ? 0 : 1]);
    }

  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

static int
get_status (const Options *options,
            BackstayDiff  *diff)
{
  BackstayDiffCounts counts;

  backstay_diff_get_counts (diff, 0, &counts);

  if (options->ignore_spelling)
    counts.n_respelt = 0;

  return counts.n_added + counts.n_removed + counts.n_changed + counts.n_respelt + counts.n_moved == 0
           ? STATUS_SAME
           : STATUS_DIFFERENT;
}

/**
 * backstay_diff_command_run:
 * @argc: the number of arguments
 * @argv: (array length=argc): the arguments, from the word "diff" on
 *
 * Runs the command `backstay diff`, which needs no display.
 *
 * Returns: the exit status, as diff's: 0 if the documents are the same, 1 if they
 *   differ, 2 in case of trouble
 */
int
backstay_diff_command_run (int    argc,
                           char **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (BackstayDiff) diff = NULL;
  g_autoptr (GError) error = NULL;

  g_set_prgname ("backstay diff");

  if (options_parse (&options, argc, argv, &error) &&
      (diff = compare (&options, &error)) != NULL &&
      backstay_diff_output_print (diff, options.format, options.with_colour, !options.ignore_spelling, &error))
    return get_status (&options, diff);

  g_printerr ("%s: %s\n", g_get_prgname (), error->message);

  if (error->domain == G_OPTION_ERROR)
    g_printerr (_ ("Try “%s --help”.\n"), g_get_prgname ());

  return STATUS_TROUBLE;
}

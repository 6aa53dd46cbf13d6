/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-output"

#include "config.h"

#include <errno.h>
#include <stdio.h>

#include "backstay-diff-output.h"
#include "backstay-diff-sentences.h"
#include "backstay-patch.h"

#define COLOUR_END "\033[0m"

/* So many bytes of lines are written at once. */
#define MAX_LINES_SIZE ((gsize) 32 * 1024)

/* The colours of diff and git where they have one: green, red, yellow, cyan, and dim. */
static const char *
get_colour (BackstayDiff   *diff,
            BackstayDiffRow row)
{
  switch (backstay_diff_get_kind (diff, row))
    {
    case BACKSTAY_DIFF_KIND_ADDED:
      return "\033[32m";

    case BACKSTAY_DIFF_KIND_REMOVED:
      return "\033[31m";

    case BACKSTAY_DIFF_KIND_CHANGED:
    case BACKSTAY_DIFF_KIND_TYPE_CHANGED:
      return "\033[33m";

    case BACKSTAY_DIFF_KIND_UNCHANGED:
    case BACKSTAY_DIFF_KIND_MODIFIED:
    case BACKSTAY_DIFF_KIND_RESPELT:
    default:
      return backstay_diff_get_moved (diff, row) ? "\033[36m" : "\033[2m";
    }
}

/* Prints lines for people. GLib's function knows other character sets but writes every line on its
 * own. */
static void
print_lines (GString *lines)
{
  if (g_get_charset (NULL))
    fwrite (lines->str, 1, lines->len, stdout);
  else
    g_print ("%s", lines->str);

  g_string_truncate (lines, 0);
}

static void
append_line (GString    *lines,
             const char *text,
             const char *colour)
{
  if (colour != NULL)
    g_string_append (lines, colour);

  g_string_append (lines, text);

  if (colour != NULL)
    g_string_append (lines, COLOUR_END);

  g_string_append_c (lines, '\n');
}

static void
print_sentences (BackstayDiff *diff,
                 gboolean      with_colour,
                 gboolean      with_spelling)
{
  g_auto (BackstayDiffSentences) sentences = { NULL };
  g_autoptr (GString) lines = g_string_new (NULL);
  BackstayDiffRow row;
  const char     *sentence;

  backstay_diff_sentences_init (&sentences, diff);

  while ((sentence = backstay_diff_sentences_next (&sentences, &row)) != NULL)
    {
      gboolean is_spelling = backstay_diff_get_kind (diff, row) == BACKSTAY_DIFF_KIND_RESPELT;

      if (with_spelling || !is_spelling || backstay_diff_get_moved (diff, row))
        append_line (lines, sentence, with_colour ? get_colour (diff, row) : NULL);

      if (lines->len >= MAX_LINES_SIZE)
        print_lines (lines);
    }

  print_lines (lines);
}

static void
print_summary (BackstayDiff *diff,
               gboolean      with_spelling)
{
  BackstayDiffCounts counts;
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *summary = NULL;

  backstay_diff_get_counts (diff, 0, &counts);

  if (!with_spelling)
    counts.n_respelt = 0;

  summary = backstay_diff_counts_dup_summary (&counts);
  append_line (line, summary, NULL);
  print_lines (line);
}

/* JSON is UTF-8 whatever the user's character set is. */
static void
print_patch (GBytes *patch)
{
  gsize         length;
  gconstpointer bytes = g_bytes_get_data (patch, &length);

  fwrite (bytes, 1, length, stdout);
  fputc ('\n', stdout);
}

/**
 * backstay_diff_output_print:
 * @diff: a diff
 * @format: what to print
 * @with_colour: whether to colour sentences
 * @with_spelling: whether sentences and summaries tell of what is only spelt
 *   otherwise; patches always do
 * @error: return location of a %BACKSTAY_PATCH_ERROR or %G_FILE_ERROR
 *
 * Prints a diff to the standard output.
 *
 * Returns: %FALSE if there is no such patch, or if the output could not be written
 */
gboolean
backstay_diff_output_print (BackstayDiff      *diff,
                            BackstayDiffFormat format,
                            gboolean           with_colour,
                            gboolean           with_spelling,
                            GError           **error)
{
  g_autoptr (GBytes) patch = NULL;

  g_return_val_if_fail (diff != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  switch (format)
    {
    case BACKSTAY_DIFF_FORMAT_JSON_PATCH:
      patch = backstay_patch_print_json_patch (diff);
      print_patch (patch);
      break;

    case BACKSTAY_DIFF_FORMAT_MERGE_PATCH:
      if ((patch = backstay_patch_print_merge_patch (diff, error)) == NULL)
        return FALSE;

      print_patch (patch);
      break;

    case BACKSTAY_DIFF_FORMAT_SUMMARY:
      print_summary (diff, with_spelling);
      break;

    case BACKSTAY_DIFF_FORMAT_SENTENCES:
    default:
      print_sentences (diff, with_colour, with_spelling);
      break;
    }

  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;

  g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (errno), g_strerror (errno));

  return FALSE;
}

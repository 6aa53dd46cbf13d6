/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-shortcut"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "backstay-diff-shortcut.h"
#include "backstay-json-difference.h"

#define MAX_CHECKED_SIZE ((gsize) 256 * 1024)

/* Maps a regular file. Returns NULL for anything else, of which a pipe can be read only once. */
static GBytes *
map (const char *path)
{
  g_autoptr (GMappedFile) file = NULL;
  GStatBuf status;

  if (g_stat (path, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size == 0 ||
      (file = g_mapped_file_new (path, FALSE, NULL)) == NULL)
    return NULL;

  return g_mapped_file_get_bytes (file);
}

/* Where all bytes are the same, so is the document, whatever it is, and there is no more to find out
 * about it. Nevertheless small files are checked, which takes no time to speak of, so that a mistake
 * in them is told; to look through large ones would take several times as long as to compare them.
 * A merge patch can have to write a document that did not change. Returns NULL for a mistake. */
static BackstayJson *
load_identical (GBytes            *text,
                BackstayDiffFormat format)
{
  g_autoptr (GBytes) any = NULL;
  gsize size = g_bytes_get_size (text);

  if (format == BACKSTAY_DIFF_FORMAT_MERGE_PATCH || size <= MAX_CHECKED_SIZE ||
      size > BACKSTAY_JSON_MAX_SIZE)
    return backstay_json_new_closed (text);

  any = g_bytes_new_static ("null", strlen ("null"));

  return backstay_json_new (any, NULL, NULL, NULL);
}

/**
 * backstay_diff_shortcut_load:
 * @before_path: the name of a file
 * @after_path: the name of another one
 * @format: what is to be printed
 * @before: (out) (transfer full): a document
 * @after: (out) (transfer full): another one, or the same
 *
 * Reads as much of two files as it takes to tell what differs: nothing where they are
 * the same to the byte, and little where they differ in one place.
 *
 * Returns: %FALSE if there is no such way, be it that something is wrong with the files:
 *   they have to be read one by one
 */
gboolean
backstay_diff_shortcut_load (const char        *before_path,
                             const char        *after_path,
                             BackstayDiffFormat format,
                             BackstayJson     **before,
                             BackstayJson     **after)
{
  g_autoptr (GBytes) before_text = map (before_path);
  g_autoptr (GBytes) after_text = before_text != NULL ? map (after_path) : NULL;

  if (after_text == NULL)
    return FALSE;

  if (g_bytes_equal (before_text, after_text))
    {
      if ((*before = load_identical (before_text, format)) == NULL)
        return FALSE;

      *after = backstay_json_ref (*before);

      return TRUE;
    }

  /* Patches can be about what did not change. */
  if (format != BACKSTAY_DIFF_FORMAT_SENTENCES && format != BACKSTAY_DIFF_FORMAT_SUMMARY)
    return FALSE;

  return backstay_json_read_difference (before_text, after_text, before, after);
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-identical"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "backstay-diff-identical.h"

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

/**
 * backstay_diff_identical_load:
 * @before_path: the name of a file
 * @after_path: the name of another one
 * @needs_root: whether it matters which document the files are
 *
 * Compares two files by their bytes. Where all of those are the same, so is the document,
 * whatever it is, and there is no more to find out about it. Nevertheless files up to 256 KiB
 * are checked, which takes no time to speak of, so that a mistake in them is told; to
 * look through large ones would take several times as long as to compare them.
 *
 * Returns: (transfer full) (nullable): a document to be compared with itself: the files',
 *   as from [ctor@Json.new_closed], or any if @needs_root is not set; %NULL if the files
 *   differ or anything is wrong with them, so that they have to be read one by one
 */
BackstayJson *
backstay_diff_identical_load (const char *before_path,
                              const char *after_path,
                              gboolean    needs_root)
{
  g_autoptr (GBytes) before = map (before_path);
  g_autoptr (GBytes) after = before != NULL ? map (after_path) : NULL;
  g_autoptr (GBytes) any = NULL;
  gsize size;

  if (after == NULL || !g_bytes_equal (before, after))
    return NULL;

  size = g_bytes_get_size (before);

  if (needs_root || size <= MAX_CHECKED_SIZE || size > BACKSTAY_JSON_MAX_SIZE)
    return backstay_json_new_closed (before);

  any = g_bytes_new_static ("null", strlen ("null"));

  return backstay_json_new (any, NULL, NULL, NULL);
}

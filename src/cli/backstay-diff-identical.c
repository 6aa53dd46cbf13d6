/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-identical"

#include "config.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "backstay-diff-identical.h"

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
 *
 * Reads two files that are the same to the byte, so that only one has to be checked,
 * and nothing kept of what is in it. In all other cases, and where anything is wrong
 * with the files, they have to be read one by one.
 *
 * Returns: (transfer full) (nullable): the document that both are, as from
 *   [ctor@Json.new_closed]; or %NULL
 */
BackstayJson *
backstay_diff_identical_load (const char *before_path,
                              const char *after_path)
{
  g_autoptr (GBytes) before = map (before_path);
  g_autoptr (GBytes) after = before != NULL ? map (after_path) : NULL;

  return after != NULL && g_bytes_equal (before, after) ? backstay_json_new_closed (before) : NULL;
}

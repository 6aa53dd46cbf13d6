/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "support-folder"

#include "config.h"

#include "support-folder.h"

/**
 * support_remove_folder:
 * @path: a folder
 *
 * Removes a folder and all that is in it.
 */
void
support_remove_folder (const char *path)
{
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL,
                (char *[]){ (char *) "rm", (char *) "-rf", (char *) "--", (char *) path, NULL },
                NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

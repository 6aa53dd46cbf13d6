/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-local-programs"

#include "config.h"

#include "backstay-local-programs.h"

#include "backstay-local-event.h"
#include "backstay-local-process.h"

#include <glob.h>
#include <string.h>

#define OLDEST_VERSION 13

/* Where distributions put the programs when they are not in the PATH: Debian and its children,
 * PostgreSQL's own RPM packages, a build from source. */
static const char *const patterns[] = {
  "/usr/lib/postgresql/*/bin",
  "/usr/pgsql-*/bin",
  "/usr/local/pgsql/bin",
};

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  return -strverscmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_matches (GPtrArray  *directories,
             const char *pattern)
{
  g_autoptr (GPtrArray) matches = g_ptr_array_new_with_free_func (g_free);
  glob_t found;

  if (glob (pattern, 0, NULL, &found) != 0)
    return;

  for (size_t i = 0; i < found.gl_pathc; i++)
    g_ptr_array_add (matches, g_strdup (found.gl_pathv[i]));

  globfree (&found);
  g_ptr_array_sort (matches, compare_newest_first);
  g_ptr_array_extend_and_steal (directories, g_steal_pointer (&matches));
}

/* BACKSTAY_PG_BINDIR is the whole search where it is set: whoever names a folder wants no other. */
static GPtrArray *
list_directories (void)
{
  GPtrArray  *directories = g_ptr_array_new_with_free_func (g_free);
  const char *override = g_getenv ("BACKSTAY_PG_BINDIR");
  const char *path = g_getenv ("PATH");

  if (override != NULL && override[0] != '\0')
    {
      g_ptr_array_add (directories, g_strdup (override));
      return directories;
    }

  if (path != NULL)
    {
      g_auto (GStrv) entries = g_strsplit (path, ":", -1);

      for (guint i = 0; entries[i] != NULL; i++)
        {
          if (g_path_is_absolute (entries[i]))
            g_ptr_array_add (directories, g_strdup (entries[i]));
        }
    }

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    add_matches (directories, patterns[i]);

  return directories;
}

/* "postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)" or "… 9.6.24" gives "15.20", "9.6.24". */
static char *
dup_version (BackstayLocalWatch *watch,
             const char         *postgres)
{
  const char      *argv[] = { postgres, "--version", NULL };
  g_autofree char *output = NULL;
  const char      *start;

  if (!backstay_local_process_run (watch, argv, NULL, &output))
    return NULL;

  if ((start = strstr (output, "(PostgreSQL) ")) == NULL)
    return NULL;

  start += strlen ("(PostgreSQL) ");

  return g_strndup (start, strcspn (start, " \n"));
}

static guint
get_major (const char *version)
{
  return (guint) g_ascii_strtoull (version, NULL, 10);
}

static gboolean
is_wanted (const char *version,
           const char *cluster_version)
{
  if (cluster_version != NULL && get_major (version) != get_major (cluster_version))
    return FALSE;

  return get_major (version) >= OLDEST_VERSION;
}

/* @versions is in the order of the search. */
static gboolean
report_unfound (const char *folder,
                const char *cluster_version,
                GPtrArray  *versions)
{
  const char *oldest = G_STRINGIFY (OLDEST_VERSION);

  if (versions->len == 0)
    return backstay_local_event_report (BACKSTAY_LOCAL_EVENT_NOT_FOUND, NULL);

  if (cluster_version != NULL)
    {
      g_autofree char *installed = NULL;

      g_ptr_array_add (versions, NULL);
      installed = g_strjoinv (", ", (char **) versions->pdata);

      return backstay_local_event_report (BACKSTAY_LOCAL_EVENT_OTHER_VERSION,
                                          folder, cluster_version, installed, NULL);
    }

  return backstay_local_event_report (BACKSTAY_LOCAL_EVENT_TOO_OLD,
                                      g_ptr_array_index (versions, 0), oldest, NULL);
}

/**
 * backstay_local_programs_find:
 * @self: (out): the programs
 * @folder: the local database's folder, for messages
 * @cluster_version: (nullable): the major version of the cluster that they have to serve, %NULL
 *   for a new cluster
 *
 * Looks for PostgreSQL's programs. Reports it when there are none that will do.
 *
 * Returns: whether some were found
 */
gboolean
backstay_local_programs_find (BackstayLocalPrograms *self,
                              BackstayLocalWatch    *watch,
                              const char            *folder,
                              const char            *cluster_version)
{
  g_autoptr (GPtrArray) directories = list_directories ();
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < directories->len && !watch->stopping; i++)
    {
      const char      *directory = g_ptr_array_index (directories, i);
      g_autofree char *initdb = g_build_filename (directory, "initdb", NULL);
      g_autofree char *postgres = g_build_filename (directory, "postgres", NULL);
      g_autofree char *version = NULL;

      if (!g_file_test (initdb, G_FILE_TEST_IS_EXECUTABLE) ||
          !g_file_test (postgres, G_FILE_TEST_IS_EXECUTABLE) ||
          (version = dup_version (watch, postgres)) == NULL)
        continue;

      if (is_wanted (version, cluster_version))
        {
          self->initdb = g_steal_pointer (&initdb);
          self->postgres = g_steal_pointer (&postgres);
          return TRUE;
        }

      g_ptr_array_add (versions, g_steal_pointer (&version));
    }

  return !watch->stopping && report_unfound (folder, cluster_version, versions);
}

/**
 * backstay_local_programs_clear:
 *
 * Frees what [func@programs_find] found.
 */
void
backstay_local_programs_clear (BackstayLocalPrograms *self)
{
  g_clear_pointer (&self->initdb, g_free);
  g_clear_pointer (&self->postgres, g_free);
}

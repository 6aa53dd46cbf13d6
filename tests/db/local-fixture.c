/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "local-fixture"

#include "config.h"

#include "local-fixture.h"

#include "process-fixture.h"
#include "server-fixture.h"
#include "support-folder.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* How long a throw-away database may outlive its server. */
#define REMOVED_SECONDS 10

static char *base;   /* The folder of all that the tests make. */
static char *shared; /* A local database that tests use in turn. */

/**
 * local_fixture_init:
 *
 * Makes a folder for the tests' own.
 */
void
local_fixture_init (void)
{
  base = g_dir_make_tmp ("backstay-test-XXXXXX", NULL);
  g_assert_nonnull (base);
  g_assert_cmpint (g_chmod (base, geteuid () == 0 ? 0777 : 0700), ==, 0);
  shared = g_build_filename (base, "shared", NULL);
}

/**
 * local_fixture_clear:
 *
 * Removes what the tests made.
 */
void
local_fixture_clear (void)
{
  support_remove_folder (base);
  g_clear_pointer (&shared, g_free);
  g_clear_pointer (&base, g_free);
}

/**
 * local_fixture_get_shared:
 *
 * Returns: (transfer none): the folder of a local database that tests use in turn
 */
const char *
local_fixture_get_shared (void)
{
  return shared;
}

/**
 * local_fixture_dup_path:
 * @name: a name
 *
 * Returns: (transfer full): a path in the tests' folder
 */
char *
local_fixture_dup_path (const char *name)
{
  return g_build_filename (base, name, NULL);
}

/**
 * local_fixture_exists:
 * @directory: a folder
 * @name: a name in it, empty for the folder itself
 *
 * Returns: whether it exists
 */
gboolean
local_fixture_exists (const char *directory,
                      const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/**
 * local_fixture_get_mode:
 * @directory: a folder
 * @name: a name in it, empty for the folder itself
 *
 * Returns: its permissions
 */
guint
local_fixture_get_mode (const char *directory,
                        const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  GStatBuf         status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);

  return status.st_mode & 07777;
}

/**
 * local_fixture_write_file:
 * @directory: a folder
 * @name: a name in it
 * @content: what to write
 * @mode: the file's permissions
 *
 * Writes a file.
 */
void
local_fixture_write_file (const char *directory,
                          const char *name,
                          const char *content,
                          int         mode)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

/**
 * local_fixture_make_folder:
 * @name: a name
 *
 * Makes a folder that a keeper can use whomever it becomes.
 *
 * Returns: (transfer full): its path
 */
char *
local_fixture_make_folder (const char *name)
{
  char *path = local_fixture_dup_path (name);

  g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
  /* Whoever the keeper becomes has to be able to write here; the umask is not asked. */
  g_assert_cmpint (g_chmod (path, geteuid () == 0 ? 0777 : 0700), ==, 0);

  return path;
}

/**
 * local_fixture_assert_removed:
 * @path: a folder
 *
 * Waits until a folder does not exist any more, but not for ever.
 */
void
local_fixture_assert_removed (const char *path)
{
  gint64 deadline = g_get_monotonic_time () + REMOVED_SECONDS * G_USEC_PER_SEC;

  while (g_file_test (path, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < deadline)
    g_usleep (10000);

  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/**
 * local_fixture_add_script:
 * @server: a server
 * @sql: statements
 *
 * Adds a script.
 */
void
local_fixture_add_script (BackstayLocalServer *server,
                          const char          *sql)
{
  g_autoptr (GBytes) bytes = g_bytes_new (sql, strlen (sql));

  backstay_local_server_add_script (server, "Loading…", bytes);
}

/**
 * local_fixture_start:
 * @server: a server
 *
 * Starts a server, which has to succeed.
 *
 * Returns: (transfer full): where to connect to
 */
BackstayDbConfig *
local_fixture_start (BackstayLocalServer *server)
{
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  BackstayDbConfig *config = server_fixture_start (server, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (config);
  g_test_message ("Started in %d ms", (int) ((g_get_monotonic_time () - begin) / 1000));

  return config;
}

/**
 * local_fixture_stop:
 * @server: (transfer full): a server
 * @directory: where it works
 *
 * Stops a server, and checks that nothing is left of it.
 */
void
local_fixture_stop (BackstayLocalServer *server,
                    const char          *directory)
{
  gint64 begin = g_get_monotonic_time ();

  server_fixture_stop (server);
  g_test_message ("Stopped in %d ms", (int) ((g_get_monotonic_time () - begin) / 1000));
  g_assert_cmpint (process_fixture_find_below (directory), ==, 0);
  g_assert_finalize_object (server);
}

/**
 * local_fixture_count_kept:
 * @config: where a local database is
 *
 * Returns: how many rows local_fixture_keep() put into it
 */
int
local_fixture_count_kept (BackstayDbConfig *config)
{
  g_autofree char *n = server_fixture_query (config, "SELECT count(*) FROM kept");

  return (int) g_ascii_strtoll (n, NULL, 10);
}

/**
 * local_fixture_keep:
 * @config: where a local database is
 *
 * Puts one more row into a local database.
 *
 * Returns: how many there are now
 */
int
local_fixture_keep (BackstayDbConfig *config)
{
  server_fixture_run (config,
                      "SET client_min_messages = warning;"
                      "CREATE TABLE IF NOT EXISTS kept (n int);"
                      "INSERT INTO kept VALUES (1)");

  return local_fixture_count_kept (config);
}

/**
 * local_fixture_start_shared:
 * @config: (out) (transfer full): where to connect to
 * @n_kept: (out): how many rows are in it now
 *
 * Starts the shared local database, and puts one more row into it.
 *
 * Returns: (transfer full): the server
 */
BackstayLocalServer *
local_fixture_start_shared (BackstayDbConfig **config,
                            int               *n_kept)
{
  BackstayLocalServer *server = backstay_local_server_new (shared);

  *config = local_fixture_start (server);
  *n_kept = local_fixture_keep (*config);

  return server;
}

/**
 * local_fixture_assert_shared_keeps:
 * @n_kept: how many rows have to be in it
 *
 * Starts the shared local database once more, and checks that it lost nothing.
 */
void
local_fixture_assert_shared_keeps (int n_kept)
{
  BackstayLocalServer *server = backstay_local_server_new (shared);
  g_autoptr (BackstayDbConfig) config = local_fixture_start (server);

  g_assert_cmpint (local_fixture_count_kept (config), ==, n_kept);
  local_fixture_stop (server, shared);
}

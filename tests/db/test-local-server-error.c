/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-local-server-error"

#include "config.h"

#include "local-fixture.h"
#include "process-fixture.h"
#include "server-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static void
assert_start_fails (const char *directory,
                    GQuark      domain,
                    int         code)
{
  BackstayLocalServer *server = backstay_local_server_new (directory);
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayDbConfig) config = server_fixture_start (server, NULL, &error);

  g_assert_null (config);
  g_assert_error (error, domain, code);
  g_test_message ("%s", error->message);
  g_assert_null (backstay_local_server_get_status (server));
  g_assert_finalize_object (server);
}

static void
test_in_use (void)
{
  const char          *shared = local_fixture_get_shared ();
  BackstayLocalServer *server;
  g_autoptr (BackstayDbConfig) config = NULL;
  int n_kept;

  server = local_fixture_start_shared (&config, &n_kept);

  g_setenv ("BACKSTAY_LOCAL_SERVER_WAIT", "0", TRUE);
  assert_start_fails (shared, BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_IN_USE);
  g_unsetenv ("BACKSTAY_LOCAL_SERVER_WAIT");

  g_assert_cmpint (local_fixture_count_kept (config), ==, n_kept);
  local_fixture_stop (server, shared);
}

/* PostgreSQL's programs as scripts, that say what they are told. */
static void
use_programs (const char *name,
              const char *version,
              const char *initdb_script)
{
  g_autofree char *directory = local_fixture_make_folder (name);
  g_autofree char *postgres = NULL;

  g_setenv ("BACKSTAY_PG_BINDIR", directory, TRUE);

  if (version == NULL)
    return;

  postgres = g_strdup_printf ("#!/bin/sh\necho 'postgres (PostgreSQL) %s'\n", version);
  local_fixture_write_file (directory, "postgres", postgres, 0755);
  local_fixture_write_file (directory, "initdb", initdb_script, 0755);
}

static void
test_not_found (void)
{
  g_autofree char *directory = local_fixture_dup_path ("not-found");

  use_programs ("no-programs", NULL, NULL);
  assert_start_fails (directory,
                      BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_NOT_FOUND);
  g_assert_false (local_fixture_exists (directory, "data"));
  g_unsetenv ("BACKSTAY_PG_BINDIR");
}

static void
test_too_old (void)
{
  g_autofree char *directory = local_fixture_dup_path ("too-old");

  use_programs ("old-programs", "9.6.24", "#!/bin/sh\nexit 1\n");
  assert_start_fails (directory,
                      BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_TOO_OLD);
  g_assert_false (local_fixture_exists (directory, "data"));
  g_unsetenv ("BACKSTAY_PG_BINDIR");
}

static void
test_other_version (void)
{
  const char          *shared = local_fixture_get_shared ();
  BackstayLocalServer *server;
  g_autoptr (BackstayDbConfig) config = NULL;
  int n_kept;

  server = local_fixture_start_shared (&config, &n_kept);
  local_fixture_stop (server, shared);

  use_programs ("other-programs", "14.1", "#!/bin/sh\nexit 1\n");
  assert_start_fails (shared,
                      BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_OTHER_VERSION);
  g_unsetenv ("BACKSTAY_PG_BINDIR");

  local_fixture_assert_shared_keeps (n_kept);
}

static void
test_no_space (void)
{
  g_autofree char *directory = local_fixture_dup_path ("no-space");

  use_programs ("full-programs", "15.1",
                "#!/bin/sh\n"
                "mkdir \"$2\"\n"
                "echo 'FATAL:  could not write to file: No space left on device' >&2\n"
                "exit 1\n");
  assert_start_fails (directory,
                      BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_NO_SPACE);
  g_assert_false (local_fixture_exists (directory, "data"));
  g_assert_false (local_fixture_exists (directory, "data.new"));
  g_unsetenv ("BACKSTAY_PG_BINDIR");
}

static void
test_not_a_cluster (void)
{
  const char          *shared = local_fixture_get_shared ();
  g_autofree char     *mark = g_build_filename (shared, "data", "PG_VERSION", NULL);
  g_autofree char     *away = g_build_filename (shared, "data", "PG_VERSION.away", NULL);
  BackstayLocalServer *server;
  g_autoptr (BackstayDbConfig) config = NULL;
  int n_kept;

  server = local_fixture_start_shared (&config, &n_kept);
  local_fixture_stop (server, shared);

  g_assert_cmpint (g_rename (mark, away), ==, 0);
  assert_start_fails (shared, BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_FAILED);
  g_assert_cmpint (g_rename (away, mark), ==, 0);

  local_fixture_assert_shared_keeps (n_kept);
}

static void
test_no_keeper (void)
{
  const char      *shared = local_fixture_get_shared ();
  g_autofree char *keeper = g_strdup (g_getenv ("BACKSTAY_LOCAL_SERVER_KEEPER"));

  g_setenv ("BACKSTAY_LOCAL_SERVER_KEEPER", "/nonexistent/keeper", TRUE);
  assert_start_fails (shared, BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_FAILED);
  g_setenv ("BACKSTAY_LOCAL_SERVER_KEEPER", keeper, TRUE);
}

static void
test_bad_script (void)
{
  const char          *shared = local_fixture_get_shared ();
  BackstayLocalServer *server = backstay_local_server_new (shared);
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayDbConfig) config = NULL;

  local_fixture_add_script (server, "SELECT 1; SELECT nonsense");
  config = server_fixture_start (server, NULL, &error);

  g_assert_null (config);
  g_assert_error (error, BACKSTAY_LOCAL_SERVER_ERROR, BACKSTAY_LOCAL_SERVER_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "nonsense"));
  g_assert_cmpint (process_fixture_find_below (shared), ==, 0);
  g_assert_finalize_object (server);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  /* They choose themselves which PostgreSQL there is. */
  g_unsetenv ("BACKSTAY_PG_BINDIR");

  local_fixture_init ();
  g_test_add_func ("/local-server-error/in-use", test_in_use);
  g_test_add_func ("/local-server-error/not-found", test_not_found);
  g_test_add_func ("/local-server-error/too-old", test_too_old);
  g_test_add_func ("/local-server-error/other-version", test_other_version);
  g_test_add_func ("/local-server-error/no-space", test_no_space);
  g_test_add_func ("/local-server-error/not-a-cluster", test_not_a_cluster);
  g_test_add_func ("/local-server-error/no-keeper", test_no_keeper);
  g_test_add_func ("/local-server-error/bad-script", test_bad_script);
  status = g_test_run ();
  local_fixture_clear ();

  return status;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-db-config"

#include "config.h"

#include "support-job.h"
#include "support-wait.h"

#include <string.h>

static const char *
lookup (BackstayDbConfig *config,
        const char       *keyword)
{
  const char *const *keywords = backstay_db_config_get_keywords (config);

  for (guint i = 0; keywords[i] != NULL; i++)
    {
      if (strcmp (keywords[i], keyword) == 0)
        return backstay_db_config_get_values (config)[i];
    }

  return NULL;
}

static void
test_uri (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayDbConfig) config = NULL;

  config = backstay_db_config_new_from_uri ("postgresql://al%40ice:s%2Fcret@db.example.org:6543/"
                                            "models?sslmode=verify-full&keepalives_idle=7&client_encoding=LATIN1",
                                            &error);
  g_assert_no_error (error);

  g_assert_cmpstr (backstay_db_config_get_label (config), ==, "models on db.example.org");
  g_assert_true (backstay_db_config_get_has_password (config));
  g_assert_cmpstr (lookup (config, "user"), ==, "al@ice");
  g_assert_cmpstr (lookup (config, "password"), ==, "s/cret");
  g_assert_cmpstr (lookup (config, "port"), ==, "6543");
  g_assert_cmpstr (lookup (config, "sslmode"), ==, "verify-full");
  /* What the user set comes before what Backstay sets. */
  g_assert_cmpstr (lookup (config, "keepalives_idle"), ==, "7");
  g_assert_cmpstr (lookup (config, "keepalives_count"), ==, "3");
  /* But for the encoding, which is no matter of taste. */
  g_assert_cmpstr (lookup (config, "client_encoding"), ==, "UTF8");
}

static void
test_accepted (void)
{
  static const struct
  {
    const char *uri;
    const char *label;
  } cases[] = {
    { "postgres://db.example.org", "db.example.org" },
    { "postgresql:///models", "models on this computer" },
    { "postgresql://%2Fvar%2Frun/models", "models on this computer" },
    { "host=db.example.org dbname=models", "models on db.example.org" },
    { "host=db.example.org password='p @ ss'", "db.example.org" },
    { "host=/tmp dbname=a@b", "a@b on this computer" },
    { "service=production", "production" },
    { "postgresql://a.example.org:5432,b.example.org:5433/m", "m on a.example.org,b.example.org" },
    { "postgresql://user:p?ss#wo:rd@db.example.org/m", "m on db.example.org" },
    { "postgresql://user@[::1]:5432/m", "m on ::1" },
    { "postgresql://db.example.org/m?user=a@b&password=c@d", "m on db.example.org" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BackstayDbConfig) config = backstay_db_config_new_from_uri (cases[i].uri, &error);

      g_test_message ("%s", cases[i].uri);
      g_assert_no_error (error);
      g_assert_cmpstr (backstay_db_config_get_label (config), ==, cases[i].label);
    }
}

/* However a connection string is broken, neither its refusal, nor the label that the window shows,
 * nor the failure to connect may tell the password. */
static void
test_password_stays_secret (void)
{
  static const char *const uris[] = {
    "hunter2",
    "postgresql://alice:hunter2",
    "postgresql://alice:hunter2@",
    "postgresql://alice:hunter2@[::1/models",
    "postgresql://alice:hunter2%zz@127.0.0.1:1/models",
    "postgresql://alice:hunter2@127.0.0.1:port/models",
    "postgresql://alice:hunter2@127.0.0.1:99999/models",
    "postgresql://alice:hunter2@127.0.0.1:1/models?nonsense=1",
    "postgresql://alice:hunter2@127.0.0.1:1/models?sslmode=bogus",
    "postgresql://alice:x@hunter2@127.0.0.1:1/models",
    "postgresql://alice:x@y:hunter2@127.0.0.1:1/models",
    "postgresql://alice:x/hunter2@127.0.0.1:1/models",
    "postgresql://alice:hunter2/x@127.0.0.1:1/models",
    "postgresql://alice:x@/hunter2@127.0.0.1:1/models",
    "postgresql://alice:x/y?hunter2@127.0.0.1:1/models",
    "postgresql://alice:hunter2/models",
    "postgresql://alice:x,hunter2/models",
    "host=127.0.0.1 port=1 password=x hunter2",
    "host=127.0.0.1 port=1 password='hunter2",
    "host=127.0.0.1 port=hunter2",
    "host=127.0.0.1 port=1 dbname=postgresql://alice:hunter2@127.0.0.1:1/models",
    "host=127.0.0.1 port=1 dbname='user=alice password=hunter2'",
    "password=hunter2 host=postgresql://alice:hunter2@127.0.0.1:1/models",
  };

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BackstayDbConfig) config = backstay_db_config_new_from_uri (uris[i], &error);
      g_autofree char *answer = NULL;

      g_test_message ("%s", uris[i]);

      if (config != NULL)
        {
          g_autoptr (BackstayDbConnection) connection = backstay_db_connection_new (config);

          g_assert_null (strstr (backstay_db_config_get_label (config), "hunter2"));
          answer = support_job_run_sql (connection, "SELECT 1", &error);
          g_assert_null (answer);
        }

      g_assert_nonnull (error);
      g_assert_true (error->domain == BACKSTAY_DB_ERROR);
      g_test_message ("%s", error->message);
      g_assert_null (strstr (error->message, "hunter2"));
    }
}

static void
test_psql_command (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autoptr (BackstayDbConfig) empty = backstay_db_config_new_from_environment ();
  g_autofree char *command = NULL;
  g_autofree char *short_command = NULL;

  config = backstay_db_config_new_from_uri (
    "host=db.example.org port=5433 user='it\\'s; rm -rf /' password=hunter2 dbname='a $b'", &error);
  g_assert_no_error (error);
  command = backstay_db_config_dup_psql_command (config);
  g_assert_cmpstr (command, ==,
                   "psql -h 'db.example.org' -p '5433' -U 'it'\\''s; rm -rf /' -d 'a $b'");

  short_command = backstay_db_config_dup_psql_command (empty);
  g_assert_cmpstr (short_command, ==, "psql");
}

static void
test_environment (void)
{
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autoptr (BackstayDbConfig) socket = NULL;

  g_assert_false (backstay_db_config_environment_is_set ());

  g_setenv ("PGHOST", "db.example.org", TRUE);
  g_setenv ("PGDATABASE", "models", TRUE);
  g_assert_true (backstay_db_config_environment_is_set ());
  config = backstay_db_config_new_from_environment ();
  g_assert_cmpstr (backstay_db_config_get_label (config), ==, "models on db.example.org");
  g_assert_false (backstay_db_config_get_has_password (config));
  g_assert_null (lookup (config, "host"));

  socket = backstay_db_config_new_for_socket ("/run/x", 5432, "me", "mine");
  g_assert_cmpstr (backstay_db_config_get_label (socket), ==, "mine on this computer");
  g_assert_cmpstr (lookup (socket, "host"), ==, "/run/x");

  g_unsetenv ("PGHOST");
  g_unsetenv ("PGDATABASE");
}

static void
test_sqlstates (void)
{
  static const struct
  {
    const char     *sqlstate;
    BackstayDbError code;
  } cases[] = {
    { NULL, BACKSTAY_DB_ERROR_SQL },
    { "", BACKSTAY_DB_ERROR_SQL },
    { "42601", BACKSTAY_DB_ERROR_SQL },
    { "42501", BACKSTAY_DB_ERROR_DENIED },
    { "25006", BACKSTAY_DB_ERROR_READ_ONLY },
    { "25P03", BACKSTAY_DB_ERROR_LOST },
    { "55P03", BACKSTAY_DB_ERROR_BUSY },
    { "40001", BACKSTAY_DB_ERROR_BUSY },
    { "40P01", BACKSTAY_DB_ERROR_BUSY },
    { "57014", BACKSTAY_DB_ERROR_TIMEOUT },
    { "57P01", BACKSTAY_DB_ERROR_LOST },
    { "08006", BACKSTAY_DB_ERROR_LOST },
    { "28P01", BACKSTAY_DB_ERROR_AUTH },
    { "23505", BACKSTAY_DB_ERROR_SQL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = backstay_db_error_new_sql (cases[i].sqlstate, "a %s message");
      const char *sqlstate = cases[i].sqlstate;

      g_assert_error (error, BACKSTAY_DB_ERROR, (int) cases[i].code);
      g_assert_cmpstr (backstay_db_error_get_sqlstate (error), ==,
                       sqlstate != NULL && sqlstate[0] != '\0' ? sqlstate : NULL);
    }
}

static void
test_sqlstate_is_kept (void)
{
  g_autoptr (GError) error = backstay_db_error_new_sql ("23505", NULL);
  g_autoptr (GError) copy = g_error_copy (error);
  g_autoptr (GError) other = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "Other");

  g_assert_cmpstr (backstay_db_error_get_sqlstate (copy), ==, "23505");
  g_assert_null (backstay_db_error_get_sqlstate (other));
}

int
main (int   argc,
      char *argv[])
{
  static const char *const variables[] = { "PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE",
                                           "PGPORT" };

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_unsetenv (variables[i]);

  g_test_init (&argc, &argv, NULL);

  /* First, as the environment is not to be changed beside threads. */
  g_test_add_func ("/db-config/environment", test_environment);
  g_test_add_func ("/db-config/uri", test_uri);
  g_test_add_func ("/db-config/accepted", test_accepted);
  g_test_add_func ("/db-config/psql-command", test_psql_command);
  g_test_add_func ("/db-config/password-stays-secret", test_password_stays_secret);
  g_test_add_func ("/db-error/sqlstates", test_sqlstates);
  g_test_add_func ("/db-error/sqlstate-is-kept", test_sqlstate_is_kept);

  return g_test_run ();
}

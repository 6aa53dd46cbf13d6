/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-db-tls"

#include "config.h"

#include "backstay-db-tls.h"
#include "support-job.h"
#include "support-server.h"
#include "support-wait.h"

#include <glib/gstdio.h>
#include <string.h>

/* A server on TCP, with a certificate for this name by a signer of its own. It is at 127.0.0.1. */
#define NAME "db.backstay.test"

static char *folder;

static void
test_this_computer (void)
{
  static const struct
  {
    const char *hosts;
    gboolean    is_this;
  } cases[] = {
    { NULL, TRUE },
    { "", TRUE },
    { "/var/run/postgresql", TRUE },
    { "@abstract", TRUE },
    { "localhost", TRUE },
    { "LocalHost", TRUE },
    { "127.0.0.1", TRUE },
    { "127.5.5.5", TRUE },
    { "::1", TRUE },
    { "/tmp,localhost, 127.0.0.1", TRUE },
    { "db.example.org", FALSE },
    { "localhost.example.org", FALSE },
    { "10.0.0.1", FALSE },
    { "127.0.0.1.example.org", FALSE },
    { "localhost,db.example.org", FALSE },
    { "db.example.org,/tmp", FALSE },
    { "fe80::1", FALSE },
    { "0.0.0.0", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].hosts != NULL ? cases[i].hosts : "none");
      g_assert_true (backstay_db_tls_is_this_computer (cases[i].hosts) == cases[i].is_this);
    }
}

static void
test_defaults (void)
{
  static const struct
  {
    const char *uri;
    const char *mode;
  } cases[] = {
    { "host=/tmp dbname=x", NULL },
    { "host=localhost", NULL },
    { "host=db.example.org", "verify-full" },
    { "host=db.example.org hostaddr=127.0.0.1", "verify-full" },
    { "hostaddr=10.1.2.3", "verify-full" },
    { "hostaddr=127.0.0.1", NULL },
    { "host=localhost hostaddr=127.0.0.1", NULL },
    { "host=localhost hostaddr=10.1.2.3", "verify-full" },
    { "host=/tmp hostaddr=10.1.2.3", "verify-full" },
    { "hostaddr=127.0.0.1,10.1.2.3", "verify-full" },
    { "host=localhost,db.example.org", "verify-full" },
    { "host=db.example.org sslmode=prefer", NULL },
    { "host=db.example.org sslmode=disable", NULL },
    { "host=db.example.org sslmode=require", NULL },
    { "service=away", "verify-full" },
    { "service=weak", NULL },
  };
  g_autofree char *services = g_build_filename (folder, "services", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (services,
                       "[away]\nhost=db.example.org\n[weak]\nhost=db.example.org\nsslmode=require\n",
                       -1, &error);
  g_assert_no_error (error);
  g_setenv ("PGSERVICEFILE", services, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BackstayDbConfig) config = backstay_db_config_new_from_uri (cases[i].uri, &error);

      g_test_message ("%s", cases[i].uri);
      g_assert_no_error (error);
      g_assert_cmpstr (backstay_db_tls_find (config).mode, ==, cases[i].mode);
    }

  g_unsetenv ("PGSERVICEFILE");
}

#define LONG_BYTES 1000000

static void
run (const char *directory,
     const char *command)
{
  const char *argv[] = { "/bin/sh", "-ec", command, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  int              status;

  g_spawn_sync (directory, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &output, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  if (error != NULL)
    g_error ("%s: %s", error->message, output);
}

/* Certificates are made once, where there is a program for it. */
static gboolean
has_certificates (void)
{
  static gboolean  done;
  g_autofree char *openssl = g_find_program_in_path ("openssl");

  if (openssl == NULL)
    {
      g_test_skip ("There is no openssl");
      return FALSE;
    }

  if (!done)
    run (folder, "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=signer -keyout ca.key -out ca.crt;"
                 "openssl req -newkey rsa:2048 -nodes -subj /CN=" NAME " -keyout server.key -out server.csr;"
                 "printf 'subjectAltName=DNS:" NAME "' > san;"
                 "openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2"
                 "  -extfile san -out server.crt;"
                 "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=stranger"
                 "  -keyout other.key -out other.crt");
  done = TRUE;

  return TRUE;
}

/* What speaks TLS before the tests' server. */
typedef struct
{
  GSubprocess *process;
  char        *port;
} Proxy;

static Proxy
start_proxy (gboolean has_tls)
{
  g_autofree char *socket = g_strdup_printf ("%s/.s.PGSQL.5432", support_server_get_directory ());
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "db", "tls-proxy.py", NULL);
  g_autofree char *certificate = g_build_filename (folder, "server.crt", NULL);
  g_autofree char *key = g_build_filename (folder, "server.key", NULL);
  const char      *argv[] = { g_getenv ("PYTHON"), script, socket, has_tls ? certificate : NULL, key, NULL };
  Proxy            proxy = { NULL, NULL };
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;

  proxy.process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (proxy.process));
  proxy.port = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (proxy.port);

  return proxy;
}

static void
stop_proxy (Proxy *proxy)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (proxy->process), NULL, NULL);
  g_subprocess_wait (proxy->process, NULL, NULL);
  g_object_unref (proxy->process);
  g_free (proxy->port);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Proxy, stop_proxy)

static gboolean
get_security_job (BackstayDbSession *session,
                  gpointer           data,
                  gpointer          *result,
                  GError           **error)
{
  *result = GINT_TO_POINTER (backstay_db_session_get_security (session) + 1);

  return TRUE;
}

/* Gives a BackstayDbSecurity, or -1 with an error. */
static int
connect_to (Proxy      *proxy,
            const char *host,
            const char *more,
            GError    **error)
{
  g_autofree char *uri = g_strdup_printf ("host=%s hostaddr=127.0.0.1 port=%s user=backstay dbname=backstay %s",
                                          host, proxy->port, more);
  g_autoptr (BackstayDbConfig) config = backstay_db_config_new_from_uri (uri, NULL);
  g_autoptr (BackstayDbConnection) connection = backstay_db_connection_new (config);
  gpointer result = support_job_run (connection, get_security_job, NULL, error);

  if (error != NULL && *error != NULL)
    g_test_message ("%s", (*error)->message);

  return GPOINTER_TO_INT (result) - 1;
}

static void
assert_refused (Proxy      *proxy,
                const char *host,
                const char *more,
                const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (connect_to (proxy, host, more, &error), ==, -1);
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONNECT);
  g_assert_nonnull (strstr (error->message, words));
}

static void
assert_connects (Proxy             *proxy,
                 const char        *host,
                 const char        *more,
                 BackstayDbSecurity security)
{
  g_autoptr (GError) error = NULL;
  int found = connect_to (proxy, host, more, &error);

  g_assert_no_error (error);
  g_assert_cmpint (found, ==, security);
}

/* Who says nothing about TLS gets a server that was verified, or none. */
static void
test_verified (void)
{
  g_auto (Proxy) proxy = { NULL, NULL };
  g_autofree char *trusted = g_strdup_printf ("sslrootcert=%s/ca.crt", folder);
  g_autofree char *stranger = g_strdup_printf ("sslrootcert=%s/other.crt", folder);
  g_autofree char *signer = g_strdup_printf ("sslmode=verify-ca sslrootcert=%s/ca.crt", folder);

  if (!has_certificates ())
    return;

  proxy = start_proxy (TRUE);
  assert_connects (&proxy, NAME, trusted, BACKSTAY_DB_SECURITY_VERIFIED);
  assert_refused (&proxy, "other.backstay.test", trusted, "does not match host name");
  assert_refused (&proxy, NAME, stranger, "certificate verify failed");
  assert_refused (&proxy, NAME, stranger, "unless it is told not to");

  /* By those that the system trusts. */
  assert_refused (&proxy, NAME, "", "certificate verify failed");

  assert_connects (&proxy, "other.backstay.test", signer, BACKSTAY_DB_SECURITY_SIGNER);
  assert_connects (&proxy, "other.backstay.test", "sslmode=require", BACKSTAY_DB_SECURITY_ENCRYPTED);
  assert_connects (&proxy, "other.backstay.test", "sslmode=prefer", BACKSTAY_DB_SECURITY_ENCRYPTED);
  assert_connects (&proxy, "other.backstay.test", "sslmode=disable", BACKSTAY_DB_SECURITY_NONE);
  assert_connects (&proxy, "localhost", "", BACKSTAY_DB_SECURITY_LOCAL);
}

static void
test_plain_server (void)
{
  g_auto (Proxy) proxy = { NULL, NULL };

  proxy = start_proxy (FALSE);
  assert_refused (&proxy, NAME, "", "server does not support SSL");
  assert_refused (&proxy, NAME, "", "unless it is told not to");
  assert_connects (&proxy, NAME, "sslmode=prefer", BACKSTAY_DB_SECURITY_NONE);
  assert_connects (&proxy, "localhost", "", BACKSTAY_DB_SECURITY_LOCAL);
}

static gboolean
get_long_answer_job (BackstayDbSession *session,
                     gpointer           data,
                     gpointer          *result,
                     GError           **error)
{
  const BackstayDbStatement statement = { "SELECT repeat('x', " G_STRINGIFY (LONG_BYTES) ")", NULL, 0 };
  g_autoptr (GPtrArray) rows = backstay_db_session_run (session, &statement, 1, error);

  *result = GINT_TO_POINTER (rows != NULL);

  return rows != NULL;
}

/* How far a long answer is can be told from the other side of a network. */
static void
test_received (void)
{
  g_auto (Proxy) proxy = { NULL, NULL };
  g_autofree char *uri = NULL;
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autoptr (BackstayDbConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  proxy = start_proxy (FALSE);
  uri = g_strdup_printf ("host=localhost hostaddr=127.0.0.1 port=%s user=backstay dbname=backstay", proxy.port);
  config = backstay_db_config_new_from_uri (uri, NULL);
  connection = backstay_db_connection_new (config);

  g_assert_nonnull (support_job_run (connection, get_long_answer_job, NULL, &error));
  g_assert_cmpuint (backstay_db_connection_get_received (connection), >=, LONG_BYTES);
  g_assert_cmpuint (backstay_db_connection_get_received (connection), <, 2 * LONG_BYTES);

  /* The next job begins at nothing. */
  g_assert_nonnull (support_job_run (connection, get_security_job, NULL, &error));
  g_assert_cmpuint (backstay_db_connection_get_received (connection), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  /* Another root certificate of the user's own would be taken. */
  folder = g_dir_make_tmp ("backstay-tls-XXXXXX", NULL);
  g_setenv ("HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db-tls/this-computer", test_this_computer);

  /* First, as the environment is not to be changed beside threads. */
  g_test_add_func ("/db-tls/defaults", test_defaults);
  g_test_add_func ("/db-tls/verified", test_verified);
  g_test_add_func ("/db-tls/plain-server", test_plain_server);
  g_test_add_func ("/db-tls/received", test_received);
  status = support_server_run_tests (SUPPORT_CONTENT_NOTHING);
  run (folder, "rm -r \"$PWD\"");
  g_free (folder);

  return status;
}

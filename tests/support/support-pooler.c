/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "support-pooler"

#include "config.h"

#include "support-pooler.h"

#include "support-folder.h"
#include "support-server.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* The name of its socket. Nothing listens on the network. */
#define PORT 6432

#define START_SECONDS 30

struct _SupportPooler
{
  GSubprocess *process;
  char        *folder;
  char        *account; /* Who it has to become, or %NULL. */
};

/* Debian has it where only root looks. */
static char *
find_program (void)
{
  static const char *const places[] = { "/usr/sbin/pgbouncer", "/usr/local/sbin/pgbouncer" };
  char                    *path = g_find_program_in_path ("pgbouncer");

  for (guint i = 0; path == NULL && i < G_N_ELEMENTS (places); i++)
    {
      if (g_file_test (places[i], G_FILE_TEST_IS_EXECUTABLE))
        path = g_strdup (places[i]);
    }

  return path;
}

gboolean
support_pooler_is_installed (void)
{
  g_autofree char *program = find_program ();

  return program != NULL;
}

/* Two connections to the server for all clients together, each lent for one transaction. */
static void
write_settings (SupportPooler *self,
                const char    *path)
{
  g_autofree char *users = g_build_filename (self->folder, "users", NULL);
  g_autofree char *settings = NULL;
  g_autoptr (GError) error = NULL;

  settings = g_strdup_printf ("[databases]\n"
                              "* = host=%s port=5432\n"
                              "[pgbouncer]\n"
                              "listen_addr =\n"
                              "listen_port = %d\n"
                              "unix_socket_dir = %s\n"
                              "auth_type = trust\n"
                              "auth_file = %s\n"
                              "pool_mode = transaction\n"
                              "default_pool_size = 2\n",
                              support_server_get_directory (), PORT, self->folder, users);
  g_file_set_contents (path, settings, -1, &error);
  g_assert_no_error (error);
  g_file_set_contents (users, "\"backstay\" \"\"\n", -1, &error);
  g_assert_no_error (error);
}

/* PgBouncer refuses to be root, and the server's folder is its owner's alone. */
static void
give_folder (SupportPooler *self)
{
  struct stat    info;
  struct passwd *owner;

  g_assert_no_errno (g_stat (support_server_get_directory (), &info));
  g_assert_no_errno (g_chmod (self->folder, 0755));

  if (geteuid () != 0 || info.st_uid == 0)
    return;

  owner = getpwuid (info.st_uid);
  g_assert_nonnull (owner);
  self->account = g_strdup (owner->pw_name);
  g_assert_no_errno (chown (self->folder, info.st_uid, info.st_gid));
}

static void
end_with_parent_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

/* The socket is there a moment before anybody listens. */
static gboolean
can_connect (const char *path)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketConnection) connection = NULL;

  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);

  return connection != NULL;
}

static void
start (SupportPooler *self)
{
  g_autofree char *program = find_program ();
  g_autofree char *settings = g_build_filename (self->folder, "settings.ini", NULL);
  g_autofree char *socket = g_strdup_printf ("%s/.s.PGSQL.%d", self->folder, PORT);
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  const char *argv[] = { program, "-q", settings, NULL, NULL, NULL };
  gint64      deadline = g_get_monotonic_time () + START_SECONDS * G_USEC_PER_SEC;

  if (self->account != NULL)
    {
      argv[3] = "-u";
      argv[4] = self->account;
    }

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent_cb, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);

  while (!can_connect (socket))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_usleep (10000);
    }
}

/* At once: whoever is in the middle of something loses the line. */
static void
stop (SupportPooler *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

SupportPooler *
support_pooler_new (void)
{
  SupportPooler   *self = g_new0 (SupportPooler, 1);
  g_autofree char *settings = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("backstay-pooler-XXXXXX", &error);
  g_assert_no_error (error);
  settings = g_build_filename (self->folder, "settings.ini", NULL);
  write_settings (self, settings);
  give_folder (self);
  start (self);

  return self;
}

void
support_pooler_free (SupportPooler *self)
{
  stop (self);
  support_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->account);
  g_free (self);
}

/* How to connect through it. */
BackstayDbConfig *
support_pooler_dup_config (SupportPooler *self)
{
  g_autofree char  *uri = NULL;
  BackstayDbConfig *config;
  g_autoptr (GError) error = NULL;

  uri = g_strdup_printf ("host=%s port=%d user=backstay dbname=backstay sslmode=disable gssencmode=disable",
                         self->folder, PORT);
  config = backstay_db_config_new_from_uri (uri, &error);
  g_assert_no_error (error);

  return config;
}

void
support_pooler_restart (SupportPooler *self)
{
  stop (self);
  start (self);
}

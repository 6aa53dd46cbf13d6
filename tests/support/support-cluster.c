/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For unshare(). */
#define _GNU_SOURCE

#define G_LOG_DOMAIN "support-cluster"

#include "config.h"

#include "support-cluster.h"

#include "support-folder.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/* The name of the socket. Nothing listens on the network. */
#define PORT 5432

#define START_SECONDS 60

/* The login that owns the cluster. */
#define OWNER "owner"

struct _SupportCluster
{
  char        *folder; /* The socket is here, the data below it. */
  GSubprocess *process;
  SupportSql  *sql;
  rlim_t       file_limit; /* In bytes. */
  char        *disk;       /* What is mounted for it, or %NULL. */
};

/* Where PostgreSQL's programs are; the newest version is the last one. Gives %NULL where there is no
 * such program. */
static char *
find_program (const char *name)
{
  static const char root[] = "/usr/lib/postgresql";
  const char       *override = g_getenv ("BACKSTAY_PG_BINDIR");
  g_autoptr (GDir) dir = NULL;
  const char *version;
  char       *found = NULL;

  if (override != NULL)
    {
      found = g_build_filename (override, name, NULL);
      if (!g_file_test (found, G_FILE_TEST_IS_EXECUTABLE))
        g_clear_pointer (&found, g_free);

      return found;
    }

  dir = g_dir_open (root, 0, NULL);
  while (dir != NULL && (version = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, version, "bin", name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) &&
          (found == NULL || g_strcmp0 (path, found) > 0))
        {
          g_free (found);
          found = g_steal_pointer (&path);
        }
    }

  if (found == NULL)
    found = g_find_program_in_path (name);

  return found;
}

/* Tells whether there is what makes a standby. */
gboolean
support_cluster_can_have_standby (void)
{
  g_autofree char *program = find_program ("pg_basebackup");

  return program != NULL;
}

/* PostgreSQL refuses to be root. */
static struct passwd *
get_account (void)
{
  struct passwd *account;

  if (geteuid () != 0)
    return NULL;

  account = getpwnam ("postgres");
  if (account == NULL)
    account = getpwnam ("nobody");
  g_assert_nonnull (account);

  return account;
}

static void
become_cb (gpointer user_data)
{
  SupportCluster *self = user_data;
  struct passwd  *account = get_account ();
  struct rlimit   limit = { self->file_limit, self->file_limit };

  if (self->file_limit != RLIM_INFINITY)
    setrlimit (RLIMIT_FSIZE, &limit);

  if (account != NULL &&
      (setgroups (0, NULL) != 0 || setgid (account->pw_gid) != 0 || setuid (account->pw_uid) != 0))
    _exit (EXIT_FAILURE);

  /* A change of the user forgets it. */
  prctl (PR_SET_PDEATHSIG, SIGQUIT);
}

static GSubprocess *
spawn (SupportCluster    *self,
       const char *const *argv)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_path_is_absolute (argv[0]) ? g_strdup (argv[0]) : find_program (argv[0]);
  g_auto (GStrv) command = g_strdupv ((char **) argv);
  g_autofree char *log = g_build_filename (self->folder, "log", NULL);
  GSubprocess     *process;

  if (program == NULL)
    g_error ("%s is not installed", argv[0]);
  g_free (command[0]);
  command[0] = g_steal_pointer (&program);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_set_stdout_file_path (launcher, log);
  g_subprocess_launcher_set_cwd (launcher, self->folder);
  g_subprocess_launcher_set_child_setup (launcher, become_cb, self, NULL);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) command, &error);
  g_assert_no_error (error);

  return process;
}

static void
run (SupportCluster    *self,
     const char *const *argv)
{
  g_autoptr (GSubprocess) process = spawn (self, argv);
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static SupportCluster *
new_folder (void)
{
  SupportCluster *self = g_new0 (SupportCluster, 1);
  struct passwd  *account = get_account ();
  g_autoptr (GError) error = NULL;

  self->file_limit = RLIM_INFINITY;
  self->folder = g_dir_make_tmp ("backstay-cluster-XXXXXX", &error);
  g_assert_no_error (error);
  if (account != NULL)
    g_assert_no_errno (chown (self->folder, account->pw_uid, account->pw_gid));

  return self;
}

static void
run_script (SupportCluster *self,
            const char     *name)
{
  g_autofree char *path = g_strdup_printf (BACKSTAY_RESOURCE_PATH "/sql/%s.sql", name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) script = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  g_assert_no_error (error);
  support_sql_run (self->sql, "%.*s", (int) g_bytes_get_size (script),
                   (const char *) g_bytes_get_data (script, NULL));
}

/* Ends it, and has it write everything down. */
static void
stop (SupportCluster *self)
{
  g_clear_pointer (&self->sql, support_sql_free);
  g_subprocess_send_signal (self->process, SIGINT);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

/* Making a cluster takes much longer than copying one. */
static SupportCluster *
get_template (void)
{
  static SupportCluster *template;

  if (template == NULL)
    {
      template = new_folder ();
      run (template, (const char *[]){ "initdb", "-D", "data", "-U", OWNER, "-A", "trust", "-E", "UTF8",
                                       "--locale=C.UTF-8", "-N", NULL });
      support_cluster_start (template);
      run_script (template, "schema");
      run_script (template, "sample");
      stop (template);
    }

  return template;
}

/* To be called once no more clusters are made. */
void
support_cluster_clear_template (void)
{
  support_cluster_free (get_template ());
}

/* A server with the sample. */
SupportCluster *
support_cluster_new_primary (void)
{
  SupportCluster  *self = new_folder ();
  g_autofree char *data = g_build_filename (get_template ()->folder, "data", NULL);

  run (self, (const char *[]){ "/bin/cp", "-a", data, "data", NULL });
  support_cluster_start (self);

  return self;
}

/* Sees to it that what is mounted is seen by this program's own processes only, and gone with it. */
static gboolean
leave_mounts (void)
{
  static int left = -1;

  if (left < 0)
    left = geteuid () == 0 && unshare (CLONE_NEWNS) == 0 &&
           mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;

  return left;
}

/* A server with the sample, whose data are on a disk of their own of so many bytes. Gives %NULL where nothing
 * can be mounted. The socket stays where other threads see it, too. */
SupportCluster *
support_cluster_new_primary_on_disk (gsize n_bytes)
{
  SupportCluster  *self;
  struct passwd   *account = get_account ();
  g_autofree char *template_data = g_build_filename (get_template ()->folder, "data", ".", NULL);
  g_autofree char *options = NULL;

  if (account == NULL || !leave_mounts ())
    return NULL;

  self = new_folder ();
  self->disk = g_build_filename (self->folder, "data", NULL);
  g_assert_no_errno (g_mkdir (self->disk, 0700));
  options = g_strdup_printf ("size=%" G_GSIZE_FORMAT ",mode=0700,uid=%u,gid=%u", n_bytes, account->pw_uid, account->pw_gid);

  if (mount ("none", self->disk, "tmpfs", 0, options) != 0)
    {
      g_clear_pointer (&self->disk, g_free);
      support_cluster_free (self);
      return NULL;
    }

  run (self, (const char *[]){ "/bin/cp", "-a", template_data, "data", NULL });
  support_cluster_start (self);

  return self;
}

static char *
dup_filler (SupportCluster *self)
{
  return g_build_filename (self->disk, "filler", NULL);
}

/* Takes all of the disk but so many bytes. */
void
support_cluster_fill_disk (SupportCluster *self,
                           gsize           n_left)
{
  g_autofree char *path = dup_filler (self);
  struct statvfs   info;
  int              fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_no_errno (statvfs (self->disk, &info));
  g_assert_cmpuint (info.f_bavail * info.f_frsize, >, n_left);
  g_assert_cmpint (posix_fallocate (fd, 0, (off_t) (info.f_bavail * info.f_frsize - n_left)), ==, 0);
  g_close (fd, NULL);
}

void
support_cluster_clear_disk (SupportCluster *self)
{
  g_autofree char *path = dup_filler (self);

  g_assert_no_errno (g_unlink (path));
}

/* A server that follows another one. */
SupportCluster *
support_cluster_new_standby (SupportCluster *primary)
{
  SupportCluster *self = new_folder ();

  run (self, (const char *[]){ "pg_basebackup", "-D", "data", "-h", primary->folder, "-U", OWNER, "-c", "fast", "-R", "-N", NULL });
  support_cluster_start (self);

  return self;
}

void
support_cluster_free (SupportCluster *self)
{
  support_cluster_kill (self);
  if (self->disk != NULL)
    umount2 (self->disk, MNT_DETACH);
  g_free (self->disk);
  support_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self);
}

static BackstayDbConfig *
new_config (const char *hosts,
            const char *session_attrs)
{
  g_autofree char  *conninfo = NULL;
  BackstayDbConfig *config;
  g_autoptr (GError) error = NULL;

  conninfo = g_strdup_printf ("host=%s user=" OWNER " dbname=postgres sslmode=disable gssencmode=disable"
                              " target_session_attrs=%s",
                              hosts, session_attrs);
  config = backstay_db_config_new_from_uri (conninfo, &error);
  g_assert_no_error (error);

  return config;
}

BackstayDbConfig *
support_cluster_dup_config (SupportCluster *self)
{
  return new_config (self->folder, "any");
}

/* Either of two, whichever fits. */
BackstayDbConfig *
support_cluster_dup_config_of_two (SupportCluster *first,
                                   SupportCluster *second,
                                   const char     *session_attrs)
{
  g_autofree char *hosts = g_strdup_printf ("%s,%s", first->folder, second->folder);

  return new_config (hosts, session_attrs);
}

SupportSql *
support_cluster_get_sql (SupportCluster *self)
{
  return self->sql;
}

void
support_cluster_start (SupportCluster *self)
{
  g_autofree char *socket = g_strdup_printf ("%s/.s.PGSQL.%d", self->folder, PORT);
  g_autofree char *pid_file = g_build_filename (self->folder, "data", "postmaster.pid", NULL);
  g_autoptr (BackstayDbConfig) config = support_cluster_dup_config (self);
  gint64   deadline = g_get_monotonic_time () + START_SECONDS * G_USEC_PER_SEC;
  gboolean is_ready = FALSE;

  self->process = spawn (self, (const char *[]){ "postgres", "-D", "data", "-k", self->folder, "-c", "listen_addresses=", NULL });

  /* Its state is the file's last line. */
  while (!is_ready)
    {
      g_autofree char *text = NULL;

      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_usleep (10000);
      is_ready = g_file_get_contents (pid_file, &text, NULL, NULL) && strstr (text, "\nready") != NULL &&
                 g_file_test (socket, G_FILE_TEST_EXISTS);
    }

  self->sql = support_sql_new (config);
}

/* At once, and all of it: what it did not write down is lost. */
void
support_cluster_kill (SupportCluster *self)
{
  if (self->process == NULL)
    return;

  g_clear_pointer (&self->sql, support_sql_free);
  support_cluster_resume (self);
  g_subprocess_send_signal (self->process, SIGQUIT);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

/* From the next start on no file gets longer than that, as if the disk were full. */
void
support_cluster_limit_files (SupportCluster *self,
                             gsize           n_bytes)
{
  self->file_limit = n_bytes;
}

/* Makes a standby a server of its own. */
void
support_cluster_promote (SupportCluster *self)
{
  support_sql_run (self->sql, "SELECT pg_promote()");
  support_sql_wait (self->sql, "SELECT NOT pg_is_in_recovery()");
}

/* The processes of the server: it, and those below it. */
static void
signal_all (SupportCluster *self,
            int             number)
{
  const char      *pid = g_subprocess_get_identifier (self->process);
  g_autofree char *path = g_strdup_printf ("/proc/%s/task/%s/children", pid, pid);
  g_autofree char *children = NULL;
  g_auto (GStrv) pids = NULL;

  g_subprocess_send_signal (self->process, number);
  g_file_get_contents (path, &children, NULL, NULL);
  pids = g_strsplit (children != NULL ? children : "", " ", -1);
  for (guint i = 0; pids[i] != NULL; i++)
    {
      if (pids[i][0] != '\0')
        kill (atoi (pids[i]), number);
    }
}

/* Nothing is answered any more, but no line is closed either. */
void
support_cluster_pause (SupportCluster *self)
{
  signal_all (self, SIGSTOP);
}

void
support_cluster_resume (SupportCluster *self)
{
  signal_all (self, SIGCONT);
}

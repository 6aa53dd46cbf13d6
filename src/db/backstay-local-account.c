/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-local-account"

#include "config.h"

#include "backstay-local-account.h"

#include "backstay-local-event.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Where root's local databases go when PostgreSQL's user cannot reach the folder that was wanted,
 * as it never can below /root. */
#define STATE_DIRECTORY "/var/lib/backstay"

typedef struct
{
  uid_t uid;
  gid_t gid;
} Account;

static gboolean
take_account (const struct passwd *entry,
              Account             *account)
{
  if (entry == NULL || entry->pw_uid == 0)
    return FALSE;

  account->uid = entry->pw_uid;
  account->gid = entry->pw_gid;

  return TRUE;
}

/* Who made the folder has to go on with it: PostgreSQL refuses a cluster of anybody else. */
static gboolean
find_account (const char *directory,
              Account    *account)
{
  static const char *const names[] = { "postgres", "nobody" };
  struct stat              status;

  if (directory != NULL && stat (directory, &status) == 0 &&
      take_account (getpwuid (status.st_uid), account))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (take_account (getpwnam (names[i]), account))
        return TRUE;
    }

  return FALSE;
}

static gboolean
become (const Account *account)
{
  if (setgroups (1, &account->gid) != 0 ||
      setgid (account->gid) != 0 ||
      setuid (account->uid) != 0)
    return FALSE;

  /* The kernel now keeps debuggers away, among them the one that the leak checker needs. There is
   * nothing to hide: the keeper opened nothing as root. */
  prctl (PR_SET_DUMPABLE, 1);

  return geteuid () != 0;
}

static char *
dup_existing_ancestor (const char *directory)
{
  g_autofree char *path = g_strdup (directory);

  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      char *parent = g_path_get_dirname (path);

      g_free (path);
      path = parent;
    }

  return g_steal_pointer (&path);
}

/* Of all that stands in the way (modes, lists, mounts, security modules) only a try knows. */
static gboolean
try_as (const Account *account,
        const char    *directory)
{
  g_autofree char *ancestor = dup_existing_ancestor (directory);
  struct stat      status;
  int              wait_status = -1;
  pid_t            pid;

  if (strcmp (ancestor, directory) == 0 &&
      (stat (directory, &status) != 0 || status.st_uid != account->uid))
    return FALSE;

  pid = fork ();

  if (pid == 0)
    _exit (become (account) && access (ancestor, R_OK | W_OK | X_OK) == 0 ? 0 : 1);

  return pid > 0 &&
         waitpid (pid, &wait_status, 0) == pid &&
         WIFEXITED (wait_status) && WEXITSTATUS (wait_status) == 0;
}

/* "local-1f3870be" for /root/.local/share/backstay/local. */
static char *
dup_state_directory (const char *wanted)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, wanted, -1);
  g_autofree char *base = g_path_get_basename (wanted);

  hash[8] = '\0';

  return g_strdup_printf (STATE_DIRECTORY "/%s-%s", base, hash);
}

/* Nobody but root can put anything else in the place of this path, so that giving the folder away
 * is safe; in the folder that was wanted it would not be. */
static gboolean
make_state_directory (const char    *directory,
                      const Account *account)
{
  if ((mkdir (STATE_DIRECTORY, 0711) != 0 && errno != EEXIST) ||
      (mkdir (directory, 0700) != 0 && errno != EEXIST) ||
      lchown (directory, account->uid, account->gid) != 0)
    return backstay_local_event_report_path (directory, errno);

  return TRUE;
}

/* Returns %NULL after a report. */
static char *
dup_usable_directory (const char *wanted,
                      Account    *account)
{
  g_autofree char *other = dup_state_directory (wanted);

  if (find_account (wanted, account) && try_as (account, wanted))
    return g_strdup (wanted);

  if (!find_account (other, account))
    {
      backstay_local_event_report (BACKSTAY_LOCAL_EVENT_NO_USER, NULL);
      return NULL;
    }

  if (!make_state_directory (other, account))
    return NULL;

  return g_steal_pointer (&other);
}

/**
 * backstay_local_account_leave_root:
 * @wanted: (nullable): the folder that the local database is to be in, if it is to be in one
 * @usable: (out) (nullable) (transfer full): the folder to use instead, where @wanted is out of
 *   the new user's reach
 *
 * PostgreSQL refuses to run as root, and the keeper needs nothing of root's either: it becomes the
 * user who made the folder, or `postgres`, or `nobody`, for good. Anybody but root stays who they
 * are. Reports a failure.
 *
 * Returns: whether the keeper is an ordinary user now
 */
gboolean
backstay_local_account_leave_root (const char *wanted,
                                   char      **usable)
{
  Account account;

  *usable = NULL;

  if (geteuid () != 0)
    {
      *usable = g_strdup (wanted);
      return TRUE;
    }

  if (wanted != NULL)
    {
      if ((*usable = dup_usable_directory (wanted, &account)) == NULL)
        return FALSE;
    }
  else if (!find_account (NULL, &account))
    {
      return backstay_local_event_report (BACKSTAY_LOCAL_EVENT_NO_USER, NULL);
    }

  return become (&account) || backstay_local_event_report (BACKSTAY_LOCAL_EVENT_NO_USER, NULL);
}

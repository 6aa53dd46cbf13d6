/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-server-file"

#include "config.h"

#include "backstay-server-file.h"

#include "backstay-private-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* The saved servers, in one key file that only its owner may read: a group for each, named by its uuid, in
 * the user's order. Whoever changes it reads it anew under a lock, so that no window undoes what another
 * one did; and what a later version of Backstay put there stays. No password is ever in it. */

/* The keys of the fields that are text. */
static const char *const field_keys[BACKSTAY_SERVER_N_FIELDS] = {
  [BACKSTAY_SERVER_NAME] = "name",
  [BACKSTAY_SERVER_HOST] = "host",
  [BACKSTAY_SERVER_PORT] = "port",
  [BACKSTAY_SERVER_DATABASE] = "database",
  [BACKSTAY_SERVER_USER] = "user",
  [BACKSTAY_SERVER_SCHEMA] = "schema",
  [BACKSTAY_SERVER_TLS_MODE] = "tls-mode",
  [BACKSTAY_SERVER_ROOT_CERTIFICATE] = "root-certificate",
  [BACKSTAY_SERVER_TARGET] = "target",
  [BACKSTAY_SERVER_SERVICE] = "service",
  [BACKSTAY_SERVER_MORE] = "more",
};

static const char *const colors[] = { "none", "red", "orange", "green", "blue", "purple", NULL };
static const char *const safe_modes[] = { "off", "ask", "no-writes", NULL };
static const char *const passwords[] = { "keyring", "ask", NULL };

/**
 * backstay_server_file_dup_path:
 *
 * Returns: (transfer full): where the user's servers are
 */
char *
backstay_server_file_dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "backstay", "servers.ini", NULL);
}

/* A word that is not known is the last one of them, which is the careful one. */
static guint
read_word (GKeyFile          *file,
           const char        *group,
           const char        *key,
           const char *const *words,
           guint              otherwise)
{
  g_autofree char *word = g_key_file_get_string (file, group, key, NULL);

  for (guint i = 0; word != NULL && words[i] != NULL; i++)
    {
      if (strcmp (words[i], word) == 0)
        return i;
    }

  return word == NULL ? 0 : otherwise;
}

static BackstayServer *
read_server (GKeyFile   *file,
             const char *group)
{
  BackstayServer *server = backstay_server_new (group);

  for (guint i = 0; i < BACKSTAY_SERVER_N_FIELDS; i++)
    {
      g_autofree char *text = g_key_file_get_string (file, group, field_keys[i], NULL);

      if (text != NULL)
        backstay_server_set_text (server, (BackstayServerField) i, text);
    }

  backstay_server_set_color (server, read_word (file, group, "color", colors, BACKSTAY_SERVER_COLOR_NONE));
  backstay_server_set_safe_mode (server, read_word (file, group, "safe-mode", safe_modes,
                                                    BACKSTAY_DB_SAFE_MODE_NO_WRITES));
  backstay_server_set_password (server, read_word (file, group, "password", passwords,
                                                   BACKSTAY_SERVER_PASSWORD_ASK));

  return server;
}

static void
write_server (GKeyFile       *file,
              BackstayServer *server)
{
  const char *group = backstay_server_get_id (server);

  for (guint i = 0; i < BACKSTAY_SERVER_N_FIELDS; i++)
    {
      const char *text = backstay_server_get_text (server, (BackstayServerField) i);

      if (text[0] != '\0')
        g_key_file_set_string (file, group, field_keys[i], text);
      else
        g_key_file_remove_key (file, group, field_keys[i], NULL);
    }

  g_key_file_set_string (file, group, "color", colors[backstay_server_get_color (server)]);
  g_key_file_set_string (file, group, "safe-mode", safe_modes[backstay_server_get_safe_mode (server)]);
  g_key_file_set_string (file, group, "password", passwords[backstay_server_get_password (server)]);
}

static GPtrArray *
read_servers (GKeyFile *file)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  GPtrArray *servers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      if (g_uuid_string_is_valid (groups[i]))
        g_ptr_array_add (servers, read_server (file, groups[i]));
    }

  return servers;
}

/* One that is not there is empty. */
static GKeyFile *
load (const char *path,
      GError    **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local_error = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS, &local_error) &&
      !g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      /* What is wrong with its text may quote it. */
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                   _ ("The saved servers cannot be read: %s."),
                   local_error->domain == G_KEY_FILE_ERROR ? _ ("the file is damaged") : local_error->message);
      return NULL;
    }

  return g_steal_pointer (&file);
}

static gboolean
save (GKeyFile   *file,
      const char *path,
      GError    **error)
{
  g_autoptr (BackstayPrivateFile) private_file = backstay_private_file_new (path, error);
  gsize            length;
  g_autofree char *text = g_key_file_to_data (file, &length, NULL);

  return private_file != NULL &&
         backstay_private_file_write (private_file, text, length, error) &&
         backstay_private_file_finish (private_file, error);
}

/* The lock is given back when it is closed, or with the program. */
static int
take_lock (const char *path,
           GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  int              fd = -1;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    fd = g_open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                   _ ("The servers cannot be saved in the folder %s: %s."), folder, g_strerror (code));
      return -1;
    }

  while (flock (fd, LOCK_EX) != 0 && errno == EINTR)
    continue;

  return fd;
}

/* The order of the groups is the servers'. */
static GKeyFile *
move_group (GKeyFile   *file,
            const char *id,
            const char *before_id)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  GKeyFile *moved = g_key_file_new ();

  for (guint i = 0; groups[i] != NULL; i++)
    {
      if (g_strcmp0 (groups[i], before_id) == 0)
        g_ptr_array_add (order, (gpointer) id);
      if (strcmp (groups[i], id) != 0)
        g_ptr_array_add (order, groups[i]);
    }
  if (before_id == NULL || !g_key_file_has_group (file, before_id))
    g_ptr_array_add (order, (gpointer) id);

  for (guint i = 0; i < order->len; i++)
    {
      const char *group = g_ptr_array_index (order, i);
      g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

      for (guint j = 0; keys != NULL && keys[j] != NULL; j++)
        {
          g_autofree char *value = g_key_file_get_value (file, group, keys[j], NULL);

          g_key_file_set_value (moved, group, keys[j], value);
        }
    }

  return moved;
}

/**
 * backstay_server_file_load:
 * @path: the file
 * @error: return location for an error
 *
 * Reads the servers.
 *
 * Returns: (transfer full) (element-type BackstayServer): they, none where there is no file; %NULL with an
 *   error
 */
GPtrArray *
backstay_server_file_load (const char *path,
                           GError    **error)
{
  g_autoptr (GKeyFile) file = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if ((file = load (path, error)) == NULL)
    return NULL;

  return read_servers (file);
}

/**
 * backstay_server_file_change:
 * @path: the file
 * @change: what to do
 * @server: (nullable): with which one
 * @before_id: (nullable): where it is moved to: before the server with that uuid; %NULL for the end
 * @error: return location for an error
 *
 * Changes one server, whatever others do with the rest of the file at the same time.
 *
 * Returns: (transfer full) (element-type BackstayServer): all of them as they are then; %NULL with an error
 */
GPtrArray *
backstay_server_file_change (const char          *path,
                             BackstayServerChange change,
                             BackstayServer      *server,
                             const char          *before_id,
                             GError             **error)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (GKeyFile) moved = NULL;
  const char *id;
  int         lock;
  gboolean    saved;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (BACKSTAY_IS_SERVER (server), NULL);

  if ((lock = take_lock (path, error)) < 0)
    return NULL;

  if ((file = load (path, error)) == NULL)
    {
      close (lock);
      return NULL;
    }

  id = backstay_server_get_id (server);

  if (change == BACKSTAY_SERVER_CHANGE_PUT)
    {
      write_server (file, server);
    }
  else if (change == BACKSTAY_SERVER_CHANGE_REMOVE)
    {
      g_key_file_remove_group (file, id, NULL);
    }
  else if (change == BACKSTAY_SERVER_CHANGE_MOVE && g_key_file_has_group (file, id))
    {
      moved = move_group (file, id, before_id);
      g_clear_pointer (&file, g_key_file_unref);
      file = g_steal_pointer (&moved);
    }

  saved = save (file, path, error);
  close (lock);

  return saved ? read_servers (file) : NULL;
}

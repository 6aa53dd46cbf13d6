/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-server-list"

#include "config.h"

#include "backstay-server-list.h"

#include "backstay-server-file.h"

/**
 * BackstayServerList:
 *
 * The servers that the user saved, as a list model. What is changed here or in another window is there
 * as soon as the file has it. Files are read and written in a thread, one change after another.
 */
struct _BackstayServerList
{
  GObject parent_instance;

  char         *path;
  GPtrArray    *servers;
  GQueue        changes; /* Of Change, which wait; the first one is under way. */
  GFileMonitor *monitor;
  GError       *error; /* Of the last one. */
  gboolean      loaded;
};

typedef struct
{
  char                *path;
  BackstayServerChange kind;
  BackstayServer      *server; /* (nullable) */
  char                *before_id;
} Change;

enum
{
  PROP_0,
  PROP_LOADING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void start (BackstayServerList *self);

static GType
backstay_server_list_get_item_type (GListModel *model)
{
  return BACKSTAY_TYPE_SERVER;
}

static guint
backstay_server_list_get_n_items (GListModel *model)
{
  return BACKSTAY_SERVER_LIST (model)->servers->len;
}

static gpointer
backstay_server_list_get_item (GListModel *model,
                               guint       position)
{
  BackstayServerList *self = BACKSTAY_SERVER_LIST (model);

  return position < self->servers->len ? g_object_ref (g_ptr_array_index (self->servers, position)) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = backstay_server_list_get_item_type;
  iface->get_n_items = backstay_server_list_get_n_items;
  iface->get_item = backstay_server_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BackstayServerList, backstay_server_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
change_free (Change *change)
{
  g_free (change->path);
  g_clear_object (&change->server);
  g_free (change->before_id);
  g_free (change);
}

/* Only what differs is told, so that the rest keeps the focus. */
static void
replace (BackstayServerList *self,
         GPtrArray          *servers)
{
  g_autoptr (GPtrArray) before = self->servers;
  guint n_before = before->len;
  guint start_at = 0;
  guint same_end = 0;

  while (start_at < n_before && start_at < servers->len &&
         backstay_server_equal (g_ptr_array_index (before, start_at), g_ptr_array_index (servers, start_at)))
    start_at++;

  while (same_end < MIN (n_before, servers->len) - start_at &&
         backstay_server_equal (g_ptr_array_index (before, n_before - same_end - 1),
                                g_ptr_array_index (servers, servers->len - same_end - 1)))
    same_end++;

  self->servers = g_ptr_array_ref (servers);

  if (n_before - start_at - same_end > 0 || servers->len - start_at - same_end > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), start_at,
                                n_before - start_at - same_end,
                                servers->len - start_at - same_end);
}

static void
change_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Change    *change = task_data;
  GError    *error = NULL;
  GPtrArray *servers;

  if (change->kind == BACKSTAY_SERVER_CHANGE_NONE)
    servers = backstay_server_file_load (change->path, &error);
  else
    servers = backstay_server_file_change (change->path, change->kind, change->server, change->before_id, &error);

  if (servers != NULL)
    g_task_return_pointer (task, servers, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
changed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  BackstayServerList *self = BACKSTAY_SERVER_LIST (object);
  g_autoptr (GPtrArray) servers = NULL;

  g_clear_error (&self->error);
  servers = g_task_propagate_pointer (G_TASK (result), &self->error);
  self->loaded |= servers != NULL;
  change_free (g_queue_pop_head (&self->changes));

  if (servers != NULL)
    replace (self, servers);

  start (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
start (BackstayServerList *self)
{
  g_autoptr (GTask) task = NULL;
  Change *change = g_queue_peek_head (&self->changes);

  if (change == NULL)
    return;

  /* It keeps the list alive: what was changed is written, whatever becomes of the window. */
  task = g_task_new (self, NULL, changed_cb, NULL);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, change, NULL);
  g_task_run_in_thread (task, change_thread);
}

static void
push (BackstayServerList  *self,
      BackstayServerChange kind,
      BackstayServer      *server,
      const char          *before_id)
{
  Change *change = g_new0 (Change, 1);

  change->path = g_strdup (self->path);
  change->kind = kind;
  g_set_object (&change->server, server);
  change->before_id = g_strdup (before_id);
  g_queue_push_tail (&self->changes, change);

  if (g_queue_get_length (&self->changes) == 1)
    {
      start (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
    }
}

static void
backstay_server_list_finalize (GObject *object)
{
  BackstayServerList *self = BACKSTAY_SERVER_LIST (object);

  g_clear_object (&self->monitor);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->servers);
  g_free (self->path);

  G_OBJECT_CLASS (backstay_server_list_parent_class)->finalize (object);
}

static void
backstay_server_list_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, backstay_server_list_get_loading (BACKSTAY_SERVER_LIST (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_server_list_class_init (BackstayServerListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = backstay_server_list_finalize;
  object_class->get_property = backstay_server_list_get_property;

  /**
   * BackstayServerList:loading:
   *
   * Whether the file is read or written. It is told at the end of each change, too.
   */
  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
backstay_server_list_init (BackstayServerList *self)
{
  self->servers = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_init (&self->changes);
}

/**
 * backstay_server_list_new:
 * @path: (nullable): the file; %NULL for the user's own
 *
 * Begins to read the servers.
 *
 * Returns: (transfer full): the list
 */
BackstayServerList *
backstay_server_list_new (const char *path)
{
  BackstayServerList *self = g_object_new (BACKSTAY_TYPE_SERVER_LIST, NULL);
  g_autoptr (GFile) file = NULL;

  self->path = path != NULL ? g_strdup (path) : backstay_server_file_dup_path ();
  file = g_file_new_for_path (self->path);

  /* Without one, the other windows' changes come with the next one of this. */
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (backstay_server_list_reload), self,
                             G_CONNECT_SWAPPED);
  backstay_server_list_reload (self);

  return self;
}

/**
 * backstay_server_list_reload:
 *
 * Reads the file again.
 */
void
backstay_server_list_reload (BackstayServerList *self)
{
  Change *last;

  g_return_if_fail (BACKSTAY_IS_SERVER_LIST (self));

  /* One that waits reads it, too. */
  last = g_queue_get_length (&self->changes) > 1 ? g_queue_peek_tail (&self->changes) : NULL;

  if (last == NULL || last->kind != BACKSTAY_SERVER_CHANGE_NONE)
    push (self, BACKSTAY_SERVER_CHANGE_NONE, NULL, NULL);
}

/**
 * backstay_server_list_put:
 * @server: a server, which is not to be changed afterwards
 *
 * Saves a server: in the place of the one with its id, or at the end.
 */
void
backstay_server_list_put (BackstayServerList *self,
                          BackstayServer     *server)
{
  g_return_if_fail (BACKSTAY_IS_SERVER_LIST (self));
  g_return_if_fail (BACKSTAY_IS_SERVER (server));

  push (self, BACKSTAY_SERVER_CHANGE_PUT, server, NULL);
}

/**
 * backstay_server_list_remove:
 * @server: a server
 *
 * Forgets a server.
 */
void
backstay_server_list_remove (BackstayServerList *self,
                             BackstayServer     *server)
{
  g_return_if_fail (BACKSTAY_IS_SERVER_LIST (self));
  g_return_if_fail (BACKSTAY_IS_SERVER (server));

  push (self, BACKSTAY_SERVER_CHANGE_REMOVE, server, NULL);
}

/**
 * backstay_server_list_move:
 * @server: a server of the list
 * @position: where it is to be
 *
 * Moves a server.
 */
void
backstay_server_list_move (BackstayServerList *self,
                           BackstayServer     *server,
                           guint               position)
{
  BackstayServer *before = NULL;
  guint           current;

  g_return_if_fail (BACKSTAY_IS_SERVER_LIST (self));
  g_return_if_fail (BACKSTAY_IS_SERVER (server));

  if (backstay_server_list_find (self, backstay_server_get_id (server), &current) == NULL || current == position)
    return;

  if (position > current)
    position++;
  if (position < self->servers->len)
    before = g_ptr_array_index (self->servers, position);

  push (self, BACKSTAY_SERVER_CHANGE_MOVE, server, before != NULL ? backstay_server_get_id (before) : NULL);
}

/**
 * backstay_server_list_find:
 * @id: a server's uuid
 * @position: (out) (optional): its place
 *
 * Returns: (transfer none) (nullable): the server
 */
BackstayServer *
backstay_server_list_find (BackstayServerList *self,
                           const char         *id,
                           guint              *position)
{
  g_return_val_if_fail (BACKSTAY_IS_SERVER_LIST (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->servers->len; i++)
    {
      BackstayServer *server = g_ptr_array_index (self->servers, i);

      if (g_str_equal (backstay_server_get_id (server), id))
        {
          if (position != NULL)
            *position = i;
          return server;
        }
    }

  return NULL;
}

/**
 * backstay_server_list_has_name:
 * @name: a name
 * @except_id: (nullable): the uuid of a server that does not count
 *
 * Returns: whether there is a server of that name
 */
gboolean
backstay_server_list_has_name (BackstayServerList *self,
                               const char         *name,
                               const char         *except_id)
{
  g_return_val_if_fail (BACKSTAY_IS_SERVER_LIST (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  for (guint i = 0; i < self->servers->len; i++)
    {
      BackstayServer *server = g_ptr_array_index (self->servers, i);

      if (g_str_equal (backstay_server_get_text (server, BACKSTAY_SERVER_NAME), name) &&
          g_strcmp0 (backstay_server_get_id (server), except_id) != 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * backstay_server_list_get_loading:
 *
 * Returns: whether the file is read or written
 */
gboolean
backstay_server_list_get_loading (BackstayServerList *self)
{
  g_return_val_if_fail (BACKSTAY_IS_SERVER_LIST (self), FALSE);

  return !g_queue_is_empty (&self->changes);
}

/**
 * backstay_server_list_get_loaded:
 *
 * Returns: whether the file was read, or there was none
 */
gboolean
backstay_server_list_get_loaded (BackstayServerList *self)
{
  g_return_val_if_fail (BACKSTAY_IS_SERVER_LIST (self), FALSE);

  return self->loaded;
}

/**
 * backstay_server_list_get_error:
 *
 * Returns: (transfer none) (nullable): why the last reading or writing failed
 */
const GError *
backstay_server_list_get_error (BackstayServerList *self)
{
  g_return_val_if_fail (BACKSTAY_IS_SERVER_LIST (self), NULL);

  return self->error;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-watcher"

#include "config.h"

#include "backstay-watcher.h"

#include "backstay-repository-watch.h"

/* How long after one look the next one comes, in milliseconds. */
#define GAP_MSEC 1000
#define ACTIVE_MSEC 3000
#define BACKGROUND_MSEC 6000
#define TOLD_MSEC 30000

/* After errors each time twice as long, up to this. */
#define BACKOFF_MAX_MSEC 60000

/**
 * BackstayWatcher:
 *
 * Finds out within seconds that somebody changed the table.
 *
 * It looks at regular times, and at once when the server tells of a change, but never more than once
 * a second. What the server tells is only a reason to look: anybody may send a notification, and
 * none may come. So it looks often until a change was announced, and again once one was not.
 *
 * It has a connection of its own: a long download on the window's must not keep it from looking,
 * nor a look keep a rollback waiting, and a session that listens cannot be shared.
 */
struct _BackstayWatcher
{
  GObject parent_instance;

  BackstayRepository *repository;
  BackstayTableState *state;       /* What was seen last; %NULL before the first look. */
  GCancellable       *cancellable; /* Non-%NULL while it looks. */
  guint               timeout_id;
  gint64              looked_at;     /* In microseconds of the monotonic clock. */
  guint               n_errors;      /* One after another. */
  guint               watching : 1;  /* Whether its last look succeeded. */
  guint               missed : 1;    /* Whether the next one that does has something to tell. */
  guint               again : 1;     /* Whether there was a reason to look since this look began. */
  guint               announced : 1; /* Whether the server told of a change since the last look. */
  guint               trusting : 1;  /* Whether it told of the last change. */
  guint               refused : 1;   /* The login itself: trying again by itself is no use. */
  guint               background : 1;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayWatcher, backstay_watcher, G_TYPE_OBJECT)

static void look (BackstayWatcher *self);

static guint
get_delay (BackstayWatcher *self)
{
  guint usual = self->background ? BACKGROUND_MSEC : ACTIVE_MSEC;
  guint delay;

  if (self->n_errors > 0)
    {
      /* Not all windows at once when a server is back. */
      delay = MIN (usual << MIN (self->n_errors - 1, 5), BACKOFF_MAX_MSEC);
      return (guint) g_random_int_range ((gint32) (delay * 4 / 5), (gint32) (delay * 6 / 5));
    }

  if (self->again)
    return GAP_MSEC;

  return self->trusting && self->state->listening ? TOLD_MSEC : usual;
}

static gboolean
timeout_cb (gpointer user_data)
{
  BackstayWatcher *self = user_data;

  self->timeout_id = 0;
  look (self);

  return G_SOURCE_REMOVE;
}

/* Unless it looks already: then this comes afterwards. */
static void
schedule (BackstayWatcher *self,
          guint            delay)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);

  if (self->cancellable == NULL)
    self->timeout_id = g_timeout_add (delay, timeout_cb, self);
}

static void
emit_changed (BackstayWatcher *self,
              GPtrArray       *names)
{
  g_autoptr (BackstayWatcher) alive = g_object_ref (self);

  for (guint i = 0; i < names->len; i++)
    g_signal_emit (alive, signals[SIGNAL_CHANGED], 0, g_ptr_array_index (names, i));
}

static void
take_state (BackstayWatcher    *self,
            BackstayTableState *state,
            gboolean            was_announced)
{
  g_autoptr (BackstayTableState) before = g_steal_pointer (&self->state);
  g_autoptr (GPtrArray) names = NULL;
  gboolean missed = self->missed;

  self->state = state;
  self->n_errors = 0;
  self->watching = TRUE;
  self->missed = FALSE;

  if (before != NULL)
    {
      names = backstay_table_state_compare (state, before);

      if (names->len > 0 && g_ptr_array_index (names, 0) != NULL)
        self->trusting = was_announced;
    }
  else
    {
      names = g_ptr_array_new ();
    }

  if (missed && (names->len == 0 || g_ptr_array_index (names, 0) != NULL))
    g_ptr_array_insert (names, 0, NULL);

  schedule (self, get_delay (self));
  emit_changed (self, names);
}

static void
watched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  BackstayWatcher    *self = user_data; /* Dangling if cancelled. */
  BackstayTableState *state;
  gboolean            was_announced;
  g_autoptr (GError) error = NULL;

  state = backstay_repository_watch_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  self->looked_at = g_get_monotonic_time ();

  if (state != NULL)
    {
      /* One that came since it began may have been for what is seen the next time. */
      was_announced = self->announced;
      self->announced = self->again;
      take_state (self, state, was_announced);
      return;
    }

  g_debug ("Nothing was seen: %s", error->message);
  self->n_errors++;
  self->watching = FALSE;
  self->missed = TRUE;
  self->refused = g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_AUTH);

  if (!self->refused)
    schedule (self, get_delay (self));
}

static void
look (BackstayWatcher *self)
{
  self->again = FALSE;
  self->refused = FALSE;
  self->cancellable = g_cancellable_new ();

  backstay_repository_watch_async (self->repository, TRUE, self->state, self->cancellable, watched_cb, self);
}

/* What the table was like before anybody read it through the same connection. */
static void
began_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  BackstayWatcher    *self = user_data; /* Dangling if cancelled. */
  BackstayTableState *state;
  g_autoptr (GError) error = NULL;

  state = backstay_repository_watch_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  self->state = state;
  self->missed = state == NULL;
  look (self);
}

static void
notified_cb (BackstayWatcher *self)
{
  gint64 elapsed = (g_get_monotonic_time () - self->looked_at) / 1000;

  self->announced = TRUE;

  /* Those that follow wait for the same look. */
  if (!self->again)
    {
      self->again = TRUE;
      schedule (self, elapsed < GAP_MSEC ? (guint) (GAP_MSEC - elapsed) : 0);
    }
}

/* A connection that broke while nothing went on is made again soon. */
static void
state_changed_cb (BackstayWatcher *self)
{
  BackstayDbConnection *connection = backstay_repository_get_connection (self->repository);

  if (backstay_db_connection_get_state (connection) == BACKSTAY_DB_STATE_LOST &&
      self->n_errors == 0 && !self->refused)
    schedule (self, GAP_MSEC);
}

static void
backstay_watcher_dispose (GObject *object)
{
  BackstayWatcher *self = BACKSTAY_WATCHER (object);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->state, backstay_table_state_free);
  g_clear_object (&self->repository);

  G_OBJECT_CLASS (backstay_watcher_parent_class)->dispose (object);
}

static void
backstay_watcher_class_init (BackstayWatcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = backstay_watcher_dispose;

  /**
   * BackstayWatcher::changed:
   * @model_type: (nullable): the model type; %NULL where it may be any
   *
   * Emitted when something about a model type is not as it was, by whomever that was done.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
backstay_watcher_init (BackstayWatcher *self)
{
}

/**
 * backstay_watcher_new:
 * @config: the server
 * @identity: (nullable): who looks; %NULL is the login itself
 * @reader: (nullable): through what the table is going to be read
 *
 * Begins to watch. It ends with the last reference.
 *
 * What changed before @reader gets to read anything is not told. Without one, or where its connection
 * fails, the first look tells that something may have been missed.
 *
 * Returns: (transfer full): the watcher
 */
BackstayWatcher *
backstay_watcher_new (BackstayDbConfig   *config,
                      BackstayIdentity   *identity,
                      BackstayRepository *reader)
{
  BackstayWatcher *self;
  g_autoptr (BackstayDbConnection) connection = NULL;

  g_return_val_if_fail (BACKSTAY_IS_DB_CONFIG (config), NULL);
  g_return_val_if_fail (identity == NULL || BACKSTAY_IS_IDENTITY (identity), NULL);
  g_return_val_if_fail (reader == NULL || BACKSTAY_IS_REPOSITORY (reader), NULL);

  connection = backstay_db_connection_new (config);
  self = g_object_new (BACKSTAY_TYPE_WATCHER, NULL);
  self->repository = backstay_repository_new (connection, identity);
  g_signal_connect_object (connection, "notified", G_CALLBACK (notified_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "notify::state", G_CALLBACK (state_changed_cb), self,
                           G_CONNECT_SWAPPED);

  if (reader != NULL)
    {
      self->cancellable = g_cancellable_new ();
      backstay_repository_watch_async (reader, FALSE, NULL, self->cancellable, began_cb, self);
    }
  else
    {
      self->missed = TRUE;
      look (self);
    }

  return self;
}

/**
 * backstay_watcher_look:
 *
 * Looks now, also after errors.
 */
void
backstay_watcher_look (BackstayWatcher *self)
{
  g_return_if_fail (BACKSTAY_IS_WATCHER (self));

  if (self->cancellable != NULL)
    {
      self->again = TRUE;
      return;
    }

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  self->n_errors = 0;
  look (self);
}

/**
 * backstay_watcher_look_anew:
 *
 * Looks as soon as there is a server, and tells of a change whatever it sees: for a user who could not
 * read for a while.
 */
void
backstay_watcher_look_anew (BackstayWatcher *self)
{
  g_return_if_fail (BACKSTAY_IS_WATCHER (self));

  self->missed = TRUE;
  backstay_watcher_look (self);
}

/**
 * backstay_watcher_set_background:
 * @background: whether nobody waits for what it sees
 *
 * Makes it look less often; or at once, and more often again.
 */
void
backstay_watcher_set_background (BackstayWatcher *self,
                                 gboolean         background)
{
  g_return_if_fail (BACKSTAY_IS_WATCHER (self));

  if (self->background == !!background)
    return;

  self->background = background;

  if (!background && self->n_errors == 0)
    backstay_watcher_look (self);
}

/**
 * backstay_watcher_get_watching:
 *
 * Returns: whether it saw the table, and its last look succeeded
 */
gboolean
backstay_watcher_get_watching (BackstayWatcher *self)
{
  g_return_val_if_fail (BACKSTAY_IS_WATCHER (self), FALSE);

  return self->watching;
}

/**
 * backstay_watcher_get_listening:
 *
 * Returns: whether the server would tell it of changes, if a trigger does so
 */
gboolean
backstay_watcher_get_listening (BackstayWatcher *self)
{
  g_return_val_if_fail (BACKSTAY_IS_WATCHER (self), FALSE);

  return self->state != NULL && self->state->listening;
}

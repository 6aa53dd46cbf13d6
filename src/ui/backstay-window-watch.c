/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-window-watch"

#include "config.h"

#include "backstay-window-private.h"

#include "backstay-display-text.h"
#include "backstay-rollback-dialog.h"
#include "backstay-version-text.h"

#include <glib/gi18n-lib.h>

/* What others do on the server while the window is open. What only says how things are, such as the
 * sidebar, follows by itself; what the user is reading or doing stays, and is told. */

/* Not while the window waits for what the user asked for. */
#define POSTPONED_MSEC 250

struct _BackstayWindowWatch
{
  BackstayWindow  *window; /* Owns this. */
  BackstayWatcher *watcher;
  GCancellable    *cancellable;
  GHashTable      *own;       /* Ids of versions that this window put into the table. */
  GHashTable      *live;      /* By model type: what was live when the list was loaded last. */
  guint            update_id; /* Brings up to date what may be old. */
};

/* One model type whose active versions are asked for. */
typedef struct
{
  BackstayWindowWatch *watch; /* Dangling if cancelled. */
  char                *model_type;
} Question;

enum
{
  SIGNAL_LIVE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Alarms */

static char *
dup_live_key (BackstayModelType *type)
{
  BackstayVersion *live = backstay_model_type_get_live (type);

  return g_strdup_printf ("%s %u",
                          live != NULL ? backstay_version_get_id (live) : "",
                          backstay_model_type_get_n_active (type));
}

static void
raise_alarm (BackstayWindowWatch *watch,
             BackstayModelType   *type)
{
  BackstayVersion *live = backstay_model_type_get_live (type);
  g_autofree char *name = backstay_display_text (backstay_model_type_get_name (type));
  /* Translators: a model type's name. */
  g_autofree char *title = g_strdup_printf (_ ("%s has changed"), name);
  g_autofree char *warning = backstay_model_type_dup_warning (type);
  g_autofree char *version = NULL;
  g_autofree char *byline = NULL;
  g_autofree char *body = NULL;

  if (live == NULL)
    {
      body = g_steal_pointer (&warning);
    }
  else
    {
      version = backstay_display_text (backstay_version_get_name (live));
      byline = backstay_version_text_dup_byline (live);
      /* Translators: a version's name, and by whom it was made. */
      body = g_strdup_printf (_ ("%s is live now, %s."), version, byline);

      if (warning != NULL)
        {
          g_autofree char *sentence = g_steal_pointer (&body);

          body = g_strdup_printf ("%s %s", sentence, warning);
        }
    }

  g_signal_emit (watch->window, signals[SIGNAL_LIVE_CHANGED], 0,
                 backstay_model_type_get_name (type), title, body);
}

static gboolean
is_own (BackstayWindowWatch *watch,
        BackstayModelType   *type)
{
  BackstayVersion *live = backstay_model_type_get_live (type);

  return live != NULL && g_hash_table_contains (watch->own, backstay_version_get_id (live));
}

/* Whether the user is at this window, or at a dialog of it. */
static gboolean
is_active (BackstayWindow *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_is_active (window) &&
          (window == GTK_WINDOW (self) || gtk_window_get_transient_for (window) == GTK_WINDOW (self)))
        return TRUE;
    }

  return FALSE;
}

static void
types_loading_cb (BackstayWindowWatch *watch)
{
  BackstayTypeList *types = watch->window->types;
  gboolean          is_first = g_hash_table_size (watch->live) == 0;

  if (backstay_type_list_get_loading (types) || backstay_type_list_get_error (types) != NULL)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (types)); i++)
    {
      g_autoptr (BackstayModelType) type = g_list_model_get_item (G_LIST_MODEL (types), i);
      const char      *name = backstay_model_type_get_name (type);
      g_autofree char *key = dup_live_key (type);

      if (g_strcmp0 (key, g_hash_table_lookup (watch->live, name)) == 0)
        continue;

      g_hash_table_insert (watch->live, g_strdup (name), g_steal_pointer (&key));

      if (!is_first && !is_own (watch, type) && !is_active (watch->window))
        raise_alarm (watch, type);
    }
}

/* What is shown */

/* Of this session: one that was left can have a dialog until its change is done. */
static GPtrArray *
list_dialogs (BackstayWindow *self)
{
  GPtrArray  *dialogs = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (BACKSTAY_IS_ROLLBACK_DIALOG (window) &&
          gtk_window_get_transient_for (window) == GTK_WINDOW (self) &&
          backstay_rollback_dialog_get_repository (BACKSTAY_ROLLBACK_DIALOG (window)) == self->repository)
        g_ptr_array_add (dialogs, g_steal_pointer (&window));
    }

  return dialogs;
}

static gboolean
is_shown (BackstayWindow *self,
          const char     *model_type)
{
  BackstayModelType *type = backstay_sidebar_get_selected (self->sidebar);

  return type != NULL && g_str_equal (backstay_model_type_get_name (type), model_type);
}

static const char *
get_model_type (BackstayRollbackDialog *dialog)
{
  return backstay_version_get_model_type (backstay_rollback_dialog_get_target (dialog));
}

static void
tell_active (BackstayWindow *self,
             const char     *model_type,
             GPtrArray      *active)
{
  BackstayVersion *version = backstay_version_view_get_version (self->version_view);
  g_autoptr (GPtrArray) dialogs = list_dialogs (self);

  if (is_shown (self, model_type))
    backstay_history_view_look (self->history_view, active);

  if (version != NULL && g_str_equal (backstay_version_get_model_type (version), model_type))
    backstay_version_view_update_active (self->version_view, active);

  for (guint i = 0; i < dialogs->len; i++)
    {
      BackstayRollbackDialog *dialog = g_ptr_array_index (dialogs, i);

      if (g_str_equal (get_model_type (dialog), model_type))
        backstay_rollback_dialog_tell_active (dialog, active);
    }

  backstay_window_update_actions (self);
}

static void
question_free (Question *question)
{
  g_free (question->model_type);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

/* A failure needs no word of its own: the list of types is loaded on the same line. */
static void
active_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GPtrArray) active = NULL;
  g_autoptr (GError) error = NULL;

  active = backstay_repository_list_active_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (active != NULL)
    tell_active (question->watch->window, question->model_type, active);
}

static void
ask_active (BackstayWindowWatch *watch,
            const char          *model_type)
{
  Question *question = g_new0 (Question, 1);

  question->watch = watch;
  question->model_type = g_strdup (model_type);
  backstay_repository_list_active_async (watch->window->repository,
                                         model_type,
                                         watch->cancellable,
                                         active_cb,
                                         question);
}

static gboolean
is_busy (BackstayWindow *self)
{
  g_autoptr (GPtrArray) dialogs = list_dialogs (self);

  for (guint i = 0; i < dialogs->len; i++)
    {
      if (backstay_rollback_dialog_get_busy (g_ptr_array_index (dialogs, i)))
        return TRUE;
    }

  return backstay_window_get_busy (self);
}

/* A source of its own each time, as it is an idle first and a timeout then. */
static gboolean
update_cb (gpointer user_data)
{
  BackstayWindowWatch *watch = user_data;
  BackstayWindow      *self = watch->window;
  BackstayModelType   *type = backstay_sidebar_get_selected (self->sidebar);
  g_autoptr (GPtrArray) dialogs = NULL;

  watch->update_id = 0;

  if (is_busy (self))
    {
      watch->update_id = g_timeout_add (POSTPONED_MSEC, update_cb, watch);
      return G_SOURCE_REMOVE;
    }

  dialogs = list_dialogs (self);
  backstay_type_list_reload (self->types);
  backstay_recent_view_tell_changed (self->recent_view);

  if (type != NULL)
    ask_active (watch, backstay_model_type_get_name (type));

  /* Another type may have been selected since a dialog was opened. */
  for (guint i = 0; i < dialogs->len; i++)
    {
      const char *model_type = get_model_type (g_ptr_array_index (dialogs, i));

      if (!is_shown (self, model_type))
        ask_active (watch, model_type);
    }

  return G_SOURCE_REMOVE;
}

/* Comes once for each type. */
static void
changed_cb (BackstayWindowWatch *watch)
{
  if (watch->update_id == 0)
    watch->update_id = g_idle_add (update_cb, watch);
}

static void
window_active_cb (BackstayWindowWatch *watch)
{
  backstay_watcher_set_background (watch->watcher, !gtk_window_is_active (GTK_WINDOW (watch->window)));
}

/* The watcher finds out when there is a server again, for this connection as well. It need not wait where
 * the user connected. */
static void
connection_state_cb (BackstayWindowWatch *watch)
{
  BackstayDbState state = backstay_db_connection_get_state (watch->window->connection);

  if (state == BACKSTAY_DB_STATE_LOST)
    backstay_watcher_look_anew (watch->watcher);
  else if (state == BACKSTAY_DB_STATE_CONNECTED && !backstay_watcher_get_watching (watch->watcher))
    backstay_watcher_look (watch->watcher);
}

void
backstay_window_install_watch_signals (BackstayWindowClass *klass)
{
  /**
   * BackstayWindow::live-changed:
   * @model_type: the model type
   * @title: a title for the user
   * @body: what is live now, and by whom
   *
   * Emitted when somebody else changed what is live while the window was not active.
   */
  signals[SIGNAL_LIVE_CHANGED] =
    g_signal_new ("live-changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

/* As long as there is a list of types. */
void
backstay_window_start_watching (BackstayWindow *self)
{
  BackstayWindowWatch *watch = g_new0 (BackstayWindowWatch, 1);

  g_assert (self->watch == NULL);
  self->watch = watch;
  watch->window = self;
  watch->cancellable = g_cancellable_new ();
  watch->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  watch->live = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  watch->watcher = backstay_watcher_new (backstay_db_connection_get_config (self->connection),
                                         backstay_repository_get_identity (self->repository),
                                         self->repository);
  window_active_cb (watch);

  g_signal_connect_swapped (watch->watcher, "changed", G_CALLBACK (changed_cb), watch);
  g_signal_connect_swapped (self, "notify::is-active", G_CALLBACK (window_active_cb), watch);
  g_signal_connect_swapped (self->connection, "notify::state", G_CALLBACK (connection_state_cb), watch);
  g_signal_connect_swapped (self->types, "notify::loading", G_CALLBACK (types_loading_cb), watch);
}

void
backstay_window_stop_watching (BackstayWindow *self)
{
  BackstayWindowWatch *watch = g_steal_pointer (&self->watch);

  if (watch == NULL)
    return;

  g_signal_handlers_disconnect_by_data (watch->watcher, watch);
  g_signal_handlers_disconnect_by_data (self, watch);
  g_signal_handlers_disconnect_by_data (self->connection, watch);
  g_signal_handlers_disconnect_by_data (self->types, watch);
  g_clear_handle_id (&watch->update_id, g_source_remove);
  g_cancellable_cancel (watch->cancellable);
  g_object_unref (watch->cancellable);
  g_object_unref (watch->watcher);
  g_hash_table_unref (watch->own);
  g_hash_table_unref (watch->live);
  g_free (watch);
}

/* Whether what is shown is about to be brought up to date. */
gboolean
backstay_window_has_update (BackstayWindow *self)
{
  return self->watch != NULL && self->watch->update_id != 0;
}

/* No alarm for what was done here. */
void
backstay_window_note_own (BackstayWindow *self,
                          const char     *id)
{
  if (self->watch != NULL)
    g_hash_table_add (self->watch->own, g_strdup (id));
}

/**
 * backstay_window_get_watcher:
 *
 * Returns: (transfer none) (nullable): what tells of changes on the server; %NULL while nothing of
 *   it is shown
 */
BackstayWatcher *
backstay_window_get_watcher (BackstayWindow *self)
{
  g_return_val_if_fail (BACKSTAY_IS_WINDOW (self), NULL);

  return self->watch != NULL ? self->watch->watcher : NULL;
}

/**
 * backstay_window_show_type:
 * @model_type: a model type's name
 *
 * Brings the window to the front, with what is live of a model type if there still is such a type.
 */
void
backstay_window_show_type (BackstayWindow *self,
                           const char     *model_type)
{
  g_return_if_fail (BACKSTAY_IS_WINDOW (self));
  g_return_if_fail (model_type != NULL);

  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-type", "s", model_type);
}

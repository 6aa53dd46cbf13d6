/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-change-summaries"

#include "config.h"

#include "backstay-change-summaries.h"

#include "backstay-change-facts.h"
#include "backstay-display-text.h"
#include "backstay-repository-predecessors.h"
#include "backstay-timestamp.h"

#include <glib/gi18n-lib.h>

/* No screen shows more rows. */
#define MAX_IN_SIGHT 100

/* So many versions older than those in sight are asked for their hashes, to find one with the same
 * configuration. */
#define N_OTHERS 100

/**
 * BackstayChangeSummaries:
 *
 * What each version of a history changed against the one before it, for those in sight. Where the list
 * leaves versions out, the one before it is asked for first.
 *
 * At most one request or comparison is under way, and it is cancelled when nothing of it is in
 * sight any more. As versions are immutable, what was once found out stays true for as long as it is
 * kept, whatever list it was for.
 */
struct _BackstayChangeSummaries
{
  GObject parent_instance;

  BackstayRepository  *repository;
  BackstayHistoryList *list; /* %NULL while there is none. */
  BackstayChangeFacts *facts;
  GHashTable          *predecessors; /* Ids by those of versions, %NULL for the first; of a list with gaps. */
  guint                begin;        /* What is in sight. */
  guint                end;

  GCancellable *cancellable; /* Non-%NULL while something is under way. */
  guint         flight_begin;
  guint         flight_end;
  GPtrArray    *asked;  /* The ids whose texts are on their way; %NULL otherwise. */
  gboolean      failed; /* Until something else comes in sight. */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayChangeSummaries, backstay_change_summaries, G_TYPE_OBJECT)

static void update (BackstayChangeSummaries *self);

static const char *
get_id (BackstayChangeSummaries *self,
        guint                    position)
{
  BackstayVersion *version = backstay_history_list_peek (self->list, position);

  return version != NULL ? backstay_version_get_id (version) : NULL;
}

/* Whether it is known which version is before it, if any. */
static gboolean
is_placed (BackstayChangeSummaries *self,
           guint                    position)
{
  return !backstay_history_list_get_has_gaps (self->list) ||
         g_hash_table_contains (self->predecessors, get_id (self, position));
}

static const char *
get_before_id (BackstayChangeSummaries *self,
               guint                    position)
{
  if (backstay_history_list_get_has_gaps (self->list))
    return g_hash_table_lookup (self->predecessors, get_id (self, position));

  return get_id (self, position + 1);
}

/* Whether there is something to compare it with. */
static gboolean
has_before (BackstayChangeSummaries *self,
            guint                    position)
{
  return is_placed (self, position) && get_before_id (self, position) != NULL;
}

static BackstayChangeState
get_state (BackstayChangeSummaries *self,
           guint                    position)
{
  return backstay_change_facts_get_state (self->facts, get_before_id (self, position), get_id (self, position));
}

/* What is under way */

static void
end_flight (BackstayChangeSummaries *self)
{
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->asked, g_ptr_array_unref);
}

static void
cancel_flight (BackstayChangeSummaries *self)
{
  g_cancellable_cancel (self->cancellable);
  end_flight (self);
}

static void
begin_flight (BackstayChangeSummaries *self)
{
  self->cancellable = g_cancellable_new ();
  self->flight_begin = self->begin;
  self->flight_end = self->end;
}

static void
land (BackstayChangeSummaries *self)
{
  end_flight (self);
  update (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
compared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  BackstayChangeSummaries *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GPtrArray) pairs = backstay_brief_task_run_finish (result, NULL);

  if (pairs == NULL) /* Cancelled; nothing else goes wrong. */
    return;

  backstay_change_facts_take_briefs (self->facts, pairs);
  land (self);
}

static gboolean
compare (BackstayChangeSummaries *self)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) backstay_brief_pair_free);

  for (guint i = self->begin; i < self->end; i++)
    {
      if (has_before (self, i) && get_state (self, i) == BACKSTAY_CHANGE_NOT_COMPARED)
        g_ptr_array_add (pairs, backstay_change_facts_new_pair (self->facts, get_before_id (self, i), get_id (self, i)));
    }

  if (pairs->len == 0)
    return FALSE;

  begin_flight (self);
  backstay_brief_task_run_async (pairs, self->cancellable, compared_cb, self);

  return TRUE;
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BackstayChangeSummaries *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GPtrArray) fingerprints = NULL;
  g_autoptr (GError) error = NULL;

  fingerprints = backstay_repository_list_fingerprints_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (fingerprints != NULL)
    backstay_change_facts_take_fingerprints (self->facts, self->asked, fingerprints);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY)) /* It gave way, and is asked again. */
    self->failed = TRUE;

  land (self);
}

static GPtrArray *
list_others (BackstayChangeSummaries *self)
{
  GPtrArray *others = g_ptr_array_new ();

  for (guint i = self->end + 1; i <= self->end + N_OTHERS && get_id (self, i) != NULL; i++)
    {
      if (backstay_change_facts_find (self->facts, get_id (self, i)) == NULL)
        g_ptr_array_add (others, (gpointer) get_id (self, i));
    }

  return others;
}

static gboolean
request (BackstayChangeSummaries *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) others = NULL;

  for (guint i = self->begin; i < self->end; i++)
    {
      if (!has_before (self, i) || get_state (self, i) != BACKSTAY_CHANGE_UNKNOWN)
        continue;

      /* It may be there as the older one of the row before. */
      backstay_change_facts_add_wanted (self->facts, ids, get_id (self, i));
      backstay_change_facts_add_wanted (self->facts, ids, get_before_id (self, i));
    }

  if (ids->len == 0)
    return FALSE;

  begin_flight (self);
  others = list_others (self);
  self->asked = g_ptr_array_ref (ids);
  backstay_repository_list_fingerprints_async (self->repository, ids, others, self->cancellable,
                                               listed_cb, self);

  return TRUE;
}

static void
placed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BackstayChangeSummaries *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GHashTable) predecessors = NULL;
  g_autoptr (GError) error = NULL;

  predecessors = backstay_repository_list_predecessors_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->failed = predecessors == NULL;

  for (guint i = 0; predecessors != NULL && i < self->asked->len; i++)
    {
      const char *id = g_ptr_array_index (self->asked, i);

      if (!g_hash_table_contains (predecessors, id))
        backstay_change_facts_add_missing (self->facts, id);

      g_hash_table_insert (self->predecessors, g_strdup (id), g_strdup (g_hash_table_lookup (predecessors, id)));
    }

  land (self);
}

/* Asks which version is before each. */
static gboolean
place (BackstayChangeSummaries *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = self->begin; i < self->end; i++)
    {
      if (!is_placed (self, i))
        g_ptr_array_add (ids, g_strdup (get_id (self, i)));
    }

  if (ids->len == 0)
    return FALSE;

  begin_flight (self);
  self->asked = g_ptr_array_ref (ids);
  backstay_repository_list_predecessors_async (self->repository,
                                               backstay_history_list_get_model_type (self->list),
                                               ids, self->cancellable, placed_cb, self);

  return TRUE;
}

/* Whether something that is under way can still be seen. */
static gboolean
is_flight_in_sight (BackstayChangeSummaries *self)
{
  return self->flight_begin < self->end && self->begin < self->flight_end;
}

/* Does what has to be done next. */
static void
update (BackstayChangeSummaries *self)
{
  if (self->cancellable != NULL && is_flight_in_sight (self))
    return;

  cancel_flight (self);

  if (self->list != NULL && !self->failed && !place (self) && !compare (self))
    request (self);
}

/* A list that is loaded again may have other versions. */
static void
forget_places (BackstayChangeSummaries *self)
{
  backstay_change_facts_forget_missing (self->facts);
  g_hash_table_remove_all (self->predecessors);
}

static void
items_changed_cb (BackstayChangeSummaries *self,
                  guint                    position,
                  guint                    n_removed,
                  guint                    n_added)
{
  /* Places mean something else now; what is known of versions does not. */
  if (n_removed > 0)
    {
      cancel_flight (self);
      forget_places (self);
    }

  self->failed = FALSE;
  self->end = MIN (self->end, g_list_model_get_n_items (G_LIST_MODEL (self->list)));
  self->begin = MIN (self->begin, self->end);
  update (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
backstay_change_summaries_dispose (GObject *object)
{
  BackstayChangeSummaries *self = BACKSTAY_CHANGE_SUMMARIES (object);

  backstay_change_summaries_set_list (self, NULL);
  g_clear_object (&self->repository);

  G_OBJECT_CLASS (backstay_change_summaries_parent_class)->dispose (object);
}

static void
backstay_change_summaries_finalize (GObject *object)
{
  BackstayChangeSummaries *self = BACKSTAY_CHANGE_SUMMARIES (object);

  backstay_change_facts_free (self->facts);
  g_hash_table_unref (self->predecessors);

  G_OBJECT_CLASS (backstay_change_summaries_parent_class)->finalize (object);
}

static void
backstay_change_summaries_class_init (BackstayChangeSummariesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = backstay_change_summaries_dispose;
  object_class->finalize = backstay_change_summaries_finalize;

  /**
   * BackstayChangeSummaries::changed:
   *
   * Emitted when the texts of versions in sight may be others.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
backstay_change_summaries_init (BackstayChangeSummaries *self)
{
  self->facts = backstay_change_facts_new ();
  self->predecessors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * backstay_change_summaries_new:
 * @repository: where to load from
 *
 * Returns: (transfer full): summaries of no list yet
 */
BackstayChangeSummaries *
backstay_change_summaries_new (BackstayRepository *repository)
{
  BackstayChangeSummaries *self;

  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (repository), NULL);

  self = g_object_new (BACKSTAY_TYPE_CHANGE_SUMMARIES, NULL);
  self->repository = g_object_ref (repository);

  return self;
}

/**
 * backstay_change_summaries_get_repository:
 *
 * Returns: (transfer none): where they are loaded from
 */
BackstayRepository *
backstay_change_summaries_get_repository (BackstayChangeSummaries *self)
{
  g_return_val_if_fail (BACKSTAY_IS_CHANGE_SUMMARIES (self), NULL);

  return self->repository;
}

/**
 * backstay_change_summaries_set_list:
 * @list: (nullable): the history
 *
 * Sets whose summaries to give. Nothing is in sight at first.
 */
void
backstay_change_summaries_set_list (BackstayChangeSummaries *self,
                                    BackstayHistoryList     *list)
{
  g_return_if_fail (BACKSTAY_IS_CHANGE_SUMMARIES (self));
  g_return_if_fail (list == NULL || BACKSTAY_IS_HISTORY_LIST (list));

  cancel_flight (self);
  forget_places (self);
  self->begin = self->end = 0;
  self->failed = FALSE;

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (self->list, items_changed_cb, self);

  if (g_set_object (&self->list, list) && list != NULL)
    g_signal_connect_object (list, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * backstay_change_summaries_set_in_sight:
 * @position: the first item in sight
 * @n_items: how many are; 0 for none
 *
 * Sets which versions are worth the work. What was asked for others is cancelled; what failed is tried
 * again when something else comes in sight.
 */
void
backstay_change_summaries_set_in_sight (BackstayChangeSummaries *self,
                                        guint                    position,
                                        guint                    n_items)
{
  guint n = 0;

  g_return_if_fail (BACKSTAY_IS_CHANGE_SUMMARIES (self));

  if (self->list != NULL)
    n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  position = MIN (position, n);
  n_items = MIN (MIN (n_items, MAX_IN_SIGHT), n - position);

  if (self->begin == position && self->end == position + n_items)
    return;

  self->begin = position;
  self->end = position + n_items;
  self->failed = FALSE;
  update (self);
}

/* The nearest older version with the same configuration, as far as that is known. */
static BackstayVersion *
find_same (BackstayChangeSummaries *self,
           guint                    position)
{
  for (guint i = position + 1; i <= position + MAX_IN_SIGHT + N_OTHERS && get_id (self, i) != NULL; i++)
    {
      if (backstay_change_facts_is_same (self->facts, get_id (self, position), get_id (self, i)))
        return backstay_history_list_peek (self->list, i);
    }

  return NULL;
}

/* With nothing before it, and not only nothing that has been loaded. */
static gboolean
is_first (BackstayChangeSummaries *self)
{
  return backstay_history_list_get_has_gaps (self->list) || backstay_history_list_get_at_end (self->list);
}

/* What changed against the one before it, but for the same configuration. */
static char *
dup_brief (BackstayChangeSummaries *self,
           guint                    position)
{
  if (backstay_change_facts_is_missing (self->facts, get_id (self, position)))
    return g_strdup (_ ("could not be compared: not in the table any more"));

  if (!is_placed (self, position))
    return self->failed ? g_strdup (_ ("could not be compared: the server gave no answer")) : NULL;

  if (!has_before (self, position))
    return is_first (self) ? g_strdup (_ ("first version")) : NULL;

  switch (get_state (self, position))
    {
    case BACKSTAY_CHANGE_COMPARED:
      return g_strdup (backstay_change_facts_get_brief (self->facts, get_before_id (self, position),
                                                        get_id (self, position)));

    case BACKSTAY_CHANGE_LARGE:
      return g_strdup (_ ("large: open Changes to compare"));

    case BACKSTAY_CHANGE_MISSING:
      return g_strdup (_ ("could not be compared: not in the table any more"));

    case BACKSTAY_CHANGE_UNKNOWN:
    case BACKSTAY_CHANGE_NOT_COMPARED:
      return self->failed ? g_strdup (_ ("could not be compared: the server gave no answer")) : NULL;

    case BACKSTAY_CHANGE_SAME:
    default:
      return NULL;
    }
}

/**
 * backstay_change_summaries_dup_text:
 * @position: an item of the list
 *
 * Says what a version changed against the one before it in its model type's history, "2 changed, 1
 * added: guidance_scale 7.5 → 99", and which older version it is the same as, if one of the nearer ones
 * in the list is.
 *
 * Returns: (transfer full) (nullable): text for a label; %NULL while it is not known
 */
char *
backstay_change_summaries_dup_text (BackstayChangeSummaries *self,
                                    guint                    position)
{
  BackstayVersion *same;
  g_autofree char *brief = NULL;
  g_autofree char *name = NULL;
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (BACKSTAY_IS_CHANGE_SUMMARIES (self), NULL);

  if (self->list == NULL || get_id (self, position) == NULL)
    return NULL;

  brief = dup_brief (self, position);
  if (brief == NULL &&
      (!has_before (self, position) || get_state (self, position) != BACKSTAY_CHANGE_SAME))
    return NULL;

  if ((same = find_same (self, position)) == NULL)
    return g_steal_pointer (&brief);

  name = backstay_display_text (backstay_version_get_name (same));
  when = backstay_timestamp_dup_short (backstay_version_get_created_at (same));
  /* Translators: an older version with the same configuration: its name, and its date. */
  text = g_strdup_printf (_ ("same as %s of %s"), name, when);

  /* Translators: that it is the same as an older version, and what changed against the last one. */
  return brief == NULL ? g_steal_pointer (&text) : g_strdup_printf (_ ("%s; %s"), text, brief);
}

/**
 * backstay_change_summaries_get_loading:
 *
 * Returns: whether something is under way
 */
gboolean
backstay_change_summaries_get_loading (BackstayChangeSummaries *self)
{
  g_return_val_if_fail (BACKSTAY_IS_CHANGE_SUMMARIES (self), FALSE);

  return self->cancellable != NULL;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-change-summaries"

#include "config.h"

#include "backstay-change-summaries.h"

#include "backstay-brief-task.h"
#include "backstay-display-text.h"
#include "backstay-lru.h"
#include "backstay-timestamp.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* No screen shows more rows. */
#define MAX_IN_SIGHT 100

/* So many versions older than those in sight are asked for their hashes, to find one with the same
 * configuration. */
#define N_OTHERS 100

/* What is kept: texts and hashes by their bytes, summaries by their number. */
#define MAX_BYTES (8 * 1024 * 1024)
#define FINGERPRINT_BYTES 256
#define MAX_BRIEFS 4096

/**
 * BackstayChangeSummaries:
 *
 * What each version of a history changed against the one before it, for those in sight.
 *
 * At most one request or comparison is under way, and it is cancelled when nothing of it is in
 * sight any more. As versions are immutable, what was once found out stays true for as long as it is
 * kept, whatever list it was for.
 */
struct _BackstayChangeSummaries
{
  GObject parent_instance;

  BackstayRepository  *repository;
  BackstayHistoryList *list;         /* %NULL while there is none. */
  BackstayLru         *fingerprints; /* Of BackstayFingerprint, by the version's id. */
  BackstayLru         *briefs;       /* Of strings, by the ids of both versions. */
  GHashTable          *missing;      /* The ids of versions that the server did not give. */
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

static char *
dup_key (BackstayChangeSummaries *self,
         guint                    position)
{
  return g_strconcat (get_id (self, position), " ", get_id (self, position + 1), NULL);
}

static BackstayFingerprint *
find_fingerprint (BackstayChangeSummaries *self,
                  guint                    position)
{
  const char *id = get_id (self, position);

  return id != NULL ? backstay_lru_lookup (self->fingerprints, id) : NULL;
}

static gboolean
is_missing (BackstayChangeSummaries *self,
            guint                    position)
{
  return g_hash_table_contains (self->missing, get_id (self, position));
}

static gboolean
is_same (const BackstayFingerprint *a,
         const BackstayFingerprint *b)
{
  return a->hash != NULL && b->hash != NULL && strcmp (a->hash, b->hash) == 0;
}

/* What is known about a version and the one before it */

typedef enum
{
  STATE_NO_PREDECESSOR, /* Or it has not been loaded. */
  STATE_UNKNOWN,        /* A text is needed. */
  STATE_NOT_COMPARED,   /* Both texts are there. */
  STATE_COMPARED,
  STATE_SAME,
  STATE_LARGE,
  STATE_MISSING,
} State;

static State
get_state (BackstayChangeSummaries *self,
           guint                    position)
{
  const BackstayFingerprint *after;
  const BackstayFingerprint *before;
  g_autofree char           *key = NULL;

  if (get_id (self, position + 1) == NULL)
    return STATE_NO_PREDECESSOR;

  if (is_missing (self, position) || is_missing (self, position + 1))
    return STATE_MISSING;

  after = find_fingerprint (self, position);
  before = find_fingerprint (self, position + 1);

  if (after != NULL && before != NULL && is_same (after, before))
    return STATE_SAME;

  key = dup_key (self, position);
  if (backstay_lru_lookup (self->briefs, key) != NULL)
    return STATE_COMPARED;

  if ((after != NULL && after->is_large) || (before != NULL && before->is_large))
    return STATE_LARGE;

  if (after != NULL && before != NULL && after->text != NULL && before->text != NULL)
    return STATE_NOT_COMPARED;

  return STATE_UNKNOWN;
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

  for (guint i = 0; i < pairs->len; i++)
    {
      BackstayBriefPair *pair = g_ptr_array_index (pairs, i);

      backstay_lru_take (self->briefs, pair->key, g_steal_pointer (&pair->brief), 1);
    }

  land (self);
}

static gboolean
compare (BackstayChangeSummaries *self)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) backstay_brief_pair_free);

  for (guint i = self->begin; i < self->end; i++)
    {
      g_autofree char *key = NULL;

      if (get_state (self, i) != STATE_NOT_COMPARED)
        continue;

      key = dup_key (self, i);
      g_ptr_array_add (pairs, backstay_brief_pair_new (key,
                                                       find_fingerprint (self, i + 1)->text,
                                                       find_fingerprint (self, i)->text));
    }

  if (pairs->len == 0)
    return FALSE;

  begin_flight (self);
  backstay_brief_task_run_async (pairs, self->cancellable, compared_cb, self);

  return TRUE;
}

static void
take_fingerprints (BackstayChangeSummaries *self,
                   GPtrArray               *fingerprints)
{
  g_autoptr (GHashTable) given = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < fingerprints->len; i++)
    g_hash_table_add (given, ((BackstayFingerprint *) g_ptr_array_index (fingerprints, i))->id);

  for (guint i = 0; i < self->asked->len; i++)
    {
      const char *id = g_ptr_array_index (self->asked, i);

      if (!g_hash_table_contains (given, id))
        g_hash_table_add (self->missing, g_strdup (id));
    }

  g_ptr_array_set_free_func (fingerprints, NULL);
  for (guint i = 0; i < fingerprints->len; i++)
    {
      BackstayFingerprint *fingerprint = g_ptr_array_index (fingerprints, i);
      gsize                size = fingerprint->text != NULL ? g_bytes_get_size (fingerprint->text) : 0;

      backstay_lru_take (self->fingerprints, fingerprint->id, fingerprint, size + FINGERPRINT_BYTES);
    }
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
    take_fingerprints (self, fingerprints);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY)) /* It gave way, and is asked again. */
    self->failed = TRUE;

  land (self);
}

static void
add_wanted (BackstayChangeSummaries *self,
            GPtrArray               *ids,
            guint                    position)
{
  const BackstayFingerprint *known = find_fingerprint (self, position);
  const char                *id = get_id (self, position);

  if (known != NULL && (known->text != NULL || known->is_large))
    return;

  /* It may be there as the older one of the row before. */
  if (ids->len == 0 || strcmp (g_ptr_array_index (ids, ids->len - 1), id) != 0)
    g_ptr_array_add (ids, g_strdup (id));
}

static GPtrArray *
list_others (BackstayChangeSummaries *self)
{
  GPtrArray *others = g_ptr_array_new ();

  for (guint i = self->end + 1; i <= self->end + N_OTHERS && get_id (self, i) != NULL; i++)
    {
      if (find_fingerprint (self, i) == NULL)
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
      if (get_state (self, i) != STATE_UNKNOWN)
        continue;

      add_wanted (self, ids, i);
      add_wanted (self, ids, i + 1);
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

  if (self->list != NULL && !self->failed && !compare (self))
    request (self);
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
      g_hash_table_remove_all (self->missing);
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

  backstay_lru_free (self->fingerprints);
  backstay_lru_free (self->briefs);
  g_hash_table_unref (self->missing);

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
  self->fingerprints = backstay_lru_new (MAX_BYTES, (GDestroyNotify) backstay_fingerprint_free);
  self->briefs = backstay_lru_new (MAX_BRIEFS, g_free);
  self->missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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
  g_hash_table_remove_all (self->missing);
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
  const BackstayFingerprint *fingerprint = find_fingerprint (self, position);

  if (fingerprint == NULL || fingerprint->hash == NULL)
    return NULL;

  for (guint i = position + 1; i <= position + MAX_IN_SIGHT + N_OTHERS && get_id (self, i) != NULL; i++)
    {
      const BackstayFingerprint *other = find_fingerprint (self, i);

      if (other != NULL && is_same (fingerprint, other))
        return backstay_history_list_peek (self->list, i);
    }

  return NULL;
}

/* What changed against the one before it, but for the same configuration. */
static char *
dup_brief (BackstayChangeSummaries *self,
           guint                    position)
{
  g_autofree char *key = NULL;

  switch (get_state (self, position))
    {
    case STATE_COMPARED:
      key = dup_key (self, position);
      return g_strdup (backstay_lru_lookup (self->briefs, key));

    case STATE_LARGE:
      return g_strdup (_ ("large: open Changes to compare"));

    case STATE_MISSING:
      return g_strdup (_ ("could not be compared: not in the table any more"));

    case STATE_NO_PREDECESSOR:
      return backstay_history_list_get_at_end (self->list) ? g_strdup (_ ("first version")) : NULL;

    case STATE_UNKNOWN:
    case STATE_NOT_COMPARED:
      return self->failed ? g_strdup (_ ("could not be compared: the server gave no answer")) : NULL;

    case STATE_SAME:
    default:
      return NULL;
    }
}

/**
 * backstay_change_summaries_dup_text:
 * @position: an item of the list
 *
 * Says what a version changed against the next one in the list, which is the one before it in time:
 * "2 changed, 1 added: guidance_scale 7.5 → 99", and which older version it is the same as, if
 * one of the nearer ones is.
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
  if (brief == NULL && get_state (self, position) != STATE_SAME)
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

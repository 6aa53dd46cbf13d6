/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-change-facts"

#include "config.h"

#include "backstay-change-facts.h"

#include "backstay-lru.h"

#include <string.h>

/* What is kept: texts and hashes by their bytes, briefs by their number. */
#define MAX_BYTES (8 * 1024 * 1024)
#define FINGERPRINT_BYTES 256
#define MAX_BRIEFS 4096

struct _BackstayChangeFacts
{
  BackstayLru *fingerprints; /* Of BackstayFingerprint, by the version's id. */
  BackstayLru *briefs;       /* Of strings, by the ids of both versions. */
  GHashTable  *missing;      /* The ids of versions that the server did not give. */
};

/**
 * backstay_change_facts_new:
 *
 * Returns: (transfer full): nothing yet
 */
BackstayChangeFacts *
backstay_change_facts_new (void)
{
  BackstayChangeFacts *self = g_new0 (BackstayChangeFacts, 1);

  self->fingerprints = backstay_lru_new (MAX_BYTES, (GDestroyNotify) backstay_fingerprint_free);
  self->briefs = backstay_lru_new (MAX_BRIEFS, g_free);
  self->missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

/**
 * backstay_change_facts_free:
 *
 * Frees it.
 */
void
backstay_change_facts_free (BackstayChangeFacts *self)
{
  g_return_if_fail (self != NULL);

  backstay_lru_free (self->fingerprints);
  backstay_lru_free (self->briefs);
  g_hash_table_unref (self->missing);
  g_free (self);
}

static char *
dup_key (const char *before_id,
         const char *after_id)
{
  return g_strconcat (after_id, " ", before_id, NULL);
}

static gboolean
is_same (const BackstayFingerprint *a,
         const BackstayFingerprint *b)
{
  return a != NULL && b != NULL && a->hash != NULL && b->hash != NULL && strcmp (a->hash, b->hash) == 0;
}

/**
 * backstay_change_facts_get_state:
 * @before_id: a version's uuid
 * @after_id: another version's uuid
 *
 * Returns: what is known of the difference
 */
BackstayChangeState
backstay_change_facts_get_state (BackstayChangeFacts *self,
                                 const char          *before_id,
                                 const char          *after_id)
{
  const BackstayFingerprint *before;
  const BackstayFingerprint *after;

  g_return_val_if_fail (self != NULL && before_id != NULL && after_id != NULL, BACKSTAY_CHANGE_UNKNOWN);

  if (backstay_change_facts_is_missing (self, before_id) || backstay_change_facts_is_missing (self, after_id))
    return BACKSTAY_CHANGE_MISSING;

  before = backstay_change_facts_find (self, before_id);
  after = backstay_change_facts_find (self, after_id);

  if (is_same (before, after))
    return BACKSTAY_CHANGE_SAME;

  if (backstay_change_facts_get_brief (self, before_id, after_id) != NULL)
    return BACKSTAY_CHANGE_COMPARED;

  if ((after != NULL && after->is_large) || (before != NULL && before->is_large))
    return BACKSTAY_CHANGE_LARGE;

  if (after != NULL && before != NULL && after->text != NULL && before->text != NULL)
    return BACKSTAY_CHANGE_NOT_COMPARED;

  return BACKSTAY_CHANGE_UNKNOWN;
}

/**
 * backstay_change_facts_find:
 * @id: a version's uuid
 *
 * Returns: (transfer none) (nullable): what is known of its configuration, until something is taken
 */
const BackstayFingerprint *
backstay_change_facts_find (BackstayChangeFacts *self,
                            const char          *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  return backstay_lru_lookup (self->fingerprints, id);
}

/**
 * backstay_change_facts_is_same:
 * @id: a version's uuid
 * @other_id: another version's uuid
 *
 * Returns: whether both are known to have the same configuration
 */
gboolean
backstay_change_facts_is_same (BackstayChangeFacts *self,
                               const char          *id,
                               const char          *other_id)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return is_same (backstay_change_facts_find (self, id), backstay_change_facts_find (self, other_id));
}

/**
 * backstay_change_facts_get_brief:
 * @before_id: a version's uuid
 * @after_id: another version's uuid
 *
 * Returns: (transfer none) (nullable): what differs, until something is taken
 */
const char *
backstay_change_facts_get_brief (BackstayChangeFacts *self,
                                 const char          *before_id,
                                 const char          *after_id)
{
  g_autofree char *key = dup_key (before_id, after_id);

  g_return_val_if_fail (self != NULL, NULL);

  return backstay_lru_lookup (self->briefs, key);
}

/**
 * backstay_change_facts_new_pair:
 * @before_id: a version's uuid
 * @after_id: another version's uuid; the state is %BACKSTAY_CHANGE_NOT_COMPARED
 *
 * Returns: (transfer full): what has to be compared
 */
BackstayBriefPair *
backstay_change_facts_new_pair (BackstayChangeFacts *self,
                                const char          *before_id,
                                const char          *after_id)
{
  g_autofree char *key = dup_key (before_id, after_id);

  g_return_val_if_fail (self != NULL, NULL);

  return backstay_brief_pair_new (key,
                                  backstay_change_facts_find (self, before_id)->text,
                                  backstay_change_facts_find (self, after_id)->text);
}

/**
 * backstay_change_facts_take_briefs:
 * @pairs: (element-type BackstayBriefPair): what was compared; it gives up what was found
 *
 * Remembers what differs.
 */
void
backstay_change_facts_take_briefs (BackstayChangeFacts *self,
                                   GPtrArray           *pairs)
{
  g_return_if_fail (self != NULL && pairs != NULL);

  for (guint i = 0; i < pairs->len; i++)
    {
      BackstayBriefPair *pair = g_ptr_array_index (pairs, i);

      backstay_lru_take (self->briefs, pair->key, g_steal_pointer (&pair->brief), 1);
    }
}

/**
 * backstay_change_facts_add_wanted:
 * @ids: (element-type utf8): uuids that it is added to
 * @id: a version's uuid
 *
 * Adds a version whose text is needed, unless it is known or the last one there already.
 */
void
backstay_change_facts_add_wanted (BackstayChangeFacts *self,
                                  GPtrArray           *ids,
                                  const char          *id)
{
  const BackstayFingerprint *known;

  g_return_if_fail (self != NULL && ids != NULL && id != NULL);

  known = backstay_change_facts_find (self, id);
  if (known != NULL && (known->text != NULL || known->is_large))
    return;

  if (ids->len == 0 || strcmp (g_ptr_array_index (ids, ids->len - 1), id) != 0)
    g_ptr_array_add (ids, g_strdup (id));
}

/**
 * backstay_change_facts_take_fingerprints:
 * @asked: (element-type utf8): the uuids of the versions that were asked for
 * @fingerprints: (element-type BackstayFingerprint): what came; it gives them up
 *
 * Remembers what the server gave, and what it did not.
 */
void
backstay_change_facts_take_fingerprints (BackstayChangeFacts *self,
                                         GPtrArray           *asked,
                                         GPtrArray           *fingerprints)
{
  g_autoptr (GHashTable) given = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_if_fail (self != NULL && asked != NULL && fingerprints != NULL);

  for (guint i = 0; i < fingerprints->len; i++)
    g_hash_table_add (given, ((BackstayFingerprint *) g_ptr_array_index (fingerprints, i))->id);

  for (guint i = 0; i < asked->len; i++)
    {
      if (!g_hash_table_contains (given, g_ptr_array_index (asked, i)))
        backstay_change_facts_add_missing (self, g_ptr_array_index (asked, i));
    }

  g_ptr_array_set_free_func (fingerprints, NULL);
  for (guint i = 0; i < fingerprints->len; i++)
    {
      BackstayFingerprint *fingerprint = g_ptr_array_index (fingerprints, i);
      gsize                size = fingerprint->text != NULL ? g_bytes_get_size (fingerprint->text) : 0;

      backstay_lru_take (self->fingerprints, fingerprint->id, fingerprint, size + FINGERPRINT_BYTES);
    }
}

/**
 * backstay_change_facts_add_missing:
 * @id: a version's uuid
 *
 * Remembers that a version is not there any more.
 */
void
backstay_change_facts_add_missing (BackstayChangeFacts *self,
                                   const char          *id)
{
  g_return_if_fail (self != NULL && id != NULL);

  g_hash_table_add (self->missing, g_strdup (id));
}

/**
 * backstay_change_facts_is_missing:
 * @id: a version's uuid
 *
 * Returns: whether it was not there when it was asked for
 */
gboolean
backstay_change_facts_is_missing (BackstayChangeFacts *self,
                                  const char          *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, FALSE);

  return g_hash_table_contains (self->missing, id);
}

/**
 * backstay_change_facts_forget_missing:
 *
 * Lets versions that were not there be asked for again.
 */
void
backstay_change_facts_forget_missing (BackstayChangeFacts *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_remove_all (self->missing);
}

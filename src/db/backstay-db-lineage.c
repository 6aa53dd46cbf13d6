/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-db-lineage"

#include "config.h"

#include "backstay-db-lineage.h"

/**
 * BackstayDbLineage:
 *
 * Which copy of a database was seen through the connections of one configuration, to notice when an
 * older one answers: a primary that came back after another server took over, a standby that took over
 * before it had everything, a backup. PostgreSQL counts takeovers as timelines; where a login may not
 * know them, the newest version that was seen tells.
 *
 * All of it may be called in any thread.
 */
struct _BackstayDbLineage
{
  GObject parent_instance;

  GMutex          mutex; /* Protects what follows. */
  char           *system_identifier;
  guint           timeline;
  char           *newest_id;
  char           *newest_name;
  char           *newest_created_at;
  BackstayDbDoubt doubt;
  gboolean        hidden;
};

enum
{
  SIGNAL_DOUBT_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayDbLineage, backstay_db_lineage, G_TYPE_OBJECT)

static void
forget (BackstayDbLineage *self)
{
  g_clear_pointer (&self->system_identifier, g_free);
  self->timeline = 0;
  g_clear_pointer (&self->newest_id, g_free);
  g_clear_pointer (&self->newest_name, g_free);
  g_clear_pointer (&self->newest_created_at, g_free);
}

static void
backstay_db_lineage_finalize (GObject *object)
{
  BackstayDbLineage *self = BACKSTAY_DB_LINEAGE (object);

  forget (self);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (backstay_db_lineage_parent_class)->finalize (object);
}

static void
backstay_db_lineage_class_init (BackstayDbLineageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = backstay_db_lineage_finalize;

  /**
   * BackstayDbLineage::doubt-changed:
   *
   * Emitted in the main thread when there is another doubt, or none any more.
   */
  signals[SIGNAL_DOUBT_CHANGED] =
    g_signal_new ("doubt-changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
backstay_db_lineage_init (BackstayDbLineage *self)
{
  g_mutex_init (&self->mutex);
  self->hidden = TRUE;
}

/**
 * backstay_db_lineage_new:
 *
 * Returns: (transfer full): a lineage of which nothing was seen yet
 */
BackstayDbLineage *
backstay_db_lineage_new (void)
{
  return g_object_new (BACKSTAY_TYPE_DB_LINEAGE, NULL);
}

static gboolean
emit_cb (gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_DOUBT_CHANGED], 0);

  return G_SOURCE_REMOVE;
}

static void
set_doubt (BackstayDbLineage *self,
           BackstayDbDoubt    doubt)
{
  if (self->doubt == doubt)
    return;

  self->doubt = doubt;
  g_idle_add_full (G_PRIORITY_DEFAULT, emit_cb, g_object_ref (self), g_object_unref);
}

/* Something newer may have been seen while the server answered. */
static gboolean
is_newest (BackstayDbLineage *self,
           const char        *id)
{
  return g_strcmp0 (self->newest_id, id) == 0;
}

/* Under the mutex. Where both sides know their line and it is the same, a version that is gone was
 * deleted, unless nobody can tell whether it is the same server that answers. */
static BackstayDbDoubt
compare (BackstayDbLineage    *self,
         const BackstayDbLook *look)
{
  gboolean same_line = FALSE;

  if (self->system_identifier != NULL && look->system_identifier != NULL)
    {
      if (!g_str_equal (self->system_identifier, look->system_identifier))
        return BACKSTAY_DB_DOUBT_OTHER;

      if (look->timeline != 0 && look->timeline < self->timeline)
        return BACKSTAY_DB_DOUBT_OLDER;

      same_line = look->timeline == self->timeline && look->timeline != 0;
    }

  /* Who sees no version at all may not see any. */
  if (look->lacks_asked && look->newest_id != NULL && is_newest (self, look->asked_id) &&
      (!same_line || look->may_have_moved))
    return BACKSTAY_DB_DOUBT_LACKING;

  return BACKSTAY_DB_DOUBT_NONE;
}

/**
 * backstay_db_lineage_compare:
 * @look: what a server is now
 *
 * Returns: whether it may lack something that was seen, and why
 */
BackstayDbDoubt
backstay_db_lineage_compare (BackstayDbLineage    *self,
                             const BackstayDbLook *look)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (BACKSTAY_IS_DB_LINEAGE (self), BACKSTAY_DB_DOUBT_NONE);
  g_return_val_if_fail (look != NULL, BACKSTAY_DB_DOUBT_NONE);

  locker = g_mutex_locker_new (&self->mutex);

  return compare (self, look);
}

static void
set_newest (BackstayDbLineage *self,
            const char        *id,
            const char        *name,
            const char        *created_at)
{
  g_free (self->newest_id);
  self->newest_id = g_strdup (id);
  g_free (self->newest_name);
  self->newest_name = g_strdup (name);
  g_free (self->newest_created_at);
  self->newest_created_at = g_strdup (created_at);
}

/**
 * backstay_db_lineage_take:
 * @look: what a server is now
 *
 * Remembers what was seen; or where it may lack something that was seen before, that it may.
 *
 * Returns: that
 */
BackstayDbDoubt
backstay_db_lineage_take (BackstayDbLineage    *self,
                          const BackstayDbLook *look)
{
  g_autoptr (GMutexLocker) locker = NULL;
  BackstayDbDoubt doubt;

  g_return_val_if_fail (BACKSTAY_IS_DB_LINEAGE (self), BACKSTAY_DB_DOUBT_NONE);
  g_return_val_if_fail (look != NULL, BACKSTAY_DB_DOUBT_NONE);

  locker = g_mutex_locker_new (&self->mutex);
  doubt = compare (self, look);

  if (doubt != BACKSTAY_DB_DOUBT_NONE)
    {
      set_doubt (self, doubt);
      return doubt;
    }

  if (self->doubt != BACKSTAY_DB_DOUBT_NONE)
    return doubt; /* Another connection's, whose server may be another one. */

  if (look->system_identifier != NULL)
    {
      g_free (self->system_identifier);
      self->system_identifier = g_strdup (look->system_identifier);
      self->timeline = MAX (self->timeline, look->timeline);
    }

  if (look->newest_id != NULL && is_newest (self, look->asked_id))
    set_newest (self, look->newest_id, look->newest_name, look->newest_created_at);

  return doubt;
}

/**
 * backstay_db_lineage_note_version:
 * @id: a version's uuid
 * @name: (nullable): its name
 *
 * Remembers a version that was put into the table just now, as the newest.
 */
void
backstay_db_lineage_note_version (BackstayDbLineage *self,
                                  const char        *id,
                                  const char        *name)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (BACKSTAY_IS_DB_LINEAGE (self));
  g_return_if_fail (id != NULL);

  locker = g_mutex_locker_new (&self->mutex);
  set_newest (self, id, name, NULL);
}

/**
 * backstay_db_lineage_set_doubt:
 * @doubt: the doubt
 *
 * Says what is to be told of the server, until that is accepted or found not to be so.
 */
void
backstay_db_lineage_set_doubt (BackstayDbLineage *self,
                               BackstayDbDoubt    doubt)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (BACKSTAY_IS_DB_LINEAGE (self));

  locker = g_mutex_locker_new (&self->mutex);
  set_doubt (self, doubt);
}

/**
 * backstay_db_lineage_accept:
 *
 * Forgets what was seen: what is there now is what the user wants to go on with.
 */
void
backstay_db_lineage_accept (BackstayDbLineage *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (BACKSTAY_IS_DB_LINEAGE (self));

  locker = g_mutex_locker_new (&self->mutex);
  forget (self);
  set_doubt (self, BACKSTAY_DB_DOUBT_NONE);
}

/**
 * backstay_db_lineage_get_doubt:
 *
 * Returns: why the server may not have what was seen
 */
BackstayDbDoubt
backstay_db_lineage_get_doubt (BackstayDbLineage *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (BACKSTAY_IS_DB_LINEAGE (self), BACKSTAY_DB_DOUBT_NONE);

  locker = g_mutex_locker_new (&self->mutex);

  return self->doubt;
}

/**
 * backstay_db_lineage_dup_newest:
 * @name: (out) (optional) (nullable): its name
 * @created_at: (out) (optional) (nullable): when it was made, as the server wrote it
 *
 * Returns: (transfer full) (nullable): the uuid of the newest version that was seen
 */
char *
backstay_db_lineage_dup_newest (BackstayDbLineage *self,
                                char             **name,
                                char             **created_at)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (BACKSTAY_IS_DB_LINEAGE (self), NULL);

  locker = g_mutex_locker_new (&self->mutex);

  if (name != NULL)
    *name = g_strdup (self->newest_name);
  if (created_at != NULL)
    *created_at = g_strdup (self->newest_created_at);

  return g_strdup (self->newest_id);
}

/**
 * backstay_db_lineage_set_hidden:
 * @hidden: whether the server does not tell this login its timeline
 *
 * Remembers what was found out, as asking for it fails a transaction.
 */
void
backstay_db_lineage_set_hidden (BackstayDbLineage *self,
                                gboolean           hidden)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (BACKSTAY_IS_DB_LINEAGE (self));

  locker = g_mutex_locker_new (&self->mutex);
  self->hidden = hidden;
}

/**
 * backstay_db_lineage_get_hidden:
 *
 * Returns: what backstay_db_lineage_set_hidden() was told; at first nobody knows, and it is %TRUE
 */
gboolean
backstay_db_lineage_get_hidden (BackstayDbLineage *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (BACKSTAY_IS_DB_LINEAGE (self), TRUE);

  locker = g_mutex_locker_new (&self->mutex);

  return self->hidden;
}

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-path-sets"

#include "config.h"

#include "backstay-path-sets.h"

#include "backstay-settings.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char    *name;
  char   **pointers;
  gboolean editable;
} Set;

/**
 * BackstayPathSets:
 *
 * The sets of paths that somebody compares on a server, remembered from one start to the next. The
 * first one is that of the table's own document, and cannot be changed.
 */
struct _BackstayPathSets
{
  GObject parent_instance;

  char      *server;
  GPtrArray *sets; /* Of Set. */
};

/* What the table's document compares across live configurations. */
static const char *const document_pointers[] = {
  "/default_settings/guidance_scale",
  "/default_settings/num_inference_steps",
  NULL,
};

G_DEFINE_FINAL_TYPE (BackstayPathSets, backstay_path_sets, G_TYPE_OBJECT)

static void
set_free (gpointer data)
{
  Set *set = data;

  g_free (set->name);
  g_strfreev (set->pointers);
  g_free (set);
}

static Set *
set_new (const char        *name,
         const char *const *pointers,
         gboolean           editable)
{
  Set *set = g_new0 (Set, 1);

  set->name = g_strdup (name);
  set->pointers = g_strdupv ((char **) pointers);
  set->editable = editable;

  return set;
}

static Set *
get_set (BackstayPathSets *self,
         guint             set)
{
  return g_ptr_array_index (self->sets, set);
}

static void
backstay_path_sets_finalize (GObject *object)
{
  BackstayPathSets *self = BACKSTAY_PATH_SETS (object);

  g_free (self->server);
  g_ptr_array_unref (self->sets);

  G_OBJECT_CLASS (backstay_path_sets_parent_class)->finalize (object);
}

static void
backstay_path_sets_class_init (BackstayPathSetsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = backstay_path_sets_finalize;
}

static void
backstay_path_sets_init (BackstayPathSets *self)
{
  self->sets = g_ptr_array_new_with_free_func (set_free);
}

/* Other windows save theirs in the same place. */
static void
load (BackstayPathSets *self)
{
  g_autoptr (GVariant) saved = backstay_settings_dup_path_sets (self->server);
  GVariantIter iter;
  const char  *name;
  char       **pointers;

  g_ptr_array_set_size (self->sets, 0);
  g_ptr_array_add (self->sets, set_new (_ ("Guidance and Steps"), document_pointers, FALSE));

  if (saved == NULL)
    return;

  g_variant_iter_init (&iter, saved);
  while (g_variant_iter_loop (&iter, "(&s^as)", &name, &pointers))
    g_ptr_array_add (self->sets, set_new (name, (const char *const *) pointers, TRUE));
}

/* Finds the user's own set of that name; the number of sets if there is none. */
static guint
find (BackstayPathSets *self,
      const char       *name)
{
  guint set = 0;

  while (set < self->sets->len &&
         !(get_set (self, set)->editable && g_str_equal (get_set (self, set)->name, name)))
    set++;

  return set;
}

/**
 * backstay_path_sets_new:
 * @server: what the server is called
 *
 * Returns: (transfer full): the sets that are remembered for a server
 */
BackstayPathSets *
backstay_path_sets_new (const char *server)
{
  BackstayPathSets *self;

  g_return_val_if_fail (server != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_PATH_SETS, NULL);
  self->server = g_strdup (server);
  load (self);

  return self;
}

/**
 * backstay_path_sets_get_n:
 *
 * Returns: the number of sets, at least 1
 */
guint
backstay_path_sets_get_n (BackstayPathSets *self)
{
  g_return_val_if_fail (BACKSTAY_IS_PATH_SETS (self), 0);

  return self->sets->len;
}

/**
 * backstay_path_sets_get_name:
 * @set: a set
 *
 * Returns: (transfer none): what it is called
 */
const char *
backstay_path_sets_get_name (BackstayPathSets *self,
                             guint             set)
{
  g_return_val_if_fail (BACKSTAY_IS_PATH_SETS (self), NULL);
  g_return_val_if_fail (set < self->sets->len, NULL);

  return get_set (self, set)->name;
}

/**
 * backstay_path_sets_get_pointers:
 * @set: a set
 *
 * Returns: (transfer none) (array zero-terminated=1): its paths, as JSON Pointers
 */
const char *const *
backstay_path_sets_get_pointers (BackstayPathSets *self,
                                 guint             set)
{
  g_return_val_if_fail (BACKSTAY_IS_PATH_SETS (self), NULL);
  g_return_val_if_fail (set < self->sets->len, NULL);

  return (const char *const *) get_set (self, set)->pointers;
}

/**
 * backstay_path_sets_get_editable:
 * @set: a set
 *
 * Returns: whether it is the user's own
 */
gboolean
backstay_path_sets_get_editable (BackstayPathSets *self,
                                 guint             set)
{
  g_return_val_if_fail (BACKSTAY_IS_PATH_SETS (self), FALSE);
  g_return_val_if_fail (set < self->sets->len, FALSE);

  return get_set (self, set)->editable;
}

static void
remember (BackstayPathSets *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sas)"));

  for (guint i = 0; i < self->sets->len; i++)
    {
      const Set *set = get_set (self, i);

      if (set->editable)
        g_variant_builder_add (&builder, "(s^as)", set->name, set->pointers);
    }

  backstay_settings_save_path_sets (self->server, g_variant_builder_end (&builder));
}

/**
 * backstay_path_sets_save:
 * @name: what to call the set
 * @pointers: (array zero-terminated=1): its paths, as JSON Pointers
 *
 * Remembers a set, in the place of the user's own one of that name if there is one. What another
 * window remembered meanwhile is there then, too.
 *
 * Returns: the set
 */
guint
backstay_path_sets_save (BackstayPathSets  *self,
                         const char        *name,
                         const char *const *pointers)
{
  guint set;

  g_return_val_if_fail (BACKSTAY_IS_PATH_SETS (self), 0);
  g_return_val_if_fail (name != NULL && pointers != NULL, 0);

  load (self);
  set = find (self, name);

  if (set < self->sets->len)
    g_ptr_array_remove_index (self->sets, set);
  g_ptr_array_insert (self->sets, (int) set, set_new (name, pointers, TRUE));
  remember (self);

  return set;
}

/**
 * backstay_path_sets_remove:
 * @set: one of the user's own
 *
 * Forgets a set, and no other that there is.
 */
void
backstay_path_sets_remove (BackstayPathSets *self,
                           guint             set)
{
  g_autofree char *name = NULL;

  g_return_if_fail (BACKSTAY_IS_PATH_SETS (self));
  g_return_if_fail (backstay_path_sets_get_editable (self, set));

  name = g_strdup (get_set (self, set)->name);
  load (self);
  set = find (self, name);

  if (set == self->sets->len) /* Another window was faster. */
    return;

  g_ptr_array_remove_index (self->sets, set);
  remember (self);
}

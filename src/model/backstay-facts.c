/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-facts"

#include "config.h"

#include "backstay-facts.h"

#include <string.h>

struct _BackstayFacts
{
  GPtrArray *facts; /* Of BackstayFact; a few dozen. */
};

static void
fact_free (BackstayFact *fact)
{
  g_free (fact->kind);
  g_free (fact->name);
  g_free (fact->value);
  g_free (fact->detail);
  g_free (fact);
}

/**
 * backstay_facts_new:
 *
 * Returns: (transfer full): nothing known yet
 */
BackstayFacts *
backstay_facts_new (void)
{
  BackstayFacts *self = g_new0 (BackstayFacts, 1);

  self->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) fact_free);

  return self;
}

/**
 * backstay_facts_free:
 *
 * Frees the facts.
 */
void
backstay_facts_free (BackstayFacts *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->facts);
  g_free (self);
}

/**
 * backstay_facts_add:
 * @kind: what it is about
 * @name: of what
 * @value: (nullable): what was found
 * @detail: (nullable): more of it
 *
 * Adds a fact.
 */
void
backstay_facts_add (BackstayFacts *self,
                    const char    *kind,
                    const char    *name,
                    const char    *value,
                    const char    *detail)
{
  BackstayFact *fact;

  g_return_if_fail (self != NULL && kind != NULL && name != NULL);

  fact = g_new0 (BackstayFact, 1);
  fact->kind = g_strdup (kind);
  fact->name = g_strdup (name);
  fact->value = g_strdup (value);
  fact->detail = g_strdup (detail);
  g_ptr_array_add (self->facts, fact);
}

/**
 * backstay_facts_get_n:
 *
 * Returns: how many there are
 */
guint
backstay_facts_get_n (BackstayFacts *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->facts->len;
}

/**
 * backstay_facts_get:
 * @position: a number below how many there are
 *
 * Returns: (transfer none): the fact
 */
const BackstayFact *
backstay_facts_get (BackstayFacts *self,
                    guint          position)
{
  g_return_val_if_fail (self != NULL && position < self->facts->len, NULL);

  return g_ptr_array_index (self->facts, position);
}

/**
 * backstay_facts_find:
 * @kind: what it is about
 * @name: (nullable): of what; %NULL for the first one of the kind
 *
 * Returns: (transfer none) (nullable): the fact, %NULL where there is none
 */
const BackstayFact *
backstay_facts_find (BackstayFacts *self,
                     const char    *kind,
                     const char    *name)
{
  g_return_val_if_fail (self != NULL && kind != NULL, NULL);

  for (guint i = 0; i < self->facts->len; i++)
    {
      const BackstayFact *fact = g_ptr_array_index (self->facts, i);

      if (strcmp (fact->kind, kind) == 0 && (name == NULL || strcmp (fact->name, name) == 0))
        return fact;
    }

  return NULL;
}

/**
 * backstay_facts_has_value:
 * @kind: what it is about
 * @name: of what
 * @value: a value
 *
 * Returns: whether there is such a fact with this value
 */
gboolean
backstay_facts_has_value (BackstayFacts *self,
                          const char    *kind,
                          const char    *name,
                          const char    *value)
{
  const BackstayFact *fact = backstay_facts_find (self, kind, name);

  return fact != NULL && g_strcmp0 (fact->value, value) == 0;
}

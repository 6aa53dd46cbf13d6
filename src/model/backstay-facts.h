/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BackstayFact:
 * @kind: what it is about; see inspect.sql
 * @name: of what
 * @value: (nullable): what was found
 * @detail: (nullable): more of it
 *
 * One row of what the catalogs say about a database.
 */
typedef struct
{
  char *kind;
  char *name;
  char *value;
  char *detail;
} BackstayFact;

typedef struct _BackstayFacts BackstayFacts;

BackstayFacts      *backstay_facts_new (void) G_GNUC_WARN_UNUSED_RESULT;
void                backstay_facts_free (BackstayFacts *self);
void                backstay_facts_add (BackstayFacts *self,
                                        const char    *kind,
                                        const char    *name,
                                        const char    *value,
                                        const char    *detail);
guint               backstay_facts_get_n (BackstayFacts *self);
const BackstayFact *backstay_facts_get (BackstayFacts *self,
                                        guint          position);
const BackstayFact *backstay_facts_find (BackstayFacts *self,
                                         const char    *kind,
                                         const char    *name);
gboolean            backstay_facts_has_value (BackstayFacts *self,
                                              const char    *kind,
                                              const char    *name,
                                              const char    *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayFacts, backstay_facts_free)

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-facts.h"
#include "backstay-finding.h"

G_BEGIN_DECLS

GPtrArray *backstay_inspection_judge (BackstayFacts *facts) G_GNUC_WARN_UNUSED_RESULT;
guint      backstay_inspection_count_problems (GPtrArray *findings);
char      *backstay_inspection_dup_script (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/* What the files of the inspection share. */
BackstayFinding *backstay_inspection_add (GPtrArray           *findings,
                                          const char          *id,
                                          BackstayFindingGroup group,
                                          BackstayFindingState state,
                                          const char          *title,
                                          const char          *meaning);
void             backstay_inspection_add_security (BackstayFacts *facts,
                                                   GPtrArray     *findings);
void             backstay_inspection_add_guards (BackstayFacts *facts,
                                                 GPtrArray     *findings);
gboolean         backstay_inspection_may_alter (BackstayFacts *facts);
char            *backstay_inspection_dup_table (BackstayFacts *facts) G_GNUC_WARN_UNUSED_RESULT;
char            *backstay_inspection_quote (const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BackstayFindingGroup:
 * @BACKSTAY_FINDING_TABLE: the table and its columns
 * @BACKSTAY_FINDING_INDEXES: what makes it fast
 * @BACKSTAY_FINDING_SECURITY: who may see and change it
 * @BACKSTAY_FINDING_GUARDS: what makes its rules true
 * @BACKSTAY_FINDING_ADDITIONS: what can be added to the guards
 * @BACKSTAY_N_FINDING_GROUPS: how many there are
 *
 * What a finding is about.
 */
typedef enum
{
  BACKSTAY_FINDING_TABLE,
  BACKSTAY_FINDING_INDEXES,
  BACKSTAY_FINDING_SECURITY,
  BACKSTAY_FINDING_GUARDS,
  BACKSTAY_FINDING_ADDITIONS,
  BACKSTAY_N_FINDING_GROUPS,
} BackstayFindingGroup;

/**
 * BackstayFindingState:
 * @BACKSTAY_FINDING_PRESENT: it is as it should be
 * @BACKSTAY_FINDING_MISSING: it is not there
 * @BACKSTAY_FINDING_DIFFERENT: it is there, and not as it should be
 * @BACKSTAY_FINDING_HIDDEN: this login cannot see whether it is
 *
 * What was found.
 */
typedef enum
{
  BACKSTAY_FINDING_PRESENT,
  BACKSTAY_FINDING_MISSING,
  BACKSTAY_FINDING_DIFFERENT,
  BACKSTAY_FINDING_HIDDEN,
} BackstayFindingState;

#define BACKSTAY_TYPE_FINDING (backstay_finding_get_type ())

G_DECLARE_FINAL_TYPE (BackstayFinding, backstay_finding, BACKSTAY, FINDING, GObject)

BackstayFinding     *backstay_finding_new (const char          *id,
                                           BackstayFindingGroup group,
                                           BackstayFindingState state,
                                           const char          *title,
                                           const char          *meaning) G_GNUC_WARN_UNUSED_RESULT;
void                 backstay_finding_set_found (BackstayFinding *self,
                                                 const char      *found);
void                 backstay_finding_set_optional (BackstayFinding *self);
void                 backstay_finding_set_grave (BackstayFinding *self);
void                 backstay_finding_take_fix (BackstayFinding *self,
                                                char            *sql,
                                                gboolean         can_apply);
const char          *backstay_finding_get_id (BackstayFinding *self);
BackstayFindingGroup backstay_finding_get_group (BackstayFinding *self);
BackstayFindingState backstay_finding_get_state (BackstayFinding *self);
const char          *backstay_finding_get_title (BackstayFinding *self);
const char          *backstay_finding_get_meaning (BackstayFinding *self);
const char          *backstay_finding_get_found (BackstayFinding *self);
const char          *backstay_finding_get_sql (BackstayFinding *self);
gboolean             backstay_finding_get_can_apply (BackstayFinding *self);
gboolean             backstay_finding_get_optional (BackstayFinding *self);
gboolean             backstay_finding_get_grave (BackstayFinding *self);
gboolean             backstay_finding_is_problem (BackstayFinding *self);
const char          *backstay_finding_get_state_label (BackstayFinding *self);

G_END_DECLS
